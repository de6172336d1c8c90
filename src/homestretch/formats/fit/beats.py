"""Beats: RR intervals of `hrv` messages, and the heart rate that a chest strap counted alone, as in a pool."""

from collections.abc import Sequence

import numpy as np

from homestretch.formats.fit.channels import RECORD
from homestretch.formats.fit.part import EPOCH_S, TIMESTAMP, Part
from homestretch.model.channel import MISSING_32, Channel, Floats
from homestretch.model.recording import BeatIntervals, Times

HRV, HR = 78, 132
_LAG_MS = 3000.0
_ROLL_S = 2.0**22
_STEP_S, _MOST_STEPS = 0.25, 20


def beats_of(part: Part, times: Times) -> BeatIntervals | None:
    """Return the RR intervals, each placed by the record before it; `times` are the records' (ms, UTC)."""
    table = part.table(HRV)
    intervals, rows = _intervals(part)
    if not len(intervals) or not len(times):
        return None
    records = part.table(RECORD).offsets
    place = np.maximum(np.searchsorted(records, table.offsets) - 1, 0)
    return BeatIntervals(_placed(intervals, times[place][rows]), intervals)


def _intervals(part: Part) -> tuple[Floats, Times]:
    """Return all valid intervals in ms, in order, and which message each came from."""
    table = part.table(HRV)
    width = max((width for num, width, _ in table.numbers() if num == 0), default=0)
    columns = [table.column(0, k) for k in range(width)]
    grid = np.full((len(table), width), MISSING_32, np.int64)
    for k, column in enumerate(columns):
        if column is not None:
            grid[:, k] = column
    rows, places = np.nonzero(grid > 0)
    return grid[rows, places].astype(np.float64), rows


def _placed(intervals: Floats, arrived: Times) -> Times:
    """Return when each beat ended: intervals in a row, set anew where they stray from when they were written."""
    along = np.cumsum(intervals)
    lags = (arrived - along).tolist()
    lead, leads = lags[0], []
    for lag in lags:
        if abs(lag - lead) > _LAG_MS:
            lead = lag
        leads.append(lead)
    return np.asarray(np.maximum.accumulate(np.rint(along + leads)), np.int64)


def strap_beats(parts: Sequence[Part]) -> tuple[Floats, Floats]:
    """Return the strap's own count from all files of the chain: times (s, UTC) and heart rates (bpm), shape (n,)."""
    at: list[float] = []
    rates: list[float] = []
    anchor: tuple[float, float] | None = None
    last = 0
    for part in parts:
        for message in part.messages(HR):
            bpm, ticks = _tuple(message.get(6)), _tuple(message.get(9))
            seconds = message.number_of(TIMESTAMP)
            if not ticks and message.get(10) is not None:
                ticks, last = _unrolled(_tuple(message.get(10)), last)
            elif ticks:
                last = ticks[-1]
            if seconds is not None and ticks:
                fraction = (message.number_of(0) or 0) / 32768
                anchor = (seconds + EPOCH_S + fraction, ticks[0] / 1024)
            if anchor is None or len(bpm) != len(ticks):
                continue
            at += [anchor[0] + (tick / 1024 - anchor[1]) % _ROLL_S for tick in ticks]
            rates += [float(rate) for rate in bpm]
    return np.array(at), np.array(rates)


def _tuple(value: object) -> list[int]:
    values = value if isinstance(value, tuple) else (value,)
    return [v for v in values if isinstance(v, int)]


def _unrolled(packed: list[int], last: int) -> tuple[list[int], int]:
    """Return the beat times (1/1024 s) whose low 12 bits are packed, two to three bytes, each after the one before."""
    ticks = []
    for k in range(0, len(packed) - 2, 3):
        low, middle, high = packed[k : k + 3]
        for value in (low | (middle & 0x0F) << 8, middle >> 4 | high << 4):
            last += (value - last) & 0xFFF
            ticks.append(last)
    return ticks, last


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
