"""What the athlete enters of days: measurements, notes, and which sources to believe most; all can be undone."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

from sqlalchemy import Row, Table, select, update

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
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import health_entries, health_notes, health_priorities

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


def add_entry(context: Context, scope: Scope, kind: str, value: float, day: date, at_ms: int | None = None) -> str:
    """Enter a measurement of a day, perhaps at an instant; return its public id. Raises BadRequest."""
    scope.must("health: edit")
    _check_value(_described(kind), value)
    fields = {"kind": kind, "day": _checked_day(context, day), "at_ms": at_ms, "value": value}
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        made = _insert(context, session, scope, health_entries, fields)
        derive_days(session, scope.athlete_id, {fields["day"]})
    return made


def change_entry(context: Context, scope: Scope, entry: str, fields: Mapping[str, Any]) -> str:
    """Replace an entry by one with another `value`, `day` or `at_ms`; return the new public id.

    Raises BadRequest, NotFound.
    """
    scope.must("health: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        row = _find(session, scope, health_entries, entry)
        values = {name: fields.get(name, getattr(row, name)) for name in ("day", "at_ms", "value")}
        if isinstance(values["day"], date):
            values["day"] = _checked_day(context, values["day"])
        _check_value(_described(row.kind), values["value"])
        made = _replace(context, session, scope, health_entries, row, {"kind": row.kind, **values})
        derive_days(session, scope.athlete_id, {row.day, values["day"]})
    return made


def remove_entry(context: Context, scope: Scope, entry: str) -> None:
    """Remove an entry; `restore_entry` brings it back. Raises NotFound."""
    _set_removed(context, scope, health_entries, entry, context.clock())


def restore_entry(context: Context, scope: Scope, entry: str) -> None:
    """Bring an entry back that was removed or replaced; the one that replaced it goes. Raises NotFound."""
    _set_removed(context, scope, health_entries, entry, None)


def add_note(
    context: Context,
    scope: Scope,
    kind: str,
    day: date,
    until: date | None = None,
    level: int | None = None,
    text: str | None = None,
) -> str:
    """Note something of a day, or of the days up to `until`; return its public id. Raises BadRequest."""
    scope.must("health: edit")
    fields = _note(context, {"kind": kind, "day": day, "until": until or day, "level": level, "text": text})
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        return _insert(context, session, scope, health_notes, fields)


def change_note(context: Context, scope: Scope, note: str, fields: Mapping[str, Any]) -> str:
    """Replace a note by one with other fields; return the new public id. Raises BadRequest, NotFound."""
    scope.must("health: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        row = _find(session, scope, health_notes, note)
        before = {
            "kind": row.kind,
            "day": date.fromisoformat(row.day),
            "until": date.fromisoformat(row.until),
            "level": row.level,
            "text": row.text,
        }
        return _replace(context, session, scope, health_notes, row, _note(context, {**before, **fields}))


def remove_note(context: Context, scope: Scope, note: str) -> None:
    """Remove a note; `restore_note` brings it back. Raises NotFound."""
    _set_removed(context, scope, health_notes, note, context.clock())


def restore_note(context: Context, scope: Scope, note: str) -> None:
    """Bring a note back that was removed or replaced. Raises NotFound."""
    _set_removed(context, scope, health_notes, note, None)


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
        row = {"athlete_id": scope.athlete_id, "kind": kind, "sources": list(sources), "set_ms": context.clock()}
        if sources:
            session.put(health_priorities, [row])
        else:
            mine = (health_priorities.c.athlete_id == scope.athlete_id) & (health_priorities.c.kind == kind)
            session.run(health_priorities.delete().where(mine))
        derive_days(session, scope.athlete_id, days_with_reports(session, scope.athlete_id))


def _described(kind: str) -> Kind:
    if kind not in KINDS:
        raise BadRequest(reason=f"There is no measurement called {kind}. `homestretch catalog` lists them.")
    return KINDS[kind]


def _check_value(kind: Kind, value: float) -> None:
    low, high = (0.0, len(kind.choices) - 1.0) if kind.choices else BOUNDS[kind.unit]
    if not isfinite(value) or not low <= value <= high:
        raise BadRequest(reason=f"{kind.name} must be from {low:g} to {high:g} {kind.unit}".rstrip() + ".")


def _checked_day(context: Context, day: date) -> str:
    if not FIRST_DAY <= day.isoformat() or day_number(day.isoformat()) > context.clock() // DAY_MS + 1:
        raise BadRequest(reason="The day must be from 1900 to today.")
    return day.isoformat()


def _note(context: Context, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a note as they are kept. Raises BadRequest."""
    kind = NOTE_KINDS.get(fields["kind"])
    if kind is None:
        raise BadRequest(reason=f"The kind of a note must be one of {', '.join(NOTE_KINDS)}.")
    day, until, level = fields["day"], fields["until"], fields["level"]
    text = (fields["text"] or "").strip() or None
    if not day <= until or (until - day).days >= LONGEST_DAYS:
        raise BadRequest(reason="A note ends on its first day or later, within a year.")
    if level is not None and (kind.levels is None or level not in LEVELS):
        raise BadRequest(reason=f"{kind.name} has no such level." if kind.levels else f"{kind.name} has no levels.")
    if kind.key == "note" and text is None:
        raise BadRequest(reason="A note needs a text.")
    if text is not None and len(text) > LONGEST_TEXT:
        raise BadRequest(reason=f"A note can have {LONGEST_TEXT} characters.")
    _checked_day(context, day)
    return {"kind": kind.key, "day": day.isoformat(), "until": until.isoformat(), "level": level, "text": text}


def _insert(
    context: Context,
    session: Writer,
    scope: Scope,
    table: Table,
    fields: Mapping[str, Any],
    replaces: int | None = None,
) -> str:
    made = public_id()
    of = {"athlete_id": scope.athlete_id, "account_id": scope.account_id, "created_ms": context.clock()}
    session.run(table.insert().values(public_id=made, replaces=replaces, **of, **fields))
    return made


def _replace(
    context: Context, session: Writer, scope: Scope, table: Table, row: Row[Any], fields: Mapping[str, Any]
) -> str:
    session.run(update(table).where(table.c.id == row.id).values(removed_ms=context.clock()))
    return _insert(context, session, scope, table, fields, row.id)


def _set_removed(context: Context, scope: Scope, table: Table, public: str, removed_ms: int | None) -> None:
    scope.must("health: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        row = _find(session, scope, table, public)
        days = {row.day}
        session.run(update(table).where(table.c.id == row.id).values(removed_ms=removed_ms))
        if removed_ms is None:
            later = (table.c.replaces == row.id) & table.c.removed_ms.is_(None)
            days |= {other.day for other in session.rows(select(table.c.day).where(later))}
            session.run(update(table).where(later).values(removed_ms=context.clock()))
        if table is health_entries:
            derive_days(session, scope.athlete_id, days)


def _find(session: Writer, scope: Scope, table: Table, public: str) -> Row[Any]:
    row = session.row(select(table).where(table.c.athlete_id == scope.athlete_id, table.c.public_id == public))
    if row is None:
        raise NotFound(what="note" if table is health_notes else "entry", id=public)
    return row
