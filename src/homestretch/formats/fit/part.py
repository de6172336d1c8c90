"""A part: one FIT file of a chain, walked, with its messages by kind as tables or one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homestretch.formats.fit.wire.chain import Span
from homestretch.formats.fit.wire.columns import Table, recast
from homestretch.formats.fit.wire.layouts import Plan, Value, bad_base_type
from homestretch.formats.fit.wire.walk import Bucket, Walker
from homestretch.model.channel import MISSING_64

TIMESTAMP = 253
#: FIT counts seconds from 1989-12-31; below the second number they count from when the device was switched on.
EPOCH_S = 631_065_600
ABSOLUTE = 0x10000000

type Seconds = NDArray[np.int64]


@dataclass(slots=True)
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
        notes = [*span.notes, *([walker.note] if walker.note else [])]
        self._buckets: dict[int, list[Bucket]] = {}
        for bucket in walker.buckets.values():
            if len(bucket):
                self._buckets.setdefault(bucket.number, []).append(bucket)
        if any(map(bad_base_type, walker.buckets)):
            notes.append("bad_base_type")
        self.notes = tuple(notes)
        self._tables: dict[int, Table] = {}

    @cached_property
    def counts(self) -> Mapping[int, int]:
        """How many messages of each number there are."""
        return {number: sum(map(len, buckets)) for number, buckets in self._buckets.items()}

    def table(self, number: int) -> Table:
        """Return all messages of a kind as a table."""
        found = self._tables.get(number)
        if found is None:
            found = self._tables[number] = Table(self.data, self._buckets.get(number, []))
        return found

    def messages(self, number: int, arrays: bool = False) -> list[Message]:
        """Return all messages of a kind one by one, in file order; arrays of numbers only where asked for."""
        if number not in self._buckets:
            return []
        table, data = self.table(number), self.data
        found = [Message(number, at, plan, plan.read(data, at, arrays)) for at, plan in table.each()]
        if self._clock is not None:
            for message, second in zip(found, self.seconds(table).tolist(), strict=True):
                if second != MISSING_64:
                    message.fields[TIMESTAMP] = second
        return found

    def seconds(self, table: Table) -> Seconds:
        """Return the messages' timestamps in FIT seconds, shape (n,), those in compressed headers included."""
        if self._clock is None:
            return self._absolute(table)
        places, seconds = self._clock
        return seconds[np.searchsorted(places, table.offsets)]

    @staticmethod
    def _absolute(table: Table) -> Seconds:
        """Return the timestamp fields, shape (n,)."""
        stated = table.column(TIMESTAMP)
        if stated is None or stated.dtype.kind == "f":
            return np.full(len(table), MISSING_64)
        return recast(stated, np.dtype(np.int64))

    @cached_property
    def _clock(self) -> tuple[NDArray[np.int64], Seconds] | None:
        """Return where every message lies and what time it has, if any header holds a compressed timestamp.

        Such a header has the low 5 bits of its time; each counts on from the message before it,
        and a full timestamp sets the clock again.
        """
        if not any(bucket.timed for buckets in self._buckets.values() for bucket in buckets):
            return None
        every = Table(self.data, [b for buckets in self._buckets.values() for b in buckets])
        heads = np.frombuffer(self.data, np.uint8)[every.offsets]
        full = self._absolute(every)
        short = (heads >= 0x80) & (full == MISSING_64)
        ticks = np.flatnonzero((full != MISSING_64) | short)
        seconds = np.full(len(every), MISSING_64)
        seconds[ticks] = full_counts(full[ticks], heads[ticks], 31)
        return every.offsets, seconds


def full_counts(full: Seconds, low: NDArray[Any], mask: int) -> Seconds:
    """Return counts, shape (n,), of which some are given in `full` (not missing), the others by their low bits only.

    `mask` covers the low bits. Each count is the next one after the count before it that ends in those bits.
    """
    given = full != MISSING_64
    bits = np.where(given, full, low) & mask
    steps = np.diff(bits, prepend=0) & mask
    steps[given] = 0
    along = np.cumsum(steps)
    last = np.maximum.accumulate(np.where(given, np.arange(len(full)), -1))
    return np.where(last >= 0, full[last] - along[last], 0) + along
