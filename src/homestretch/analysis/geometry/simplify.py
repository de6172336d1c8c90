"""Fewer points for the same line: Douglas-Peucker, all stretches of a level at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.geometry.distance import EARTH_RADIUS_M
from homestretch.model.channel import Floats

type Indices = NDArray[np.intp]
type Number = Floats | np.float64

#: Where a level's stretches have on average more points than this, each is computed by itself, without gathering.
LONG = 800
#: A line of n points parts in about 3 log2 n levels; what takes more was made to.
DEEPEST = 64


def local_metres(latitude: Floats, longitude: Floats) -> tuple[Floats, Floats]:
    """Return places in degrees as metres east and north of the first, longitudes unwrapped over the date line."""
    if len(latitude) == 0:
        return np.zeros(0), np.zeros(0)
    metres = EARTH_RADIUS_M * np.pi / 180.0
    east = longitude - longitude[0]
    if np.abs(np.diff(longitude)).max(initial=0.0) > 180.0:
        east = np.unwrap(east, period=360.0)
    middle = np.cos(np.radians((latitude.min() + latitude.max()) / 2.0))
    return east * (metres * middle), (latitude - latitude[0]) * metres


def simplify(x: Floats, y: Floats, tolerance: float) -> Indices:
    """Return the points that Douglas-Peucker keeps: the line through them is nowhere further off than `tolerance`."""
    return np.flatnonzero(significance(x, y, tolerance) > tolerance)


def most_significant(weight: Floats, count: int) -> Indices:
    """Return up to `count` points, in order, that the tightest tolerance with so few would keep."""
    kept = np.flatnonzero(weight)
    if len(kept) <= count:
        return kept
    floor = np.partition(weight[kept], -count - 1)[-count - 1]
    return np.asarray(kept[weight[kept] > floor])


@dataclass(slots=True)
class _Level:
    """Stretches of a line not yet finished: their ends, and the weight of the point that made them."""

    begin: Indices
    end: Indices
    parent: Floats


def significance(x: Floats, y: Floats, tolerance: float) -> Floats:
    """Return for each point the tolerance up to which it stays, shape (n,): inf at the ends.

    Zero below `tolerance`; for any greater one, `significance > tolerance` is the same as Douglas-Peucker's answer,
    save for lines that part point by point (an endless zigzag), which are halved after DEEPEST levels.
    """
    weight = np.zeros(len(x))
    weight[:1] = weight[-1:] = np.inf
    level = _Level(np.array([0]), np.array([len(x) - 1]), np.array([np.inf]))
    depth = 0
    while len(level.begin):
        depth += 1
        level = _split(x, y, level, weight, tolerance, halve=depth > DEEPEST)
    return weight


def _split(x: Floats, y: Floats, level: _Level, weight: Floats, tolerance: float, *, halve: bool) -> _Level:
    """Weigh the furthest (or middle) point of every stretch of a level and return the stretches that it parts."""
    open_ = level.end - level.begin > 1
    begin, end, parent = level.begin[open_], level.end[open_], level.parent[open_]
    if len(begin) == 0:
        return _Level(begin, end, parent)
    long = (end - begin).sum() > LONG * len(begin)
    split, square = (_furthest_of_each if long else _furthest_of_all)(x, y, begin, end)
    if halve:
        split = (begin + end) // 2
    own = np.minimum(np.sqrt(square), parent)
    far = own > tolerance
    begin, split, end, own = begin[far], split[far], end[far], own[far]
    weight[split] = own
    ends = np.stack((begin, split, end), axis=1)
    return _Level(ends[:, :2].ravel(), ends[:, 1:].ravel(), own.repeat(2))


def _furthest_of_each(x: Floats, y: Floats, begin: Indices, end: Indices) -> tuple[Indices, Floats]:
    """Return for k stretches the first of their points furthest off the chord, and its squared distance."""
    split, square = np.empty(len(begin), dtype=np.intp), np.empty(len(begin))
    dx, dy, unit = _chords(x, y, begin, end)
    for i, (b, e) in enumerate(zip(begin.tolist(), end.tolist(), strict=True)):
        off = _squared_distance(x[b + 1 : e] - x[b], y[b + 1 : e] - y[b], dx[i], dy[i], unit[i])
        at = int(off.argmax())
        split[i], square[i] = b + 1 + at, off[at]
    return split, square


def _furthest_of_all(x: Floats, y: Floats, begin: Indices, end: Indices) -> tuple[Indices, Floats]:
    """Return what `_furthest_of_each` does, of many short stretches in one go."""
    inner = end - begin - 1
    first = inner.cumsum() - inner
    point = np.arange(inner.sum())
    point += (begin + 1 - first).repeat(inner)
    px, py = x[point], y[point]
    px -= x[begin].repeat(inner)
    py -= y[begin].repeat(inner)
    off = _squared_distance(px, py, *(one.repeat(inner) for one in _chords(x, y, begin, end)))
    square = np.maximum.reduceat(off, first)
    hit = (off == square.repeat(inner)).nonzero()[0]
    return point[hit[hit.searchsorted(first)]], square


def _chords(x: Floats, y: Floats, begin: Indices, end: Indices) -> tuple[Floats, Floats, Floats]:
    """Return how far k chords lead east and north, and what makes their squared length one (1 where that is 0)."""
    dx, dy = x[end] - x[begin], y[end] - y[begin]
    square = dx * dx + dy * dy
    square[square == 0.0] = 1.0
    return dx, dy, 1.0 / square


def _squared_distance(px: Floats, py: Floats, dx: Number, dy: Number, unit: Number) -> Floats:
    """Return the squared distance to a chord (the segment, not the line) of points (m,) seen from its begin.

    The points are overwritten.
    """
    along = px * dx
    along += py * dy
    along *= unit
    along.clip(0.0, 1.0, out=along)
    px -= along * dx
    py -= along * dy
    px *= px
    py *= py
    px += py
    return px
