r"""The stream codec: one blob per recording, one zstd frame per channel.

A frame holds one column of integers as differences, zigzag-coded and split into byte planes (all
lowest bytes first), which zstd then packs to about half a byte per value; floats are split into
planes as they are. Reading one channel touches one frame. Measured in `benchmarks/`.

    blob    = b"HS2\n" | u32 length of head | u32 CRC-32 of head | head (JSON) | frames, each with a checksum
    head    = {"n": samples, "channels": [{"key", "unit", "scale", "offset", "kind", "at", "size"}, …]}
"""

import json
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from homestretch.errors import HomestretchError
from homestretch.model.channel import Channel, Raw
from homestretch.model.recording import BeatIntervals
from homestretch.store.codecs.name import CODEC

MAGIC = f"{CODEC}\n".encode()
PREFIX = struct.Struct("<4sII")
LEVEL = 3
TIME = "time"
_KINDS: dict[str, "np.dtype[Any]"] = {"i4": np.dtype("<i4"), "i8": np.dtype("<i8"), "f8": np.dtype("<f8")}


class BadStream(HomestretchError):
    """The stored samples of a recording are damaged. Run `homestretch rebuild` to recreate them."""


def pack(time_ms: NDArray[np.int64], channels: Iterable[Channel]) -> bytes:
    """Return the blob of the sample times (n,) and the channels, each of n samples."""
    compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
    heads: list[dict[str, Any]] = []
    frames: list[bytes] = []
    at = 0
    for channel in (Channel(TIME, time_ms, "ms"), *channels):
        kind = _kind(channel.raw)
        frame = compressor.compress(_planes(channel.raw, kind))
        head = {"key": channel.key, "unit": channel.unit, "scale": channel.scale, "offset": channel.offset}
        heads.append({**head, "kind": kind, "at": at, "size": len(frame)})
        frames.append(frame)
        at += len(frame)
    head_bytes = json.dumps({"n": len(time_ms), "channels": heads}, separators=(",", ":")).encode()
    return b"".join((PREFIX.pack(MAGIC, len(head_bytes), zlib.crc32(head_bytes)), head_bytes, *frames))


def unpack(blob: bytes, keys: Iterable[str] | None = None) -> tuple[NDArray[np.int64], Mapping[str, Channel]]:
    """Return the times (n,) and the channels named by `keys` (all of them for None). Raises BadStream."""
    head, start = _head(blob)
    wanted = None if keys is None else {TIME, *keys}
    found = {}
    for entry in head["channels"]:
        if wanted is None or entry["key"] in wanted:
            frame = blob[start + entry["at"] : start + entry["at"] + entry["size"]]
            raw = _column(frame, entry["kind"], head["n"])
            found[entry["key"]] = Channel(entry["key"], raw, entry["unit"], entry["scale"], entry["offset"])
    return found.pop(TIME).raw, found


def contents(blob: bytes) -> tuple[int, dict[str, str]]:
    """Return the number of samples and the unit of each channel, without unpacking any."""
    head, _ = _head(blob)
    return head["n"], {entry["key"]: entry["unit"] for entry in head["channels"] if entry["key"] != TIME}


def pack_beats(beats: BeatIntervals) -> bytes:
    """Return the blob of beat intervals, which have a time axis of their own."""
    return pack(beats.at_ms, [Channel("rr_ms", beats.rr_ms, "ms")])


def _head(blob: bytes) -> tuple[dict[str, Any], int]:
    if len(blob) < PREFIX.size:
        raise BadStream
    magic, length, check = PREFIX.unpack_from(blob)
    text = blob[PREFIX.size : PREFIX.size + length]
    if magic != MAGIC or zlib.crc32(text) != check:
        raise BadStream
    return json.loads(text), PREFIX.size + length


def _kind(raw: Raw) -> str:
    kind = f"{raw.dtype.kind}{raw.dtype.itemsize}"
    if kind not in _KINDS:
        raise TypeError(f"a channel holds int32, int64 or float64, not {raw.dtype}")
    return kind


def _planes(raw: Raw, kind: str) -> bytes:
    width = int(kind[1])
    column = np.ascontiguousarray(raw, dtype=_KINDS[kind])
    if kind[0] == "i":
        # Differences wrap around at the ends of the range and wrap back when summed, so nothing is lost.
        delta = column.copy()
        delta[1:] -= column[:-1]
        column = (delta << 1) ^ (delta >> (8 * width - 1))
    return column.view(np.uint8).reshape(-1, width).T.tobytes()


def _column(frame: bytes, kind: str, n: int) -> Raw:
    width = int(kind[1])
    try:
        # A damaged frame may say that it holds more than there is memory for, and would be believed.
        if zstandard.frame_content_size(frame) not in (-1, n * width):
            raise BadStream
        planes = zstandard.ZstdDecompressor().decompress(frame, max_output_size=n * width)
    except zstandard.ZstdError as error:
        raise BadStream from error
    if len(planes) != n * width:
        raise BadStream
    packed = np.frombuffer(planes, np.uint8).reshape(width, n).T.copy().view(_KINDS[kind]).reshape(n)
    if kind[0] == "f":
        return packed
    unsigned = packed.view(f"<u{width}")
    delta = (unsigned >> 1).view(_KINDS[kind]) ^ -(packed & 1)
    return np.cumsum(delta, dtype=_KINDS[kind])
