"""HRV and resting heart rate against the athlete's own baseline: by the vectors, over gaps, devices and illness."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from homestretch.analysis.health.baseline import band, deviation, eras
from homestretch.analysis.health.day_metric import Missing, Requirement
from homestretch.analysis.health.days import first_known
from homestretch.analysis.health.derived.resting_heart_rate import resting_trend
from homestretch.analysis.health.hrv import STATUSES, baselines
from homestretch.analysis.health.kind_band import kind_band
from tests.analysis.health.made import daily, days_of, derive, well
from tests.analysis.health.vectors import vector

WAVE = [50.0 + 5.0 * np.sin(day) for day in range(90)]


@pytest.mark.parametrize("key", ["hrv.status_gaps", "hrv.device_switch"])
def test_vectors_of_hrv(key: str) -> None:
    given_, expected = vector(key)
    expected = expected.get("segmented", expected)
    source = given_["source"] if isinstance(given_["source"], list) else "garmin"
    nightly = daily(given_["rmssd_ms"], source)
    results = {name: one.values[-1] for name, one in derive(days_of({"hrv_night_ms": nightly})).items()}
    assert np.log(results["hrv_band_mean_ms"]) == pytest.approx(expected["mean_ln"], abs=1e-5)
    assert results["hrv_band_low_ms"] == pytest.approx(expected["low_ms"], abs=1e-5)
    assert results["hrv_band_high_ms"] == pytest.approx(expected["high_ms"], abs=1e-5)
    assert results["hrv_mean_7d_ms"] == pytest.approx(expected["week_ms"], abs=1e-5)
    assert results["hrv_variation_pct"] == pytest.approx(expected["cv_pct"], abs=1e-5)
    assert results["hrv_night_z"] == pytest.approx(expected["today_z"], abs=1e-5)
    assert STATUSES[int(results["hrv_status"])] == expected["status"]
    assert baselines(nightly, well(61)).band.known[-1] == expected["nights"]


def test_vector_rhr_trend() -> None:
    given_, expected = vector("rhr.trend")
    resting = given_["resting_bpm"]
    for values, numbers in ((resting, expected["at_last"]), (resting[:-3], expected["at_minus_3"])):
        trend = resting_trend(daily(values), well(len(values)))
        assert trend.band.mean[-1] == pytest.approx(numbers["mean60"], abs=1e-5)
        assert trend.band.sd[-1] == pytest.approx(numbers["sd60"], abs=1e-5)
        assert trend.week[-1] == pytest.approx(numbers["mean7"], abs=1e-5)
        assert bool(trend.raised[-1]) is numbers["raised"]


def test_a_day_alone_is_the_same_as_among_others() -> None:
    values = [None if day % 9 == 4 else value for day, value in enumerate(WAVE)]
    every = baselines(daily(values), well(90))
    for day in (20, 61, 75, 89):
        alone = baselines(daily(values[: day + 1]), well(day + 1))
        assert alone.band.mean[-1] == every.band.mean[day] and alone.week[-1] == every.week[day]


def test_a_first_rise_is_not_yet_raised_and_a_second_day_of_it_is() -> None:
    values = [50.0 + day % 2 for day in range(60)] + [65.0] * 6
    raised = resting_trend(daily(values), well(66)).raised
    assert np.isnan(raised[:14]).all() and raised[59] == 0.0
    assert raised[60:].tolist() == [0.0, 0.0, 1.0, 1.0, 1.0, 1.0]  # one day lifts the week's mean by 2 bpm


def test_a_raised_day_after_an_unknown_one_is_unknown() -> None:
    """On the first day with a baseline nothing is known of the day before."""
    values = [50.0, 51.0] * 7 + [80.0]
    missing = derive(days_of({"resting_heart_rate_bpm": daily(values)}))["resting_heart_rate_raised"].missing(14)
    assert missing is not None and missing.has == 1 and missing.requirement.least == 2


def test_what_is_missing_of_a_baseline() -> None:
    values = [*[50.0] * 9, *[None] * 5, 51.0]
    result = derive(days_of({"hrv_night_ms": daily(values)}))
    missing = result["hrv_band_low_ms"].missing(14)
    assert missing == Missing(Requirement("hrv_night_ms", 14, 60), 9) and missing.reason == "too_few"
    week = result["hrv_mean_7d_ms"].missing(14)
    assert week == Missing(Requirement("hrv_night_ms", 3, 7), 2)
    assert result["hrv_mean_7d_ms"].missing(3) is None


def test_nights_that_are_all_alike_have_no_spread() -> None:
    result = derive(days_of({"hrv_night_ms": daily([50.0] * 40)}))
    missing = result["hrv_night_z"].missing(39)
    assert missing is not None and missing.requirement.of == "hrv_spread"
    assert STATUSES[int(result["hrv_status"].values[39])] == "balanced"


def test_the_device_of_before_counts_again_when_it_is_back() -> None:
    origins = ["a"] * 30 + ["b"] * 10 + ["a"] * 2
    seen = band(daily([50.0] * 30 + [90.0] * 10 + [50.0] * 2, origins), well(42))
    assert seen.known[41] == 31 and seen.mean[41] == 50.0
    assert seen.known[30] == 0 and np.isnan(seen.mean[39])


def test_a_day_without_value_is_of_the_last_device() -> None:
    origins = ["a"] * 30 + ["b"] * 3
    values = [*[50.0] * 30, 90.0, 91.0, None]
    assert eras(daily(values, origins)).tolist()[-4:] == [0, 1, 1, 1]
    assert band(daily(values, origins), well(33)).known[-1] == 2


def test_a_wrong_value_of_a_new_device_begins_its_era() -> None:
    """Only nights of today's device are compared, also where tonight's value is dropped."""
    nightly = daily([*WAVE[:60], 255.0], ["a"] * 60 + ["b"])
    assert baselines(nightly, well(61)).band.known[-1] == 0
    assert baselines(daily([*WAVE[:60], 255.0]), well(61)).band.known[-1] == 60


def test_ill_days_are_in_no_baseline() -> None:
    ill = well(40)
    ill[10:20] = True
    values = [50.0] * 10 + [80.0] * 10 + [50.0] * 20
    assert band(daily(values), ill).mean[39] == 50.0 and band(daily(values), ill).known[39] == 29
    assert deviation(daily(values), ill, 1.0).usual[39] == 50.0


@pytest.mark.parametrize(("value", "kept"), [(4.99, 0), (5.0, 1), (250.0, 1), (250.01, 0)])
def test_limits_of_rmssd(value: float, kept: int) -> None:
    assert baselines(daily([*WAVE[:30], value, 50.0]), well(32)).band.known[-1] == 30 + kept


def test_kinds_of_one_signal_share_no_origin() -> None:
    merged = first_known(daily([1.0, None, None], "watch"), daily([5.0, 6.0, None], "watch"))
    assert merged.values[:2].tolist() == [1.0, 6.0] and merged.origins[0] != merged.origins[1]
    assert merged.origins[2] == -1


def test_no_day_gives_no_baseline() -> None:
    empty = daily([])
    assert len(band(empty, well(0)).mean) == len(baselines(empty, well(0)).status) == 0
    assert len(resting_trend(empty, well(0)).raised) == 0


@given(st.lists(st.none() | st.floats(20.0, 120.0), min_size=1, max_size=100), st.integers(0, 99))
def test_a_baseline_is_that_of_plain_arithmetic(values: list[float | None], at: int) -> None:
    day = at % len(values)
    seen = band(daily(values), well(len(values)), 0.75)
    held = [value for value in values[max(0, day - 60) : day] if value is not None]
    assert seen.known[day] == len(held)
    if len(held) < 14:
        assert np.isnan([seen.mean[day], seen.low[day], seen.high[day]]).all()
    else:
        mean, sd = np.mean(held), np.std(held, ddof=1)
        assert [seen.mean[day], seen.low[day], seen.high[day]] == pytest.approx(
            [mean, mean - 0.75 * sd, mean + 0.75 * sd], abs=1e-9
        )


NIGHTS = st.lists(
    st.tuples(st.none() | st.floats(2.0, 300.0), st.sampled_from(["a", "a", "a", "b"])), min_size=1, max_size=90
)


@given(NIGHTS, st.integers(0, 89))
def test_hrv_of_nights_of_two_devices_is_that_of_plain_arithmetic(
    nights: list[tuple[float | None, str]], at: int
) -> None:
    day = at % len(nights)
    seen = baselines(daily([value for value, _ in nights], [origin for _, origin in nights]), well(len(nights)))
    device = next((origin for value, origin in reversed(nights[: day + 1]) if value is not None), None)

    def held(first: int, end: int) -> list[float]:
        """Return ln RMSSD of the nights of today's device that can be true."""
        of_device = [value for value, origin in nights[max(0, first) : end] if origin == device and value is not None]
        return [float(np.log(value)) for value in of_device if 5.0 <= value <= 250.0]

    before, week = held(day - 60, day), held(day - 6, day + 1)
    assert (seen.band.known[day], seen.week_nights[day]) == (len(before), len(week))
    if len(week) >= 3:
        assert seen.week[day] == pytest.approx(np.mean(week))
    if len(before) >= 14 and len(week) >= 3:
        mean, sd = np.mean(before), np.std(before, ddof=1)
        place = (np.mean(week) - mean) / (0.75 * sd) if sd > 1e-9 else 0.0
        if abs(abs(place) - 1.0) > 1e-9:
            assert STATUSES[int(seen.status[day])] == ("low" if place < -1 else "high" if place > 1 else "balanced")
    else:
        assert np.isnan(seen.status[day])


@given(st.lists(st.none() | st.integers(45, 60), min_size=1, max_size=80))
def test_a_raised_rate_is_that_of_the_rule(values: list[int | None]) -> None:
    def above(day: int) -> bool | None:
        before = [one for one in values[max(0, day - 60) : day] if one is not None]
        week = [one for one in values[max(0, day - 6) : day + 1] if one is not None]
        if day < 0 or len(before) < 14 or len(week) < 3:
            return None
        change, sd = np.mean(week) - np.mean(before), np.std(before, ddof=1)
        assume(abs(change - sd) > 1e-6)
        return bool(change > sd and change >= 3.0 - 1e-9)

    raised = resting_trend(daily([None if one is None else float(one) for one in values]), well(len(values))).raised
    today, yesterday = above(len(values) - 1), above(len(values) - 2)
    if today is None or (today and yesterday is None):
        assert np.isnan(raised[-1])
    else:
        assert bool(raised[-1]) == (today and yesterday)


def test_each_kind_has_its_own_baseline() -> None:
    given_, expected = vector("hrv.status_gaps")
    hrv = kind_band("hrv_night_ms", daily(given_["rmssd_ms"]), well(61))
    assert [hrv.low[-1], hrv.high[-1]] == pytest.approx([expected["low_ms"], expected["high_ms"]], abs=1e-5)
    assert np.log(hrv.mean[-1]) == pytest.approx(expected["mean_ln"], abs=1e-5) and hrv.low[-1] < hrv.mean[-1]
    origins = ["watch", "phone"] * 15
    steps = daily([float(day) for day in range(30)], origins)
    assert kind_band("steps", steps, well(30)).known[-1] == 29, "steps of several devices are one day's"
    assert kind_band("resting_heart_rate_bpm", steps, well(30)).known[-1] == 14
    assert kind_band("resting_heart_rate_bpm", steps, well(30)).mean[-1] == pytest.approx(14.0)
