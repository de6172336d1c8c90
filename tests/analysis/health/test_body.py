"""Weight, energy, deviations of a night, unusual nights and readiness: by the vectors and over gaps."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.health.baseline import Deviation, deviation
from homestretch.analysis.health.day_metric import Missing, Requirement
from homestretch.analysis.health.days import Days, Training
from homestretch.analysis.health.derived.readiness import felt_z, form_z, readiness
from homestretch.analysis.health.derived.weight import CHANGES
from homestretch.analysis.health.statistics import student_probability, student_quantile
from homestretch.analysis.health.unusual_nights import LEVELS, SIGNALS, is_off, level, likely_causes, unusual_nights
from homestretch.analysis.health.weight import balance_kcal, rate, trend
from tests.analysis.health.made import FIRST, daily, days_of, derive, floats, well
from tests.analysis.health.vectors import vector

#: The signals of the vector of unusual nights.
KINDS = {"rhr": "resting_heart_rate_bpm", "hrv": "hrv_night_ms", "resp": "respiration_sleep_avg_brpm",
         "temp": "skin_temperature_change_c"}  # fmt: skip
NAMES = {"rhr": "resting_heart_rate", "hrv": "hrv", "resp": "respiration", "temp": "skin_temperature"}


def series(points: list[list[float]]) -> Any:
    """Return points of day and value as values of days in a row."""
    known = {int(day): value for day, value in points}
    return floats([known.get(day) for day in range(max(known) + 1)])


def test_vector_weight_trend() -> None:
    given_, expected = vector("weight.trend")
    published = given_["published"]
    smooth = trend(floats([published["seed"], *published["weights"]]))
    assert smooth[1:] == pytest.approx(expected["published_exact"], abs=1e-5)
    assert np.round(smooth[1:], 1) == pytest.approx(expected["published_rounded"])
    gaps = trend(series(given_["gaps"]["points"]))
    assert gaps[~np.isnan(gaps)] == pytest.approx(expected["gaps_trend"], abs=1e-5)
    assert np.isnan(gaps[4]), "a day without a weighing has no trend of its own"


def test_vector_weight_rate() -> None:
    given_, expected = vector("weight.rate")
    weight = series(given_["points"])
    seen = rate(weight)
    assert seen.weighings[-1] == expected["n"]
    assert seen.kg_per_week[-1] == pytest.approx(expected["kg_per_week"], abs=1e-4)
    assert seen.error[-1] == pytest.approx(expected["se_kg_per_week"], abs=1e-4)
    assert [seen.low[-1], seen.high[-1]] == pytest.approx(expected["ci95_kg_per_week"], abs=1e-4)
    assert seen.residual_sd_kg[-1] == pytest.approx(expected["residual_sd_kg"], abs=1e-4)
    assert student_quantile(0.975, expected["n"] - 2) == pytest.approx(given_["t_quantile"], abs=1e-8)
    results = derive(days_of({"weight_kg": daily(weight.tolist())}))
    assert results["energy_balance_kcal"].values[-1] == pytest.approx(expected["balance_kcal_day"], abs=1e-3)
    interval = [results[f"energy_balance_{end}_kcal"].values[-1] for end in ("low", "high")]
    assert interval == pytest.approx(expected["balance_ci95"], abs=1e-3)
    assert CHANGES[int(results["weight_direction"].values[-1])] == "falling"


@pytest.mark.parametrize(("freedom", "quantile"), [(1, 12.7062047), (2, 4.3026527), (5, 2.5705818), (26, 2.0555294)])
def test_quantiles_of_student(freedom: int, quantile: float) -> None:
    """Published tables of Student's t, two-sided 95 %."""
    assert student_quantile(0.975, freedom) == pytest.approx(quantile, abs=1e-6)


@given(st.integers(1, 40), st.floats(-20, 20))
def test_student_is_a_probability(freedom: int, t: float) -> None:
    assert student_probability(t, freedom) + student_probability(-t, freedom) == pytest.approx(1.0)
    assert student_probability(t, freedom) <= student_probability(t + 0.5, freedom) + 1e-12 <= 1.0 + 2e-12


def test_nine_weighings_have_no_rate_and_ten_days_no_balance() -> None:
    results = derive(days_of({"weight_kg": daily([80.0 - 0.1 * (day % 3) for day in range(12)])}))
    assert results["weight_rate_kg_per_week"].missing(8) == Missing(Requirement("weight_kg", 10, 28), 9)
    assert results["weight_rate_kg_per_week"].missing(9) is None
    assert CHANGES[int(results["weight_direction"].values[9])] == "no_clear_change"
    balance = results["energy_balance_kcal"].missing(11)
    assert balance == Missing(Requirement("days_since_first_weight", 28, 28), 12)


def test_what_was_eaten_is_what_was_used_and_the_balance() -> None:
    kinds = {"weight_kg": daily([80.0 + 0.1 * day for day in range(28)]), "calories_kcal": daily([2500.0] * 28)}
    assert derive(days_of(kinds))["energy_eaten_estimate_kcal"].values[-1] == pytest.approx(2500 + 770)
    assert balance_kcal(np.array([0.7])).tolist() == pytest.approx([770.0])
    kinds["calories_kcal"] = daily([None] * 9 + [2500.0] * 19)
    missing = derive(days_of(kinds))["energy_eaten_estimate_kcal"].missing(27)
    assert missing == Missing(Requirement("calories_kcal", 20, 28), 19)


@given(st.lists(st.none() | st.floats(40, 120), min_size=1, max_size=60), st.integers(0, 59))
def test_a_rate_is_that_of_least_squares(values: list[float | None], at: int) -> None:
    day = at % len(values)
    seen = rate(floats(values))
    points = [(x, y) for x, y in enumerate(values[: day + 1]) if y is not None and x > day - 28]
    if len(points) < 10:
        assert np.isnan(seen.kg_per_week[day])
    else:
        x, y = np.array(points, dtype=float).T
        slope = np.polyfit(x, y, 1)[0]
        assert seen.kg_per_week[day] == pytest.approx(7 * slope, abs=1e-6)
        assert seen.low[day] <= seen.kg_per_week[day] <= seen.high[day]


def after_baseline(nights: list[dict[str, float]], **more: Any) -> Days:
    """Return days of the vector's baseline, and nights that follow it."""
    baseline = vector("unusual_night")[0]["baseline_nights"]
    kinds = {kind: daily(baseline[key] + [one.get(key) for one in nights]) for key, kind in KINDS.items()}
    return days_of(kinds, **more)


def test_vector_unusual_night() -> None:
    """The vector compares both nights with the baseline before the first."""
    given_, expected = vector("unusual_night")
    off_before = 0
    for wanted, reached, night in zip(expected["nights"], expected["levels"], given_["nights"], strict=True):
        seen = unusual_nights(after_baseline([night]))
        evidence = {one.signal: one for one in seen.evidence(18)}
        z = {key: evidence[name].z for key, name in NAMES.items()}
        assert z == pytest.approx(wanted["z"], abs=1e-5)
        assert sorted(key for key, name in NAMES.items() if evidence[name].off) == wanted["off"]
        assert seen.known[18] == wanted["known"]
        assert LEVELS[level(int(seen.off[18]), off_before)] == reached
        off_before = int(seen.off[18])


UNWELL = {"rhr": 57.0, "hrv": 36.0, "resp": 15.1, "temp": 0.8}
WELL = {"rhr": 48.0, "hrv": 55.0, "resp": 13.5, "temp": 0.0}
RESTLESS = {"rhr": 53.0, "hrv": 44.0, "resp": 13.5, "temp": 0.0}


def levels(*nights: dict[str, float]) -> list[str | None]:
    reached = unusual_nights(after_baseline(list(nights))).levels[18:]
    return [None if np.isnan(one) else LEVELS[int(one)] for one in reached]


def test_two_nights_running_are_strong_and_a_gap_between_them_is_not() -> None:
    assert levels(RESTLESS, RESTLESS, WELL) == ["watch", "strong", "usual"]
    assert levels(RESTLESS, WELL, RESTLESS) == ["watch", "usual", "watch"]


def test_fewer_than_two_signals_say_nothing() -> None:
    assert levels({"rhr": 60.0}, {}, {"rhr": 48.0, "hrv": 55.0}) == [None, None, "usual"]
    missing = derive(after_baseline([{"rhr": 60.0}]))["unusual_night"].missing(18)
    assert missing == Missing(Requirement("signals", 2), 1)


def test_the_usual_is_frozen_while_the_level_is_strong() -> None:
    days = after_baseline([UNWELL] * 20 + [WELL] * 2)
    seen = unusual_nights(days)
    usual = seen.deviations["resting_heart_rate"].usual
    assert set(usual[18:39].tolist()) == {48.5} and usual[39] > 48.5
    assert deviation(days.kind(KINDS["rhr"]), days.excluded, 1.0).usual[38] > 50, "which would have risen"
    assert [LEVELS[int(one)] for one in seen.levels[18:]] == ["strong"] * 20 + ["usual"] * 2


def test_a_change_for_good_becomes_the_usual() -> None:
    assert levels(*[UNWELL] * 60)[29:32] == ["strong"] * 2 + ["usual"]


def test_a_frozen_usual_is_not_that_of_another_device() -> None:
    days = after_baseline([UNWELL, UNWELL])
    changed = daily(days.kind(KINDS["rhr"]).values.tolist(), ["a"] * 19 + ["b"])
    seen = unusual_nights(replace(days, kinds={**days.kinds, KINDS["rhr"]: changed}))
    assert seen.known[18:].tolist() == [4, 3]


def test_a_gap_does_not_thaw_the_usual() -> None:
    """After three weeks without a night too few are left for a usual of its own: the frozen one holds."""
    seen = unusual_nights(after_baseline([UNWELL] + [{}] * 20 + [UNWELL]))
    assert seen.known[-1] == 4 and seen.levels[-1] == LEVELS.index("strong")
    assert unusual_nights(after_baseline([WELL] + [{}] * 20 + [UNWELL])).known[-1] == 0


@pytest.mark.parametrize(
    ("signal", "change", "z", "off"),
    [("resting_heart_rate", 4.0, 2.0, True), ("resting_heart_rate", 3.9, 3.9, False), ("hrv", -0.1, -2.0, True),
     ("hrv", 0.5, 5.0, False), ("respiration", 1.0, 1.9, False), ("skin_temperature", 0.5, 2.0, True)],
)  # fmt: skip
def test_what_is_off(signal: str, change: float, z: float, off: bool) -> None:
    assert bool(is_off(SIGNALS[signal], np.float64(change), np.float64(z))) is off


def test_causes_that_are_known() -> None:
    alcohol = well(19)
    alcohol[17] = True
    load = np.array([40.0, 60.0] * 9 + [0.0])
    load[17] = 300.0
    training = Training(load, load, load)
    days = after_baseline([UNWELL], markers={"alcohol": alcohol, "travel": well(19)}, training=training)
    assert likely_causes(days, 18) == ("alcohol", "hard_day") and likely_causes(days, 11) == ()


def test_an_absolute_temperature_becomes_a_change() -> None:
    kinds = {"skin_temperature_c": daily([34.0 + 0.1 * (day % 3) for day in range(30)] + [35.1])}
    results = derive(days_of(kinds))
    assert results["skin_temperature_deviation_c"].values[-1] == pytest.approx(1.0)
    assert results["skin_temperature_deviation_z"].values[-1] == pytest.approx(1.0 / 0.15)
    assert results["skin_temperature_deviation_c"].missing(13) == Missing(
        Requirement("skin_temperature_change_c", 14, 30), 13
    )


@given(st.lists(st.none() | st.floats(10, 20), min_size=1, max_size=70), st.integers(0, 69))
def test_a_deviation_is_that_of_plain_medians(values: list[float | None], at: int) -> None:
    day = at % len(values)
    seen: Deviation = deviation(daily(values), well(len(values)), 0.3)
    held, today = [one for one in values[max(0, day - 30) : day] if one is not None], values[day]
    if len(held) < 14 or today is None:
        assert np.isnan(seen.z[day])
    else:
        middle = np.median(held)
        spread = max(1.4826 * np.median(np.abs(np.array(held) - middle)), 0.3)
        assert seen.z[day] == pytest.approx((today - middle) / spread)


def test_vector_readiness() -> None:
    given_, expected = vector("readiness")
    hrv, rhr, sleep, form = (given_[key] for key in ("hrv", "rhr", "sleep", "form"))
    z = {
        "hrv": np.array([(np.log(hrv["week_ms"]) - hrv["mean_ln"]) / hrv["sd_ln"]]),
        "resting_heart_rate": np.array([(rhr["mean60"] - rhr["today"]) / rhr["sd60"]]),
        "sleep": np.array([sleep["asleep_h"] - sleep["need_h"]]),
        "form": form_z(np.array([float(form["tsb"])]), np.array([float(form["ctl"])])),
        "felt": felt_z(np.array([given_["felt"]["mean"]])),
    }
    names = {"resting_heart_rate": "rhr"}
    assert {names.get(key, key): part[0] for key, part in z.items()} == pytest.approx(expected["z"], abs=1e-4)
    unknown = np.array([np.nan])
    without = z | {"felt": unknown, "form": unknown}
    for parts, numbers in ((z, expected), (without, expected["without_felt_and_form"])):
        seen = readiness(parts)
        assert seen.score[0] == pytest.approx(numbers["score"], abs=1e-4)
        shown = {names.get(key, key): part[0] for key, part in seen.parts.items() if not np.isnan(part[0])}
        assert shown == pytest.approx(numbers["parts"], abs=1e-4)
    only_sleep = readiness(dict.fromkeys(z, unknown) | {"sleep": z["sleep"]})
    assert np.isnan(only_sleep.score[0]) and only_sleep.measured[0] == 1


def ready(**kinds: list[float | None]) -> Any:
    flat = np.full(31, 50.0)
    known = {key: daily(values) for key, values in kinds.items()} or {"sleep_s": daily([None] * 31)}
    return derive(days_of(known, training=Training(flat, flat, 0.0 * flat)))["readiness"]


def test_readiness_needs_two_parts_of_the_day_itself() -> None:
    """Form comes from the days before: it is part of the score, and no measurement of today."""
    wave = [50.0 + day % 3 for day in range(30)]
    asleep: list[float | None] = [8 * 3600.0] * 31
    none, two = ready(), ready(resting_heart_rate_bpm=[*wave, 51.0], sleep_s=asleep)
    assert none.missing(30) == Missing(Requirement("readiness_parts", 2), 0)
    one = ready(sleep_s=asleep).missing(30)
    assert one == Missing(Requirement("readiness_parts", 2), 1) and one.reason == "too_few"
    assert two.missing(30) is None
    assert ready(resting_heart_rate_bpm=[*wave, None], sleep_s=asleep).missing(30) is not None, "no last known value"


@given(st.lists(st.none() | st.floats(-9, 9), min_size=5, max_size=5))
def test_the_parts_add_up_to_the_score(z: list[float | None]) -> None:
    names = ("hrv", "resting_heart_rate", "sleep", "form", "felt")
    seen = readiness({name: floats([part]) for name, part in zip(names, z, strict=True)})
    if sum(part is not None for part in (*z[:3], z[4])) < 2:
        assert np.isnan(seen.score[0]) and all(np.isnan(part[0]) for part in seen.parts.values())
    else:
        assert 0.0 <= seen.score[0] <= 100.0
        assert seen.score[0] == pytest.approx(50.0 + np.nansum([part[0] for part in seen.parts.values()]))


def test_the_day_of_the_tests_is_a_monday() -> None:
    assert FIRST.weekday() == 0
