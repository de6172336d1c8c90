"""The summary of a day, and the ranges and weeks that are told from summaries."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from tests.fakes.garmin.clock import days_between, local_ms, stamp
from tests.fakes.garmin.day import Day
from tests.fakes.garmin.wellness import battery_events, battery_report

_NULLS = (
    "wellnessDescription", "burnedKilocalories", "consumedKilocalories", "netCalorieGoal", "highlyActiveSeconds",
    "activeSeconds", "sedentarySeconds", "sleepingSeconds", "moderateIntensityMinutes", "vigorousIntensityMinutes",
    "floorsAscendedInMeters", "floorsDescendedInMeters", "floorsAscended", "floorsDescended", "minHeartRate",
    "maxHeartRate", "restingHeartRate", "averageStressLevel", "maxStressLevel", "stressDuration", "restStressDuration",
    "activityStressDuration", "uncategorizedStressDuration", "totalStressDuration", "lowStressDuration",
    "mediumStressDuration", "highStressDuration", "stressQualifier", "measurableAwakeDuration",
    "measurableAsleepDuration", "lastSyncTimestampGMT", "minAvgHeartRate", "maxAvgHeartRate",
    "bodyBatteryChargedValue", "bodyBatteryDrainedValue", "bodyBatteryHighestValue", "bodyBatteryLowestValue",
    "bodyBatteryMostRecentValue", "bodyBatteryDuringSleep", "bodyBatteryAtWakeTime", "bodyBatteryVersion",
    "abnormalHeartRateAlertsCount", "averageSpo2", "lowestSpo2", "latestSpo2", "latestSpo2ReadingTimeGmt",
    "latestSpo2ReadingTimeLocal", "averageMonitoringEnvironmentAltitude", "restingCaloriesFromActivity",
    "avgWakingRespirationValue", "highestRespirationValue", "lowestRespirationValue", "latestRespirationValue",
    "latestRespirationTimeGMT", "respirationAlgorithmVersion",
)  # fmt: skip


def summary(day: Day) -> dict[str, Any]:
    """Return the summary of a day; nulls if no watch was worn."""
    zone, account = day.account.zone, day.account
    active, resting = day.kcal() if day.worn else (None, None)
    steps = day.total_steps() if day.worn else None
    total = active + resting if active is not None and resting is not None else None
    metres = round(0.78 * steps) if steps is not None else None
    return dict.fromkeys(_NULLS) | {
        "userProfileId": account.profile_id, "totalKilocalories": total, "activeKilocalories": active,
        "bmrKilocalories": resting, "wellnessKilocalories": total, "remainingKilocalories": total,
        "totalSteps": steps, "totalDistanceMeters": metres, "wellnessDistanceMeters": metres,
        "wellnessActiveKilocalories": active, "netRemainingKilocalories": active,
        "userDailySummaryId": account.profile_id, "calendarDate": day.iso, "rule": {"typeId": 2, "typeKey": "private"},
        "uuid": f"{account.profile_id:x}{day.date.toordinal():024x}", "dailyStepGoal": day.goal,
        "wellnessStartTimeGmt": stamp(day.start_ms), "wellnessStartTimeLocal": stamp(local_ms(day.start_ms, zone)),
        "wellnessEndTimeGmt": stamp(day.end_ms), "wellnessEndTimeLocal": stamp(local_ms(day.end_ms, zone)),
        "durationInMilliseconds": day.end_ms - day.start_ms, "includesWellnessData": day.worn,
        "includesActivityData": False, "includesCalorieConsumedData": False, "privacyProtected": False,
        "intensityMinutesGoal": 150, "userFloorsAscendedGoal": 10,
        "lastSevenDaysAvgRestingHeartRate": day.week_resting(), "source": "GARMIN" if day.worn else None,
    } | (_measured(day) if day.worn else {})  # fmt: skip


def _measured(day: Day) -> dict[str, Any]:
    hearts = [bpm for _, bpm in day.hearts() if bpm is not None]
    stress, breaths = [v for _, v in day.stress() if v >= 0], [v for _, v in day.breaths() if v > 0]
    levels, oxygen, floors = [v for _, v in day.batteries()], [v for _, v in day.oxygen()], day.floors()
    up, down = float(sum(row[1] for row in floors)), float(sum(row[2] for row in floors))
    moderate, vigorous = day.intense()
    report = battery_report(day)
    night = day.night()
    asleep = night.lasted if night else 0
    counts, slept = _stress_counts(stress), [one["event"] for one in battery_events(day)]
    named = {"activityName": None, "activityType": None, "activityId": None, "deviceId": day.device_id}
    return {
        **{key.replace("Duration", "Percentage"): round(100 * n / len(stress), 2) for key, n in counts.items()},
        "bodyBatteryActivityEventList": [one | {"eventType": "SLEEP"} | named for one in slept],
        "highlyActiveSeconds": 60 * vigorous, "activeSeconds": 60 * moderate, "sleepingSeconds": asleep,
        "sedentarySeconds": 60 * (day.minutes - moderate - vigorous) - asleep, "moderateIntensityMinutes": moderate,
        "vigorousIntensityMinutes": vigorous, "floorsAscended": up, "floorsDescended": down,
        "floorsAscendedInMeters": round(3.048 * up, 3), "floorsDescendedInMeters": round(3.048 * down, 3),
        "minHeartRate": min(hearts), "maxHeartRate": max(hearts), "restingHeartRate": day.resting,
        "averageStressLevel": round(sum(stress) / len(stress)), "maxStressLevel": max(stress),
        "bodyBatteryVersion": 3.0,
        **{key: 180 * count for key, count in counts.items()}, "totalStressDuration": 180 * len(stress),
        "stressQualifier": "BALANCED", "measurableAwakeDuration": 51_000, "measurableAsleepDuration": asleep,
        "minAvgHeartRate": min(hearts), "maxAvgHeartRate": max(hearts), "bodyBatteryChargedValue": report["charged"],
        "bodyBatteryDrainedValue": report["drained"], "bodyBatteryHighestValue": max(levels),
        "bodyBatteryLowestValue": min(levels), "bodyBatteryMostRecentValue": levels[-1],
        "bodyBatteryAtWakeTime": max(levels), "averageSpo2": float(round(sum(oxygen) / len(oxygen))),
        "lowestSpo2": min(oxygen), "latestSpo2": oxygen[-1],
        "avgWakingRespirationValue": float(round(sum(breaths) / len(breaths))),
        "highestRespirationValue": max(breaths), "lowestRespirationValue": min(breaths),
        "latestRespirationValue": breaths[-1], "respirationAlgorithmVersion": 200,
    }  # fmt: skip


def _stress_counts(stress: Sequence[int]) -> dict[str, int]:
    bounds = {"rest": (0, 26), "low": (26, 51), "medium": (51, 76), "high": (76, 101)}
    counts = {f"{name}StressDuration": sum(a <= v < b for v in stress) for name, (a, b) in bounds.items()}
    return counts | {"stressDuration": sum(v >= 26 for v in stress)}


def _steps(day: Day) -> dict[str, Any]:
    steps = day.total_steps() if day.worn else None
    distance = round(0.78 * steps) if steps is not None else None
    return {"calendarDate": day.iso, "totalSteps": steps, "totalDistance": distance, "stepGoal": day.goal}


def _valued(day: Day, **values: Any) -> dict[str, Any] | None:
    return {"calendarDate": day.iso, "values": values} if day.worn else None


def _stress(day: Day) -> dict[str, Any] | None:
    values = [v for _, v in day.stress() if v >= 0] if day.worn else [0]
    counts = {key: 180 * count for key, count in _stress_counts(values).items() if key != "stressDuration"}
    return _valued(day, overallStressLevel=round(sum(values) / len(values)), **counts)


def _hearts(day: Day) -> dict[str, Any] | None:
    known = [bpm for _, bpm in day.hearts() if bpm is not None]
    return _valued(day, restingHR=day.resting, wellnessMaxAvgHR=max(known), wellnessMinAvgHR=min(known))


def _battery(day: Day) -> dict[str, Any] | None:
    levels = [v for _, v in day.batteries()]
    return _valued(day, lowBodyBattery=min(levels), highBodyBattery=max(levels))


def _floors(day: Day) -> dict[str, Any] | None:
    rows = day.floors()
    up, down = sum(row[1] for row in rows), sum(row[2] for row in rows)
    return _valued(day, floorsAscended=float(up), floorsDescended=float(down), wellnessUserFloorsAscendedGoal=10)


def _breath(day: Day) -> dict[str, Any] | None:
    known = [v for _, v in day.breaths() if v > 0]
    return _valued(day, avgWakingRespiration=round(sum(known) / len(known)), avgSleepRespiration=13)


def _minutes(day: Day) -> dict[str, Any]:
    moderate, vigorous = day.intense() if day.worn else (0, 0)
    return {"calendarDate": day.iso, "weeklyGoal": 150, "moderateValue": moderate, "vigorousValue": vigorous}


def _drunk(day: Day) -> dict[str, Any] | None:
    return {"calendarDate": day.iso, "valueInML": 1750.0, "goalInML": 2800.0} if day.worn else None


#: What a range of days can be asked for, and a day's row in it; a day without one has no row.
SERIES: dict[str, Callable[[Day], dict[str, Any] | None]] = {
    "steps": _steps, "stress": _stress, "im": _minutes, "heartRate": _hearts, "bodybattery": _battery,
    "hydration": _drunk, "floors": _floors, "respiration": _breath,
}  # fmt: skip


def weekly(series: str, days: Callable[[date], Day], last: date, weeks: int) -> list[dict[str, Any]]:
    """Return the weeks up to a day, each by its first day."""
    return [_week(series, days, last - timedelta(days=7 * k + 6)) for k in range(weeks - 1, -1, -1)]


def _week(series: str, days: Callable[[date], Day], first: date) -> dict[str, Any]:
    worn = [one for one in map(days, days_between(first, first + timedelta(days=6))) if one.worn]
    if series == "stress":
        levels = [v for one in worn for _, v in one.stress() if v >= 0]
        return {"calendarDate": first.isoformat(), "value": round(sum(levels) / len(levels)) if levels else None}
    if series == "im":
        both = [sum(column) for column in zip(*(one.intense() for one in worn), strict=True)] or [0, 0]
        values = {"weeklyGoal": 150, "moderateValue": both[0], "vigorousValue": both[1]}
        return {"calendarDate": first.isoformat(), **values}
    total, count = float(sum(one.total_steps() for one in worn)), max(len(worn), 1)
    return {"calendarDate": first.isoformat(), "values": {
        "totalSteps": total, "averageSteps": total / count, "wellnessDataDaysCount": len(worn),
        "averageDistance": 0.78 * total / count, "totalDistance": 0.78 * total,
    }}  # fmt: skip
