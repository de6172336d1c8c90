"""Routes: which activities followed one course. Its first activity in time founds a route; the others join it.

The order of arrival makes no difference: activities are placed in their order, each on the earliest route whose founder
it matches; one that comes late and founds a route opens those after it that it could have founded.

This ends. The order is total, always the first that is not placed is placed, and only what comes after it is opened by
that: whatever is placed has nothing unplaced before it, so nothing opens it again. No activity is placed twice.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, or_, select, tuple_, update

from homestretch.analysis.geo.routes import Signature, alike_long, compare
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.watermarks import touch
from homestretch.model.sport import Sport
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.derived import activities, recordings, route_bands, route_members, tracks

PORTION = 100
#: Shorter tracks are no routes, in m: a pool's edge, a lap of the yard.
SHORTEST_M = 500.0
FOUNDER = "same"
#: The order of activities: by start, and of those that start together by what was recorded, never by when it came.
ORDER = (activities.c.start_ms, recordings.c.digest, recordings.c.key)


def unrouted_athletes(context: Context) -> list[int]:
    """Return the athletes with tracks that are on no route yet and were not looked at."""
    with context.database.read() as reader:
        rows = reader.rows(_ordered(tracks.c.athlete_id).where(tracks.c.routed.is_(False)).distinct())
        return [row.athlete_id for row in rows]


def find_routes(context: Context, athlete_id: int) -> int:
    """Place every track that is to be placed; return how many that were."""
    count = 0
    while True:
        with context.database.write() as session:
            lock_athlete(session, athlete_id)
            rows = session.rows(_next(athlete_id))
            founders: dict[int, Signature] = {}
            for row in rows:
                count += 1
                if _place(session, athlete_id, row, founders):
                    break  # what it opened may come before the rest
            if rows:
                touch(session, athlete_id)
        if not rows:
            return count


def unroute(session: Writer, activity_ids: Sequence[int]) -> None:
    """Take activities off their routes; where one founded a route, the others on it are placed again."""
    ids = list(activity_ids)
    followers = select(route_members.c.activity_id).where(route_members.c.route_id.in_(ids))
    session.run(update(tracks).where(tracks.c.activity_id.in_(followers)).values(routed=False))
    gone = or_(route_members.c.route_id.in_(ids), route_members.c.activity_id.in_(ids))
    session.run(delete(route_members).where(gone))
    session.run(delete(route_bands).where(route_bands.c.route_id.in_(ids)))


def _ordered(*columns: Any) -> Select[Any]:
    """Return the query for tracks that can be placed, with what their order is made of."""
    return (
        select(*columns)
        .join_from(tracks, activities, activities.c.id == tracks.c.activity_id)
        .join(recordings, recordings.c.id == activities.c.primary_id)
    )


def _next(athlete_id: int) -> Select[Any]:
    """Return the query for the tracks to be placed next, in their order."""
    query = _ordered(tracks, activities.c.sport, activities.c.sub_sport, *ORDER)
    return query.where(tracks.c.athlete_id == athlete_id, tracks.c.routed.is_(False)).order_by(*ORDER).limit(PORTION)


def _place(session: Writer, athlete_id: int, row: Row[Any], founders: dict[int, Signature]) -> bool:
    """Put a track on the earliest route that it matches, or let it found one; return whether that opened others."""
    session.run(update(tracks).where(tracks.c.activity_id == row.activity_id).values(routed=True))
    if row.length_m < SHORTEST_M:
        return False
    own = _signature(row, founders)
    if own is None:
        return False
    family = Sport(row.sport, row.sub_sport).family
    for founder in _candidates(session, athlete_id, own, row):
        if Sport(founder.sport, founder.sub_sport).family != family:
            continue
        theirs = _signature(founder, founders)
        how = compare(theirs, own) if theirs is not None and alike_long(theirs, own) else None
        if how is not None:
            _join(session, athlete_id, row.activity_id, founder.activity_id, how)
            return False
    _join(session, athlete_id, row.activity_id, row.activity_id, FOUNDER)
    bands = [{"band": band, "route_id": row.activity_id} for band in set(own.bands)]
    session.insert_new(route_bands, bands)
    return _open_later(session, athlete_id, row)


def _signature(track: Row[Any], known: dict[int, Signature]) -> Signature | None:
    """Return a track's signature, or None for an older version's: it is measured again, and then placed."""
    if track.activity_id not in known:
        try:
            known[track.activity_id] = Signature.from_bytes(track.signature)
        except ValueError:
            return None
    return known[track.activity_id]


def _candidates(session: Reader, athlete_id: int, own: Signature, track: Row[Any]) -> Sequence[Row[Any]]:
    """Return the founders of routes before a track that may have followed the same course, the earliest first."""
    alike = select(route_bands.c.route_id).where(route_bands.c.band.in_(own.bands))
    query = _ordered(tracks.c.activity_id, tracks.c.signature, activities.c.sport, activities.c.sub_sport)
    before = tuple_(*ORDER) < _place_of(track)
    return session.rows(
        query.where(tracks.c.athlete_id == athlete_id, tracks.c.activity_id.in_(alike), before).order_by(*ORDER)
    )


def _place_of(track: Row[Any]) -> Any:
    """Return where a track stands in the order."""
    return tuple_(*(bindparam(None, getattr(track, column.name), column.type) for column in ORDER))


def _join(session: Writer, athlete_id: int, activity_id: int, route_id: int, how: str) -> None:
    row = {"activity_id": activity_id, "athlete_id": athlete_id, "route_id": route_id, "direction": how}
    session.put(route_members, [row])


def _open_later(session: Writer, athlete_id: int, founder: Row[Any]) -> bool:
    """Open the routes founded later over the same ground: some who follow them may belong to this one."""
    later = (
        _ordered(tracks.c.activity_id)
        .join(route_members, route_members.c.activity_id == tracks.c.activity_id)
        .where(
            tracks.c.athlete_id == athlete_id,
            route_members.c.route_id == tracks.c.activity_id,
            tuple_(*ORDER) > _place_of(founder),
            tracks.c.south <= founder.north,
            tracks.c.north >= founder.south,
        )
    )
    found = [row.activity_id for row in session.rows(later)]
    if found:
        session.run(update(tracks).where(tracks.c.activity_id.in_(found)).values(routed=False))
        unroute(session, found)
    return bool(found)
