"""Private places: what of a track may be shown to others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.gaps import Mask
from homestretch.analysis.geo.distance import EARTH_RADIUS_M, haversine
from homestretch.model.channel import Floats

type Indices = NDArray[np.intp]


class Circle(NamedTuple):
    """A private place: its middle in degrees and its radius in m."""

    latitude: float
    longitude: float
    radius_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What may be shown of a track of n places: which (k,), and which steps between them must not be drawn (k-1,)."""

    at: Indices
    breaks: Mask


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
    """Return which steps between places (k,) pass within a circle, or within 1 % of it: the map is flat here."""
    north = EARTH_RADIUS_M * np.pi / 180.0
    x = ((longitude - circle.longitude + 180.0) % 360.0 - 180.0) * (north * np.cos(np.radians(circle.latitude)))
    y = (latitude - circle.latitude) * north
    dx, dy = np.diff(x), np.diff(y)
    square = dx * dx + dy * dy
    part = np.clip(-(x[:-1] * dx + y[:-1] * dy) / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
    passed = np.hypot(x[:-1] + part * dx, y[:-1] + part * dy)
    ends = np.minimum(np.hypot(x[:-1], y[:-1]), np.hypot(x[1:], y[1:]))
    return np.asarray((passed <= circle.radius_m) | ((passed < ends) & (passed <= 1.01 * circle.radius_m)))
