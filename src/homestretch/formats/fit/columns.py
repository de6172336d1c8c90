"""Columns: the fields of many messages of one kind as arrays, gathered from the bytes without a loop over messages."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homestretch.formats.fit.base import BYTE, Base
from homestretch.formats.fit.plans import Place, Plan
from homestretch.formats.fit.walk import Bucket, Offsets
from homestretch.model.channel import MISSING_32, MISSING_64, Raw

type Grid = NDArray[Any]
type Rows = NDArray[np.intp]


#: Where a field lies, and in the messages of which plans (by their place in the table's list).
type Places = dict[Place, list[int]]


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
        self._rows: dict[tuple[int, ...], Rows | None] = {}

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
            for num, place in plan.fields:
                found.setdefault(num, {}).setdefault(place, []).append(kind)
        return found

    def column(self, num: int, element: int = 0) -> Raw | None:
        """Return one element of a field over all messages, shape (n,); None where no message has a valid one."""
        places = self.fields.get(num)
        return None if places is None else self.gather(places, element)

    def grid(self, num: int) -> Grid:
        """Return all elements of an integer field over all messages, int64 of shape (n, width)."""
        width = width_of(self.fields.get(num, {}))
        out = np.full((len(self), width), MISSING_64)
        for place, kinds in self.fields.get(num, {}).items():
            rows = self._rows_of(kinds)
            part = settle(self._raw(place, rows), place.base) if len(self) else None
            if part is not None and part.dtype.kind == "i":
                out[slice(None) if rows is None else rows, : place.width] = recast(part, out.dtype)
        return out

    def gather(self, places: Places, element: int = 0) -> Raw | None:
        """Return an element found at `places` as in `column`."""
        whole: Raw | None = None
        for place, kinds in places.items():
            rows = self._rows_of(kinds)
            part = None if element >= place.width or not len(self) else self._settled(place, element, rows)
            if part is None:
                continue
            if rows is None:
                return part
            whole = _widened(whole, part.dtype, len(self))
            whole[rows] = part if part.dtype == whole.dtype else recast(part, whole.dtype)
        return whole

    def _rows_of(self, kinds: Iterable[int]) -> Rows | None:
        """Return which rows are of these plans; None for all."""
        if self._kinds is None:
            return None
        key = tuple(kinds)
        if key not in self._rows:
            chosen = np.zeros(len(self.plans), bool)
            chosen[list(key)] = True
            self._rows[key] = None if chosen.all() else np.flatnonzero(chosen[self._kinds])
        return self._rows[key]

    @cached_property
    def _matrix(self) -> tuple[Any, int, int]:
        """Return a buffer in which the messages lie evenly, where the first begins, and how far apart they are."""
        size = max(plan.size for plan in self.plans)
        if self._run:
            return self.data, int(self.offsets[0]), size
        data = self.data
        if int(self.offsets[-1]) + size > len(data):
            data += bytes(size)
        every = np.ndarray((len(data) - size + 1,), f"V{size}", data, strides=(1,))
        return every[self.offsets], 0, size  # indexing: `take` would copy the overlapping view first

    def _raw(self, place: Place, rows: Rows | None) -> Grid:
        """Return the field as it is in the file, shape (rows, width)."""
        order, base, offset, width = place
        buffer, start, apart = self._matrix
        shape, strides = (len(self), width), (apart, base.size)
        grid: Grid = np.ndarray(shape, np.dtype(order + base.numpy), buffer, start + offset, strides)
        return grid if rows is None else grid[rows]

    def _settled(self, place: Place, element: int, rows: Rows | None) -> Raw | None:
        order, base, offset, width = place
        if base.code == BYTE and width > 1:
            whole = settle(self._raw(place, rows), base)
            return None if whole is None else whole[:, element]
        return settle(self._raw(Place(order, base, offset + element * base.size, 1), rows)[:, 0], base)


def width_of(places: Places) -> int:
    """Return the greatest number of elements that a field has in any message."""
    return max((place.width for place in places), default=0)


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
