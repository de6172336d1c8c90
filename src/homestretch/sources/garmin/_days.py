"""What Garmin tells of whole days: summaries, weight, resting heart rate, what was drunk, intensity."""

from typing import Any

from homestretch.model.moment import day_of
from homestretch.sources.garmin._told import Told

_SUMMARY = (
    ("restingHeartRate", "resting_heart_rate_bpm", 1.0),
    ("minHeartRate", "heart_rate_min_bpm", 1.0),
    ("maxHeartRate", "heart_rate_max_bpm", 1.0),
    ("totalSteps", "steps", 1.0),
    ("totalDistanceMeters", "distance_m", 1.0),
    ("floorsAscended", "floors_up", 1.0),
    ("floorsDescended", "floors_down", 1.0),
    ("totalKilocalories", "calories_kcal", 1.0),
    ("activeKilocalories", "calories_active_kcal", 1.0),
    ("bmrKilocalories", "calories_resting_kcal", 1.0),
    ("sedentarySeconds", "sedentary_s", 1.0),
    ("activeSeconds", "active_s", 1.0),
    ("highlyActiveSeconds", "highly_active_s", 1.0),
    ("moderateIntensityMinutes", "intensity_moderate_s", 60.0),
    ("vigorousIntensityMinutes", "intensity_vigorous_s", 60.0),
    ("averageStressLevel", "stress_avg", 1.0),
    ("maxStressLevel", "stress_max", 1.0),
    ("restStressDuration", "stress_rest_s", 1.0),
    ("lowStressDuration", "stress_low_s", 1.0),
    ("mediumStressDuration", "stress_medium_s", 1.0),
    ("highStressDuration", "stress_high_s", 1.0),
    ("bodyBatteryHighestValue", "body_battery_max", 1.0),
    ("bodyBatteryLowestValue", "body_battery_min", 1.0),
    ("bodyBatteryAtWakeTime", "body_battery_waking", 1.0),
    ("bodyBatteryChargedValue", "body_battery_charged", 1.0),
    ("bodyBatteryDrainedValue", "body_battery_drained", 1.0),
    ("averageSpo2", "spo2_avg_pct", 1.0),
    ("lowestSpo2", "spo2_min_pct", 1.0),
    ("avgWakingRespirationValue", "respiration_avg_brpm", 1.0),
    ("lowestRespirationValue", "respiration_min_brpm", 1.0),
    ("highestRespirationValue", "respiration_max_brpm", 1.0),
)
_WEIGHT = (
    ("weight", "weight_kg", 0.001),
    ("bmi", "bmi", 1.0),
    ("bodyFat", "body_fat_pct", 1.0),
    ("bodyWater", "body_water_pct", 1.0),
    ("boneMass", "bone_mass_kg", 0.001),
    ("muscleMass", "muscle_mass_kg", 0.001),
)
_HYDRATION = (("valueInML", "hydration_ml", 1.0),)
#: The day's answer and that of a range have each their own words.
_INTENSITY = (
    ("moderateMinutes", "intensity_moderate_s", 60.0),
    ("moderateValue", "intensity_moderate_s", 60.0),
    ("vigorousMinutes", "intensity_vigorous_s", 60.0),
    ("vigorousValue", "intensity_vigorous_s", 60.0),
)
_RESTING = (("value", "resting_heart_rate_bpm", 1.0),)


def summary(told: Told, body: Any) -> None:
    """Read the summaries of days; one without a watch has zeros and a reckoned energy at rest, and says nothing."""
    for row in told.rows(body, "summary"):
        if row.get("privacyProtected") is True:
            told.note("privacy_protected")
        elif row.get("includesWellnessData") is not False:
            told.fields(row, told.day(row.get("calendarDate"), "calendarDate"), _SUMMARY)


def weight(told: Told, body: Any) -> None:
    """Read weighings, of a range or of a day."""
    for answer in told.rows(body, "weight"):
        for day in told.rows(answer.get("dailyWeightSummaries", []), "dailyWeightSummaries"):
            weighings = day.get("allWeightMetrics") or [day.get("latestWeight")]
            _weighings(told, weighings, day.get("summaryDate"))
        _weighings(told, answer.get("dateWeightList"), None)


def _weighings(told: Told, listed: Any, summary_date: Any) -> None:
    """Tell weighings at their instants; `date` is on the local clock though it is written as if it were UTC."""
    for row in told.items(listed, "weight"):
        weighing = told.mapping(row, "weight")
        day = told.day(weighing.get("calendarDate") or summary_date, "calendarDate")
        local_ms = told.time_ms(weighing.get("date"), "date")
        if day is None and local_ms is not None:
            day = day_of(local_ms)
        told.fields(weighing, day, _WEIGHT, told.time_ms(weighing.get("timestampGMT"), "timestampGMT"))


def resting_heart_rate(told: Told, body: Any) -> None:
    """Read the resting heart rates of a range."""
    for answer in told.rows(body, "resting_heart_rate"):
        metrics = told.mapping(answer.get("allMetrics"), "allMetrics")
        named = told.mapping(metrics.get("metricsMap"), "metricsMap")
        for row in told.rows(named.get("WELLNESS_RESTING_HEART_RATE"), "WELLNESS_RESTING_HEART_RATE"):
            told.fields(row, told.day(row.get("calendarDate"), "calendarDate"), _RESTING)


def hydration(told: Told, body: Any) -> None:
    """Read what was drunk, of a day or of each day of a range."""
    for row in told.rows(body, "hydration"):
        told.fields(row, told.day(row.get("calendarDate"), "calendarDate"), _HYDRATION)


def intensity_minutes(told: Told, body: Any) -> None:
    """Read the time at moderate and at vigorous intensity, of a day or of each day of a range."""
    for row in told.rows(body, "intensity_minutes"):
        told.fields(row, told.day(row.get("calendarDate"), "calendarDate"), _INTENSITY)
