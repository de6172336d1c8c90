"""How far apart two lines are: in order (Fréchet), in place (Hausdorff), and stretched to fit (DTW)."""

import numpy as np

from homestretch.model.channel import Floats, Mask

type Plane = tuple[Floats, Floats]


def distances(one: Plane, other: Plane) -> Floats:
    """Return the distance in m of every point of one line (m,) to every point of the other (n,), shape (m, n)."""
    across, up = one[0][:, None] - other[0], one[1][:, None] - other[1]
    return np.asarray(np.sqrt(across * across + up * up))


def hausdorff(apart: Floats) -> float:
    """Return how far the furthest point of the first line is from the other, of distances (m, n)."""
    return float(apart.min(axis=1).max())


def frechet(apart: Floats) -> float:
    """Return the discrete Fréchet distance of distances (m, n): the shortest leash for two that never turn back."""
    values = np.unique(apart)
    low, high = int(np.searchsorted(values, max(apart[0, 0], apart[-1, -1]))), len(values) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if walkable(apart <= values[middle]) else (middle + 1, high)
    return float(values[low])


def walkable(free: Mask) -> bool:
    """Return whether both can walk from begin to end through pairs of points (m, n) that are free.

    Row after row, the reachable columns are the bits of a number: from each seed, adding it to the row's free bits
    carries on to the end of its run.
    """
    if not (free[0, 0] and free[-1, -1]):
        return False
    width = free.shape[1]
    reached = 1
    for row in np.packbits(free, axis=1, bitorder="little"):
        open_ = int.from_bytes(row.tobytes(), "little")
        seeds = (reached | reached << 1) & open_
        filled = seeds + open_
        reached = (filled ^ open_ | seeds) & open_
        if not reached:
            return False
    return bool(reached >> (width - 1) & 1)


def dtw(apart: Floats) -> float:
    """Return the least sum of distances (m, n) over pairs that lead from begin to end and never back, in m."""
    m, n = apart.shape
    # Diagonals of one sum of indices: each needs only the two before it; padded by a border that can't be entered.
    before, last = np.full(m + 1, np.inf), np.full(m + 1, np.inf)
    before[0] = 0.0
    for total in range(m + n - 1):
        i = np.arange(max(0, total - n + 1), min(m, total + 1))
        now = np.full(m + 1, np.inf)
        now[i + 1] = apart[i, total - i] + np.minimum(np.minimum(last[i], last[i + 1]), before[i])
        before, last = last, now
    return float(last[m])
