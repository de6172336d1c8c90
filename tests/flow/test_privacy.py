"""Private places: kept, changed, removed, brought back; what the veil hides, against looking at every point."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.geo import polyline
from homestretch.analysis.geo.distance import haversine
from homestretch.analysis.geo.privacy import Circle
from homestretch.analysis.geo.tiles import bounds, tile
from homestretch.errors import BadRequest, Forbidden, NotFound
from homestretch.flow import privacy
from homestretch.flow.world import World
from homestretch.store.scope import Scope
from homestretch.views.privacy import Veil, veil, zone_list


def zones(world: World, scope: Scope) -> list[tuple[str, float]]:
    """Return the names and radii of an athlete's private places."""
    with world.database.read() as reader:
        return [(zone["name"], zone["radius_m"]) for zone in zone_list(reader, scope)]


def test_a_place_is_kept_changed_removed_and_brought_back(world: World, scope: Scope) -> None:
    number = privacy.add(world, scope, " At  home ", 60.0, 25.0, 200.0)
    privacy.add(world, scope, "", -33.0, 151.0, 50.0)
    assert zones(world, scope) == [("At home", 200.0), ("", 50.0)]
    privacy.change(world, scope, number, {"radius_m": 900.0})
    privacy.remove(world, scope, number)
    assert zones(world, scope) == [("", 50.0)]
    privacy.bring_back(world, scope, number)
    assert zones(world, scope) == [("At home", 900.0), ("", 50.0)]


def test_only_viewers_are_shown_less(world: World, scope: Scope) -> None:
    privacy.add(world, scope, "Home", 60.0, 25.0, 200.0)
    viewer = Scope(scope.athlete_id, 7, "viewer")
    with world.database.read() as reader:
        assert veil(reader, scope).circles == veil(reader, Scope(scope.athlete_id, 7, "editor")).circles == ()
        assert veil(reader, viewer).circles == (Circle(60.0, 25.0, 200.0),)
        with pytest.raises(Forbidden):
            zone_list(reader, viewer)
    with pytest.raises(Forbidden):
        privacy.add(world, viewer, "Mine", 60.0, 25.0, 200.0)


def test_what_can_not_be_a_private_place(world: World, scope: Scope) -> None:
    number = privacy.add(world, scope, "Home", 60.0, 25.0, 200.0)
    wrong = (
        {"latitude": 91.0},
        {"longitude": float("nan")},
        {"radius_m": 49.0},
        {"radius_m": 3e4},
        {"name": "x" * 201},
    )
    for fields in wrong:
        with pytest.raises(BadRequest):
            privacy.change(world, scope, number, fields)
    for act in (privacy.remove, privacy.bring_back):
        with pytest.raises(NotFound):
            act(world, Scope(scope.athlete_id + 1), number)


PLACES = st.lists(st.tuples(st.floats(-0.01, 0.01), st.floats(-0.01, 0.01)), min_size=1, max_size=40)
STEPS = st.tuples(st.integers(-3, 3), st.integers(-3, 3))
MIDDLES = st.sampled_from([(50.0, 14.0), (-33.0, 179.999), (0.0, -180.0), (70.0, 0.0)])


@settings(max_examples=100, deadline=None)
@given(places=PLACES, middle=MIDDLES, radius=st.floats(50.0, 900.0))
def test_no_line_that_is_shown_comes_into_a_circle(
    places: list[tuple[float, float]], middle: tuple[float, float], radius: float
) -> None:
    latitude = middle[0] + np.array([place[0] for place in places])
    longitude = (middle[1] + np.array([place[1] for place in places]) + 180.0) % 360.0 - 180.0
    hidden = Veil((Circle(*middle, radius),))
    shown = hidden.line(polyline.encode(latitude, longitude))
    apart = haversine(latitude, longitude, *(np.array(v) for v in middle))
    if shown is None:
        assert np.all(apart <= radius + 2.0)
        return
    lat, lon = polyline.decode(shown)
    assert np.all(haversine(lat, lon, *(np.array(v) for v in middle)) > radius)
    part = np.linspace(0.0, 1.0, 50)[:, None]
    step = (np.diff(lon) + 180.0) % 360.0 - 180.0
    between = haversine(lat[:-1] + part * np.diff(lat), lon[:-1] + part * step, *(np.array(v) for v in middle))
    assert np.all(between > 0.995 * radius)


@settings(max_examples=100, deadline=None)
@given(
    middle=MIDDLES, zoom=st.integers(2, 22), radius=st.floats(50.0, 2000.0), off=st.tuples(*[st.integers(-3, 3)] * 2)
)
def test_no_tile_that_is_shown_meets_a_circle(
    middle: tuple[float, float], zoom: int, radius: float, off: tuple[int, int]
) -> None:
    lat, lon = (np.array([v]) for v in middle)
    x, y = (int(one[0]) + step for one, step in zip(tile(lat, lon, zoom), off, strict=True))
    x %= 1 << zoom
    y = min(max(y, 0), (1 << zoom) - 1)
    free = bool(Veil((Circle(*middle, radius),)).free(np.array([x]), np.array([y]), zoom)[0])
    south, west, north, east = bounds(x, y, zoom)
    part = np.linspace(0.0, 1.0, 60)
    within = haversine((south + part * (north - south))[:, None], west + part * (east - west), lat, lon)
    nearest = float(within.min())
    if free:
        assert nearest > radius
    elif nearest > 1.05 * radius + haversine(np.array(south), np.array(west), np.array(north), np.array(east)) / 20:
        pytest.fail(f"hidden, though {nearest} m away")
