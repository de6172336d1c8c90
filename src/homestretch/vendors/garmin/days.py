"""Garmin's answers about whole days: summaries, weight, resting heart rate, hydration, intensity."""

from homestretch.vendors.garmin.rows import summaries, weighings
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


def summary(builder: WellnessBuilder, body: object) -> None:
    """Read the summaries of days; one without a watch has zeros and a computed energy at rest, and says nothing."""
    summaries(builder, builder.rows(body, "summary"))


def weight(builder: WellnessBuilder, body: object) -> None:
    """Read weighings, of a range or of a day."""
    for answer in builder.rows(body, "weight"):
        for day in builder.rows(answer.get("dailyWeightSummaries", []), "dailyWeightSummaries"):
            listed = day.get("allWeightMetrics") or [day.get("latestWeight")]
            weighings(builder, listed, day.get("summaryDate"))
        weighings(builder, answer.get("dateWeightList"), None)


def resting_heart_rate(builder: WellnessBuilder, body: object) -> None:
    """Read the resting heart rates of a range."""
    for answer in builder.rows(body, "resting_heart_rate"):
        metrics = builder.mapping(answer.get("allMetrics"), "allMetrics")
        named = builder.mapping(metrics.get("metricsMap"), "metricsMap")
        for row in builder.rows(named.get("WELLNESS_RESTING_HEART_RATE"), "WELLNESS_RESTING_HEART_RATE"):
            builder.fields(row, builder.day(row.get("calendarDate"), "calendarDate"), _RESTING)


def hydration(builder: WellnessBuilder, body: object) -> None:
    """Read what was drunk, of a day or of each day of a range."""
    for row in builder.rows(body, "hydration"):
        builder.fields(row, builder.day(row.get("calendarDate"), "calendarDate"), _HYDRATION)


def intensity_minutes(builder: WellnessBuilder, body: object) -> None:
    """Read the time at moderate and at vigorous intensity, of a day or of each day of a range."""
    for row in builder.rows(body, "intensity_minutes"):
        builder.fields(row, builder.day(row.get("calendarDate"), "calendarDate"), _INTENSITY)
