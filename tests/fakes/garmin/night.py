"""What is told of a night: sleep and its stages, and heart rate variability."""

from typing import Any

from tests.fakes.garmin.clock import both, local_ms, stamp
from tests.fakes.garmin.day import AWAKE, DEEP, LIGHT, MINUTE_MS, REM, Day, Night


def sleep(day: Day) -> dict[str, Any]:
    """Return the sleep that ends on a day; all nulls if there was none."""
    night = day.night()
    if night is None:
        return {"dailySleepDTO": _empty(day), "sleepMovement": None, "remSleepData": False, "sleepLevels": None,
                "restingHeartRate": None}  # fmt: skip
    shown = not day.hidden
    levels = [{"startGMT": stamp(a), "endGMT": stamp(b), "activityLevel": float(c)} for a, b, c in night.levels]
    span = range(night.start_ms, night.end_ms, MINUTE_MS)
    moved = [
        {
            "startGMT": stamp(at),
            "endGMT": stamp(at + MINUTE_MS),
            "activityLevel": round(1.5 + at // MINUTE_MS % 7 / 3, 3),
        }
        for at in span
    ]
    hearts = [{"value": day.resting + at // MINUTE_MS % 9, "startGMT": at} for at in span[::2]]
    return {
        "dailySleepDTO": _slept(day, night), "sleepMovement": moved if shown else None, "remSleepData": True,
        "sleepLevels": levels if shown else None, "wellnessSpO2SleepSummaryDTO": _oxygen(day, night),
        "sleepHeartRate": hearts if shown else None, "sleepBodyBattery": [], "sleepStress": [],
        "hrvData": [{"value": float(v), "startGMT": at} for at, v in _readings(night)] if shown else None,
        "skinTempDataExists": True, "avgSkinTempDeviationC": -0.2, "avgSkinTempDeviationF": -0.4,
        "avgOvernightHrv": float(night.mean_hrv), "hrvStatus": "BALANCED", "bodyBatteryChange": 48,
        "skinTempCalibrationDays": 19, "restingHeartRate": day.resting, "restlessMomentsCount": 31,
    }  # fmt: skip


def _empty(day: Day) -> dict[str, Any]:
    names = (
        "sleepWindowConfirmed", "sleepWindowConfirmationType", "sleepStartTimestampGMT", "sleepEndTimestampGMT",
        "sleepStartTimestampLocal", "sleepEndTimestampLocal", "autoSleepStartTimestampGMT", "autoSleepEndTimestampGMT",
        "sleepQualityTypePK", "sleepResultTypePK", "unmeasurableSleepSeconds", "deepSleepSeconds", "lightSleepSeconds",
        "remSleepSeconds", "awakeSleepSeconds", "deviceRemCapable", "retro", "sleepFromDevice",
    )  # fmt: skip
    head = {"id": None, "userProfilePK": day.account.profile_id, "calendarDate": day.iso, "sleepTimeSeconds": None}
    return head | {"napTimeSeconds": None} | dict.fromkeys(names)


def _slept(day: Day, night: Night) -> dict[str, Any]:
    zone = day.account.zone
    return _empty(day) | {
        "id": night.start_ms, "sleepTimeSeconds": night.lasted, "napTimeSeconds": 0, "sleepWindowConfirmed": True,
        "sleepWindowConfirmationType": "enhanced_confirmed_final", "sleepStartTimestampGMT": night.start_ms,
        "sleepEndTimestampGMT": night.end_ms, "sleepStartTimestampLocal": local_ms(night.start_ms, zone),
        "sleepEndTimestampLocal": local_ms(night.end_ms, zone), "unmeasurableSleepSeconds": 0,
        "deepSleepSeconds": night.seconds(DEEP), "lightSleepSeconds": night.seconds(LIGHT),
        "remSleepSeconds": night.seconds(REM), "awakeSleepSeconds": night.seconds(AWAKE), "deviceRemCapable": True,
        "retro": False, "sleepFromDevice": True, "averageSpO2Value": 94.0, "lowestSpO2Value": 88,
        "highestSpO2Value": 99, "averageSpO2HRSleep": float(day.resting + 3), "averageRespirationValue": 13.0,
        "lowestRespirationValue": 9.0, "highestRespirationValue": 17.0, "awakeCount": 1, "avgSleepStress": 14.0,
        "ageGroup": "ADULT", "sleepScoreFeedback": "POSITIVE_DEEP", "sleepScoreInsight": "NONE",
        "sleepScores": _scores(night), "sleepVersion": 2,
        "sleepNeed": _need(day, day.iso), "nextSleepNeed": None,
    }  # fmt: skip


def _scores(night: Night) -> dict[str, Any]:
    share = {name: round(100 * night.seconds(level) / night.lasted) for name, level in
             (("remPercentage", REM), ("lightPercentage", LIGHT), ("deepPercentage", DEEP))}  # fmt: skip
    quality = quality_of(night.score)
    plain = {name: {"qualifierKey": "GOOD", "optimalStart": 0.0, "optimalEnd": 15.0}
             for name in ("totalDuration", "stress", "awakeCount", "restlessness")}  # fmt: skip
    parts = {name: {"value": value, "qualifierKey": "GOOD", "optimalStart": 16.0, "optimalEnd": 64.0}
             for name, value in share.items()}  # fmt: skip
    return {**plain, "overall": {"value": night.score, "qualifierKey": quality}, **parts}


def quality_of(score: int) -> str:
    """Return Garmin's word for a sleep score."""
    return "EXCELLENT" if score >= 90 else "GOOD" if score >= 80 else "FAIR" if score >= 60 else "POOR"


def _need(day: Day, iso: str) -> dict[str, Any]:
    return {
        "userProfilePk": day.account.profile_id, "calendarDate": iso, "deviceId": day.device_id,
        "timestampGmt": stamp(day.start_ms)[:-2], "baseline": 470, "actual": 470,
        "feedback": "NO_CHANGE_NO_ADJUSTMENTS", "trainingFeedback": "NO_CHANGE", "sleepHistoryAdjustment": "NO_CHANGE",
        "hrvAdjustment": "NO_CHANGE", "napAdjustment": "NO_CHANGE", "displayedForTheDay": True,
        "preferredActivityTracker": True,
    }  # fmt: skip


def _oxygen(day: Day, night: Night) -> dict[str, Any]:
    return {
        "userProfilePk": day.account.profile_id, "deviceId": day.device_id,
        "sleepMeasurementStartGMT": stamp(night.start_ms), "sleepMeasurementEndGMT": stamp(night.end_ms),
        "alertThresholdValue": None, "numberOfEventsBelowThreshold": None, "durationOfEventsBelowThreshold": None,
        "averageSPO2": 94.0, "averageSpO2HR": float(day.resting + 3), "lowestSPO2": 88,
    }  # fmt: skip


def sleep_row(day: Day) -> dict[str, Any] | None:
    """Return a day of the range of sleeps; days without one have no row."""
    night, zone = day.night(), day.account.zone
    if night is None:
        return None
    return {"calendarDate": day.iso, "values": {
        "remTime": night.seconds(REM), "restingHeartRate": day.resting, "totalSleepTimeInSeconds": night.lasted,
        "respiration": 13.4, "localSleepEndTimeInMillis": local_ms(night.end_ms, zone),
        "deepTime": night.seconds(DEEP), "awakeTime": night.seconds(AWAKE),
        "sleepScoreQuality": quality_of(night.score),
        "spO2": 94.0, "localSleepStartTimeInMillis": local_ms(night.start_ms, zone), "sleepNeed": 470,
        "bodyBatteryChange": 48, "gmtSleepStartTimeInMillis": night.start_ms, "gmtSleepEndTimeInMillis": night.end_ms,
        "hrvStatus": "BALANCED", "skinTempF": None, "sleepScore": night.score, "skinTempC": None,
        "lightTime": night.seconds(LIGHT), "hrv7dAverage": _week(day), "avgOvernightHrv": night.mean_hrv,
        "avgHeartRate": day.resting + 3,
    }}  # fmt: skip


def _readings(night: Night) -> list[tuple[int, int]]:
    return [(night.start_ms + 5 * MINUTE_MS * (k + 1), value) for k, value in enumerate(night.hrv)]


def _week(day: Day) -> int | None:
    values = [night.mean_hrv for one in day.around(6) if (night := one.night())]
    return round(sum(values) / len(values)) if values else None


def has_hrv(day: Day) -> bool:
    """Return whether there is any HRV of a day."""
    return day.worn and (day.account.hrv_from is None or day.date >= day.account.hrv_from)


def hrv_summary(day: Day) -> dict[str, Any] | None:
    """Return the summary of a night's HRV, None if there is none; the first 19 days have no baseline yet."""
    night = day.night() if has_hrv(day) else None
    if night is None:
        return None
    settled = (day.date - day.account.first).days >= 19
    baseline = {"lowUpper": 44, "balancedLow": 47, "balancedUpper": 61, "markerValue": 0.41}
    return {
        "calendarDate": day.iso, "weeklyAvg": _week(day), "lastNightAvg": night.mean_hrv,
        "lastNight5MinHigh": max(night.hrv), "baseline": baseline if settled else None,
        "status": "BALANCED" if settled else "NONE",
        "feedbackPhrase": "HRV_BALANCED_8" if settled else "ONBOARDING_1",
        "createTimeStamp": stamp(night.end_ms + 600_000),
    }  # fmt: skip


def hrv(day: Day) -> dict[str, Any] | None:
    """Return a night's HRV with its readings, None (204) if there is none."""
    summary, night, zone = hrv_summary(day), day.night(), day.account.zone
    if summary is None or night is None:
        return None
    rows = [] if day.hidden else _readings(night)
    stamps: dict[str, Any] = {}
    for name in ("start", "sleepStart"):
        stamps |= both(f"{name}Timestamp", night.start_ms, zone)
    for name in ("end", "sleepEnd"):
        stamps |= both(f"{name}Timestamp", night.end_ms, zone)
    readings = [
        {"hrvValue": value, "readingTimeGMT": stamp(at), "readingTimeLocal": stamp(local_ms(at, zone))}
        for at, value in rows
    ]
    return {"userProfilePk": day.account.profile_id, "hrvSummary": summary, "hrvReadings": readings, **stamps}
