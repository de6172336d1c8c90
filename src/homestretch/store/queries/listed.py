"""Conditions and columns by which lists of activities are filtered and ordered, legs through their parents."""

import math
from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from homestretch.model.terms import Use
from homestretch.store.database import Reader
from homestretch.store.queries.arrivals import forbids, in_force
from homestretch.store.tables.derived import activities, metrics, recordings, route_members
from homestretch.store.tables.derived_activities import activity_tags
from homestretch.store.tables.kept import arrivals, gear

METRES_PER_DEGREE = 111_195.0
#: What the list shows as the time, in s: that in which one moved, else all of it.
TIME_S = func.coalesce(activities.c.moving_s, activities.c.elapsed_s)


def tagged(athlete_id: int, tag: str) -> ColumnElement[bool]:
    """Return the condition that an activity has a tag."""
    mine = (activity_tags.c.athlete_id == athlete_id) & (activity_tags.c.tag == tag)
    return activities.c.id.in_(select(activity_tags.c.activity_id).where(mine))


def done_on(athlete_id: int, gear_id: str) -> ColumnElement[bool]:
    """Return the condition that an activity or one of its legs was done on the item of gear with a public id."""
    table = activities.c
    number = select(gear.c.id).where(gear.c.public_id == gear_id, gear.c.athlete_id == athlete_id).scalar_subquery()
    legs = select(table.parent_id).where(table.gear_id == number, table.parent_id.is_not(None))
    return or_(table.gear_id == number, table.id.in_(legs))


def given_by(athlete_id: int, provider: str, use: Use) -> ColumnElement[bool]:
    """Return the condition that a source gave a recording of an activity or of one of its legs, and allows its use."""
    came = (arrivals.c.athlete_id == athlete_id) & (arrivals.c.provider == provider) & in_force()
    if use != "show":
        came &= ~forbids(arrivals.c.digest, athlete_id, use)
    given = select(recordings.c.activity_id).where(
        recordings.c.athlete_id == athlete_id,
        recordings.c.activity_id.is_not(None),
        recordings.c.digest.in_(select(arrivals.c.digest).where(came)),
    )
    leg = activities.alias()
    legs = select(leg.c.parent_id).where(leg.c.id.in_(given), leg.c.parent_id.is_not(None))
    return or_(*(activities.c[name].in_(given) for name in ("id", "split_from_id")), activities.c.id.in_(legs))


def on_route_of(athlete_id: int, activity_id: int) -> ColumnElement[bool]:
    """Return the condition that an activity or one of its legs followed the same route as an activity."""
    route = select(route_members.c.route_id).where(route_members.c.activity_id == activity_id)
    members = select(route_members.c.activity_id).where(
        route_members.c.athlete_id == athlete_id, route_members.c.route_id == route.scalar_subquery()
    )
    leg = activities.alias()
    legs = select(leg.c.parent_id).where(leg.c.id.in_(members), leg.c.parent_id.is_not(None))
    return or_(activities.c.id.in_(members), activities.c.id.in_(legs))


def begins_within(latitude: float, longitude: float, within_m: float) -> ColumnElement[bool]:
    """Return the condition that an activity begins within so many m of a place."""
    table, tall = activities.c, within_m / METRES_PER_DEGREE
    apart = func.abs(table.start_longitude - longitude)
    east = case((apart > 180.0, 360.0 - apart), else_=apart) * math.cos(math.radians(latitude))
    north = table.start_latitude - latitude
    return and_(
        table.start_latitude.between(latitude - tall, latitude + tall), north * north + east * east <= tall * tall
    )


def gear_name() -> ColumnElement[str]:
    """Return the name of an activity's gear as a column."""
    named = select(gear.c.name).where(gear.c.id == activities.c.gear_id)
    return named.correlate(activities).scalar_subquery()


def summed(metric: int) -> ColumnElement[float]:
    """Return a metric of an activity as a column, that of a multisport one the sum over its legs."""
    leg, value = activities.alias(), func.sum(metrics.c.value)
    mine = (metrics.c.athlete_id == activities.c.athlete_id) & (metrics.c.metric == metric)
    own = select(value).where(mine, metrics.c.activity_id == activities.c.id).correlate(activities).scalar_subquery()
    legs = select(leg.c.id).where(leg.c.parent_id == activities.c.id).correlate(activities)
    of_legs = select(value).where(mine, metrics.c.activity_id.in_(legs)).correlate(activities).scalar_subquery()
    return case((activities.c.primary_id.is_(None), of_legs), else_=own)


def any_after(reader: Reader, wanted: Sequence[ColumnElement[bool]], local_ms: int) -> bool:
    """Return whether an activity that is wanted begins after an instant of local time."""
    later = select(activities.c.id).where(*wanted, activities.c.local_ms > local_ms).limit(1)
    return reader.row(later) is not None


def originals_of(reader: Reader, activity_id: int) -> list[str]:
    """Return the digests of an activity's originals, or of its legs', each once, the first-minted first.

    The first part of what was split has the original; the others have none.
    """
    legs = select(activities.c.id).where((activities.c.id == activity_id) | (activities.c.parent_id == activity_id))
    query = select(recordings.c.digest).where(recordings.c.activity_id.in_(legs)).order_by(recordings.c.id)
    return list(dict.fromkeys(row.digest for row in reader.rows(query)))


def descriptions(reader: Reader, athlete_id: int, public_ids: Sequence[str]) -> dict[str, str | None]:
    """Return what was written about activities, by public id."""
    mine = (activities.c.athlete_id == athlete_id) & activities.c.public_id.in_(public_ids)
    rows = reader.rows(select(activities.c.public_id, activities.c.description).where(mine))
    return {row.public_id: row.description for row in rows}


def legs_by_whole(reader: Reader, activity_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the public ids of the legs of multisport activities, in order of time, by the id of the whole."""
    table, found = activities.c, dict[int, list[str]]()
    query = select(table.parent_id, table.public_id).where(table.parent_id.in_(activity_ids))
    for row in reader.rows(query.order_by(table.start_ms)):
        found.setdefault(row.parent_id, []).append(row.public_id)
    return found


def sport_counts(reader: Reader, wanted: Sequence[ColumnElement[bool]]) -> list[tuple[str, int]]:
    """Return the sports of activities with how many there are of each, the most common first."""
    query = select(activities.c.sport, func.count().label("n")).where(*wanted).group_by(activities.c.sport)
    return [(row.sport, row.n) for row in reader.rows(query.order_by(func.count().desc()))]


def tag_counts(reader: Reader, athlete_id: int, wanted: Sequence[ColumnElement[bool]]) -> list[tuple[str, int]]:
    """Return the tags of activities in order, with how many have each."""
    tagged_with = activity_tags.c.activity_id == activities.c.id
    query = select(activity_tags.c.tag, func.count().label("n")).join(activities, tagged_with)
    query = query.where(activity_tags.c.athlete_id == athlete_id, *wanted)
    return [(row.tag, row.n) for row in reader.rows(query.group_by(activity_tags.c.tag).order_by(activity_tags.c.tag))]


def workout_type_counts(reader: Reader, wanted: Sequence[ColumnElement[bool]]) -> dict[str | None, int]:
    """Return how many activities there are of each type of workout."""
    query = select(activities.c.workout_type, func.count().label("n")).where(*wanted)
    return {row.workout_type: row.n for row in reader.rows(query.group_by(activities.c.workout_type))}


def providers_of(reader: Reader, athlete_id: int) -> list[str]:
    """Return the sources that something of an athlete came from, in order."""
    query = select(arrivals.c.provider).where(arrivals.c.athlete_id == athlete_id, in_force())
    return [row.provider for row in reader.rows(query.distinct().order_by(arrivals.c.provider))]
