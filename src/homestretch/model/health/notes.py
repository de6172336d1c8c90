"""Notes of days: what the athlete says of them beside numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class NoteKind:
    """A kind of note: its name, whether it has a level from 1 to 5 and what the ends of that mean, and its mark.

    Days with a note that `excludes` are left out of baselines.
    """

    key: str
    name: str
    levels: tuple[str, str] | None = None
    excludes: bool = False


#: Every kind of note, by key.
NOTE_KINDS: Mapping[str, NoteKind] = MappingProxyType({
    kind.key: kind
    for kind in (
        NoteKind("ill", "Ill", excludes=True),
        NoteKind("injured", "Injured"),
        NoteKind("travel", "Travel"),
        NoteKind("alcohol", "Alcohol"),
        NoteKind("late_meal", "Late meal"),
        NoteKind("mood", "Mood", ("very bad", "very good")),
        NoteKind("soreness", "Soreness", ("none", "severe")),
        NoteKind("note", "Note"),
    )
})  # fmt: skip
LEVELS = range(1, 6)
