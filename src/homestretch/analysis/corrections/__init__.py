"""Corrections of an activity's samples, one file each: what was recorded stays, and each one can be undone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from homestretch.errors import BadRequest, unknown
from homestretch.model.recording import Recording
from homestretch.registry import discover

#: Goes up with every change of how corrections are put together.
VERSION = 1
#: Stretches and laps of one correction.
MOST = 500
#: So many stretches are named in words.
FEW = 3
#: No instant of an activity is so many seconds from its start.
FARTHEST_S = 1e9

#: What a person enters, whatever it is, and all that a correction asks for.
type Value = Any
type Values = Mapping[str, Value]
type Change = Callable[[Value], Value]
#: What became an activity of its own, with the values that parted it.
type Part = tuple[Values, Recording]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What a correction asks for: a `number` from `least` to `most`, a `choice`, an instant, or a list of them.

    Instants are ms UTC here, `stretches` pairs of them, `laps` a mapping with `at` and `label` for each.
    """

    key: str
    kind: Literal["number", "choice", "instant", "stretches", "laps"]
    label: str
    unit: str = ""
    least: float = 0
    most: float = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction: what it is called, asks for, and makes of a recording. Raise `version` when the result changes.

    `apply` never fails: what does not fit a recording, for another one is shown by now, leaves it as it is.
    `lacks` returns why a recording can't be corrected so, and `suggest` values to begin with. `rest` returns what of a
    recording that `apply` changes becomes an activity of its own.
    """

    key: str
    version: int
    title: str
    help: str
    fields: tuple[Field, ...]
    apply: Callable[[Recording, Values], Recording]
    lacks: Callable[[Recording], str | None]
    suggest: Callable[[Recording], Values] = lambda _: {}
    rest: Callable[[Recording, Values], Recording] | None = None
    #: The channels to look at before and after, the best first.
    shows: tuple[str, ...] = ("speed_mps", "power_w", "heart_rate_bpm", "altitude_m")
    #: The place in menus.
    place: int = 0


@cache
def corrections() -> Mapping[str, Correction]:
    """Return every correction by key, in the order of menus."""
    found = discover("homestretch.analysis.corrections", Correction).values()
    return {one.key: one for one in sorted(found, key=lambda one: (one.place, one.key))}


def correction_of(key: str) -> Correction:
    """Return the correction of a key. Raises BadRequest."""
    if key not in corrections():
        raise unknown(what="correction", word=key, choices=corrections())
    return corrections()[key]


def corrected(recording: Recording, chain: Iterable[tuple[str, Values]]) -> Recording:
    """Return a recording with corrections, by key with their values, applied in turn."""
    return parted(recording, chain)[0]


def parted(recording: Recording, chain: Iterable[tuple[str, Values]]) -> tuple[Recording, list[Part]]:
    """Return what `corrected` does, and each part that becomes an activity of its own, with the values that part it."""
    rests: list[Part] = []
    for key, values in chain:
        if key not in corrections():
            continue
        correction = corrections()[key]
        changed = correction.apply(recording, values)
        if correction.rest is not None and changed is not recording:
            rests.append((values, correction.rest(recording, values)))
        recording = changed
    return recording, rests


def checked(key: str, values: Values) -> Values:
    """Return the values that a correction asks for, each as it is kept. Raises BadRequest."""
    asked = correction_of(key).fields
    for name in values:
        if name not in {one.key for one in asked}:
            raise unknown(what="value", word=name, choices=[one.key for one in asked])
    found = {one.key: _checked(one, values.get(one.key)) for one in asked}
    return {name: value for name, value in found.items() if value is not None}


def moved(key: str, values: Values, change: Change) -> dict[str, Value]:
    """Return the values of a correction with all instants changed."""
    kinds = {one.key: one.kind for one in corrections()[key].fields} if key in corrections() else {}
    return {name: _moved(kinds.get(name, ""), value, change) for name, value in values.items()}


def in_words(key: str, values: Values) -> str:
    """Return a correction in words, given its values with instants in seconds since a start."""
    if key not in corrections():
        return key.replace("_", " ").capitalize()
    correction = corrections()[key]
    said = [_word(one, values[one.key]) for one in correction.fields if values.get(one.key) not in (None, 0)]
    return f"{correction.title}: {', '.join(said)}" if said else correction.title


def _word(asked: Field, value: Value) -> str:
    if asked.kind == "number":
        return f"{asked.label.lower()} {value:g} {asked.unit}"
    if asked.kind == "choice":
        return asked.choices.get(value, str(value)).lower()
    if asked.kind == "instant":
        return f"{asked.label.lower()} {_clock(value)}"
    if asked.kind == "stretches":
        first = ", ".join(f"{_clock(begin)}–{_clock(end)}" for begin, end in value[:FEW])
        return first if len(value) <= FEW else f"{first} and {len(value) - FEW} more"
    return "1 lap" if len(value) == 1 else f"{len(value)} laps"


def _clock(seconds: float) -> str:
    whole = max(round(seconds), 0)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _moved(kind: str, value: Value, change: Change) -> Value:
    if kind == "instant":
        return change(value)
    if kind == "stretches":
        return [[change(begin), change(end)] for begin, end in value]
    if kind == "laps":
        return [{**lap, "at": change(lap["at"])} for lap in value]
    return value


def _checked(asked: Field, value: Value) -> Value:
    if value is None:
        if asked.required:
            raise BadRequest(reason=f"{asked.label} is missing.")
        return None
    if not _CHECKS[asked.kind](asked, value):
        raise BadRequest(reason=f"{asked.label} {_needs(asked)}.")
    return value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")


def _is_instant(value: object) -> bool:
    return isinstance(value, int | float) and _is_number(value) and abs(value) <= FARTHEST_S


def _is_stretches(_: Field, value: Value) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) <= MOST
        and all(isinstance(one, list | tuple) and len(one) == 2 and all(map(_is_instant, one)) for one in value)
        and all(begin <= end for begin, end in value)
    )


def _is_laps(asked: Field, value: Value) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) <= MOST
        and all(isinstance(one, Mapping) and one.keys() <= {"at", "label"} for one in value)
        and all(_is_instant(one.get("at")) and one.get("label") in (None, *asked.choices) for one in value)
    )


_CHECKS: Mapping[str, Callable[[Field, Value], bool]] = {
    "number": lambda asked, value: _is_number(value) and asked.least <= value <= asked.most,
    "choice": lambda asked, value: isinstance(value, str) and value in asked.choices,
    "instant": lambda _, value: _is_instant(value),
    "stretches": _is_stretches,
    "laps": _is_laps,
}


def _needs(asked: Field) -> str:
    if asked.kind == "number":
        return f"must be a number from {asked.least:g} to {asked.most:g}"
    if asked.kind == "choice":
        return f"must be one of {', '.join(asked.choices)}"
    if asked.kind == "instant":
        return "must be a time in seconds from the start"
    if asked.kind == "stretches":
        return f"must be 1 to {MOST} pairs of seconds from the start, each in order"
    return f"must be 1 to {MOST} laps, each with the second at which it starts"
