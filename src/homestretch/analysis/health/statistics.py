"""Statistics of series that remember yesterday: effective numbers, intervals, and many questions asked at once."""

from functools import cache
from math import atan, atanh, cos, pi, sin, sqrt, tanh
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.health.windows import masked, median
from homestretch.model.channel import Floats, Mask

#: Numbers of days or of strata, (k,).
type Indices = NDArray[np.int64]

#: The standard normal deviate of an interval of 95 %.
DEVIATE_95 = NormalDist().inv_cdf(0.975)
#: Steps of bisection after which a quantile is as exact as its numbers are.
_BISECTIONS = 80
#: A correlation of one has no finite transform: so near to it may one come.
_NEARLY_ONE = 1.0 - 1e-12
#: Draws of the bootstrap, and their seed: the same data give the same interval.
DRAWS, SEED = 1000, 20261101


@cache
def student_quantile(probability: float, freedom: int) -> float:
    """Return below what Student's t of so many degrees of freedom is with a probability of 0.5 to 1."""
    low, high = 0.0, 1.0
    while student_probability(high, freedom) < probability:
        high *= 2.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2.0
        if student_probability(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def student_probability(t: float, freedom: int) -> float:
    """Return the probability of Student's t to be below `t`: exact, a finite sum (Abramowitz and Stegun 26.7.3-4)."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2 == 1
    term, total = (cos(angle), 0.0) if odd else (1.0, 0.0)
    for k in range(2 if odd else 1, freedom, 2):
        total += term
        term *= cos(angle) ** 2 * k / (k + 1)
    between = 2.0 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
    return 0.5 + between / 2.0


def lag_one(values: Floats, stratum: Indices) -> float:
    """Return the autocorrelation at lag one of centred values (k,) in order of time; NaN where nothing varies.

    Only neighbours of one stratum are compared; with a single stratum it is the usual estimate.
    """
    squares = float(values @ values)
    alike = stratum[1:] == stratum[:-1]
    neighbours = int(np.count_nonzero(alike))
    if neighbours == 0 or squares == 0.0:
        return float("nan")
    product = float(np.sum(values[1:] * values[:-1], where=alike))
    return product / neighbours * (len(values) - 1) / squares


def effective_number(count: int, lag_x: float, lag_y: float) -> float:
    """Return how many independent pairs a correlation of `count` pairs is worth (Bartlett 1946; Pyper, Peterman 1998).

    It is never more than there are. A series without neighbours (NaN) remembers nothing.
    """
    product = lag_x * lag_y
    if np.isnan(product):
        return float(count)
    product = min(max(product, 0.0), _NEARLY_ONE)
    return count * (1.0 - product) / (1.0 + product)


def fisher_interval(r: float, number: float) -> tuple[float, float]:
    """Return the interval of 95 % of a correlation of so many independent pairs; all there is of up to three."""
    if number <= 3.0:
        return -1.0, 1.0
    middle, reach = atanh(_inner(r)), DEVIATE_95 / sqrt(number - 3.0)
    return tanh(middle - reach), tanh(middle + reach)


def fisher_probability(r: float, number: float) -> float:
    """Return how likely a correlation at least as strong is by chance alone (two-sided)."""
    if number <= 3.0:
        return 1.0
    return 2.0 * NormalDist().cdf(-abs(atanh(_inner(r))) * sqrt(number - 3.0))


def discoveries(probabilities: Floats, rate: float) -> Mask:
    """Return which of the probabilities (k,) are discoveries, at most `rate` of them false (Benjamini, Hochberg 1995).

    NaN was not tested and counts neither way.
    """
    tested = np.sort(probabilities[~np.isnan(probabilities)])
    limits = rate * np.arange(1, len(tested) + 1) / max(len(tested), 1)
    below = np.flatnonzero(tested <= limits)
    return probabilities <= (tested[below[-1]] if len(below) else -1.0)


def median_difference(values: Floats, upper: Mask, lower: Mask) -> float:
    """Return by what the median of the upper of two groups of values (k,) exceeds that of the lower."""
    return float(_difference(values[None], upper[None], lower[None])[0])


def bootstrap_interval(values: Floats, upper: Mask, lower: Mask, block: int) -> tuple[float, float]:
    """Return the interval of 95 % of the difference of medians, by a moving block bootstrap with a fixed seed.

    Values (k,) are drawn in blocks of neighbours, so that what remembers yesterday keeps its memory (Künsch 1989).
    """
    count = len(values)
    block = min(block, count)
    starts = np.random.default_rng(SEED).integers(0, count - block + 1, (DRAWS, -(-count // block)))
    drawn = (starts[:, :, None] + np.arange(block)).reshape(DRAWS, -1)[:, :count]
    differences = _difference(values[drawn], upper[drawn], lower[drawn])
    known = differences[~np.isnan(differences)]
    if len(known) < DRAWS / 2:
        return float("-inf"), float("inf")
    low, high = np.quantile(known, (0.025, 0.975))
    return float(low), float(high)


def _difference(rows: Floats, upper: Mask, lower: Mask) -> Floats:
    return median(masked(rows, upper)) - median(masked(rows, lower))


def _inner(r: float) -> float:
    return min(max(r, -_NEARLY_ONE), _NEARLY_ONE)


def without(values: Floats, covariate: Floats) -> Floats:
    """Return values (n,) less what a straight line of a covariate (n,) explains; unchanged where that is unknown."""
    both = np.isfinite(values) & np.isfinite(covariate)
    x = covariate[both] - covariate[both].mean() if both.any() else covariate[both]
    spread = float(x @ x)
    if spread == 0.0:
        return values
    rest = values.copy()
    rest[both] -= x * (float(x @ values[both]) / spread)
    return rest
