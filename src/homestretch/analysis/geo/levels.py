"""Fewer points by the area they add (Visvalingam): a weight per point once, then a line for every zoom."""

import heapq

import numpy as np

from homestretch.model.channel import Floats


def removal(x: Floats, y: Floats) -> list[tuple[int, float]]:
    """Return the inner points of a line (n,) in the order of their removal, each with the area it adds then.

    That is the triangle with its neighbours that are left, in square metres; of equal ones the first goes first.
    """
    xs, ys = x.tolist(), y.tolist()
    before, after = list(range(-1, len(xs) - 1)), list(range(1, len(xs) + 1))

    def area(i: int) -> float:
        a, b = before[i], after[i]
        double = abs((xs[i] - xs[a]) * (ys[b] - ys[a]) - (xs[b] - xs[a]) * (ys[i] - ys[a]))
        return float(0.5 * double)

    current = [area(i) if 0 < i < len(xs) - 1 else np.inf for i in range(len(xs))]
    waiting = [(current[i], i) for i in range(1, len(xs) - 1)]
    heapq.heapify(waiting)
    removed: list[tuple[int, float]] = []
    while waiting:
        size, i = heapq.heappop(waiting)
        if size != current[i]:
            continue
        removed.append((i, size))
        current[i] = -1.0
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if 0 < j < len(xs) - 1:
                current[j] = area(j)
                heapq.heappush(waiting, (current[j], j))
    return removed


def areas(x: Floats, y: Floats) -> Floats:
    """Return of each point of a line (n,) the area up to which it stays, inf at the ends.

    No point has less than one that went before it, so that `areas > least` is the line at any level.
    """
    weight = np.full(len(x), np.inf)
    removed = removal(x, y)
    if removed:
        at, size = zip(*removed, strict=True)
        weight[list(at)] = np.maximum.accumulate(size)
    return weight
