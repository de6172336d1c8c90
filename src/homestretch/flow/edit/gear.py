"""Gear: added, changed, retired, merged, removed and restored, and tied to sources' names for it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select, update

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.derive.gear_assignment import put_gear
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context, public_id
from homestretch.flow.runtime.schedule import athlete_zone
from homestretch.flow.runtime.watermarks import touch
from homestretch.model.documents.gear import GearPreview
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.gear import OURS, day_of, find_gear, used_days
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import components, gear, gear_aliases

KINDS = ("bike", "shoes", "other")
LONGEST = {"name": 200, "note": 2000}
LONGEST_KEY = 200
#: What an item may have done before: no more than this, in m and s.
MOST = {"distance_m": 1e9, "time_s": 1e9}


def add(context: Context, scope: Scope, fields: Mapping[str, Any], alias: tuple[str, str] | None = None) -> str:
    """Add an item, perhaps as what a source calls by a key; return its public id. Raises BadRequest."""
    scope.must("gear: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        number = _insert(context, session, scope, fields)
        _take_families(session, scope, number)
        if alias is not None:
            _tie(session, scope, number, *alias)
        settle(session, scope.athlete_id)
        return str(session.scalar(select(gear.c.public_id).where(gear.c.id == number)))


def change(context: Context, scope: Scope, item: str, fields: Mapping[str, Any]) -> None:
    """Change an item: `kind`, `name`, `note`, `families`, what it had done before, the day it `retired` (None: not).

    On each day a family of sports has one item in use that is the usual one: the one that is so since the latest day
    (`usual_since`; None: always). Others stay it until then. Raises BadRequest, NotFound.
    """
    scope.must("gear: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        row = find_gear(session, scope, item)
        values = _values(session, scope, fields)
        if values:
            session.run(update(gear).where(gear.c.id == row.id).values(values))
        _take_families(session, scope, row.id, strong=bool(fields.keys() & {"families", "usual_since"}))
        settle(session, scope.athlete_id)


def remove(context: Context, scope: Scope, item: str) -> None:
    """Remove an item, as if it had never been there; `restore` undoes it. Raises NotFound."""
    _set_removed(context, scope, item, context.clock())


def restore(context: Context, scope: Scope, item: str) -> None:
    """Bring a removed item back, with what sources call it. Raises NotFound."""
    _set_removed(context, scope, item, None)


def merge(context: Context, scope: Scope, item: str, into: str) -> None:
    """Make an item part of another one: its activities, aliases, components and what it had done before.

    Raises NotFound, and BadRequest for an item with itself.
    """
    scope.must("gear: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        old, new = find_gear(session, scope, item), find_gear(session, scope, into)
        if old.id == new.id:
            raise BadRequest(reason="An item can't be merged with itself.")
        session.run(update(gear_aliases).where(gear_aliases.c.gear_id == old.id).values(gear_id=new.id))
        session.run(update(components).where(components.c.gear_id == old.id).values(gear_id=new.id))
        session.run(update(gear).where(gear.c.id == old.id).values(removed_ms=context.clock()))
        sums = {name: getattr(old, name) + getattr(new, name) for name in ("distance_m", "time_s")}
        usual = [row for row in (new, old) if row.families and row.retired_ms == new.retired_ms]
        values = {
            **sums,
            "families": sorted({family for row in usual for family in row.families}),
            "usual_since": min((row.usual_since or "" for row in usual), default="") or None,
        }
        session.run(update(gear).where(gear.c.id == new.id).values(values))
        _tie(session, scope, new.id, OURS, old.public_id)
        _take_families(session, scope, new.id, strong=False)
        settle(session, scope.athlete_id)


def preview(
    context: Context, scope: Scope, families: Sequence[str], usual_since: date | None, item: str | None = None
) -> GearPreview:
    """Return the past activities that an item, or a new one, would count as the usual one of families; change nothing.

    That is `distance_m`, `time_s` and `activities`; `first_day` is its first use by people or sources, or None. Raises
    BadRequest, NotFound.
    """
    scope.must("gear: edit")
    with context.database.write() as session:
        tried = session.connection.begin_nested()
        lock_athlete(session, scope.athlete_id)
        number = find_gear(session, scope, item).id if item else _insert(context, session, scope, {"name": "x"})
        counted = []
        tries: Sequence[Mapping[str, Any]] = ({"families": []}, {"families": families, "usual_since": usual_since})
        for fields in tries:
            values = _values(session, scope, fields)
            session.run(update(gear).where(gear.c.id == number).values(values))
            _take_families(session, scope, number)
            settle(session, scope.athlete_id)
            counted.append(used_days(session, scope.athlete_id).get(number, []))
        tried.rollback()
    named, usual = counted
    return {
        "distance_m": sum(day.distance_m for day in usual),
        "time_s": sum(day.time_s for day in usual),
        "activities": sum(day.activities for day in usual),
        "first_day": day_of(named[0].day).isoformat() if named else None,
    }


def alias(context: Context, scope: Scope, item: str, source: str, key: str) -> None:
    """Match a source's gear, by its key, with this item; a former match is replaced. Raises BadRequest, NotFound."""
    scope.must("gear: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        _tie(session, scope, find_gear(session, scope, item).id, source, key)
        settle(session, scope.athlete_id)


def unalias(context: Context, scope: Scope, item: str, source: str, key: str) -> None:
    """Remove a match of a source's gear with this item. Raises NotFound."""
    scope.must("gear: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        number = find_gear(session, scope, item).id
        mine = (gear_aliases.c.gear_id == number) & (gear_aliases.c.source == source) & (gear_aliases.c.key == key)
        if source == OURS or not session.run(delete(gear_aliases).where(mine)):
            raise NotFound(what="alias", id=f"{source}/{key}")
        settle(session, scope.athlete_id)


def settle(session: Writer, athlete_id: int) -> None:
    """Write down which gear activities used, now that something about gear is otherwise."""
    if put_gear(session, athlete_id):
        touch(session, athlete_id)


def _insert(context: Context, session: Writer, scope: Scope, fields: Mapping[str, Any]) -> int:
    """Add an item of these fields, the others as usual; return its id. Raises BadRequest."""
    usual: dict[str, Any] = {
        "name": "",
        "kind": "other",
        "note": None,
        "families": [],
        "distance_m": 0.0,
        "time_s": 0.0,
        "retired": None,
        "usual_since": None,
    }
    values = _values(session, scope, {**usual, **fields})
    made = {"public_id": public_id(), "athlete_id": scope.athlete_id, "created_ms": context.clock(), "removed_ms": None}
    return session.add(insert(gear).values({**made, **values}))


def _set_removed(context: Context, scope: Scope, item: str, at_ms: int | None) -> None:
    scope.must("gear: edit")
    with context.database.write() as session:
        lock_athlete(session, scope.athlete_id)
        row = find_gear(session, scope, item, removed=at_ms is None)
        session.run(update(gear).where(gear.c.id == row.id).values(removed_ms=at_ms))
        _take_families(session, scope, row.id, strong=False)
        settle(session, scope.athlete_id)


def _tie(session: Writer, scope: Scope, number: int, source: str, key: str) -> None:
    if not 0 < len(key) <= LONGEST_KEY or len(source) > LONGEST_KEY:
        raise BadRequest(reason=f"A source's gear key has 1 to {LONGEST_KEY} characters.")
    row = {"athlete_id": scope.athlete_id, "source": source, "key": key, "gear_id": number}
    session.put(gear_aliases, [row])


def _take_families(session: Writer, scope: Scope, number: int, *, strong: bool = True) -> None:
    """Let a family of sports have one usual item in use on each day: this one, or, where it is not `strong`, another.

    Of two, the one with the earlier day stays it until the later one's.
    """
    mine = (gear.c.athlete_id == scope.athlete_id) & gear.c.removed_ms.is_(None) & gear.c.retired_ms.is_(None)
    rows = session.rows(select(gear.c.id, gear.c.families, gear.c.usual_since).where(mine))
    this = next((row for row in rows if row.id == number), None)
    if this is None:
        return
    own, since = set(this.families), this.usual_since or ""
    others = [row for row in rows if row.id != number and own & set(row.families)]
    if strong:
        losing = [(row.id, sorted(set(row.families) - own)) for row in others if (row.usual_since or "") >= since]
    else:
        before = [row.families for row in others if (row.usual_since or "") <= since]
        losing = [(number, sorted(own.difference(*before)))] if before else []
    for loser, families in losing:
        session.run(update(gear).where(gear.c.id == loser).values(families=families))


def _values(session: Reader, scope: Scope, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns for the values given. Raises BadRequest."""
    values = dict(fields)
    for name in ("name", "note"):
        if values.get(name) is not None:
            values[name] = " ".join(values[name].split()) if name == "name" else values[name].strip() or None
    if "name" in values and not 0 < len(values["name"] or "") <= LONGEST["name"]:
        raise BadRequest(reason=f"A gear name has 1 to {LONGEST['name']} characters.")
    if len(values.get("note") or "") > LONGEST["note"]:
        raise BadRequest(reason=f"A note has at most {LONGEST['note']} characters.")
    if "kind" in values and values["kind"] not in KINDS:
        raise BadRequest(reason=f"The kind of gear must be one of {', '.join(KINDS)}.")
    for name, most in MOST.items():
        if name in values and not (isfinite(values[name]) and 0 <= values[name] <= most):
            raise BadRequest(reason=f"The starting distance can't be {values[name]:g}.")
    if "families" in values:
        values["families"] = _families(values["families"])
    if isinstance(values.get("usual_since"), date):
        values["usual_since"] = values["usual_since"].isoformat()
    if "retired" in values:
        values["retired_ms"] = _after(session, scope, values.pop("retired"))
    return values


def _families(said: Sequence[str]) -> list[str]:
    unknown = [family for family in said if not family.replace("_", "").isalnum() or len(family) > 40]
    if unknown:
        raise BadRequest(reason=f"{unknown[0]} is not a sport family.")
    return sorted(set(said))


def _after(reader: Reader, scope: Scope, day: date | None) -> int | None:
    """Return when a local day was over, UTC ms."""
    if day is None:
        return None
    zone = ZoneInfo(athlete_zone(reader, scope.athlete_id) or "UTC")
    try:
        over = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(days=1)
        return int(over.astimezone(UTC).timestamp() * 1000)
    except (OverflowError, ValueError) as error:
        raise BadRequest(reason=f"{day} is too far away.") from error
