"""Summaries: session, lap, length, set, event and device messages as our own nouns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from homestretch.formats.fit.part import TIMESTAMP, Message
from homestretch.formats.fit.timeline import Timeline
from homestretch.formats.fit.wire import profile
from homestretch.model.recording import Device, Event, ExerciseSet, Lap, Length, Pause
from homestretch.model.sport import GENERIC, Sport
from homestretch.vendors.sport_names import SPORTS

SPORT, SESSION, LAP, EVENT, DEVICE_INFO, LENGTH, SET = 12, 18, 19, 21, 23, 101, 225
#: How a device talks, and the enum that then says what it is.
RADIOS = {1: "antplus_device_type", 3: "ble_device_type", 5: "local_device_type"}
_START_TIME = 2
#: The maker number of those who have none: it identifies no device.
_DEVELOPMENT = 255
#: A dive's figures stand in a message beside the session, which it names by its kind and place.
DIVE_SUMMARY = 268
_TIMER_EVENT = 0
_DRILL = 4
_STARTS, _STOPS = {0}, {1, 4, 8, 9}
#: Events that only mark what other messages say: timer, session, lap, activity, length.
_STRUCTURE = {_TIMER_EVENT, 8, 9, 26, 28}
_GEAR_EVENTS = {42, 43}
#: The highest values of wide types, which no figure reaches, and those one lower.
_FILLERS = {"uint16": (0xFFFE, 0xFFFF), "uint32": (0xFFFFFFFE, 0xFFFFFFFF), "sint32": (0x7FFFFFFE, 0x7FFFFFFF)}
_NOT_TOTALS = {"event_group", "first_lap_index", "opponent_score", "player_score"}


@cache
def totals_plan(number: int) -> Mapping[int, tuple[str, float, float, str]]:
    """Return, by field number: our key, scale, offset, and whether it is plain, enhanced or a fraction to add."""
    plan = {}
    for num, spec in profile.fields(number).items():
        if spec.numeric and spec.name not in _NOT_TOTALS:
            kind = "enhanced" if spec.name.startswith("enhanced_") else "plain"
            if "_fractional_" in spec.name:
                kind = "fraction"
            plan[num] = (spec.key.replace("_fractional_", "_"), spec.scale, spec.offset, kind)
    return plan


def totals_of(message: Message) -> dict[str, float]:
    """Return a session's or lap's single figures by key, SI: enhanced ones first, fractions added to their whole."""
    plan = totals_plan(message.number)
    found: dict[str, float] = {}
    better: dict[str, float] = {}
    fractions: dict[str, float] = {}
    for num, value in message.fields.items():
        if num in plan and not isinstance(value, (tuple, str)) and not _filler(message.number, num, value):
            key, scale, offset, kind = plan[num]
            into = found if kind == "plain" else better if kind == "enhanced" else fractions
            into[key] = value / scale - offset
    found |= better
    for key, value in fractions.items():
        if key in found:
            found[key] += value
    return found


def _filler(number: int, num: int, value: float) -> bool:
    """Return whether a value is its type's highest or next: writers who guard "none" badly leave it one lower."""
    return value in _FILLERS.get(profile.fields(number)[num].base, ())


def dive_totals(dives: Iterable[Message], place: int) -> dict[str, float]:
    """Return the figures of the dive that the session at a place was: depths, times, and how fast up and down."""
    found: dict[str, float] = {}
    for message in dives:
        if message.get(0) == SESSION and (message.number_of(1) or 0) & 0xFFF == place:
            found |= totals_of(message)
    return {key: value for key, value in found.items() if not key.startswith("reference_")}


def sport_of(message: Message, sport: int, sub_sport: int) -> Sport:
    """Return the sport found in these two fields: numbers that FIT has no word for are `generic` and no kind."""
    sub = profile.named("sub_sport", message.get(sub_sport))
    key = profile.named("sport", message.get(sport))
    return Sport(key if key in SPORTS else GENERIC, None if sub in (None, "generic") else sub)


def start_of(message: Message) -> int | None:
    """Return when something began, FIT seconds: as stated (zero states nothing), or its end less how long it took."""
    start, end = message.number_of(_START_TIME), message.number_of(TIMESTAMP)
    if start or end is None:
        return start
    return end - (message.number_of(7) or 0) // 1000


def lap_of(message: Message, line: Timeline) -> Lap | None:
    """Return a lap, or None without a time."""
    start = start_of(message)
    if start is None:
        return None
    totals = totals_of(message)
    elapsed = totals.get("total_elapsed_time_s")
    start_ms, end = line.ms(start), message.number_of(TIMESTAMP)
    stop_ms = start_ms + round(elapsed * 1000) if elapsed is not None else line.ms(end if end is not None else start)
    return Lap(
        start_ms=start_ms,
        end_ms=max(start_ms, stop_ms),
        elapsed_s=elapsed,
        timer_s=totals.get("total_timer_time_s"),
        distance_m=totals.get("total_distance_m"),
        trigger=profile.enum("lap_trigger", message.get(24)),
        totals=totals,
    )


def length_of(message: Message, line: Timeline) -> Length | None:
    """Return a pool length, or None without a start; a drill always counts as swum."""
    start = message.number_of(_START_TIME)
    if start is None:
        return None
    return Length(
        start_ms=line.ms(start),
        elapsed_s=(message.number_of(3) or message.number_of(4) or 0) / 1000,
        active=message.get(12) != 0 or message.get(7) == _DRILL,
        stroke=profile.enum("swim_stroke", message.get(7)),
        strokes=message.number_of(5),
    )


def set_of(message: Message, line: Timeline) -> ExerciseSet | None:
    """Return a strength set, or None where it has no start."""
    duration = (message.number_of(0) or 0) / 1000
    start, end = message.number_of(6), message.number_of(254)
    if start is None and end is None:
        return None
    weight = message.number_of(4)
    return ExerciseSet(
        start_ms=line.ms(start) if start is not None else line.ms(end or 0) - round(duration * 1000),
        duration_s=duration,
        active=message.get(5) != 0,
        exercise=_exercise(message),
        repetitions=message.number_of(3),
        weight_kg=None if weight is None else weight / 16,
    )


def _exercise(message: Message) -> str | None:
    """Return the exercise's own name, or its category's where it has none."""
    category = profile.named("exercise_category", _first(message.get(7)))
    if category is None or category == "unknown":
        return None
    return profile.named(f"{category}_exercise_name", _first(message.get(8))) or category


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, tuple) else value


def pauses_of(events: Iterable[Message], line: Timeline) -> Iterator[Pause]:
    """Return the stretches between the timer's stops and its next starts."""
    stopped: int | None = None
    for event in events:
        at, how = event.number_of(TIMESTAMP), event.get(1)
        if event.get(0) != _TIMER_EVENT or at is None:
            continue
        if how in _STOPS and stopped is None:
            stopped = at
        elif how in _STARTS and stopped is not None:
            if at > stopped:
                yield Pause(line.ms(stopped), line.ms(at))
            stopped = None


def events_of(messages: Iterable[Message], line: Timeline) -> Iterator[Event]:
    """Return the events that are more than the file's own structure."""
    for message in messages:
        at, number = message.number_of(TIMESTAMP), message.number_of(0)
        if at is None or number is None or number in _STRUCTURE:
            continue
        kind = profile.named("event", number) or f"event_{number}"
        yield Event(at_ms=line.ms(at), kind=kind, data=_event_data(message, number))


def _event_data(message: Message, number: int) -> dict[str, float | str]:
    known, data = totals_plan(EVENT), dict[str, float | str]()
    for num, value in message.fields.items():
        if num in known and isinstance(value, int):
            key, scale, _, _ = known[num]
            data[key] = value / scale
    packed = message.number_of(3)
    if number in _GEAR_EVENTS and packed is not None:
        for place, key in enumerate(("rear_gear_num", "rear_gear", "front_gear_num", "front_gear")):
            data.setdefault(key, float(packed >> 8 * place & 0xFF))
    how = profile.named("event_type", message.get(1))
    return data | ({"type": how} if how else {})


def devices_of(messages: Iterable[Message]) -> tuple[Device, ...]:
    """Return the devices that took part, one for each device index, from all their messages."""
    said: dict[Any, dict[int, Any]] = {}
    for message in messages:
        said.setdefault(message.get(0), {}).update(message.fields)
    return tuple(_device(index, fields) for index, fields in said.items())


def _device(index: Any, fields: Mapping[int, Any]) -> Device:
    maker, product, software = fields.get(2), fields.get(4), fields.get(5)
    name = product_name(maker, product, fields.get(27))
    level, status = fields.get(32), fields.get(11)
    return Device(
        role="recorder" if index == 0 else _role(fields),
        manufacturer=profile.enum("manufacturer", maker),
        product=name,
        serial=None if fields.get(3) is None else str(fields[3]),
        software=f"{software / 100:.2f}" if isinstance(software, int) else None,
        battery=f"{level}%" if level is not None else profile.enum("battery_status", status),
    )


def with_recorder(devices: Sequence[Device], file_ids: Iterable[Message]) -> tuple[Device, ...]:
    """Return the devices with the one that wrote the file first; `file_id` fills in what its messages leave out."""
    written = next((writer_of(message) for message in file_ids if message.get(1) not in (None, _DEVELOPMENT)), None)
    if written is None:
        return tuple(devices)
    known = next((device for device in devices if device.role == "recorder"), None)
    if known is None:
        return (written, *devices)
    if (known.manufacturer or written.manufacturer) != written.manufacturer:
        return tuple(devices)
    merged = {name: getattr(known, name) or getattr(written, name) for name in ("manufacturer", "product", "serial")}
    return tuple(replace(device, **merged) if device is known else device for device in devices)


def writer_of(message: Message) -> Device:
    """Return the device that a `file_id` says wrote the file."""
    serial, maker = message.get(3), message.get(1)
    return Device(
        role="recorder",
        manufacturer=profile.enum("manufacturer", maker),
        product=product_name(maker, message.get(2), message.text(8)),
        serial=None if serial is None else str(serial),
    )


def product_name(maker: Any, product: Any, name: Any) -> str | None:
    """Return what a product is called: Garmin's by number, others' by the name in the file, else the number."""
    if maker in (1, 13, 15):
        return profile.enum("garmin_product", product)
    if isinstance(name, tuple):
        name = name[0]
    if isinstance(name, str) and name:
        return name
    return None if product is None else str(product)


def _role(fields: Mapping[int, Any]) -> str:
    """Return what kind of sensor this is, as its radio (ANT+, Bluetooth LE, built in) numbers them."""
    kind = RADIOS.get(fields.get(25, 1))
    return (profile.named(kind, fields.get(1)) if kind else None) or "sensor"


def sport_names(messages: Sequence[Message]) -> list[str | None]:
    """Return the names of the sport profiles in the file, in order."""
    return [message.text(3) for message in messages]
