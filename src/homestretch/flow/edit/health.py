"""What the athlete enters of days: measurements, notes, and which sources to believe most; all can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from math import isfinite
from typing import Literal, TypedDict

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.derive.days.derive_days import derive_days
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.health.kinds import KINDS, Kind
from homestretch.model.health.notes import LEVELS, NOTE_KINDS
from homestretch.model.moment import DAY_MS, day_number
from homestretch.model.texts import LONGEST_TEXT
from homestretch.store.database import Writer
from homestretch.store.queries.day_reports import days_with_reports
from homestretch.store.queries.health_entries import (
    StoredEntry,
    StoredNote,
    Values,
    find_entry,
    find_note,
    put_entered,
    put_priority,
    remove_replacing,
    set_removed,
)
from homestretch.store.scope import Scope

type Noun = Literal["entry", "note"]
#: The bounds of what can be entered, by unit: beyond them it is a slip of the finger.
BOUNDS: Mapping[str, tuple[float, float]] = {
    "kg": (1.0, 400.0), "bpm": (20.0, 260.0), "%": (0.0, 100.0), "ms": (1.0, 500.0), "s": (0.0, 7 * 86_400.0),
    "mmHg": (20.0, 300.0), "°C": (-20.0, 45.0), "kcal": (0.0, 30_000.0), "ml": (0.0, 30_000.0), "brpm": (3.0, 60.0),
    "mmol/l": (0.1, 60.0), "kg/m²": (8.0, 100.0), "cm": (20.0, 300.0), "ml/kg/min": (5.0, 100.0),
    "m": (0.0, 500_000.0), "": (0.0, 200_000.0),
}  # fmt: skip
#: A note may cover no more days than this.
LONGEST_DAYS = 366
#: What is entered is of a day from 1900 to the day after today.
FIRST_DAY = "1900-01-01"


@dataclass(frozen=True, slots=True)
class Entry:
    """A measurement that is entered: of a day, perhaps at an instant (UTC ms)."""

    kind: str
    value: float
    day: date
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the days from `day` to `until`; `level` is from 1 to 5 where the kind has one."""

    kind: str
    day: date
    until: date
    level: int | None = None
    text: str | None = None


class EntryFields(TypedDict, total=False):
    """Fields of an entry to set."""

    value: float
    day: date
    at_ms: int | None


class NoteFields(TypedDict, total=False):
    """Fields of a note to set."""

    kind: str
    day: date
    until: date
    level: int | None
    text: str | None


def add_entry(context: Context, scope: Scope, entry: Entry) -> str:
    """Enter a measurement; return its public id. Raises BadRequest."""
    scope.must("health: edit")
    values = _entry_values(context, entry)
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        made = _put(context, session, scope, "entry", values)
        derive_days(session, scope.athlete_id, [entry.day.isoformat()])
    return made


def change_entry(context: Context, scope: Scope, public: str, fields: EntryFields) -> str:
    """Replace an entry by one with another `value`, `day` or `at_ms`; return the new public id.

    Raises BadRequest, NotFound.
    """
    scope.must("health: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        row = _there(find_entry(session, scope, public), "entry", public)
        entry = replace(Entry(row.kind, row.value, date.fromisoformat(row.day), row.at_ms), **fields)
        set_removed(session, "entry", row.id, context.clock())
        made = _put(context, session, scope, "entry", {**_entry_values(context, entry), "replaces": row.id})
        derive_days(session, scope.athlete_id, {row.day, entry.day.isoformat()})
    return made


def remove_entry(context: Context, scope: Scope, public: str) -> None:
    """Remove an entry; `restore_entry` brings it back. Raises NotFound."""
    _remove(context, scope, "entry", public)


def restore_entry(context: Context, scope: Scope, public: str) -> None:
    """Bring an entry back that was removed or replaced; the one that replaced it goes. Raises NotFound."""
    _restore(context, scope, "entry", public)


def add_note(context: Context, scope: Scope, note: Note) -> str:
    """Note something of a day or of days; return its public id. Raises BadRequest."""
    scope.must("health: edit")
    values = _note_values(context, note)
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        return _put(context, session, scope, "note", values)


def change_note(context: Context, scope: Scope, public: str, fields: NoteFields) -> str:
    """Replace a note by one with other fields; return the new public id. Raises BadRequest, NotFound."""
    scope.must("health: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        row = _there(find_note(session, scope, public), "note", public)
        days = date.fromisoformat(row.day), date.fromisoformat(row.until)
        note = replace(Note(row.kind, *days, row.level, row.text), **fields)
        values = _note_values(context, note)
        set_removed(session, "note", row.id, context.clock())
        return _put(context, session, scope, "note", {**values, "replaces": row.id})


def remove_note(context: Context, scope: Scope, public: str) -> None:
    """Remove a note; `restore_note` brings it back. Raises NotFound."""
    _remove(context, scope, "note", public)


def restore_note(context: Context, scope: Scope, public: str) -> None:
    """Bring a note back that was removed or replaced. Raises NotFound."""
    _restore(context, scope, "note", public)


def set_priority(context: Context, scope: Scope, kind: str, sources: Sequence[str]) -> None:
    """Set which sources to believe most of a kind ("" for all), in order; none goes back to the usual order.

    Raises BadRequest.
    """
    scope.must("health: edit")
    if kind:
        _described(kind)
    if len(set(sources)) != len(sources):
        raise BadRequest(reason="Each source can be in the list only once.")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        put_priority(session, scope.athlete_id, kind, sources, context.clock())
        derive_days(session, scope.athlete_id, days_with_reports(session, scope.athlete_id))


def _entry_values(context: Context, entry: Entry) -> Values:
    """Return an entry as it is kept. Raises BadRequest."""
    kind = _described(entry.kind)
    low, high = (0.0, len(kind.choices) - 1.0) if kind.choices else BOUNDS[kind.unit]
    if not isfinite(entry.value) or not low <= entry.value <= high:
        raise BadRequest(reason=f"{kind.name} must be from {low:g} to {high:g} {kind.unit}".rstrip() + ".")
    return {**asdict(entry), "day": _checked_day(context, entry.day)}


def _described(kind: str) -> Kind:
    if kind not in KINDS:
        raise BadRequest(reason=f"There is no measurement called {kind}. `homestretch catalog` lists them.")
    return KINDS[kind]


def _checked_day(context: Context, day: date) -> str:
    if day.isoformat() < FIRST_DAY or day_number(day.isoformat()) > context.clock() // DAY_MS + 1:
        raise BadRequest(reason="The day must be from 1900 to today.")
    return day.isoformat()


def _note_values(context: Context, note: Note) -> Values:
    """Return a note as it is kept. Raises BadRequest."""
    kind = NOTE_KINDS.get(note.kind)
    text = (note.text or "").strip() or None
    if kind is None:
        raise BadRequest(reason=f"The kind of a note must be one of {', '.join(NOTE_KINDS)}.")
    if not note.day <= note.until or (note.until - note.day).days >= LONGEST_DAYS:
        raise BadRequest(reason="A note ends on its first day or later, within a year.")
    if note.level is not None and (kind.levels is None or note.level not in LEVELS):
        raise BadRequest(
            reason=f"{kind.name} has levels from 1 to 5." if kind.levels else f"{kind.name} has no levels."
        )
    if kind.key == "note" and text is None:
        raise BadRequest(reason="A note needs a text.")
    if text is not None and len(text) > LONGEST_TEXT:
        raise BadRequest(reason=f"A note can have {LONGEST_TEXT} characters.")
    return {**asdict(note), "text": text, "day": _checked_day(context, note.day), "until": note.until.isoformat()}


def _put(context: Context, session: Writer, scope: Scope, noun: Noun, values: Values) -> str:
    made = public_id()
    put_entered(session, scope, noun, made, context.clock(), values)
    return made


def _remove(context: Context, scope: Scope, noun: Noun, public: str) -> None:
    scope.must("health: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        row = _find(session, scope, noun, public)
        set_removed(session, noun, row.id, context.clock())
        if noun == "entry":
            derive_days(session, scope.athlete_id, [row.day])


def _restore(context: Context, scope: Scope, noun: Noun, public: str) -> None:
    scope.must("health: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        row = _find(session, scope, noun, public)
        set_removed(session, noun, row.id, None)
        days = {row.day} | remove_replacing(session, noun, row.id, context.clock())
        if noun == "entry":
            derive_days(session, scope.athlete_id, days)


def _find(session: Writer, scope: Scope, noun: Noun, public: str) -> StoredEntry | StoredNote:
    if noun == "entry":
        return _there(find_entry(session, scope, public), noun, public)
    return _there(find_note(session, scope, public), noun, public)


def _there[Row](row: Row | None, noun: Noun, public: str) -> Row:
    if row is None:
        raise NotFound(what=noun, id=public)
    return row
