"""Made rows of the lists of days in Garmin's export, of each kind one; the day is 3 May 2026."""

import json
from typing import Any

DAY = "2026-05-03"
#: UTC midnight of DAY, as some lists tell a day.
DAY_MS = 1_777_766_400_000
SLEEP = "DI_CONNECT/DI-Connect-Wellness/2026-05-01_2026-08-09_1_sleepData.json"
HEALTH = "DI_CONNECT/DI-Connect-Wellness/2026-05-01_2026-08-09_1_healthStatusData.json"
BODY = "DI_CONNECT/DI-Connect-Wellness/1_userBioMetrics.json"
SUMMARIES = "DI_CONNECT/DI-Connect-Aggregator/UDSFile_2026-05-01_2026-08-09.json"
METRICS = "DI_CONNECT/DI-Connect-Metrics/"
READINESS = f"{METRICS}TrainingReadinessDTO_20260501_20260809_1.json"
LOAD = f"{METRICS}MetricsAcuteTrainingLoad_20260501_20260809_1.json"
STATUS = f"{METRICS}TrainingHistory_20260501_20260809_1.json"
VO2MAX = f"{METRICS}MetricsMaxMetData_20260501_20260809_1.json"
RACES = f"{METRICS}RunRacePredictions_20260501_20260809_1.json"


def packed(*rows: Any) -> bytes:
    """Return rows as a list lies in the export."""
    return json.dumps(list(rows), indent=2).encode()


def night(**more: Any) -> dict[str, Any]:
    """Return a night of 7 h 10 min asleep."""
    return {
        "calendarDate": DAY, "sleepStartTimestampGMT": "2026-05-02T20:11:00.0",
        "sleepEndTimestampGMT": "2026-05-03T03:40:00.0", "sleepWindowConfirmationType": "ENHANCED_CONFIRMED_FINAL",
        "deepSleepSeconds": 5400, "lightSleepSeconds": 14_400, "remSleepSeconds": 6000, "awakeSleepSeconds": 1140,
        "unmeasurableSeconds": 0, "awakeCount": 2, "avgSleepStress": 14.5, "averageRespiration": 13.0,
        "sleepScores": {"overallScore": 81, "feedback": "POSITIVE_DEEP"}, "retro": False,
        "spo2SleepSummary": {"averageSPO2": 95.5, "averageHR": 47.0, "lowestSPO2": 90},
        "napList": [{"napTimeSec": 1200}, {"napTimeSec": None}],
    } | more  # fmt: skip


def day(**more: Any) -> dict[str, Any]:
    """Return the summary of a day."""
    total = {"type": "TOTAL", "averageStressLevel": 31, "maxStressLevel": 92, "restDuration": 24_000,
             "lowDuration": 9000, "mediumDuration": 3600, "highDuration": 600}  # fmt: skip
    stats = [("HIGHEST", 88), ("LOWEST", 21), ("MOSTRECENT", 30), ("SLEEPEND", 85)]
    return {
        "userProfilePK": 1, "calendarDate": DAY, "includesWellnessData": True, "totalSteps": 9000,
        "totalDistanceMeters": 7000, "totalKilocalories": 2500.0, "activeKilocalories": 600.0,
        "bmrKilocalories": 1900.0, "restingHeartRate": 44, "currentDayRestingHeartRate": 43, "minHeartRate": 41,
        "maxHeartRate": 171, "moderateIntensityMinutes": 20, "vigorousIntensityMinutes": 35,
        "floorsAscendedInMeters": 30.48, "floorsDescendedInMeters": 15.24, "averageSpo2Value": 96.0,
        "lowestSpo2Value": 88, "respiration": {"avgWakingRespirationValue": 14.0, "lowestRespirationValue": 9.0,
                                               "highestRespirationValue": 21.0},
        "allDayStress": {"calendarDate": DAY, "aggregatorList": [
            total, {"type": "AWAKE", "averageStressLevel": 40}, {"type": "ASLEEP", "averageStressLevel": -2},
        ]},
        "bodyBattery": {"chargedValue": 67, "drainedValue": 58, "bodyBatteryStatList": [
            {"bodyBatteryStatType": kind, "statsValue": value} for kind, value in stats
        ]},
    } | more  # fmt: skip


def health(*metrics: Any, **more: Any) -> dict[str, Any]:
    """Return what was found of a night's health."""
    usual = (
        metric("HRV", 62.0, 55.0, 71.0), metric("HR", 47.0, 44.0, 51.0), metric("SPO2", 95.0, 92.0, 97.0),
        metric("RESPIRATION", 13.2, 12.5, 14.0), metric("SKIN_TEMP_C", -0.3, -0.9, 0.9),
    )  # fmt: skip
    return {"calendarDate": DAY, "metrics": list(metrics or usual)} | more


def metric(kind: str, value: Any, low: Any, high: Any) -> dict[str, Any]:
    """Return one finding."""
    return {"type": kind, "value": value, "baselineLowerLimit": low, "baselineUpperLimit": high, "status": "IN_RANGE"}


def weighing(**more: Any) -> dict[str, Any]:
    """Return a weighing, with a scale's figures."""
    weight = {"weight": 71_300.0, "bmi": 22.1, "bodyFat": 12.5, "bodyWater": 0.0, "boneMass": 3400, "muscleMass": None,
              "sourceType": "INDEX_SCALE", "timestampGMT": "2026-05-03T04:05:06.0"}  # fmt: skip
    meta = {"calendarDate": "2026-05-03T07:05:06.0", "sequence": 3}
    return {"metaData": meta, "version": 3, "weight": weight | more, "height": 181.0}


def readiness(hour: int, score: int, **more: Any) -> dict[str, Any]:
    """Return the readiness as it was calculated at an hour (UTC) of the day."""
    return {"calendarDate": DAY, "timestamp": f"2026-05-03T{hour:02}:00:00.0", "score": score, "level": "HIGH",
            "recoveryTime": 600, "inputContext": "UPDATE_REALTIME_VARIABLES", "validSleep": True} | more  # fmt: skip


#: A list of each kind, with what lies where in the export.
LISTS = {
    SLEEP: packed(night()),
    SUMMARIES: packed(day()),
    HEALTH: packed(health()),
    BODY: packed({"metaData": {"calendarDate": DAY}, "lactateThresholdHeartRate": 170}, weighing()),
    READINESS: packed(readiness(15, 40), readiness(4, 71, inputContext="AFTER_WAKEUP_RESET")),
    LOAD: packed({"calendarDate": DAY_MS, "timestamp": DAY_MS + 9, "dailyTrainingLoadAcute": 500,
                  "dailyTrainingLoadChronic": 400, "dailyAcuteChronicWorkloadRatio": 1.2}),
    STATUS: packed({"calendarDate": DAY, "sport": "RUNNING", "trainingStatus": "PRODUCTIVE_3"}),
    VO2MAX: packed(*(
        {"calendarDate": DAY, "updateTimestamp": f"{DAY}T0{hour}:00:00.0", "sport": sport, "vo2MaxValue": value}
        for hour, sport, value in ((9, "RUNNING", 55.0), (5, "RUNNING", 54.0), (5, "CYCLING", 52.0))
    )),
    RACES: packed({"calendarDate": DAY, "raceTime5K": 1210, "raceTime10K": 2540, "raceTimeHalf": 5650,
                   "raceTimeMarathon": 0}),
}  # fmt: skip
