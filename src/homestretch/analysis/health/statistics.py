"""Statistics of series that remember yesterday: effective numbers, intervals, and many questions asked at once."""

from functools import cache
from math import atan, cos, pi, sin, sqrt
from statistics import NormalDist

#: The standard normal deviate of an interval of 95 %.
DEVIATE_95 = NormalDist().inv_cdf(0.975)
#: Steps of bisection after which a quantile is as exact as its numbers are.
_BISECTIONS = 80
#: A correlation of one has no finite transform: so near to it may one come.
_NEARLY_ONE = 1.0 - 1e-12


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
