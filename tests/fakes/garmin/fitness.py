"""What is calculated of the athlete: readiness, status, VO2max, predictions, scores, thresholds, records."""

from collections.abc import Sequence
from typing import Any

from tests.fakes.garmin.account import Account
from tests.fakes.garmin.chance import chance
from tests.fakes.garmin.clock import local_ms, stamp
from tests.fakes.garmin.day import Day

METRICS = {60: "WELLNESS_RESTING_HEART_RATE", 22: "WELLNESS_ACTIVE_CALORIES", 23: "WELLNESS_BMR_CALORIES"}
ZONE_FLOORS, POWER_FLOORS = (98, 118, 137, 157, 176), (140, 190, 225, 265, 300)
_FACTORS = ("sleepScore", "recoveryTime", "acwr", "stressHistory", "hrv", "sleepHistory")


def readiness(day: Day) -> list[dict[str, Any]]:
    """Return the readiness of a day, the newest first: in the evening, and after waking."""
    night = day.night()
    if night is None:
        return []
    evening = _readiness(day, day.end_ms - 7_200_000, "UPDATE_REALTIME_VARIABLES", 48)
    return [evening, _readiness(day, night.end_ms + 300_000, "AFTER_WAKEUP_RESET", 71)]


def _readiness(day: Day, at: int, context: str, score: int) -> dict[str, Any]:
    night = day.night()
    assert night is not None
    luck = chance(day.account.seed, "readiness", day.date, context)
    factors: dict[str, Any] = {}
    for name in _FACTORS:
        factors |= {f"{name}FactorPercent": luck.randrange(40, 100), f"{name}FactorFeedback": "GOOD"}
        factors[f"{name}FactorFeedbackPhrase"] = None
    return {
        "userProfilePK": day.account.profile_id, "calendarDate": day.iso, "timestamp": stamp(at),
        "timestampLocal": stamp(local_ms(at, day.account.zone)), "deviceId": day.device_id, "level": "MODERATE",
        "feedbackLong": "MOD_RT_MOD_SS_GOOD", "feedbackShort": "RECOVERY_IN_PROGRESS",
        "score": score + luck.randrange(12), "sleepScore": night.score, "recoveryTime": luck.randrange(3000),
        "acuteLoad": luck.randrange(300, 700), "hrvWeeklyAverage": night.mean_hrv, "validSleep": True,
        "inputContext": context, "primaryActivityTracker": True, "recoveryTimeChangePhrase": None, **factors,
    }  # fmt: skip


def status(day: Day) -> dict[str, Any]:
    """Return the training status of a day; from day to day another of its levels is null."""
    hole = day.date.toordinal() % 7 if day.worn else 1
    key, account = str(day.device_id), day.account
    load = {
        "acwrPercent": 57, "acwrStatus": "OPTIMAL", "acwrStatusFeedback": "FEEDBACK_3", "dailyTrainingLoadAcute": 399,
        "maxTrainingLoadChronic": 450.0, "minTrainingLoadChronic": 240.0, "dailyTrainingLoadChronic": 300,
        "dailyAcuteChronicWorkloadRatio": 1.3,
    }  # fmt: skip
    latest = {
        "calendarDate": day.iso, "sinceDate": day.iso, "weeklyTrainingLoad": None, "trainingStatus": 7,
        "timestamp": day.end_ms - 3_600_000, "deviceId": day.device_id, "loadTunnelMin": None, "loadTunnelMax": None,
        "loadLevelTrend": None, "sport": "RUNNING", "subSport": "GENERIC", "fitnessTrendSport": "RUNNING",
        "fitnessTrend": 2, "trainingStatusFeedbackPhrase": "PRODUCTIVE_6", "trainingPaused": False,
        "acuteTrainingLoadDTO": None if hole == 3 else load, "primaryTrainingDevice": True,
    }  # fmt: skip
    known = {
        "userId": account.profile_id, "latestTrainingStatusData": None if hole == 2 else {key: latest},
        "recordedDevices": [_recorded(account)], "showSelector": False, "lastPrimarySyncDate": day.iso,
    }  # fmt: skip
    balance = {"userId": account.profile_id, "metricsTrainingLoadBalanceDTOMap": {key: _balance(day)},
               "recordedDevices": [_recorded(account)]}  # fmt: skip
    return {
        "userId": account.profile_id, "mostRecentVO2Max": None if hole in (1, 4) else vo2max(day),
        "mostRecentTrainingLoadBalance": None if hole in (1, 5) else balance,
        "mostRecentTrainingStatus": None if hole == 1 else known, "heatAltitudeAcclimationDTO": None,
    }  # fmt: skip


def _recorded(account: Account) -> dict[str, Any]:
    return {"deviceId": account.device_id, "imageURL": "", "deviceName": "Forerunner 965", "category": 0}


def _balance(day: Day) -> dict[str, Any]:
    return {
        "calendarDate": day.iso, "deviceId": day.device_id, "monthlyLoadAerobicLow": 573.4,
        "monthlyLoadAerobicHigh": 554.6, "monthlyLoadAnaerobic": 43.5, "monthlyLoadAerobicLowTargetMin": 197,
        "monthlyLoadAerobicLowTargetMax": 460, "monthlyLoadAerobicHighTargetMin": 283,
        "monthlyLoadAerobicHighTargetMax": 546, "monthlyLoadAnaerobicTargetMin": 0,
        "monthlyLoadAnaerobicTargetMax": 262, "trainingBalanceFeedbackPhrase": "BALANCED",
        "primaryTrainingDevice": True,
    }  # fmt: skip


def vo2max(day: Day) -> dict[str, Any]:
    """Return the VO2max of a day: of running, and now and then of cycling."""
    precise = round(47 + chance(day.account.seed, "vo2", day.date).random() * 3, 1)
    generic = {"calendarDate": day.iso, "vo2MaxPreciseValue": precise, "vo2MaxValue": float(round(precise)),
               "fitnessAge": None, "fitnessAgeDescription": None, "maxMetCategory": 0}  # fmt: skip
    cycling = {**generic, "vo2MaxPreciseValue": precise + 3, "vo2MaxValue": float(round(precise + 3))}
    return {"userId": day.account.profile_id, "generic": generic,
            "cycling": cycling if day.date.toordinal() % 2 else None, "heatAltitudeAcclimation": None}  # fmt: skip


def vo2max_range(days: Sequence[Day]) -> list[dict[str, Any]]:
    """Return the VO2max of those days that have one."""
    return [vo2max(one) for one in days if one.worn and one.date.toordinal() % 3 == 0]


def predictions(day: Day) -> dict[str, Any]:
    """Return the race predictions of a day (s)."""
    slower = chance(day.account.seed, "race", day.date).randrange(30)
    return {
        "userId": day.account.profile_id, "fromCalendarDate": None, "toCalendarDate": None, "calendarDate": day.iso,
        "time5K": 1250 + slower, "time10K": 2610 + 2 * slower, "timeHalfMarathon": 5790 + 5 * slower,
        "timeMarathon": 12_240 + 11 * slower,
    }  # fmt: skip


def metrics(days: Sequence[Day], wanted: Sequence[int]) -> dict[str, Any]:
    """Return metrics of a range by number: the resting heart rate, active and resting energy."""
    found: dict[str, list[dict[str, Any]]] = {}
    for number in wanted:
        if number in METRICS:
            rows = [{"value": _metric(one, number), "calendarDate": one.iso} for one in days if one.inside]
            found[METRICS[number]] = [row for row in rows if row["value"] is not None]
    return {
        "userProfileId": days[0].account.profile_id, "statisticsStartDate": days[0].iso,
        "statisticsEndDate": days[-1].iso, "allMetrics": {"metricsMap": found}, "groupedMetrics": None,
    }  # fmt: skip


def _metric(day: Day, number: int) -> float | None:
    if not day.worn:
        return None
    return float(day.resting) if number == 60 else day.kcal()[number - 22]


def endurance(day: Day) -> dict[str, Any] | None:
    """Return the endurance score of a day, None (204) without a watch."""
    if not day.worn:
        return None
    limits = {"gaugeLowerLimit": 3570, "classificationLowerLimitIntermediate": 5100, "gaugeUpperLimit": 10_560}
    return {
        "userProfilePK": day.account.profile_id, "deviceId": day.device_id, "calendarDate": day.iso,
        "overallScore": 5600 + day.resting, "classification": 2, "feedbackPhrase": 30, "primaryTrainingDevice": True,
        **limits, "contributors": [{"activityTypeId": None, "group": 0, "contribution": 64.2}],
    }  # fmt: skip


def hill(day: Day) -> dict[str, Any] | None:
    """Return the hill score of a day, None (204) without a watch."""
    if not day.worn:
        return None
    return {
        "userProfilePK": day.account.profile_id, "deviceId": day.device_id, "calendarDate": day.iso,
        "strengthScore": 22, "enduranceScore": 35, "hillScoreClassificationId": 2, "overallScore": 41,
        "hillScoreFeedbackPhraseId": 4, "vo2Max": 48.0, "vo2MaxPreciseValue": 48.3, "primaryTrainingDevice": True,
    }  # fmt: skip


def fitness_age(day: Day) -> dict[str, Any]:
    """Return the fitness age of a day."""
    return {"chronologicalAge": 41, "fitnessAge": 35.4, "achievableFitnessAge": 33.0, "previousFitnessAge": 35.6,
            "components": {}, "lastUpdated": stamp(day.start_ms)}  # fmt: skip


def heart_zones() -> list[dict[str, Any]]:
    """Return the heart rate zones."""
    floors = {f"zone{k + 1}Floor": floor for k, floor in enumerate(ZONE_FLOORS)}
    return [{
        "trainingMethod": "HR_MAX", "restingHeartRateUsed": 48, "lactateThresholdHeartRateUsed": None, **floors,
        "maxHeartRateUsed": 196, "restingHrAutoUpdateUsed": True, "sport": "DEFAULT", "changeState": "UNCHANGED",
    }]  # fmt: skip


def threshold_power(account: Account) -> dict[str, Any]:
    """Return the functional threshold power of cycling."""
    return {"userProfilePK": account.profile_id, "version": 1, "calendarDate": account.first.isoformat(),
            "sequence": 1, "sport": "CYCLING", "functionalThresholdPower": 251, "biometricSourceType": "Manual",
            "isStale": False}  # fmt: skip


def lactate(account: Account) -> list[dict[str, Any]]:
    """Return the lactate threshold of running: speed and heart rate, each in a document of its own."""
    head = {"userProfilePK": account.profile_id, "version": 1, "calendarDate": account.first.isoformat(), "sequence": 1}
    return [head | {"speed": 0.39, "hearRate": None, "heartRateCycling": None},
            head | {"speed": None, "hearRate": 168, "heartRateCycling": None}]  # fmt: skip


def records(account: Account) -> list[dict[str, Any]]:
    """Return personal records: one, of the newest activity."""
    return [
        {
            "id": 1, "typeId": 3, "activityId": number, "activityName": account.facts(number).name,
            "activityType": account.facts(number).sport, "activityStartDateTimeInGMT": start, "value": 1287.0,
            "prStartTimeGmt": start, "prTypeLabelKey": None, "poolLengthUnit": None,
        }
        for start, _, number in account.newest()[:1]
    ]  # fmt: skip
