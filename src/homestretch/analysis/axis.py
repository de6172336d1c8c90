"""The clean time axis: sorted, without doubles, its clock mended, and every channel brought onto it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Floats
from homestretch.model.recording import Times

type Indices = NDArray[np.intp]

#: A jump back of at most this is a second written twice, not a corrected clock.
DOUBLE_MS = 2_000
#: A later block that covers this share of the whole again is a copy, not a corrected clock.
COPY_SHARE = 0.10
#: A clock that reads before 2000 and then leaps ahead by 30 days had not been set yet.
UNSET_BEFORE_MS = 946_684_800_000
UNSET_LEAP_MS = 30 * 86_400_000


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """Seconds `t` (n,) since `start_ms`, strictly rising, and how the file's samples lie on it.

    `order` picks the file's samples in time order and `sample` says on which of the n each falls;
    both are None where the file was in order already.
    """

    start_ms: int
    t: Floats
    order: Indices | None = None
    sample: Indices | None = None
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return the number of samples."""
        return len(self.t)

    def column(self, values: Floats) -> Floats:
        """Return a channel's values on the axis, shape (n,); of several at one instant the last measured one."""
        if self.order is None or self.sample is None:
            return values
        ordered = values[self.order]
        measured = ~np.isnan(ordered)
        out = np.full(len(self), np.nan)
        out[self.sample[measured]] = ordered[measured]
        return out

    def seconds(self, at_ms: int) -> float:
        """Return an instant of the file in seconds on the axis."""
        return (at_ms - self.start_ms) / 1000.0


def clean_axis(time_ms: Times) -> Axis:
    """Return the axis of a file's sample times (m,), in ms UTC and in the file's order."""
    if len(time_ms) == 0:
        return Axis(0, np.zeros(0))
    steps = np.diff(time_ms)
    if len(steps) == 0 or (steps.min() > 0 and steps.max() < UNSET_LEAP_MS):
        return Axis(int(time_ms[0]), (time_ms - time_ms[0]) / 1000.0)
    mended, kept, notes = _mend(time_ms, steps)
    order = kept[np.argsort(mended[kept], kind="stable")]
    ordered = mended[order]
    new = np.concatenate(([True], np.diff(ordered) > 0))
    instants = ordered[new]
    return Axis(int(instants[0]), (instants - instants[0]) / 1000.0, order, np.cumsum(new) - 1, notes)


def _mend(time_ms: Times, steps: Times) -> tuple[Times, Indices, tuple[str, ...]]:
    """Return times with the clock's leaps undone, which samples to keep, and what was found."""
    mended = _set_clock(time_ms, steps)
    notes = () if mended is time_ms else ("clock_set_late",)
    starts = np.flatnonzero(np.diff(mended) < -DOUBLE_MS) + 1
    if len(starts) == 0:
        return mended, np.arange(len(time_ms)), notes
    mended, keep, found = _blocks(mended.copy(), starts)
    return mended, np.flatnonzero(keep), (*notes, *found)


def _set_clock(time_ms: Times, steps: Times) -> Times:
    """Move what was recorded before the clock was set to just before what came after."""
    leaps = np.flatnonzero((steps > UNSET_LEAP_MS) & (time_ms[:-1] < UNSET_BEFORE_MS))
    if len(leaps) == 0:
        return time_ms
    last = int(leaps[-1])
    mended = time_ms.copy()
    mended[: last + 1] += steps[last] - _usual_step(steps)
    return mended


def _blocks(time_ms: Times, starts: Indices) -> tuple[Times, NDArray[np.bool_], tuple[str, ...]]:
    """Judge each block that starts with a jump back: apart (sorted in), a set-back clock (moved on), a copy (dropped).

    Changes `time_ms`; a moved block begins one usual step after what was there.
    """
    keep = np.ones(len(time_ms), dtype=bool)
    whole = int(time_ms.max() - time_ms.min())
    usual = _usual_step(np.diff(time_ms))
    first, last = int(time_ms[: starts[0]].min()), int(time_ms[: starts[0]].max())
    found: dict[str, None] = {}
    for begin, end in zip(starts, [*starts[1:], len(time_ms)], strict=True):
        low, high = int(time_ms[begin:end].min()), int(time_ms[begin:end].max())
        overlap = min(last, high) - max(first, low)
        if overlap >= max(COPY_SHARE * whole, 1):
            keep[begin:end] = False
            found["copy_dropped"] = None
            continue
        if overlap >= 0:
            time_ms[begin:end] += last + usual - low
            low, high = last + usual, last + usual + high - low
            found["clock_set_back"] = None
        first, last = min(first, low), max(last, high)
    return time_ms, keep, tuple(found)


def _usual_step(steps: Times) -> int:
    forward = steps[steps > 0]
    return int(np.median(forward)) if len(forward) else 1000
