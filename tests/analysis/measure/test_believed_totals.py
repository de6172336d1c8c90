"""A device's totals are believed only where they can be and where the samples agree: not too large, not too small."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.activity.summary import Summary, summarise
from homestretch.analysis.samples.bounds import FAR_M, fastest_mps
from homestretch.analysis.samples.distance import device_distance
from homestretch.analysis.samples.samples import samples
from homestretch.formats import decode
from homestretch.formats.fit.encode import encode
from homestretch.model.sport import Sport
from tests.analysis.made import northward, recording
from tests.formats import golden

N = 300


def summary(sport: str, mps: float = 3.0, heart: float = 140.0, **totals: float) -> Summary:
    t = np.arange(N + 1)
    channels = {
        "distance_m": t * mps, "heart_rate_bpm": np.full(N + 1, heart), "latitude": northward(t * min(mps, 3.0)),
        "longitude": np.full(N + 1, 14.0),
    }  # fmt: skip
    return summarise(recording(t, channels, sport, totals=totals))


@pytest.mark.parametrize("sport", ["rowing", "cycling", "running", "swimming", "generic", "paddling"])
@pytest.mark.parametrize("metres", [1_204_910.0, 3.0])
@pytest.mark.parametrize("seconds", [3_349_299.0, 2.0])
def test_totals_that_samples_contradict_on_either_side_are_not_believed(
    sport: str, metres: float, seconds: float
) -> None:
    found = summary(sport, total_distance_m=metres, total_timer_time_s=seconds, total_elapsed_time_s=seconds)
    assert found.distance_m == pytest.approx(900, abs=1)
    assert (found.elapsed_s, found.timer_s) == pytest.approx((N, N), abs=2)


@pytest.mark.parametrize("mps", [3000.0, 200.0, 100.0])
def test_a_counter_that_goes_900_km_in_300_s_is_not_believed(mps: float) -> None:
    found = summary("cycling", mps, total_distance_m=mps * N)
    assert found.distance_m == pytest.approx(900, abs=1)
    assert found.avg_speed_mps is not None
    assert found.max_speed_mps is not None
    assert found.avg_speed_mps <= found.max_speed_mps <= 40


@given(
    st.sampled_from(["running", "cycling", "rowing", "swimming"]),
    st.lists(st.sampled_from([0.0, 3.0, 60.0, 220.0, 300.0, 5000.0]), min_size=2, max_size=100),
)
@settings(deadline=None)
def test_no_counter_goes_further_than_its_sport_can(sport: str, steps: list[float]) -> None:
    t, fastest = np.arange(float(len(steps))), fastest_mps(Sport(sport))
    found = device_distance(t, np.cumsum(steps), fastest)
    assert found is None or found[-1] - found[0] <= fastest * t[-1] + FAR_M


def test_hearts_and_speeds_beyond_what_can_be_are_no_figures() -> None:
    found = summary("running", heart=244.0, max_heart_rate_bpm=244.0, avg_heart_rate_bpm=255.0, max_speed_mps=65.534)
    assert (found.max_hr_bpm, found.avg_hr_bpm) == (None, None)
    bare = summarise(recording([], {}, "running", totals={
        "timer_s": 600.0, "elapsed_s": 600.0, "max_speed_mps": 65.534, "avg_speed_mps": 65.535, "max_power_w": 65_534.0,
    }))  # fmt: skip
    assert (bare.max_speed_mps, bare.avg_speed_mps, bare.max_power_w) == (None, None, None)


def bare(sport: str = "running", **totals: float) -> Summary:
    """Return what a recording without samples comes to, whose end is as late as it says."""
    seconds = totals.get("total_elapsed_time_s", totals.get("total_timer_time_s", 0.0))
    made = recording([], {}, sport, totals=totals)
    return summarise(replace(made, end_ms=made.start.utc_ms + round(1000 * seconds)))


@pytest.mark.parametrize(
    ("hours", "believed"), [(1.0, True), (26.0, True), (288.0, True), (930.0, False), (563_066.0, False)]
)
def test_nobody_is_under_way_for_months(hours: float, believed: bool) -> None:
    found = bare("strength", total_elapsed_time_s=hours * 3600, total_timer_time_s=hours * 3600)
    assert (found.elapsed_s, found.timer_s, found.moving_s) == (hours * 3600 * believed,) * 3
    assert [flag for flag in found.flags if flag.startswith("total_off")] == (
        [] if believed else ["total_off:elapsed", "total_off:timer"]
    )
    paused = bare("strength", total_elapsed_time_s=hours * 3600, total_timer_time_s=3600.0)
    assert paused.timer_s == 3600 and paused.elapsed_s in (3600, hours * 3600)


@pytest.mark.parametrize(
    ("sport", "metres", "seconds", "believed"),
    [
        ("running", 10_000, 2400, True), ("running", 10_000, 1560, True), ("running", 10_000, 1200, False),
        ("running", 42_195, 3600, False), ("swimming", 1500, 600, False), ("swimming", 1500, 1500, True),
        ("cycling", 100_000, 7200, True), ("cycling", 100_000, 3000, False), ("rowing", 2000, 240, False),
        ("alpine_skiing", 40_000, 1800, True), ("walking", 5000, 0, True), ("cycling", 120_000, 0, True),
        ("running", 1_204_910, 0, False),
    ],
)  # fmt: skip
def test_a_distance_without_samples_is_held_against_the_records(
    sport: str, metres: float, seconds: float, believed: bool
) -> None:
    """As best efforts are; where only the distance is stated, a day is what it may have taken."""
    found = bare(sport, total_distance_m=metres, total_elapsed_time_s=seconds, total_timer_time_s=seconds)
    assert found.distance_m == (metres if believed else None)
    assert ("total_off:distance" in found.flags) is not believed


@pytest.mark.parametrize(("burnt", "right"), [(65_534.0, None), (65_535.0, None), (500.0, None), (80.0, 80.0)])
def test_nobody_burns_more_than_can_be_burnt(burnt: float, right: float | None) -> None:
    assert summary("running", total_calories_kcal=burnt).calories_kcal == right


@pytest.mark.parametrize("key", ["total_ascent_m", "total_calories_kcal", "avg_power_w"])
@pytest.mark.parametrize("filler", [65_534.0, 65_533.0])
def test_the_value_below_none_is_no_figure_of_a_fit(key: str, filler: float) -> None:
    [back] = decode(encode(replace(golden.run(60), totals={key: filler})), "a.fit").recordings
    assert back.totals.get(key) == (None if filler == 65_534.0 else filler)


def test_a_flight_is_as_fast_as_it_is() -> None:
    t = np.arange(0, 3600, 10)
    made = recording(t, {"heart_rate_bpm": np.full(len(t), 70.0)}, "flying", totals={"total_distance_m": 900_000.0})
    assert samples(made).distance_m is None
    assert summarise(made).distance_m == 900_000.0
