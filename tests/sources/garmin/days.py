"""Answers of Garmin of our own, and how tests look at what was read from them."""

import json
from typing import Any

import numpy as np

from homestretch.model.health.kinds import KINDS as DESCRIBED
from homestretch.model.health.measurement import Series, Wellness
from homestretch.sources.garmin.decode import decode

DAY = "2026-03-01"
#: 2026-03-01T06:00Z, midnight in Chicago.
MIDNIGHT = 1_772_344_800_000
MINUTE = 60_000
HOUR = 60 * MINUTE


def read(kind: str, body: Any) -> Wellness:
    return decode(kind, json.dumps(body).encode())


def told(wellness: Wellness) -> dict[str, float]:
    """The days' own values by kind, of a payload of one day without notes."""
    assert wellness.notes == ()
    assert {one.day for one in wellness.measurements} <= {DAY}
    return {one.kind: one.value for one in wellness.measurements if one.at_ms is None}


def only(wellness: Wellness, kind: str) -> Series:
    (found,) = (one for one in wellness.series if one.kind == kind)
    assert found.time_ms.dtype == np.int64 and found.values.dtype == np.float64
    assert np.all(np.diff(found.time_ms) > 0)
    return found


def same(found: Series, values: list[float]) -> None:
    np.testing.assert_array_equal(found.values, values)


SUMMARY = {
    "calendarDate": DAY, "totalSteps": 5459, "totalDistanceMeters": 4471, "floorsAscended": 4.31299,
    "restingHeartRate": 51, "averageStressLevel": -1, "maxStressLevel": -2, "moderateIntensityMinutes": 7,
    "vigorousIntensityMinutes": 0, "averageSpo2": 0, "bodyBatteryHighestValue": 92, "bodyBatteryDrainedValue": 0,
    "includesWellnessData": True, "bmrKilocalories": 2153.0, "activeKilocalories": 0.0,
}  # fmt: skip


#: Weighed at 13:53 in the morning of UTC, 07:53 in Chicago; and late in the evening, when UTC has the next day.
SCALE = {
    "date": MIDNIGHT + 7 * HOUR + 53 * MINUTE - 6 * HOUR, "timestampGMT": MIDNIGHT + 7 * HOUR + 53 * MINUTE,
    "calendarDate": DAY, "weight": 59130.0, "bodyFat": 20.3, "boneMass": 3430, "muscleMass": 26840, "bmi": None,
}  # fmt: skip
LATE = {"date": MIDNIGHT + 23 * HOUR - 6 * HOUR, "timestampGMT": MIDNIGHT + 23 * HOUR, "weight": 59500.0}


def readiness(hour: int, score: int | None, context: str | None, *, slept: bool = True) -> dict[str, Any]:
    return {
        "calendarDate": DAY, "timestamp": f"2026-03-01T{hour:02}:50:17.0", "score": score, "inputContext": context,
        "recoveryTime": 2004, "validSleep": slept, "level": "LOW",
    }  # fmt: skip


NIGHTLY = readiness(8, 75, "UPDATE_REALTIME_VARIABLES", slept=False)
WAKING = readiness(12, 80, "AFTER_WAKEUP_RESET")
RUN = readiness(15, 32, "AFTER_POST_EXERCISE_RESET")


def status(code: int | None, *, primary: bool = False, at: int = MIDNIGHT) -> dict[str, Any]:
    load = {"dailyTrainingLoadAcute": 399, "dailyTrainingLoadChronic": 300, "dailyAcuteChronicWorkloadRatio": 1.3}
    return {
        "calendarDate": DAY, "trainingStatus": code, "timestamp": at, "primaryTrainingDevice": primary,
        "acuteTrainingLoadDTO": load,
    }  # fmt: skip


def of_devices(*devices: dict[str, Any] | None) -> dict[str, Any]:
    return {"mostRecentTrainingStatus": {"latestTrainingStatusData": dict(zip("abc", devices, strict=False))}}


HRV = {
    "hrvSummary": {
        "calendarDate": DAY, "weeklyAvg": 39, "lastNightAvg": 42, "lastNight5MinHigh": 66, "status": "BALANCED",
        "baseline": {"lowUpper": 36, "balancedLow": 39, "balancedUpper": 52, "markerValue": 0.25},
    },
    "hrvReadings": [
        {"hrvValue": 56, "readingTimeGMT": "2026-03-01T06:05:00.0", "readingTimeLocal": "2026-03-01T00:05:00.0"},
        {"hrvValue": 54, "readingTimeGMT": "2026-03-01 06:00:00", "readingTimeLocal": "2026-03-01T00:00:00.0"},
        {"hrvValue": None, "readingTimeGMT": "2026-03-01T06:10:00.000"},
    ],
}  # fmt: skip


#: Asleep on 28 February at 23:00 in Chicago, awake on 1 March at 06:30.
START, END, BEHIND = MIDNIGHT - HOUR, MIDNIGHT + 6 * HOUR + 30 * MINUTE, 6 * HOUR
SLEEP: dict[str, Any] = {
    "dailySleepDTO": {
        "calendarDate": DAY, "sleepTimeSeconds": 24180, "napTimeSeconds": 0, "sleepStartTimestampGMT": START,
        "sleepEndTimestampGMT": END, "sleepStartTimestampLocal": START - BEHIND, "sleepEndTimestampLocal": END - BEHIND,
        "deepSleepSeconds": 5280, "lightSleepSeconds": 13440, "remSleepSeconds": None, "awakeSleepSeconds": 420,
        "unmeasurableSleepSeconds": 0, "averageSpO2Value": 93.0, "lowestSpO2Value": 0, "awakeCount": 1,
        "averageRespirationValue": 13.0, "avgSleepStress": 14.0, "sleepScores": {"overall": {"value": 83}},
    },
    "sleepLevels": [
        {"startGMT": "2026-03-01T05:30:00.0", "endGMT": "2026-03-01T06:00:00.0", "activityLevel": 0.0},
        {"startGMT": "2026-03-01T05:00:00.0", "endGMT": "2026-03-01T05:30:00.0", "activityLevel": 1.0},
        {"startGMT": "2026-03-01T06:00:00.0", "endGMT": "2026-03-01T06:30:00.0", "activityLevel": 2.0},
        {"startGMT": "2026-03-01T06:30:00.0", "endGMT": "2026-03-01T06:35:00.0", "activityLevel": 3.0},
    ],
    "bodyBatteryChange": -3, "avgSkinTempDeviationC": -0.4, "avgOvernightHrv": 42.0,
}  # fmt: skip


#: Answers of every kind, whose parts a test replaces by anything.
WHOLE: dict[str, Any] = {
    "summary": SUMMARY, "sleep": SLEEP, "hrv": HRV, "training_readiness": [RUN, WAKING],
    "training_status": of_devices(status(7), status(4)),
    "weight": {"dateWeightList": [SCALE], "dailyWeightSummaries": [
        {"summaryDate": DAY, "allWeightMetrics": [SCALE, LATE], "latestWeight": LATE}]},
    "heart_rate": {"calendarDate": DAY, "restingHeartRate": 50,
                   "heartRateValues": [[MIDNIGHT, 60], [MIDNIGHT + 1, None]],
                   "heartRateValueDescriptors": [{"key": "timestamp", "index": 0}, {"key": "heartrate", "index": 1}]},
    "stress": {"calendarDate": DAY, "stressValuesArray": [[MIDNIGHT, 12]],
               "bodyBatteryValuesArray": [[MIDNIGHT, "MEASURED", 31, 2.0]]},
    "body_battery": [{"date": DAY, "charged": 3, "bodyBatteryValuesArray": [[MIDNIGHT, 30]]}],
    "spo2": {"calendarDate": DAY, "spO2HourlyAverages": [[MIDNIGHT, 95]],
             "continuousReadingDTOList": [{"epochTimestamp": MIDNIGHT, "spo2Reading": 93}]},
    "respiration": {"calendarDate": DAY, "respirationValuesArray": [[MIDNIGHT, 14.0]]},
    "steps": [{"startGMT": "2026-03-01T06:00:00.0", "steps": 7, "primaryActivityLevel": "active"}],
    "floors": {"startTimestampLocal": "2026-03-01T00:00:00.0",
               "floorValuesArray": [["2026-03-01T06:00:00.0", "", 1, 2]]},
    "resting_heart_rate": {"allMetrics": {"metricsMap": {
        "WELLNESS_RESTING_HEART_RATE": [{"calendarDate": DAY, "value": 5}]}}},
    "hydration": {"calendarDate": DAY, "valueInML": 5},
    "intensity_minutes": {"calendarDate": DAY, "moderateMinutes": 1},
    "vo2max": [{"generic": {"calendarDate": DAY, "vo2MaxPreciseValue": 44.5}, "cycling": {"calendarDate": DAY}}],
    "race_predictions": {"calendarDate": DAY, "time5K": 1500},
}  # fmt: skip


def sound(found: Wellness) -> None:
    """What every answer of the decoder is, whatever it was given."""
    for one in found.measurements:
        assert one.kind in DESCRIBED and np.isfinite(one.value) and one.value >= 0
        assert len(one.day) == 10 and "1990" <= one.day < "2100" and (one.at_ms is None or one.at_ms > 0)
    for series in found.series:
        assert series.kind in DESCRIBED and len(series.time_ms) == len(series.values) > 0
        assert np.all(np.diff(series.time_ms) > 0) and np.isfinite(series.values).any()
        assert not np.isinf(series.values).any() and not (series.values < 0).any()
    for night in found.nights:
        assert night.start_ms < night.end_ms and len(night.day) == 10
        assert all(stage.start_ms < stage.end_ms for stage in night.stages)
    assert len({(one.kind, one.day, one.at_ms) for one in found.measurements}) == len(found.measurements)
