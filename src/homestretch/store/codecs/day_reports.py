"""Packs what an original says of a device's day: values and sleeps as JSON, series and spans as streams."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import orjson
import zstandard

from homestretch.model.channel import MISSING_32, Channel, Floats, Raw
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Measurement, Series, Spans, Wellness
from homestretch.model.health.night import Night, Stage
from homestretch.store.codecs.streams import pack, unpack

VALUE, LENGTH = "value", "length"
#: Values become integers of the coarsest of these scales that loses nothing of them.
SCALES = (1.0, 10.0, 100.0, 1000.0)
_APART = ("day", "device", "stages")


def pack_values(content: Wellness) -> bytes:
    """Return the values and sleeps of a device's day, packed; series and spans are left out."""
    document = {
        "values": [[item.kind, item.value, item.at_ms] for item in content.measurements],
        "sleeps": [_document(night) for night in content.nights],
    }
    return zstandard.ZstdCompressor(level=3).compress(orjson.dumps(document))


def unpack_values(packed: bytes, day: str, device: str) -> tuple[tuple[Measurement, ...], tuple[Night, ...]]:
    """Return the values and sleeps that `pack_values` packed."""
    document = orjson.loads(zstandard.ZstdDecompressor().decompress(packed))
    values = tuple(Measurement(kind, day, value, at_ms, device) for kind, value, at_ms in document["values"])
    return values, tuple(night_of_rows(sleep, sleep.pop("stages"), day, device) for sleep in document["sleeps"])


def pack_course(part: Series | Spans) -> bytes:
    """Return a series, or spans with their lengths, packed."""
    raw, scale = _integers(part.values)
    channels = [Channel(VALUE, raw, KINDS[part.kind].unit, scale)]
    if isinstance(part, Series):
        return pack(part.time_ms, channels)
    return pack(part.start_ms, [*channels, Channel(LENGTH, part.end_ms - part.start_ms, "ms")])


def unpack_series(blob: bytes, kind: str, day: str, device: str) -> Series:
    """Return a series that `pack_course` packed. Raises BadStream."""
    time_ms, channels = unpack(blob)
    return Series(kind, day, time_ms, channels[VALUE].values(), device)


def unpack_spans(blob: bytes, kind: str, day: str, device: str) -> Spans:
    """Return spans that `pack_course` packed. Raises BadStream."""
    start_ms, channels = unpack(blob)
    return Spans(kind, day, start_ms, start_ms + channels[LENGTH].raw, channels[VALUE].values(), device)


def stage_rows(night: Night) -> list[list[int | str]]:
    """Return the stages as [start, end, stage], times in ms after the night's start."""
    return [[stage.start_ms - night.start_ms, stage.end_ms - night.start_ms, stage.stage] for stage in night.stages]


def _document(night: Night) -> dict[str, Any]:
    """Return the fields that say something, but for those that the report's key says; stages as rows."""
    fields = {field.name: getattr(night, field.name) for field in dataclasses.fields(Night)}
    said = {
        name: value for name, value in fields.items() if value is not None and value is not False and name not in _APART
    }
    return {**said, "stages": stage_rows(night)}


def night_of_rows(fields: Mapping[str, Any], stages: Sequence[Sequence[Any]], day: str, device: str) -> Night:
    """Return a night of its fields and its stages as rows."""
    start_ms = fields["start_ms"]
    held = tuple(Stage(start_ms + start, start_ms + end, stage) for start, end, stage in stages)
    return Night(day=day, device=device, stages=held, **fields)


def _integers(values: Floats) -> tuple[Raw, float]:
    """Return values as int32 with their scale, or as they are with 1 where that would change one of them."""
    known = ~np.isnan(values)
    plain = np.where(known, values, 0.0)
    for scale in SCALES:
        with np.errstate(over="ignore"):
            scaled = np.rint(plain * scale)
        if np.all(np.abs(scaled) < -MISSING_32) and np.array_equal(scaled / scale, plain):
            return np.where(known, scaled, MISSING_32).astype(np.int32), scale
    return values, 1.0
