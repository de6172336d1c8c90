"""What Garmin tells of whole days, of training and of nights: every kind of payload, every trap."""

from typing import Any

import numpy as np
import pytest

from homestretch.model.health.kinds import KINDS as DESCRIBED
from homestretch.model.health.measurement import Measurement
from homestretch.model.health.night import Stage
from tests.sources.garmin.days import (
    BEHIND,
    DAY,
    END,
    HOUR,
    HRV,
    LATE,
    MIDNIGHT,
    MINUTE,
    NIGHTLY,
    RUN,
    SCALE,
    SLEEP,
    START,
    SUMMARY,
    WAKING,
    of_devices,
    only,
    read,
    readiness,
    same,
    status,
    told,
)

SUMMED = {
    "steps": 5459.0, "distance_m": 4471.0, "floors_up": 4.31299, "resting_heart_rate_bpm": 51.0,
    "intensity_moderate_s": 420.0, "intensity_vigorous_s": 0.0, "body_battery_max": 92.0, "body_battery_drained": 0.0,
    "calories_resting_kcal": 2153.0, "calories_active_kcal": 0.0,
}  # fmt: skip


@pytest.mark.parametrize("body", [SUMMARY, [SUMMARY], {"data": [SUMMARY]}])
def test_summary_in_any_of_its_shapes(body: Any) -> None:
    assert told(read("summary", body)) == SUMMED


def test_a_summary_of_two_days() -> None:
    found = read("summary", {"data": [SUMMARY, {**SUMMARY, "calendarDate": "2026-03-02"}]})
    assert {one.day for one in found.measurements} == {DAY, "2026-03-02"}
    assert len(found.measurements) == 2 * len(SUMMED)


@pytest.mark.parametrize(
    "day",
    [
        {"calendarDate": DAY, "totalSteps": 0, "bmrKilocalories": 2153.0, "includesWellnessData": False},
        {"calendarDate": DAY, "totalSteps": None, "restingHeartRate": None},
    ],
)
def test_a_day_without_a_watch_says_nothing(day: Any) -> None:
    assert told(read("summary", day)) == {}


def test_a_private_summary_says_so() -> None:
    assert read("summary", {**SUMMARY, "privacyProtected": True}).notes == ("privacy_protected",)


def test_a_value_without_a_day_is_noted() -> None:
    found = read("summary", {"totalSteps": 12})
    assert (found.measurements, found.notes) == ((), ("no_day",))


def test_strange_values_are_noted_and_the_rest_is_read() -> None:
    found = read("summary", {**SUMMARY, "totalSteps": "many", "restingHeartRate": "52", "floorsAscended": True})
    assert found.notes == ("unexpected:totalSteps", "unexpected:floorsAscended")
    values = {one.kind: one.value for one in found.measurements}
    assert values["resting_heart_rate_bpm"] == 52 and "steps" not in values and values["distance_m"] == 4471


def test_weighings_are_in_kilograms_at_their_true_time() -> None:
    body = {"dailyWeightSummaries": [{"summaryDate": DAY, "latestWeight": LATE, "allWeightMetrics": [LATE, SCALE]}]}
    found = read("weight", body)
    assert found.notes == ()
    at = {(one.kind, one.at_ms): one.value for one in found.measurements}
    morning, evening = SCALE["timestampGMT"], LATE["timestampGMT"]
    assert at == {
        ("weight_kg", evening): 59.5, ("weight_kg", morning): 59.13, ("body_fat_pct", morning): 20.3,
        ("bone_mass_kg", morning): 3.43, ("muscle_mass_kg", morning): 26.84,
    }  # fmt: skip
    assert {one.day for one in found.measurements} == {DAY}


def test_the_local_date_of_a_weighing_is_that_of_its_local_time() -> None:
    found = read("weight", {"dateWeightList": [LATE]})
    assert [(one.day, one.at_ms) for one in found.measurements] == [(DAY, LATE["timestampGMT"])]


def test_a_range_without_every_weighing_tells_the_latest() -> None:
    body = {"dailyWeightSummaries": [{"summaryDate": DAY, "latestWeight": SCALE, "allWeightMetrics": None}]}
    assert [one.value for one in read("weight", body).measurements if one.kind == "weight_kg"] == [59.13]


def test_resting_heart_rates_of_a_range() -> None:
    values = [{"calendarDate": DAY, "value": 50.0}, {"calendarDate": "2026-03-02", "value": None}]
    body = {"allMetrics": {"metricsMap": {"WELLNESS_RESTING_HEART_RATE": values}}}
    assert told(read("resting_heart_rate", body)) == {"resting_heart_rate_bpm": 50.0}
    assert told(read("resting_heart_rate", {"allMetrics": {"metricsMap": {}}})) == {}


def test_what_was_drunk() -> None:
    assert told(read("hydration", {"calendarDate": DAY, "valueInML": 1750.0, "goalInML": 2800})) == {
        "hydration_ml": 1750.0
    }
    assert told(read("hydration", [{"calendarDate": DAY, "valueInML": None, "goalInML": 2800.0}])) == {}


@pytest.mark.parametrize("names", [("moderateMinutes", "vigorousMinutes"), ("moderateValue", "vigorousValue")])
def test_intensity_in_seconds(names: tuple[str, str]) -> None:
    body = {"calendarDate": DAY, names[0]: 55, names[1]: 6, "weekGoal": 150}
    assert told(read("intensity_minutes", body)) == {"intensity_moderate_s": 3300.0, "intensity_vigorous_s": 360.0}


@pytest.mark.parametrize(
    ("rows", "score"),
    [
        ([RUN, WAKING, NIGHTLY], 80.0),
        ([readiness(14, 60, "AFTER_WAKEUP_RESET"), WAKING], 80.0),
        ([RUN, readiness(13, 49, None), NIGHTLY], 49.0),
        ([NIGHTLY], 75.0),
        ([WAKING, readiness(11, 55, "UPDATE_REALTIME_VARIABLES")], 80.0),
        ([RUN, readiness(11, None, "AFTER_WAKEUP_RESET")], 32.0),
    ],
)
def test_the_readiness_of_the_morning_is_the_day_s(rows: list[dict[str, Any]], score: float) -> None:
    found = read("training_readiness", rows)
    assert told(found) == {"training_readiness": score, "recovery_time_s": 120_240.0}
    every = [one for one in found.measurements if one.kind == "training_readiness" and one.at_ms is not None]
    assert len(every) == sum(row["score"] is not None for row in rows)


def test_the_readiness_of_a_range() -> None:
    found = read("training_readiness", [WAKING, {**WAKING, "calendarDate": "2026-03-02", "score": 41}])
    own = {(one.day, one.value) for one in found.measurements if one.at_ms is None and one.kind == "training_readiness"}
    assert own == {(DAY, 80.0), ("2026-03-02", 41.0)}


LOAD = {"training_load_acute": 399.0, "training_load_chronic": 300.0, "training_load_ratio": 1.3}


def test_training_status_is_that_of_the_main_device_or_of_the_latest() -> None:
    assert told(read("training_status", of_devices(status(7)))) == {"training_status": 7.0, **LOAD}
    both = of_devices(status(4, at=MIDNIGHT + 1), None, status(7, primary=True))
    assert told(read("training_status", both))["training_status"] == 7
    both = of_devices(status(4, at=MIDNIGHT + 1), status(7))
    assert told(read("training_status", both))["training_status"] == 4
    assert DESCRIBED["training_status"].choices[7] == "productive"


def test_training_status_may_be_null_at_any_level() -> None:
    bodies: list[Any] = [
        None, {}, {"mostRecentTrainingStatus": None}, {"mostRecentTrainingStatus": {"latestTrainingStatusData": None}},
        {"mostRecentTrainingStatus": {"payload": None}}, of_devices(), of_devices(None),
        of_devices({"calendarDate": DAY, "trainingStatus": None, "acuteTrainingLoadDTO": None}),
        of_devices({"calendarDate": None, "trainingStatus": None, "acuteTrainingLoadDTO": {}}),
    ]  # fmt: skip
    for body in bodies:
        assert told(read("training_status", body)) == {}, body
    assert told(read("training_status", of_devices(status(0)))) == LOAD, "0 is no status"
    assert read("training_status", of_devices(status(77))).notes == ("unexpected:trainingStatus",)


def test_vo2max_by_sport_and_day() -> None:
    running = {"calendarDate": DAY, "vo2MaxPreciseValue": 44.5, "vo2MaxValue": 45.0}
    body = [{"userId": 1, "generic": running, "cycling": None}]
    assert told(read("vo2max", body)) == {"vo2max_running": 44.5}
    cycling = {"calendarDate": "2026-02-20", "vo2MaxPreciseValue": None, "vo2MaxValue": 51.0}
    found = read("vo2max", [{"generic": running, "cycling": cycling}])
    assert found.measurements[1] == Measurement("vo2max_cycling", "2026-02-20", 51.0)


def test_predicted_times() -> None:
    body = [{"calendarDate": DAY, "time5K": 1500, "time10K": 3120.0, "timeHalfMarathon": 7300, "timeMarathon": None}]
    races = {"race_5k_s": 1500.0, "race_10k_s": 3120.0, "race_half_marathon_s": 7300.0}
    assert told(read("race_predictions", body)) == races
    assert told(read("race_predictions", body[0])) == races


def test_heart_rate_variability_of_a_night() -> None:
    found = read("hrv", HRV)
    assert told(found) == {
        "hrv_night_ms": 42.0, "hrv_night_max_ms": 66.0, "hrv_week_ms": 39.0, "hrv_baseline_low_ms": 39.0,
        "hrv_baseline_high_ms": 52.0,
    }  # fmt: skip
    series = only(found, "hrv_ms")
    assert series.time_ms.tolist() == [MIDNIGHT + k * MINUTE for k in (0, 5, 10)]
    same(series, [54, 56, np.nan])
    body = {"hrvSummary": {"calendarDate": DAY, "lastNightAvg": 42, "baseline": None}, "hrvReadings": None}
    assert told(read("hrv", body)) == {"hrv_night_ms": 42.0}
    assert told(read("hrv", {"hrvSummaries": [body["hrvSummary"]]})) == {"hrv_night_ms": 42.0}


def slept(**other: Any) -> dict[str, Any]:
    return {**SLEEP, "dailySleepDTO": {**SLEEP["dailySleepDTO"], **other}}


def test_a_night_of_the_day_of_waking() -> None:
    found = read("sleep", SLEEP)
    assert found.notes == ()
    (night,) = found.nights
    assert (night.day, night.start_ms, night.end_ms, night.offset_s) == (DAY, START, END, -21_600)
    assert (night.asleep_s, night.deep_s, night.light_s, night.awake_s) == (24180, 5280, 13440, 420)
    assert night.rem_s is None and night.min_spo2_pct is None and night.avg_heart_rate_bpm is None
    assert (night.naps_s, night.unmeasured_s, night.awakenings, night.score) == (0, 0, 1, 83)
    assert (night.avg_spo2_pct, night.avg_respiration_brpm, night.avg_stress, night.hrv_ms) == (93, 13, 14, 42)
    assert (night.body_battery_change, night.skin_temperature_change_c) == (-3, -0.4)
    half = [MIDNIGHT + k * 30 * MINUTE for k in (-2, -1, 0, 1)]
    assert night.stages == (
        Stage(half[0], half[1], "light"), Stage(half[1], half[2], "deep"), Stage(half[2], half[3], "rem"),
        Stage(half[3], half[3] + 5 * MINUTE, "awake"),
    )  # fmt: skip


def test_the_day_of_waking_by_the_local_clock() -> None:
    """Awake at 00:30 UTC of 2 March, which is 18:30 of 1 March in Chicago."""
    end = MIDNIGHT + 18 * HOUR + 30 * MINUTE
    late = {"calendarDate": None, "sleepEndTimestampGMT": end, "sleepEndTimestampLocal": end - BEHIND}
    (night,) = read("sleep", slept(**late)).nights
    assert night.day == DAY


def test_a_night_without_a_local_clock_has_no_offset() -> None:
    (night,) = read("sleep", slept(sleepEndTimestampLocal=None)).nights
    assert night.offset_s is None
    strange = read("sleep", slept(sleepEndTimestampLocal=END + 30 * HOUR))
    assert strange.nights[0].offset_s is None and strange.notes == ("unexpected:sleepEndTimestampLocal",)


def test_nobody_slept() -> None:
    nothing = dict.fromkeys(SLEEP["dailySleepDTO"])
    assert read("sleep", {"dailySleepDTO": {**nothing, "calendarDate": DAY}}).nights == ()
    assert read("sleep", {"dailySleepDTO": nothing, "sleepLevels": []}).notes == ()
    assert read("sleep", slept(sleepStartTimestampGMT=None)).notes == ("night_without_times",)


def test_a_stage_that_nobody_knows_is_noted() -> None:
    levels = [{**SLEEP["sleepLevels"][0], "activityLevel": 9}, {**SLEEP["sleepLevels"][0], "activityLevel": -1}]
    found = read("sleep", {**SLEEP, "sleepLevels": levels})
    assert [stage.stage for stage in found.nights[0].stages] == ["unmeasured"]
    assert found.notes == ("unexpected:sleepLevels",)
