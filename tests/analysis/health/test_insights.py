"""Insights: what was planted is found, what was not is not, and too little evidence is a normal answer."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from homestretch.analysis.health.days import Days, Training
from homestretch.analysis.health.evidence.answer import Insight, Lack, answer, insights
from homestretch.analysis.health.evidence.question import questions
from homestretch.analysis.health.insights.noted_days import against_others, matches
from homestretch.analysis.health.nights import nights_of
from homestretch.model.channel import Floats
from homestretch.model.health.kinds import KINDS
from tests.analysis.health.made import FIRST, daily, days_of, night

COUNT = 420


def noisy(seed: int, sd: float = 1.0) -> Floats:
    return np.random.default_rng(seed).normal(0.0, sd, COUNT)


def plain(load: Floats | None = None, **kinds: Floats) -> Days:
    """Return days on which nothing depends on anything, but for the kinds that are given."""
    random = np.random.default_rng(0)
    values = {
        "hrv_night_ms": 50.0 * np.exp(noisy(1, 0.06)),
        "resting_heart_rate_bpm": 50.0 + noisy(2),
        "respiration_sleep_avg_brpm": 14.0 + noisy(3, 0.3),
        "sleep_s": 27_000.0 + noisy(4, 1500.0),
        "body_battery_waking": 70.0 + noisy(5, 10.0),
        "training_readiness": 60.0 + noisy(6, 10.0),
    } | kinds
    load = random.gamma(2.0, 30.0, COUNT) if load is None else load
    return days_of({key: daily(one.tolist()) for key, one in values.items()}, training=Training(load, load, 0.0 * load))


def answer_of(days: Days, question: str, outcome: str) -> Insight:
    asked = questions()[question]
    return answer(days, asked, next(one for one in asked.outcomes if one.key == outcome))


def test_questions_are_described() -> None:
    assert set(questions()) == {
        "hard_days", "weeks_of_load", "sleep_and_sessions", "sleep_debt_and_sessions", "bedtime", "alcohol",
        "late_meal", "travel", "body_battery", "training_readiness",
    }  # fmt: skip
    for question in questions().values():
        assert question.version >= 1 and question.question.endswith("?") and question.caveat and question.exposure
        assert all(outcome.noise > 0.0 and outcome.name for outcome in question.outcomes)
    assert "body_battery_waking" in KINDS


def test_hard_days_that_lower_hrv_are_seen_in_the_next_night() -> None:
    load = np.random.default_rng(9).gamma(2.0, 30.0, COUNT)
    hrv = 50.0 * np.exp(noisy(1, 0.04) - 0.002 * np.concatenate(([0.0], load[:-1])))
    days = plain(load, hrv_night_ms=hrv)
    seen = answer_of(days, "hard_days", "hrv")
    assert seen.verdict == "shown" and seen.r < -0.5 and seen.difference < -5.0
    assert seen.interval[1] < 0.0 and seen.difference_interval[1] < 0.0
    assert seen.last == FIRST.fromordinal(FIRST.toordinal() + COUNT - 1)
    shown = {(one.question, one.outcome) for one in insights(days) if one.verdict == "shown"}
    assert ("hard_days", "hrv") in shown and ("hard_days", "resting_heart_rate") not in shown
    same_day = plain(load, hrv_night_ms=50.0 * np.exp(noisy(1, 0.04) - 0.002 * load))
    assert answer_of(same_day, "hard_days", "hrv").verdict == "no_clear_link", "a night comes before its day"


def test_evening_sessions_are_left_out() -> None:
    days = plain()
    evening = replace(days, sessions={"hours_before_sleep": np.where(np.arange(COUNT) % 2, 1.0, 5.0)})
    assert answer_of(evening, "hard_days", "hrv").n < 0.6 * answer_of(days, "hard_days", "hrv").n


def test_an_effect_below_the_noise_of_devices_is_none() -> None:
    load = np.random.default_rng(9).gamma(2.0, 30.0, COUNT)
    hrv = 50.0 * np.exp(noisy(1, 0.005) - 0.0003 * np.concatenate(([0.0], load[:-1])))
    assert answer_of(plain(load, hrv_night_ms=hrv), "hard_days", "hrv").verdict == "within_noise"


def test_nothing_is_shown_where_nothing_is() -> None:
    """At a false discovery rate of 0.10 chance alone may show one or two in eight lives, not more."""
    shown = 0
    for seed in range(8):
        random = np.random.default_rng(seed)
        load = random.gamma(2.0, 30.0, COUNT)
        days = plain(load, hrv_night_ms=50.0 * np.exp(random.normal(0.0, 0.2, COUNT)),
                     resting_heart_rate_bpm=50.0 + random.normal(0.0, 4.0, COUNT))  # fmt: skip
        shown += any(one.verdict == "shown" for one in insights(days))
    assert shown <= 2


def test_slow_waves_are_not_enough_evidence() -> None:
    """Two trends that go together for months are worth few pairs, however many days there are."""
    wave = np.sin(np.arange(COUNT) / 15.0)
    hrv = 50.0 * np.exp(0.2 * wave + noisy(1, 0.005))
    seen = answer_of(plain(60.0 + 40.0 * wave + noisy(2, 0.5), hrv_night_ms=hrv), "hard_days", "hrv")
    assert seen.verdict == "not_enough_evidence" and seen.n > 200 and abs(seen.r) > 0.4
    assert seen.lacks is not None and seen.lacks.of == "n_eff" and seen.lacks.has < 20 and seen.lacks.needs == 20


def test_too_few_pairs_are_a_normal_answer() -> None:
    days = plain()
    nightly = daily([*(50.0 + day % 7 for day in range(70)), *[None] * (COUNT - 70)])
    short = replace(days, kinds={"hrv_night_ms": nightly})
    assert answer_of(short, "hard_days", "hrv").lacks == Lack(of="pairs", has=55, needs=60)
    none = answer_of(replace(days, kinds={}), "hard_days", "hrv")
    assert none.lacks == Lack(of="pairs", has=0, needs=60) and none.first is None and np.isnan(none.r)
    assert {one.verdict for one in insights(replace(days, kinds={}, training=None))} == {"not_enough_evidence"}


def test_what_never_changes_has_no_link() -> None:
    lack = answer_of(plain(resting_heart_rate_bpm=np.full(COUNT, 50.0)), "hard_days", "resting_heart_rate").lacks
    assert lack is not None and lack.of == "variation"


def test_no_days_at_all() -> None:
    assert all(one.n == 0 for one in insights(Days(first=FIRST, count=0)))


def test_a_new_device_makes_no_link() -> None:
    """A step of level on the day on which load rises too is no link: each device is compared with itself."""
    later = np.arange(COUNT) >= 150
    load = np.random.default_rng(3).gamma(2.0, 30.0, COUNT) + 60.0 * later
    values = (50.0 * np.exp(noisy(1, 0.06)) * np.where(later, 0.6, 1.0)).tolist()
    two = plain(load)
    switched = daily(values, ["a"] * 150 + ["b"] * (COUNT - 150))
    assert answer_of(replace(two, kinds={"hrv_night_ms": switched}), "hard_days", "hrv").verdict == "no_clear_link"


def test_weeks_of_load() -> None:
    weekly = np.repeat(np.random.default_rng(4).normal(60.0, 30.0, 60), 7)[:COUNT]
    hrv = 50.0 * np.exp(noisy(1, 0.03) - 0.004 * np.concatenate(([60.0], weekly[:-1])))
    seen = answer_of(plain(weekly, hrv_night_ms=hrv), "weeks_of_load", "hrv")
    assert seen.verdict == "shown" and seen.r < -0.8 and seen.n == 59
    assert seen.first is not None and seen.first.weekday() == 0
    assert answer_of(plain(weekly), "weeks_of_load", "hrv").verdict != "shown"


def test_weeks_of_two_devices_are_not_compared() -> None:
    days = plain()
    values = days.kind("hrv_night_ms").values.tolist()
    parted = daily(values, ["a"] * 151 + ["b"] * (COUNT - 151))
    both = (answer_of(replace(days, kinds={"hrv_night_ms": one}), "weeks_of_load", "hrv").n for one in (
        days.kind("hrv_night_ms"), parted))  # fmt: skip
    assert next(both) - next(both) == 2


def test_short_nights_and_easy_sessions() -> None:
    slept = 27_000.0 + noisy(4, 3600.0)
    days = plain(sleep_s=slept)
    rpe = np.where(np.arange(COUNT) % 2, 3.0 - (slept - 27_000.0) / 3600.0, np.nan)
    sessions = {"rpe": rpe, "similar": (np.arange(COUNT) // 4 % 2).astype(float)}
    seen = answer_of(replace(days, sessions=sessions), "sleep_and_sessions", "rpe")
    assert seen.verdict == "shown" and seen.r < -0.8 and seen.difference < -1.0
    assert answer_of(replace(days, sessions={"rpe": rpe}), "sleep_and_sessions", "rpe").n == 0, "similar to none"


@pytest.mark.parametrize(("heat", "clear"), [(1.0, False), (0.0, True)])
def test_heat_is_taken_out(heat: float, clear: bool) -> None:
    slept = 27_000.0 + noisy(4, 3600.0)
    warm = 15.0 + (slept - 27_000.0) / 600.0
    rpe = 3.0 + 0.1 * (warm - 15.0) + noisy(7, 0.2)
    sessions = {"rpe": rpe, "similar": np.zeros(COUNT), "temperature_c": heat * warm + (1.0 - heat) * noisy(8)}
    seen = answer_of(replace(plain(sleep_s=slept), sessions=sessions), "sleep_and_sessions", "rpe")
    assert (seen.verdict == "shown") is clear


def test_a_late_bedtime_shortens_the_night() -> None:
    late = noisy(3, 1.0)
    nights = nights_of((night(day, -1.0 + late[day], 6.5) for day in range(COUNT)), FIRST, COUNT)
    seen = answer_of(replace(plain(), nights=nights), "bedtime", "asleep")
    assert seen.verdict == "shown" and seen.r < -0.9 and seen.difference < -60.0


def marked(effect: Callable[[Floats], Floats], key: str = "alcohol") -> Days:
    """Return days of which each third Saturday and some others have a note, and an effect on the night after."""
    on = np.random.default_rng(2).random(COUNT) < 0.15
    yesterday = np.concatenate(([False], on[:-1])).astype(float)
    return replace(plain(resting_heart_rate_bpm=50.0 + noisy(2) + effect(yesterday)), markers={key: on})


def test_a_night_after_alcohol() -> None:
    seen = answer_of(marked(lambda on: 5.0 * on), "alcohol", "resting_heart_rate")
    assert seen.verdict == "shown" and seen.difference == pytest.approx(5.0, abs=1.0)
    assert answer_of(marked(lambda on: 0.0 * on), "alcohol", "resting_heart_rate").verdict == "no_clear_link"
    rare = marked(lambda on: 5.0 * on)
    few = np.flatnonzero(rare.markers["alcohol"])[:7]
    rare = replace(rare, markers={"alcohol": np.isin(np.arange(COUNT), few)})
    lack = answer_of(rare, "alcohol", "resting_heart_rate").lacks
    assert lack is not None and lack.of == "exposed" and lack.needs == 8


def test_noted_days_are_compared_with_days_like_them() -> None:
    match = matches(np.array([0, 0, 0, 5]), np.array([10.0, 10.0, 90.0, np.nan]))
    assert match[0] == match[1] != match[2] and match[3] % 4 == 3
    y = against_others(np.array([1.0, 3.0, 5.0, 7.0]), np.array([0, 0, 1, 1]), np.array([True, False, True, True]))
    assert y[:2].tolist() == [-2.0, 0.0] and np.isnan(y[2:]).all(), "without a day like it there is no comparison"


def test_the_weekend_is_no_effect_of_what_is_drunk_on_it() -> None:
    """Resting heart rate is high on each Sunday; alcohol on most Saturdays adds nothing."""
    weekday = np.arange(COUNT) % 7
    random = np.random.default_rng(8).random(COUNT)
    on = np.where(weekday == 5, random < 0.6, random < 0.05)
    days = plain(resting_heart_rate_bpm=50.0 + noisy(2) + 4.0 * (weekday == 6))
    seen = answer_of(replace(days, markers={"alcohol": on}), "alcohol", "resting_heart_rate")
    assert seen.n > 60 and seen.verdict == "no_clear_link"


def test_a_score_that_predicts_nothing_says_so() -> None:
    days = plain()
    achieved = {"achieved_pct": 95.0 + noisy(11, 8.0)}
    assert answer_of(replace(days, sessions=achieved), "body_battery", "achieved_pct").verdict == "no_clear_link"
    follows = {"achieved_pct": days.kind("body_battery_waking").values + noisy(11, 2.0)}
    assert answer_of(replace(days, sessions=follows), "body_battery", "achieved_pct").verdict == "shown"


def test_ill_days_are_left_out() -> None:
    days = plain()
    ill = np.arange(COUNT) % 10 == 0
    whole = answer_of(days, "hard_days", "hrv")
    assert answer_of(replace(days, markers={"ill": ill}), "hard_days", "hrv").n < 0.92 * whole.n
