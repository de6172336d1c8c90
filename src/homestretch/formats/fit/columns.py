"""Columns: the fields of many messages of one kind as arrays, gathered from the bytes without a loop over messages."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from homestretch.formats.fit.base import BYTE, Base
from homestretch.formats.fit.plans import Plan
from homestretch.formats.fit.walk import Bucket, Offsets
from homestretch.model.channel import MISSING_32, MISSING_64, Raw

type Grid = NDArray[Any]


class Place(NamedTuple):
    """Where a field lies in the messages of one block: its base type, offset in bytes, and elements (`width`)."""

    block: "Block"
    base: Base
    offset: int
    width: int


class Block:
    """The messages of one definition: `rows` says which rows of the whole table they are (None: all of them)."""

    def __init__(self, data: bytes, bucket: Bucket, end: int) -> None:
        self.plan: Plan = bucket.plan
        self.offsets: Offsets = bucket.offsets(end)
        self.rows: NDArray[np.intp] | None = None
        self._data, self._bucket = data, bucket

    @cached_property
    def _source(self) -> tuple[Any, int]:
        """Return a buffer in which the messages lie evenly, and where the first begins."""
        size, bucket = self.plan.size, self._bucket
        if len(bucket.runs) == 1 and not bucket.singles and not bucket.timed:
            return self._data, int(self.offsets[0])
        every = np.ndarray((len(self._data) - size + 1,), f"V{size}", self._data, strides=(1,))
        return every[self.offsets], 0  # indexing: `take` would copy the overlapping view first

    def grid(self, base: Base, offset: int, width: int) -> Grid:
        """Return `width` elements found `offset` bytes into each message, shape (messages, width), as in the file."""
        buffer, start = self._source
        kind = np.dtype(self.plan.order + base.numpy)
        strides = (self.plan.size, base.size)
        return np.ndarray((len(self.offsets), width), kind, buffer, start + offset, strides)


class Table:
    """All messages of one kind in file order, whatever their definitions."""

    def __init__(self, data: bytes, buckets: list[Bucket], end: int) -> None:
        self.data = data
        blocks = (Block(data, bucket, end) for bucket in buckets)
        self.blocks = [block for block in blocks if len(block.offsets)]
        self.offsets: Offsets = np.zeros(0, np.int64)
        if len(self.blocks) == 1:
            self.offsets = self.blocks[0].offsets
        elif self.blocks:
            self.offsets = np.sort(np.concatenate([block.offsets for block in self.blocks]))
            for block in self.blocks:
                block.rows = np.searchsorted(self.offsets, block.offsets)

    def __len__(self) -> int:
        """Return the number of messages."""
        return len(self.offsets)

    @cached_property
    def _fields(self) -> dict[int, list[Place]]:
        found: dict[int, list[Place]] = {}
        for block in self.blocks:
            for field in block.plan.fields:
                found.setdefault(field.num, []).append(Place(block, field.base, field.offset, field.width))
        return found

    def numbers(self) -> Iterator[tuple[int, int, Base]]:
        """Return each field's number, its greatest number of elements, and its base type."""
        for num, places in self._fields.items():
            yield num, max(place.width for place in places), places[0].base

    def column(self, num: int, element: int = 0) -> Raw | None:
        """Return one element of a field over all messages, shape (n,); None where no message has a valid one."""
        places = self._fields.get(num)
        return None if places is None else self.gather(places, element)

    def gather(self, places: list[Place], element: int = 0) -> Raw | None:
        """Return an element found at `places` as in `column`."""
        if len(places) == 1 and places[0].block.rows is None:
            return self._part(places[0], element)
        whole: Raw | None = None
        for place in places:
            part = self._part(place, element)
            if part is not None and place.block.rows is not None:
                whole = _widened(whole, part.dtype, len(self))
                whole[place.block.rows] = part if part.dtype == whole.dtype else _recast(part, whole.dtype)
        return whole

    @staticmethod
    def _part(place: Place, element: int) -> Raw | None:
        block, base, offset, width = place
        if element >= width:
            return None
        if base.code == BYTE and width > 1:
            return _bytes(block.grid(base, offset, width), element)
        return settle(block.grid(base, offset + element * base.size, 1)[:, 0], base)


def settle(raw: Raw, base: Base) -> Raw | None:
    """Return the file's numbers as int32 (int64 where they need it) or float64 with the house's mark for "missing"."""
    if base.invalid is None:
        floats = raw.astype(np.float64)
        return None if np.isnan(floats).all() else floats
    wide = base.size == 8
    out = raw.astype(np.int64 if wide else np.int32)
    unsigned = base.numpy[0] == "u"
    if unsigned and base.size == 4 and int(out.min()) < -1:
        out, wide = raw.astype(np.int64), True
        bad = out == base.invalid
    else:
        bad = out == (-1 if unsigned and base.size >= 4 and base.invalid else base.invalid)
    count = np.count_nonzero(bad)
    if count == len(out):
        return None
    if count:
        out[bad] = MISSING_64 if wide else MISSING_32
    return out


def _bytes(grid: Grid, element: int) -> Raw | None:
    """Return a column of a byte array, in which 255 means nothing unless every byte of the array says so."""
    void = (grid == 0xFF).all(axis=1)
    if void.all():
        return None
    out = grid[:, element].astype(np.int32)
    out[void] = MISSING_32
    return out


def _widened(whole: Raw | None, kind: np.dtype[Any], length: int) -> Raw:
    """Return a column able to hold `kind` besides what it holds already; new ones are all missing."""
    if whole is None:
        return np.full(length, np.nan if kind.kind == "f" else np.iinfo(kind).min, kind)
    wider = np.promote_types(whole.dtype, kind) if whole.dtype != kind else kind
    return whole if wider == whole.dtype else _recast(whole, wider)


def _recast(column: Raw, kind: np.dtype[Any]) -> Raw:
    """Return the column in a wider type, with what is missing still missing."""
    if column.dtype == kind or column.dtype.kind == "f":
        return column.astype(kind)
    out = column.astype(kind)
    out[column == np.iinfo(column.dtype).min] = np.nan if kind.kind == "f" else np.iinfo(kind).min
    return out
