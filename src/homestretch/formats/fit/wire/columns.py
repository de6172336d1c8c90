"""Columns: the fields of many messages of one kind as arrays, gathered from the bytes without a loop over messages."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homestretch.formats.fit.wire.base import BYTE, Base
from homestretch.formats.fit.wire.layouts import Plan, Shape
from homestretch.formats.fit.wire.walk import Bucket, Offsets
from homestretch.model.channel import MISSING_32, MISSING_64, Raw

type Grid = NDArray[Any]
type Rows = NDArray[np.intp]


#: Where a field begins in the messages of each plan that has it (plans by their place in the table's list).
type Within = dict[int, int]
#: Where a field lies: its offsets, by the shapes in which it comes.
type Places = dict[Shape, Within]


class Table:
    """All messages of one kind in file order, whatever their definitions; `offsets` (n,) say where they begin."""

    def __init__(self, data: bytes, buckets: list[Bucket]) -> None:
        self.data = data
        self.plans: list[Plan] = [bucket.plan for bucket in buckets]
        self._run = buckets[0].unbroken if len(buckets) == 1 else False
        found = [bucket.offsets() for bucket in buckets]
        self.offsets: Offsets = found[0] if len(found) == 1 else np.concatenate([np.zeros(0, np.int64), *found])
        self._kinds: Rows | None = None
        if len(found) > 1:
            order = np.argsort(self.offsets, kind="stable")
            self.offsets = self.offsets[order]
            self._kinds = np.repeat(np.arange(len(found)), [len(one) for one in found])[order]

    def __len__(self) -> int:
        """Return the number of messages."""
        return len(self.offsets)

    def each(self) -> Iterator[tuple[int, Plan]]:
        """Return where each message begins and how it is read."""
        if self._kinds is None:
            return ((at, self.plans[0]) for at in self.offsets.tolist())
        kinds = self._kinds.tolist()
        return ((at, self.plans[kind]) for at, kind in zip(self.offsets.tolist(), kinds, strict=True))

    @cached_property
    def fields(self) -> dict[int, Places]:
        """Where the fields of these messages lie, by field number."""
        found: dict[int, Places] = {}
        for kind, plan in enumerate(self.plans):
            for num, (shape, offset) in plan.fields:
                found.setdefault(num, {}).setdefault(shape, {})[kind] = offset
        return found

    def column(self, num: int, element: int = 0) -> Raw | None:
        """Return one element of a field over all messages, shape (n,); None where no message has a valid one."""
        places = self.fields.get(num)
        return None if places is None else self.gather(places, element)

    def grid(self, num: int) -> Grid:
        """Return all elements of an integer field over all messages, int64 of shape (n, width)."""
        places = self.fields.get(num, {})
        out = np.full((len(self), width_of(places)), MISSING_64)
        for shape, offsets in places.items():
            rows, raw = self._raw(shape, offsets)
            part = settle(raw, shape.base)
            if part is not None and part.dtype.kind == "i":
                out[slice(None) if rows is None else rows, : shape.width] = recast(part, out.dtype)
        return out

    def gather(self, places: Places, element: int = 0) -> Raw | None:
        """Return an element found at `places` as in `column`."""
        whole: Raw | None = None
        for shape, offsets in places.items():
            if element >= shape.width:
                continue
            rows, part = self._settled(shape, offsets, element)
            if part is not None and rows is None:
                return part
            if part is not None:
                whole = _widened(whole, part.dtype, len(self))
                whole[rows] = part if part.dtype == whole.dtype else recast(part, whole.dtype)
        return whole

    def _settled(self, shape: Shape, offsets: Within, element: int) -> tuple[Rows | None, Raw | None]:
        _, base, width = shape
        if base.code == BYTE and width > 1:
            rows, raw = self._raw(shape, offsets)
            grid = settle(raw, base)
            return rows, None if grid is None else grid[:, element]
        rows, raw = self._raw(shape, offsets, element)
        return rows, settle(raw[:, 0], base)

    def _raw(self, shape: Shape, offsets: Within, element: int | None = None) -> tuple[Rows | None, Grid]:
        """Return the rows that have the field (None: all), and it as it is in the file, shape (rows, width or 1)."""
        order, base, width = shape
        kind = np.dtype(order + base.numpy)
        skip, width = (0, width) if element is None else (element * base.size, 1)
        if self._kinds is None:
            buffer, start, apart = self._matrix
            start += offsets[0] + skip
            return None, np.ndarray((len(self), width), kind, buffer, start, (apart, base.size))
        rows, places = self._spots(offsets)
        return rows, _pick(self.data, places + skip, width * base.size).view(kind).reshape(-1, width)

    def _spots(self, offsets: Within) -> tuple[Rows | None, Offsets]:
        """Return the rows whose plans are named (None: all), and where in the data the field begins in each."""
        by_kind = np.zeros(len(self.plans), np.int64)
        by_kind[list(offsets)] = list(offsets.values())
        within = by_kind[self._kinds]
        if len(offsets) == len(self.plans):
            return None, self.offsets + within
        rows = np.flatnonzero(within)
        return rows, self.offsets[rows] + within[rows]

    @cached_property
    def _matrix(self) -> tuple[Any, int, int]:
        """Return a buffer in which messages of one plan lie evenly, where the first begins, and how far apart."""
        size = self.plans[0].size
        if self._run:
            return self.data, int(self.offsets[0]), size
        return _pick(self.data, self.offsets, size), 0, size


def _pick(data: bytes, places: Offsets, size: int) -> Grid:
    """Return the `size` bytes at each place, as one void each (indexed: `take` would copy the overlapping view)."""
    every: Grid = np.ndarray((len(data) - size + 1,), f"V{size}", data, strides=(1,))
    return every[places]


def width_of(places: Places) -> int:
    """Return the greatest number of elements that a field has in any message."""
    return max((shape.width for shape in places), default=0)


def settle(raw: Grid, base: Base) -> Grid | None:
    """Return the file's numbers as int32 (int64 where they need it) or float64 with the house's mark for "missing".

    Of shape (n,) or (n, width); None where all are missing. In an array of bytes, 255 means nothing
    unless every byte of the array says so.
    """
    if base.invalid is None:
        floats = raw.astype(np.float64)
        return None if np.isnan(floats).all() else floats
    wide = base.size == 8
    out = raw.astype(np.int64 if wide else np.int32)
    unsigned = base.numpy[0] == "u"
    if unsigned and base.size == 4 and out.size and int(out.min()) < -1:
        out, wide = raw.astype(np.int64), True
        bad = out == base.invalid
    else:
        bad = out == (-1 if unsigned and base.size >= 4 and base.invalid else base.invalid)
    if base.code == BYTE and out.ndim == 2 and out.shape[1] > 1:
        bad = np.broadcast_to(bad.all(axis=1, keepdims=True), bad.shape)
    count = np.count_nonzero(bad)
    if count == out.size:
        return None
    if count:
        out[bad] = MISSING_64 if wide else MISSING_32
    return out


def _widened(whole: Raw | None, kind: np.dtype[Any], length: int) -> Raw:
    """Return a column able to hold `kind` besides what it holds already; new ones are all missing."""
    if whole is None:
        return np.full(length, np.nan if kind.kind == "f" else np.iinfo(kind).min, kind)
    wider = np.promote_types(whole.dtype, kind) if whole.dtype != kind else kind
    return whole if wider == whole.dtype else recast(whole, wider)


def recast(column: Grid, kind: np.dtype[Any]) -> Grid:
    """Return a column in a wider type, with what is missing still missing."""
    if column.dtype == kind or column.dtype.kind == "f":
        return column.astype(kind)
    out = column.astype(kind)
    out[column == np.iinfo(column.dtype).min] = np.nan if kind.kind == "f" else np.iinfo(kind).min
    return out
