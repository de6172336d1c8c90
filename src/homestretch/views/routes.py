"""Routes: courses with every time on them, and the one an activity followed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from homestretch.analysis.geo import polyline
from homestretch.analysis.geo.distance import haversine
from homestretch.errors import NotFound
from homestretch.store.database import Reader
from homestretch.store.details import unpack_detail
from homestretch.store.edits import edit_rows, fold
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings, route_members
from homestretch.store.tables.kept import identities
from homestretch.views.activity import resolve
from homestretch.views.counted import day, everywhere, family_of
from homestretch.views.privacy import Veil, near_ids, veil

#: A course that was followed so often is a route; one that was not is just where someone went.
LEAST_TIMES = 2
#: Ways along a route in whose times one competes: the other way round is another matter.
ONE_WAY = ("same", "both", "other_start")


def route_list(reader: Reader, scope: Scope) -> list[dict[str, Any]]:
    """Return the routes followed at least twice, or named, those followed most often first."""
    by_route = _members(reader, scope)
    names = _names(reader, scope, [row for rows in by_route.values() for row in rows])
    hidden = veil(reader, scope)
    near = near_ids(reader, hidden, [row for rows in by_route.values() for row in rows])
    shown = [
        _item(rows, names.get(route), hidden, near)
        for route, rows in by_route.items()
        if len(rows) >= LEAST_TIMES or route in names
    ]
    return sorted(shown, key=lambda route: (-route["times"], route["id"]))


def route_whole(reader: Reader, scope: Scope, public_id: str) -> dict[str, Any]:
    """Return a route, by the id of any activity on it, with every time. Raises NotFound."""
    rows = _same_route(reader, scope, public_id)
    names = _names(reader, scope, rows)
    detail = reader.scalar(select(recordings.c.detail).where(recordings.c.id == rows[0].primary_id))
    line = unpack_detail(detail) if detail else {}
    hidden = veil(reader, scope)
    near = near_ids(reader, hidden, rows)
    timed = (row for row in rows if row.direction in ONE_WAY and row.elapsed_s and row.id not in near)
    ranks = {row.id: i + 1 for i, row in enumerate(sorted(timed, key=lambda r: r.elapsed_s))}
    item = _item(rows, names.get(rows[0].route_id), hidden, near)
    track = hidden.of(rows[0].public_id).line(line.get("track"))
    box = hidden.box(line.get("bbox"), track)
    return {
        **item,
        "track": track,
        "bbox": None if box is None else [box[1], box[0], box[3], box[2]],
        "items": [_time(row, ranks.get(row.id), near) for row in rows],
    }


def route_of(reader: Reader, scope: Scope, activity_id: int) -> dict[str, Any] | None:
    """Return the route of an activity with how often it was followed, or None where it was only this once."""
    route = reader.scalar(select(route_members.c.route_id).where(route_members.c.activity_id == activity_id))
    if route is None:
        return None
    rows = _members(reader, scope, route).get(route, [])
    names = _names(reader, scope, rows)
    if len(rows) < LEAST_TIMES and route not in names:
        return None
    hidden = veil(reader, scope)
    return _item(rows, names.get(route), hidden, near_ids(reader, hidden, rows))


def _same_route(reader: Reader, scope: Scope, public_id: str) -> Sequence[Row[Any]]:
    activity = resolve(reader, scope, public_id)
    route = reader.scalar(select(route_members.c.route_id).where(route_members.c.activity_id == activity.id))
    rows = [] if route is None else _members(reader, scope, route).get(route, [])
    if not rows:
        raise NotFound(what="route", id=public_id)
    return rows


def _members(reader: Reader, scope: Scope, route: int | None = None) -> Mapping[int, list[Row[Any]]]:
    """Return the activities on each route, in order of their start."""
    columns = [activities.c[name] for name in (
        "id", "public_id", "primary_id", "name", "sport", "local_ms", "start_ms", "elapsed_s", "moving_s", "distance_m",
        "ascent_m", "avg_hr_bpm", "avg_power_w", "thumb",
    )]  # fmt: skip
    query = (
        select(route_members.c.route_id, route_members.c.direction, identities.c.key, *columns)
        .join(activities, activities.c.id == route_members.c.activity_id)
        .join(identities, identities.c.id == activities.c.id)
        .where(route_members.c.athlete_id == scope.athlete_id, *everywhere(scope))
    )
    if route is not None:
        query = query.where(route_members.c.route_id == route)
    found = defaultdict(list)
    for row in reader.rows(query.order_by(activities.c.start_ms, identities.c.key)):
        found[row.route_id].append(row)
    return found


def _names(reader: Reader, scope: Scope, rows: Sequence[Row[Any]]) -> dict[int, str]:
    """Return the names that people gave routes, by any activity on them: the last word holds."""
    route_of_key = {row.key: row.route_id for row in rows}
    said: dict[int, list[Row[Any]]] = defaultdict(list)
    for edit in edit_rows(reader, scope.athlete_id, list(route_of_key), field="route_name"):
        said[route_of_key[edit.subject]].append(edit)
    folded = {route: fold(edits).fields.get("route_name") for route, edits in said.items()}
    return {route: name for route, name in folded.items() if name}


def _item(rows: Sequence[Row[Any]], name: str | None, hidden: Veil, near: Collection[int]) -> dict[str, Any]:
    """Return a route by the activities on it; of those `near` a hidden place neither length nor time is told."""
    first = rows[0]
    elapsed = [row.elapsed_s for row in rows if row.direction in ONE_WAY and row.elapsed_s and row.id not in near]
    thumb = hidden.of(first.public_id).line(first.thumb)
    length_m = _length(thumb) if first.id in near else first.distance_m or 0.0
    return {
        "id": first.public_id,
        "name": name or first.name,
        "named": name is not None,
        "family": family_of(first.sport),
        "length_m": length_m,
        "ascent_m": None if first.id in near else first.ascent_m,
        "times": len(rows),
        "best_s": min(elapsed, default=None),
        "last_day": day(max(row.local_ms for row in rows)).isoformat(),
        "thumb": thumb,
    }


def _length(line: str | None) -> float:
    """Return the metres of an encoded line."""
    if line is None:
        return 0.0
    latitude, longitude = polyline.decode(line)
    return float(haversine(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:]).sum())


def _time(row: Row[Any], rank: int | None, near: Collection[int]) -> dict[str, Any]:
    names = ("elapsed_s", "moving_s", "distance_m", "avg_hr_bpm", "avg_power_w")
    shown = {"activity": row.public_id, "name": row.name, "day": day(row.local_ms).isoformat(), "rank": rank}
    return {
        **shown,
        "direction": row.direction,
        **{name: None if row.id in near else getattr(row, name) for name in names},
    }
