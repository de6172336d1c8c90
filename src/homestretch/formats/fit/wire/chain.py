"""The chain: one FIT file may hold several, end to end, each with a header, data and a checksum."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastcrc import crc16

#: A chain of more files than this is an attack, not a device.
_MOST_PARTS = 1000


@dataclass(frozen=True, slots=True)
class Span:
    """Where one file of the chain has its messages, and what is wrong with its frame."""

    start: int
    end: int
    notes: tuple[str, ...] = ()


def looks_like_fit(head: bytes) -> bool:
    """Whether the bytes begin with a FIT file's header."""
    return len(head) >= 12 and head[8:12] == b".FIT" and 12 <= head[0] <= 64


def spans(data: bytes) -> Iterator[Span]:
    """Return the files of the chain; whatever follows the last of them is noted with it, never raised."""
    pos, parts = 0, 0
    while looks_like_fit(data[pos : pos + 64]):
        start = min(pos + data[pos], len(data))
        size = int.from_bytes(data[pos + 4 : pos + 8], "little")
        end = start + size
        notes = list(_frame_notes(data, pos, start, end, size))
        end = len(data) if size == 0 and not _empty(data, start) else min(end, len(data))
        pos, parts = end + 2, parts + 1
        last = parts >= _MOST_PARTS
        if data[pos:] and (last or not looks_like_fit(data[pos : pos + 64])):
            notes.append(f"trailing_bytes:{len(data) - pos}")
        yield Span(start, end, tuple(notes))
        if last:
            return


def _empty(data: bytes, start: int) -> bool:
    """Whether a file without data is just that: only its checksum is left, or another file follows."""
    return len(data) <= start + 2 or looks_like_fit(data[start + 2 : start + 66])


def _frame_notes(data: bytes, pos: int, start: int, end: int, size: int) -> Iterator[str]:
    if start - pos >= 14:
        stated = int.from_bytes(data[pos + 12 : pos + 14], "little")
        if stated and stated != crc16.arc(data[pos : pos + 12]):
            yield "header_crc"
    if size == 0 and not _empty(data, start):
        yield "zero_size"
    elif end > len(data):
        yield f"truncated:{end - len(data)} bytes of data missing"
    elif end + 2 > len(data):
        yield "truncated:checksum missing"
    elif crc16.arc(memoryview(data)[pos : end + 2]):
        yield "crc_bad"
