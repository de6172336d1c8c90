"""Where the demo athlete goes: hills made of waves, and loops through them that are the same each time."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from homestretch.model.channel import Floats

METRES_PER_DEGREE = 111_195.0
STEP_M = 10.0
_STEM_M = 2500.0
#: Wave lengths of the hills in m, and how high each kind is where the hilliness is 1.
_WAVES = ((14_000.0, 150.0), (5_200.0, 42.0), (2_100.0, 11.0), (800.0, 2.5))
#: Legs, straights and bends of a running track.
_TRACK_STRAIGHT_M, _TRACK_RADIUS_M = 84.39, 36.5


@dataclass(frozen=True, slots=True)
class Place:
    """A town to start from: degrees, height in m, hilliness, the number that its hills grow from, and its zone."""

    name: str
    latitude: float
    longitude: float
    height_m: float
    hilliness: float
    number: int
    zone: str


HOME = Place("home", 47.9961, 7.8494, 278.0, 1.0, 1, "Europe/Berlin")
ISLAND = Place("island", 39.6953, 2.9180, 130.0, 0.8, 2, "Europe/Madrid")
ALPS = Place("alps", 46.5510, 8.0100, 1180.0, 2.2, 3, "Europe/Zurich")
TRACK = Place("track", 48.0165, 7.8290, 262.0, 0.0, 4, "Europe/Berlin")
LAKE = Place("lake", 47.9000, 8.1510, 846.0, 0.0, 5, "Europe/Berlin")


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A way of n points STEP_M apart: degrees, metres above the sea, metres from the start, all of shape (n,)."""

    latitude: Floats
    longitude: Floats
    altitude_m: Floats
    distance_m: Floats

    @property
    def grade(self) -> Floats:
        """Rise over run, smoothed over 50 m, shape (n,)."""
        rise = np.gradient(self.altitude_m, self.distance_m)
        return np.convolve(np.pad(rise, 2, "edge"), np.full(5, 0.2), "valid")


def heights(place: Place, x: Floats, y: Floats) -> Floats:
    """Return the heights in m of points east and north of a place in m."""
    rng = np.random.default_rng(place.number)
    total = np.zeros(len(x))
    for length, height in _WAVES:
        for _ in range(3):
            heading, phase = rng.uniform(0.0, 2 * np.pi, 2)
            along = (x * np.cos(heading) + y * np.sin(heading)) * 2 * np.pi / length
            total += height / 1.7 * (np.sin(along + phase) - np.sin(phase))
    return place.height_m + place.hilliness * total


@lru_cache(maxsize=64)
def loop(place: Place, number: int, length_m: float) -> Course:
    """Return a loop of about this length: out on one of three roads, round, and back on the same road."""
    rng = np.random.default_rng([place.number, 7, number])
    stem = _stem(place, number % 3, min(_STEM_M, length_m / 6))
    theta = np.linspace(0.0, 2 * np.pi, 2000)
    radius = np.ones(len(theta))
    for wave in range(2, 24):
        radius += rng.normal(0.0, 0.45 / wave**1.25) * np.cos(wave * theta + rng.uniform(0.0, 2 * np.pi))
    ring = np.exp(1j * (theta + rng.uniform(0.0, 2 * np.pi))) * np.maximum(radius, 0.25)
    ring -= ring[0]
    ring *= (length_m - 2 * _length(stem)) / _length(ring)
    return _course(place, np.concatenate((stem, stem[-1] + ring[1:-1], stem[::-1])), length_m)


@lru_cache(maxsize=16)
def straight(place: Place, length_m: float) -> Course:
    """Return a way out to a buoy and back, as open water is swum."""
    there = np.array([0.0, length_m / 2 * np.exp(0.6j)])
    return _course(place, np.concatenate((there, there[:1] + 8.0)), length_m)


@lru_cache(maxsize=16)
def track(laps: float) -> Course:
    """Return so many rounds of a 400 m track."""
    bend = np.exp(1j * np.linspace(-np.pi / 2, np.pi / 2, 40)) * _TRACK_RADIUS_M
    side = _TRACK_STRAIGHT_M / 2
    oval = np.concatenate(([-side - 1j * _TRACK_RADIUS_M], side + bend, -side - bend))
    rounds = int(np.ceil(laps))
    way = np.concatenate([oval] * rounds)
    return _course(TRACK, way - way[0], 400.0 * laps)


def _stem(place: Place, number: int, length_m: float) -> np.ndarray:
    rng = np.random.default_rng([place.number, 5, number])
    bends = rng.normal(0.0, 0.35, 12)
    along = np.linspace(0.0, 1.0, 200)
    heading = number * 2 * np.pi / 3 + np.interp(along, np.linspace(0.0, 1.0, 12), bends)
    way = np.concatenate(([0.0], np.cumsum(np.exp(1j * heading))))
    return np.asarray(way * _STEM_M / 200)[: max(2, round(200 * length_m / _STEM_M))]


def _length(way: np.ndarray) -> float:
    return float(np.abs(np.diff(way)).sum())


def _course(place: Place, way: np.ndarray, length_m: float) -> Course:
    """Return the way, complex metres east and north, at even steps from its start to `length_m`."""
    gone = np.concatenate(([0.0], np.cumsum(np.abs(np.diff(way)))))
    distance = np.arange(0.0, min(length_m, gone[-1]), STEP_M)
    x, y = np.interp(distance, gone, way.real), np.interp(distance, gone, way.imag)
    latitude = place.latitude + y / METRES_PER_DEGREE
    longitude = place.longitude + x / (METRES_PER_DEGREE * np.cos(np.radians(place.latitude)))
    return Course(latitude, longitude, heights(place, x, y), distance)
