"""Reads gear: the items, what sources call them, their components and services, and how much each was used by day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, union_all

from homestretch.errors import NotFound
from homestretch.model.documents.activity import GearUsed
from homestretch.model.sport import Sport
from homestretch.store.database import Reader
from homestretch.store.queries.cached import EXPIRED
from homestretch.store.scope import Scope
from homestretch.store.tables.cached import cached_items
from homestretch.store.tables.derived import activities, recordings, remote_gear, titles
from homestretch.store.tables.kept import components, connections, gear, gear_aliases, services
from homestretch.store.tables.ops import remote_items

#: Set on an activity that was done on no gear.
NONE = "none"
#: The source of an alias that is the public id of an item that another one took in.
OURS = ""
DAY_MS = 86_400_000
_NEVER = 1 << 62
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Gears:
    """An athlete's items by id, without those that were removed, and by what sources call them."""

    items: Mapping[int, Row[Any]] = field(default_factory=dict)
    aliases: Mapping[tuple[str, str], int] = field(default_factory=dict)
    #: Whether there ever was any.
    ever: bool = False
    #: The day since 1970 from which on each item is a usual one.
    since: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reader, athlete_id: int) -> "Gears":
        """Return an athlete's gear."""
        rows = reader.rows(select(gear).where(gear.c.athlete_id == athlete_id).order_by(gear.c.id))
        if not rows:
            return cls()
        items = {row.id: row for row in rows if row.removed_ms is None}
        called = reader.rows(select(gear_aliases).where(gear_aliases.c.athlete_id == athlete_id))
        aliases = {(row.source, row.key): row.gear_id for row in called if row.gear_id in items}
        ours = {(OURS, row.public_id): row.id for row in items.values()}
        return cls(items, aliases | ours, True, {row.id: _day(row.usual_since) for row in items.values()})

    def used(
        self, said: str | None, assigned: Iterable[tuple[str, str]], sport: str, start_ms: int, local_ms: int
    ) -> int | None:
        """Return which gear an activity used: a person's choice, else a source's, else the usual one.

        `assigned` are sources with their keys, the most trusted first; it began at `start_ms` UTC, by its own clock at
        `local_ms`.
        """
        if said == NONE:
            return None
        named = (self.aliases.get(one) for one in ((OURS, said or ""), *assigned))
        return next(
            (found for found in named if found is not None),
            self._usual(Sport(sport).family, start_ms, local_ms // DAY_MS),
        )

    def _usual(self, family: str, start_ms: int, day: int) -> int | None:
        """Return what a family of sports is usually done on: of several in use the latest, or what retired first."""
        fit = [
            row
            for row in self.items.values()
            if family in row.families and self.since[row.id] <= day and start_ms < (row.retired_ms or _NEVER)
        ]
        order = [(-self.since[row.id], row.retired_ms or _NEVER, row.name, row.id) for row in fit]
        return min(order)[-1] if order else None


def day_of(number: int) -> date:
    """Return the day that is so many days after the first of 1970."""
    return _EPOCH + timedelta(days=number)


def _day(since: str | None) -> int:
    """Return a local day as the number of days since 1970; the earliest for None."""
    return -_NEVER if since is None else (date.fromisoformat(since) - _EPOCH).days


def find_gear(reader: Reader, scope: Scope, public_id: str, *, removed: bool = False) -> Row[Any]:
    """Return an item of gear, by public id. Raises NotFound."""
    row = reader.row(select(gear).where(gear.c.public_id == public_id, gear.c.athlete_id == scope.athlete_id))
    if row is None or (row.removed_ms is not None and not removed):
        raise NotFound(what="gear", id=public_id)
    return row


def gear_names(reader: Reader, athlete_id: int) -> dict[int, GearUsed]:
    """Return how activities show gear, by its id: its public id and name."""
    query = select(gear.c.id, gear.c.public_id, gear.c.name).where(gear.c.athlete_id == athlete_id)
    return {row.id: {"id": row.public_id, "name": row.name} for row in reader.rows(query)}


def components_of(reader: Reader, athlete_id: int) -> Sequence[Row[Any]]:
    """Return the athlete's components that were not removed, the oldest first."""
    mine = (components.c.athlete_id == athlete_id) & components.c.removed_ms.is_(None)
    return reader.rows(select(components).where(mine).order_by(components.c.id))


def services_of(reader: Reader, athlete_id: int) -> dict[int, list[Row[Any]]]:
    """Return the services that were not undone, by component, in the order of their days."""
    mine = (services.c.athlete_id == athlete_id) & services.c.removed_ms.is_(None)
    found: dict[int, list[Row[Any]]] = {}
    for row in reader.rows(select(services).where(mine).order_by(services.c.day, services.c.id)):
        found.setdefault(row.component_id, []).append(row)
    return found


def used_days(reader: Reader, athlete_id: int, *among: ColumnElement[bool]) -> dict[int, list[Row[Any]]]:
    """Return the use of each item by local day, in order: (gear_id, day since 1970, distance_m, time_s, count).

    What is deleted or hidden does not count, and legs do instead of their whole; `among` are further conditions.
    """
    table = activities.c
    counts: list[ColumnElement[bool]] = [
        table.athlete_id == athlete_id,
        table.deleted.is_(False),
        table.hidden.is_(False),
        table.primary_id.is_not(None),
        table.gear_id.is_not(None),
    ]
    day = table.local_ms // DAY_MS
    time_s = func.coalesce(table.moving_s, table.timer_s, table.elapsed_s, 0.0)
    query = (
        select(
            table.gear_id,
            day.label("day"),
            func.sum(func.coalesce(table.distance_m, 0.0)).label("distance_m"),
            func.sum(time_s).label("time_s"),
            func.count().label("activities"),
        )
        .where(*counts, *among)
        .group_by(table.gear_id, day)
        .order_by(table.gear_id, day)
    )
    found: dict[int, list[Row[Any]]] = {}
    for row in reader.rows(query):
        found.setdefault(row.gear_id, []).append(row)
    return found


def known_there(reader: Reader, athlete_id: int) -> list[dict[str, Any]]:
    """Return the gear that sources know, by (source, key): its name, kind, distance there if known, and its activities.

    `listed_m` are the metres of the activities that a source lists with it; None where its list does not last.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}

    def of(source: str, key: str, name: str | None) -> dict[str, Any]:
        blank = {"source": source, "key": key, "name": None, "kind": "other", "distance_m": None, "retired": False}
        one = found.setdefault((source, key), {**blank, "activities": 0, "listed_m": None})
        one["name"] = one["name"] or name
        return one

    for row in reader.rows(select(remote_gear).where(remote_gear.c.athlete_id == athlete_id)):
        details = {"kind": row.kind, "distance_m": row.distance_m, "retired": row.retired}
        of(row.source, row.key, row.name).update(details)
    for row in reader.rows(_recorded(athlete_id)):
        of(row.source, row.key, row.name)["activities"] = row.activities
    for row in reader.rows(_entered(athlete_id)):
        of(row.source, row.key, row.name).update(activities=row.activities, listed_m=row.distance_m)
    for row in reader.rows(_titled(athlete_id)):
        one = of(row.source, row.key, None)
        one["activities"] = max(one["activities"], row.activities)
    return [found[place] for place in sorted(found)]


def _recorded(athlete_id: int) -> Select[Any]:
    """Return the query for what recordings say themselves."""
    summary = recordings.c.summary
    source, key = summary["format"].as_string().label("source"), summary["gear"].as_string().label("key")
    name = func.max(summary["gear_name"].as_string()).label("name")
    query = select(source, key, name, func.count().label("activities"))
    return query.where(recordings.c.athlete_id == athlete_id, key.is_not(None)).group_by(source, key)


def _titled(athlete_id: int) -> Select[Any]:
    """Return the query for sources' gear of activities that came as files."""
    query = select(titles.c.source, titles.c.gear.label("key"), func.count().label("activities"))
    mine = (titles.c.athlete_id == athlete_id) & titles.c.gear.is_not(None)
    return query.where(mine).group_by(titles.c.source, titles.c.gear)


def _entered(athlete_id: int) -> Select[Any]:
    """Return the query for what lists of connections say."""
    columns = ("connection_id", "kind", "state", "details")
    said = union_all(
        *(select(*(table.c[name] for name in columns)) for table in (remote_items, cached_items))
    ).subquery()
    key = said.c.details["gear"].as_string().label("key")
    name = func.max(said.c.details["gear_name"].as_string()).label("name")
    metres = func.sum(said.c.details["distance_m"].as_float()).label("distance_m")
    query = select(connections.c.source, key, name, metres, func.count().label("activities"))
    there = (said.c.kind == "activity") & said.c.state.not_in(("gone", EXPIRED["state"])) & key.is_not(None)
    mine = (connections.c.athlete_id == athlete_id) & connections.c.removed_ms.is_(None) & there
    joined = said.join(connections, connections.c.id == said.c.connection_id)
    return query.select_from(joined).where(mine).group_by(connections.c.source, key)
