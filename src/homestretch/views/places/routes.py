"""Routes: courses with every time on them, and the one an activity followed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry.distance import haversine
from homestretch.errors import NotFound
from homestretch.model.documents.places import RouteItem, RouteTime, RouteWhole
from homestretch.store.codecs.details import unpack_detail
from homestretch.store.database import Reader
from homestretch.store.queries.edits import edit_rows, fold
from homestretch.store.queries.samples import corrected_row
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings, route_members
from homestretch.store.tables.kept import identities
from homestretch.views.activities.activity import resolve
from homestretch.views.kit.privacy import PrivacyMask, near_ids, privacy_mask
from homestretch.views.kit.statistics_scope import day, everywhere, family_of
from homestretch.views.places.route_names import course_name, distinct_names, own_words

#: A course that was followed so often is a route; one that was not is just where someone went.
LEAST_TIMES = 2
#: Ways along a route in whose times one competes: the other way round is another matter.
ONE_WAY = ("same", "both", "other_start")


def route_list(reader: Reader, scope: Scope, *, imperial: bool = False) -> list[RouteItem]:
    """Return the routes followed at least twice, or named, those followed most often first."""
    every = _Routes.of(reader, scope, imperial)
    return sorted((every.item(route) for route in every.names), key=lambda route: (-route["times"], route["id"]))


def route_whole(reader: Reader, scope: Scope, public_id: str, *, imperial: bool = False) -> RouteWhole:
    """Return a route, by the id of any activity on it, with every time. Raises NotFound."""
    activity = resolve(reader, scope, public_id)
    route = reader.scalar(select(route_members.c.route_id).where(route_members.c.activity_id == activity.id))
    every = _Routes.of(reader, scope, imperial, route)
    rows = every.rows.get(route or 0)
    if not rows:
        raise NotFound(what="route", id=public_id)
    own = corrected_row(reader, rows[0].id)
    recorded = select(recordings.c.detail).where(recordings.c.id == rows[0].primary_id)
    detail = reader.scalar(recorded) if own is None else own.detail
    line = unpack_detail(detail) if detail else {}
    timed = (row for row in rows if row.direction in ONE_WAY and row.elapsed_s and row.id not in every.near)
    ranks = {row.id: i + 1 for i, row in enumerate(sorted(timed, key=lambda r: r.elapsed_s))}
    track = every.hidden.of(rows[0].public_id).line(line.get("track"))
    box = every.hidden.box(line.get("bbox"), track)
    return {
        **every.item(rows[0].route_id),
        "track": track,
        "bbox": None if box is None else [box[1], box[0], box[3], box[2]],
        "items": [_time(row, ranks.get(row.id), every.near) for row in rows],
    }


def route_of(reader: Reader, scope: Scope, activity_id: int, *, imperial: bool = False) -> RouteItem | None:
    """Return the route of an activity with how often it was followed, or None where it was only this once."""
    route = reader.scalar(select(route_members.c.route_id).where(route_members.c.activity_id == activity_id))
    if route is None:
        return None
    every = _Routes.of(reader, scope, imperial)
    return every.item(route) if route in every.names else None


@dataclass(frozen=True, slots=True)
class _Routes:
    """The activities on each route in order of their start, what may be seen of them, and what routes are called.

    `names` has the routes that are shown, `named` those that a person named.
    """

    rows: Mapping[int, list[Row[Any]]]
    hidden: PrivacyMask
    near: Collection[int]
    named: Collection[int]
    names: Mapping[int, str]

    @classmethod
    def of(cls, reader: Reader, scope: Scope, imperial: bool, also: int | None = None) -> "_Routes":
        """Return an athlete's routes; `also` is one that is shown in any case."""
        rows = _members(reader, scope)
        every = [row for members in rows.values() for row in members]
        hidden = privacy_mask(reader, scope)
        near = near_ids(reader, hidden, every)
        named = _names(reader, scope, every)
        unnamed = [route for route in rows if route not in named]
        shown = [route for route in unnamed if len(rows[route]) >= LEAST_TIMES]
        proposed = {
            route: own_words([row.name for row in rows[route]]) or _course_name(rows[route][0], hidden, near, imperial)
            for route in [*shown, *(route for route in unnamed if route == also and route not in shown)]
        }
        return cls(rows, hidden, near, named, named | distinct_names(named.values(), proposed))

    def item(self, route: int) -> RouteItem:
        """Return a route by the activities on it; those near a hidden place show neither length nor time."""
        rows = self.rows[route]
        first = rows[0]
        elapsed = [r.elapsed_s for r in rows if r.direction in ONE_WAY and r.elapsed_s and r.id not in self.near]
        length_m, thumb = _course(first, self.hidden, self.near)
        return {
            "id": first.public_id,
            "name": self.names[route],
            "named": route in self.named,
            "family": family_of(first.sport),
            "length_m": length_m,
            "ascent_m": None if first.id in self.near else first.ascent_m,
            "times": len(rows),
            "best_s": min(elapsed, default=None),
            "last_day": day(max(row.local_ms for row in rows)).isoformat(),
            "thumb": thumb,
        }


def _course(first: Row[Any], hidden: PrivacyMask, near: Collection[int]) -> tuple[float, str | None]:
    """Return the length and the line of a route by its first activity; near a hidden place those of what is seen."""
    thumb = hidden.of(first.public_id).line(first.thumb)
    return _length(thumb) if first.id in near else first.distance_m or 0.0, thumb


def _course_name(first: Row[Any], hidden: PrivacyMask, near: Collection[int], imperial: bool) -> str:
    return course_name(family_of(first.sport), *_course(first, hidden, near), imperial=imperial)


def _members(reader: Reader, scope: Scope) -> Mapping[int, list[Row[Any]]]:
    """Return the activities on each route, in order of their start."""
    columns = [
        activities.c[name]
        for name in (
            "id",
            "public_id",
            "primary_id",
            "name",
            "sport",
            "local_ms",
            "start_ms",
            "elapsed_s",
            "moving_s",
            "distance_m",
            "ascent_m",
            "avg_hr_bpm",
            "avg_power_w",
            "thumb",
        )
    ]
    query = (
        select(route_members.c.route_id, route_members.c.direction, identities.c.key, *columns)
        .join(activities, activities.c.id == route_members.c.activity_id)
        .join(identities, identities.c.id == activities.c.id)
        .where(route_members.c.athlete_id == scope.athlete_id, *everywhere(scope))
    )
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


def _length(line: str | None) -> float:
    """Return the metres of an encoded line."""
    if line is None:
        return 0.0
    latitude, longitude = polyline.decode(line)
    return float(haversine(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:]).sum())


def _time(row: Row[Any], rank: int | None, near: Collection[int]) -> RouteTime:
    """Return an activity on a route; one near a hidden place shows no figure."""
    shown = row.id not in near
    return {
        "activity": row.public_id,
        "name": row.name,
        "day": day(row.local_ms).isoformat(),
        "direction": row.direction,
        "elapsed_s": row.elapsed_s if shown else None,
        "moving_s": row.moving_s if shown else None,
        "distance_m": row.distance_m if shown else None,
        "avg_hr_bpm": row.avg_hr_bpm if shown else None,
        "avg_power_w": row.avg_power_w if shown else None,
        "rank": rank,
    }
