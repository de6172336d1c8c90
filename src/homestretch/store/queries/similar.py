"""Reads activities that may be like another one: on its route, or about as long."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from homestretch.store.database import Reader
from homestretch.store.tables.derived import activities, route_members

type Conditions = Sequence[ColumnElement[bool]]


class Candidate(NamedTuple):
    """An activity that may be like another one: lengths in m."""

    id: int
    sport: str
    local_ms: int
    distance_m: float
    ascent_m: float | None


class Compared(NamedTuple):
    """What is shown of an activity beside another one: s, m, m/s, beats per minute, W."""

    id: int
    public_id: str
    name: str
    sport: str
    local_ms: int
    distance_m: float | None
    moving_s: float | None
    elapsed_s: float | None
    ascent_m: float | None
    avg_speed_mps: float | None
    avg_hr_bpm: float | None
    avg_power_w: float | None


def as_long(reader: Reader, where: Conditions, metres: tuple[float, float]) -> list[Candidate]:
    """Return the activities that are so long (m), of those that these conditions let through."""
    query = select(*(activities.c[name] for name in Candidate._fields))
    rows = reader.rows(query.where(*where, activities.c.distance_m.between(*metres)))
    return [Candidate._make(row) for row in rows]


def on_route(
    reader: Reader, where: Conditions, activity_id: int, ways: Sequence[str], limit: int
) -> tuple[int, list[int]]:
    """Return how many other activities followed the route of one in one of these ways, and the newest of them."""
    own = select(route_members.c.route_id).where(route_members.c.activity_id == activity_id)
    alike = (
        route_members.c.route_id.in_(own),
        route_members.c.activity_id != activity_id,
        route_members.c.direction.in_(ways),
        *where,
    )
    joined = activities.c.id == route_members.c.activity_id
    count = select(func.count()).select_from(route_members).join(activities, joined).where(*alike)
    newest = select(activities.c.id).join(route_members, joined).where(*alike)
    newest = newest.order_by(activities.c.local_ms.desc(), activities.c.id.desc()).limit(limit)
    return int(reader.scalar(count) or 0), [row.id for row in reader.rows(newest)]


def way_of(reader: Reader, activity_id: int) -> str | None:
    """Return which way an activity followed its route, or None where it has none."""
    query = select(route_members.c.direction).where(route_members.c.activity_id == activity_id)
    way = reader.scalar(query)
    return None if way is None else str(way)


def compared(reader: Reader, ids: Sequence[int]) -> dict[int, Compared]:
    """Return what is shown of activities, by id."""
    query = select(*(activities.c[name] for name in Compared._fields)).where(activities.c.id.in_(ids))
    return {row.id: Compared._make(row) for row in reader.rows(query)}
