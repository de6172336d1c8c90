"""The hard parts of an activity, found from its power or its pace."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.elevation import smooth
from homestretch.analysis.activity.series import Even
from homestretch.model.channel import Floats, Mask

type Kind = Literal["power", "pace"]

#: Goes up with every change of what `intervals` returns.
VERSION = 2
#: Seconds of smoothing, of the shortest interval, and of a pause that does not part two.
SMOOTH_S, SHORTEST_S, JOIN_S = 15, 30, 10
#: Hard is above this share of the threshold and above so many times the median in motion: all our own choice.
HARD = {"power": (0.85, 1.15), "pace": (0.90, 1.10)}


@dataclass(frozen=True, slots=True)
class Interval:
    """A hard part from `start_s` to `end_s` since the first sample: W by `power`, grade adjusted m/s by `pace`.

    `above_threshold` is the work above critical power in J, or the distance beyond what threshold speed makes in m;
    None without a threshold.
    """

    kind: Kind
    start_s: float
    end_s: float
    mean: float
    highest: float
    above_threshold: float | None
    distance_m: float | None
    avg_hr_bpm: float | None

    def described(self) -> dict[str, float | str | None]:
        """Return the interval's fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def intervals(effort: Effort) -> list[Interval]:
    """Return the hard parts in order: on foot by grade adjusted speed, else by power; the sport's thresholds help."""
    series, profile = effort.series, effort.profile
    if effort.sport.on_foot and series.elapsed_gap_speed is not None and series.gap_speed is not None:
        speed, own = series.elapsed_gap_speed.values, profile.get("threshold_speed_mps")
        spans = hard_spans(speed, _median(series.gap_speed, series.moving), own, *HARD["pace"])
        return _described(effort, "pace", speed, spans, own)
    if series.elapsed_power is not None and series.power is not None:
        usual = _median(series.power, series.moving)
        spans = hard_spans(series.elapsed_power, usual, profile.get("ftp_w"), *HARD["power"])
        return _described(effort, "power", series.elapsed_power, spans, profile.get("cp_w"))
    return []


def hard_spans(x: Floats, usual: float, threshold: float | None, share: float, times: float) -> list[tuple[int, int]]:
    """Return from which second to before which x (n,) at 1 Hz, smoothed, lies above the higher of the two limits."""
    if len(x) < SHORTEST_S or not usual > 0.0:
        return []
    limit = max(times * usual, 0.0 if threshold is None else share * threshold)
    edges = np.flatnonzero(np.diff(smooth(x, SMOOTH_S) > limit, prepend=False, append=False))
    begin, end = edges[::2], edges[1::2]
    if len(begin) == 0:
        return []
    apart = begin[1:] - end[:-1] >= JOIN_S
    begin, end = begin[np.concatenate(([True], apart))], end[np.concatenate((apart, [True]))]
    # Smoothing spreads an effort over its edges.
    hard = np.flatnonzero(x > limit)
    first, last = np.searchsorted(hard, begin), np.searchsorted(hard, end) - 1
    # A mean of values just at the limit may be rounded above it, with none of them hard.
    some = first <= last
    begin, end = hard[first[some]], hard[last[some]] + 1
    long = end - begin >= SHORTEST_S
    return list(zip(begin[long].tolist(), end[long].tolist(), strict=True))


def _median(x: Floats, moving: Mask) -> float:
    known = x[moving & ~np.isnan(x)]
    return float(np.median(known)) if len(known) else 0.0


def _described(
    effort: Effort, kind: Kind, x: Floats, spans: list[tuple[int, int]], limit: float | None
) -> list[Interval]:
    series = effort.series
    distances: list[float | None] = [None] * len(spans)
    if series.distance is not None and spans:
        reached = np.interp(np.array(spans), series.t, series.distance)
        distances = (reached[:, 1] - reached[:, 0]).tolist()
    found = []
    for (begin, end), distance in zip(spans, distances, strict=True):
        part = x[begin:end]
        found.append(
            Interval(
                kind=kind,
                start_s=float(begin),
                end_s=float(end),
                mean=float(part.sum()) / len(part),
                highest=float(part.max()),
                above_threshold=None if limit is None else float(np.maximum(part - limit, 0.0).sum()),
                distance_m=distance,
                avg_hr_bpm=_mean(series.elapsed_heart_rate, begin, end),
            )
        )
    return found


def _mean(even: Even | None, begin: int, end: int) -> float | None:
    if even is None:
        return None
    known = float(even.known[begin:end].sum())
    return float(even.values[begin:end].sum()) / known if known > 0.0 else None
