"""Places: which of a recording's positions are believed, and the distance between them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.geometry.distance import haversine
from homestretch.analysis.samples.axis import Indices
from homestretch.analysis.samples.bounds import FAR_M, reach_mps
from homestretch.model.channel import Floats
from homestretch.model.sport import Sport

type Mask = NDArray[np.bool_]

#: A group that others are out of reach of stays where it has more places than this share, within these limits.
GROUP, FEWEST, MOST = 0.10, 2.0, 60.0
#: Of more groups than these only the nearest in the file are looked at.
_WINDOW = 200


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The samples `at` (k,) that have a place, their degrees (k,), and the `step_m` between them in m (k-1,).

    `dropped` places lay out of reach of all others; `jumps` are impossible steps, which have no length.
    """

    at: Indices
    latitude: Floats
    longitude: Floats
    step_m: Floats
    dropped: int = 0
    jumps: int = 0


def places_of(t: Floats, latitude: Floats, longitude: Floats, sport: Sport) -> Places | None:
    """Return the believed places among degrees (n,) at seconds t (n,), or None without any."""
    real = (np.abs(latitude) <= 90.0) & (np.abs(longitude) <= 180.0) & ((latitude != 0.0) | (longitude != 0.0))
    at, limit = np.flatnonzero(real), reach_mps(sport)
    if len(at) == 0:
        return None
    lat, lon = latitude[at], longitude[at]
    step_m = haversine(lat[:-1], lon[:-1], lat[1:], lon[1:])
    fast = step_m > limit * np.diff(t[at])
    if not fast.any():
        return Places(at, lat, lon, step_m)
    alone = _alone(fast, t[at], lat, lon, limit)
    far = step_m > limit * np.diff(t[at]) + FAR_M
    strayed = int(np.count_nonzero(alone & (np.append(far, False) | np.concatenate(([False], far)))))
    at = at[~alone]
    lat, lon = latitude[at], longitude[at]
    step_m = haversine(lat[:-1], lon[:-1], lat[1:], lon[1:])
    since = _since(t[at], step_m)
    far = step_m > limit * (t[at[1:]] - since[:-1]) + FAR_M
    if not far.any():
        return Places(at, lat, lon, step_m, strayed)
    kept = _together(far, (t[at], since), lat, lon, limit)
    dropped = strayed + len(at) - int(np.count_nonzero(kept))
    at, lat, lon = at[kept], lat[kept], lon[kept]
    step_m = haversine(lat[:-1], lon[:-1], lat[1:], lon[1:])
    far = step_m > limit * (t[at[1:]] - _since(t[at], step_m)[:-1]) + FAR_M
    step_m[far] = 0.0
    return Places(at, lat, lon, step_m, dropped, int(np.count_nonzero(far)))


def _since(t: Floats, step_m: Floats) -> Floats:
    """Return since when each place (k,) has been the same, in s.

    Out of sight of satellites, under water say, the last place is written again and again.
    """
    came = np.where(np.concatenate(([1.0], step_m)) > 0.0, np.arange(len(t)), 0)
    return np.asarray(t[np.maximum.accumulate(came)])


def _alone(fast: Mask, t: Floats, lat: Floats, lon: Floats, limit: float) -> Mask:
    """Return the points out of reach of both neighbours, which are in reach of each other; an end needs only one."""
    alone = np.zeros(len(t), dtype=bool)
    if len(t) < 3:
        return alone
    around = haversine(lat[:-2], lon[:-2], lat[2:], lon[2:]) <= limit * (t[2:] - t[:-2])
    alone[1:-1] = fast[:-1] & fast[1:] & around
    alone[0] = fast[0] and not fast[1]
    alone[-1] = fast[-1] and not fast[-2]
    return alone


def _together(far: Mask, times: tuple[Floats, Floats], lat: Floats, lon: Floats, limit: float) -> Mask:
    """Return which points stay: of the groups between far steps those that weigh most together, shape (n,).

    A group follows another for nothing where it is in reach, else at the price of a jump; a place with one coordinate
    of exactly zero, as a half-written one has, weighs nothing. `times` are when each place was written, and since when
    it was the same.
    """
    t, since = times
    begin = np.concatenate(([0], np.flatnonzero(far) + 1))
    end = np.append(begin[1:], len(t))
    written = np.concatenate(([0], np.cumsum((lat != 0.0) & (lon != 0.0))))
    weight = (written[end] - written[begin]).astype(np.float64)
    price = float(np.clip(GROUP * len(t), FEWEST, MOST))
    best, before = weight.copy(), np.full(len(begin), -1)
    for j in range(1, len(begin)):
        i = np.arange(max(0, j - _WINDOW), j)
        last, first = end[i] - 1, begin[j]
        reached = haversine(lat[last], lon[last], lat[first], lon[first]) <= limit * (t[first] - since[last]) + FAR_M
        score = best[i] - np.where(reached, 0.0, price)
        at = int(np.argmax(score))
        if score[at] > 0.0:
            best[j], before[j] = weight[j] + score[at], i[at]
    kept = np.zeros(len(t), dtype=bool)
    at = int(np.argmax(best))
    while at >= 0:
        kept[begin[at] : end[at]] = True
        at = int(before[at])
    return kept
