"""An activity cut into equal distances."""

from dataclasses import dataclass

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.elevation import gain_and_loss
from homestretch.model.channel import Floats

#: Lengths in m that people cut by.
KILOMETRE, MILE, FIVE_KILOMETRES = 1000.0, 1609.344, 5000.0
#: A rest at the end that is shorter than this, in m, is no split; more splits than MOST are none at all.
LEAST_M, MOST = 1.0, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One stretch of an activity, SI; `start_s` is since the first sample, the last may be shorter. None is not known.

    Speed is over the time in motion, as is the mean grade adjusted speed.
    """

    start_s: float
    elapsed_s: float
    moving_s: float
    distance_m: float
    speed_mps: float | None
    gap_speed_mps: float | None
    avg_hr_bpm: float | None
    avg_power_w: float | None
    ascent_m: float | None
    descent_m: float | None


def splits(effort: Effort, length_m: float = KILOMETRE) -> list[Split]:
    """Return the splits of an effort in order, cut where its distance reaches multiples of a length; none without one.

    ValueError for a length that is not positive.
    """
    if not length_m > 0.0:
        raise ValueError(f"no split is {length_m} m long")
    series, d = effort.series, effort.series.distance
    if d is None or len(d) < 2 or not LEAST_M < d[-1] - d[0] < MOST * length_m:
        return []
    bounds_m = np.append(np.arange(0.0, d[-1] - d[0], length_m), d[-1] - d[0])
    if len(bounds_m) > 2 and bounds_m[-1] - bounds_m[-2] < LEAST_M:
        bounds_m = np.delete(bounds_m, -2)
    at = _reached(series.t, np.maximum.accumulate(d) - d[0], bounds_m)
    moving = _held(effort, at, np.ones(len(d)), in_motion=True)[0]
    gap, heart, power = (
        _means(effort, at, series.gap_speed, in_motion=True),
        _means(effort, at, series.heart_rate, in_motion=False),
        _means(effort, at, series.power, in_motion=False),
    )
    return [
        Split(
            start_s=float(at[i]),
            elapsed_s=float(at[i + 1] - at[i]),
            moving_s=float(moving[i]),
            distance_m=float(bounds_m[i + 1] - bounds_m[i]),
            speed_mps=float((bounds_m[i + 1] - bounds_m[i]) / moving[i]) if moving[i] > 0.0 else None,
            gap_speed_mps=gap[i],
            avg_hr_bpm=heart[i],
            avg_power_w=power[i],
            **_up_and_down(effort, float(at[i]), float(at[i + 1])),
        )
        for i in range(len(bounds_m) - 1)
    ]


def _reached(t: Floats, d: Floats, bounds_m: Floats) -> Floats:
    """Return when each distance was first reached; the start is the first sample and the end the last."""
    i = np.clip(np.searchsorted(d, bounds_m, "left"), 1, len(d) - 1)
    step = d[i] - d[i - 1]
    share = np.divide(bounds_m - d[i - 1], step, out=np.ones(len(bounds_m)), where=step > 0.0)
    at = t[i - 1] + share * (t[i] - t[i - 1])
    at[0], at[-1] = t[0], t[-1]
    return np.asarray(at)


def _held(effort: Effort, at: Floats, x: Floats, in_motion: bool) -> tuple[Floats, Floats]:
    """Return between instants (k,) the seconds for which x (n,) is known, and the sum of x over them, (k-1,) each."""
    series = effort.series
    weight = np.where(np.isnan(x) | (in_motion & ~series.moving), 0.0, series.weight)
    knots = np.column_stack((series.t, series.t + series.weight)).ravel()
    sums = []
    for part in (weight, weight * np.nan_to_num(x)):
        total = np.concatenate(([0.0], np.cumsum(part)))
        sums.append(np.diff(np.interp(at, knots, np.column_stack((total[:-1], total[1:])).ravel())))
    return sums[0], sums[1]


def _means(effort: Effort, at: Floats, x: Floats | None, in_motion: bool) -> list[float | None]:
    if x is None:
        return [None] * (len(at) - 1)
    seconds, total = _held(effort, at, x, in_motion)
    return [s / w if w > 0.0 else None for s, w in zip(total.tolist(), seconds.tolist(), strict=True)]


def _up_and_down(effort: Effort, begin: float, end: float) -> dict[str, float | None]:
    series = effort.series
    within = slice(*np.searchsorted(series.t, (begin, end)).tolist())
    found = None
    if series.altitude is not None and within.stop - within.start > 1:
        found = gain_and_loss(series.t[within], series.altitude[within], series.altitude_source)
    up, down = found or (None, None)
    return {"ascent_m": up, "descent_m": down}
