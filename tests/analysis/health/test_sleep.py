"""Sleep: debt and need, regularity, the clock's circle, chronotype and hypnograms, by the vectors and over gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.health.day_metric import Missing, Requirement
from homestretch.analysis.health.days import Days
from homestretch.analysis.health.hypnogram import hypnograms
from homestretch.analysis.health.nights import DAY_S, Nights, nights_of
from homestretch.analysis.health.sleep import (
    NEED_BASES,
    chronotype,
    circular,
    day_sleep_s,
    debt,
    need,
    regularities,
    regularity,
    states,
)
from homestretch.model.health.night import Night
from tests.analysis.health.made import FIRST, daily, days_of, derive, night
from tests.analysis.health.vectors import vector

H = 3600.0


def nights(count: int, *each: Night) -> Nights:
    return nights_of(each, FIRST, count)


def days_with(count: int, *each: Night, **more: object) -> Days:
    return days_of({"sleep_s": daily([None] * count)}, nights=nights(count, *each), **more)


def test_vector_sleep_debt_naps() -> None:
    given_, expected = vector("sleep.debt_naps")
    need_s, hours = given_["need_h"] * H, given_["asleep_h"]
    each = [
        night(day, 7.0 - slept, 7.0) for day, slept in enumerate(hours) if slept is not None
    ] + [night(day, 13.0, 13.0 + nap, nap=True) for day, nap in enumerate(given_["naps_h"]) if nap]  # fmt: skip
    days = days_with(14, *each, own_need_s=np.full(14, need_s))
    results = derive(days)
    assert results["sleep_debt_s"].values[-1] == pytest.approx(expected["debt_s"], abs=1e-3)
    assert results["sleep_over_need_s"].values[-1] == pytest.approx(expected["last_night_vs_need_s"], abs=1e-3)
    assert debt(day_sleep_s(days), np.full(14, need_s))[1][-1] == expected["nights"]


def test_debt_is_repaid_and_never_a_credit() -> None:
    hours = np.full(14, 7.0)
    eight = np.full(14, 8 * H)
    assert debt(hours * H, eight)[0][-1] == 14 * H
    hours[-1] = 14.0
    assert debt(hours * H, eight)[0][-1] == (13 - 6) * H
    assert debt(np.full(14, 9 * H), eight)[0][-1] == 0.0
    assert np.isnan(debt(np.where(np.arange(14) < 5, np.nan, 7 * H), eight)[0][-1])


def test_what_a_debt_lacks() -> None:
    result = derive(days_of({"sleep_s": daily([7 * H] * 6 + [None])}))["sleep_debt_s"]
    assert result.missing(6) == Missing(Requirement("sleep_s", 10, 14), 6)


def test_a_nap_without_a_night_pays_nothing_back() -> None:
    each = [night(day, 0.0, 7.0) for day in range(13)]
    days = days_with(14, *each, night(13, 13.0, 14.0, nap=True))
    assert np.isnan(day_sleep_s(days)[13]) and debt(day_sleep_s(days), np.full(14, 8 * H))[0][13] == 13 * H


@pytest.mark.parametrize(
    ("free_h", "nights_known", "seconds", "basis"),
    [(7.5, 10, 7.5 * H, "free_days"), (7.5, 9, 8 * H, "usual_adult"), (12.0, 10, 10 * H, "free_days"),
     (5.0, 10, 6 * H, "free_days")],
)  # fmt: skip
def test_the_need_is_the_median_of_free_days(free_h: float, nights_known: int, seconds: float, basis: str) -> None:
    """The first day is a Monday; Saturdays and Sundays are free."""
    free = [day for day in range(90) if day % 7 >= 5][-nights_known:]
    values = [free_h * H if day in free else 6.5 * H if day % 7 < 5 else None for day in range(91)]
    days = days_of({"sleep_s": daily(values)})
    assert need(days).seconds[90] == seconds and NEED_BASES[int(need(days).basis[90])] == basis
    assert need(days_of({"sleep_s": daily(values)}, own_need_s=np.full(91, 7 * H))).seconds[90] == 7 * H


def test_need_leaves_ill_days_out_and_heeds_the_free_days_that_are_set() -> None:
    values = [10 * H if day % 2 else 7 * H for day in range(60)]
    free = np.arange(60) % 2 == 0
    assert need(days_of({"sleep_s": daily(values)}, free=free)).seconds[59] == 7 * H
    ill = np.arange(60) % 2 == 0
    every = np.ones(60, dtype=bool)
    assert need(days_of({"sleep_s": daily(values)}, free=every, markers={"ill": ill})).seconds[59] == 10 * H


def test_vector_sleep_midsleep_circular() -> None:
    given_, expected = vector("sleep.midsleep_circular")
    mean, sd = circular(60.0 * np.array([given_["midsleep_local_min"]], dtype=float))
    assert mean[0] / 60 == pytest.approx(expected["mean_min"], abs=1e-4)
    assert sd[0] / 60 == pytest.approx(expected["sd_min"], abs=1e-4)


@given(st.lists(st.floats(0, DAY_S - 1), min_size=1, max_size=20), st.floats(0, DAY_S))
def test_the_circle_has_no_edge(times: list[float], shift: float) -> None:
    mean, sd = circular(np.array([times]))
    moved, moved_sd = circular(np.mod(np.array([times]) + shift, DAY_S))
    assert moved_sd[0] == pytest.approx(sd[0], rel=1e-3, abs=1.0)
    if sd[0] < DAY_S / 4:
        apart = (moved[0] - mean[0] - shift + DAY_S / 2) % DAY_S - DAY_S / 2
        assert apart == pytest.approx(0.0, abs=1.0)


def test_vector_sleep_chronotype() -> None:
    given_, expected = vector("sleep.chronotype")
    spans = np.array(given_["work_nights_h"] + given_["free_nights_h"]) * H
    free = np.array([False] * 5 + [True] * 2)
    seen = chronotype(spans[None, :, 0], spans[None, :, 1], free[None], np.array([given_["work_days"] / 7]))
    assert seen.work_s[0] / H == pytest.approx(expected["msw_h"], abs=1e-5)
    assert seen.free_s[0] / H == pytest.approx(expected["msf_h"], abs=1e-5)
    assert seen.corrected_s[0] / H == pytest.approx(expected["msf_sc_h"], abs=1e-5)
    assert seen.social_jetlag_s[0] / H == pytest.approx(expected["social_jetlag_h"], abs=1e-5)


def test_the_chronotype_of_eight_weeks() -> None:
    each = [night(day, 1.0, 9.0) if day % 7 >= 5 else night(day, -1.0, 6.0) for day in range(56)]
    results = derive(days_with(56, *each))
    week_h = (5 * 7 + 2 * 8) / 7
    assert results["chronotype_s"].values[-1] == pytest.approx((5.0 - (8 - week_h) / 2) * H)
    assert results["social_jetlag_s"].values[-1] == pytest.approx(2.5 * H)
    missing = results["chronotype_s"].missing(12)
    assert missing is not None and (missing.requirement.of, missing.has) == ("free_nights", 3)


def test_free_nights_that_are_shorter_are_not_corrected() -> None:
    seen = chronotype(np.array([[0.0, 2.0]]), np.array([[8.0, 8.0]]), np.array([[False, True]]), np.array([5 / 7]))
    assert seen.corrected_s[0] == seen.free_s[0] == 5.0


def test_vector_sleep_hypnogram() -> None:
    given_, expected = vector("sleep.hypnogram")
    stages = [(name, float(start), float(end)) for name, start, end in given_["stages"]]
    seen = hypnograms(nights(1, night(0, -0.5, -0.5 + 438 / 60, *stages)))
    minutes = {
        "asleep_min": seen.asleep_s, "window_min": seen.window_s, "latency_min": seen.latency_s,
        "waso_min": seen.awake_s,
    }  # fmt: skip
    for key, values in minutes.items():
        assert values[0] / 60 == pytest.approx(expected[key]), key
    assert seen.awakenings[0] == expected["awakenings"] and seen.long_awakenings[0] == expected["awakenings_long"]
    for key, values in (
        ("efficiency_pct", seen.efficiency_pct), ("deep_pct", seen.deep_pct), ("rem_pct", seen.rem_pct),
    ):  # fmt: skip
        assert values[0] == pytest.approx(expected[key], abs=1e-5), key
    assert ((seen.onset_s[0] + seen.wake_s[0]) / 2 + 0.5 * H) / 60 == pytest.approx(expected["midsleep_min"])


def test_a_window_that_begins_with_sleep_has_no_latency() -> None:
    result = derive(days_with(1, night(0, 0.0, 7.0, ("light", 0, 400), ("awake", 400, 420))))
    missing = result["sleep_latency_s"].missing(0)
    assert missing is not None and missing.requirement.of == "time_in_bed"
    assert result["sleep_awake_s"].values[0] == 0.0 and result["sleep_awakenings"].values[0] == 0.0


def test_a_night_without_stages_has_an_efficiency_only() -> None:
    result = derive(days_with(2, night(0, 0.0, 8.0, asleep_s=6 * H)))
    assert result["sleep_efficiency_pct"].values[0] == pytest.approx(75.0)
    missing = result["sleep_awakenings"].missing(0)
    assert missing is not None and missing.requirement.of == "stages"
    nothing = result["sleep_awakenings"].missing(1)
    assert nothing is not None and nothing.requirement.of == "nights" and nothing.reason == "no_data"


def test_awake_stretches_in_a_row_are_one_awakening() -> None:
    restless = night(0, 0.0, 4.0, ("light", 0, 60), ("awake", 60, 63), ("awake", 63, 66), ("light", 66, 120),
                     ("awake", 120, 122), ("deep", 122, 200), ("unmeasured", 200, 240))  # fmt: skip
    seen = hypnograms(nights(1, restless))
    assert (seen.awakenings[0], seen.long_awakenings[0], seen.awake_s[0]) == (2.0, 1.0, 480.0)
    assert seen.efficiency_pct[0] == pytest.approx(100 * 192 / 200)


def test_the_longest_sleep_is_the_night_and_the_others_are_naps() -> None:
    each = (night(0, 22.0, 23.5), night(0, -1.0, 6.0), night(0, 13.0, 21.9, nap=True))
    seen = nights(1, *each)
    assert (seen.start_s[0], seen.asleep_s[0], seen.naps_s[0]) == (-H, 7 * H, pytest.approx(10.4 * H))
    assert nights(1, night(0, 0.0, 7.0, naps_s=1800.0)).naps_s[0] == 1800.0
    only_nap = nights(1, night(0, 13.0, 14.0, nap=True))
    assert np.isnan(only_nap.asleep_s[0]) and only_nap.naps_s[0] == H


def test_a_night_without_an_offset_has_a_length_and_no_clock() -> None:
    result = derive(days_with(1, night(0, 0.0, 7.0, offset_s=None)))
    assert result["sleep_over_need_s"].values[0] == -H
    assert result["midsleep_s"].missing(0) is not None


def test_vector_sleep_sri() -> None:
    days = np.zeros((3, 1440))
    days[0, :420] = days[1, 30:450] = days[2, :420] = 1
    assert regularity(days, least_pairs=2) == pytest.approx(91.666666667, abs=1e-6)
    assert regularity(days) is None, "two pairs of days are too few"


def test_what_is_unknown_of_a_night_counts_neither_way() -> None:
    days = np.tile(np.repeat([1.0, 0.0], 720), (8, 1))
    days[3, 100:500] = np.nan
    assert regularity(days) == 100.0
    assert regularity(np.array([np.arange(10) % 2, (np.arange(10) + 1) % 2] * 4, dtype=float)) == -100.0


def test_the_regularity_of_each_day_is_that_of_its_last_28() -> None:
    random = np.random.default_rng(1)
    asleep = np.where(random.random((60, 48)) < 0.1, np.nan, random.random((60, 48)) < 0.4)
    asleep[20] = np.nan
    index, pairs = regularities(asleep)
    for day in (5, 27, 28, 59):
        assert index[day] == pytest.approx(regularity(asleep[max(0, day - 27) : day + 1]))
    assert np.isnan(index[:5]).all() and pairs[:6].tolist() == [0, 1, 2, 3, 4, 5]


def test_states_are_of_the_local_clock_from_noon_to_noon() -> None:
    each = (night(0, -1.0, 7.0), night(1, -1.0, 7.0, ("light", 0, 60), ("awake", 60, 90), ("unmeasured", 90, 120),
            ("rem", 120, 480)), night(1, 11.5, 12.5, nap=True))  # fmt: skip
    rows = states(nights(4, *each))
    assert (
        rows.shape == (4, 288) and rows[0].sum() == 8 * 12 and rows[0][11 * 12] == 1.0 and rows[0][11 * 12 - 1] == 0.0
    )
    assert np.isnan(rows[2:]).all(), "a nap that runs over noon makes no night known"
    assert rows[1][12 * 12] == 0.0 and np.isnan(rows[1][12 * 12 + 6]) and np.nansum(rows[1]) == 7 * 12 + 6


def test_the_same_hours_each_night_are_regular() -> None:
    regular = derive(days_with(30, *(night(day, -1.0, 7.0) for day in range(30))))
    assert regular["sleep_regularity"].values[29] == 100.0
    assert regular["midsleep_mean_s"].values[29] == pytest.approx(3 * H)
    assert regular["midsleep_sd_s"].values[29] == pytest.approx(0.0, abs=1.0)
    shifted = derive(days_with(30, *(night(day, -1.0 + 3 * (day % 2), 7.0 + 3 * (day % 2)) for day in range(30))))
    assert shifted["sleep_regularity"].values[29] == pytest.approx(-100 + 200 * 18 / 24)
