"""The gap between two activities over the same ground: when each was where, and who was ahead."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.geometry.near import near
from homestretch.analysis.geometry.simplify import local_metres
from homestretch.analysis.samples.gaps import gap_limit
from homestretch.model.channel import Floats, Mask

#: Two are at the same place where they are no further apart than this, in m.
REACH_M = 40.0
#: At how many places two are compared.
PLACES = 300
#: They share ground where so much of what the one went, the other went too, in the same direction.
LEAST_SHARED = 0.25
#: What is gained by a place at which both were: 1, less so much where they were as far apart as they may be.
OFF = 0.25
#: What it costs that one got on further than the other between two such places: so much for each step between places,
#: and at most so much, as a detour may be of any length.
FURTHER = 0.5
FURTHER_MOST = 6.0
#: Between places the nearest one may run back so far in m, as tracks do where one stands.
BACK_M = 15.0
#: Beside the first or the last place of a way one is only so near to it in m: further off one has not begun yet.
END_M = 10.0
#: From one place to the next only so many of the likely ones before it are looked at.
BEFORE = 1000

type Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Travel:
    """What an activity went: n times (s) and metres so far, none of them falling, and places in degrees or NaN.

    `hidden` (n,) are the samples that stand for what is not shown: nothing is known from the one before to the next.
    """

    time_s: Floats
    distance_m: Floats
    latitude: Floats
    longitude: Floats
    hidden: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """Two activities at k places of the first: metres and s of both, NaN where the other was not; see `gap_s`.

    It is NaN too where it is not known when one of them was there, and right behind what is hidden of one, so that no
    line from place to place leads across.
    `shared` is the share of the places at which the other was; None where they are compared by distance alone.
    """

    distance_m: Floats
    time_s: Floats
    other_distance_m: Floats
    other_time_s: Floats
    shared: float | None

    @property
    def gap_s(self) -> Floats:
        """How far the other is behind since both were first at the same place, in s; less than 0 where it is ahead."""
        both = np.flatnonzero(np.isfinite(self.other_time_s))
        behind = self.other_time_s - self.time_s
        return behind - behind[both[0]] if len(both) else behind


def gap(one: Travel, other: Travel) -> Gap | None:
    """Return the gap over what the first went: on the same ground, else at the same distance; None without metres."""
    if not all(len(both.distance_m) > 1 and both.distance_m[-1] > both.distance_m[0] for both in (one, other)):
        return None
    at = _evenly(one)
    return _parted(_on_ground(one, other, at) or _by_distance(one, other, at), one, at)


def _evenly(travel: Travel) -> Floats:
    """Return places evenly spaced by distance (k,), in samples from the first."""
    return _samples_at(travel.distance_m, np.linspace(travel.distance_m[0], travel.distance_m[-1], PLACES + 1))


def _samples_at(distance_m: Floats, metres: Floats) -> Floats:
    """Return where so many metres were gone, in samples from the first: where one stood, the first of them."""
    moved = np.flatnonzero(np.diff(distance_m, prepend=-np.inf) > 0.0)
    at = distance_m[moved]
    after = np.clip(np.searchsorted(at, metres), 1, len(at) - 1)
    into = np.clip((metres - at[after - 1]) / (at[after] - at[after - 1]), 0.0, 1.0)
    # One goes on from the last sample at which one stood.
    stood = moved[after] - 1.0
    return np.where(into > 0.0, stood + into * (moved[after] - stood), moved[after - 1])


def _read(values: Floats, at: Floats) -> Floats:
    """Return values at places between samples; NaN beside one that is not known."""
    before = np.minimum(np.floor(at).astype(np.intp), len(values) - 1)
    after = np.minimum(before + 1, len(values) - 1)
    part = at - before
    return np.where(part == 0.0, values[before], values[before] + part * (values[after] - values[before]))


def _when(travel: Travel, at: Floats) -> Floats:
    """Return when one was at places between samples, in s; NaN where it is hidden, and within a gap of the recording.

    A watch that lost its place or was paused says when one left and when one was back, not when one was between.
    """
    step = np.diff(travel.time_s)
    lost = (step > gap_limit(step)) | travel.hidden[:-1] | travel.hidden[1:]
    before = np.minimum(np.floor(at).astype(np.intp), len(lost))
    between = (at > before) & lost[np.minimum(before, len(lost) - 1)]
    return np.where(between | travel.hidden[before], np.nan, _read(travel.time_s, at))


def _crossed(travel: Travel, at: Floats) -> Mask:
    """Return which places between samples (k,) are the first ones behind what is hidden since the place before."""
    hidden = np.cumsum(travel.hidden)[np.floor(at).astype(np.intp)]
    return np.asarray(np.diff(hidden, prepend=hidden[:1]) != 0)


def _compared(one: Travel, at: Floats, other_m: Floats, other_s: Floats, shared: float | None) -> Gap:
    """Return what is known of both at places of the first."""
    known = np.isfinite(other_s) & np.isfinite(_when(one, at))
    other_m, other_s = (np.where(known, values, np.nan) for values in (other_m, other_s))
    return Gap(_read(one.distance_m, at), _read(one.time_s, at), other_m, other_s, shared)


def _parted(found: Gap, one: Travel, at: Floats) -> Gap:
    """Return a gap with a place at which nothing is known wherever something of the first is hidden."""
    hidden = np.flatnonzero(one.hidden)
    where = np.searchsorted(at, hidden)

    def part(values: Floats, between: Floats | float) -> Floats:
        return np.insert(values, where, between)

    return Gap(
        part(found.distance_m, one.distance_m[hidden]),
        part(found.time_s, one.time_s[hidden]),
        part(found.other_distance_m, np.nan),
        part(found.other_time_s, np.nan),
        found.shared,
    )


def _by_distance(one: Travel, other: Travel, at: Floats) -> Gap:
    """Compare two at the same distance since each began, as far as both went."""
    gone = _read(one.distance_m, at)
    there = gone - one.distance_m[0] + other.distance_m[0]
    other_at = _samples_at(other.distance_m, there)
    known = (there <= other.distance_m[-1]) & ~_crossed(other, other_at)
    return _compared(one, at, there, np.where(known, _when(other, other_at), np.nan), None)


def _on_ground(one: Travel, other: Travel, at: Floats) -> Gap | None:
    """Compare two where they were at the same place on their way; None where they share too little ground."""
    latitude, longitude = _read(one.latitude, at), _read(one.longitude, at)
    point = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
    known = np.isfinite(other.latitude) & np.isfinite(other.longitude)
    if len(point) == 0 or np.count_nonzero(known) < 2:
        return None
    line = np.flatnonzero(known)
    x, y = local_metres(
        np.concatenate((latitude[point], other.latitude[line])),
        np.concatenate((longitude[point], other.longitude[line])),
    )
    found = near((x[: len(point)], y[: len(point)]), (x[len(point) :], y[len(point) :]), REACH_M)
    # Between two samples with unknown ones between them is no ground that anybody is known to have gone.
    step = np.minimum(found.at.astype(np.intp), len(line) - 2)
    whole = (np.diff(line) == 1)[step]
    passes = _passes(found.point[whole], found.at[whole], found.distance[whole])
    beside = _at_an_end(passes[1], line) & (passes[2] > END_M)
    which, on, off = passes[0][~beside], passes[1][~beside], passes[2][~beside]
    there = _read(line.astype(np.float64), on)
    gone, other_gone = _read(one.distance_m, at), _read(other.distance_m, there)
    chain = _best_way(
        gone[point[which]] - gone[0], other_gone - other.distance_m[0], which, off, float(gone[-1] - gone[0])
    )
    if len(chain) < max(2.0, LEAST_SHARED * len(at)):
        return None
    other_m, other_s = np.full(len(at), np.nan), np.full(len(at), np.nan)
    other_m[point[which[chain]]] = other_gone[chain]
    passed = there[chain]
    other_s[point[which[chain]]] = np.where(_crossed(other, passed), np.nan, _when(other, passed))
    return _compared(one, at, other_m, other_s, len(chain) / len(at))


def _at_an_end(at: Floats, line: Indices) -> Mask:
    """Return which places on a line lie at the begin or the end of a stretch without unknown samples."""
    holes = np.flatnonzero(np.diff(line) > 1)
    return np.isin(at, np.concatenate(([0, len(line) - 1], holes, holes + 1)))


def _passes(point: Indices, at: Floats, off: Floats) -> tuple[Indices, Floats, Floats]:
    """Return of each time that a line passes a point the nearest place: pairs with steps in a row are one pass."""
    if len(point) == 0:
        return point, at, off
    begins = np.concatenate(([True], (np.diff(point) != 0) | (np.diff(np.floor(at)) > 1.5)))
    number = np.cumsum(begins) - 1
    order = np.lexsort((at, off, number))
    best = order[np.concatenate(([True], np.diff(number[order]) != 0))]
    return point[best], at[best], off[best]


def _best_way(gone: Floats, there: Floats, point: Indices, off: Floats, length_m: float) -> list[int]:
    """Return the candidates that lead along both ways: each later on both than the one before, and most of them.

    `gone` and `there` are metres of both since their begins at each candidate, by point; two that get on alike are
    preferred; `length_m` is what the first went.
    """
    count = len(point)
    if count == 0:
        return []
    spacing = max(length_m / PLACES, 1.0)
    gain = 1.0 - OFF * off / REACH_M
    # From the begin of both: so of several rounds the first is compared with the first.
    best = gain - np.minimum(FURTHER * np.abs(there - gone) / spacing, FURTHER_MOST)
    before = np.full(count, -1)
    for first, last in pairwise((*np.flatnonzero(np.diff(point, prepend=-1)), count)):
        own, some = slice(first, last), slice(max(0, first - BEFORE), first)
        if first == 0:
            continue
        on = there[own, None] - there[some]
        cost = np.minimum(FURTHER * np.abs(on - (gone[own, None] - gone[some])) / spacing, FURTHER_MOST)
        value = np.where(on >= -BACK_M, best[some] - cost, -np.inf)
        most = value.argmax(axis=1)
        value = value[np.arange(last - first), most] + gain[own]
        better = value > best[own]
        before[own] = np.where(better, some.start + most, -1)
        best[own] = np.where(better, value, best[own])
    chain: list[int] = []
    at = int(best.argmax())
    while at >= 0:
        chain.append(at)
        at = int(before[at])
    return chain[::-1]
