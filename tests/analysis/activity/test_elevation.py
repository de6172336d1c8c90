from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.activity.elevation import (
    altitude_source,
    deadband,
    gain_and_loss,
    smooth,
    turning_points,
    without_steps,
    zigzag,
)
from homestretch.model.channel import Floats
from homestretch.model.recording import Device
from tests.analysis.vectors import vector

METHODS: dict[str, Callable[[Floats, float], tuple[float, float]]] = {"zigzag": zigzag, "deadband": deadband}


@pytest.mark.parametrize("key", ["elev.small1", "elev.small2"])
def test_small_profiles(key: str) -> None:
    given, expected = vector(key)
    altitude = np.array(given["alt"], dtype=np.float64)
    for name, want in expected.items():
        method, threshold = name.split("_h")
        assert METHODS[method](altitude, float(threshold)) == pytest.approx((want["gain"], want["loss"]), abs=1e-9)


def test_noise_on_a_flat_road_is_no_climb() -> None:
    _, expected = vector("elev.noise")
    altitude: Floats = 200 - 0.4 * np.where(np.arange(1000) % 2, -1.0, 1.0)
    assert zigzag(altitude, 2) == (expected["zigzag_h2"]["gain"], 0.0)
    assert deadband(altitude, 2) == (0.0, 0.0)


def slow_zigzag(altitude: list[float], turn: float) -> tuple[float, float]:
    if not altitude:
        return 0.0, 0.0
    low = high = altitude[0]
    direction, pivots = 0, []
    for x in altitude:
        if direction == 0:
            low, high = min(low, x), max(high, x)
            if x - low >= turn:
                pivots, direction, high = [low], 1, x
            elif high - x >= turn:
                pivots, direction, low = [high], -1, x
        elif direction == 1:
            if x > high:
                high = x
            elif high - x >= turn:
                pivots.append(high)
                direction, low = -1, x
        elif x < low:
            low = x
        elif x - low >= turn:
            pivots.append(low)
            direction, high = 1, x
    pivots += [high] if direction == 1 else [low] if direction == -1 else []
    steps = np.diff(pivots)
    return float(steps[steps > 0].sum()), float(-steps[steps < 0].sum())


heights = st.lists(st.integers(-20, 20).map(lambda x: x / 2), max_size=60)


@given(heights, st.sampled_from([0.5, 1.0, 2.0, 5.0]))
def test_zigzag_over_turning_points_is_zigzag_over_all(altitude: list[float], turn: float) -> None:
    assert zigzag(np.array(altitude), turn) == pytest.approx(slow_zigzag(altitude, turn))


@given(heights)
def test_what_goes_up_and_down_is_the_difference_of_the_ends_at_no_threshold(altitude: list[float]) -> None:
    up, down = zigzag(np.array(altitude), 1e-9)
    assert up - down == pytest.approx(altitude[-1] - altitude[0] if altitude else 0.0)
    assert set(turning_points(np.array(altitude)).tolist()) <= set(altitude)


@given(heights, st.integers(1, 9))
def test_the_moving_mean_shrinks_at_the_edges(x: list[float], width: int) -> None:
    half = width // 2
    slow = [np.mean(x[max(0, i - half) : i + half + 1]) for i in range(len(x))]
    np.testing.assert_allclose(smooth(np.array(x), width), slow, atol=1e-9)


def test_a_long_gap_splits_the_profile_and_a_short_one_does_not() -> None:
    t = np.concatenate((np.arange(0.0, 100), np.arange(0.0, 100) + 100 + 600))
    altitude = np.concatenate((np.full(100, 100.0), np.full(100, 160.0)))
    assert gain_and_loss(t, altitude) == pytest.approx((60.0, 0.0))
    t[100:] += 3600
    assert gain_and_loss(t, altitude) == (0.0, 0.0)


def test_a_recalibration_is_no_climb() -> None:
    altitude = np.concatenate((np.full(100, 100.0), np.full(100, 160.0)))
    t = np.arange(200.0)
    assert without_steps(t, altitude).tolist() == [100.0] * 200
    assert gain_and_loss(t, altitude) == (0.0, 0.0)


def test_nothing_known_is_none_and_gaps_are_drawn_through() -> None:
    nan = np.full(5, np.nan)
    assert gain_and_loss(np.arange(5.0), nan) is None
    assert gain_and_loss(np.zeros(0), np.zeros(0)) is None
    t = np.arange(0.0, 600)
    altitude = t / 10
    altitude[100:400] = np.nan
    up, down = gain_and_loss(t, altitude) or (0.0, 0.0)
    assert up == pytest.approx(59.9, abs=1)
    assert down == 0.0


def test_a_phone_knows_altitude_less_well_than_a_barometer() -> None:
    assert altitude_source([Device(role="recorder", manufacturer="garmin", serial="3950859721")]) == "baro"
    assert altitude_source([Device(role="barometer")]) == "baro"
    assert altitude_source([Device(role="recorder", product="StravaGPX")]) == "gps"
    assert altitude_source([]) == "gps"


@pytest.mark.parametrize(
    ("models", "source"),
    [
        ("edge200 edge200_taiwan edge_explore edge_touring fr55 fr55_asia fr245_music fr245m_asia fr310xt_4t fr410 "
         "fr735xt fr235_china_nfc vivo_active vivo_active_apac venusq venusq_music_v2 venusq2music swim2_apac", "gps"),
        ("edge500 edge_130 edge_explore_820 edge_explore_1000 edge_explore2 fr165 fr255 fr645 fr910xt fr920xt fenix5 "
         "vivo_active_hr vivo_active_hr_apac vivo_smart_gps_hr vivoactive3 vivoactive5 vivo_sport venu venu3", "baro"),
    ],
)  # fmt: skip
def test_models_of_garmin_with_and_without_a_barometer(models: str, source: str) -> None:
    for model in models.split():
        recorder = Device(role="recorder", manufacturer="garmin", product=model, serial="3950859721")
        assert altitude_source([recorder]) == source, model


def test_vectors_pub_elev_runalyze() -> None:
    """Without smoothing and threshold every metre counts; with one, turning points lose nothing at the turns."""
    simple = np.array([0.0, 10, 17, 14, 20, 3, 11, 0])
    assert zigzag(simple, 1e-9) == (31.0, 31.0)
    small = np.array([0.0, 2, 4, 6, 5, 7, 4, 8, 10, 0])
    assert zigzag(small, 2.0)[0] == 13.0 and zigzag(small, 5.0)[0] == 10.0
