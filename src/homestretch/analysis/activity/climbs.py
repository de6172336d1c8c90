"""Climbs: where a track goes up for long enough and steeply enough to be called one, and how hard that is."""

from dataclasses import asdict, dataclass

import numpy as np

from homestretch.analysis.activity.elevation import smooth
from homestretch.model.channel import Floats, Mask

#: Goes up with every change of what is a climb.
VERSION = 1
#: Altitude is taken every so many metres and averaged over so many; no grid is longer than LONGEST.
GRID_M = 20.0
SMOOTH_M = 100.0
LONGEST = 200_000
#: A climb is over when it has lost more height than this in m, or share of its gain, …
DROP_M = 10.0
DROP_SHARE = 0.2
#: … or has not been higher for so far in m, or so much of its length.
FLAT_M = 300.0
FLAT_SHARE = 1.0 / 3.0
#: Less steep than this, in %, over SMOOTH_M, is not yet or no longer the climb.
TRIM_PCT = 2.0
SHORTEST_M = 500.0
LEAST_PCT = 3.0
#: The least score of a climb, and of one where all are asked for.
LEAST_SCORE = 3500.0
LEAST_SCORE_ALL = 1500.0
#: Above which score (metres times per cent) a climb is of which category, as Strava has it.
CATEGORIES = ((80_000.0, "HC"), (64_000.0, "1"), (32_000.0, "2"), (16_000.0, "3"), (8_000.0, "4"))


@dataclass(frozen=True, slots=True)
class Climb:
    """One climb: where on the track in m and when in s, what it gains net, and how hard it is.

    `max_grade_pct` is over 100 m, `score` metres times per cent, `vam_mph` metres up an hour (None without time),
    `fiets` the index of the Dutch magazine: gain²/(10 length), and a point for each 1,000 m of the top above 1,000 m.
    """

    start_m: float
    end_m: float
    start_s: float
    end_s: float
    gain_m: float
    length_m: float
    grade_pct: float
    max_grade_pct: float
    score: float
    category: str | None
    vam_mph: float | None
    fiets: float

    def described(self) -> dict[str, float | str | None]:
        """Return the climb's fields by name."""
        return asdict(self)


def climbs(distance_m: Floats, altitude_m: Floats, elapsed_s: Floats, least_score: float = LEAST_SCORE) -> list[Climb]:
    """Return the climbs along a track of n samples: metres gone (never falling), altitudes in m, seconds; in order.

    The rule is ours, after those of GoldenCheetah and of Garmin's ClimbPro.
    """
    known = np.isfinite(distance_m) & np.isfinite(altitude_m) & np.isfinite(elapsed_s)
    if not known.all():
        distance_m, altitude_m, elapsed_s = distance_m[known], altitude_m[known], elapsed_s[known]
    if len(distance_m) < 2 or not distance_m[-1] - distance_m[0] >= SHORTEST_M:
        return []
    step = max(GRID_M, float(distance_m[-1] - distance_m[0]) / LONGEST)
    on = np.arange(distance_m[0], distance_m[-1], step)
    height = smooth(np.interp(on, distance_m, altitude_m), round(SMOOTH_M / step))
    window = max(round(SMOOTH_M / step), 1)
    grade = (height[window:] - height[:-window]) * (100.0 / (window * step))
    found = []
    for rise in _rises(height, step):
        if 100.0 * (height[rise[1]] - height[rise[0]]) < least_score:
            continue
        foot, top = _trimmed(grade, rise, window)
        gain, length = float(height[top] - height[foot]), (top - foot) * step
        if length >= SHORTEST_M and 100.0 * gain >= max(LEAST_PCT * length, least_score):
            steepest = float(grade[foot : top - window + 1].max())
            seconds = _left(distance_m, elapsed_s, on[foot]), _reached(distance_m, elapsed_s, on[top])
            found.append(_climb((float(on[foot]), float(on[top])), seconds, gain, steepest, float(height[top])))
    return found


def _rises(height: Floats, step: float) -> list[tuple[int, int]]:
    """Return from where to where on the grid it goes up, dips and flats that are small beside the rise included.

    After each the search begins again at the lowest place since its top, which lies behind where that was noticed.
    """
    z, run = height.tolist(), _runs(height)
    rises = []
    flat, last = int(FLAT_M / step), len(z)
    foot = top = low = 0
    lowest = peak = valley = z[0]
    i = 1
    while i < last:
        h = z[i]
        if h > peak:
            i = top = low = run[i]
            peak = valley = z[i]
        elif top == foot and h <= peak:
            i = foot = top = low = run[i]
            lowest = peak = valley = z[i]
        elif (peak - h > DROP_M and peak - h > (peak - lowest) * DROP_SHARE) or (
            i - top > flat and i - top > (top - foot) * FLAT_SHARE
        ):
            rises.append((foot, top))
            foot = top = i = low if h > valley and low > top else i
            lowest = peak = valley = z[i]
            low = i
        elif h <= valley:
            low, valley = i, h
        i += 1
    rises.append((foot, top))
    return rises


def _runs(height: Floats) -> list[int]:
    """Return for each place where the rise, fall or level that led to it ends."""
    step = np.sign(np.diff(height))
    ends = np.append(np.flatnonzero(step[1:] != step[:-1]) + 1, len(step))
    return [0, *np.repeat(ends, np.diff(ends, prepend=0)).tolist()]


def _trimmed(grade: Floats, rise: tuple[int, int], window: int) -> tuple[int, int]:
    """Return a rise without what is not steep at its ends; `grade` is that from each place over a window onwards."""
    foot, top = rise
    steep: Mask = grade[foot : max(top - window + 1, foot)] >= TRIM_PCT
    at = np.flatnonzero(steep)
    return (foot + int(at[0]), foot + int(at[-1]) + window) if len(at) else (foot, foot)


def _left(distance_m: Floats, elapsed_s: Floats, at: float) -> float:
    """Return the last second at which no more than `at` metres were gone."""
    i = min(int(np.searchsorted(distance_m, at, "right")), len(distance_m) - 1) - 1
    return _between(distance_m, elapsed_s, max(i, 0), at)


def _reached(distance_m: Floats, elapsed_s: Floats, at: float) -> float:
    """Return the first second at which `at` metres were gone."""
    return _between(distance_m, elapsed_s, max(int(np.searchsorted(distance_m, at, "left")) - 1, 0), at)


def _between(distance_m: Floats, elapsed_s: Floats, i: int, at: float) -> float:
    run_m = float(distance_m[i + 1] - distance_m[i])
    part = (at - float(distance_m[i])) / run_m if run_m > 0.0 else 0.0
    return float(elapsed_s[i] + part * (elapsed_s[i + 1] - elapsed_s[i]))


def _climb(ends_m: tuple[float, float], ends_s: tuple[float, float], gain: float, steepest: float, top: float) -> Climb:
    length, seconds = ends_m[1] - ends_m[0], ends_s[1] - ends_s[0]
    score = 100.0 * gain
    return Climb(
        start_m=ends_m[0],
        end_m=ends_m[1],
        start_s=ends_s[0],
        end_s=ends_s[1],
        gain_m=gain,
        length_m=length,
        grade_pct=score / length,
        max_grade_pct=steepest,
        score=score,
        category=next((name for over, name in CATEGORIES if score > over), None),
        vam_mph=gain / seconds * 3600.0 if seconds > 0.0 else None,
        fiets=gain * gain / (10.0 * length) + max(0.0, (top - 1000.0) / 1000.0),
    )
