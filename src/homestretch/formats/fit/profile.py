"""FIT's profile: what message, field and enum numbers are called, and in which units fields count."""

import json
import pkgutil
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from homestretch.model.channel import SEMICIRCLES_PER_DEGREE

_NUMBERS = {
    "sint8", "uint8", "sint16", "uint16", "sint32", "uint32", "float32", "float64",
    "uint8z", "uint16z", "uint32z", "byte", "sint64", "uint64", "uint64z",
}  # fmt: skip

#: FIT's units: how we write them, and what a key that ends in the unit is called.
_UNITS = {
    "%": ("%", "pct"), "percent": ("%", "pct"), "Breaths/min": ("/min", "per_min"), "C": ("°C", "c"),
    "J": ("J", "j"), "L/min": ("L/min", "l_per_min"), "Pa": ("Pa", "pa"), "V": ("V", "v"),
    "bar/min": ("bar/min", "bar_per_min"), "bpm": ("bpm", "bpm"), "degrees": ("deg", "deg"),
    "g/dL": ("g/dL", "g_per_dl"), "kcal": ("kcal", "kcal"), "km": ("km", "km"), "m": ("m", "m"),
    "m/s": ("m/s", "mps"), "mS": ("ms", "ms"), "mm": ("mm", "mm"), "ms": ("ms", "ms"), "rpm": ("rpm", "rpm"),
    "s": ("s", "s"), "semicircles": ("deg", "deg"), "watts": ("W", "w"),
}  # fmt: skip


class FieldFacts(NamedTuple):
    """A profile field: our key for it (unit at its end), FIT's name and type, scale, offset and our unit."""

    key: str
    name: str
    kind: str
    scale: float
    offset: float
    unit: str

    @property
    def numeric(self) -> bool:
        """Whether the field is a quantity and not an enum, an instant or text."""
        return self.kind in _NUMBERS


@cache
def _table() -> Mapping[str, Any]:
    raw = pkgutil.get_data(__package__, "profile.json")
    if raw is None:
        raise FileNotFoundError("profile.json")
    table: Mapping[str, Any] = json.loads(raw)
    return table


def message_name(number: int) -> str:
    """Return the message's name, or `unknown_<number>`."""
    found = _table()["messages"].get(str(number))
    return found[0] if found else f"unknown_{number}"


@cache
def fields(number: int) -> Mapping[int, FieldFacts]:
    """Return what is known of a message's fields, by field number."""
    found = _table()["messages"].get(str(number))
    return {int(num): _facts(*rest) for num, rest in found[1].items()} if found else {}


def _facts(name: str, kind: str, scale: float, offset: float, unit: str) -> FieldFacts:
    label, suffix = _UNITS.get(unit, ("", ""))
    if unit == "semicircles":
        scale = SEMICIRCLES_PER_DEGREE
    plain = name.removeprefix("enhanced_")
    worded = plain.endswith(("_percent", f"_{suffix}"))
    key = f"{plain}_{suffix}" if suffix and not worded else plain
    return FieldFacts(key, name, kind, float(scale), float(offset), label)


@cache
def _enum(kind: str) -> Mapping[int, str]:
    return {int(k): v for k, v in _table()["types"].get(kind, {}).items()}


def enum(kind: str, value: Any) -> str | None:
    """Return what `value` of the enum `kind` is called: its number as text where FIT has no name, None for None."""
    return None if value is None else _enum(kind).get(value, str(value))


def named(kind: str, value: Any) -> str | None:
    """Return what `value` of the enum `kind` is called, or None where FIT has no name for it."""
    return _enum(kind).get(value)


def slug(text: str) -> str:
    """Return a name as a key: lower case, words joined by underscores."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    return re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_") or "unnamed"
