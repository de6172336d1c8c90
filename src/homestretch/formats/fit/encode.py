"""The encoder: recordings to the bytes of a FIT activity file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

import numpy as np

from homestretch.formats.fit.beats import HRV
from homestretch.formats.fit.channels import RECORD
from homestretch.formats.fit.developer import FIELD_DESCRIPTION
from homestretch.formats.fit.encode_summary import (
    START,
    STOP_ALL,
    STOP_LAST,
    activity_fields,
    device_fields,
    event_fields,
    file_id_fields,
    lap_fields,
    length_fields,
    session_fields,
    set_fields,
    timer_fields,
)
from homestretch.formats.fit.part import EPOCH_S, TIMESTAMP
from homestretch.formats.fit.summary import DEVICE_INFO, EVENT, LAP, LENGTH, SESSION, SET
from homestretch.formats.fit.timeline import ACTIVITY, FILE_ID
from homestretch.formats.fit.wire import profile
from homestretch.formats.fit.wire.base import NAMED, Base
from homestretch.formats.fit.wire.writer import MORE_COLUMNS, Column, Fields, Rows, Writer, description, fitting
from homestretch.model.channel import SEMICIRCLES_PER_DEGREE, Channel
from homestretch.model.recording import Recording

_DEVELOPER_DATA_ID = 207
_HRV_WIDTH = 5
_MOST_DEVELOPER_FIELDS = 200
#: Field, base type, scale and offset of the shared channels; cadence is written apart.
_CANONICAL = {
    "latitude": (0, "sint32", SEMICIRCLES_PER_DEGREE, 0.0),
    "longitude": (1, "sint32", SEMICIRCLES_PER_DEGREE, 0.0),
    "altitude_m": (78, "uint32", 5.0, 500.0),
    "heart_rate_bpm": (3, "uint8", 1.0, 0.0),
    "power_w": (7, "uint16", 1.0, 0.0),
    "speed_mps": (73, "uint32", 1000.0, 0.0),
    "distance_m": (5, "uint32", 100.0, 0.0),
    "temperature_c": (13, "sint8", 1.0, 0.0),
}


class _Due(NamedTuple):
    """Something to be written after the records up to a moment: one message, or one of the `hrv` rows."""

    at_ms: int
    number: int
    fields: Fields | int


def encode(*recordings: Recording) -> bytes:
    """Return FIT bytes of the recordings: those of one `part` are sessions of one file, the parts a chain of files.

    Named and numbered record fields are written as such, all other channels as developer fields. Times are whole
    seconds, as FIT has them; what doesn't fit its field is left out.
    """
    ordered = sorted(recordings, key=lambda r: (r.part, r.session))
    return b"".join(_file(list(sessions)) for _, sessions in groupby(ordered, key=lambda r: r.part))


def _file(sessions: Sequence[Recording]) -> bytes:
    writer = Writer()
    writer.message(FILE_ID, file_id_fields(sessions[0]))
    described = _describe(writer, sessions)
    for place, device in enumerate(sessions[0].devices):
        writer.message(DEVICE_INFO, device_fields(device, place, sessions[0].start.utc_ms))
    writer.message(EVENT, timer_fields(sessions[0].start.utc_ms, START))
    for recording in sessions:
        _write_samples(writer, recording, described)
    writer.message(EVENT, timer_fields(sessions[-1].end_ms, STOP_LAST))
    for place, recording in enumerate(sessions):
        writer.message(SESSION, session_fields(recording, place))
    writer.message(ACTIVITY, activity_fields(sessions))
    return writer.file()


def _describe(writer: Writer, sessions: Sequence[Recording]) -> Mapping[str, int]:
    """Add the developer fields of all sessions, and return their numbers by channel key."""
    foreign = {
        key: channel
        for recording in sessions
        for key, channel in recording.channels.items()
        if key != "cadence_rpm" and _native(channel) is None
    }
    numbers = {key: num for num, key in enumerate(list(foreign)[:_MOST_DEVELOPER_FIELDS])}
    if numbers:
        writer.message(_DEVELOPER_DATA_ID, {1: ("byte", tuple(b"homestretch\0\0\0\0\0")), 3: ("uint8", 0)})
    for key, num in numbers.items():
        base = _developer_base(foreign[key])
        fields = description(0, num, base, key.removeprefix("dev_"), foreign[key].unit)
        writer.message(FIELD_DESCRIPTION, fields)
    return numbers


def _write_samples(writer: Writer, recording: Recording, described: Mapping[str, int]) -> None:
    """Add a session's records, with its events, laps, lengths, sets and beats between them as they happened."""
    times = recording.time_ms
    stamps = Column(TIMESTAMP, NAMED["uint32"], np.rint(times / 1000).astype(np.int64) - EPOCH_S)
    columns = [column for channel in recording.channels.values() for column in _columns(channel, described)]
    columns = _joined(columns)
    records = writer.rows(RECORD, [stamps, *columns])
    beats, beat_due = _beats(writer, recording)
    due = sorted([*_due(recording), *beat_due], key=lambda one: one.at_ms)
    ends = np.searchsorted(times, [one.at_ms for one in due], side="right").tolist() if due else []
    done = 0
    for one, end in zip(due, ends, strict=True):
        writer.add_raw(records.between(done, end))
        done = max(done, end)
        if isinstance(one.fields, int):
            writer.add_raw(beats.between(one.fields, one.fields + 1))
        else:
            writer.message(one.number, one.fields)
    writer.add_raw(records.between(done, len(times)))


def _due(recording: Recording) -> Iterator[_Due]:
    for pause in recording.pauses:
        yield _Due(pause.start_ms, EVENT, timer_fields(pause.start_ms, STOP_ALL))
        yield _Due(pause.end_ms, EVENT, timer_fields(pause.end_ms, START))
    for event in recording.events:
        yield _Due(event.at_ms, EVENT, event_fields(event))
    for place, lap in enumerate(recording.laps):
        yield _Due(lap.end_ms, LAP, lap_fields(lap, place, recording))
    for place, length in enumerate(recording.lengths):
        yield _Due(length.start_ms + round(length.elapsed_s * 1000), LENGTH, length_fields(length, place))
    for place, one in enumerate(recording.sets):
        yield _Due(one.start_ms + round(one.duration_s * 1000), SET, set_fields(one, place))


def _columns(channel: Channel, described: Mapping[str, int]) -> Iterator[Column]:
    """Return the fields that hold a channel's values."""
    if channel.key == "cadence_rpm":
        yield from _cadence(channel)
        return
    native = _native(channel)
    if native is not None:
        num, name, scale, offset = native
        yield Column(num, NAMED[name], fitting(NAMED[name], (channel.values() + offset) * scale))
    elif channel.key in described:
        base = _developer_base(channel)
        yield Column(described[channel.key], base, fitting(base, channel.values()), app=0)


def _cadence(channel: Channel) -> Iterator[Column]:
    values, small = channel.values(), NAMED["uint8"]
    whole = np.floor(values)
    yield Column(4, small, fitting(small, whole))
    if channel.scale != 1.0:
        yield Column(53, small, fitting(small, (values - whole) * 128))


def _joined(columns: Sequence[Column]) -> list[Column]:
    """Return the columns with those of one array field put side by side."""
    fields: dict[tuple[int, int | None], list[Column]] = {}
    for column in columns:
        fields.setdefault((column.num, column.app), []).append(column)
    return [
        same[0] if len(same) == 1 else same[0]._replace(values=np.column_stack([column.values for column in same]))
        for same in fields.values()
    ]


@cache
def _record_fields() -> Mapping[str, tuple[int, str, float, float]]:
    known = profile.fields(RECORD).items()
    return {spec.key: (num, spec.base, spec.scale, spec.offset) for num, spec in known if spec.base != "string"}


def _native(channel: Channel) -> tuple[int, str, float, float] | None:
    """Return field, base type, scale and offset of a channel that has a record field of its own."""
    if channel.key in _CANONICAL:
        return _CANONICAL[channel.key]
    numbered = re.fullmatch(r"field_(\d{1,3})(_\d+)?", channel.key)
    if numbered and int(numbered[1]) < TIMESTAMP:
        return int(numbered[1]), _developer_base(channel).name, 1.0, 0.0
    known = _record_fields()
    found = known.get(channel.key) or known.get(re.sub(r"_\d+$", "", channel.key))
    return found if found and (channel.scale, channel.offset) == found[2:] else None


def _developer_base(channel: Channel) -> Base:
    whole = channel.raw.dtype.kind == "i" and channel.scale == 1.0 and channel.offset == 0.0
    if not whole:
        return NAMED["float64"]
    return NAMED["sint32" if channel.raw.dtype.itemsize == 4 else "sint64"]


def _beats(writer: Writer, recording: Recording) -> tuple[Rows, list[_Due]]:
    """Return the RR intervals as `hrv` rows, and when each row is due: they never span two records."""
    beats = recording.beats
    if beats is None or not len(beats.rr_ms):
        return Rows(b"", 1), []
    owner = np.searchsorted(recording.time_ms, beats.at_ms, side="right")
    fresh = np.flatnonzero(np.diff(owner, prepend=-1))
    inside = np.arange(len(owner)) - np.repeat(fresh, np.diff(fresh, append=len(owner)))
    first = inside % _HRV_WIDTH == 0
    table = np.full((int(first.sum()), _HRV_WIDTH), 0xFFFF, np.uint16)
    table[np.cumsum(first) - 1, inside % _HRV_WIDTH] = fitting(NAMED["uint16"], beats.rr_ms)
    rows = writer.rows(HRV, [Column(0, NAMED["uint16"], table)], MORE_COLUMNS)
    return rows, [_Due(at, HRV, row) for row, at in enumerate(beats.at_ms[first].tolist())]
