"""Activities like another one, of rows that say how long they were and where they began."""

import time
from typing import Any

import numpy as np
from sqlalchemy import delete

from homestretch.flow.runtime.context import Context
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, route_members, tracks
from homestretch.store.tables.kept import identities, privacy_zones
from homestretch.views.activities.activity import resolve
from homestretch.views.places.similar import similar_activities
from tests.store.rows import put_rows

HOME = {"start_latitude": 60.17, "start_longitude": 24.94}
DAY_MS = 86_400_000


def ran(scope: Scope, number: int, metres: float | None, **what: Any) -> dict[str, Any]:
    """Return the row of a ride from home."""
    local_ms = number * DAY_MS
    own = {"id": number, "public_id": f"a{number}", "primary_id": number, "parent_id": None, "name": f"Ride {number}"}
    figures = {"distance_m": metres, "moving_s": 3000.0, "elapsed_s": 3100.0, "ascent_m": 100.0}
    return {
        **own, "athlete_id": scope.athlete_id, "sport": "cycling", "local_ms": local_ms, "start_ms": local_ms,
        **figures, **HOME, **what,
    }  # fmt: skip


def put(context: Context, rows: list[dict[str, Any]], routes: dict[int, tuple[int, str]] | None = None) -> None:
    """Let these be all activities, some of them on a route, each a way along it."""
    identity = {"successor_id": None, "created_ms": 0}
    with context.database.write() as session:
        session.run(delete(activities))
        session.run(delete(route_members))
        put_rows(session, activities, rows)
        keys = [{"id": r["id"], "public_id": r["public_id"], "athlete_id": r["athlete_id"], "key": f"k{r['id']}"}
                for r in rows]  # fmt: skip
        put_rows(session, identities, [{**key, **identity} for key in keys])
        on = [{"activity_id": number, "athlete_id": rows[0]["athlete_id"], "route_id": route, "direction": way}
              for number, (route, way) in (routes or {}).items()]  # fmt: skip
        put_rows(session, route_members, on)


def like(context: Context, scope: Scope, number: int = 1) -> list[tuple[str, str]]:
    with context.database.read() as reader:
        row = resolve(reader, scope, f"a{number}")
        return [(item["activity"], item["why"]) for item in similar_activities(reader, scope, row)["items"]]


def test_the_same_route_comes_first_then_what_is_most_alike(context: Context, scope: Scope) -> None:
    rows = [
        ran(scope, 1, 10_000),
        ran(scope, 2, 9_100),
        ran(scope, 3, 10_200),
        ran(scope, 4, 13_000),  # on the route all the same
        ran(scope, 5, 10_000, sport="e_biking"),
        ran(scope, 6, 10_000, sport="running"),
        ran(scope, 7, 10_950, ascent_m=140.0),
        ran(scope, 8, 10_000, ascent_m=131.0),
        ran(scope, 9, 11_100),
        ran(scope, 10, 10_000, start_latitude=60.175),  # 556 m off
        ran(scope, 11, 10_000, deleted=True),
        ran(scope, 12, 10_000, ascent_m=None),
        ran(scope, 13, None),
        ran(scope, 14, 10_000, start_latitude=None, start_longitude=None),
    ]
    put(context, rows, {1: (1, "same"), 4: (1, "other_start"), 2: (1, "reversed")})
    assert like(context, scope) == [
        ("a4", "route"), ("a3", "place"), ("a12", "place"), ("a5", "place"), ("a2", "place"),
    ]  # fmt: skip
    assert {why for _, why in like(context, scope, 2)} == {"place"}  # the other way round is another matter
    assert like(context, scope, 13) == like(context, scope, 14) == []


def test_at_most_ten_the_newest_of_a_route(context: Context, scope: Scope) -> None:
    rows = [ran(scope, number, 10_000) for number in range(1, 31)]
    put(context, rows, dict.fromkeys(range(1, 31), (1, "same")))
    assert like(context, scope, 30) == [(f"a{number}", "route") for number in range(29, 19, -1)]
    with context.database.read() as reader:
        assert similar_activities(reader, scope, resolve(reader, scope, "a30"))["same_route"] == 29


def test_a_viewer_learns_nothing_of_what_began_at_a_private_place(context: Context, scope: Scope) -> None:
    """How long an activity was could be read off those that are about as long."""
    rows = [ran(scope, 1, 10_000), ran(scope, 2, 10_000), ran(scope, 3, 10_000)]
    put(context, rows, {1: (1, "same"), 2: (1, "same")})
    box = {"south": 60.16, "north": 60.18, "west": 24.9, "east": 24.95, "athlete_id": scope.athlete_id}
    far = {**box, "south": 61.0, "north": 61.1}
    with context.database.write() as session:
        put_rows(
            session, tracks, [{"activity_id": number, **where} for number, where in ((1, box), (2, box), (3, far))]
        )
        place = {"latitude": 60.17, "longitude": 24.94, "radius_m": 200.0, "secret": "5e" * 16, "name": "Home"}
        put_rows(session, privacy_zones, [{"athlete_id": scope.athlete_id, **place}])
    viewer = Scope(scope.athlete_id, scope.account_id, "viewer")
    assert len(like(context, scope)) == 2
    assert like(context, viewer) == []
    assert like(context, viewer, 3) == []


def test_of_twenty_thousand_it_is_quick(sqlite_context: Context, scope: Scope) -> None:
    """30 ms of the processor; a slow machine is given some more."""
    rng = np.random.default_rng(1)
    metres, north = rng.uniform(3_000, 20_000, 20_000), rng.normal(0.0, 0.02, 20_000)
    put(
        sqlite_context,
        [ran(scope, i + 1, float(metres[i]), start_latitude=60.17 + float(north[i]) * (i % 3)) for i in range(20_000)],
    )
    like(sqlite_context, scope, 3)
    began = time.process_time()
    assert len(like(sqlite_context, scope, 3)) == 10
    took = time.process_time() - began
    assert took < 0.06
