"""The ground of a route: distance along it, heights, grades, headings and bends, on a grid of equal steps."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from homestretch.analysis.activity.elevation import smooth
from homestretch.analysis.geometry.distance import haversine
from homestretch.analysis.geometry.simplify import local_metres
from homestretch.model.channel import Floats
from homestretch.model.coach.route_line import RouteLine

#: The grid's step; a route longer than LONGEST steps has a coarser one.
STEP_M = 20.0
LONGEST = 100_000
#: Heights are averaged over so many metres; a height that is known of fewer points than LEAST_KNOWN is not used.
SMOOTH_M = 100.0
LEAST_KNOWN = 0.5
#: Heights turn back by so much before it counts as climbing, as those of a barometer do.
TURN_M = 2.0
#: A turn is taken over so many metres, half of them before and half after.
BEND_M = 40.0
SHARP_RAD = np.radians(75.0)


class Profile(NamedTuple):
    """Heights along a grid in m, as given and smooth; and metres climbed up to each place. Shapes (k,)."""

    given: Floats
    height: Floats
    climbed: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A route on a grid of k places.

    `at` are metres from the start (k,), `profile` is None without heights, `heading` the direction in radians from
    north (k,), `radius` that of the bend in m (k,), `sharp` metres at which it turns sharply (j,). `distance_m` is that
    of the line's own points (n,), the same point twice at the same metre.
    """

    distance_m: Floats
    at: Floats
    profile: Profile | None
    heading: Floats
    radius: Floats
    sharp: Floats

    @property
    def length_m(self) -> float:
        """The route's length."""
        return float(self.distance_m[-1])

    def height(self, at: Floats) -> Floats:
        """Return smooth heights in m at metres from the start; 0 where none are known."""
        return np.zeros(len(at)) if self.profile is None else np.interp(at, self.at, self.profile.height)

    def climbed(self, start_m: float, end_m: float) -> float:
        """Return the metres climbed from one place to another; 0 without heights."""
        if self.profile is None:
            return 0.0
        first, last = np.interp((start_m, end_m), self.at, self.profile.climbed)
        return float(last - first)


def ground_of(line: RouteLine) -> Ground:
    """Return the ground of a line. Raises ValueError where it has no length."""
    steps = haversine(line.latitude[:-1], line.longitude[:-1], line.latitude[1:], line.longitude[1:])
    distance = np.concatenate(([0.0], np.cumsum(steps)))
    moved = np.concatenate(([True], steps > 0.0))
    if not distance[-1] > 0.0:
        raise ValueError("it has no length")
    places = int(np.clip(np.ceil(distance[-1] / STEP_M), 1, LONGEST)) + 1
    at = np.linspace(0.0, distance[-1], places)
    east, north = (np.interp(at, distance[moved], one[moved]) for one in local_metres(line.latitude, line.longitude))
    heading, turn, step = _bends(east, north, at)
    return Ground(distance, at, _profile(distance, line.altitude_m, at), heading, _radius(turn, step), _sharp(turn, at))


def _profile(distance: Floats, altitude: Floats, at: Floats) -> Profile | None:
    known = np.isfinite(altitude)
    if known.sum() < max(2, LEAST_KNOWN * len(altitude)):
        return None
    drawn = np.interp(at, distance[known], altitude[known])
    height = smooth(drawn, round(SMOOTH_M / float(at[1] - at[0])))
    return Profile(drawn, height, _climbed(height))


def _climbed(height: Floats) -> Floats:
    """Return the metres climbed up to each place (k,), rises between dips of less than TURN_M taken as one."""
    step = np.zeros(len(height))
    low, high = 0, 0
    rising = False
    z = height.tolist()
    for i in range(1, len(z)):
        if rising:
            if z[i] > z[high]:
                high = i
            elif z[high] - z[i] >= TURN_M:
                _add_rise(step, height, low, high)
                rising, low = False, i
        elif z[i] < z[low]:
            low = i
        elif z[i] - z[low] >= TURN_M:
            rising, high = True, i
    if rising:
        _add_rise(step, height, low, high)
    return np.cumsum(step)


def _add_rise(step: Floats, height: Floats, low: int, high: int) -> None:
    """Add a rise to the steps (k,) where it is higher than before."""
    step[low + 1 : high + 1] = np.diff(np.maximum.accumulate(height[low : high + 1]))


def _bends(east: Floats, north: Floats, at: Floats) -> tuple[Floats, Floats, float]:
    """Return headings (k,), by how much the line turns around each place (k,), both in radians, and the reach in m."""
    step = float(at[1] - at[0])
    half = max(round(BEND_M / 2.0 / step), 1)
    if len(at) <= 2 * half:
        heading = np.full(len(at), np.arctan2(east[-1] - east[0], north[-1] - north[0]))
        return heading, np.zeros(len(at)), half * step
    lead = np.arctan2(east[half:] - east[:-half], north[half:] - north[:-half])
    inner = np.abs((lead[half:] - lead[:-half] + np.pi) % (2.0 * np.pi) - np.pi)
    turn = np.zeros(len(at))
    turn[half:-half] = inner
    return np.concatenate((lead, np.repeat(lead[-1:], half))), turn, half * step


def _radius(turn: Floats, reach: float) -> Floats:
    """Return the radius of bends in m: half the way over which it turns is before, half after."""
    return np.asarray(reach / np.maximum(turn, 1e-6))


def _sharp(turn: Floats, at: Floats) -> Floats:
    """Return the metres of sharp turns: of places that turn sharply in a row, the sharpest."""
    sharp = turn >= SHARP_RAD
    edges = np.flatnonzero(np.diff(np.concatenate(([0], sharp.astype(np.int8), [0]))))
    return np.array([at[a + int(turn[a:b].argmax())] for a, b in edges.reshape(-1, 2)], dtype=np.float64)
