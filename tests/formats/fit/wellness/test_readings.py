"""Single values: scales, cuffs, and what a watch states of a day."""

import pytest

from homestretch.formats.fit.decoder import decode
from tests.formats.fit.wellness.made import (
    DAY,
    DAY_BEFORE,
    HOUR,
    MIDNIGHT,
    OFFSET_S,
    Message,
    file,
    info,
    ms,
    series,
    values,
    wellness,
)

MORNING = MIDNIGHT + 7 * HOUR


def weighing(at: int, weight: int, user: int | None = None, **more: int) -> Message:
    """Return a weighing, in units of 10 g."""
    numbers = {"fat": 1, "water": 2, "bone": 4, "muscle": 5, "bmi": 13}
    fields: dict[int, tuple[str, int]] = {253: ("uint32", at), 0: ("uint16", weight)}
    fields |= {} if user is None else {12: ("uint16", user)}
    return 30, fields | {numbers[name]: ("uint16", value) for name, value in more.items()}


def test_a_scale() -> None:
    made = wellness(info(), weighing(MORNING, 7125, fat=1810, water=5520, bone=310, muscle=3350, bmi=224), kind=9)
    assert values(made) == {
        ("weight_kg", DAY): 71.25, ("body_fat_pct", DAY): 18.1, ("body_water_pct", DAY): 55.2,
        ("bone_mass_kg", DAY): 3.1, ("muscle_mass_kg", DAY): 33.5, ("bmi", DAY): 22.4,
    }  # fmt: skip
    assert {one.at_ms for one in made.measurements} == {ms(MORNING)}


def test_every_weighing_is_kept_and_one_that_is_not_done_is_not() -> None:
    made = wellness(info(), weighing(MORNING, 7125), weighing(MORNING + 60, 0xFFFE), weighing(MORNING + HOUR, 7100))
    assert [one.value for one in made.measurements] == [71.25, 71.0]


def test_the_first_user_of_a_scale_is_the_athlete() -> None:
    made = wellness(
        info(), weighing(MORNING, 5820, 1), weighing(MORNING + 60, 7580, 0), weighing(MORNING + 90, 5800, 1)
    )
    assert [one.value for one in made.measurements] == [75.8] and made.notes == ("other_users:2",)


def test_a_cuff() -> None:
    pressure: Message = (
        51,
        {253: ("uint32", MORNING), 0: ("uint16", 121), 1: ("uint16", 78), 6: ("uint8", 58), 8: ("enum", 0)},
    )
    failed: Message = (51, {253: ("uint32", MORNING + 60), 0: ("uint16", 240), 1: ("uint16", 20), 8: ("enum", 2)})
    made = wellness(info(), pressure, failed, kind=14)
    assert values(made) == {
        ("blood_pressure_systolic_mmhg", DAY): 121, ("blood_pressure_diastolic_mmhg", DAY): 78,
    }  # fmt: skip
    assert series(made, "heart_rate_bpm")[DAY].values.tolist() == [58]


def test_resting_heart_rate_is_the_day_s_and_not_the_week_s() -> None:
    row: Message = (211, {253: ("uint32", MORNING), 0: ("uint8", 46), 1: ("uint8", 47)})
    assert values(wellness(info(), row)) == {("resting_heart_rate_bpm", DAY): 47}
    closing: Message = (211, {253: ("uint32", MIDNIGHT), 1: ("uint8", 49)})
    assert values(wellness(info(), closing)) == {("resting_heart_rate_bpm", DAY_BEFORE): 49}


def test_hrv_status() -> None:
    row: Message = (
        370,
        {
            253: ("uint32", MORNING), 0: ("uint16", 60 * 128), 1: ("uint16", 55 * 128), 2: ("uint16", 90 * 128),
            3: ("uint16", 40 * 128), 4: ("uint16", 50 * 128), 5: ("uint16", 70 * 128), 6: ("enum", 4),
        },
    )  # fmt: skip
    made = wellness((241, {253: ("uint32", MORNING), 0: ("uint32", MORNING + OFFSET_S)}), row, kind=68)
    assert values(made) == {
        ("hrv_week_ms", DAY): 60, ("hrv_night_ms", DAY): 55, ("hrv_night_max_ms", DAY): 90,
        ("hrv_baseline_low_ms", DAY): 50, ("hrv_baseline_high_ms", DAY): 70,
    }  # fmt: skip


def test_skin_temperature_below_the_usual() -> None:
    row: Message = (
        398,
        {
            253: ("uint32", MORNING), 0: ("uint32", MORNING + OFFSET_S), 1: ("float32", -0.25), 2: ("float32", 0.1),
            4: ("float32", 33.5),
        },
    )  # fmt: skip
    made = wellness(row, kind=73)
    assert values(made) == {("skin_temperature_change_c", DAY): -0.25, ("skin_temperature_c", DAY): 33.5}
    assert made.notes == ()


@pytest.mark.parametrize(("sport", "kind"), [(1, "vo2max_running"), (2, "vo2max_cycling"), (11, "vo2max")])
def test_vo2max_by_sport(sport: int, kind: str) -> None:
    row: Message = (229, {0: ("uint32", MORNING), 2: ("uint16", 490), 5: ("enum", sport)})
    assert values(wellness(info(), row, kind=44)) == {(kind, DAY): 49.0}


def test_a_device_without_a_serial_number_has_a_key() -> None:
    made = decode(file(info(), weighing(MORNING, 7125), serial=None)).wellness
    assert made.devices[0].key == "garmin_fenix7" and made.measurements[0].device == "garmin_fenix7"


def test_files_of_other_kinds_say_nothing_of_days() -> None:
    profile: Message = (3, {4: ("uint16", 710)})
    decoded = decode(file(profile, kind=2))
    assert decoded.kind == "settings" and not decoded.wellness.days and not decoded.wellness.devices
