"""Which gear activities used: a person's choice, else a source's, else the usual one for the sport."""

from collections.abc import Collection, Iterator, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, select, update

from homestretch.sources.registry import forbidding
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.edits import preferred_sources
from homestretch.store.queries.gear import Gears
from homestretch.store.tables.derived import activities, recordings, titles
from homestretch.store.tables.kept import arrivals

PORTION = 500
_COLUMNS = [
    activities.c[name]
    for name in ("id", "parent_id", "primary_id", "sport", "start_ms", "local_ms", "gear_set", "gear_id")
]
_WRITE = update(activities).where(activities.c.id == bindparam("activity")).values(gear_id=bindparam("used"))

type Assigned = dict[int, list[tuple[str, str]]]


def put_gear(session: Writer, athlete_id: int, ids: Collection[int] | None = None) -> bool:
    """Write down which gear these activities used, or all; return whether any used another than before."""
    gears = Gears.of(session, athlete_id)
    if not gears.ever:
        return False
    order = preferred_sources(session, athlete_id)
    changed: dict[int, int | None] = {}
    for rows in _families(session, athlete_id, ids):
        assigned = _assigned(session, athlete_id, None if ids is None else [row.id for row in rows], order)
        used = {
            row.id: gears.used(row.gear_set, assigned.get(row.id, ()), row.sport, row.start_ms, row.local_ms)
            for row in rows
        }
        _agree(rows, used)
        changed |= {row.id: used[row.id] for row in rows if row.gear_id != used[row.id]}
    if changed:
        session.run(_WRITE, [{"activity": number, "used": found} for number, found in changed.items()])
    return bool(changed)


def _agree(rows: Sequence[Row[Any]], used: dict[int, int | None]) -> None:
    """Give legs the gear that a person set for their whole, and a whole the gear that all of its legs share."""
    legs: dict[int, list[Row[Any]]] = {}
    for row in rows:
        if row.parent_id is not None:
            legs.setdefault(row.parent_id, []).append(row)
    for row in rows:
        if row.primary_id is not None or row.id not in legs:
            continue
        own = legs[row.id]
        if row.gear_set is not None:
            used |= {leg.id: used[row.id] for leg in own if leg.gear_set is None}
        common = {used[leg.id] for leg in own}
        used[row.id] = common.pop() if len(common) == 1 else None


def _families(reader: Reader, athlete_id: int, ids: Collection[int] | None) -> Iterator[Sequence[Row[Any]]]:
    """Yield the activities in portions, wholes always with all of their legs."""
    mine = activities.c.athlete_id == athlete_id
    if ids is None:
        yield reader.rows(select(*_COLUMNS).where(mine))
        return
    for part in batched(sorted(ids), PORTION):
        parents = select(activities.c.parent_id).where(activities.c.id.in_(part), activities.c.parent_id.is_not(None))
        whole = activities.c.id.in_(part) | activities.c.parent_id.in_(part)
        whole |= activities.c.id.in_(parents) | activities.c.parent_id.in_(parents)
        yield reader.rows(select(*_COLUMNS).where(mine, whole))


def _assigned(reader: Reader, athlete_id: int, ids: Sequence[int] | None, order: Sequence[str]) -> Assigned:
    """Return the gear that sources assign to activities: (source, its key), the most trusted first."""
    found: dict[int, set[tuple[str, str]]] = {}
    digests: dict[str, list[int]] = {}
    summary = recordings.c.summary
    columns = (
        recordings.c.activity_id,
        recordings.c.digest,
        summary["part"].as_string().label("part"),
        summary["format"].as_string().label("format"),
        summary["gear"].as_string().label("gear"),
    )
    for row in _in_portions(reader, athlete_id, recordings, recordings.c.activity_id, ids, *columns):
        if row.gear is not None:
            found.setdefault(row.activity_id, set()).add((row.format, row.gear))
        if row.part is None:  # a list's value for a file is not meant for one leg
            digests.setdefault(row.digest, []).append(row.activity_id)
    came = arrivals.join(
        titles,
        (titles.c.athlete_id == arrivals.c.athlete_id)
        & (titles.c.source == arrivals.c.provider)
        & (titles.c.key == arrivals.c.provider_key),
    )
    named = (arrivals.c.digest, titles.c.source, titles.c.gear)
    active = (
        titles.c.gear.is_not(None),
        titles.c.source.not_in(forbidding("blend")),
        in_force(),
    )
    keys = None if ids is None else sorted(digests)
    for row in _in_portions(reader, athlete_id, arrivals, arrivals.c.digest, keys, *named, of=came, where=active):
        for activity in digests.get(row.digest, ()):
            found.setdefault(activity, set()).add((row.source, row.gear))
    rank = {source: place for place, source in enumerate(order)}
    return {
        activity: sorted(assigned, key=lambda one: (rank.get(one[0], len(rank)), one))
        for activity, assigned in found.items()
    }


def _in_portions(
    reader: Reader,
    athlete_id: int,
    table: Any,
    column: Any,
    keys: Sequence[Any] | None,
    *columns: Any,
    of: Any = None,
    where: Sequence[ColumnElement[bool]] = (),
) -> Iterator[Row[Any]]:
    """Yield the athlete's rows whose column is among the keys, or all."""
    query = select(*columns).select_from(table if of is None else of).where(table.c.athlete_id == athlete_id, *where)
    if keys is None:
        yield from reader.rows(query)
        return
    for part in batched(keys, PORTION):
        yield from reader.rows(query.where(column.in_(part)))
