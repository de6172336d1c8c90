"""What Garmin tells of whole days: summaries, weight, resting heart rate, what was drunk, intensity."""

from typing import Any

from homestretch.vendors.garmin_rows import summaries, weighings
from homestretch.vendors.wellness_builder import WellnessBuilder

_HYDRATION = (("valueInML", "hydration_ml", 1.0),)
#: The day's answer and that of a range have each their own words.
_INTENSITY = (
    ("moderateMinutes", "intensity_moderate_s", 60.0),
    ("moderateValue", "intensity_moderate_s", 60.0),
    ("vigorousMinutes", "intensity_vigorous_s", 60.0),
    ("vigorousValue", "intensity_vigorous_s", 60.0),
)
_RESTING = (("value", "resting_heart_rate_bpm", 1.0),)


def summary(told: WellnessBuilder, body: Any) -> None:
    """Read the summaries of days; one without a watch has zeros and a computed energy at rest, and says nothing."""
    summaries(told, told.rows(body, "summary"))


def weight(told: WellnessBuilder, body: Any) -> None:
    """Read weighings, of a range or of a day."""
    for answer in told.rows(body, "weight"):
        for day in told.rows(answer.get("dailyWeightSummaries", []), "dailyWeightSummaries"):
            listed = day.get("allWeightMetrics") or [day.get("latestWeight")]
            weighings(told, listed, day.get("summaryDate"))
        weighings(told, answer.get("dateWeightList"), None)


def resting_heart_rate(told: WellnessBuilder, body: Any) -> None:
    """Read the resting heart rates of a range."""
    for answer in told.rows(body, "resting_heart_rate"):
        metrics = told.mapping(answer.get("allMetrics"), "allMetrics")
        named = told.mapping(metrics.get("metricsMap"), "metricsMap")
        for row in told.rows(named.get("WELLNESS_RESTING_HEART_RATE"), "WELLNESS_RESTING_HEART_RATE"):
            told.fields(row, told.day(row.get("calendarDate"), "calendarDate"), _RESTING)


def hydration(told: WellnessBuilder, body: Any) -> None:
    """Read what was drunk, of a day or of each day of a range."""
    for row in told.rows(body, "hydration"):
        told.fields(row, told.day(row.get("calendarDate"), "calendarDate"), _HYDRATION)


def intensity_minutes(told: WellnessBuilder, body: Any) -> None:
    """Read the time at moderate and at vigorous intensity, of a day or of each day of a range."""
    for row in told.rows(body, "intensity_minutes"):
        told.fields(row, told.day(row.get("calendarDate"), "calendarDate"), _INTENSITY)
