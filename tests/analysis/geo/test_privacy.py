import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.geo.privacy import Circle, cut, outside
from homestretch.analysis.geometry.distance import haversine
from tests.analysis.geo.test_segments import along, degrees

HOME = Circle(50.0, 14.0, 200.0)


def test_head_and_tail_and_what_passes_by_are_cut() -> None:
    _, x, y = along([(0, 0), (1000, 0), (1000, 300), (0, 300), (0, -1000), (30, 0)], speed=10.0)
    lat, lon = degrees(x, y)
    shown = cut(lat, lon, [HOME])
    assert shown.at[0] > 19
    assert shown.at[-1] < len(x) - 18
    assert np.count_nonzero(shown.breaks) == 1
    assert (np.hypot(x[shown.at], y[shown.at]) > 199).all()


def test_a_line_over_a_circle_is_broken_though_no_place_lies_inside() -> None:
    lat, lon = degrees([-300.0, 300.0, 600.0, 600.0], [50.0, 50.0, 0.0, 500.0])
    shown = cut(lat, lon, [HOME])
    assert shown.at.tolist() == [0, 1, 2, 3]
    assert shown.breaks.tolist() == [True, False, False]
    assert cut(lat, lon, [HOME], np.array([False, True, False])).breaks.tolist() == [True, True, False]


def test_breaks_within_what_was_cut_or_unknown_stay_breaks() -> None:
    lat, lon = degrees(np.arange(0.0, 1000.0, 100.0), np.zeros(10))
    lat[6] = np.nan
    given = np.zeros(9, dtype=bool)
    given[7] = True
    shown = cut(lat, lon, [HOME], given)
    assert shown.at.tolist() == [3, 4, 5, 7, 8, 9]
    assert shown.breaks.tolist() == [False, False, True, True, False]


def test_without_circles_all_is_shown_and_inside_nothing() -> None:
    lat, lon = degrees(np.arange(5.0), np.zeros(5))
    assert cut(lat, lon, []).at.tolist() == [0, 1, 2, 3, 4]
    assert not cut(lat, lon, []).breaks.any()
    assert len(cut(lat, lon, [HOME]).at) == 0
    assert len(cut(lat, lon, [HOME]).breaks) == 0
    assert len(cut(np.zeros(0), np.zeros(0), [HOME]).at) == 0
    assert not outside(np.array([np.nan]), np.array([14.0]), []).any()


circle = st.builds(Circle, st.floats(49.98, 50.02), st.floats(13.98, 14.02), st.floats(1.0, 900.0))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(circle, max_size=4), st.sampled_from([0.0, 166.0, 165.99]))
def test_no_place_and_no_line_inside_is_ever_shown(seed: int, circles: list[Circle], turn: float) -> None:
    rng = np.random.default_rng(seed)
    x, y = np.cumsum(rng.normal(0, 60, (2, 300)), axis=1)
    lat, lon = degrees(x, y)
    lon = (lon + turn + 180) % 360 - 180
    circles = [c._replace(longitude=(c.longitude + turn + 180) % 360 - 180) for c in circles]
    shown = cut(lat, lon, circles)
    for c in circles:
        assert (haversine(lat[shown.at], lon[shown.at], np.array(c.latitude), np.array(c.longitude)) > c.radius_m).all()
        for i in np.flatnonzero(~shown.breaks):
            a, b = shown.at[i], shown.at[i + 1]
            t = np.linspace(0, 1, 50)
            ahead = (lon[b] - lon[a] + 180) % 360 - 180
            off = haversine(
                lat[a] + t * (lat[b] - lat[a]), lon[a] + t * ahead, np.array(c.latitude), np.array(c.longitude)
            )
            assert off.min() > c.radius_m * 0.999
    every = outside(lat, lon, circles)
    assert shown.at.tolist() == np.flatnonzero(every).tolist()


def test_a_point_on_the_edge_is_inside() -> None:
    lat, lon = degrees([0.0], [200.0])
    far = float(haversine(lat, lon, np.array(50.0), np.array(14.0))[0])
    assert not outside(lat, lon, [Circle(50.0, 14.0, far)])[0]
    assert outside(lat, lon, [Circle(50.0, 14.0, far - 0.001)])[0]
    assert far == pytest.approx(200.0)
