from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from homestretch.analysis.geo.efforts import Effort, efforts_on, find_efforts, track_of
from homestretch.analysis.geo.segments import METRES_PER_DEGREE, Segment, may_match, prepare
from homestretch.analysis.geometry.near import near
from homestretch.analysis.geometry.tiles import SEARCH_ZOOM, track_cells
from homestretch.formats import decode
from tests.analysis.geo.vectors import VECTORS, real_named, vector

LAT, LON = 50.0, 14.0


def degrees(x: object, y: object, lat: float = LAT, lon: float = LON) -> tuple[np.ndarray, np.ndarray]:
    """Return places in degrees that lie x metres east and y north of one."""
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    return lat + y / METRES_PER_DEGREE, lon + x / (METRES_PER_DEGREE * np.cos(np.radians(lat)))


def along(corners: list[tuple[float, float]], speed: float = 8.0, step_s: float = 1.0) -> np.ndarray:
    """Return t, x and y of going straight from corner to corner, shape (3, n)."""
    x, y = np.array(corners, dtype=np.float64).T
    chain = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
    t = np.arange(0.0, chain[-1] / speed, step_s)
    return np.stack((t, np.interp(t * speed, chain, x), np.interp(t * speed, chain, y)))


def efforts(segment: Segment, track: np.ndarray, family: str = "ride") -> list[Effort]:
    return find_efforts(segment, track[0], *degrees(track[1], track[2]), family)


def times(found: list[Effort]) -> list[tuple[float, float]]:
    return [(e.start_s, e.end_s) for e in found]


#: A road with a bend: 500 m east, then 500 m north.
ROAD = [(0.0, 0.0), (500.0, 0.0), (500.0, 500.0)]
BEND = prepare(*degrees(*np.array([(100.0, 0.0), (500.0, 0.0), (500.0, 400.0)]).T))
PASS = [(12.5, 112.5)]


def test_the_published_gate() -> None:
    expected = vector("segment.gate")[1]
    t = np.arange(0.0, 151.0, 3.0)
    (found,) = find_efforts(prepare(*degrees([101.0, 399.0], [0.0, 0.0])), t, *degrees(5.0 * t, np.zeros(51)))
    assert found.start_s == pytest.approx(expected["start_t_s"], abs=0.01)
    assert found.end_s == pytest.approx(expected["end_t_s"], abs=0.01)
    assert found.elapsed_s == pytest.approx(expected["elapsed_s"], abs=0.01)
    assert found.max_deviation_m < 0.1


def test_the_published_laps() -> None:
    expected = vector("segment.laps")[1]
    radius = 400 / (2 * np.pi)
    t = np.arange(311.0)
    angle, arc = (4 * t - 20) / radius, np.linspace(0, 300 / radius, 31)
    segment = prepare(*degrees(radius * np.cos(arc), radius * np.sin(arc)))
    found = find_efforts(segment, t, *degrees(radius * np.cos(angle), radius * np.sin(angle)))
    assert len(found) == expected["count"]
    np.testing.assert_allclose(times(found), expected["efforts"], atol=0.15)


def places_of(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    (recording,) = decode(path.read_bytes(), path.name).recordings
    lat, lon = recording.values("latitude"), recording.values("longitude")
    assert lat is not None and lon is not None
    return (recording.time_ms - recording.time_ms[0]) / 1000.0, lat, lon


@pytest.mark.parametrize("key", [key for key in VECTORS if key.startswith("segment.file.")])
def test_a_real_ride_in_two_files_decimated_and_reversed(key: str) -> None:
    _, expected = vector(key)
    tolerance = VECTORS[key]["tolerance"]
    t, lat, lon = places_of(real_named("4078723797.fit"))
    copy = places_of(real_named("4078723797_strava.gpx"))
    stretch = slice(*(int(part) for part in key.rsplit(".", 1)[1].split("_")))
    stretch = slice(stretch.start, stretch.stop + 1)
    segment = prepare(lat[stretch], lon[stretch])
    assert segment.length_m == pytest.approx(expected["segment_length_m"], abs=0.5)
    own = find_efforts(segment, t, lat, lon)
    np.testing.assert_allclose(times(own), expected["efforts_self"], atol=tolerance["abs_s"])
    assert own[0].elapsed_s == pytest.approx(expected["elapsed_s"], abs=tolerance["abs_s"])
    np.testing.assert_allclose(times(find_efforts(segment, *copy)), expected["efforts_gpx"], atol=tolerance["abs_s"])
    seventh = find_efforts(segment, copy[0][::7], copy[1][::7], copy[2][::7])
    np.testing.assert_allclose(times(seventh), expected["efforts_every7"], atol=tolerance["every7_abs_s"])
    backwards = prepare(lat[stretch][::-1], lon[stretch][::-1])
    assert len(find_efforts(backwards, t, lat, lon)) == expected["efforts_reversed"]


def test_once_along_is_one_effort_and_back_is_none() -> None:
    np.testing.assert_allclose(times(efforts(BEND, along(ROAD))), PASS, atol=0.01)
    assert efforts(BEND, along(ROAD[::-1])) == []
    assert efforts(BEND, along([*ROAD, (500, 505), *ROAD[::-1]]))[0].start_s == pytest.approx(12.5, abs=0.01)


def test_waiting_and_circling_at_the_start_does_not_count() -> None:
    rng = np.random.default_rng(3)
    track = along(ROAD)
    wait = np.stack((np.arange(300.0), 98 + rng.normal(0, 4, 300), rng.normal(0, 4, 300)))
    track = np.concatenate((wait, track[:, 14:] + np.array([[300.0 - 14], [0], [0]])), axis=1)
    (found,) = efforts(BEND, track)
    assert 295 < found.start_s <= 300
    assert found.end_s == pytest.approx(300 - 14 + 112.5, abs=0.01)


def test_a_short_cut_a_detour_and_a_turn_are_none() -> None:
    assert efforts(BEND, along([(0, 0), (110, 0), (490, 390), (500, 391), (500, 500)])) == []
    assert efforts(BEND, along([(0, 0), (300, 0), (300, 90), (420, 90), (420, 0), (500, 0), (500, 500)])) == []
    assert efforts(BEND, along([(0, 0), (400, 0), (150, 0), (500, 0), (500, 500)])) == []
    # A few metres back for a lost bottle are forgiven.
    assert len(efforts(BEND, along([(0, 0), (400, 0), (370, 0), (500, 0), (500, 500)]))) == 1


def test_turning_back_to_the_start_begins_anew() -> None:
    (found,) = efforts(BEND, along([(0, 0), (400, 0), (50, 0), *ROAD[1:]]))
    assert found.start_s == pytest.approx((400 + 350 + 50) / 8, abs=0.01)


def test_a_pause_inside_counts_and_jitter_in_it_does_no_harm() -> None:
    rng = np.random.default_rng(4)
    track = along(ROAD)
    wait = np.stack(
        (31.0 + np.arange(1.0, 3601.0), 240 + np.cumsum(rng.normal(0, 0.02, 3600)), rng.normal(0, 0.1, 3600))
    )
    later = track[:, 31:] + np.array([[3601.0], [0], [0]])
    (found,) = efforts(BEND, np.concatenate((track[:, :31], wait, later), axis=1))
    assert found.elapsed_s == pytest.approx(3701, abs=0.1)
    (silent,) = efforts(BEND, np.concatenate((track[:, :31], later), axis=1))
    assert silent.elapsed_s == pytest.approx(3701, abs=0.1)


def test_a_gap_at_a_gate_or_over_much_of_the_way_is_none() -> None:
    t, x, y = along(ROAD)
    assert efforts(BEND, np.stack((t, x, y))[:, (t < 8) | (t > 20)]) != []
    slow = along(ROAD, speed=2.0)
    assert efforts(BEND, slow[:, (slow[0] < 40) | (slow[0] > 75)]) == []
    assert efforts(BEND, np.stack((t, x, y))[:, (t < 30) | (t > 40)]) != []
    assert efforts(BEND, np.stack((t, x, y))[:, (t < 30) | (t > 50)]) == []


def test_a_start_past_the_gate_is_none() -> None:
    assert efforts(BEND, along([(105, 0), *ROAD[1:]])) == []


def test_beside_the_gate_is_none_and_those_on_foot_stay_closer() -> None:
    def beside(off: float) -> np.ndarray:
        return along([(0.0, off), (112.0, off), (140.0, 0.0), *ROAD[1:]])

    assert len(efforts(BEND, beside(24.0))) == 1
    assert len(efforts(BEND, beside(24.0), "run")) == 0
    assert len(efforts(BEND, beside(19.0), "run")) == 1
    assert efforts(BEND, beside(26.0)) == []


@pytest.mark.parametrize("turns", [1, 2, 5])
def test_a_closed_loop_ends_one_lap_and_starts_the_next(turns: int) -> None:
    square = [(0.0, 0.0), (300.0, 0.0), (300.0, 300.0), (0.0, 300.0)]
    loop = prepare(*degrees(*np.array([(150.0, 0.0), *square[1:], square[0], (150.0, 0.0)]).T))
    track = along([(100.0, 3.0), *([*square[1:], square[0]] * turns), (200.0, -3.0)])
    found = efforts(loop, track)
    assert len(found) == turns
    for one, other in pairwise(found):
        assert one.end_s == other.start_s
    assert efforts(loop, np.stack((track[0], track[1][::-1], track[2][::-1]))) == []


def test_out_and_back_on_one_road() -> None:
    segment = prepare(*degrees(*np.array([(0.0, 0.0), (600.0, 0.0), (10.0, 0.0)]).T))
    (found,) = efforts(segment, along([(-80.0, 0.0), (600.0, 1.0), (-80.0, 2.0)]))
    assert found.elapsed_s == pytest.approx(1190 / 8, abs=0.5)
    assert efforts(segment, along([(-80.0, 0.0), (300.0, 1.0), (-80.0, 2.0)])) == []


def test_a_loop_ridden_the_other_way_round_between_the_gates_is_none() -> None:
    corners = [(150.0, 0.0), (300.0, 0.0), (300.0, 300.0), (0.0, 300.0), (0.0, 0.0), (150.0, 0.0)]
    loop = prepare(*degrees(*np.array(corners).T))
    assert efforts(loop, along([(100.0, 0.0), (152.0, 0.0), *corners[::-1][1:], (100.0, 0.0), (200.0, 0.0)])) == []


def test_over_the_date_line_in_any_of_its_two_numbers() -> None:
    x, y = np.array([(100.0, 0.0), (500.0, 0.0), (500.0, 400.0)]).T
    track = along(ROAD)
    for lon in (179.997, -179.999, 180.0):
        seg_lat, seg_lon = degrees(x, y, 10.0, lon)
        lat, longer = degrees(track[1], track[2], 10.0, lon)
        for turn in (0.0, 360.0, -360.0):
            segment = prepare(seg_lat, (seg_lon + turn + 180) % 360 - 180 if turn else seg_lon)
            found = find_efforts(segment, track[0], lat, (longer + 180) % 360 - 180)
            np.testing.assert_allclose(times(found), PASS, atol=0.01)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_short_and_unknown_tracks_have_none(n: int) -> None:
    assert find_efforts(BEND, np.arange(float(n)), *degrees(np.zeros(n), np.zeros(n))) == []
    unknown = np.full(n, np.nan)
    assert find_efforts(BEND, np.arange(float(n)), unknown, unknown) == []


def test_unknown_places_are_left_out() -> None:
    t, x, y = along(ROAD)
    lat, lon = degrees(x, y)
    lat[40:45] = np.nan
    np.testing.assert_allclose(times(find_efforts(BEND, t, lat, lon)), PASS, atol=0.01)


@pytest.mark.parametrize("x", [[], [0.0], [0.0, 0.0], [0.0, np.nan]])
def test_what_leads_nowhere_is_no_segment(x: list[float]) -> None:
    with pytest.raises(ValueError, match="two different GPS points"):
        prepare(*degrees(x, np.zeros(len(x))))


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    noise=st.floats(0.0, 6.0),
    speed=st.floats(3.0, 14.0),
    step_s=st.floats(0.5, 5.0),
    turn=st.floats(0.0, 2 * np.pi),
    laps=st.integers(1, 3),
)
def test_noise_speed_spacing_and_direction_change_nothing(
    seed: int, noise: float, speed: float, step_s: float, turn: float, laps: int
) -> None:
    # Noise that is as long as the way on which it changes turns that way around, and is not slow any more.
    assume(noise <= 0.25 * 8 * step_s * speed)
    rng = np.random.default_rng(seed)
    lap = [(0.0, 0.0), (700.0, 0.0), (700.0, 500.0), (0.0, 500.0)]
    t, x, y = along([*(lap * laps), (0.0, 0.0), (5.0, 0.0)], speed, step_s)
    slow = np.repeat(rng.normal(0, noise, (2, len(t) // 8 + 2)), 8, axis=1)[:, : len(t)]
    ramp = np.convolve(np.ones(8) / 8, [1.0])
    x, y = (v + np.convolve(s, ramp, "same") for v, s in zip((x, y), slow, strict=True))
    cos, sin = np.cos(turn), np.sin(turn)

    def turned(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return degrees(cos * a - sin * b, sin * a + cos * b)

    segment = prepare(*turned(*np.array([(200.0, 0.0), (700.0, 0.0), (700.0, 500.0), (300.0, 500.0)]).T))
    lat, lon = turned(x, y)
    found = find_efforts(segment, t, lat, lon)
    assert len(found) == laps
    for i, one in enumerate(found):
        # Slow noise along the way moves a crossing by as much as it is wide, at most.
        assert one.start_s == pytest.approx((200 + i * 2400) / speed, abs=(3.5 * noise + 0.1) / speed + 0.05)
        assert one.mean_deviation_m <= one.max_deviation_m <= 62.5
    assert find_efforts(segment, t, lat[::-1], lon[::-1]) == []


def test_a_candidate_is_at_both_ends_and_along_most_of_the_way() -> None:
    def cells(corners: list[tuple[float, float]]) -> np.ndarray:
        _, x, y = along(corners)
        return track_cells(*degrees(x, y), None, SEARCH_ZOOM)

    long = prepare(*degrees([0.0, 4000.0, 4000.0], [0.0, 0.0, 4000.0]))
    ask = (long.cells, long.start_cells, long.end_cells)
    assert may_match(*ask, cells([(-100, 0), (4000, 0), (4000, 4100)]))
    assert may_match(*ask, cells([(-100, 150), (3900, 150), (3900, 4100)]))
    assert not may_match(*ask, cells([(-100, 0), (4000, 4100)]))
    assert not may_match(*ask, cells([(-100, 0), (4000, 0), (4000, 3000)]))
    assert not may_match(*ask, cells([(1000, 0), (4000, 0), (4000, 4100)]))
    assert not may_match(*ask, np.zeros(0, dtype=np.int64))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_near_against_every_pair(seed: int) -> None:
    rng = np.random.default_rng(seed)
    m, n = rng.integers(1, 90, 2)
    px, py = np.cumsum(rng.normal(0, 12, (2, m)), axis=1)
    x, y = np.cumsum(rng.normal(0, 12, (2, n)), axis=1)
    off, at = np.full(m, np.inf), np.full(m, np.nan)
    for i in range(m):
        for j in range(max(n - 1, 1)):
            dx, dy = (x[j + 1] - x[j], y[j + 1] - y[j]) if n > 1 else (0.0, 0.0)
            s = ((px[i] - x[j]) * dx + (py[i] - y[j]) * dy) / (dx * dx + dy * dy) if n > 1 else 0.0
            s = min(1.0, max(0.0, s))
            d = np.hypot(px[i] - x[j] - s * dx, py[i] - y[j] - s * dy)
            if d <= 30.0 and d < off[i]:
                off[i], at[i] = d, j + s
    for together in (1, 8):
        found = near((px, py), (x, y), 30.0, together)
        distance, place = found.closest(int(m))
        np.testing.assert_allclose(distance, off)
        np.testing.assert_allclose(place, at)
        assert (found.distance <= 30.0).all()
        assert (np.diff(found.point) >= 0).all()


def test_a_way_is_made_once_for_many_segments() -> None:
    t, x, y = along(ROAD)
    gone = track_of(t, *degrees(x, y))
    for begin in range(50, 300, 50):
        segment = prepare(*degrees([begin, 500.0, 500.0], [0.0, 0.0, 300.0]))
        (found,) = efforts_on(segment, gone)
        assert found.elapsed_s == pytest.approx(segment.length_m / 8.0, abs=0.02)
