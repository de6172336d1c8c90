"""The part of Google Health's discovery document (v4, revision 20261030) that the fake stands on, as a table.

Where the document itself is at hand a test compares them (tests/sources/google_health/test_fake.py).
"""

from typing import NamedTuple


class Shape(NamedTuple):
    """A data type: its member in points, what filters compare, its schema, and the fields that the fake gives."""

    member: str
    time: str
    schema: str
    fields: tuple[str, ...]


_INTERVAL, _SAMPLE, _DATE = "interval.civil_start_time", "sample_time.civil_time", "date"

#: What `:reconcile` answers, by data type.
POINTS: dict[str, Shape] = {
    "steps": Shape("steps", _INTERVAL, "Steps", ("count", "interval")),
    "heart-rate": Shape("heartRate", _SAMPLE, "HeartRate", ("beatsPerMinute", "sampleTime")),
    "heart-rate-variability": Shape(
        "heartRateVariability", _SAMPLE, "HeartRateVariability",
        ("rootMeanSquareOfSuccessiveDifferencesMilliseconds", "standardDeviationMilliseconds", "sampleTime"),
    ),
    "oxygen-saturation": Shape("oxygenSaturation", _SAMPLE, "OxygenSaturation", ("percentage", "sampleTime")),
    "respiratory-rate-sleep-summary": Shape(
        "respiratoryRateSleepSummary", _SAMPLE, "RespiratoryRateSleepSummary", ("fullSleepStats", "sampleTime")
    ),
    "weight": Shape("weight", _SAMPLE, "Weight", ("weightGrams", "sampleTime")),
    "blood-glucose": Shape(
        "bloodGlucose", _SAMPLE, "BloodGlucose", ("bloodGlucoseMilligramsPerDeciliter", "sampleTime")
    ),
    "core-body-temperature": Shape(
        "coreBodyTemperature", _SAMPLE, "CoreBodyTemperature", ("temperatureCelsius", "sampleTime")
    ),
    "run-vo2-max": Shape("runVo2Max", _SAMPLE, "RunVO2Max", ("runVo2Max", "sampleTime")),
    "body-fat": Shape("bodyFat", _SAMPLE, "BodyFat", ("percentage", "sampleTime")),
    "daily-resting-heart-rate": Shape(
        "dailyRestingHeartRate", _DATE, "DailyRestingHeartRate",
        ("beatsPerMinute", "dailyRestingHeartRateMetadata", "date"),
    ),
    "daily-heart-rate-variability": Shape(
        "dailyHeartRateVariability", _DATE, "DailyHeartRateVariability",
        ("averageHeartRateVariabilityMilliseconds", "deepSleepRootMeanSquareOfSuccessiveDifferencesMilliseconds",
         "date"),
    ),
    "daily-oxygen-saturation": Shape(
        "dailyOxygenSaturation", _DATE, "DailyOxygenSaturation",
        ("averagePercentage", "lowerBoundPercentage", "upperBoundPercentage", "date"),
    ),
    "daily-respiratory-rate": Shape(
        "dailyRespiratoryRate", _DATE, "DailyRespiratoryRate", ("breathsPerMinute", "date")
    ),
    "daily-sleep-temperature-derivations": Shape(
        "dailySleepTemperatureDerivations", _DATE, "DailySleepTemperatureDerivations",
        ("nightlyTemperatureCelsius", "baselineTemperatureCelsius", "date"),
    ),
    "daily-vo2-max": Shape("dailyVo2Max", _DATE, "DailyVO2Max", ("vo2Max", "estimated", "date")),
    "menstrual-period": Shape("menstrualPeriod", _INTERVAL, "MenstrualPeriod", ("interval", "notes")),
    "sleep": Shape(
        "sleep", "interval.civil_end_time", "Sleep", ("interval", "type", "stages", "metadata", "summary", "updateTime")
    ),
    "exercise": Shape(
        "exercise", _INTERVAL, "Exercise",
        ("exerciseType", "displayName", "interval", "activeDuration", "metricsSummary", "exerciseMetadata",
         "updateTime"),
    ),
}  # fmt: skip

#: What is only listed, as it was noted.
LISTED = {"menstrual-period"}

#: What `:dailyRollUp` answers, by data type: its member, its schema and fields, and the longest range in days.
TOTALS: dict[str, tuple[str, str, tuple[str, ...], int]] = {
    "steps": ("steps", "StepsRollupValue", ("countSum",), 90),
    "distance": ("distance", "DistanceRollupValue", ("millimetersSum",), 90),
    "floors": ("floors", "FloorsRollupValue", ("countSum",), 90),
    "active-energy-burned": ("activeEnergyBurned", "ActiveEnergyBurnedRollupValue", ("kcalSum",), 90),
    "active-zone-minutes": (
        "activeZoneMinutes", "ActiveZoneMinutesRollupValue",
        ("sumInFatBurnHeartZone", "sumInCardioHeartZone", "sumInPeakHeartZone"), 90,
    ),
    "sedentary-period": ("sedentaryPeriod", "SedentaryPeriodRollupValue", ("durationSum",), 90),
    "time-in-heart-rate-zone": (
        "timeInHeartRateZone", "TimeInHeartRateZoneRollupValue", ("timeInHeartRateZones",), 90,
    ),
    "heart-rate": (
        "heartRate", "HeartRateRollupValue", ("beatsPerMinuteAvg", "beatsPerMinuteMin", "beatsPerMinuteMax"), 14,
    ),
    "total-calories": ("totalCalories", "TotalCaloriesRollupValue", ("kcalSum",), 14),
    "hydration-log": ("hydrationLog", "HydrationLogRollupValue", ("amountConsumed",), 90),
    "nutrition-log": ("nutritionLog", "NutritionLogRollupValue", ("energy",), 90),
    "active-minutes": ("activeMinutes", "ActiveMinutesRollupValue", ("activeMinutesRollupByActivityLevel",), 14),
}  # fmt: skip

#: The permission of each type, without prefix and suffix.
SCOPE = {
    "activity_and_fitness": (
        "steps", "distance", "floors", "active-energy-burned", "active-zone-minutes", "sedentary-period",
        "time-in-heart-rate-zone", "total-calories", "active-minutes", "exercise", "run-vo2-max",
    ),
    "sleep": ("sleep",),
    "nutrition": ("hydration-log", "nutrition-log"),
    "reproductive_health": ("menstrual-period",),
}  # fmt: skip


def scope_of(name: str) -> str:
    """Return the permission that a data type needs."""
    return next((scope for scope, names in SCOPE.items() if name in names), "health_metrics_and_measurements")
