"""Pauses and gaps: which steps between samples were lived through, and how long each sample holds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homestretch.analysis.samples.axis import Axis
from homestretch.model.channel import Floats, Mask
from homestretch.model.recording import Pause

#: No step of up to this is a gap: devices that record smartly write every 1 to 8 s.
SMART_S = 10.0
#: A gap of up to this, ridden through at more than walking pace, is lost reception and not a pause.
DROPOUT_S = 90.0


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """The time between samples: `weight` (n,) is how long each sample holds, in s.

    `joined` (n-1,) is where the step to the next sample was lived through, `dropout` (n-1,) where only
    place and distance are known.
    """

    weight: Floats
    joined: Mask
    dropout: Mask

    @property
    def recorded_s(self) -> float:
        """The time that the timer ran: what samples hold."""
        return float(self.weight.sum())


def gap_limit(dt: Floats) -> float:
    """Return the longest step, in s, that is no gap: 10 s, or three times the usual step."""
    return max(SMART_S, 3.0 * usual_step(dt))


def usual_step(dt: Floats) -> float:
    """Return the median step in s (the lower one of two); 1 s without any step."""
    return float(np.partition(dt, (len(dt) - 1) // 2)[(len(dt) - 1) // 2]) if len(dt) else 1.0


def stopped(axis: Axis, pauses: Sequence[Pause]) -> tuple[Mask, Mask]:
    """Return which samples lie inside a pause (n,) and which steps meet one (n-1,).

    A pause shorter than a step of one second is not seen.
    """
    n = len(axis)
    spans = [(axis.seconds(p.start_ms), axis.seconds(p.end_ms)) for p in pauses if p.end_ms > p.start_ms]
    if not spans or n == 0:
        return np.zeros(n, dtype=bool), np.zeros(max(n - 1, 0), dtype=bool)
    begin, end = np.array(spans).T
    after, until = np.searchsorted(axis.t, begin, "right"), np.searchsorted(axis.t, end, "left")
    depth = np.zeros(n + 1, dtype=np.int64)
    np.add.at(depth, after, 1)
    np.add.at(depth, until, -1)
    inside = np.cumsum(depth[:-1]) > 0
    met = inside[:-1] | inside[1:]
    spanned = after[(after == until) & (after > 0) & (after < n)] - 1
    met[spanned] |= np.diff(axis.t)[spanned] > 1.0
    return inside, met


def steps_between(axis: Axis, pauses: Sequence[Pause], travelled: Floats | None, v_stop: float) -> Steps:
    """Return the steps of an axis; `travelled` (n-1,) is the length of each step in m, NaN where not known."""
    if len(axis) == 0:
        return Steps(np.zeros(0), np.zeros(0, dtype=bool), np.zeros(0, dtype=bool))
    dt = np.diff(axis.t)
    inside, met = stopped(axis, pauses)
    held = (dt <= gap_limit(dt)) & ~met
    dropout = np.zeros(len(dt), dtype=bool)
    if travelled is not None and not held.all():
        dropout = ~held & ~met & (dt <= DROPOUT_S) & (travelled >= v_stop * dt)
    weight = np.append(np.where(held, dt, np.minimum(dt, 1.0)), max(1.0, usual_step(dt)))
    weight[inside] = 0.0
    return Steps(weight, held | dropout, dropout)
