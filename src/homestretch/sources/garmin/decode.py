"""Reads what Garmin answered about somebody's days: bytes in, measurements, series and nights out."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from homestretch.model.health.measurement import Wellness
from homestretch.sources.garmin import _gear, _training
from homestretch.sources.garmin.listing import titles
from homestretch.vendors.garmin import days, intraday, rows, sleep
from homestretch.vendors.wellness_builder import WellnessBuilder

#: Goes up with every change of what `decode` returns; payloads are then decoded again.
VERSION = 5

#: What reads each kind of payload; one payload is the answer to one request.
KINDS: Mapping[str, Callable[[WellnessBuilder, Any], None]] = {
    "summary": days.summary,
    "sleep": sleep.sleep,
    "hrv": intraday.hrv,
    "heart_rate": intraday.heart_rate,
    "stress": intraday.stress,
    "body_battery": intraday.body_battery,
    "spo2": intraday.spo2,
    "respiration": intraday.respiration,
    "steps": intraday.steps,
    "floors": intraday.floors,
    "weight": days.weight,
    "resting_heart_rate": days.resting_heart_rate,
    "hydration": days.hydration,
    "intensity_minutes": days.intensity_minutes,
    "training_readiness": rows.readiness,
    "training_status": _training.training_status,
    "vo2max": _training.vo2max,
    "race_predictions": _training.race_predictions,
}


def decode(kind: str, payload: bytes) -> Wellness:
    """Return what a payload of a kind says; bad data gives notes and never raises.

    An empty answer says nothing and leaves no note. Notes: `unknown_kind`, `unreadable` (no JSON), `no_day`,
    `night_without_times`, `privacy_protected`, `unexpected:` with Garmin's name of what could not be read.
    """
    kind, _, of = kind.partition(":")
    if kind not in KINDS and kind not in ("activities", "gear"):
        return Wellness(notes=("unknown_kind",))
    if not payload.strip():
        return Wellness()
    try:
        body = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return Wellness(notes=("unreadable",))
    if kind == "activities":
        return Wellness(titles=tuple(titles(body)))
    if kind == "gear":
        return _about_gear(of, body)
    builder = WellnessBuilder()
    KINDS[kind](builder, body)
    return builder.wellness()


def _about_gear(of: str, body: Any) -> Wellness:
    """Return an answer about gear: about all items, or by its kind about one item's distance or activities."""
    what, _, item = of.partition(":")
    uuid = item.partition(":")[0]
    if what == "stats":
        return Wellness(gear=tuple(_gear.stats(uuid, body)))
    return Wellness(titles=tuple(_gear.used(uuid, body))) if what == "used" else Wellness(gear=tuple(_gear.items(body)))
