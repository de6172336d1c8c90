"""Histograms: for how long heart rate, power, speed, cadence and grade were within even bins, zone by zone.

Zones are those of `analysis/activity/zones`: a bin that a zone begins in is shared between the two, so that the sums
by zone are the time in zones, but for the tails that are left out and, of pace, the stops.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.series import FINE, Held, Series
from homestretch.analysis.activity.zones import heart_zones, pace_zones, power_zones
from homestretch.model.channel import Floats
from homestretch.model.documents.analysis import Zones

#: At most so many bins; the narrowest of a kind's steps is taken that needs no more.
MOST_BINS = 40
#: The share of the time that is left out at the lower and the upper end: a spike would leave no room for all else.
LOWER, UPPER = 0.005, 0.001


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """Seconds by bin: `edges` (k+1,) in `unit`, and by zone (0 is below the first one) its seconds (k,).

    Without zones all time is in `zones[None]`. `beyond_s` is what lies outside the edges.
    """

    unit: str
    edges: Floats
    zones: dict[int | None, Floats]
    beyond_s: float
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of histogram: its unit, the steps of its bins from narrow to wide, and what was held."""

    unit: str
    steps: Sequence[float]
    held: Callable[[Effort], Held | None]
    zones: Callable[[Effort], Zones | None] = lambda _effort: None


def _moving(series: Series, values: Floats | None) -> Held | None:
    """Return the histogram of a channel (n,) in motion: a stop has no pace."""
    return None if values is None else series.held(np.where(series.moving & (values > 0.0), values, np.nan))


def _pace(effort: Effort) -> Held | None:
    """Return the seconds by speed as zones of pace take it: grade adjusted on foot, by lengths in a pool."""
    if effort.lengths:
        return effort.series.speed_held
    return _moving(effort.series, effort.series.gap_speed if effort.sport.on_foot else effort.series.speed)


def _cadence(effort: Effort) -> Held | None:
    """Return the seconds by cadence; without that in which nothing turned."""
    cadence = effort.series.cadence
    return None if cadence is None else effort.series.held(np.where(cadence > 0.0, cadence, np.nan))


def _grade(effort: Effort) -> Held | None:
    """Return the seconds by grade in %, which may be below zero."""
    grade, weight = effort.series.grade, effort.series.weight
    if grade is None:
        return None
    known = np.isfinite(grade) & (weight > 0.0)
    if not known.any():
        return None
    values, which = np.unique(np.rint(100.0 * grade[known] * FINE) / FINE, return_inverse=True)
    return Held(values, np.bincount(which, weights=weight[known]))


KINDS = {
    "heart_rate": Kind("bpm", (2.0, 5.0, 10.0, 20.0), lambda effort: effort.series.heart_rate_held,
                       lambda effort: heart_zones(effort.series.heart_rate_held, effort.profile, effort.sport)),
    "power": Kind("W", (10.0, 20.0, 25.0, 50.0, 100.0), lambda effort: effort.series.power_held,
                  lambda effort: power_zones(effort.series.power_held, effort.profile)),
    "pace": Kind("m/s", (0.05, 0.1, 0.2, 0.5, 1.0), _pace, pace_zones),
    "speed": Kind("m/s", (0.5, 1.0, 2.0, 5.0), lambda effort: _moving(effort.series, effort.series.speed)),
    "cadence": Kind("1/min", (2.0, 5.0, 10.0), _cadence),
    "grade": Kind("%", (1.0, 2.0, 5.0), _grade),
}  # fmt: skip


def histogram(effort: Effort, kind: str) -> Histogram | None:
    """Return for how long what a key of KINDS names was in which bin, or None where it was not measured."""
    of = KINDS[kind]
    held = of.held(effort)
    if held is None or not held.seconds.sum() > 0.0:
        return None
    zones = of.zones(effort)
    edges = _edges(held, of.steps, upper=zones is not None and zones["upper"])
    by_zone = _by_zone(held, edges, zones)
    inside = float(sum(seconds.sum() for seconds in by_zone.values()))
    beyond = max(float(held.seconds.sum()) - inside, 0.0)
    return Histogram(of.unit, edges, by_zone, beyond, zones is not None and zones["estimated"])


def _edges(held: Held, steps: Sequence[float], *, upper: bool) -> Floats:
    """Return even edges (k+1,) around all values but the tails; `upper` says that an upper edge belongs to its bin."""
    passed = np.cumsum(held.seconds) / held.seconds.sum()
    last = len(passed) - 1
    low = float(held.values[min(int(np.searchsorted(passed, LOWER, "right")), last)])
    high = float(held.values[min(int(np.searchsorted(passed, 1.0 - UPPER)), last)])
    step = next((step for step in steps if (high - low) / step <= MOST_BINS - 2), steps[-1])
    first = np.ceil(low / step) - 1.0 if upper else np.floor(low / step)
    end = np.ceil(high / step) if upper else np.floor(high / step) + 1.0
    count = int(min(end - first, MOST_BINS))
    return np.asarray((first + np.arange(count + 1)) * step)


def _by_zone(held: Held, edges: Floats, zones: Zones | None) -> dict[int | None, Floats]:
    """Return the seconds of each bin by zone; a zone's are those between its own bounds."""
    if zones is None:
        return {None: held.from_below(edges)}
    seconds = held.between if zones["upper"] else held.from_below
    bounds = [-np.inf, *zones["bounds"], np.inf]
    if zones["upper"]:
        bounds[1] = -1.0  # as in `zones`: nothing at all belongs to the first zone
    found = {number: seconds(np.clip(edges, low, high)) for number, (low, high) in enumerate(pairwise(bounds))}
    return {number: values for number, values in found.items() if values.any()}
