"""Reads figures of days: Google's totals by local day, and what it computes of each night."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from homestretch.sources.google_health.reading.document import (
    Collected,
    Document,
    civil_time,
    count,
    day_in,
    device_of,
    member,
    number,
    of_type,
    seconds,
)

type Points = Sequence[Document]

#: Active minutes and heart rate zones by Google's words for them.
_LEVELS = {"LIGHT": "active_s", "MODERATE": "intensity_moderate_s", "VIGOROUS": "intensity_vigorous_s"}
_ZONES = {
    "LIGHT": "heart_rate_zone_light_s", "MODERATE": "heart_rate_zone_moderate_s",
    "VIGOROUS": "heart_rate_zone_vigorous_s", "PEAK": "heart_rate_zone_peak_s",
}  # fmt: skip
_ZONE_MINUTES = ("sumInFatBurnHeartZone", "sumInCardioHeartZone", "sumInPeakHeartZone")
_RANGE = {
    "heart_rate_bpm": "beatsPerMinuteAvg", "heart_rate_min_bpm": "beatsPerMinuteMin",
    "heart_rate_max_bpm": "beatsPerMinuteMax",
}  # fmt: skip
_HRV = {
    "hrv_night_ms": "averageHeartRateVariabilityMilliseconds",
    "hrv_deep_ms": "deepSleepRootMeanSquareOfSuccessiveDifferencesMilliseconds",
}
_SPO2 = {
    "spo2_avg_pct": "averagePercentage", "spo2_low_pct": "lowerBoundPercentage",
    "spo2_high_pct": "upperBoundPercentage",
}  # fmt: skip
#: A resting heart rate without the hours of sleep is another statistic: it is kept apart, as of another device.
AWAKE_ONLY = "awake-only"


def total(name: str, figure: str, kind: str, per: float = 1.0) -> Callable[[Points, Collected], None]:
    """Return what reads a sum of each day; a day without one is not there, and one whose sum is left out has 0."""

    def read(points: Points, into: Collected) -> None:
        for day, sums in _buckets(points, name):
            value = count(sums, figure)
            into.measure(kind, day, None if value is None else value / per)

    return read


def sedentary(points: Points, into: Collected) -> None:
    """Read the time without moving."""
    for day, sums in _buckets(points, "sedentaryPeriod"):
        into.measure("sedentary_s", day, seconds(sums.get("durationSum", "0s")))


def sums_of(name: str, path: Sequence[str], kind: str) -> Callable[[Points, Collected], None]:
    """Return what reads the sum of what was entered for each day; a day without it has nothing entered."""

    def read(points: Points, into: Collected) -> None:
        for day, sums in _buckets(points, name):
            into.measure(kind, day, number(member(sums, *path)))

    return read


def zone_minutes(points: Points, into: Collected) -> None:
    """Read active zone minutes; those of the cardio and peak zones are counted double already."""
    for day, sums in _buckets(points, "activeZoneMinutes"):
        minutes = [count(sums, name) or 0.0 for name in _ZONE_MINUTES]
        into.measure("active_zone_s", day, 60 * sum(minutes))


def zones(points: Points, into: Collected) -> None:
    """Read the time in each heart rate zone."""
    for day, sums in _buckets(points, "timeInHeartRateZone"):
        for row in _rows(sums, "timeInHeartRateZones"):
            kind = _named(row, "heartRateZone", _ZONES, into)
            if kind is not None:
                into.measure(kind, day, seconds(row.get("duration", "0s")))


def levels(points: Points, into: Collected) -> None:
    """Read active minutes by their level."""
    for day, sums in _buckets(points, "activeMinutes"):
        for row in _rows(sums, "activeMinutesRollupByActivityLevel"):
            kind, minutes = _named(row, "activityLevel", _LEVELS, into), count(row, "activeMinutesSum")
            if kind is not None and minutes is not None:
                into.measure(kind, day, 60 * minutes)


def heart_rate_range(points: Points, into: Collected) -> None:
    """Read the mean, the lowest and the highest heart rate of each day."""
    for day, figures in _buckets(points, "heartRate"):
        for kind, name in _RANGE.items():
            into.measure(kind, day, number(figures.get(name)))


def resting_heart_rate(points: Points, into: Collected) -> None:
    """Read resting heart rates; those of waking hours alone stand apart."""
    for point, figures in of_type(points, "dailyRestingHeartRate"):
        metadata = figures.get("dailyRestingHeartRateMetadata")
        method = metadata.get("calculationMethod") if isinstance(metadata, dict) else None
        device = AWAKE_ONLY if method == "ONLY_WITH_AWAKE_DATA" else device_of(point)
        value = number(figures.get("beatsPerMinute"))
        into.measure("resting_heart_rate_bpm", day_in(figures.get("date")), value, device=device)


def nightly(name: str, kinds: Mapping[str, str]) -> Callable[[Points, Collected], None]:
    """Return what reads figures of each night, by our kind and Google's name."""

    def read(points: Points, into: Collected) -> None:
        for point, figures in of_type(points, name):
            for kind, field in kinds.items():
                into.measure(kind, day_in(figures.get("date")), number(figures.get(field)), device=device_of(point))

    return read


def skin_temperature(points: Points, into: Collected) -> None:
    """Read the skin's temperature of each night, and how far it is from the median of 30 nights."""
    for point, figures in of_type(points, "dailySleepTemperatureDerivations"):
        day, device = day_in(figures.get("date")), device_of(point)
        night = number(figures.get("nightlyTemperatureCelsius"))
        usual = number(figures.get("baselineTemperatureCelsius"))
        into.measure("skin_temperature_c", day, night, device=device)
        change = None if night is None or usual is None else night - usual
        into.measure("skin_temperature_change_c", day, change, device=device)


def _buckets(points: Points, name: str) -> Iterator[tuple[str | None, Document]]:
    """Yield day and sums of each day that has any of a type."""
    for bucket, sums in of_type(points, name):
        begun = civil_time(bucket.get("civilStartTime"))
        yield None if begun is None else begun.date().isoformat(), sums


def _rows(sums: Document, name: str) -> list[Document]:
    found = sums.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _named(row: Document, name: str, kinds: Mapping[str, str], into: Collected) -> str | None:
    """Return our kind for Google's word in a row; an unknown word is noted."""
    word = row.get(name)
    kind = kinds.get(word) if isinstance(word, str) else None
    if kind is None:
        into.note(f"unknown:{name}:{str(word)[:40]}")
    return kind


#: What reads each kind of figures of days.
DAILY: Mapping[str, Callable[[Points, Collected], None]] = {
    "steps": total("steps", "countSum", "steps"),
    "distance": total("distance", "millimetersSum", "distance_m", 1000.0),
    "floors": total("floors", "countSum", "floors_up"),
    "active_energy": total("activeEnergyBurned", "kcalSum", "calories_active_kcal"),
    "total_calories": total("totalCalories", "kcalSum", "calories_kcal"),
    "active_zone_minutes": zone_minutes,
    "sedentary": sedentary,
    "heart_rate_zones": zones,
    "heart_rate_range": heart_rate_range,
    "active_minutes": levels,
    "resting_heart_rate": resting_heart_rate,
    "hrv": nightly("dailyHeartRateVariability", _HRV),
    "spo2": nightly("dailyOxygenSaturation", _SPO2),
    "respiration": nightly("dailyRespiratoryRate", {"respiration_sleep_avg_brpm": "breathsPerMinute"}),
    "skin_temperature": skin_temperature,
    "hydration": sums_of("hydrationLog", ("amountConsumed", "millilitersSum"), "hydration_ml"),
    "calories_eaten": sums_of("nutritionLog", ("energy", "kcalSum"), "calories_eaten_kcal"),
    "vo2max": nightly("dailyVo2Max", {"vo2max": "vo2Max"}),
}
