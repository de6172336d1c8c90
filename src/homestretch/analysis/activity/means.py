"""Means and extremes of a channel over the time that its samples hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from homestretch.analysis.samples.bounds import BOUNDS
from homestretch.analysis.samples.samples import Samples
from homestretch.model.channel import Floats, Mask
from homestretch.model.figures import CHANNEL_OF, device_total
from homestretch.model.sport import Sport

#: Below this share of known values, weighed by moving time, a channel's figures are partial.
ENOUGH = 0.8
#: With more zeros than this while moving, a power meter was paired but dead.
DEAD = 0.95
#: A typical cadence of at most this is strides (two steps each) a minute; above it, steps.
_STRIDES = {"run": 120.0, "walk": 80.0}


@dataclass(frozen=True, slots=True)
class Stats:
    """The weighted mean and the extremes of a channel, and the share of moving time in which it is known."""

    mean: float
    low: float
    high: float
    coverage: float


def stats(values: Floats, weight: Floats, moving: Mask) -> Stats | None:
    """Return a channel's statistics over the samples that hold time, or None where none of them has a value."""
    known = ~np.isnan(values) & (weight > 0.0)
    if not known.any():
        return None
    x, w = (values, weight) if known.all() else (values[known], weight[known])
    moved = float(weight[moving].sum())
    covered = 1.0 if x is values or moved == 0.0 else float(weight[known & moving].sum()) / moved
    return Stats(float(x @ w) / float(w.sum()), float(x.min()), float(x.max()), covered)


def dead(power: Floats, weight: Floats, moving: Mask) -> bool:
    """Return whether a power channel is zero nearly all the time in motion: the meter was there and did not measure."""
    held = weight[moving & ~np.isnan(power)]
    zeros = weight[moving & (power == 0.0)]
    return bool(held.sum() > 0.0 and zeros.sum() > DEAD * held.sum())


def per_minute(sport: Sport, typical: float) -> float:
    """Return by what a cadence, `typical` when turning, is multiplied: on foot strides are two steps, else 1."""
    limit = _STRIDES.get(sport.family)
    return 2.0 if limit is not None and typical <= limit else 1.0


def device_figure(totals: Mapping[str, float], figure: str, sport: Sport) -> float | None:
    """Return a figure of the device's in the unit in which ours are, None where no sample would be believed so.

    No heart rate and no cadence is zero.
    """
    value = device_total(totals, figure)
    low, high = BOUNDS.get(CHANNEL_OF.get(figure, figure.split("_", 1)[-1]), (-np.inf, np.inf))
    if value is not None and value != 0.0 and not low <= value <= high:
        return None
    if value == 0.0 and figure.endswith(("hr_bpm", "cadence_rpm")):
        return None
    return value * per_minute(sport, value) if value is not None and figure.endswith("cadence_rpm") else value


def cadence(samples: Samples) -> Floats | None:
    """Return the cadence, shape (n,): turns a minute, on foot steps a minute; None if it is zero throughout."""
    found = samples.values("cadence_rpm")
    if found is None or not (found > 0.0).any():
        return None
    return found * per_minute(samples.recording.sport, float(np.median(found[found > 0.0])))


def turning(samples: Samples) -> Floats | None:
    """Return the cadence with NaN for its zeros, shape (n,): its mean is over the time that legs turn."""
    found = cadence(samples)
    return None if found is None else np.where(found > 0.0, found, np.nan)


def power(samples: Samples) -> Floats | None:
    """Return the power in W, shape (n,), or None without a power channel or with a dead meter."""
    found = samples.values("power_w")
    return None if found is None or dead(found, samples.steps.weight, samples.moving) else found


#: How the values are read whose mean and highest are figures, by the end of the figures' keys.
READ: dict[str, Callable[[Samples], Floats | None]] = {
    "hr_bpm": lambda s: s.values("heart_rate_bpm"),
    "power_w": power,
    "cadence_rpm": turning,
    "temperature_c": lambda s: s.values("temperature_c"),
}
