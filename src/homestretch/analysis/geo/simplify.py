"""Fewer points for the same line: Douglas-Peucker, all stretches of a level at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.geo.distance import EARTH_RADIUS_M
from homestretch.model.channel import Floats

type Indices = NDArray[np.intp]

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
    inner = end - begin - 1
    first = np.cumsum(inner) - inner
    point = np.arange(inner.sum()) + np.repeat(begin + 1 - first, inner)
    off = _squared_distance(x, y, point, (begin, end), inner)
    furthest = np.maximum.reduceat(off, first)
    hit = np.flatnonzero(off == np.repeat(furthest, inner))
    split = (begin + end) // 2 if halve else point[hit[np.searchsorted(hit, first)]]
    own = np.minimum(np.sqrt(furthest), parent)
    far = own > tolerance
    weight[split[far]] = own[far]
    return _Level(
        np.column_stack((begin[far], split[far])).ravel(),
        np.column_stack((split[far], end[far])).ravel(),
        np.repeat(own[far], 2),
    )


def _squared_distance(x: Floats, y: Floats, point: Indices, ends: tuple[Indices, Indices], inner: Indices) -> Floats:
    """Return the squared distance of each point to its stretch's chord (the segment, not the line)."""
    begin, end = ends
    dx, dy = x[end] - x[begin], y[end] - y[begin]
    square = dx * dx + dy * dy
    unit = 1.0 / np.where(square > 0.0, square, 1.0)
    px, py = x[point] - np.repeat(x[begin], inner), y[point] - np.repeat(y[begin], inner)
    wide_x, wide_y = np.repeat(dx, inner), np.repeat(dy, inner)
    along = (px * wide_x + py * wide_y) * np.repeat(unit, inner)
    np.clip(along, 0.0, 1.0, out=along)
    px -= along * wide_x
    py -= along * wide_y
    return px * px + py * py
