"""Decodes workouts of Apple Health: totals, samples, laps and pauses; their ways are in GPX files beside the export."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import unescape
from math import isfinite
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from homestretch.formats.apple_health.samples import samples
from homestretch.formats.apple_health.shape import attributes, time_ms
from homestretch.formats.apple_health.sports import sport_of
from homestretch.formats.apple_health.types import ENERGY, LENGTH, RATE, TIME, Units
from homestretch.model.moment import Moment
from homestretch.model.recording import Device, Lap, Pause, Recording
from homestretch.vendors.apple_routes import ROUTES, route_key

_WORKOUT = re.compile(rb"<Workout\s([^>]*?)(?:/>|>(.*?)(?:</Workout>|(?=<Workout\s)|\Z))", re.DOTALL)
#: A part of a workout has statistics of its own; those of the whole stand beside it.
_ACTIVITY = re.compile(rb"<WorkoutActivity\s.*?(?:</WorkoutActivity>|/>)", re.DOTALL)
_STATISTICS = re.compile(rb"<WorkoutStatistics\s([^>]*?)/?>")
_EVENT = re.compile(rb"<WorkoutEvent\s([^>]*?)/?>")
_ENTRY = re.compile(rb"<MetadataEntry\s([^>]*?)/?>")
_ROUTE = re.compile(rb'<FileReference\s[^>]*?path="([^"]+)"')
_HARDWARE, _MAKER = re.compile(r"hardware:([\w,]+)"), re.compile(r"manufacturer:([^,>]+)")
_QUANTITY, _EVENTS = "HKQuantityTypeIdentifier", "HKWorkoutEventType"
_DISTANCES = """
WalkingRunning Cycling Swimming Wheelchair DownhillSnowSports Rowing PaddleSports SkatingSports CrossCountrySkiing
"""
#: Of each quantity: our total, which of its statistics that is, and its units.
_TOTALS: Mapping[str, tuple[tuple[str, str, Units], ...]] = {
    **{f"Distance{name}": (("total_distance_m", "sum", LENGTH),) for name in _DISTANCES.split()},
    "ActiveEnergyBurned": (("total_calories_kcal", "sum", ENERGY),),
    "HeartRate": (("avg_heart_rate_bpm", "average", RATE), ("max_heart_rate_bpm", "maximum", RATE)),
}
_PAUSES, _RESUMES = ("Pause", "MotionPaused"), ("Resume", "MotionResumed")


class _Event(NamedTuple):
    """Something that happened in a workout: when, Apple's word for it, and how long it took, seconds."""

    at_ms: int
    word: str
    lasted_s: float | None


def workouts(data: bytes, *, records: bytes) -> Iterator[Recording | None]:
    """Yield the recording of each workout, None for one without its times; `records` hold their samples."""
    for session, (text, inner) in enumerate(_WORKOUT.findall(data)):
        yield _workout(session, attributes(text), _ACTIVITY.sub(b"", inner), records)


def _workout(session: int, of: Mapping[bytes, bytes], inner: bytes, records: bytes) -> Recording | None:
    start_ms, end_ms = time_ms(of.get(b"startDate")), time_ms(of.get(b"endDate"))
    if start_ms is None or end_ms is None or end_ms <= start_ms:
        return None
    entries = {one.get(b"key", b"").decode(errors="replace"): _text(one, b"value") for one in _each(_ENTRY, inner)}
    events = sorted(_events(inner))
    pauses = tuple(_pauses(events, end_ms))
    route = _ROUTE.search(inner)
    times, measured = samples(records, of.get(b"sourceName", b""), start_ms, end_ms)
    indoor = entries.get("HKIndoorWorkout") == "1"
    return Recording(
        session=session,
        sport=sport_of(_text(of, b"workoutActivityType"), indoor=indoor, water=entries.get("HKSwimmingLocationType")),
        start=_moment(start_ms, entries.get("HKTimeZone")),
        end_ms=end_ms,
        time_ms=times,
        channels=measured,
        laps=tuple(_laps(events)),
        pauses=pauses,
        devices=_devices(of),
        totals={"total_elapsed_time_s": (end_ms - start_ms) / 1000, **_totals(of, inner, entries)},
        name=_text(of, b"workoutName") or None,
        pool_length_m=_quantity(entries.get("HKLapLength"), LENGTH),
        links={} if route is None else {ROUTES: route_key(route[1].decode(errors="replace"))},
    )


def _each(pattern: re.Pattern[bytes], inner: bytes) -> Iterator[dict[bytes, bytes]]:
    return (attributes(text) for text in pattern.findall(inner))


def _text(of: Mapping[bytes, bytes], name: bytes) -> str:
    return unescape(of.get(name, b"").decode(errors="replace")).strip()


def _totals(of: Mapping[bytes, bytes], inner: bytes, entries: Mapping[str, str]) -> dict[str, float]:
    """Return totals in SI units: by the statistics, else by the attributes that exports had until 2022."""
    stated = {
        "total_timer_time_s": _scaled(of, b"duration", b"durationUnit", TIME),
        "total_distance_m": _scaled(of, b"totalDistance", b"totalDistanceUnit", LENGTH),
        "total_calories_kcal": _scaled(of, b"totalEnergyBurned", b"totalEnergyBurnedUnit", ENERGY),
        "total_ascent_m": _quantity(entries.get("HKElevationAscended"), LENGTH),
    }
    for one in _each(_STATISTICS, inner):
        for key, which, units in _TOTALS.get(_text(one, b"type").removeprefix(_QUANTITY), ()):
            value = _scaled(one, which.encode(), b"unit", units)
            stated[key] = value if value is not None else stated.get(key)
    return {key: value for key, value in stated.items() if value is not None and value > 0.0}


def _scaled(of: Mapping[bytes, bytes], name: bytes, unit: bytes, units: Units) -> float | None:
    return _quantity(f"{_text(of, name)} {_text(of, unit)}", units)


def _quantity(text: str | None, units: Units) -> float | None:
    """Return `12300 cm` in the unit that these lead to; None for what is no such quantity."""
    number, _, unit = (text or "").partition(" ")
    try:
        value = float(number)
    except ValueError:
        return None
    scale = units.get(unit.strip())
    return None if scale is None or not isfinite(value) else round(value * scale.factor, 6)


def _moment(start_ms: int, zone: str | None) -> Moment:
    """Return the start, on the clock of the zone that the workout names; the printed offset is the phone's of today."""
    if zone:
        try:
            offset = datetime.fromtimestamp(start_ms / 1000, UTC).astimezone(ZoneInfo(zone)).utcoffset()
        except (ZoneInfoNotFoundError, ValueError, OSError):
            offset = None
        if offset is not None:
            return Moment(start_ms, int(offset.total_seconds()), zone, "file")
    return Moment(start_ms)


def _events(inner: bytes) -> Iterator[_Event]:
    for one in _each(_EVENT, inner):
        at_ms = time_ms(one.get(b"date"))
        if at_ms is not None:
            word = _text(one, b"type").removeprefix(_EVENTS)
            yield _Event(at_ms, word, _scaled(one, b"duration", b"durationUnit", TIME))


def _pauses(events: list[_Event], end_ms: int) -> Iterator[Pause]:
    """Yield the stretches between a pause and what follows it."""
    paused: int | None = None
    for event in events:
        if event.word in _PAUSES and paused is None:
            paused = event.at_ms
        elif event.word in _RESUMES and paused is not None:
            if event.at_ms > paused:
                yield Pause(paused, event.at_ms)
            paused = None
    if paused is not None and paused < end_ms:
        yield Pause(paused, end_ms)


def _laps(events: list[_Event]) -> Iterator[Lap]:
    """Yield the laps that somebody pressed; segments that the watch makes of each kilometre and mile overlap."""
    for event in events:
        if event.word == "Lap" and event.lasted_s:
            end_ms = event.at_ms + round(1000 * event.lasted_s)
            yield Lap(start_ms=event.at_ms, end_ms=end_ms, elapsed_s=event.lasted_s, timer_s=event.lasted_s)


def _devices(of: Mapping[bytes, bytes]) -> tuple[Device, ...]:
    described, source = _text(of, b"device"), _text(of, b"sourceName")
    hardware, maker = _HARDWARE.search(described), _MAKER.search(described)
    product = hardware[1].strip(",") if hardware else source
    if not product:
        return ()
    return (Device(role="recorder", manufacturer=maker[1].strip() if maker else None, product=product),)
