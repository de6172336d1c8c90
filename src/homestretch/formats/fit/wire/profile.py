"""FIT's profile: what message, field and enum numbers are called, and in which units fields count."""

import json
import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from homestretch.model.channel import SEMICIRCLES_PER_DEGREE

#: FIT's units: how we write them, and what a key that ends in the unit is called.
_UNITS = {
    "%": ("%", "pct"), "percent": ("%", "pct"), "Breaths/min": ("/min", "per_min"), "C": ("°C", "c"),
    "J": ("J", "j"), "L/min": ("L/min", "l_per_min"), "Pa": ("Pa", "pa"), "V": ("V", "v"),
    "bar/min": ("bar/min", "bar_per_min"), "bpm": ("bpm", "bpm"), "degrees": ("deg", "deg"),
    "g/dL": ("g/dL", "g_per_dl"), "kcal": ("kcal", "kcal"), "km": ("km", "km"), "m": ("m", "m"),
    "m/s": ("m/s", "mps"), "mS": ("ms", "ms"), "mm": ("mm", "mm"), "ms": ("ms", "ms"), "rpm": ("rpm", "rpm"),
    "s": ("s", "s"), "semicircles": ("deg", "deg"), "watts": ("W", "w"),
}  # fmt: skip


class FieldSpec(NamedTuple):
    """A profile field: our key for it (unit at its end), FIT's name, type and base type, scale, offset and our unit."""

    key: str
    name: str
    kind: str
    base: str
    scale: float
    offset: float
    unit: str

    @property
    def numeric(self) -> bool:
        """Whether the field is a quantity and not an enum, an instant or text."""
        return self.kind == self.base != "string"


@cache
def _table() -> Mapping[str, Any]:
    raw = pkgutil.get_data(__package__, "profile.json")
    if raw is None:
        raise FileNotFoundError("profile.json")
    table: Mapping[str, Any] = json.loads(raw)
    return table


@cache
def message_name(number: int) -> str:
    """Return the message's name, or `unknown_<number>`."""
    found = _table()["messages"].get(str(number))
    return found[0] if found else f"unknown_{number}"


@cache
def fields(number: int) -> Mapping[int, FieldSpec]:
    """Return what is known of a message's fields, by field number."""
    found = _table()["messages"].get(str(number))
    return {int(num): _details(row) for num, row in found[1].items()} if found else {}


def _details(row: list[Any]) -> FieldSpec:
    name, kind, base, scale, offset, unit = row
    label, suffix = _UNITS.get(unit, ("", ""))
    if unit == "semicircles":
        scale = SEMICIRCLES_PER_DEGREE
    plain = name.removeprefix("enhanced_")
    worded = plain.endswith(("_percent", f"_{suffix}"))
    key = f"{plain}_{suffix}" if suffix and not worded else plain
    return FieldSpec(key, name, kind, base, float(scale), float(offset), label)


@cache
def _enum(kind: str) -> Mapping[int, str]:
    return {int(k): v for k, v in _table()["types"].get(kind, {}).items()}


def enum(kind: str, value: Any) -> str | None:
    """Return what `value` of the enum `kind` is called: its number as text where FIT has no name, None for None."""
    return None if value is None else _enum(kind).get(value, str(value))


def named(kind: str, value: Any) -> str | None:
    """Return what `value` of the enum `kind` is called, or None where FIT has no name for it."""
    return _enum(kind).get(value)


@cache
def _numbers(kind: str) -> Mapping[str, int]:
    return {name: number for number, name in _enum(kind).items()}


def number_of(kind: str, name: str | None) -> int | None:
    """Return the number of a name in the enum `kind`; a name that is a number stands for itself; else None."""
    if name is None:
        return None
    return _numbers(kind).get(name, int(name) if name.isdecimal() else None)


def exercise_numbers(name: str) -> tuple[int | None, int | None]:
    """Return an exercise's category and its number in it, or only the category where the name is one."""
    categories = _numbers("exercise_category")
    for category, number in categories.items():
        within = _numbers(f"{category}_exercise_name").get(name)
        if within is not None:
            return number, within
    return categories.get(name), None


def slug(text: str) -> str:
    """Return a name as a key: lower case, words joined by underscores."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    return re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_") or "unnamed"
