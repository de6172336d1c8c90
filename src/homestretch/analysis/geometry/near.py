"""Which points lie near which parts of a line: boxes of neighbours are compared first, then what is in them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Floats

type Indices = NDArray[np.intp]

#: How many steps of the line share a box.
_STEPS = 16


class Near(NamedTuple):
    """Pairs of a point and a step of the line not further apart than the reach, by point, then along the line.

    `at` is the place on the line nearest to the point, in steps from its begin; `distance` how far it is.
    """

    point: Indices
    at: Floats
    distance: Floats

    def closest(self, count: int) -> tuple[Floats, Floats]:
        """Return of each of `count` points the distance to the line and where, inf and NaN beyond the reach."""
        distance, at = np.full(count, np.inf), np.full(count, np.nan)
        if len(self.point):
            first = np.flatnonzero(np.concatenate(([True], self.point[1:] != self.point[:-1])))
            least = np.minimum.reduceat(self.distance, first)
            size = np.diff(np.append(first, len(self.point)))
            hit = np.flatnonzero(self.distance == np.repeat(least, size))
            distance[self.point[first]] = least
            at[self.point[first]] = self.at[hit[np.searchsorted(hit, first)]]
        return distance, at


def near(points: tuple[Floats, Floats], line: tuple[Floats, Floats], reach: float, together: int = 8) -> Near:
    """Return which of the points (m,) lie within `reach` of which steps of a line (n,), both as x and y in metres.

    `together` neighbouring points share a box: 1 where they lie far apart.
    """
    if len(points[0]) == 0 or len(line[0]) == 0:
        return Near(np.zeros(0, dtype=np.intp), np.zeros(0), np.zeros(0))
    spots = [_blocks(v, together) for v in points]
    begins = [_blocks(v[:-1] if len(v) > 1 else v, _STEPS) for v in line]
    ends = [_blocks(v[1:] if len(v) > 1 else v, _STEPS) for v in line]
    one, other = np.nonzero(_boxes_apart(spots, begins, ends) <= reach * reach)
    px, py = (v[one][:, :, None] for v in spots)
    bx, by = (v[other][:, None, :] for v in begins)
    dx, dy = (e[other][:, None, :] - b for e, b in zip(ends, (bx, by), strict=True))
    square = dx * dx + dy * dy
    along = ((px - bx) * dx + (py - by) * dy) / np.where(square > 0.0, square, 1.0)
    np.minimum(np.maximum(along, 0.0, out=along), 1.0, out=along)
    off = np.square(px - bx - along * dx) + np.square(py - by - along * dy)
    found = np.nonzero(off <= reach * reach)
    point = one[found[0]] * together + found[1]
    step = other[found[0]] * _STEPS + found[2]
    real = (point < len(points[0])) & (step < max(len(line[0]) - 1, 1))
    order = np.flatnonzero(real)
    order = order[np.argsort(point[order] * len(line[0]) + step[order], kind="stable")]
    return Near(point[order], (step + along[found])[order], np.sqrt(off[found][order]))


def _blocks(values: Floats, size: int) -> Floats:
    """Return values (n,) in rows of `size`, the last one filled up with the last value."""
    missing = -len(values) % size
    return np.concatenate((values, np.repeat(values[-1:], missing))).reshape(-1, size)


def _boxes_apart(spots: list[Floats], begins: list[Floats], ends: list[Floats]) -> Floats:
    """Return the squared distances between the boxes of points (rows) and those of steps (columns)."""
    apart = np.zeros((len(spots[0]), len(begins[0])))
    for spot, begin, end in zip(spots, begins, ends, strict=True):
        low = np.minimum(begin.min(axis=1), end.min(axis=1))
        high = np.maximum(begin.max(axis=1), end.max(axis=1))
        gap = np.maximum(low - spot.max(axis=1)[:, None], spot.min(axis=1)[:, None] - high)
        apart += np.square(np.maximum(gap, 0.0))
    return apart
