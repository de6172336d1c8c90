"""What families share of one effort's samples: channels cleaned, even grids and histograms, each made once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from homestretch.analysis.activity import means
from homestretch.analysis.activity.elevation import AltitudeSource, altitude_source
from homestretch.analysis.activity.grade import grade_cost, grades, smooth_altitude
from homestretch.analysis.samples.gaps import SMART_S, usual_step
from homestretch.analysis.samples.grid import LONGEST, Indices, elapsed_grid, holders, linear_grid, recorded_grid
from homestretch.analysis.samples.heart_rate import without_spikes
from homestretch.analysis.samples.samples import Samples
from homestretch.model.channel import Floats, Mask
from homestretch.model.sport import Sport

#: Bins of histograms that are not of whole numbers: a thousandth.
FINE = 1000.0


@dataclass(frozen=True, slots=True, eq=False)
class Even:
    """A channel at 1 Hz on the elapsed axis: `values` (m,) zero where unknown, `known` (m,) the share of the second.

    A window's mean is sum(values) / sum(known); it holds where known covers nine tenths.
    """

    values: Floats
    known: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A histogram: for how many `seconds` (k,) each of the rising `values` (k,) was held, on the recorded axis."""

    values: Floats
    seconds: Floats

    @property
    def mean(self) -> float:
        """The mean value, weighted by time."""
        return float(self.values @ self.seconds / self.seconds.sum())

    def between(self, edges: Floats) -> Floats:
        """Return the seconds between each two of the rising `edges` (z+1,), the upper one included, shape (z,)."""
        total = np.concatenate(([0.0], np.cumsum(self.seconds)))
        return np.asarray(np.diff(total[np.searchsorted(self.values, edges, "right")]))

    def from_below(self, edges: Floats) -> Floats:
        """Return the seconds between each two of the rising `edges` (z+1,), the lower one included, shape (z,)."""
        total = np.concatenate(([0.0], np.cumsum(self.seconds)))
        return np.asarray(np.diff(total[np.searchsorted(self.values, edges, "left")]))


class Series:
    """The n samples of an effort as its sport reads them; a channel without measurements is None.

    Recorded grids leave out pauses and samples without a value; elapsed ones fill them with zero.
    """

    def __init__(self, samples: Samples, sport: Sport) -> None:
        self.samples = samples
        self.sport = sport
        self._made: dict[tuple[Any, ...], Any] = {}

    def once[T, *Ts](self, make: Callable[["Series", *Ts], T], *by: *Ts) -> T:
        """Return `make(self, *by)`, computed the first time and remembered: for what several families need."""
        key = (make, *by)
        if key not in self._made:
            self._made[key] = make(self, *by)
        found: T = self._made[key]
        return found

    @property
    def t(self) -> Floats:
        """Seconds since the first sample, shape (n,)."""
        return self.samples.axis.t

    @property
    def weight(self) -> Floats:
        """How long each sample holds in s, shape (n,)."""
        return self.samples.steps.weight

    @property
    def moving(self) -> Mask:
        """Where the time a sample holds was not a stop, shape (n,)."""
        return self.samples.moving

    @property
    def distance(self) -> Floats | None:
        """The cumulative distance in m, shape (n,)."""
        return self.samples.distance_m

    @property
    def speed(self) -> Floats | None:
        """The speed in m/s, shape (n,)."""
        return self.samples.speed_mps

    @cached_property
    def step(self) -> float:
        """The usual time from sample to sample, in s."""
        return 1.0 if self.even else usual_step(np.diff(self.t))

    @cached_property
    def coarse(self) -> bool:
        """Whether samples lie so far apart (more than 10 s) that they give only times and distance."""
        return self.step > SMART_S

    @cached_property
    def even(self) -> bool:
        """Whether samples are one second apart throughout: then grids are the samples themselves."""
        n = len(self.t)
        return (
            n > 0 and self.t[-1] == n - 1 and bool((self.weight == 1.0).all() and np.array_equal(self.t, np.arange(n)))
        )

    @cached_property
    def _holders(self) -> Indices | None:
        return holders(self.t, self.weight)

    @cached_property
    def passed(self) -> Floats:
        """The time recorded before each sample and, last, the total, in s, shape (n+1,)."""
        return np.concatenate(([0.0], np.cumsum(self.weight)))

    @cached_property
    def power(self) -> Floats | None:
        """The power in W, shape (n,); None also where the meter was dead."""
        return means.power(self.samples)

    @cached_property
    def heart_rate(self) -> Floats | None:
        """The heart rate in bpm without spikes, shape (n,)."""
        found = self.samples.values("heart_rate_bpm")
        return None if found is None else without_spikes(self.t, found)

    @cached_property
    def cadence(self) -> Floats | None:
        """The cadence, shape (n,): turns a minute, on foot steps a minute; zeros are real."""
        found = self.samples.values("cadence_rpm")
        if found is None or not (found > 0.0).any():
            return None
        if not self.sport.on_foot:
            return found
        return found * means.per_minute(self.sport, float(np.median(found[found > 0.0])))

    @cached_property
    def altitude_source(self) -> AltitudeSource:
        """Whether a barometer knew the altitude, or satellites."""
        return altitude_source(self.samples.recording.devices)

    @cached_property
    def altitude(self) -> Floats | None:
        """The altitude in m as measured, shape (n,)."""
        return self.samples.values("altitude_m")

    @cached_property
    def smooth_altitude(self) -> Floats | None:
        """The altitude in m, smoothed and without gaps, shape (n,)."""
        return None if self.altitude is None else smooth_altitude(self.t, self.altitude, self.altitude_source)

    @cached_property
    def grade(self) -> Floats | None:
        """Rise over run, shape (n,), NaN in stops; None indoors, where no way is climbed."""
        if self.smooth_altitude is None or self.distance is None or self.sport.indoor:
            return None
        return grades(self.distance, self.smooth_altitude, self.moving)

    @cached_property
    def gap_speed(self) -> Floats | None:
        """On foot the speed on the flat that is as hard, in m/s, shape (n,); the speed itself without a grade."""
        if self.speed is None or not self.sport.on_foot:
            return None
        return self.speed if self.grade is None else self.speed * grade_cost(self.grade)

    def recorded(self, x: Floats | None) -> Floats | None:
        """Return a channel (n,) at 1 Hz on the recorded axis, or None where it is unknown or too coarse."""
        if x is None or self.coarse:
            return None
        if not self.even:
            return recorded_grid(self.weight, x)
        missing = np.isnan(x)
        return x[~missing] if missing.any() else x

    def elapsed(self, x: Floats | None) -> Even | None:
        """Return a channel (n,) at 1 Hz on the elapsed axis, or None where it is unknown, too coarse or too long."""
        if x is None or self.coarse or len(x) == 0 or self.t[-1] >= LONGEST:
            return None
        missing = np.isnan(x)
        known = 1.0 - missing
        if missing.any():
            x = np.where(missing, 0.0, x)
        if self.even:
            return Even(x, known)
        if self._holders is None:
            return Even(elapsed_grid(self.t, self.weight, x), elapsed_grid(self.t, self.weight, known))
        return Even(np.append(x, 0.0)[self._holders], np.append(known, 0.0)[self._holders])

    @cached_property
    def recorded_power(self) -> Floats | None:
        """Power in W at 1 Hz, pauses and gaps taken out."""
        return self.recorded(self.power)

    @cached_property
    def recorded_gap_speed(self) -> Floats | None:
        """Grade adjusted speed in m/s at 1 Hz, pauses and gaps taken out."""
        return self.recorded(self.gap_speed)

    @cached_property
    def elapsed_power(self) -> Floats | None:
        """Power in W at 1 Hz, zero in pauses and gaps."""
        found = self.elapsed(self.power)
        return None if found is None else found.values

    @cached_property
    def elapsed_cadence(self) -> Floats | None:
        """Cadence a minute at 1 Hz, zero in pauses and gaps."""
        found = self.elapsed(self.cadence)
        return None if found is None else found.values

    @cached_property
    def elapsed_heart_rate(self) -> Even | None:
        """Heart rate in bpm at 1 Hz."""
        return self.elapsed(self.heart_rate)

    @cached_property
    def elapsed_speed(self) -> Even | None:
        """Speed in m/s at 1 Hz."""
        return self.elapsed(self.speed)

    @cached_property
    def elapsed_gap_speed(self) -> Even | None:
        """Grade adjusted speed in m/s at 1 Hz."""
        return self.elapsed(self.gap_speed)

    @cached_property
    def elapsed_altitude(self) -> Floats | None:
        """Smoothed altitude in m at 1 Hz, drawn straight through pauses and gaps."""
        if self.smooth_altitude is None or self.coarse or self.t[-1] >= LONGEST:
            return None
        return linear_grid(self.t, self.smooth_altitude)[0]

    @cached_property
    def power_held(self) -> Held | None:
        """Seconds by power in W."""
        return self.held(self.power)

    @cached_property
    def heart_rate_held(self) -> Held | None:
        """Seconds by heart rate in bpm."""
        return self.held(self.heart_rate)

    @cached_property
    def speed_held(self) -> Held | None:
        """Seconds by speed in m/s: grade adjusted on foot; in a pool by lengths, rests at the wall left out."""
        pool, swum = self.samples.recording.pool_length_m, self.samples.recording.lengths
        seconds = np.array([one.elapsed_s for one in swum if one.active and one.elapsed_s > 0.0])
        if pool is not None and len(seconds):
            values, which = np.unique(pool / seconds, return_inverse=True)
            return Held(values, np.bincount(which, weights=seconds))
        return self.held(self.gap_speed if self.gap_speed is not None else self.speed)

    def held(self, x: Floats | None) -> Held | None:
        """Return the histogram of a channel (n,) of values >= 0: exact for whole numbers, else to a thousandth."""
        if x is None:
            return None
        known = x == x if self.even else (x == x) & (self.weight > 0.0)  # noqa: PLR0124
        value, weight = (x, self.weight) if known.all() else (x[known], self.weight[known])
        if len(value) == 0:
            return None
        whole = value.astype(np.int64)
        scale = 1.0 if np.array_equal(whole, value) else FINE
        bins = whole if scale == 1.0 else np.rint(value * scale).astype(np.int64)
        seconds = np.bincount(bins, weights=weight)
        filled = np.flatnonzero(seconds)
        return Held(filled / scale, seconds[filled])
