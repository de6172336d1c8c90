"""Series: what was measured through a day; negative values are no measurements."""

import numpy as np

from tests.formats.fit.wellness.made import (
    DAY,
    HOUR,
    MIDNIGHT,
    NEXT_DAY,
    OFFSET_S,
    Message,
    heart,
    info,
    ms,
    series,
    total,
    wellness,
)


def stress(at: int, level: int, battery: int | None = None) -> Message:
    """Return a stress level, and Body Battery with it."""
    more = {} if battery is None else {3: ("sint8", battery)}
    return 227, {1: ("uint32", at), 0: ("sint16", level)} | more


def test_heart_rate_by_the_low_bits_of_its_time() -> None:
    rows = [heart(MIDNIGHT + k * HOUR, 50 + k) for k in range(1, 30)]
    made = series(wellness(info(), *rows), "heart_rate_bpm")
    assert made[DAY].time_ms.tolist() == [ms(MIDNIGHT + k * HOUR) for k in range(1, 25)]
    assert made[DAY].values.tolist() == [50 + k for k in range(1, 25)]
    assert made[NEXT_DAY].values.tolist() == [75, 76, 77, 78, 79]


def test_a_full_time_sets_the_clock_again() -> None:
    made = series(
        wellness(
            info(), heart(MIDNIGHT + 60, 50), total(MIDNIGHT + 20 * HOUR, 5), heart(MIDNIGHT + 20 * HOUR + 60, 61)
        ),
        "heart_rate_bpm",
    )
    assert made[DAY].time_ms.tolist() == [ms(MIDNIGHT + 60), ms(MIDNIGHT + 20 * HOUR + 60)]


def test_zero_is_no_heart_rate() -> None:
    made = series(wellness(info(), heart(MIDNIGHT + 60, 0), heart(MIDNIGHT + 120, 52)), "heart_rate_bpm")
    assert np.isnan(made[DAY].values[0]) and made[DAY].values[1] == 52


def test_stress_off_the_wrist_is_not_measured_and_zero_is() -> None:
    rows = [stress(MIDNIGHT + 60 * k, level, 40 + k) for k, level in enumerate((-1, -2, 0, 37), 1)]
    made = wellness(info(), *rows)
    levels = series(made, "stress")[DAY].values
    assert np.isnan(levels[:2]).all() and levels[2:].tolist() == [0, 37]
    assert series(made, "body_battery")[DAY].values.tolist() == [41, 42, 43, 44]


def test_what_was_never_measured_is_no_series() -> None:
    assert not wellness(info(), *(stress(MIDNIGHT + 60 * k, -1) for k in range(5))).series


def test_breathing_oxygen_and_hrv() -> None:
    at = MIDNIGHT + HOUR
    made = wellness(
        info(),
        (297, {253: ("uint32", at), 0: ("sint16", 1450)}),
        (297, {253: ("uint32", at + 60), 0: ("sint16", -300)}),
        (269, {253: ("uint32", at), 0: ("uint8", 96), 1: ("uint8", 12), 2: ("enum", 3)}),
        (371, {253: ("uint32", at), 0: ("uint16", 61 * 128 + 64)}),
    )
    assert series(made, "respiration_brpm")[DAY].values[0] == 14.5
    assert np.isnan(series(made, "respiration_brpm")[DAY].values[1])
    assert series(made, "spo2_pct")[DAY].values.tolist() == [96]
    assert series(made, "hrv_ms")[DAY].values.tolist() == [61.5]


def test_of_two_values_of_one_instant_the_later_holds() -> None:
    made = series(wellness(info(), stress(MIDNIGHT + 60, 10), stress(MIDNIGHT + 60, 20)), "stress")
    assert made[DAY].values.tolist() == [20]


def test_a_trip_moves_the_days() -> None:
    """Flown from UTC+3 to UTC-5 at noon: the day lasts 32 h."""
    noon, west = MIDNIGHT + 12 * HOUR, -5 * HOUR
    rows = [heart(MIDNIGHT + k * HOUR, 60) for k in range(13, 34)]
    made = series(wellness(info(), info(noon, west), *rows), "heart_rate_bpm")
    assert [len(made[day].values) for day in (DAY, NEXT_DAY)] == [20, 1]
    assert made[DAY].time_ms[-1] == ms(MIDNIGHT + OFFSET_S - west + 24 * HOUR)
