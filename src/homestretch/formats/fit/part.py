"""A part: one FIT file of a chain, walked, with its messages by kind as tables or one by one."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homestretch.formats.fit.chain import Span
from homestretch.formats.fit.columns import Table
from homestretch.formats.fit.plans import Plan, Value
from homestretch.formats.fit.walk import Bucket, Walker
from homestretch.model.channel import MISSING_64

TIMESTAMP = 253
#: FIT counts seconds from 1989-12-31; below the second number they count from when the device was switched on.
EPOCH_S = 631_065_600
ABSOLUTE = 0x10000000

type Seconds = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its raw values by field number, and its place in the bytes; invalid values are left out."""

    number: int
    at: int
    plan: Plan
    fields: dict[int, Value]

    def get(self, num: int) -> Any:
        """Return the raw value of a field, or None."""
        return self.fields.get(num)

    def text(self, num: int) -> str | None:
        """Return a text field's (first) text, or None where it is empty or not text."""
        value = self.fields.get(num)
        first = value[0] if isinstance(value, tuple) else value
        return first.strip() or None if isinstance(first, str) else None

    def number_of(self, num: int) -> int | None:
        """Return an integer field's value, or None where it is something else."""
        value = self.fields.get(num)
        return value if isinstance(value, int) else None


class Part:
    """One FIT file of a chain; `index` is its place in it."""

    def __init__(self, data: bytes, span: Span, index: int) -> None:
        self.data, self.index = data, index
        walker = Walker(data, span.end)
        walker.walk(span.start)
        self.end = span.end
        self.notes = span.notes + ((walker.note,) if walker.note else ())
        self._buckets: dict[int, list[Bucket]] = {}
        for bucket in walker.buckets.values():
            if bucket.any():
                self._buckets.setdefault(bucket.number, []).append(bucket)
        self._tables: dict[int, Table] = {}

    def counts(self) -> dict[int, int]:
        """Return how many messages of each number there are."""
        return {number: len(self.table(number)) for number in self._buckets}

    def table(self, number: int) -> Table:
        """Return all messages of a kind as a table."""
        found = self._tables.get(number)
        if found is None:
            found = self._tables[number] = Table(self.data, self._buckets.get(number, []), self.end)
        return found

    def messages(self, number: int) -> list[Message]:
        """Return all messages of a kind one by one, in file order."""
        table = self.table(number)
        found = [
            Message(number, at, block.plan, block.plan.read(self.data, at))
            for block in table.blocks
            for at in block.offsets.tolist()
        ]
        if len(table.blocks) > 1:
            found.sort(key=lambda message: message.at)
        if self._clock is not None:
            for message, second in zip(found, self.seconds(table).tolist(), strict=True):
                if second != MISSING_64:
                    message.fields[TIMESTAMP] = second
        return found

    def seconds(self, table: Table) -> Seconds:
        """Return the messages' timestamps in FIT seconds, shape (n,), those in compressed headers included."""
        if self._clock is None:
            stated = table.column(TIMESTAMP)
            if stated is None or stated.dtype.kind == "f":
                return np.full(len(table), MISSING_64)
            out = stated.astype(np.int64)
            out[stated == np.iinfo(stated.dtype).min] = MISSING_64
            return out
        places, seconds = self._clock
        return seconds[np.searchsorted(places, table.offsets)]

    @cached_property
    def _clock(self) -> tuple[NDArray[np.int64], Seconds] | None:
        """Return where every message lies and what time it has, if any header holds a compressed timestamp.

        Such a header has the low 5 bits of its time; each counts on from the message before it,
        and a full timestamp sets the clock anew.
        """
        if not any(bucket.timed for buckets in self._buckets.values() for bucket in buckets):
            return None
        every = Table(self.data, [b for buckets in self._buckets.values() for b in buckets], self.end)
        heads = np.frombuffer(self.data, np.uint8)[every.offsets]
        stated = every.column(TIMESTAMP)
        full = np.full(len(every), MISSING_64) if stated is None else stated.astype(np.int64)
        has_full = np.zeros(len(every), bool) if stated is None else stated != np.iinfo(stated.dtype).min
        short = (heads >= 0x80) & ~has_full
        low = np.where(has_full, full & 31, heads & 31)
        ticks = np.flatnonzero(has_full | short)
        steps = np.diff(low[ticks], prepend=0) & 31
        steps[has_full[ticks]] = 0
        along = np.cumsum(steps)
        last_full = np.maximum.accumulate(np.where(has_full[ticks], np.arange(len(ticks)), -1))
        origin = np.where(last_full >= 0, full[ticks][last_full] - along[last_full], 0)
        seconds = np.full(len(every), MISSING_64)
        seconds[ticks] = origin + along
        return every.offsets, seconds
