import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from homestretch.analysis.athlete.fitness import (
    acute_chronic,
    fitness,
    form_zone,
    monotony,
    projected,
    share,
    strain,
    weekly_load_for_ramp,
)
from homestretch.model.channel import Floats
from tests.analysis.training_vectors import vector

DAILY = np.array([100.0, 0, 50, 120, 0, 0, 80] * 12)
LOADS = arrays(np.float64, st.integers(0, 120), elements=st.integers(0, 500).map(float))


@pytest.mark.parametrize(("key", "kernel"), [("load.pmc.exp", "exp"), ("load.pmc.inv", "tp")])
def test_both_kernels(key: str, kernel: str) -> None:
    _, expected = vector(key)
    before, same = fitness(DAILY, kernel=kernel), fitness(DAILY, kernel=kernel, form_day="same")  # type: ignore[arg-type]
    for values, name in (
        (before.fitness, "ctl"),
        (before.fatigue, "atl"),
        (before.form, "tsb_previous_day"),
        (same.form, "tsb_same_day"),
        (before.ramp, "ramp_7d"),
    ):
        found = {day: values[int(day)] for day in expected[name]}
        assert found == pytest.approx(expected[name], rel=1e-9)


def test_acute_over_chronic() -> None:
    _, expected = vector("load.acwr")
    found = acute_chronic(DAILY)
    assert found.ewma[-1] == pytest.approx(expected["acwr_ewma"], rel=1e-9)
    assert found.rolling[-1] == pytest.approx(expected["acwr_rolling"], rel=1e-9)
    assert found.uncoupled[-1] == pytest.approx(expected["acwr_uncoupled"], rel=1e-9)
    assert np.isnan(found.ewma[:27]).all()
    assert not np.isnan(found.ewma[27:]).any()
    assert np.isnan(acute_chronic(np.full(60, 5.0)).rolling).all()


def test_a_week_that_ramps() -> None:
    given, expected = vector("plan.weekly_tss")
    week = weekly_load_for_ramp(given["ctl0"], given["ramp_per_week"])
    assert week == pytest.approx(expected["tss_per_week"], abs=1e-6)
    assert (week / 7 - given["ctl0"]) / given["ramp_per_week"] == pytest.approx(expected["factor"])
    found = fitness(np.full(7, week / 7), seed=(50.0, 50.0))
    assert found.fitness[-1] == pytest.approx(55)
    assert found.ramp[-1] == pytest.approx(5)


def test_three_weeks_up_and_one_down() -> None:
    given, expected = vector("plan.3to1")
    level = float(given["ctl0"])
    loads: list[float] = []
    for number, week in enumerate(expected["weeks"]):
        easy = number % 4 == 3
        load = 0.6 * float(np.mean(loads[-3:])) if easy else weekly_load_for_ramp(level, given["ramp"])
        loads.append(load)
        level = float(fitness(np.full(7, load / 7), seed=(level, level)).fitness[-1])
        assert load == pytest.approx(week["tss"], abs=0.01)
        assert level == pytest.approx(week["ctl_end"], abs=0.01)


@given(LOADS, st.sampled_from(["exp", "tp"]), st.floats(0, 100), st.floats(0, 100))
@settings(deadline=None)
def test_day_by_day(loads: Floats, kernel: str, long: float, short: float) -> None:
    found = fitness(loads, kernel=kernel, seed=(long, short))  # type: ignore[arg-type]
    for i, load in enumerate(loads.tolist()):
        assert found.form[i] == pytest.approx(long - short, abs=1e-6)
        long += (load - long) * share(42, kernel)  # type: ignore[arg-type]
        short += (load - short) * share(7, kernel)  # type: ignore[arg-type]
        assert found.fitness[i] == pytest.approx(long, rel=1e-9, abs=1e-9)
        assert found.fatigue[i] == pytest.approx(short, rel=1e-9, abs=1e-9)


def test_a_year_of_rest_and_a_year_of_the_same() -> None:
    rested = fitness(np.concatenate((DAILY, np.zeros(365))))
    assert rested.form[-1] == pytest.approx(0, abs=0.05)
    steady = fitness(np.full(800, 70.0))
    assert steady.fitness[-1] == pytest.approx(70, rel=1e-6)
    assert steady.fatigue[-1] == pytest.approx(70, rel=1e-9)


@given(LOADS)
@settings(deadline=None)
def test_monotony_and_strain_of_each_week(loads: Floats) -> None:
    found, strained = monotony(loads), strain(loads)
    for i in range(len(loads)):
        week = loads[i - 6 : i + 1]
        if i < 6 or week.max() == week.min():
            assert np.isnan(found[i])
            continue
        assert found[i] == pytest.approx(min(week.mean() / week.std(ddof=1), 10.0), rel=1e-6)
        assert strained[i] == pytest.approx(week.sum() * found[i], rel=1e-6, abs=1e-6)


def test_plans_go_on_from_what_was() -> None:
    plan = np.array([50.0, 0, 90])
    whole, ahead = fitness(np.concatenate((DAILY, plan))), projected(DAILY, plan)
    assert np.array_equal(ahead.fitness, whole.fitness[-3:])
    assert np.array_equal(ahead.form, whole.form[-3:])


def test_zones_of_form() -> None:
    zones = {25: "transition", 20: "fresh", 5: "fresh", 0: "grey", -10: "grey", -11: "optimal", -30: "optimal"}
    assert {form: form_zone(form) for form in zones} == zones
    assert form_zone(-31) == "high_risk"
    assert form_zone(-15, 100) == "optimal"
    assert form_zone(-15, 40) == "high_risk"


def test_nothing_and_unknown_days_do_not_raise() -> None:
    for n in (0, 1, 6):
        found = fitness(np.zeros(n))
        assert len(found.form) == len(found.ramp) == n
        assert len(monotony(np.zeros(n))) == len(acute_chronic(np.zeros(n)).ewma) == n
    assert fitness(np.full(10, np.nan)).fitness.tolist() == [0.0] * 10
