"""Records of Apple Health: units, fractions, devices, copies, and sleep."""

import pytest

from tests.formats.apple.made import DAY, MIDNIGHT, MINUTE, WATCH, decoded, quantity, record, sleep, wellness

SIX = MIDNIGHT + 360 * MINUTE


@pytest.mark.parametrize(
    ("kind", "value", "unit", "ours", "measured"),
    [
        ("BodyMass", "157.2", "lb", "weight_kg", 71.304721),
        ("BodyMass", "71.3", "kg", "weight_kg", 71.3),
        ("BodyFatPercentage", "0.182", "%", "body_fat_pct", 18.2),
        ("AppleSleepingWristTemperature", "95", "degF", "skin_temperature_c", 35),
        ("HeartRateVariabilitySDNN", "41.25", "ms", "hrv_sdnn_ms", 41.25),
        ("RestingHeartRate", "47", "count/min", "resting_heart_rate_bpm", 47),
        ("BloodGlucose", "90.08", "mg/dL", "blood_glucose_mmol_l", 5),
        ("BloodPressureSystolic", "121", "mmHg", "blood_pressure_systolic_mmhg", 121),
        ("VO2Max", "48.5", "mL/min·kg", "vo2max", 48.5),
        ("DietaryWater", "0.25", "L", "hydration_ml", 250),
    ],
)
def test_readings(kind: str, value: str, unit: str, ours: str, measured: float) -> None:
    [one] = wellness(quantity(kind, value, unit)).measurements
    assert (one.kind, one.day, one.at_ms) == (ours, DAY, SIX) and one.value == pytest.approx(measured)


def test_percentages_of_a_series_are_fractions() -> None:
    [one] = wellness(quantity("OxygenSaturation", "0.97", "%")).series
    assert (one.kind, one.values.tolist(), one.time_ms.tolist()) == ("spo2_pct", [97], [SIX])


def test_counts_are_spread_over_their_time() -> None:
    made = wellness(
        quantity("StepCount", 300, "count", "08:10:00", "08:25:00"),
        quantity("StepCount", 30, "count", "08:40:00", "08:41:00"),
        quantity("StepCount", 0, "count", "09:00:00", "09:10:00"),
    )
    [one] = made.spans
    assert one.start_ms.tolist() == [SIX, SIX + 15 * MINUTE, SIX + 30 * MINUTE]
    assert one.values.tolist() == [100, 200, 30]


def test_units_of_counts() -> None:
    made = wellness(
        quantity("DistanceWalkingRunning", 0.5, "mi", end="08:05:00"),
        quantity("ActiveEnergyBurned", 41.84, "kJ", end="08:05:00"),
        quantity("AppleExerciseTime", 1, "min", end="08:01:00"),
    )
    values = {one.kind: one.values.tolist() for one in made.spans}
    assert values == {"distance_m": [804.672], "calories_active_kcal": [10], "exercise_s": [60]}


def test_a_unit_that_nobody_knows_is_noted() -> None:
    made = decoded(quantity("BodyMass", 12, "furlong"), quantity("BodyMass", "much", "kg"))
    assert not made.wellness.days and made.notes == ("row_unreadable:1", "unexpected:unit of weight_kg:1")


def test_a_device_is_its_hardware_whatever_the_export_calls_it() -> None:
    made = wellness(
        quantity("BodyMass", 71, "kg", "07:00:00", device=WATCH.format(7)),
        quantity("BodyMass", 72, "kg", "08:00:00", sourceName="Renamed", device=WATCH.format(8)),
        quantity("BodyMass", 73, "kg", "09:00:00", sourceName="Withings &amp; Co", device=""),
    )
    assert [one.device for one in made.measurements] == ["watch6_2", "watch6_2", "withings_co"]
    assert [(one.key, one.name) for one in made.devices] == [
        ("watch6_2", "Apple Watch"), ("withings_co", "Withings & Co"),
    ]  # fmt: skip


def test_the_same_record_twice_counts_once() -> None:
    steps = quantity("StepCount", 10, "count", end="08:01:00")
    assert wellness(steps, steps).spans[0].values.tolist() == [10]
    other = quantity("StepCount", 10, "count", end="08:01:00", device="", sourceName="Phone")
    assert {one.device: one.values.tolist() for one in wellness(steps, other).spans} == {
        "watch6_2": [10],
        "phone": [10],
    }


def test_what_a_correlation_holds_is_there_by_itself_too() -> None:
    pressure = quantity("BloodPressureSystolic", 121, "mmHg")
    inside = f' <Correlation type="HKCorrelationTypeIdentifierBloodPressure">\n{pressure} </Correlation>\n'
    assert len(wellness(inside, pressure).measurements) == 1 and not wellness(inside).measurements


def test_records_without_times_are_counted() -> None:
    broken = quantity("BodyMass", 71, "kg").replace("startDate", "start")
    assert decoded(broken, quantity("BodyMass", 70, "kg")).notes == ("row_unreadable:1",)


def test_an_element_that_is_not_closed_loses_no_other() -> None:
    open_one = quantity("BodyMass", 71, "kg").replace("/>", ">")
    assert [one.value for one in wellness(open_one, quantity("BodyMass", 70, "kg", "09:00:00")).measurements] == [
        71,
        70,
    ]


def test_menstruation_by_its_codes() -> None:
    kind = "HKCategoryTypeIdentifierMenstrualFlow"
    words = ("Light", "Heavy", "Unspecified")
    made = wellness(
        *(record(kind, f"HKCategoryValueMenstrualFlow{word}", f"0{k}:00:00") for k, word in enumerate(words))
    )
    assert [(one.kind, one.value) for one in made.measurements] == [
        ("menstruation", 1), ("menstruation", 3), ("menstruation", 4),
    ]  # fmt: skip


def test_a_night_of_stages() -> None:
    [night] = wellness(
        sleep("InBed", "2026-06-09 22:30:00", "06:30:00"),
        sleep("AsleepCore", "2026-06-09 23:00:00", "01:00:00", "Europe/Berlin"),
        sleep("AsleepDeep", "01:00:00", "02:00:00"),
        sleep("Awake", "02:00:00", "02:10:00"),
        sleep("AsleepREM", "02:10:00", "06:00:00", "Europe/Berlin"),
        sleep("AsleepUnspecified", "2026-06-09 23:00:00", "06:00:00"),
    ).nights
    assert (night.day, night.offset_s, night.device) == (DAY, 7200, "watch6_2")
    assert (night.start_ms, night.end_ms) == (MIDNIGHT - 180 * MINUTE, MIDNIGHT + 240 * MINUTE)
    assert (night.light_s, night.deep_s, night.rem_s, night.awake_s, night.asleep_s) == (
        7200,
        3600,
        13_800,
        600,
        24_600,
    )


def test_asleep_without_stages_is_a_night_and_in_bed_is_none() -> None:
    assert not wellness(sleep("InBed", "00:00:00", "06:00:00")).nights
    [night] = wellness(sleep("InBed", "00:00:00", "07:00:00"), sleep("Asleep", "00:20:00", "06:20:00")).nights
    assert (night.asleep_s, night.deep_s, night.stages, night.offset_s) == (21_600, None, (), None)


def test_a_sleep_hours_later_is_another_and_each_device_has_its_own() -> None:
    nights = wellness(
        sleep("AsleepCore", "00:00:00", "06:00:00"), sleep("AsleepCore", "14:00:00", "14:30:00"),
        sleep("AsleepCore", "00:10:00", "06:10:00", device="", sourceName="Ring"),
    ).nights  # fmt: skip
    assert [(night.device, night.asleep_s) for night in nights] == [
        ("watch6_2", 21_600), ("watch6_2", 1800), ("ring", 21_600),
    ]  # fmt: skip
