"""Mean-max curves: the best mean over each duration, and the best of many activities."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.gates import most
from homestretch.analysis.activity.series import Series
from homestretch.analysis.curves import Curve, curves
from homestretch.model.channel import Floats

type Whole = NDArray[np.int32]
type Sums = NDArray[np.int32] | Floats
#: Durations (k,) in s, the best mean over each (k,), and the second it began (k,).
type Points = tuple[Whole, Floats, Whole]

#: Goes up with every change of what `mean_max`, `durations` or `points` returns.
VERSION = 3
#: Durations in s that people ask for; every curve has those that fit.
FIXED = (
    1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 360, 480, 600, 720, 900, 1200, 1500, 1800, 2400, 2700,
    3600, 5400, 7200, 9000, 10_800, 14_400, 18_000, 21_600, 28_800, 36_000, 43_200, 57_600, 86_400, 129_600, 172_800,
)  # fmt: skip
#: A dense curve has every second up to here, then so many even steps, of 5 % and less, to each doubling.
EVERY_S, STEPS = 60, 20
#: A window counts if at least this share is known.
KNOWN = 0.9
#: The first bytes of a packed curve: format, three zeros, number of points; then int32, float32, int32.
_HEAD = struct.Struct("<B3xI")
_PACKED = 1
_MOST = 2**30
#: Windows looked at together, so that they stay near the processor.
_BATCH = 2**16
#: Sums of shares of seconds are not exact.
_HAIR = 1e-6
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Envelope:
    """The best of many curves: `durations` (k,) in s, `values` (k,), and `source` (k,), which curve gave each."""

    durations: Whole
    values: Floats
    source: NDArray[np.intp]


def curves_of(effort: Effort) -> dict[str, Points]:
    """Return every curve that the effort has, by key: durations (k,) in s, values (k,) and starts (k,) in s."""
    traces = {key: trace(effort, curve) for key, curve in curves().items()}
    return {key: points for key, points in traces.items() if points is not None}


def trace(effort: Effort, curve: Curve) -> Points | None:
    """Return a curve of an effort where windows hold, or None where its sport has none or nothing was measured.

    Windows shorter than two of the usual steps between samples are left out.
    """
    if curve.sports is not None and effort.sport.family not in curve.sports:
        return None
    lengths, values, starts = effort.series.once(points, curve)
    step = effort.series.step
    found = (starts >= 0) & (lengths >= 2.0 * step) if step > 1.0 else starts >= 0
    return (lengths[found], values[found], starts[found]) if found.any() else None


def points(series: Series, curve: Curve) -> Points:
    """Return a curve at every duration that fits; NaN and a start of -1 where too little is known."""
    even = curve.series(series)
    lengths = durations(0 if even is None else len(even.values), curve.dense)
    if even is None or len(lengths) == 0:
        return lengths, np.zeros(0), lengths
    values, starts = mean_max(even.values, lengths, even.known)
    limit = most(curve.key, series.sport, lengths.astype(np.float64))
    beyond = np.zeros(len(lengths), dtype=bool) if limit is None else values > limit
    return lengths, np.where(beyond, np.nan, values), np.where(beyond, np.int32(-1), starts)


def durations(n: int, dense: bool) -> Whole:
    """Return the durations in s, rising, at which a series of n seconds is looked at; the same for all that are longer.

    Dense: 1 to 60, then 20 even steps to each doubling, with the fixed list; else the fixed list alone.
    """
    every = _grid(dense)
    return every[: int(np.searchsorted(every, n, "right"))]


@cache
def _grid(dense: bool) -> Whole:
    octaves = [EVERY_S * 2**i * (1.0 + np.arange(STEPS) / STEPS) for i in range(12)]
    chosen = np.concatenate((FIXED, np.arange(1, EVERY_S), *octaves)) if dense else np.array(FIXED)
    grid = np.unique(chosen[chosen <= FIXED[-1]]).astype(np.int32)
    grid.setflags(write=False)
    return grid


def mean_max(x: Floats, lengths: Whole, known: Floats | None = None) -> tuple[Floats, Whole]:
    """Return the highest mean of x (n,) at 1 Hz over each of the lengths (k,) in s, and where it first begins (k,).

    `known` (n,) is the share of each second that is known, of which x is the sum; without it NaN is not known.
    A window counts if 90 % is known, by the mean of that; NaN and -1 where none does.
    """
    if known is None and np.isnan(x).any():
        known, x = (~np.isnan(x)).astype(np.float64), np.nan_to_num(x)
    fitting = lengths <= len(x)
    values, starts = np.full(len(lengths), np.nan), np.full(len(lengths), -1, dtype=np.int32)
    chosen, full = lengths[fitting], known is None or bool(known.min(initial=1.0) > 1.0 - _HAIR)
    total = _running(x, narrow=full)
    if known is None or full:
        starts[fitting] = _highest(total, chosen)
        values[fitting] = (total[starts[fitting] + chosen] - total[starts[fitting]]) / chosen
        return values, starts
    count = _running(known, narrow=False)
    starts[fitting] = _highest_known(total, count, chosen)
    found = starts >= 0
    begin, end = starts[found], starts[found] + lengths[found]
    values[found] = (total[end] - total[begin]) / (count[end] - count[begin])
    return values, starts


def _running(x: Floats, narrow: bool) -> Sums:
    """Return the running sum from 0 and a tail of nothing, shape (2 n + 1,), so that windows may end behind the end.

    `narrow`: of whole numbers in 32 bits, which is as exact and half the work where nothing is divided.
    """
    n = len(x)
    if narrow and n:
        whole = np.rint(x)
        # What interpolating sums of whole numbers leaves is whole but for rounding.
        if np.abs(whole - x).max() < _ROUNDING and np.abs(whole).sum() < _MOST:
            exact = np.full(2 * n + 1, -_MOST, dtype=np.int32)
            exact[0] = 0
            np.cumsum(whole.astype(np.int32), out=exact[1 : n + 1])
            return exact
    total = np.full(2 * n + 1, -np.inf)
    total[0] = 0.0
    np.cumsum(x, out=total[1 : n + 1])
    return total


@lru_cache(maxsize=64)
def _runs(lengths: bytes) -> list[tuple[int, int, int, int]]:
    """Return lengths as runs of even steps: where each begins, its first length, its step and its number of them."""
    every = np.frombuffer(lengths, np.int32).tolist()
    runs, i = [], 0
    while i < len(every):
        rows = 1
        step = every[i + 1] - every[i] if i + 1 < len(every) else 1
        while i + rows < len(every) and every[i + rows] - every[i + rows - 1] == step:
            rows += 1
        runs.append((i, every[i], step, rows))
        i += rows
    return runs


def _windows(total: Sums, lengths: Whole) -> Iterator[tuple[slice, Sums, Sums]]:
    """Yield which lengths (k,), where their windows begin (m,) and end (k, m), as running sums, a few at a time."""
    n, size = len(total) // 2, total.itemsize
    for at, first, step, rows in _runs(lengths.tobytes()):
        m = n - first + 1
        few = max(1, _BATCH // m)
        for i in range(0, rows, few):
            k = min(few, rows - i)
            offset = (first + i * step) * size
            ends = np.ndarray((k, m), total.dtype, total, offset, (step * size, size))
            yield slice(at + i, at + i + k), total[:m], ends


def _highest(total: Sums, lengths: Whole) -> Whole:
    """Return where the highest sum over each length first begins, shape (k,); everything is known."""
    starts = np.empty(len(lengths), dtype=np.int32)
    for which, begins, ends in _windows(total, lengths):
        starts[which] = (ends - begins).argmax(axis=1)
    return starts


def _highest_known(total: Sums, count: Sums, lengths: Whole) -> Whole:
    """Return where the highest mean over what is known of each length first begins, -1 where too little is known."""
    starts = np.empty(len(lengths), dtype=np.int32)
    # Asked for once: memory taken again for every batch costs more than the sums in it.
    scratch = np.empty((3, max(_BATCH, len(total) // 2)))
    pairs = zip(_windows(total, lengths), _windows(count, lengths), strict=True)
    for (which, begins, ends), (_, count_begins, count_ends) in pairs:
        least = KNOWN * lengths[which, None] - _HAIR
        known, mean, enough = (row[: ends.size].reshape(ends.shape) for row in scratch)
        np.subtract(count_ends, count_begins, out=known)
        np.subtract(ends, begins, out=mean)
        # As if what is known of the others were just enough, which spares leaving them out unless one of them wins.
        enough[:] = least
        mean /= np.maximum(known, enough, out=enough)
        best = mean.argmax(axis=1)
        held = known[np.arange(len(best)), best] >= least[:, 0]
        if not held.all():
            mean[known < least] = -np.inf
            best = mean.argmax(axis=1)
            held = mean[np.arange(len(best)), best] > -np.inf
        starts[which] = np.where(held, best, -1)
    return starts


def envelope(curves: Sequence[tuple[Whole, Floats]]) -> Envelope:
    """Return the best value at every duration that any of the (durations, values) has; the first of equals gives it."""
    known = [(int(i), lengths, values) for i, (lengths, values) in enumerate(curves) if len(lengths)]
    if not known:
        return Envelope(np.zeros(0, dtype=np.int32), np.zeros(0), np.zeros(0, dtype=np.intp))
    every = np.unique(np.concatenate([lengths for _, lengths, _ in known]))
    best, source = np.full(len(every), -np.inf), np.full(len(every), -1, dtype=np.intp)
    for i, lengths, values in known:
        at = np.searchsorted(every, lengths)
        better = values > best[at]
        best[at[better]], source[at[better]] = values[better], i
    found = source >= 0
    return Envelope(every[found].astype(np.int32), best[found], source[found])


def falling(values: Floats) -> Floats:
    """Return a curve made to fall, for display: at each duration the best of that and every longer one."""
    return np.asarray(np.fmax.accumulate(values[::-1])[::-1])


def pack(lengths: Whole, values: Floats, starts: Whole) -> bytes:
    """Return a curve as bytes, 12 a point; values keep 24 bits."""
    parts = (lengths.astype("<i4"), values.astype("<f4"), starts.astype("<i4"))
    return _HEAD.pack(_PACKED, len(lengths)) + b"".join(part.tobytes() for part in parts)


def unpack(packed: bytes) -> Points:
    """Return the durations, values and starts that `pack` was given; ValueError for anything else."""
    if len(packed) < _HEAD.size:
        raise ValueError("a packed curve is cut short")
    form, n = _HEAD.unpack_from(packed)
    if form != _PACKED or len(packed) != _HEAD.size + 12 * n:
        raise ValueError(f"no packed curve: format {form}, {n} points, {len(packed)} bytes")
    lengths, values, starts = (
        np.frombuffer(packed, kind, n, _HEAD.size + 4 * n * i) for i, kind in enumerate(("<i4", "<f4", "<i4"))
    )
    return lengths.astype(np.int32), values.astype(np.float64), starts.astype(np.int32)
