"""What is averaged over a night where neither its source nor its device says it."""

import numpy as np
import pytest

from homestretch.merge.days import SLEEP_LEAST, DeviceDay, add_night
from homestretch.model.health.measurement import Series
from homestretch.model.health.night import Night

HOUR = 3_600_000
MIDNIGHT = 1_773_100_800_000
EVE, DAY = "2026-03-09", "2026-03-10"


def device_day(day: str, first_ms: int, rates: list[float]) -> DeviceDay:
    """Return a day with a breathing rate every ten minutes."""
    times = first_ms + HOUR // 6 * np.arange(len(rates), dtype=np.int64)
    series = Series("respiration_brpm", day, times, np.array(rates), "3992")
    return DeviceDay("fit", "3992", day, series={"respiration_brpm": series})


def slept(**of: float) -> Night:
    """Return a night from 23:00 to 06:00."""
    times = (MIDNIGHT - HOUR, MIDNIGHT + 6 * HOUR)
    return Night(day=DAY, start_ms=times[0], end_ms=times[1], offset_s=None, nap=False, device="3992", stages=(), **of)


def test_breathing_is_averaged_from_falling_asleep_to_waking() -> None:
    """Six values of 12 and 36 of 14 are in the night, those of 20 before and after it; NaN is not measured."""
    eve = device_day(EVE, MIDNIGHT - 2 * HOUR, [20.0] * 6 + [12.0] * 6)
    day = device_day(DAY, MIDNIGHT, [14.0, float("nan"), *[14.0] * 35, *[20.0] * 30])
    add_night(day, slept(), [eve, day])
    assert day.values["respiration_sleep_avg_brpm"] == pytest.approx((6 * 12.0 + 36 * 14.0) / 42)
    assert "spo2_sleep_avg_pct" not in day.values and "respiration_sleep_avg_brpm" not in eve.values


def test_what_the_night_or_the_device_says_comes_first() -> None:
    day = device_day(DAY, MIDNIGHT, [14.0] * 36)
    add_night(day, slept(avg_respiration_brpm=13.0), [day])
    assert day.values["respiration_sleep_avg_brpm"] == 13.0
    own = device_day(DAY, MIDNIGHT, [14.0] * 36)
    own.values["respiration_sleep_avg_brpm"] = 13.5
    add_night(own, slept(), [own])
    assert own.values["respiration_sleep_avg_brpm"] == 13.5


def test_a_few_values_are_no_night() -> None:
    for count, is_enough in ((SLEEP_LEAST, True), (SLEEP_LEAST - 1, False)):
        day = device_day(DAY, MIDNIGHT, [14.0] * count)
        add_night(day, slept(), [day])
        assert ("respiration_sleep_avg_brpm" in day.values) is is_enough
