"""Reads what intervals.icu answered: how somebody was each day, its names of activities, and those without a file."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

from homestretch.model.health.measurement import Measurement, RemoteGear, Title, Wellness
from homestretch.model.recording import Decoded, Device
from homestretch.sources import _recorded as read
from homestretch.sources.intervals._sports import sport_of
from homestretch.sources.intervals.listing import gear_of, is_stub

#: Goes up with every change of what is read; payloads and activities are then read again.
VERSION = 2
KEY = "intervals"

#: Its name of a day's value: our kind, what it is multiplied by, whether 0 is a value. It writes null for what was not
#: measured; what it computes itself (fitness, fatigue) is left out.
_VALUES: Mapping[str, tuple[str, float, bool]] = {
    "weight": ("weight_kg", 1.0, False),
    "restingHR": ("resting_heart_rate_bpm", 1.0, False),
    "hrv": ("hrv_night_ms", 1.0, False),
    "hrvSDNN": ("hrv_sdnn_ms", 1.0, False),
    "sleepSecs": ("sleep_s", 1.0, False),
    "sleepScore": ("sleep_score", 1.0, False),
    "avgSleepingHR": ("sleep_heart_rate_bpm", 1.0, False),
    "spO2": ("spo2_avg_pct", 1.0, False),
    "respiration": ("respiration_brpm", 1.0, False),
    "steps": ("steps", 1.0, True),
    "vo2max": ("vo2max", 1.0, False),
    "bodyFat": ("body_fat_pct", 1.0, False),
    "abdomen": ("waist_cm", 1.0, False),
    "systolic": ("blood_pressure_systolic_mmhg", 1.0, False),
    "diastolic": ("blood_pressure_diastolic_mmhg", 1.0, False),
    "bloodGlucose": ("blood_glucose_mmol_l", 1.0, False),
    "lactate": ("lactate_mmol_l", 1.0, False),
    "kcalConsumed": ("calories_eaten_kcal", 1.0, False),
    "readiness": ("training_readiness", 1.0, False),
    "soreness": ("felt_soreness", 1.0, False),
    "fatigue": ("felt_fatigue", 1.0, False),
    "stress": ("felt_stress", 1.0, False),
    "mood": ("felt_mood", 1.0, False),
    "motivation": ("felt_motivation", 1.0, False),
    "injury": ("felt_injury", 1.0, False),
    "sleepQuality": ("felt_sleep", 1.0, False),
}
#: Where these are true, the value is an earlier day's that it carries on.
_CARRIED = {"weight": "tempWeight", "restingHR": "tempRestingHR"}
_SORTS = {"Bike": "bike", "Shoes": "shoes"}
_TOTALS = {
    "total_distance_m": ("distance", 1.0),
    "total_elapsed_time_s": ("elapsed_time", 1.0),
    "total_moving_time_s": ("moving_time", 1.0),
    "total_ascent_m": ("total_elevation_gain", 1.0),
    "total_calories_kcal": ("calories", 1.0),
    "avg_heart_rate_bpm": ("average_heartrate", 1.0),
    "max_heart_rate_bpm": ("max_heartrate", 1.0),
    "avg_power_w": ("icu_average_watts", 1.0),
    "avg_cadence_rpm": ("average_cadence", 1.0),
    "avg_speed_mps": ("average_speed", 1.0),
    "max_speed_mps": ("max_speed", 1.0),
}


def decode(kind: str, payload: bytes) -> Wellness:
    """Return what a payload of a kind says; bad data gives notes and never raises.

    Notes: `unknown_kind`, `unreadable` (no JSON), `no_day`, `unexpected:` with its name of what could not be read.
    """
    reader = _titles if kind == "activities" else KINDS.get(kind)
    if reader is None:
        return Wellness(notes=("unknown_kind",))
    if not payload.strip():
        return Wellness()
    try:
        body = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return Wellness(notes=("unreadable",))
    return reader(body)


def recording(data: bytes) -> Decoded:
    """Return the recording in the answer about an activity that has no file; bad data gives notes and never raises.

    It has totals and no samples. Notes: `unreadable`, `stub` (it came from Strava), `no_time`.
    """
    try:
        body = orjson.loads(data)
    except orjson.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        return Decoded(format=KEY, kind="unknown", notes=("unreadable",))
    if is_stub(body):
        return Decoded(format=KEY, kind="unknown", notes=("stub",))
    zone = read.zone_of(body.get("timezone"))
    at = read.instant_ms(body.get("start_date")) or read.instant_ms(body.get("start_date_local"), zone)
    device, strava = read.text(body.get("device_name")), read.key_of(body.get("strava_id"))
    devices = (Device(role="recorder", product=device),) if device else ()
    found = at and read.without_samples(
        sport_of(body),
        read.moment(at[0], at[1], zone),
        read.totals(body, _TOTALS, tuple(_TOTALS)),
        read.text(body.get("name")),
        read.text(body.get("description")),
        devices=devices,
        links={"strava": strava} if strava else {},
    )
    if not found:
        return Decoded(format=KEY, kind="unknown", notes=("no_time",))
    return Decoded(format=KEY, kind="activity", recordings=(found,))


def _titles(body: Any) -> Wellness:
    return Wellness(titles=tuple(_each_title(body)))


def _each_title(body: Any) -> Iterator[Title]:
    """Yield what the list calls each activity that it may name."""
    for item in body if isinstance(body, list) else []:
        key = read.key_of(item.get("id")) if isinstance(item, dict) and not is_stub(item) else None
        if key is not None:
            yield Title(key, read.text(item.get("name")), read.text(item.get("description")), gear_of(item)[0])


def _gear(body: Any) -> Wellness:
    """Read the list of gear; parts of gear are in it too, and are left out."""
    items = [item for item in body if isinstance(item, dict)] if isinstance(body, list) else []
    return Wellness(
        gear=tuple(
            RemoteGear(
                key,
                read.text(item.get("name")),
                _SORTS.get(str(item.get("type")), "other"),
                read.amount(item.get("distance")),
                bool(item.get("retired")),
            )
            for item in items
            if (key := read.key_of(item.get("id"))) is not None and item.get("component") is not True
        )
    )


def _wellness(body: Any) -> Wellness:
    """Read the days of a range, or one day; a day is its id."""
    measurements, notes = [], dict[str, None]()
    for row in body if isinstance(body, list) else [body]:
        day = read.day(row.get("id")) if isinstance(row, dict) else None
        if day is None:
            notes["no_day"] = None
            continue
        for name, (kind, scale, zero) in _VALUES.items():
            said = row.get(name)
            value = read.amount(said)
            if value is None:
                notes |= {} if said is None else {f"unexpected:{name}": None}
            elif (value > 0.0 or zero) and row.get(_CARRIED.get(name, "")) is not True:
                measurements.append(Measurement(kind, day, value * scale))
    return Wellness(measurements=tuple(measurements), notes=tuple(notes))


#: What reads each kind of payload; one payload is the answer to one request.
KINDS: Mapping[str, Callable[[Any], Wellness]] = {"wellness": _wellness, "gear": _gear}
