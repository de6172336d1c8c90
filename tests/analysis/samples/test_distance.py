import numpy as np
import pytest

from homestretch.analysis.geometry.distance import haversine
from homestretch.analysis.samples.distance import device_distance, in_kilometres
from homestretch.analysis.samples.samples import samples
from homestretch.analysis.samples.speed import best_mean, derived_speed
from homestretch.model.sport import Sport
from tests.analysis.made import northward, recording
from tests.analysis.vectors import VECTORS, vector


@pytest.mark.parametrize("key", [k for k in VECTORS if k.startswith("geo.dist.")])
def test_great_circles(key: str) -> None:
    p, expected = vector(key)
    found = haversine(*(np.array([p[k]], dtype=np.float64) for k in ("lat1", "lon1", "lat2", "lon2")))
    assert found[0] == pytest.approx(expected["haversine_R6371008_8_m"], abs=0.001)


def test_opposite_points_are_half_the_girth_apart() -> None:
    assert haversine(np.array(0.0), np.array(0.0), np.array(0.0), np.array(180.0)) == pytest.approx(20_015_114, abs=2)


def walked(raw: list[float]) -> list[float] | None:
    found = device_distance(np.arange(len(raw), dtype=np.float64), np.array(raw, dtype=np.float64))
    return None if found is None else found.tolist()


def test_device_distance_never_falls_and_outlives_resets() -> None:
    nan = float("nan")
    assert walked([0, 10, 8, 20]) == [0, 10, 10, 20]
    assert walked([0, 500, 1000, 0, 500]) == [0, 500, 1000, 1000, 1500]
    assert walked([0, 500, 1000, 0, 1000, 1500]) == [0, 500, 1000, 1000, 1000, 1500]
    assert walked([nan, 10, nan, 30, nan]) == [10, 10, 20, 30, 30]
    assert walked([0, 0, 0]) is None
    assert walked([nan, nan]) is None


def test_small_steps_count_before_and_after_a_reset() -> None:
    raw = np.array([0.0, 1000.0, 1000.5, 1001.0, 0.0, 0.5, 1.0, 2.0])
    found = device_distance(np.arange(8.0), raw)
    assert found is not None
    np.testing.assert_allclose(found, [0.0, 1000.0, 1000.5, 1001.0, 1001.0, 1001.5, 1002.0, 1003.0])


def test_places_are_summed_but_not_over_pauses_stops_and_leaps() -> None:
    t = np.concatenate((np.arange(0, 100), np.arange(200, 300)))
    metres = np.concatenate((np.arange(0, 500, 5.0), 1000 + np.arange(0, 500, 5.0)))
    made = samples(recording(t, {"latitude": northward(metres), "longitude": np.full(200, 14.0)}))
    assert made.distance_source == "gps"
    assert made.distance_m is not None
    assert made.distance_m[-1] == pytest.approx(2 * 495, rel=1e-6)
    leap = metres.copy()
    leap[50] += 90_000
    made = samples(recording(t, {"latitude": northward(leap), "longitude": np.full(200, 14.0)}))
    assert made.distance_m is not None
    assert made.distance_m[-1] == pytest.approx(2 * 495, rel=1e-6)


def test_a_dropout_while_moving_counts_and_jitter_at_rest_does_not() -> None:
    t = np.concatenate((np.arange(0, 100), np.arange(160, 260), np.arange(260, 360)))
    rng = np.random.default_rng(3)
    rest = 1295 + np.cumsum(rng.normal(0, 0.2, 100))
    metres = np.concatenate((np.arange(0, 500, 5.0), np.arange(800, 1300, 5.0), rest))
    made = samples(recording(t, {"latitude": northward(metres), "longitude": np.full(300, 14.0)}))
    assert made.distance_m is not None
    assert made.distance_m[-1] == pytest.approx(1295, abs=5)
    assert made.moving_s == pytest.approx(260, abs=6)
    assert made.recorded_s == pytest.approx(360, abs=1)


def test_null_island_and_impossible_degrees_are_no_places() -> None:
    lat = np.array([0.0, 91, 50, np.nan, 50.0001])
    lon = np.array([0.0, 14, 14, 14, 14])
    made = samples(recording(np.arange(5), {"latitude": lat, "longitude": lon}))
    assert made.places is not None
    assert made.places.at.tolist() == [2, 4]


def test_the_date_line_is_no_wall() -> None:
    lon = np.array([179.9999, -179.9999, -179.9997])
    made = samples(recording(np.arange(3), {"latitude": np.full(3, 10.0), "longitude": lon}))
    assert made.places is not None
    assert made.places.step_m.sum() == pytest.approx(43.8, abs=0.1)


def test_speed_from_distance_and_its_best_mean() -> None:
    t = np.arange(0.0, 60)
    distance = np.where(t < 30, 4 * t, 120 + 8 * (t - 30))
    speed = derived_speed(t, distance)
    assert speed[10] == pytest.approx(4)
    assert speed[50] == pytest.approx(8)
    assert best_mean(t, distance, 5) == pytest.approx(8)
    assert best_mean(t[:3], distance[:3], 5) is None
    assert np.isnan(derived_speed(t[:1], distance[:1])).all()


@pytest.mark.parametrize(
    ("sport", "step", "kilometres"),
    [
        ("running", 0.003, True), ("swimming", 0.0008, True), ("cycling", 0.012, True), ("running", 3.0, False),
        ("running", 0.0001, False), ("running", 0.02, False), ("training", 0.003, False),
    ],
)  # fmt: skip
def test_a_distance_that_grows_all_the_time_and_gets_nowhere_is_in_kilometres(
    sport: str, step: float, kilometres: bool
) -> None:
    t = np.arange(300.0)
    assert in_kilometres(t, step * t, Sport(sport)) is kilometres
    still = np.where(t < 200, 0.0, step * (t - 200))
    assert not in_kilometres(t, still, Sport(sport)), "a device that mostly stood still"
