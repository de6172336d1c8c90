"""Grade, and what it costs on foot: the speed on the flat that would be as hard."""

import numpy as np

from homestretch.analysis.activity.elevation import SMOOTH_S, AltitudeSource, smooth, without_steps
from homestretch.analysis.samples.grid import linear_grid, whole
from homestretch.model.channel import Floats, Mask

#: Metres of distance, before and after, over which the rise is taken; below LEAST_M in total there is no grade.
REACH_M = 25.0
LEAST_M = 10.0
STEEPEST = 0.45
#: Minetti's cost of running in J/kg/m: the powers of grade from the fifth down to none.
_MINETTI = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)
#: Grade in per cent and the cost relative to the flat: points of the curve in Strava's "An improved GAP model" (2017),
#: as GoldenCheetah's DanielsPoints.cpp lists them.
_TABLE_GRADE = np.array(
    [-40, -34, -32, -30, -28, -26, -24, -22, -20, -18, -16, -14, -12, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2,
     3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 40], dtype=np.float64,
)  # fmt: skip
_TABLE_COST = np.array(
    [1.937, 1.665, 1.59, 1.49, 1.4, 1.315, 1.24, 1.16, 1.085, 1.02, 0.965, 0.92, 0.885, 0.875, 0.875, 0.875, 0.875,
     0.885, 0.9, 0.91, 0.935, 0.95, 0.98, 1.0, 1.02, 1.05, 1.1, 1.14, 1.19, 1.24, 1.29, 1.35, 1.41, 1.48, 1.6, 1.77,
     1.93, 2.11, 2.28, 2.47, 2.645, 2.82, 2.985, 3.16, 3.32, 3.47, 3.739],
)  # fmt: skip


def smooth_altitude(t: Floats, altitude: Floats, source: AltitudeSource) -> Floats:
    """Return altitudes (n,) smoothed as climbing is computed (15 s baro, 31 s GPS), gaps drawn through; m."""
    known = ~np.isnan(altitude)
    if not known.any():
        return altitude
    at, x = (t, altitude) if known.all() else (t[known], altitude[known])
    x = without_steps(at, x)
    even, step = linear_grid(at, x)
    smoothed = smooth(even, round(SMOOTH_S[source] / step))
    if step == 1.0 and known.all() and whole(t):
        return np.asarray(smoothed[(t - t[0]).astype(np.intp)])
    return np.asarray(np.interp(t, at[0] + step * np.arange(len(smoothed)), smoothed))


def grades(distance: Floats, altitude: Floats, moving: Mask) -> Floats:
    """Return rise over run, shape (n,), within +-0.45, over 50 m around each sample; NaN while not `moving`.

    `distance` (n,) is cumulative in m, `altitude` (n,) smoothed, in m.
    """
    if len(distance) == 0:
        return np.zeros(0)
    before = np.maximum(distance - REACH_M, distance[0])
    after = np.minimum(distance + REACH_M, distance[-1])
    # Where the distance stands still only the first altitude counts, so that the profile is a function of the distance.
    new = np.concatenate(([True], distance[1:] > distance[:-1]))
    along, height = (distance, altitude) if new.all() else (distance[new], altitude[new])
    run = after - before
    with np.errstate(divide="ignore", invalid="ignore"):
        rise = (np.interp(after, along, height) - np.interp(before, along, height)) / run
    return np.asarray(np.where(moving & (run >= LEAST_M), np.clip(rise, -STEEPEST, STEEPEST), np.nan))


def minetti(grade: Floats) -> Floats:
    """Return the energy cost of running on a grade over that on the flat (Minetti et al. 2002, J Appl Physiol 93)."""
    return np.asarray(np.polyval(_MINETTI, np.clip(grade, -STEEPEST, STEEPEST)) / _MINETTI[-1])


def grade_cost(grade: Floats) -> Floats:
    """Return how much harder a speed is on a grade than on the flat (Strava 2017), 1 where the grade is NaN."""
    return np.asarray(np.interp(np.nan_to_num(grade) * 100.0, _TABLE_GRADE, _TABLE_COST))
