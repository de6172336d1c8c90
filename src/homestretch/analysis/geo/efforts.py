"""Efforts: the times an activity went along a segment, from gate to gate, to fractions of a second."""

from dataclasses import dataclass

import numpy as np

from homestretch.analysis.geo.segments import METRES_PER_DEGREE, Gate, Segment
from homestretch.analysis.geometry.distance import haversine
from homestretch.analysis.geometry.near import Near, near
from homestretch.model.channel import Floats

#: Half the width of a gate in m; those on foot stay closer to the line.
GATE_M = 25.0
GATE_ON_FOOT_M = 20.0
ON_FOOT = frozenset({"run", "walk"})
#: A crossing needs a step of at most this, in s, and an effort no step over more of the segment than this share.
GATE_STEP_S = 30.0
STEP_SHARE = 0.15
#: So far off may all but a few points of the segment be in m, and none further than so many times that.
OFF_M = 25.0
OFF_SHARE = 0.95
OFF_MOST = 2.5
#: What is travelled may be so much shorter and longer than the segment, besides twice the gate.
SHORTEST = 0.8
LONGEST = 1.25
#: On the way the nearest place may run back by so much: metres, or a share of the segment.
BACK_M = 60.0
BACK_SHARE = 0.1
#: Slower than this, in m/s, a place wanders about and gets nowhere: such steps make no track too long.
WANDER_MPS = 0.5
#: So many starts, from the last one back, are tried for an end.
TRIES = 4


@dataclass(frozen=True, slots=True)
class Effort:
    """Once along a segment: from and until when, on the track's clock, and how far off the segment's points were."""

    start_s: float
    end_s: float
    mean_deviation_m: float
    max_deviation_m: float

    @property
    def elapsed_s(self) -> float:
        """How long it took, pauses and all."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """An activity's n known places as all segments look at it: seconds, degrees (longitudes unwrapped), metres so far.

    `gone_m` counts every step, `brisk_m` only those faster than a place that wanders about.
    """

    t_s: Floats
    latitude: Floats
    longitude: Floats
    gone_m: Floats
    brisk_m: Floats
    box: tuple[float, float, float, float]


class _Crossings:
    """Where a track leads forwards through a gate: places in steps from its begin, and when, both in order."""

    __slots__ = ("at", "t_s")

    def __init__(self, at: Floats, t_s: Floats) -> None:
        self.at = at
        self.t_s = t_s


def track_of(t_s: Floats, latitude: Floats, longitude: Floats) -> Track:
    """Return the track through places (n,) in degrees at seconds (n,); those not known are left out."""
    known = np.isfinite(latitude) & np.isfinite(longitude)
    t_s, latitude = t_s[known], latitude[known]
    longitude = np.unwrap(longitude[known], period=360.0)
    step = haversine(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:])
    brisk = np.where(step >= WANDER_MPS * np.diff(t_s), step, 0.0)
    gone, quick = (np.concatenate((np.zeros(min(len(t_s), 1)), np.cumsum(v))) for v in (step, brisk))
    ends = (np.inf, np.inf, -np.inf, -np.inf)
    if len(t_s):
        ends = (latitude.min(), longitude.min(), latitude.max(), longitude.max())
    return Track(t_s, latitude, longitude, gone, quick, ends)


def find_efforts(
    segment: Segment, t_s: Floats, latitude: Floats, longitude: Floats, family: str = "ride"
) -> list[Effort]:
    """Return the efforts on a segment of an activity with places (n,) in degrees at seconds (n,), in order."""
    return efforts_on(segment, track_of(t_s, latitude, longitude), family)


def efforts_on(segment: Segment, track: Track, family: str = "ride") -> list[Effort]:
    """Return the efforts on a segment of a track made once for all segments, in order and without overlaps.

    For each crossing of the end, takes the last crossing of the start before it from which the track is about as long
    as the segment, stays close to all its points and progresses along it. The rules are ours.
    """
    gate_m = GATE_ON_FOOT_M if family in ON_FOOT else GATE_M
    turn = 360.0 * round((segment.middle[1] - (track.box[1] + track.box[3]) / 2.0) / 360.0) if len(track.t_s) else 0.0
    if not all(_within(gate, track.box, turn, segment) for gate in (segment.start, segment.end)):
        return []
    starts = _crossings(segment, segment.start, track, turn, gate_m)
    if len(starts.at) == 0:
        return []
    ends = starts if segment.end is segment.start else _crossings(segment, segment.end, track, turn, gate_m)
    found: list[Effort] = []
    free = -np.inf
    for end, end_s in zip(ends.at.tolist(), ends.t_s.tolist(), strict=True):
        for i in _fitting(segment, track, starts.at, (free, end), gate_m):
            begin = float(starts.at[i])
            off = _deviations(segment, track, turn, (begin, end))
            if off is not None:
                found.append(Effort(float(starts.t_s[i]), end_s, float(off.mean()), float(off.max())))
                free = end
                break
    return found


def _within(gate: Gate, box: tuple[float, float, float, float], turn: float, segment: Segment) -> bool:
    """Return whether a track's box, moved east by `turn` degrees, holds a gate."""
    south, west, north, east = box
    lat, lon = GATE_M / METRES_PER_DEGREE, GATE_M / segment.east_m
    inside = south - lat <= gate.latitude <= north + lat
    return bool(inside and west - lon <= gate.longitude - turn <= east + lon)


def _crossings(segment: Segment, gate: Gate, track: Track, turn: float, gate_m: float) -> _Crossings:
    east, north = segment.east_m, METRES_PER_DEGREE
    longitude = gate.longitude - turn
    ahead = track.longitude * (gate.east * east)
    ahead += track.latitude * (gate.north * north)
    ahead -= longitude * (gate.east * east) + gate.latitude * (gate.north * north)
    behind = ahead < 0.0
    step = np.flatnonzero(behind[:-1] > behind[1:])
    step = step[track.t_s[step + 1] - track.t_s[step] <= GATE_STEP_S]
    part = ahead[step] / (ahead[step] - ahead[step + 1])
    x, y = (
        (v[step] + part * (v[step + 1] - v[step]) - v0) * scale
        for v, v0, scale in ((track.longitude, longitude, east), (track.latitude, gate.latitude, north))
    )
    through = np.abs(y * gate.east - x * gate.north) <= gate_m
    step, part = step[through], part[through]
    return _Crossings(step + part, track.t_s[step] + part * (track.t_s[step + 1] - track.t_s[step]))


def _fitting(segment: Segment, track: Track, starts: Floats, between: tuple[float, float], gate_m: float) -> list[int]:
    """Return the last few starts from which the track to an end is about as long as the segment, the last one first."""
    free, end = between
    first, last = np.searchsorted(starts, (free, end)).tolist()
    if first == last:
        return []
    steps = np.arange(len(track.t_s))
    travelled, brisk = (
        np.interp(end, steps, v) - np.interp(starts[first:last], steps, v) for v in (track.gone_m, track.brisk_m)
    )
    length = segment.length_m
    fits = (travelled >= SHORTEST * length - 2.0 * gate_m) & (brisk <= LONGEST * length + 2.0 * gate_m)
    found: list[int] = (np.flatnonzero(fits)[: -TRIES - 1 : -1] + first).tolist()
    return found


def _deviations(segment: Segment, track: Track, turn: float, between: tuple[float, float]) -> Floats | None:
    """Return how far each point of the segment is from a part of the track in m; None where that went elsewhere."""
    begin, end = between
    at = np.concatenate(([begin], np.arange(np.floor(begin) + 1.0, np.ceil(end)), [end]))
    part = slice(int(begin), int(np.ceil(end)) + 1)
    steps = np.arange(part.start, part.start + len(track.t_s[part]))
    lat, lon, chain = (np.interp(at, steps, v[part]) for v in (track.latitude, track.longitude, track.gone_m))
    if np.diff(chain).max() > STEP_SHARE * segment.length_m:
        return None
    line = (lon + (turn - segment.middle[1])) * segment.east_m, (lat - segment.middle[0]) * METRES_PER_DEGREE
    pairs = near((segment.x, segment.y), line, OFF_MOST * OFF_M)
    off, nearest = pairs.closest(len(segment.x))
    if np.isinf(off).any() or np.count_nonzero(off <= OFF_M) < OFF_SHARE * len(off):
        return None
    return off if _gets_on(pairs, nearest, chain, max(BACK_M, BACK_SHARE * segment.length_m)) else None


def _gets_on(pairs: Near, nearest: Floats, chain: Floats, back: float) -> bool:
    """Return whether the segment's points, one after the other, can be passed without going back further than `back` m.

    Where the nearest place to each does, all is well. Where the segment meets itself, as out and back on one road,
    the nearest may lie on the other leg: then each point may choose the first place in reach that is not too far back,
    and no other choice leaves more room to those that follow.
    """
    steps = np.arange(len(chain))
    on = np.interp(nearest, steps, chain)
    if (np.maximum.accumulate(on) - on).max() <= back:
        return True
    along = np.interp(pairs.at, steps, chain)
    furthest = 0.0
    for places in np.split(along, np.flatnonzero(np.diff(pairs.point)) + 1):
        ahead = int(np.searchsorted(places, furthest - back))
        if ahead == len(places):
            return False
        furthest = max(furthest, float(places[ahead]))
    return True
