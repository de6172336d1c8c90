"""Messages of HC Webhook: arrays of records of Health Connect, by type; all instants are UTC.

Facts from the app's `docs/webhook.md`.
"""

from collections.abc import Iterator, Mapping

from homestretch.model.health.measurement import Wellness
from homestretch.model.health.night import Night, Stage, StageName
from homestretch.sources.phone.collected import At, Collected

#: Counts over an interval: the array, its field, our kind, and the factor to our unit.
COUNTS = (
    ("steps", "count", "steps", 1.0),
    ("distance", "meters", "distance_m", 1.0),
    ("active_calories", "calories", "calories_active_kcal", 1.0),
)
#: Samples through a day.
SAMPLES = (
    ("heart_rate", "bpm", "heart_rate_bpm"),
    ("heart_rate_variability", "rmssd_millis", "hrv_ms"),
    ("oxygen_saturation", "percentage", "spo2_pct"),
    ("respiratory_rate", "rate", "respiration_brpm"),
)
#: Readings at an instant, and the factor to our unit.
READINGS = (
    ("weight", "kilograms", "weight_kg", 1.0),
    ("body_fat", "percentage", "body_fat_pct", 1.0),
    ("lean_body_mass", "kilograms", "lean_mass_kg", 1.0),
    ("bone_mass", "kilograms", "bone_mass_kg", 1.0),
    ("blood_pressure", "systolic", "blood_pressure_systolic_mmhg", 1.0),
    ("blood_pressure", "diastolic", "blood_pressure_diastolic_mmhg", 1.0),
    ("blood_glucose", "mmol_per_liter", "blood_glucose_mmol_l", 1.0),
    ("body_temperature", "celsius", "body_temperature_c", 1.0),
)
#: Values of a day; of several the last holds.
DAILY = (
    ("resting_heart_rate", "bpm", "resting_heart_rate_bpm", 1.0),
    ("vo2_max", "ml_per_kg_per_min", "vo2max", 1.0),
    ("skin_temperature", "delta_celsius", "skin_temperature_change_c", 1.0),
    # 1 W all day is 86,400 J, which is 20.65 kcal.
    ("basal_metabolic_rate", "watts", "calories_resting_kcal", 20.65),
)
STAGES: Mapping[str, StageName] = {
    "awake": "awake", "out_of_bed": "awake", "awake_in_bed": "awake", "sleeping": "light", "light": "light",
    "deep": "deep", "rem": "rem", "1": "awake", "2": "light", "3": "awake", "4": "light", "5": "deep", "6": "rem",
    "7": "awake",
}  # fmt: skip
LENGTHS: Mapping[str, str] = {"deep": "deep_s", "light": "light_s", "rem": "rem_s", "awake": "awake_s"}


def read(body: Mapping[str, object], zone: str) -> Wellness:
    """Return what a message says, with days of a zone."""
    found = Collected(zone)
    said = found.at(body.get("timestamp"), "timestamp")
    for array, name, kind, factor in COUNTS:
        for row in _rows(found, body, array):
            start, end = (found.at(row.get(end), end) for end in ("start_time", "end_time"))
            value = found.number(row.get(name), name)
            if start is not None and end is not None and value is not None:
                found.span(kind, start, end, value * factor)
    for array, name, kind in SAMPLES:
        for row, at in _timed(found, body, array):
            found.sample(kind, at, found.number(row.get(name), name))
    for array, name, kind, factor in READINGS:
        for row, at in _timed(found, body, array):
            value = found.number(row.get(name), name)
            found.value(kind, at.day, None if value is None else value * factor, at.ms)
    for array, name, kind, factor in DAILY:
        for row, at in _timed(found, body, array):
            value = found.number(row.get(name), name)
            found.value(kind, at.day, None if value is None else round(value * factor, 3))
    for row in _rows(found, body, "sleep"):
        _sleep(found, row)
    for row in _rows(found, body, "hydration"):
        start, litres = found.at(row.get("start_time"), "start_time"), found.number(row.get("liters"), "liters")
        if start is not None and litres is not None:
            found.value("hydration_ml", start.day, 1000 * litres, start.ms)
    return found.wellness(None if said is None else said.ms)


def _sleep(found: Collected, row: Mapping[str, object]) -> None:
    """Add a sleep; one without stages begins its duration before its end."""
    end = found.at(row.get("session_end_time"), "session_end_time")
    length = found.number(row.get("duration_seconds"), "duration_seconds")
    if end is None or length is None or length <= 0:
        return
    stages = tuple(sorted(_stages(found, row), key=lambda stage: stage.start_ms))
    lengths: dict[str, float] = {}
    for stage in stages:
        lengths[LENGTHS[stage.stage]] = lengths.get(LENGTHS[stage.stage], 0.0) + (stage.end_ms - stage.start_ms) / 1000
    asleep = sum(value for name, value in lengths.items() if name != "awake_s") if stages else length
    found.nights.append(
        Night(
            day=end.day,
            start_ms=min([end.ms - round(1000 * length), *(stage.start_ms for stage in stages)]),
            end_ms=end.ms,
            offset_s=end.offset_s,
            asleep_s=asleep,
            deep_s=lengths.get("deep_s"),
            light_s=lengths.get("light_s"),
            rem_s=lengths.get("rem_s"),
            awake_s=lengths.get("awake_s"),
            stages=stages,
        )
    )


def _stages(found: Collected, row: Mapping[str, object]) -> Iterator[Stage]:
    for part in _rows(found, row, "stages"):
        start, end = (found.at(part.get(end), end) for end in ("start_time", "end_time"))
        name = str(part.get("stage")).lower().removeprefix("stage_type_")
        if name not in STAGES:
            found.notes["unexpected:stage"] = None
        elif start is not None and end is not None and end.ms > start.ms:
            yield Stage(start.ms, end.ms, STAGES[name])


def _timed(found: Collected, body: Mapping[str, object], array: str) -> Iterator[tuple[Mapping[str, object], At]]:
    for row in _rows(found, body, array):
        at = found.at(row.get("time"), "time")
        if at is not None:
            yield row, at


def _rows(found: Collected, body: Mapping[str, object], array: str) -> Iterator[Mapping[str, object]]:
    rows = body.get(array, [])
    if not isinstance(rows, list):
        found.notes[f"unexpected:{array}"] = None
        return
    for row in rows:
        if isinstance(row, dict):
            yield row
        else:
            found.notes[f"unexpected:{array}"] = None
