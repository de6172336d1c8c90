"""Channels: the columns of the record messages under the house's names, in the file's own integers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from homestretch.formats.fit.developer import Described, developer_channels
from homestretch.formats.fit.part import TIMESTAMP
from homestretch.formats.fit.wire import profile
from homestretch.formats.fit.wire.base import STRING
from homestretch.formats.fit.wire.columns import Table, width_of
from homestretch.model.channel import CHANNEL_UNITS, MISSING_32, SEMICIRCLES_PER_DEGREE, Channel, Raw

RECORD = 20
_PACKED_SPEED_DISTANCE = 8
_CADENCE, _FRACTION, _CADENCE_256 = 4, 53, 52
#: Key, fields (the first that has a value counts), scale, offset.
_CANONICAL = (
    ("latitude", (0,), SEMICIRCLES_PER_DEGREE, 0.0),
    ("longitude", (1,), SEMICIRCLES_PER_DEGREE, 0.0),
    ("altitude_m", (78, 2), 5.0, 500.0),
    ("heart_rate_bpm", (3,), 1.0, 0.0),
    ("power_w", (7,), 1.0, 0.0),
    ("speed_mps", (73, 6), 1000.0, 0.0),
    ("distance_m", (5,), 100.0, 0.0),
    ("temperature_c", (13,), 1.0, 0.0),
)
_TAKEN = {num for _, nums, _, _ in _CANONICAL for num in nums} | {
    TIMESTAMP,
    _PACKED_SPEED_DISTANCE,
    _CADENCE,
    _FRACTION,
    _CADENCE_256,
}
#: Columns take at most this many times the bytes of the file: a guard against files made to burst.
_MOST_CELLS_PER_BYTE = 16


def channels_of(table: Table, described: Described) -> tuple[dict[str, Channel], bool]:
    """Return the channels of the record messages by key, and whether some were left out as too many."""
    found: dict[str, Channel] = {}
    room = _MOST_CELLS_PER_BYTE * (len(table.data) + 256)
    for channel in _every_channel(table, described):
        room -= len(channel)
        if room < 0:
            return found, True
        count, key = 2, channel.key
        while key in found:
            key, count = f"{channel.key}_{count}", count + 1
        found[key] = channel if key == channel.key else replace(channel, key=key)
    return found, False


def _every_channel(table: Table, described: Described) -> Iterator[Channel]:
    yield from _canonical(table)
    yield from _others(table)
    yield from developer_channels(table, described)


def _canonical(table: Table) -> Iterator[Channel]:
    packed = _unpacked(table)
    for key, nums, scale, offset in _CANONICAL:
        raw = _first(table, nums)
        if raw is not None:
            yield Channel(key, raw, CHANNEL_UNITS[key], scale, offset)
        elif key in packed:
            yield packed[key]
    cadence = _cadence(table)
    if cadence is not None:
        yield cadence


def _first(table: Table, nums: tuple[int, ...]) -> Raw | None:
    """Return the first field's column, and where it has nothing, the next one's."""
    best: Raw | None = None
    for num in nums:
        raw = table.column(num)
        if best is None:
            best = raw
        elif raw is not None and raw.dtype == best.dtype and raw.dtype.kind == "i":
            gaps = best == np.iinfo(best.dtype).min
            best = np.where(gaps, raw, best) if gaps.any() else best
    return best


def _cadence(table: Table) -> Channel | None:
    """Return cadence with its fraction (128ths) if there is one, else from the field of 256ths."""
    whole, fraction = table.column(_CADENCE), table.column(_FRACTION)
    if whole is None:
        fine = table.column(_CADENCE_256)
        return None if fine is None else Channel("cadence_rpm", fine, "rpm", 256.0)
    if fraction is None or not np.any(fraction > 0) or whole.dtype != np.int32 or fraction.dtype != np.int32:
        return Channel("cadence_rpm", whole, "rpm")
    joined = whole * 128 + np.where(fraction == MISSING_32, 0, fraction)
    joined[whole == MISSING_32] = MISSING_32
    return Channel("cadence_rpm", joined, "rpm", 128.0)


def _unpacked(table: Table) -> Mapping[str, Channel]:
    """Return speed (12 bits, 1/100 m/s) and distance (12 bits that roll over, 1/16 m) of the packed field, if any."""
    columns = [table.column(_PACKED_SPEED_DISTANCE, element) for element in range(3)]
    low, middle, high = columns
    if low is None or middle is None or high is None:
        return {}
    void = low == MISSING_32
    speed = np.where(void, MISSING_32, low | (middle & 0x0F) << 8).astype(np.int32)
    steps = np.where(void, 0, middle >> 4 | high << 4)[~void]
    rolled = np.cumsum(np.diff(steps, prepend=0) & 0xFFF)
    distance = np.full(len(void), MISSING_32, np.int32)
    distance[~void] = rolled
    return {
        "speed_mps": Channel("speed_mps", speed, "m/s", 100.0),
        "distance_m": Channel("distance_m", distance, "m", 16.0),
    }


def _others(table: Table) -> Iterator[Channel]:
    """Return all other fields: by the profile's name, or `field_<number>`; arrays element by element."""
    known = profile.fields(RECORD)
    for num, places in table.fields.items():
        if num in _TAKEN or any(shape.base.code == STRING for shape in places):
            continue
        width = width_of(places)
        spec = known.get(num)
        key, unit, scale, offset = (f"field_{num}", "", 1.0, 0.0)
        if spec is not None:
            key, unit, scale, offset = spec.key, spec.unit, spec.scale, spec.offset
        for element in range(width):
            raw = table.gather(places, element)
            if raw is not None:
                yield Channel(key if width == 1 else f"{key}_{element}", raw, unit, scale, offset)
