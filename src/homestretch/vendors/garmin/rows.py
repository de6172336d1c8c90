"""Rows that Garmin writes alike for days everywhere: in its answers and in the export of an account."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from homestretch.model.moment import day_of
from homestretch.vendors.wellness_builder import WellnessBuilder

SUMMARY = (
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
WEIGHT = (
    ("weight", "weight_kg", 0.001),
    ("bmi", "bmi", 1.0),
    ("bodyFat", "body_fat_pct", 1.0),
    ("bodyWater", "body_water_pct", 1.0),
    ("boneMass", "bone_mass_kg", 0.001),
    ("muscleMass", "muscle_mass_kg", 0.001),
)
READINESS = (("score", "training_readiness", 1.0), ("recoveryTime", "recovery_time_s", 60.0))
LOAD = (
    ("dailyTrainingLoadAcute", "training_load_acute", 1.0),
    ("dailyTrainingLoadChronic", "training_load_chronic", 1.0),
    ("dailyAcuteChronicWorkloadRatio", "training_load_ratio", 1.0),
)


def summaries(builder: WellnessBuilder, rows: Iterable[Mapping[str, object]]) -> None:
    """Read the summaries of days; one without a watch has zeros and a computed energy at rest, and says nothing."""
    for row in rows:
        if row.get("privacyProtected") is True:
            builder.note("privacy_protected")
        elif row.get("includesWellnessData") is not False:
            builder.fields(row, builder.day(row.get("calendarDate"), "calendarDate"), SUMMARY)


def weighings(builder: WellnessBuilder, listed: object, summary_date: object) -> None:
    """Add weighings at their instants; `date` is on the local clock though it is written as if it were UTC."""
    for row in builder.items(listed, "weight"):
        weighing = builder.mapping(row, "weight")
        day = builder.day(weighing.get("calendarDate") or summary_date, "calendarDate")
        local_ms = builder.time_ms(weighing.get("date"), "date")
        if day is None and local_ms is not None:
            day = day_of(local_ms)
        builder.fields(weighing, day, WEIGHT, builder.time_ms(weighing.get("timestampGMT"), "timestampGMT"))


def readiness(builder: WellnessBuilder, body: object) -> None:
    """Read the readiness at every time it was computed; that of the morning is the day's own."""
    days: dict[tuple[str, str], list[tuple[int, Mapping[str, object]]]] = defaultdict(list)
    for row in builder.rows(body, "training_readiness"):
        day = builder.day(row.get("calendarDate"), "calendarDate")
        at_ms = builder.time_ms(row.get("timestamp"), "timestamp")
        device = builder.device(row.get("deviceId"), "deviceId")
        builder.fields(row, day, READINESS, at_ms, device)
        if day is not None and builder.number(row.get("score"), "score") is not None:
            days[day, device].append((at_ms or 0, row))
    for (day, device), rows in days.items():
        builder.fields(min(rows, key=_morning)[1], day, READINESS, None, device)


def _morning(computed: tuple[int, Mapping[str, object]]) -> tuple[bool, bool, int]:
    """Sort what was computed at waking first, then what knows of the night, each in order of time."""
    at_ms, row = computed
    return row.get("inputContext") != "AFTER_WAKEUP_RESET", row.get("validSleep") is not True, at_ms
