"""File formats: each leaf says whether bytes are its own, and decodes them to recordings and notes.

A leaf may also describe how workouts are written in its format.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from homestretch.errors import BadRequest
from homestretch.model.coach.route_line import RouteFile, RouteLine
from homestretch.model.coach.thresholds import Thresholds
from homestretch.model.coach.workout import Workout
from homestretch.model.recording import Decoded
from homestretch.registry import discover

HEAD = 4096
#: Names of spreadsheets end so: a person has to choose what their rows mean, which a file alone can't show.
_TABLES = (".csv", ".tsv", ".xlsx", ".xls")


#: Opens a file without a name, to hold what does not fit in memory.
type Spool = Callable[[], IO[bytes]]
#: Splits the lines of a file into portions, as (name, bytes).
type Portions = Callable[[Iterable[bytes], Spool], Iterator[tuple[str, bytes]]]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: `claims(head, name)` scores 0 (not mine) to 1 (surely mine) from the first 4 KiB.

    `decode(data)` never raises for bad data: what is readable comes back, with notes.
    `decode_named(data, names)` stands in for it where content does not show what it is of, only what the file is called
    (`steps-2026-05-01.json`); the names are in lower case.
    `portions` splits a file that may be too large for memory: each portion is then an original of this format.
    `version` goes up with every change of what `decode` returns; originals are then decoded again.
    `workouts` says that its files may hold planned workouts. `routes(data)` returns the planned routes of a file.
    """

    key: str
    name: str
    suffixes: tuple[str, ...]
    version: int
    claims: Callable[[bytes, str], float]
    decode: Callable[[bytes], Decoded]
    decode_named: Callable[[bytes, Sequence[str]], Decoded] | None = None
    portions: Portions | None = None
    workouts: bool = False
    routes: Callable[[bytes], Sequence[RouteLine]] | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """What a file needs to know besides its workout: the athlete's thresholds, its name without suffix, and UTC ms."""

    thresholds: Thresholds
    file_name: str
    made_ms: int


@dataclass(frozen=True, slots=True)
class WorkoutFormat:
    """A format that workouts are written in; `suffix` is without a dot, and unique.

    `encode` raises CannotExport for what the format has no words for. `needs_time(workout)` says that it must be given
    steps that all end after seconds, without RPE.
    """

    key: str
    name: str
    suffix: str
    media_type: str
    encode: Callable[[Workout, Writing], bytes]
    needs_time: Callable[[Workout], bool]


@dataclass(frozen=True, slots=True)
class RouteFormat:
    """A format that planned routes are written in; `suffix` is without a dot, and unique."""

    key: str
    name: str
    suffix: str
    media_type: str
    encode: Callable[[RouteFile], bytes]


class CannotExport(BadRequest):
    """{reason}"""

    status = 422


def workout_formats() -> dict[str, WorkoutFormat]:
    """Return every format that workouts are written in, by key."""
    return discover("homestretch.formats", WorkoutFormat)


def route_formats() -> dict[str, RouteFormat]:
    """Return every format that planned routes are written in, by key."""
    return discover("homestretch.formats", RouteFormat)


def formats() -> dict[str, Format]:
    """Return every format by key."""
    return discover("homestretch.formats", Format)


def sniff(data: bytes, *names: str) -> Format | None:
    """Return the format that claims the bytes most surely by any of their names, or None; names only break ties."""
    head = data[:HEAD]
    called = {name.lower() for name in names} or {""}
    scored = [(f.claims(head, name), f.key, f) for f in formats().values() for name in called]
    score, _, best = max(scored, key=lambda one: one[:2], default=(0.0, "", None))
    return best if score > 0 else None


def portions_of(head: bytes, name: str) -> Portions | None:
    """Return what splits a file that begins so, or None where its format takes it whole."""
    found = sniff(head, name)
    return None if found is None else found.portions


def routes(data: bytes, *names: str) -> list[RouteLine]:
    """Return the planned routes of the bytes, by whichever format claims them."""
    found = sniff(data, *names)
    return [] if found is None or found.routes is None else [*found.routes(data)]


def decode(data: bytes, *names: str) -> Decoded:
    """Decode the bytes by whichever format claims them; unclaimed bytes are of kind `unknown`."""
    found = sniff(data, *names)
    if found is None:
        table = any(name.lower().endswith(_TABLES) for name in names)
        return Decoded(format="unknown", kind="unknown", notes=("a_table" if table else "not_a_recording",))
    if found.decode_named is not None:
        return found.decode_named(data, [name.lower() for name in names])
    return found.decode(data)
