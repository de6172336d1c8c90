"""What a file holds, as a document and as rows of a table; no database is asked."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypedDict

import numpy as np

from homestretch.model.channel import CHANNEL_UNITS, SEMICIRCLES_PER_DEGREE, Channel, Times
from homestretch.model.documents.activity import DeviceInfo
from homestretch.model.documents.decoded import DecodedChannel, DecodedFile, DecodedLap, DecodedRecording
from homestretch.model.moment import iso, local_iso
from homestretch.model.notes import noted, sentence
from homestretch.model.recording import Decoded, Device, Lap, Recording
from homestretch.vendors.device_names import device_name

#: What was looked into: the path of the file or of its member, and what it holds.
type Looked = Sequence[tuple[str, Decoded]]

#: Kinds of files in which nothing but recordings counts.
_ONLY_RECORDINGS = {"activity", "unknown", "unreadable"}
#: Decimals of what has no scale of its own.
_MOST_DECIMALS = 6


class _Path(TypedDict, total=False):
    """The path of a member, where it is shown."""

    path: str


def unreadable(note: str) -> Decoded:
    """Return what stands for bytes that could not be got at."""
    return Decoded(format="unknown", kind="unreadable", notes=(note,))


def nothing_read(looked: Looked) -> bool:
    """Return whether nothing in the file could be understood."""
    return not any(found.recordings or found.kind not in _ONLY_RECORDINGS for _, found in looked)


def document(looked: Looked) -> DecodedFile:
    """Return what a file, or each of several members of one, holds."""
    contents: dict[str, int] = {}
    for _, found in looked:
        for name, count in found.contents.items():
            contents[name] = contents.get(name, 0) + count
    return {
        "format": _one([found.format for _, found in looked]),
        "kind": _one([found.kind for _, found in looked]),
        "recordings": [
            {**_path(path, looked), **_recording(recording)} for path, found in looked for recording in found.recordings
        ],
        "notes": [{**_path(path, looked), **note} for path, found in looked for note in noted(found.notes)],
        "contents": contents,
    }


def _path(path: str, looked: Looked) -> _Path:
    """Return the path of a member as it is shown: where there are several."""
    return {"path": path} if len(looked) > 1 else {}


def notes(looked: Looked) -> list[str]:
    """Return the notes of all in words, those of several members after their paths."""
    several = len(looked) > 1
    said = [(path, sentence(note)) for path, found in looked for note in found.notes]
    return [f"{path}: {text}" if several else text for path, text in said]


def table(looked: Looked) -> Iterator[str]:
    """Yield the samples as CSV, in pieces: a head, then a line for each sample; what was not measured is empty."""
    recordings = [recording for _, found in looked for recording in found.recordings]
    keys = list(dict.fromkeys([*CHANNEL_UNITS, *(key for recording in recordings for key in recording.channels)]))
    numbered = len(recordings) > 1
    head = io.StringIO()
    csv.writer(head, lineterminator="\n").writerow([*(["recording"] if numbered else []), "time", *keys])
    yield head.getvalue()
    for number, recording in enumerate(recordings, 1):
        yield "".join(_lines(recording, keys, f"{number}," if numbered else ""))


def _lines(recording: Recording, keys: Sequence[str], prefix: str) -> Iterable[str]:
    count = len(recording.time_ms)
    channels = (recording.channels.get(key) for key in keys)
    columns = [[""] * count if channel is None else cells(channel) for channel in channels]
    return (f"{prefix}{','.join(row)}\n" for row in zip(_instants(recording.time_ms), *columns, strict=True))


def cells(channel: Channel) -> list[str]:
    """Return a channel's values as plain numbers with as many decimals as its scale resolves, or empty texts."""
    if channel.raw.dtype.kind == "i" and channel.scale == 1.0 and channel.offset == 0.0:
        written = list(map(str, channel.raw.tolist()))
    else:
        written = list(map(_writer(channel), channel.values().tolist()))
    for row in np.flatnonzero(channel.missing()).tolist():
        written[row] = ""
    return written


def _writer(channel: Channel) -> Callable[[float], str]:
    if channel.key in ("latitude", "longitude") or channel.scale == SEMICIRCLES_PER_DEGREE:
        return "{:.7f}".format
    exact = next((n for n in range(_MOST_DECIMALS) if 10.0**n % channel.scale == 0.0), None)
    if channel.raw.dtype.kind == "i" and exact is not None:
        return f"{{:.{exact}f}}".format
    return lambda value: f"{value:.{_MOST_DECIMALS}f}".rstrip("0").rstrip(".")


def _instants(time_ms: Times) -> list[str]:
    return [f"{text}Z" for text in np.datetime_as_string(time_ms.astype("datetime64[ms]"), unit="ms").tolist()]


def _recording(recording: Recording) -> DecodedRecording:
    return {
        "sport": recording.sport.key,
        "sub_sport": recording.sport.sub,
        "name": recording.name,
        "start": iso(recording.start.utc_ms),
        "start_local": local_iso(recording.start.utc_ms, recording.start.offset_s),
        "end": iso(recording.end_ms),
        "samples": len(recording.time_ms),
        "channels": {key: _figures(channel) for key, channel in recording.channels.items()},
        "laps": [_lap(lap) for lap in recording.laps],
        "lengths": len(recording.lengths),
        "sets": len(recording.sets),
        "pauses": [{"start": iso(pause.start_ms), "end": iso(pause.end_ms)} for pause in recording.pauses],
        "beats": 0 if recording.beats is None else len(recording.beats.rr_ms),
        "totals": dict(recording.totals),
        "device": next((_device(device) for device in recording.devices if device.role == "recorder"), None),
        "devices": [_named(device) for device in recording.devices],
    }


def _figures(channel: Channel) -> DecodedChannel:
    values = channel.values()
    known = values[np.isfinite(values)]
    if len(known) == 0:
        return {"unit": channel.unit, "count": 0, "min": None, "max": None, "mean": None}
    low, high, mean = (round(float(figure), 7) for figure in (known.min(), known.max(), known.mean()))
    return {"unit": channel.unit, "count": len(known), "min": low, "max": high, "mean": mean}


def _lap(lap: Lap) -> DecodedLap:
    return {
        "start": iso(lap.start_ms),
        "end": iso(lap.end_ms),
        "elapsed_s": lap.elapsed_s,
        "timer_s": lap.timer_s,
        "distance_m": lap.distance_m,
        "trigger": lap.trigger,
        "totals": dict(lap.totals),
    }


def _device(device: Device) -> str | None:
    return device_name(device.manufacturer, device.product)


def _named(device: Device) -> DeviceInfo:
    return {
        "role": device.role,
        "manufacturer": device.manufacturer,
        "product": device.product,
        "serial": device.serial,
        "software": device.software,
        "battery": device.battery,
    }


def _one(values: Sequence[str]) -> str:
    found = list(dict.fromkeys(values))
    return found[0] if len(found) == 1 else "mixed" if found else "unknown"
