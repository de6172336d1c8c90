"""Metrics of a day: described, discovered, and a value or a reason for every day."""

from datetime import timedelta

import numpy as np
import pytest

from homestretch.analysis.health.day_metric import (
    DayFamily,
    DayMetric,
    DayResult,
    DayResults,
    Requirement,
    day_families,
    day_metrics,
    day_result,
    measure_days,
)
from homestretch.analysis.health.days import Days, Training, daily_values
from homestretch.analysis.health.nights import nights_of
from homestretch.model.health.kinds import KINDS
from tests.analysis.health.made import FIRST, daily, days_of, derive, night


def random_days(count: int, seed: int) -> Days:
    """Return days with every kind known on some days, from two devices, and with nights, notes and training."""
    random = np.random.default_rng(seed)
    reads = {kind for family in day_families().values() for kind in family.reads}
    kinds = {}
    for kind in sorted(reads):
        level = {"sleep_s": 27_000.0, "weight_kg": 75.0, "calories_kcal": 2500.0}.get(kind, 50.0)
        values = np.where(random.random(count) < 0.3, np.nan, random.normal(level, 0.05 * level, count))
        origins = ["a" if day < count / 3 else "b" for day in range(count)]
        kinds[kind] = daily([None if np.isnan(value) else value for value in values], origins)
    nights = [
        night(day, random.normal(-1.0, 0.5), random.normal(6.5, 0.5), ("awake", 0, 5), ("light", 5, 300),
              ("awake", 300, 310), ("rem", 310, 420))
        for day in range(count) if random.random() < 0.8
    ]  # fmt: skip
    flat = random.random(count) * 60
    return days_of(
        kinds,
        nights=nights_of(nights, FIRST, count),
        markers={"ill": random.random(count) < 0.05},
        training=Training(flat, flat, flat - 30.0),
    )


def test_every_family_and_metric_is_described() -> None:
    assert len(day_families()) == 11
    for family in day_families().values():
        assert family.version >= 1 and family.metrics and set(family.reads) <= set(KINDS)
    for metric in day_metrics().values():
        assert metric.cite and metric.name and metric.decimals >= 0
        assert metric.key not in KINDS
        assert not {"CTL", "ATL", "TSB", "TSS"} & set(metric.name.split())


@pytest.mark.parametrize("count", [0, 1, 5, 120])
def test_each_day_has_a_value_or_a_reason(count: int) -> None:
    for key, result in derive(random_days(count, 7)).items():
        assert result.values.shape == (count,)
        for day in range(count):
            missing = result.missing(day)
            assert np.isfinite(result.values[day]) == (missing is None), (key, day)
            assert missing is None or missing.has < missing.requirement.least, (key, day, missing)


def test_most_metrics_have_values_after_some_months() -> None:
    results = derive(random_days(160, 3))
    assert {key for key, result in results.items() if not np.isfinite(result.values[90:]).any()} == set()


def test_no_day_depends_on_a_later_one() -> None:
    every, until = random_days(120, 5), 80
    kinds = {
        key: daily_values(
            [(FIRST + timedelta(days=day), one.values[day], str(one.origins[day])) for day in range(until)
             if np.isfinite(one.values[day])], FIRST, until,
        ) for key, one in every.kinds.items()
    }  # fmt: skip
    assert every.nights is not None and every.training is not None
    pieces = every.nights.stretches
    nights = type(every.nights)(
        every.nights.start_s[:until], every.nights.end_s[:until], every.nights.asleep_s[:until],
        every.nights.naps_s[:until], pieces.take(pieces.day < until),
    )  # fmt: skip
    training = Training(*(one[:until] for one in (every.training.load, every.training.fitness, every.training.form)))
    early = days_of(kinds, nights=nights, markers={"ill": every.excluded[:until]}, training=training)
    late = derive(every)
    for key, result in derive(early).items():
        np.testing.assert_array_equal(result.values, late[key].values[:until], key)


def family_of(measure: object, **more: object) -> DayFamily:
    one = DayMetric(key="one", name="One", unit="", group="heart", decimals=0, cite="test")
    return DayFamily(key="test", version=1, metrics=(one,), measure=measure, **more)  # type: ignore[arg-type]


def test_a_family_sees_what_it_reads() -> None:
    def sly(days: Days) -> DayResults:
        return {"one": day_result(days.kind("steps").values)}

    days = days_of({"steps": daily([1.0, 2.0])}, own_need_s=np.full(2, 1.0))
    with pytest.raises(KeyError):
        measure_days(days, family_of(sly))
    assert measure_days(days, family_of(sly, reads=("steps",)))["one"].values.tolist() == [1.0, 2.0]
    need = family_of(lambda days: {"one": day_result(days.set_need_s)})
    assert np.isnan(measure_days(days, need)["one"].values).all()


def test_a_family_returns_its_metrics_and_no_others() -> None:
    with pytest.raises(ValueError, match="test does not match"):
        measure_days(days_of({"steps": daily([1.0])}), family_of(lambda days: {}))


def test_the_first_requirement_that_is_not_met_is_named() -> None:
    values = np.array([1.0, 2.0, np.nan, 4.0])
    few, fewer = Requirement("x", 3, 7), Requirement("y")
    result: DayResult = day_result(values, (few, np.array([2, 3, 3, 0])), (fewer, np.array([0, 0, 1, 1])))
    assert [missing and (missing.requirement.of, missing.has) for missing in map(result.missing, range(4))] == [
        ("x", 2), ("y", 0), ("y", 0), ("x", 0),
    ]  # fmt: skip
    assert np.isnan(result.values).all()


def test_rows_become_daily_values() -> None:
    rows = [(0, 1.0, "a"), (0, 2.0, "b"), (2, 3.0, "a"), (-1, 9.0, "a"), (3, 9.0, "a")]
    seen = daily_values([(FIRST + timedelta(days=day), value, origin) for day, value, origin in rows], FIRST, 3)
    assert seen.values[[0, 2]].tolist() == [2.0, 3.0] and seen.origins.tolist() == [1, -1, 0]
