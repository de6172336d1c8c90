"""Messages of Health Auto Export: metrics of Apple Health, each with its unit; dates are on the phone's clock.

Facts from the app's help pages. A row counts for the minute, hour or day that begins at its date, by the app's
settings; so only totals of days are taken of what is counted, and rows of one day are added.
"""

from collections.abc import Iterator, Mapping

from homestretch.model.health.measurement import Wellness
from homestretch.model.health.night import Night
from homestretch.sources.phone.collected import At, Collected

#: The factor to our unit, by the app's unit.
UNITS = {
    "count": 1.0, "count/min": 1.0, "bpm": 1.0, "ms": 1.0, "kcal": 1.0, "kj": 1 / 4.184, "m": 1.0, "km": 1000.0,
    "mi": 1609.344, "ft": 0.3048, "kg": 1.0, "lb": 0.45359237, "st": 6.35029318, "%": 1.0, "min": 60.0, "hr": 3600.0,
    "s": 1.0, "degc": 1.0, "mmhg": 1.0, "ml": 1.0, "l": 1000.0, "fl_oz_us": 29.5735, "mmol/l": 1.0, "mg/dl": 1 / 18.016,
    "ml/(kg·min)": 1.0, "ml/kg/min": 1.0, "kg/m²": 1.0, "cm": 1.0, "in": 2.54, "": 1.0,
}  # fmt: skip
#: What is counted, and is added for the day.
COUNTED = {
    "step_count": "steps", "walking_running_distance": "distance_m", "flights_climbed": "floors_up",
    "active_energy": "calories_active_kcal", "basal_energy_burned": "calories_resting_kcal",
    "apple_exercise_time": "exercise_s", "apple_stand_time": "stand_s", "dietary_water": "hydration_ml",
    "dietary_energy": "calories_eaten_kcal",
}  # fmt: skip
SAMPLES = {
    "blood_oxygen_saturation": "spo2_pct", "respiratory_rate": "respiration_brpm",
}  # fmt: skip
READINGS = {
    "weight_body_mass": "weight_kg", "body_fat_percentage": "body_fat_pct", "lean_body_mass": "lean_mass_kg",
    "body_mass_index": "bmi", "blood_glucose": "blood_glucose_mmol_l", "body_temperature": "body_temperature_c",
    "waist_circumference": "waist_cm",
}  # fmt: skip
DAILY = {
    "resting_heart_rate": "resting_heart_rate_bpm", "heart_rate_variability": "hrv_sdnn_ms", "vo2_max": "vo2max",
    "vo2max": "vo2max", "apple_sleeping_wrist_temperature": "skin_temperature_c",
}  # fmt: skip
HOUR_S = 3600.0


def read(body: Mapping[str, object], zone: str) -> Wellness:
    """Return what a message says."""
    found = Collected(zone)
    sums: dict[tuple[str, str], float] = {}
    for name, units, rows in _metrics(found, body):
        if name == "sleep_analysis":
            for row in rows:
                _sleep(found, row)
            continue
        factor = _factor(name, units)
        if factor is None:
            found.notes[f"unexpected:{name}"] = None
            continue
        for row in rows:
            at = found.at(row.get("date"), "date", own_clock=True)
            if at is not None:
                _row(found, sums, name, row, at, factor)
    for (kind, day), total in sums.items():
        found.value(kind, day, round(total, 6))
    return found.wellness()


def days(body: Mapping[str, object]) -> set[str]:
    """Return the days that a message names."""
    found = Collected("UTC")
    dates = (str(row.get("date"))[:10] for _, _, rows in _metrics(found, body) for row in rows)
    return {day for day in dates if len(day) == 10 and day[4] == day[7] == "-"}


def _row(
    found: Collected, sums: dict[tuple[str, str], float], name: str, row: Mapping[str, object], at: At, factor: float
) -> None:
    if name == "heart_rate":
        found.sample("heart_rate_bpm", at, found.number(row.get("Avg"), "Avg"))
        return
    if name == "blood_pressure":
        for part in ("systolic", "diastolic"):
            found.value(f"blood_pressure_{part}_mmhg", at.day, found.number(row.get(part), part), at.ms)
        return
    value = found.number(row.get("qty"), "qty")
    if value is None:
        return
    value *= factor
    if name in COUNTED:
        key = (COUNTED[name], at.day)
        sums[key] = sums.get(key, 0.0) + value
    elif name in SAMPLES:
        found.sample(SAMPLES[name], at, value)
    elif name in READINGS:
        found.value(READINGS[name], at.day, value, at.ms)
    elif name in DAILY:
        found.value(DAILY[name], at.day, value)


def _factor(name: str, units: str) -> float | None:
    """Return the factor to our unit; None for a unit that is not known."""
    if name in ("body_temperature", "apple_sleeping_wrist_temperature") and units.lower() != "degc":
        return None
    return UNITS.get(units.lower())


def _sleep(found: Collected, row: Mapping[str, object]) -> None:
    """Add an aggregated night, whose lengths are in hours; single stretches carry no session and are left out."""
    start, end = (found.at(row.get(name), name, own_clock=True) for name in ("sleepStart", "sleepEnd"))
    if start is None or end is None or end.ms <= start.ms:
        return
    names = ("deep", "core", "rem", "awake", "asleep", "totalSleep")
    lengths = {name: found.number(row.get(name), name) for name in names}
    seconds = {name: None if hours is None else hours * HOUR_S for name, hours in lengths.items()}
    asleep = seconds["totalSleep"] or seconds["asleep"]
    found.nights.append(
        Night(
            day=end.day,
            start_ms=start.ms,
            end_ms=end.ms,
            offset_s=end.offset_s,
            asleep_s=asleep or None,
            deep_s=seconds["deep"],
            light_s=seconds["core"],
            rem_s=seconds["rem"],
            awake_s=seconds["awake"],
        )
    )


def _metrics(found: Collected, body: Mapping[str, object]) -> Iterator[tuple[str, str, list[Mapping[str, object]]]]:
    data = body.get("data")
    metrics = data.get("metrics", []) if isinstance(data, dict) else []
    for metric in metrics if isinstance(metrics, list) else []:
        rows = metric.get("data") if isinstance(metric, dict) else None
        if isinstance(metric, dict) and isinstance(rows, list):
            units = str(metric.get("units") or "")
            yield str(metric.get("name")), units, [row for row in rows if isinstance(row, dict)]
        else:
            found.notes["unexpected:metrics"] = None
