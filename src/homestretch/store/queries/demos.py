"""Reads what demo athletes have: their imports, and what a person has given them already."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, exists, select

from homestretch.errors import Conflict
from homestretch.store.database import Reader
from homestretch.store.tables.coach import plans
from homestretch.store.tables.derived import activities, measures, recordings
from homestretch.store.tables.kept import (
    arrivals,
    athletes,
    components,
    demos,
    gear,
    privacy_zones,
    segments,
    thresholds,
)
from homestretch.store.tables.ops import batches, items


@dataclass(frozen=True, slots=True)
class Given:
    """What an athlete has been given: thresholds by (key, first day), gear by name, components by (gear, name), …"""

    thresholds: Set[tuple[str, str]]
    gear: Mapping[str, str]
    components: Set[tuple[str, str]]
    segments: Set[str]
    has_place: bool


def given_to(reader: Reader, athlete_id: int) -> Given:
    """Return what an athlete has been given."""
    stated = select(thresholds.c.key, thresholds.c.valid_from).where(thresholds.c.athlete_id == athlete_id)
    things = select(gear.c.name, gear.c.public_id).where(gear.c.athlete_id == athlete_id)
    fitted = select(gear.c.name.label("item"), components.c.name).join(gear, gear.c.id == components.c.gear_id)
    drawn = select(segments.c.name).where(segments.c.athlete_id == athlete_id)
    return Given(
        {(row.key, row.valid_from) for row in reader.rows(stated)},
        {row.name: row.public_id for row in reader.rows(things)},
        {(row.item, row.name) for row in reader.rows(fitted.where(components.c.athlete_id == athlete_id))},
        {row.name for row in reader.rows(drawn)},
        bool(reader.scalar(select(exists().where(privacy_zones.c.athlete_id == athlete_id)))),
    )


def unequipped(reader: Reader) -> list[Row[Any]]:
    """Return (id, athlete_id, account_id, state) of the imports of demo athletes who don't have everything yet."""
    found = [row.athlete_id for row in reader.rows(_still_there().where(demos.c.equipped_ms.is_(None)))]
    if not found:
        return []
    query = select(batches.c.id, batches.c.athlete_id, batches.c.account_id, batches.c.state)
    mine = batches.c.athlete_id.in_(found) & (batches.c.origin == "demo")
    return list(reader.rows(query.where(mine).order_by(batches.c.id)))


def unplanned(reader: Reader) -> list[tuple[int, int | None]]:
    """Return (athlete, account) of the demo athletes that have everything but a plan, once all is measured."""
    left = _still_there().where(
        demos.c.equipped_ms.is_not(None),
        ~exists().where(plans.c.athlete_id == demos.c.athlete_id),
        ~exists().where(measures.c.athlete_id == demos.c.athlete_id, measures.c.stale),
    )
    found = [row.athlete_id for row in reader.rows(left)]
    if not found:
        return []
    query = select(batches.c.athlete_id, batches.c.account_id).where(
        batches.c.athlete_id.in_(found), batches.c.origin == "demo"
    )
    return [(row.athlete_id, row.account_id) for row in reader.rows(query.distinct())]


def _still_there() -> Select[tuple[int]]:
    there = (athletes.c.id == demos.c.athlete_id) & athletes.c.removed_ms.is_(None)
    return select(demos.c.athlete_id).join(athletes, there)


def must_be_no_demo(reader: Reader, athlete_id: int) -> None:
    """Raise Conflict for a demo athlete: additions would be removed with it."""
    if reader.scalar(select(demos.c.athlete_id).where(demos.c.athlete_id == athlete_id)) is not None:
        raise Conflict(reason="This is the demo athlete. Anything you add is removed with it. Choose your own athlete.")


def declared_paths(reader: Reader, batch_id: int) -> list[str]:
    """Return the paths of the files that an import declared."""
    return [row.path for row in reader.rows(select(items.c.path).where(items.c.batch_id == batch_id))]


def done_in_files(reader: Reader, athlete_id: int, part: str) -> list[Row[Any]]:
    """Return the activities shown by files with this in their path, as rows with the `path`, the newest first."""
    came = (arrivals.c.digest == recordings.c.digest) & (arrivals.c.athlete_id == recordings.c.athlete_id)
    query = (
        select(activities, arrivals.c.path)
        .join(recordings, recordings.c.id == activities.c.primary_id)
        .join(arrivals, came & arrivals.c.undone_ms.is_(None))
        .where(activities.c.athlete_id == athlete_id, arrivals.c.path.contains(part, autoescape=True))
    )
    return list(reader.rows(query.order_by(activities.c.start_ms.desc())))
