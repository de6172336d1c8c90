"""The walk: one pass over the message headers of a FIT file, which finds where each kind of message lies."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from homestretch.formats.fit.wire.layouts import Plan, message_size, plan_of

type Offsets = NDArray[np.int64]

#: More kinds of definition than this in one file are an attack, not a device.
_MOST_DEFINITIONS = 10_000
_WINDOW = 256
_SHORT_RUN = 6
_PROBE_AGAIN = 4096


@dataclass(slots=True)
class Bucket:
    """Where the messages of one definition lie: one by one, in unbroken runs, and with compressed timestamps."""

    body: bytes
    size: int
    singles: list[int] = field(default_factory=list)
    runs: list[range] = field(default_factory=list)
    timed: list[int] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """How these messages are read."""
        return plan_of(self.body)

    @property
    def number(self) -> int:
        """The messages' global number."""
        return int.from_bytes(self.body[2:4], "big" if self.body[1] else "little")

    def offsets(self) -> Offsets:
        """Return where the messages begin, in file order, shape (n,)."""
        found = np.array(self.singles + self.timed, np.int64)
        if not self.runs and not self.timed:
            return found
        pieces = [np.arange(r.start, r.stop, r.step, dtype=np.int64) for r in self.runs]
        return pieces[0] if self.unbroken else np.sort(np.concatenate([found, *pieces]))

    @property
    def unbroken(self) -> bool:
        """Whether all messages lie in one run, as evenly as an array."""
        return len(self.runs) == 1 and not self.singles and not self.timed

    def __len__(self) -> int:
        """Return the number of messages found."""
        return len(self.singles) + len(self.timed) + sum(map(len, self.runs))

    def drop_beyond(self, end: int) -> None:
        """Forget the last message if it is not whole."""
        for places in (self.singles, self.timed):
            if places and places[-1] + self.size > end:
                places.pop()
        if self.runs and self.runs[-1].stop > end:
            self.runs[-1] = self.runs[-1][:-1]


class Walker:
    """Walks headers by three tables of 256 entries, one for each possible header byte."""

    def __init__(self, data: bytes, end: int) -> None:
        self.data, self.end = data, end
        self.buckets: dict[bytes, Bucket] = {}
        self.note: str | None = None
        self._sizes = [0] * 256
        self._add: list[Callable[[int], None]] = [lambda at: None] * 256
        self._locals: list[Bucket | None] = [None] * 16
        self._others: dict[int, list[int]] = {}

    def walk(self, pos: int) -> int:
        """Find every message from `pos` to the end, or up to a fault, which `note` then names; return the place."""
        data, end, sizes, add = self.data, self.end, self._sizes, self._add
        last, probe_from = -1, 0
        while pos < end:
            header = data[pos]
            size = sizes[header]
            if not size:
                pos, last = self._define(pos), -1
            elif header != last or pos < probe_from:
                add[header](pos)
                last = header
                pos += size
            else:
                count = self._run(pos, header, size)
                pos += count * size
                if count < _SHORT_RUN:
                    probe_from = pos + _PROBE_AGAIN
        if pos > end and self.note is None:
            self.note = f"truncated:at byte {end}"
        if pos > end:
            for bucket in self.buckets.values():
                bucket.drop_beyond(end)
        return pos

    def _run(self, pos: int, header: int, size: int) -> int:
        """Note the unbroken run of like messages at `pos`; return their number, at least 1."""
        data, end, count = self.data, self.end, 0
        mark, window = bytes((header,)), _WINDOW
        while True:
            start = pos + count * size
            heads = data[start : min(end, start + size * window) : size]
            like = len(heads) - len(heads.lstrip(mark))
            count += like
            if like < window:
                break
        bucket = self._locals[header] if header < 16 else None
        found = range(pos, pos + count * size, size)
        if bucket is not None and count >= _SHORT_RUN:
            bucket.runs.append(found)
        else:
            for at in found:
                self._add[header](at)
        return count

    def _define(self, pos: int) -> int:
        """Read the definition at `pos` and return where it ends; a fault is noted, and the end of all returned."""
        data, end, header = self.data, self.end, self.data[pos]
        if header & 0xC0 != 0x40:
            return self._other(pos)
        stop = pos + 6 + 3 * data[pos + 5] if pos + 6 <= end else end + 1
        if header & 0x20:
            stop += 1 + 3 * data[stop] if stop < end else end
        if stop > end:
            return self._fault(f"truncated:at byte {pos}")
        body = data[pos + 1 : stop]
        bucket = self.buckets.get(body)
        if bucket is None:
            if len(self.buckets) >= _MOST_DEFINITIONS:
                return self._fault(f"too_many_definitions:at byte {pos}")
            bucket = self.buckets[body] = Bucket(body, message_size(body))
        self._assign(header & 0x0F, bucket)
        return stop

    def _assign(self, local: int, bucket: Bucket) -> None:
        """Let headers of the local type lead to the bucket, and forget where its other headers led."""
        if self._locals[local] is bucket:
            return
        self._locals[local] = bucket
        self._sizes[local], self._add[local] = bucket.size, bucket.singles.append
        for header in self._others.pop(local, ()):
            self._sizes[header] = 0

    def _other(self, pos: int) -> int:
        """Learn where a header leads that holds a compressed timestamp or set reserved bits, and return `pos`."""
        header = self.data[pos]
        timed = header >= 0x80
        local = header >> 5 & 3 if timed else header & 0x0F
        bucket = self._locals[local]
        if bucket is None:
            return self._fault(f"undefined_local:at byte {pos}")
        self._sizes[header], self._add[header] = bucket.size, (bucket.timed if timed else bucket.singles).append
        self._others.setdefault(local, []).append(header)
        return pos

    def _fault(self, note: str) -> int:
        self.note = note
        return self.end
