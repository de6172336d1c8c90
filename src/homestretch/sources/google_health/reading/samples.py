"""Reads what was measured at instants and counted over minutes, and which devices there are."""

from collections.abc import Callable, Mapping, Sequence

from homestretch.model.health.kinds import MENSTRUATION
from homestretch.model.health.measurement import HealthDevice
from homestretch.model.moment import day_number, days_from
from homestretch.sources.google_health.reading.document import (
    Collected,
    Document,
    count,
    device_of,
    local_day,
    member,
    number,
    of_type,
    sample_time,
    utc_ms,
)

type Points = Sequence[Document]

#: No period lasts so long: what does is a slip.
MOST_DAYS = 30


def spot(name: str, path: Sequence[str], kind: str, per: float = 1.0) -> Callable[[Points, Collected], None]:
    """Return what reads single values, each at its instant."""

    def read(points: Points, into: Collected) -> None:
        for point, figures in of_type(points, name):
            day, at_ms = sample_time(figures)
            value = number(member(figures, *path))
            into.measure(kind, day, None if value is None else value / per, at_ms, device_of(point))

    return read


def series(name: str, kinds: Mapping[str, str]) -> Callable[[Points, Collected], None]:
    """Return what reads values through a day, by our kind and Google's name."""

    def read(points: Points, into: Collected) -> None:
        for point, figures in of_type(points, name):
            day, at_ms = sample_time(figures)
            if day is None or at_ms is None:
                into.note("no_time")
                continue
            for kind, field in kinds.items():
                value = number(figures.get(field))
                if value is not None:
                    into.sample(kind, (day, at_ms, value), device_of(point))

    return read


def minute_steps(points: Points, into: Collected) -> None:
    """Read steps over spans of time; a span whose count is left out was worn and counted none."""
    for point, steps in of_type(points, "steps"):
        start_ms, end_ms = (utc_ms(member(steps, "interval", name)) for name in ("startTime", "endTime"))
        offset = member(steps, "interval", "startUtcOffset")
        day = local_day(member(steps, "interval", "civilStartTime"), start_ms, offset)
        value = count(steps, "count")
        if start_ms is None or end_ms is None or day is None or value is None or end_ms <= start_ms:
            into.note("no_time")
            continue
        into.span("steps", day, start_ms, end_ms, value, device_of(point))


def cycle(points: Points, into: Collected) -> None:
    """Read the days of each period; Google does not say how heavy it was."""
    for point, period in of_type(points, "menstrualPeriod"):
        days = [
            local_day(
                member(period, "interval", f"civil{side}Time"),
                utc_ms(member(period, "interval", f"{side.lower()}Time")),
                member(period, "interval", f"{side.lower()}UtcOffset"),
            )
            for side in ("Start", "End")
        ]
        if days[0] is None or days[1] is None or not 0 <= day_number(days[1]) - day_number(days[0]) < MOST_DAYS:
            into.note("no_time")
            continue
        for day in days_from(day_number(days[0]), day_number(days[1]) - day_number(days[0]) + 1):
            into.measure("menstruation", day, float(len(MENSTRUATION) - 1), device=device_of(point))


def devices(points: Points, into: Collected) -> None:
    """Read the devices, with their battery and their last sync."""
    for device in points:
        name, product = device.get("name"), device.get("deviceVersion")
        if not isinstance(name, str):
            continue
        into.device(
            HealthDevice(
                name.rpartition("/")[2],
                product if isinstance(product, str) else None,
                utc_ms(device.get("lastSyncTime")),
                number(device.get("batteryLevel")),
            )
        )


#: What reads each kind of samples.
SAMPLES: Mapping[str, Callable[[Points, Collected], None]] = {
    "weight": spot("weight", ("weightGrams",), "weight_kg", 1000.0),
    # 1 mmol/l of glucose is 18.016 mg/dl: a tenth of its molar mass.
    "blood_glucose": spot("bloodGlucose", ("bloodGlucoseMilligramsPerDeciliter",), "blood_glucose_mmol_l", 18.016),
    "body_temperature": spot("coreBodyTemperature", ("temperatureCelsius",), "body_temperature_c"),
    "running_vo2max": spot("runVo2Max", ("runVo2Max",), "vo2max_running"),
    "body_fat": spot("bodyFat", ("percentage",), "body_fat_pct"),
    "respiration_nights": spot(
        "respiratoryRateSleepSummary", ("fullSleepStats", "breathsPerMinute"), "respiration_sleep_avg_brpm"
    ),
    "hrv_samples": series(
        "heartRateVariability",
        {"hrv_ms": "rootMeanSquareOfSuccessiveDifferencesMilliseconds", "hrv_sdnn_ms": "standardDeviationMilliseconds"},
    ),
    "spo2_samples": series("oxygenSaturation", {"spo2_pct": "percentage"}),
    "heart_rate": series("heartRate", {"heart_rate_bpm": "beatsPerMinute"}),
    "minute_steps": minute_steps,
    "menstruation": cycle,
    "devices": devices,
}
