"""Garmin's answers through a day: heart rate and its variability, stress, Body Battery, breath, oxygen, steps."""

from collections.abc import Mapping

from homestretch.model.moment import day_of
from homestretch.vendors.garmin.columns import Points, points
from homestretch.vendors.wellness_builder import WellnessBuilder

#: A local day begins between 11:00 UTC of the day before (offset +13 h) and 10:00 UTC (offset -10 h).
_LATEST_MIDNIGHT_MS = 13 * 3_600_000
#: Steps and floors are counted by quarters of an hour.
QUARTER_MS = 900_000
_HEART_RATE = (
    ("restingHeartRate", "resting_heart_rate_bpm", 1.0),
    ("minHeartRate", "heart_rate_min_bpm", 1.0),
    ("maxHeartRate", "heart_rate_max_bpm", 1.0),
)
_HRV = (
    ("lastNightAvg", "hrv_night_ms", 1.0),
    ("lastNight5MinHigh", "hrv_night_max_ms", 1.0),
    ("weeklyAvg", "hrv_week_ms", 1.0),
)
_BASELINE = (("balancedLow", "hrv_baseline_low_ms", 1.0), ("balancedUpper", "hrv_baseline_high_ms", 1.0))
_STRESS = (("avgStressLevel", "stress_avg", 1.0), ("maxStressLevel", "stress_max", 1.0))
_CHARGE = (("charged", "body_battery_charged", 1.0), ("drained", "body_battery_drained", 1.0))
# Garmin's values of the coming night (avgTomorrowSleep…) are left out: the next day's answer has them as its own.
_SPO2 = (
    ("averageSpO2", "spo2_avg_pct", 1.0),
    ("lowestSpO2", "spo2_min_pct", 1.0),
    ("avgSleepSpO2", "spo2_sleep_avg_pct", 1.0),
)
_RESPIRATION = (
    ("avgWakingRespirationValue", "respiration_avg_brpm", 1.0),
    ("avgSleepRespirationValue", "respiration_sleep_avg_brpm", 1.0),
    ("lowestRespirationValue", "respiration_min_brpm", 1.0),
    ("highestRespirationValue", "respiration_max_brpm", 1.0),
)


def heart_rate(builder: WellnessBuilder, body: object) -> None:
    """Read a day's heart rate, a value each two minutes."""
    for row in builder.rows(body, "heart_rate"):
        day = builder.day(row.get("calendarDate"), "calendarDate")
        builder.fields(row, day, _HEART_RATE)
        found = points(
            builder,
            row,
            "heartRateValues",
            "heartRateValueDescriptors",
            kind="heart_rate_bpm",
            names=("heartrate",),
            column=1,
        )
        builder.course("heart_rate_bpm", day, found)


def hrv(builder: WellnessBuilder, body: object) -> None:
    """Read a night's heart rate variability with its readings each five minutes, or the summaries of many nights."""
    for row in builder.rows(body, "hrv"):
        for summary in builder.rows(row.get("hrvSummaries", row.get("hrvSummary")), "hrvSummary"):
            night = builder.day(summary.get("calendarDate"), "calendarDate")
            builder.fields(summary, night, _HRV)
            builder.fields(builder.mapping(summary.get("baseline"), "baseline"), night, _BASELINE)
        day = builder.day(builder.mapping(row.get("hrvSummary"), "hrvSummary").get("calendarDate"), "calendarDate")
        readings = [builder.mapping(one, "hrvReadings") for one in builder.items(row.get("hrvReadings"), "hrvReadings")]
        builder.course(
            "hrv_ms",
            day,
            [
                (
                    builder.time_ms(one.get("readingTimeGMT"), "readingTimeGMT"),
                    builder.measured("hrv_ms", one.get("hrvValue"), "hrvValue"),
                )
                for one in readings
            ],
        )


def stress(builder: WellnessBuilder, body: object) -> None:
    """Read a day's stress, a value each three minutes, with Body Battery beside it."""
    for row in builder.rows(body, "stress"):
        day = builder.day(row.get("calendarDate"), "calendarDate")
        builder.fields(row, day, _STRESS)
        found = points(
            builder,
            row,
            "stressValuesArray",
            "stressValueDescriptorsDTOList",
            kind="stress",
            names=("stresslevel",),
            column=1,
        )
        builder.course("stress", day, found)
        builder.course("body_battery", day, _battery(builder, row, "bodyBatteryValueDescriptorsDTOList"))


def body_battery(builder: WellnessBuilder, body: object) -> None:
    """Read what days charged and drained, and their few turning points (the course itself comes with the stress)."""
    for row in builder.rows(body, "body_battery"):
        day = builder.day(row.get("date", row.get("calendarDate")), "date")
        builder.fields(row, day, _CHARGE)
        builder.course("body_battery_turns", day, _battery(builder, row, "bodyBatteryValueDescriptorDTOList"))


def _battery(builder: WellnessBuilder, row: Mapping[str, object], descriptors: str) -> Points:
    """Return the levels; beside the stress a row is [time, status, level, version], in a report [time, level]."""
    first = next(iter(builder.items(row.get("bodyBatteryValuesArray"), "bodyBatteryValuesArray")), None)
    column = 2 if isinstance(first, list) and len(first) > 2 else 1
    return points(
        builder,
        row,
        "bodyBatteryValuesArray",
        descriptors,
        kind="body_battery",
        names=("bodybatterylevel",),
        column=column,
    )


def spo2(builder: WellnessBuilder, body: object) -> None:
    """Read a day's blood oxygen: the readings, or the means of hours where there are none."""
    for row in builder.rows(body, "spo2"):
        day = builder.day(row.get("calendarDate"), "calendarDate")
        builder.fields(row, day, _SPO2)
        readings = [
            (
                builder.time_ms(one.get("epochTimestamp"), "epochTimestamp"),
                builder.measured("spo2_pct", one.get("spo2Reading", one.get("spo2")), "spo2Reading"),
            )
            for one in builder.rows(row.get("continuousReadingDTOList"), "continuousReadingDTOList")
        ]
        single, hourly = (
            points(builder, row, name, "spO2ValueDescriptorsDTOList", kind="spo2_pct", names=("spo2reading",), column=1)
            for name in ("spO2SingleValues", "spO2HourlyAverages")
        )
        builder.course("spo2_pct", day, [*single, *readings] or hourly)


def respiration(builder: WellnessBuilder, body: object) -> None:
    """Read a day's breathing rate, a value each two minutes."""
    for row in builder.rows(body, "respiration"):
        day = builder.day(row.get("calendarDate"), "calendarDate")
        builder.fields(row, day, _RESPIRATION)
        found = points(
            builder,
            row,
            "respirationValuesArray",
            "respirationValueDescriptorsDTOList",
            kind="respiration_brpm",
            names=("respiration",),
            column=1,
        )
        builder.course("respiration_brpm", day, found)


def steps(builder: WellnessBuilder, body: object) -> None:
    """Read the steps of a day's quarters of an hour; the level `none` says that no watch was worn.

    The list does not name its day: it begins at the local midnight, which is near enough in UTC.
    """
    found = []
    for row in builder.rows(body, "steps"):
        value = builder.measured("steps", row.get("steps"), "steps")
        worn = value != 0 or row.get("primaryActivityLevel") != "none"
        found.append((builder.time_ms(row.get("startGMT"), "startGMT"), value if worn else None))
    first = min((at for at, _ in found if at is not None), default=None)
    builder.add_spans("steps", None if first is None else day_of(first + _LATEST_MIDNIGHT_MS), found, QUARTER_MS)


def floors(builder: WellnessBuilder, body: object) -> None:
    """Read the floors of a day's quarters of an hour; the day's own figures, which count parts, are in its summary."""
    for row in builder.rows(body, "floors"):
        day = builder.day(row.get("startTimestampLocal"), "startTimestampLocal")
        for kind, name, column in (("floors_up", "floorsascended", 2), ("floors_down", "floorsdescended", 3)):
            found = points(
                builder,
                row,
                "floorValuesArray",
                "floorsValueDescriptorDTOList",
                kind=kind,
                names=(name,),
                column=column,
            )
            builder.add_spans(kind, day, found, QUARTER_MS)
