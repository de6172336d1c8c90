"""Beats: RR intervals of `hrv` messages, and the heart rate that a chest strap counted alone, as in a pool."""

from collections.abc import Sequence

import numpy as np

from homestretch.formats.fit.channels import RECORD
from homestretch.formats.fit.part import EPOCH_S, Part, full_counts
from homestretch.formats.fit.wire.columns import Grid
from homestretch.model.channel import MISSING_32, MISSING_64, Channel, Floats, Times
from homestretch.model.recording import BeatIntervals

HRV, HR = 78, 132
_FRACTION, _BPM, _TICKS, _PACKED_TICKS = 0, 6, 9, 10
_LAG_MS = 3000.0
_WINDOW = 64
_TICKS_PER_S = 1024.0
_STEP_S, _MOST_STEPS = 0.25, 20


def beats_of(part: Part, times: Times) -> BeatIntervals | None:
    """Return the RR intervals, each placed by the record before it; `times` are the records' (ms, UTC)."""
    table = part.table(HRV)
    grid = table.grid(0)
    rows, places = np.nonzero(grid > 0)
    if not len(rows) or not len(times):
        return None
    intervals = grid[rows, places].astype(np.float64)
    before = np.maximum(np.searchsorted(part.table(RECORD).offsets, table.offsets) - 1, 0)
    return BeatIntervals(_placed(intervals, times[before][rows]), intervals)


def _placed(intervals: Floats, arrived: Times) -> Times:
    """Return when each beat ended: intervals in a row, set again where they stray from when they were written."""
    along = np.cumsum(intervals)
    lags = arrived - along
    leads, at, lead, window = np.empty(len(lags)), 0, lags[0], _WINDOW
    while at < len(lags):
        astray = np.abs(lags[at : at + window] - lead) > _LAG_MS
        first = int(astray.argmax())
        leads[at : at + window] = lead
        if astray[first]:
            at, lead, window = at + first, lags[at + first], _WINDOW
        else:
            at, window = at + window, 2 * window
    return np.asarray(np.maximum.accumulate(np.rint(along + leads)), np.int64)


def strap_beats(parts: Sequence[Part]) -> tuple[Floats, Floats]:
    """Return the strap's own count from all files of the chain: times (s, UTC) and heart rates (bpm), shape (n,)."""
    found = [_part_beats(part) for part in parts if HR in part.counts]
    return np.concatenate([at for at, _ in found]), np.concatenate([rates for _, rates in found])


def _part_beats(part: Part) -> tuple[Floats, Floats]:
    """Return the beats of one file.

    A message with a timestamp ties the strap's clock (1/1024 s) to UTC; those after it have either
    full ticks or their low 12 bits, and as many heart rates.
    """
    table = part.table(HR)
    bpm, full, low = table.grid(_BPM), table.grid(_TICKS), _unpacked(table.grid(_PACKED_TICKS))
    width = max(bpm.shape[1], full.shape[1], low.shape[1])
    bpm, full, low = (_padded(grid, width) for grid in (bpm, full, low))
    rows, _ = where = np.nonzero((full >= 0) | (low >= 0))
    ticks = full_counts(full[where], np.where(low[where] >= 0, low[where], 0), 0xFFF)
    tied = part.seconds(table) != MISSING_64
    first = np.searchsorted(rows, np.flatnonzero(tied))
    first = first[first < len(rows)]
    fraction = table.grid(_FRACTION)
    second = part.seconds(table) + EPOCH_S + (np.maximum(fraction[:, 0], 0) / 32768 if fraction.shape[1] else 0.0)
    anchor = np.searchsorted(first, np.arange(len(rows)), side="right") - 1
    rates = bpm[where]
    usable = (anchor >= 0) & (rates >= 0)
    tie = first[anchor[usable]]
    return second[rows[tie]] + (ticks[usable] - ticks[tie]) / _TICKS_PER_S, rates[usable].astype(np.float64)


def _padded(grid: Grid, width: int) -> Grid:
    out = np.full((len(grid), width), MISSING_64)
    out[:, : grid.shape[1]] = grid
    return out


def _unpacked(packed: Grid) -> Grid:
    """Return the 12-bit numbers that lie two to three bytes, shape (n, 2/3 of the bytes)."""
    whole = packed[:, : packed.shape[1] // 3 * 3].reshape(len(packed), packed.shape[1] // 3, 3)
    low, middle, high = whole[:, :, 0], whole[:, :, 1], whole[:, :, 2]
    pairs = np.stack([low | (middle & 0x0F) << 8, middle >> 4 | high << 4], axis=2)
    pairs[(whole < 0).any(axis=2)] = MISSING_64
    return pairs.reshape(len(packed), -1)


def strap_channel(times: Times, at: Floats, rates: Floats) -> Channel | None:
    """Return the strap's mean heart rate since the record before, at the records' `times` (ms), if it was worn.

    Each rate holds for up to five seconds in steps of a quarter, as FIT's own merging has it.
    """
    if not len(at) or not len(times):
        return None
    gaps = np.diff(at)
    steps = np.where(gaps > 0, np.clip(np.ceil(gaps / _STEP_S) - 1, 0, _MOST_STEPS), 0).astype(np.int64)
    repeats = np.append(steps + 1, 1)
    first = np.cumsum(repeats) - repeats
    inside = np.arange(int(repeats.sum())) - np.repeat(first, repeats)
    held_at, held = np.repeat(at, repeats) + inside * _STEP_S, np.repeat(rates, repeats)
    order = np.argsort(held_at, kind="stable")
    held_at, sums = held_at[order], np.concatenate([[0.0], np.cumsum(held[order])])
    ends = np.searchsorted(held_at, times / 1000, side="right")
    starts = np.searchsorted(held_at, np.concatenate([[times[0] / 1000 - 1], times[:-1] / 1000]), side="right")
    counts = ends - starts
    if not (counts > 0).any():
        return None
    mean = (sums[ends] - sums[starts]) / np.maximum(counts, 1)
    raw = np.where(counts > 0, np.floor(mean + 0.5), MISSING_32).astype(np.int32)
    return Channel("heart_rate_bpm", raw, "bpm")
