"""Private places: what of a track may be shown to others.

A circle that is drawn is never cut itself: whoever sees many tracks end on its edge would find its middle to the metre.
What is cut is a wider circle, moved by an amount that a secret of the place decides, once and for all, so that no mean
over tracks takes it away. Its middle lies 2.2 to 2.6 radii from the drawn one: the middle of a circle through the ends
that are shown is off by that, and their mean, which lies half way between, by more than a radius. Besides, each
activity begins and ends up to START_M outside, by an amount of its own.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.geometry.distance import EARTH_RADIUS_M, haversine
from homestretch.model.channel import Floats, Mask

type Indices = NDArray[np.intp]

#: How far outside the circle that is cut an activity may begin, in m.
START_M = 200.0
#: How far the middle of what is cut is moved, and how much wider than that it is, in radii of what was drawn.
MOVED, WIDER = (2.2, 2.6), (1.1, 1.2)


class Circle(NamedTuple):
    """A private place: its middle in degrees and its radius in m."""

    latitude: float
    longitude: float
    radius_m: float

    def grown(self, more_m: float) -> "Circle":
        """Return a circle with the same middle and a larger radius."""
        return self._replace(radius_m=self.radius_m + more_m)

    def box(self) -> tuple[float, float, float, float]:
        """Return (south, west, north, east) in degrees of a box around it, all round the Earth where it must be."""
        up = math.degrees(self.radius_m / EARTH_RADIUS_M) * 1.001
        south, north = self.latitude - up, self.latitude + up
        widest = max(abs(south), abs(north))
        across = up / math.cos(math.radians(widest)) if widest < 89.0 else 360.0
        west, east = self.longitude - across, self.longitude + across
        return (south, west, north, east) if west >= -180.0 and east <= 180.0 else (south, -180.0, north, 180.0)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What may be shown of a track of n places: which (k,), and which steps between them must not be drawn (k-1,)."""

    at: Indices
    breaks: Mask


def widened(circle: Circle, secret: str) -> Circle:
    """Return what is cut in place of a private circle that has a secret: a circle wholly around it.

    Another radius is moved another way: what is cut of two radii must not point back at the middle of both.
    """
    turn, far, wide = (_part(secret, f"{what} {circle.radius_m:g}") for what in ("turn", "far", "wide"))
    moved = circle.radius_m * (MOVED[0] + (MOVED[1] - MOVED[0]) * far)
    wider = circle.radius_m * (WIDER[0] + (WIDER[1] - WIDER[0]) * wide)
    return Circle(*_away(circle, 2.0 * math.pi * turn, moved), moved + wider)


def start_m(secret: str, activity: str) -> float:
    """Return how far outside what is cut an activity begins, in m: the same whenever it is asked."""
    return START_M * _part(secret, f"start {activity}")


def _part(secret: str, what: str) -> float:
    """Return a number from 0 to 1 that no one can find without the secret (hexadecimal digits)."""
    digest = hashlib.blake2b(what.encode(), key=bytes.fromhex(secret), digest_size=8).digest()
    return int.from_bytes(digest) / 2.0**64


def _away(circle: Circle, bearing: float, metres: float) -> tuple[float, float]:
    """Return the degrees so many metres from the middle of a circle, in a direction in radians from north."""
    arc, lat, lon = metres / EARTH_RADIUS_M, math.radians(circle.latitude), math.radians(circle.longitude)
    there = math.asin(math.sin(lat) * math.cos(arc) + math.cos(lat) * math.sin(arc) * math.cos(bearing))
    across = math.atan2(
        math.sin(bearing) * math.sin(arc) * math.cos(lat), math.cos(arc) - math.sin(lat) * math.sin(there)
    )
    return math.degrees(there), (math.degrees(lon + across) + 180.0) % 360.0 - 180.0


def outside(latitude: Floats, longitude: Floats, circles: Sequence[Circle]) -> Mask:
    """Return which places (n,) in degrees lie in no circle nor on its edge; one that is not known does not."""
    free = np.isfinite(latitude) & np.isfinite(longitude)
    for circle in circles:
        middle = np.array(circle.latitude), np.array(circle.longitude)
        free &= haversine(latitude, longitude, *middle) > circle.radius_m
    return np.asarray(free)


def cut(latitude: Floats, longitude: Floats, circles: Sequence[Circle], breaks: Mask | None = None) -> Shown:
    """Return what may be shown of a track: no place inside a circle, and no line over one.

    Stretches inside are cut at the begin, at the end and in between; a step whose line crosses a circle,
    one over what was cut and one of `breaks` (n-1,) are breaks.
    """
    at = np.flatnonzero(outside(latitude, longitude, circles))
    missing = np.concatenate(([0], np.cumsum(np.zeros(max(len(latitude) - 1, 0), bool) if breaks is None else breaks)))
    lat, lon = latitude[at], longitude[at]
    parted = (np.diff(at) > 1) | (np.diff(missing[at]) > 0)
    for circle in circles:
        parted |= _crossing(lat, lon, circle)
    return Shown(at, parted)


def _crossing(latitude: Floats, longitude: Floats, circle: Circle) -> Mask:
    """Return which steps between places (k,) pass within a circle, or within 1 % of one: the map is flat here."""
    north = EARTH_RADIUS_M * np.pi / 180.0
    x = ((longitude - circle.longitude + 180.0) % 360.0 - 180.0) * (north * np.cos(np.radians(circle.latitude)))
    y = (latitude - circle.latitude) * north
    dx, dy = np.diff(x), np.diff(y)
    square = dx * dx + dy * dy
    part = np.clip(-(x[:-1] * dx + y[:-1] * dy) / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
    passed = np.hypot(x[:-1] + part * dx, y[:-1] + part * dy)
    ends = np.minimum(np.hypot(x[:-1], y[:-1]), np.hypot(x[1:], y[1:]))
    return np.asarray((passed <= circle.radius_m) | ((passed < ends) & (passed <= 1.01 * circle.radius_m)))
