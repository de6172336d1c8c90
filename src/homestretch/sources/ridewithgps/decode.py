"""Reads what Ride with GPS answered: trips with their track points as recordings, and what it calls them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import orjson

from homestretch.model.channel import Times
from homestretch.model.health.measurement import RemoteGear, Title, Wellness
from homestretch.model.recording import Decoded, Device, Lap, Pause, Recording
from homestretch.sources import _recorded as read
from homestretch.sources.ridewithgps._sports import sport_of

#: Goes up with every change of what is read; payloads and trips are then read again.
VERSION = 2
#: What reads each kind of days' payload: Ride with GPS has none.
KINDS: Mapping[str, Callable[[Any], Wellness]] = {}
KEY = "ridewithgps"

_KPH_PER_MPS = 3.6
#: A track point's letters by channel; speeds are in km/h.
_CHANNELS = {
    "longitude": "x", "latitude": "y", "altitude_m": "e", "distance_m": "d", "speed_mps": "s", "heart_rate_bpm": "h",
    "cadence_rpm": "c", "power_w": "p", "temperature_c": "T", "power_balance_pct": "pb",
}  # fmt: skip
_TOTALS = {
    "total_distance_m": ("distance", 1.0),
    "total_elapsed_time_s": ("duration", 1.0),
    "total_moving_time_s": ("moving_time", 1.0),
    "total_ascent_m": ("elevation_gain", 1.0),
    "total_descent_m": ("elevation_loss", 1.0),
    "total_calories_kcal": ("calories", 1.0),
    "avg_speed_mps": ("avg_speed", _KPH_PER_MPS),
    "max_speed_mps": ("max_speed", _KPH_PER_MPS),
    "avg_heart_rate_bpm": ("avg_hr", 1.0),
    "max_heart_rate_bpm": ("max_hr", 1.0),
    "avg_cadence_rpm": ("avg_cad", 1.0),
    "max_cadence_rpm": ("max_cad", 1.0),
    "avg_power_w": ("avg_watts", 1.0),
    "max_power_w": ("max_watts", 1.0),
}
#: Of these 0 says that there was no sensor.
_ABOVE_ZERO = ("total_elapsed_time_s", "total_calories_kcal", "avg_heart_rate_bpm", "max_heart_rate_bpm")


def decode(kind: str, payload: bytes) -> Wellness:
    """Return what a page of the list calls its trips, or which gear there is; bad data gives notes and never raises.

    Notes: `unknown_kind`, `unreadable` (no JSON).
    """
    if kind not in ("activities", "gear"):
        return Wellness(notes=("unknown_kind",))
    if not payload.strip():
        return Wellness()
    try:
        body = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return Wellness(notes=("unreadable",))
    if kind == "gear":
        return Wellness(gear=tuple(_gear(body)))
    return Wellness(titles=tuple(found for trip in trips(body) if (found := _title(trip)) is not None))


def trips(body: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the trips of a page of the list, or the one trip of an answer."""
    held = body if isinstance(body, dict) else {}
    listed = held.get("trips")
    for trip in listed if isinstance(listed, list) else [held.get("trip")]:
        if isinstance(trip, dict):
            yield trip


def _gear(body: Any) -> Iterator[RemoteGear]:
    """Yield the items of the list of gear, which says neither what they are nor how far they went."""
    found = body.get("results", body.get("gear")) if isinstance(body, dict) else body
    for item in found if isinstance(found, list) else []:
        key = read.key_of(item.get("id")) if isinstance(item, dict) else None
        if key is not None:
            yield RemoteGear(key, _called(item))


def _called(gear: Mapping[str, Any]) -> str | None:
    """Return what an item of gear is called: by its owner, else by its maker."""
    own = read.text(gear.get("name")) or read.text(gear.get("nickname"))
    return own or " ".join(part for name in ("make", "model") if (part := read.text(gear.get(name)))) or None


def recording(data: bytes) -> Decoded:
    """Return the recording in the answer about a trip; bad data gives notes and never raises.

    Notes: `unreadable`, `no_time`, `untimed_points`.
    """
    trip = next(iter(_read(data)), None)
    if trip is None:
        return Decoded(format=KEY, kind="unknown", notes=("unreadable",))
    listed = trip.get("track_points")
    points = [point for point in listed if isinstance(point, dict)] if isinstance(listed, list) else []
    times = _times(points)
    found = _recording(trip, points, times)
    if found is not None:
        gear = trip.get("gear")
        found = replace(found, gear=gear_of(trip), gear_name=_called(gear) if isinstance(gear, dict) else None)
    untimed = int(np.count_nonzero(times == 0))
    contents = {"untimed_points": untimed, "excluded_points": sum(1 for point in points if point.get("k") is True)}
    notes = [*(["no_time"] if found is None else []), *(["untimed_points"] if untimed else [])]
    return Decoded(
        format=KEY,
        kind="unknown" if found is None else "activity",
        recordings=() if found is None else (found,),
        notes=tuple(notes),
        contents={name: count for name, count in contents.items() if count},
    )


def _read(data: bytes) -> list[Mapping[str, Any]]:
    try:
        return list(trips(orjson.loads(data)))
    except orjson.JSONDecodeError:
        return []


def _title(trip: Mapping[str, Any]) -> Title | None:
    key = read.key_of(trip.get("id"))
    if key is None:
        return None
    return Title(key, read.text(trip.get("name")), read.text(trip.get("description")), gear_of(trip))


def gear_of(trip: Mapping[str, Any]) -> str | None:
    """Return the key of a trip's gear, or None where it has none or does not say."""
    gear = trip.get("gear")
    return read.key_of(gear.get("id")) if isinstance(gear, dict) else read.key_of(trip.get("gear_id"))


def _times(points: Sequence[Mapping[str, Any]]) -> Times:
    """Return the points' times in UTC ms, shape (n,), 0 without a time."""
    seconds = read.column(points, "t")
    known = (seconds > 0.0) & (seconds < 4e9)
    return np.where(known, np.rint(np.where(known, seconds, 0.0) * 1000.0), 0.0).astype(np.int64)


def _recording(trip: Mapping[str, Any], points: Sequence[Mapping[str, Any]], times: Times) -> Recording | None:
    """Return the trip; points that its rider took out of all figures are a pause, and are not among the samples."""
    zone = read.zone_of(trip.get("time_zone"))
    stated = read.instant_ms(trip.get("departed_at"), zone)
    offset = None if stated is None else stated[1]
    sport, figures = sport_of(trip), read.totals(trip, _TOTALS, _ABOVE_ZERO)
    name, description = read.text(trip.get("name")), read.text(trip.get("description"))
    devices = tuple(Device(role="recorder", product=device) for device in [read.text(trip.get("device"))] if device)
    counted = np.array([point.get("k") is not True for point in points], dtype=bool)
    rows = np.flatnonzero(counted & (times > 0))
    if len(rows) == 0:
        start = None if stated is None else read.moment(stated[0], offset, zone)
        if start is None:
            return None
        return read.without_samples(sport, start, figures, name, description, devices=devices)
    kept, at = [points[row] for row in rows.tolist()], times[rows]
    columns = {key: read.column(kept, letter) for key, letter in _CHANNELS.items()}
    return Recording(
        sport=sport,
        start=read.moment(int(at[0]), offset, zone),
        end_ms=int(at.max()),
        time_ms=at,
        channels=read.channels(columns, {"speed_mps": _KPH_PER_MPS}),
        laps=tuple(_laps(kept, at)),
        pauses=tuple(_pauses(rows, counted, times)),
        devices=devices,
        totals=figures,
        name=name,
        description=description,
    )


def _laps(points: Sequence[Mapping[str, Any]], at: Times) -> Iterator[Lap]:
    """Yield the laps, if any was begun on the way: a point that begins one says so."""
    begun = [row for row, point in enumerate(points) if row > 0 and point.get("lap") is True]
    distance = read.column(points, "d")
    for first, last in pairwise([0, *begun, len(points) - 1] if begun else []):
        start, end, metres = int(at[first]), int(at[last]), float(distance[last] - distance[first])
        if end > start:
            yield Lap(
                start_ms=start,
                end_ms=end,
                elapsed_s=(end - start) / 1000.0,
                distance_m=metres if metres >= 0.0 else None,
            )


def _pauses(rows: Any, counted: Any, times: Times) -> Iterator[Pause]:
    """Yield a pause for each stretch of points that do not count, between those around it."""
    for before, after in pairwise(rows.tolist()):
        if not counted[before + 1 : after].all() and times[after] > times[before]:
            yield Pause(int(times[before]), int(times[after]))
