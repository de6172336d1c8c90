"""The encoder's messages of sessions, laps, lengths, sets, events and devices: their fields."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from homestretch.formats.fit.part import EPOCH_S, TIMESTAMP
from homestretch.formats.fit.summary import EVENT, LAP, RADIOS, SESSION, totals_plan
from homestretch.formats.fit.wire import profile
from homestretch.formats.fit.wire.writer import Fields
from homestretch.model.recording import Device, Event, ExerciseSet, Lap, Length, Recording

_DEVELOPMENT = 255
START, STOP_ALL, STOP_LAST = 0, 4, 9
_MARK = 3


def second_of(ms: int) -> int:
    """Return an instant (ms, UTC) in FIT's whole seconds."""
    return round(ms / 1000) - EPOCH_S


def file_id_fields(recording: Recording) -> Fields:
    """Return the file's identity: the recording's own key if it has one, else our own maker number and no serial."""
    known = [int(x) if x.isdecimal() else None for x in (recording.file_key or "").split(":")]
    if len(known) == 5:
        kind, maker, product, serial, created = known
    else:
        kind, maker, product, serial, created = 4, _DEVELOPMENT, None, None, second_of(recording.start.utc_ms)
    return {
        0: ("enum", kind if kind is not None else 4),
        1: ("uint16", maker),
        2: ("uint16", product),
        3: ("uint32z", serial),
        4: ("uint32", created),
    }


def _totals(number: int, totals: Mapping[str, float]) -> dict[int, tuple[str, Any]]:
    """Return the fields of a session or lap that hold these figures: the widest field, and its fraction if any."""
    out: dict[int, tuple[str, Any]] = {}
    for key, value in totals.items():
        places = _total_fields(number).get(key, {})
        main = places.get("enhanced") or places.get("plain")
        if main is None:
            continue
        num, kind, scale, offset = main
        whole = value
        if "fraction" in places and value != int(value):
            fraction, small, parts, _ = places["fraction"]
            whole = float(int(value))
            out[fraction] = (small, (value - whole) * parts)
        out[num] = (kind, (whole + offset) * scale)
    return out


@cache
def _total_fields(number: int) -> Mapping[str, Mapping[str, tuple[int, str, float, float]]]:
    found: dict[str, dict[str, tuple[int, str, float, float]]] = {}
    for num, (key, scale, offset, how) in totals_plan(number).items():
        found.setdefault(key, {}).setdefault(how, (num, profile.fields(number)[num].kind, scale, offset))
    return found


def session_fields(recording: Recording, place: int) -> Fields:
    """Return a recording's session message."""
    start, end = recording.start.utc_ms, recording.end_ms
    totals = {"total_elapsed_time_s": (end - start) / 1000, **recording.totals}
    return {
        TIMESTAMP: ("uint32", second_of(end)),
        254: ("uint16", place),
        0: ("enum", 8),
        1: ("enum", 1),
        2: ("uint32", second_of(start)),
        5: ("enum", profile.number_of("sport", recording.sport.key) or 0),
        6: ("enum", profile.number_of("sub_sport", recording.sport.sub) or 0),
        **_totals(SESSION, totals),
        **({44: ("uint16", recording.pool_length_m * 100)} if recording.pool_length_m else {}),
        **({110: ("string", recording.name)} if recording.name else {}),
    }


def lap_fields(lap: Lap, place: int, recording: Recording) -> Fields:
    """Return a lap message."""
    stated = {
        "total_elapsed_time_s": lap.elapsed_s,
        "total_timer_time_s": lap.timer_s,
        "total_distance_m": lap.distance_m,
    }
    return {
        TIMESTAMP: ("uint32", second_of(lap.end_ms)),
        254: ("uint16", place),
        0: ("enum", 9),
        1: ("enum", 1),
        2: ("uint32", second_of(lap.start_ms)),
        24: ("enum", profile.number_of("lap_trigger", lap.trigger)),
        25: ("enum", profile.number_of("sport", recording.sport.key) or 0),
        **_totals(LAP, {**lap.totals, **{key: value for key, value in stated.items() if value is not None}}),
    }


def length_fields(length: Length, place: int) -> Fields:
    """Return the message of a pool length."""
    end = length.start_ms + round(length.elapsed_s * 1000)
    return {
        TIMESTAMP: ("uint32", second_of(end)),
        254: ("uint16", place),
        0: ("enum", 28),
        1: ("enum", 1),
        2: ("uint32", second_of(length.start_ms)),
        3: ("uint32", length.elapsed_s * 1000),
        4: ("uint32", length.elapsed_s * 1000),
        5: ("uint16", length.strokes),
        7: ("enum", profile.number_of("swim_stroke", length.stroke)),
        12: ("enum", int(length.active)),
    }


def set_fields(one: ExerciseSet, place: int) -> Fields:
    """Return the message of a strength set."""
    category, within = profile.exercise_numbers(one.exercise) if one.exercise else (None, None)
    return {
        254: ("uint32", second_of(one.start_ms + round(one.duration_s * 1000))),
        0: ("uint32", one.duration_s * 1000),
        3: ("uint16", one.repetitions),
        4: ("uint16", None if one.weight_kg is None else one.weight_kg * 16),
        5: ("uint8", int(one.active)),
        6: ("uint32", second_of(one.start_ms)),
        7: ("uint16", category),
        8: ("uint16", within),
        10: ("uint16", place),
    }


def timer_fields(at_ms: int, how: int) -> Fields:
    """Return the message of a start or stop of the timer."""
    return {TIMESTAMP: ("uint32", second_of(at_ms)), 0: ("enum", 0), 1: ("enum", how), 3: ("uint32", 0)}


def event_fields(event: Event) -> Fields:
    """Return an event with those of its figures that FIT has fields for."""
    number = profile.number_of("event", event.kind.removeprefix("event_"))
    kind = event.data.get("type")
    fields: dict[int, tuple[str, Any]] = {
        TIMESTAMP: ("uint32", second_of(event.at_ms)),
        0: ("enum", number),
        1: ("enum", profile.number_of("event_type", str(kind)) if kind else _MARK),
    }
    for num, spec in profile.fields(EVENT).items():
        value = event.data.get(spec.key)
        if spec.numeric and isinstance(value, (int, float)):
            fields[num] = (spec.kind, value * spec.scale)
    return fields


def device_fields(device: Device, place: int, at_ms: int) -> Fields:
    """Return the message of a device; the first one is the recorder."""
    maker = profile.number_of("manufacturer", device.manufacturer)
    product = profile.number_of("garmin_product", device.product)
    kinds = ((radio, profile.number_of(name, device.role)) for radio, name in RADIOS.items())
    radio, kind = next((pair for pair in kinds if pair[1] is not None), (5, None))
    level = re.fullmatch(r"(\d+)%", device.battery or "")
    software = re.fullmatch(r"\d+(\.\d+)?", device.software or "")
    return {
        TIMESTAMP: ("uint32", second_of(at_ms)),
        0: ("uint8", 0 if device.role == "recorder" else place + 1),
        1: ("uint8", kind),
        2: ("uint16", maker),
        3: ("uint32z", _number(device.serial)),
        4: ("uint16", product),
        5: ("uint16", float(software[0]) * 100 if software else None),
        11: ("uint8", profile.number_of("battery_status", device.battery) if not level else None),
        25: ("enum", radio),
        32: ("uint8", int(level[1]) if level else None),
        **({27: ("string", device.product)} if device.product and product is None else {}),
    }


def activity_fields(sessions: Sequence[Recording]) -> Fields:
    """Return the message that ends an activity file, with the wall clock where it is known."""
    end = max(recording.end_ms for recording in sessions)
    offset = sessions[0].start.offset_s
    timer = sum(r.totals.get("total_timer_time_s", (r.end_ms - r.start.utc_ms) / 1000) for r in sessions)
    return {
        TIMESTAMP: ("uint32", second_of(end)),
        0: ("uint32", timer * 1000),
        1: ("uint16", len(sessions)),
        2: ("enum", int(len(sessions) > 1)),
        3: ("enum", 26),
        4: ("enum", 1),
        5: ("uint32", None if offset is None else second_of(end) + offset),
    }


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None
