"""Best efforts over distances, and records of days."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.gates import RACES, Race, fewest_s
from homestretch.analysis.activity.series import Series
from homestretch.model.channel import Floats
from homestretch.model.recording import Length
from homestretch.model.sport import Sport

type Indices = NDArray[np.intp]

#: Goes up with every change of what `best_efforts` returns.
VERSION = 3
#: Distances in m over which bests are kept, by family of sports.
DISTANCES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "run": (400, 804.672, 1000, 1609.344, 3218.688, 5000, 10_000, 15_000, 16_093.44, 20_000, 21_097.5, 30_000,
                42_195, 50_000, 80_467.2, 100_000),
        "ride": (5000, 10_000, 20_000, 30_000, 40_000, 50_000, 80_000, 100_000, 160_934.4, 180_000, 200_000),
        "swim": (50, 100, 200, 400, 500, 1000, 1500, 1931, 3862),
        "row": (500, 1000, 2000, 5000, 6000, 10_000, 21_097, 42_195),
    }
)  # fmt: skip
#: Distances in m of races over which no bests are kept.
ONLY_RACED: Mapping[str, tuple[float, ...]] = MappingProxyType({"run": (1500, 3000)})
#: A step longer than this, and than so many times the usual speed, was not travelled.
JUMP_M, JUMP_TIMES = 50.0, 3.0
#: Whole lengths of a pool are a distance if they make it up to this share.
POOL_SHARE = 0.001
#: What rounding may do to metres and to seconds.
_HAIR = 1e-6
#: Longer recordings are not put on a grid of seconds.
_LONGEST_S = 1_000_000
#: Steps that take the next guess from the last, before halving begins.
_NEWTON = 10


@dataclass(frozen=True, slots=True)
class Best:
    """The shortest time in s over a distance, and when it began, in s on the axis it was found on."""

    elapsed_s: float
    start_s: float


def distances(family: str, pool_m: float | None = None) -> tuple[float, ...]:
    """Return the distances in m kept for a family of sports; in a pool those that whole lengths make up."""
    every = DISTANCES.get(family, ())
    return every if pool_m is None else tuple(d for d in every if _whole_lengths(d, pool_m) is not None)


def _whole_lengths(metres: float, pool_m: float) -> int | None:
    count = round(metres / pool_m)
    return count if count > 0 and abs(count * pool_m - metres) <= POOL_SHARE * metres else None


def best_efforts(effort: Effort) -> list[tuple[float, float, float]]:
    """Return (metres, seconds, second it began) of the best over each of the sport's distances that were covered.

    Elapsed time, so stops and rests count; nothing that a jump of the position made.
    """
    series, pool = effort.series, effort.pool_m
    if pool is not None and effort.lengths and effort.sport.family == "swim":
        return _in_pool(effort.lengths, pool, effort.samples.axis.start_ms)
    wanted = distances(effort.sport.family)
    found = series.once(covered)
    return [(metres, found[metres].elapsed_s, found[metres].start_s) for metres in wanted if metres in found]


def covered(series: Series) -> dict[float, Best]:
    """Return the best over each distance in m of the sport, and of those that only races have, that was covered."""
    family = series.sport.family
    wanted = sorted({*DISTANCES.get(family, ()), *ONLY_RACED.get(family, ())})
    if series.distance is None or not wanted:
        return {}
    found = _found(series, wanted)
    race = RACES.get(family)
    if race is not None and len(_believed(series.sport, found)) < len(found):
        found = _found(series, wanted, rushes(series.t, series.distance, wanted, race))
    return _believed(series.sport, found)


def _found(series: Series, wanted: Sequence[float], without: Iterable[int] = ()) -> dict[float, Best]:
    if series.distance is None:
        return {}
    bests = plausible_bests(series.t, series.distance, wanted, without)
    return {metres: best for metres, best in zip(wanted, bests, strict=True) if best is not None}


def _believed(sport: Sport, found: Mapping[float, Best]) -> dict[float, Best]:
    return {metres: best for metres, best in found.items() if best.elapsed_s >= fewest_s(sport, metres)}


def _in_pool(lengths: Sequence[Length], pool_m: float, start_ms: int) -> list[tuple[float, float, float]]:
    begin = np.array([(one.start_ms - start_ms) / 1000.0 for one in lengths])
    took = np.array([one.elapsed_s for one in lengths])
    wanted = distances("swim", pool_m)
    found = [
        (metres, best_lengths(begin, took, _whole_lengths(metres, pool_m) or 0, fewest_s(Sport("swimming"), metres)))
        for metres in wanted
    ]
    return [(metres, best.elapsed_s, best.start_s) for metres, best in found if best is not None]


def best_lengths(begin: Floats, took: Floats, count: int, least_s: float = 0.0) -> Best | None:
    """Return the shortest time, `least_s` or more, over `count` lengths in a row; rests count.

    Lengths began at (n,) and took (n,) s.
    """
    if not 0 < count <= len(begin):
        return None
    elapsed = (begin + took)[count - 1 :] - begin[: len(begin) - count + 1]
    elapsed = np.where(elapsed >= least_s, elapsed, np.inf)
    at = int(np.argmin(elapsed))
    return Best(float(elapsed[at]), float(begin[at])) if np.isfinite(elapsed[at]) else None


def plausible_bests(t: Floats, d: Floats, metres: Sequence[float], without: Iterable[int] = ()) -> list[Best | None]:
    """Return the best over each distance, rising, that no jump of the position and no step of `without` lies within."""
    if len(t) < 2:
        return [None] * len(metres)
    edges = [0, *(step + 1 for step in sorted({*jumps(t, d).tolist(), *without})), len(t)]
    best: list[Best | None] = [None] * len(metres)
    for begin, end in pairwise(edges):
        for i, found in enumerate(best_distances(t[begin:end], d[begin:end], metres)):
            known = best[i]
            if found is not None and (known is None or found.elapsed_s < known.elapsed_s - _HAIR):
                best[i] = found
    return best


def jumps(t: Floats, d: Floats) -> Indices:
    """Return the steps of cumulative metres d (n,) at t (n,) s that were not travelled: too far for the usual speed."""
    dt, step = np.diff(t), np.diff(d)
    long = np.flatnonzero(step > JUMP_M)
    if len(long) == 0:
        return long
    moved = step > 0.0
    usual = float(np.median(step[moved] / dt[moved]))
    return long[step[long] > JUMP_TIMES * usual * dt[long]]


def rushes(t: Floats, d: Floats, metres: Sequence[float], race: Race) -> list[int]:
    """Return the steps of cumulative metres d (n,) at t (n,) s in stretches of rising `metres` faster than anybody can.

    A ride home by car is no run, nor is the run that ends with it so much further.
    """
    d = np.maximum.accumulate(d)
    marked = np.zeros(len(t), dtype=bool)
    limits = race.fewest_s(np.array(metres, dtype=np.float64))
    for wanted, fewest in zip(metres, limits.tolist(), strict=True):
        begin = np.flatnonzero(d + wanted <= d[-1])
        end = np.searchsorted(d, d[begin] + wanted, "left")
        before = np.concatenate(([0], np.cumsum(marked)))
        # What a shorter stretch has shown to be too fast is out: the rest beside it is not to blame.
        fast = (t[end] - t[begin] < fewest) & (before[end] == before[begin])
        edges = np.zeros(len(t) + 1, dtype=np.intp)
        np.add.at(edges, begin[fast], 1)
        np.add.at(edges, end[fast], -1)
        marked |= np.cumsum(edges)[:-1] > 0
    return np.flatnonzero(marked[:-1]).tolist()


def best_distance(t: Floats, d: Floats, metres: float) -> Best | None:
    """Return the shortest time in which cumulative d (n,) m at rising t (n,) s grows by `metres`, or None.

    Straight between samples, so it starts or ends at one: from each the latest start and the earliest end are tried.
    Of equals the earliest.
    """
    d = np.maximum.accumulate(d)
    if len(t) < 2 or metres <= 0.0 or d[-1] - d[0] < metres - _HAIR:
        return None
    every = np.arange(len(t))
    return _shortest(t, d, metres, every, every)


def _shortest(t: Floats, d: Floats, metres: float, begins: Indices, ends: Indices) -> Best | None:
    """Return the best of the stretches that start at one of the samples `begins` or end at one of `ends`."""
    low, high = d[begins], d[ends]
    low, high = low[low + metres <= d[-1] + _HAIR], high[high - metres >= d[0] - _HAIR]
    start = _last(t, d, np.concatenate((low, np.maximum(high - metres, d[0]))))
    elapsed = _first(t, d, np.concatenate((np.minimum(low + metres, d[-1]), high))) - start
    if len(elapsed) == 0:
        return None
    least = float(elapsed.min())
    return Best(least, float(start[elapsed <= least + _HAIR].min()))


def _first(t: Floats, d: Floats, at: Floats) -> Floats:
    """Return the earliest time at which d has reached each distance."""
    i = np.searchsorted(d, at, "left")
    before = np.maximum(i - 1, 0)
    step = d[i] - d[before]
    share = np.divide(at - d[before], step, out=np.ones(len(at)), where=step > 0.0)
    return np.asarray(t[before] + share * (t[i] - t[before]))


def _last(t: Floats, d: Floats, at: Floats) -> Floats:
    """Return the latest time at which d has not passed each distance."""
    i = np.searchsorted(d, at, "right") - 1
    after = np.minimum(i + 1, len(t) - 1)
    step = d[after] - d[i]
    share = np.divide(at - d[i], step, out=np.zeros(len(at)), where=step > 0.0)
    return np.asarray(t[i] + share * (t[after] - t[i]))


def best_distances(t: Floats, d: Floats, metres: Sequence[float]) -> list[Best | None]:
    """Return `best_distance` of each of the rising distances, by looking closely only where the best can be.

    On a grid of a second, T is the shortest whole time in which the distance fits: the best takes no longer, and
    more than T - 2 s.
    """
    if len(t) < 2 or t[-1] - t[0] > _LONGEST_S:
        return [best_distance(t, d, m) for m in metres]
    d, since = np.maximum.accumulate(d), t - t[0]
    second = np.floor(since).astype(np.intp)
    whole = bool((second == since).all())
    grid = d if whole and second[-1] == len(t) - 1 else np.interp(np.arange(np.ceil(since[-1]) + 1), since, d)
    scratch = np.empty_like(grid)
    best: list[Best | None] = []
    fewest, before = 1, 0.0
    for m in metres:
        covered = m if m <= d[-1] - d[0] else m - _HAIR
        if m <= 0.0 or d[-1] - d[0] < covered:
            best.append(None)
            continue
        guess = ceil(fewest * m / before) if before else ceil(m / (d[-1] - d[0]) * since[-1])
        fewest, before = _fewest_seconds(grid, scratch, covered, fewest, guess), m
        best.append(
            _on_seconds(grid, scratch, covered, fewest, float(t[0]))
            if whole
            else _shortest(t, d, m, *_near(grid, second, covered, fewest))
        )
    return best


def _fewest_seconds(grid: Floats, scratch: Floats, metres: float, least: int, guess: int) -> int:
    """Return the fewest whole seconds, at least `least`, in which the grid somewhere grows by `metres`, as it does.

    Looks near a guess first.
    """
    fails, fits = least - 1, len(grid) - 1
    tries = 0
    while fits - fails > 1:
        guess = min(max(guess, fails + 1), fits - 1)
        window = scratch[: len(grid) - guess]
        most = float(np.subtract(grid[guess:], grid[: len(grid) - guess], out=window).max())
        fails, fits = (fails, guess) if most >= metres else (guess, fits)
        tries += 1
        if tries > _NEWTON or not most > 0.0:
            guess = (fails + fits) // 2
            continue
        # What lacks, or is too much, takes about as long as its share of this: the best speed falls slowly with time.
        off = guess * (metres - most) / most
        guess += max(1, ceil(off)) if most < metres else min(-1, ceil(off))
    return fits


def _on_seconds(grid: Floats, scratch: Floats, metres: float, fewest: int, first_s: float) -> Best:
    """Return the best over `metres` where samples lie on whole seconds: it starts or ends on one that holds in T."""
    window = scratch[: len(grid) - fewest]
    np.subtract(grid[fewest:], grid[: len(grid) - fewest], window)
    k = np.flatnonzero(window >= metres)
    low, after, before, high = grid[k], grid[k + 1], grid[k + fewest - 1], grid[k + fewest]
    end_share = (metres - (before - low)) / (high - before)
    start_share = (metres - (high - after)) / (after - low)
    elapsed = np.concatenate((end_share, start_share)) + (fewest - 1)
    start = np.concatenate((k, k + 1 - start_share))
    least = float(elapsed.min())
    return Best(least, first_s + float(start[elapsed <= least + _HAIR].min()))


def _near(grid: Floats, second: Indices, metres: float, fewest: int) -> tuple[Indices, Indices]:
    """Return the samples at which the best can start, and at which it can end; `second` (n,) is where each lies.

    It begins in a second k from which T + 1 s cover the distance.
    """
    until = np.minimum(np.arange(len(grid)) + fewest + 1, len(grid) - 1)
    k = np.flatnonzero(grid[until] - grid >= metres - _HAIR)
    begins, ends = np.zeros(len(grid) + 1, dtype=bool), np.zeros(len(grid) + fewest + 2, dtype=bool)
    begins[k] = begins[k + 1] = True
    for later in range(fewest - 2, fewest + 2):
        ends[np.maximum(k + later, 0)] = True
    return np.flatnonzero(begins[second]), np.flatnonzero(ends[second])


def eddington(amounts: Floats) -> int:
    """Return the largest E such that on E days at least E was done; `amounts` (n,) are daily, in the unit meant."""
    falling = np.sort(np.nan_to_num(amounts))[::-1]
    return int(np.count_nonzero(falling >= np.arange(1, len(falling) + 1)))


def longest_streak(days: NDArray[np.int64]) -> tuple[int, int] | None:
    """Return how long the longest run of numbered days (n,) is, and its first day; of equals the earliest."""
    if len(days) == 0:
        return None
    every = np.unique(days)
    heads = np.flatnonzero(np.diff(every, prepend=every[0] - 2) > 1)
    sizes = np.diff(heads, append=len(every))
    at = int(np.argmax(sizes))
    return int(sizes[at]), int(every[heads[at]])
