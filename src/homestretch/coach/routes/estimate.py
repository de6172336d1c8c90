"""How long a route takes: rides by power and physics, runs by threshold pace and grade, hikes by grade."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.activity.grade import STEEPEST, grade_cost
from homestretch.coach.routes.gears import Gear, gear_for
from homestretch.coach.routes.ground import Ground
from homestretch.coach.routes.physics import GRAVITY, Rider, air_density, speed_at
from homestretch.coach.routes.sections import Section
from homestretch.model.channel import Floats
from homestretch.model.coach.planned_route import RouteSport

#: The route is taken in pieces of so many metres, as well cut at its sections.
PIECE_M = 50.0
#: The share of the threshold that is held for so many seconds.
SHARES = ((1200.0, 0.95), (3600.0, 0.88), (10_800.0, 0.78), (np.inf, 0.70))
#: Up and down grades beyond which more and less is ridden, and by how much.
UP, UP_FACTOR, DOWN, DOWN_FACTOR = 0.03, 1.05, -0.02, 0.9
FASTEST_MPS = 60.0 / 3.6
#: Bends are leaned into with so much of gravity; a sharp turn takes so many seconds more.
LEAN = 0.35
SHARP_TURN_S = 5.0
#: The share of threshold at which the steepest 100 m is climbed.
STEEP_SHARE = 0.95
#: W′ never falls below this share.
LEAST_W_PRIME = 0.2
#: What an estimate is off by, as a share: our choice.
UNCERTAINTY = 0.08

STANDARD_RIDER = Rider(87.0, 0.35, 0.005)


@dataclass(frozen=True, slots=True)
class Pace:
    """What a route is ridden or run with: thresholds (W, m/s), the rider, air, wind (from radians), gears in teeth.

    `intensity` is a share of the threshold, None by duration.
    """

    sport: RouteSport
    ftp_w: float | None = None
    cp_w: float | None = None
    w_prime_j: float | None = None
    threshold_mps: float | None = None
    rider: Rider = STANDARD_RIDER
    temperature_c: float = 15.0
    wind_mps: float = 0.0
    wind_from: float = 0.0
    intensity: float | None = None
    chainrings: Sequence[int] = ()
    cassette: Sequence[int] = ()
    circumference_m: float = 2.105
    cadence_rpm: float = 60.0


@dataclass(frozen=True, slots=True)
class SectionTime:
    """How long a section takes in s, at how many W on average, and the gear for its steepest 100 m."""

    seconds: float
    power_w: float | None
    gear: Gear | None


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """How long each section takes, and seconds since the start (m,) at metres from it (m,)."""

    times: tuple[SectionTime, ...]
    at: Floats
    seconds: Floats

    @property
    def total_s(self) -> float:
        """How long the route takes, in s."""
        return float(self.seconds[-1])


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """A route in m pieces: edges (m + 1,), and for each length, grade, height, headwind, the fastest, its section."""

    edges: Floats
    length: Floats
    grade: Floats
    height: Floats
    headwind: Floats
    fastest: Floats
    owner: NDArray[np.intp]
    turns_s: Floats


def estimate(ground: Ground, parts: Sequence[Section], pace: Pace) -> Estimate | None:
    """Return how long a route takes, or None where the threshold that says so is unknown."""
    pieces = _pieces(ground, parts, pace)
    if pace.sport == "ride":
        return None if not pace.ftp_w else _ride(ground, parts, pieces, pace, pace.ftp_w)
    if pace.sport == "run":
        return None if not pace.threshold_mps else _run(parts, pieces, pace, pace.threshold_mps)
    speed = _hiking_speed(pieces.grade)
    return _timed(parts, pieces, pieces.length / speed, None, [None] * len(parts))


def _pieces(ground: Ground, parts: Sequence[Section], pace: Pace) -> _Pieces:
    starts = np.array([part.start_m for part in parts])
    edges = np.union1d(np.arange(0.0, ground.length_m, PIECE_M), np.append(starts, ground.length_m))
    middle = 0.5 * (edges[1:] + edges[:-1])
    length = np.diff(edges)
    heights = ground.height(edges)
    nearest = np.searchsorted(ground.at, middle).clip(0, len(ground.at) - 1)
    bend = np.minimum.reduceat(ground.radius, np.searchsorted(ground.at, edges[:-1]).clip(0, len(ground.at) - 1))
    turns: Floats = np.histogram(ground.sharp, edges)[0].astype(np.float64) * SHARP_TURN_S
    return _Pieces(
        edges,
        length,
        np.clip(np.diff(heights) / length, -STEEPEST, STEEPEST),
        0.5 * (heights[1:] + heights[:-1]),
        pace.wind_mps * np.cos(ground.heading[nearest] - pace.wind_from),
        np.minimum(FASTEST_MPS, np.sqrt(LEAN * GRAVITY * bend)),
        np.searchsorted(starts, middle, "right") - 1,
        turns,
    )


def _ride(ground: Ground, parts: Sequence[Section], pieces: _Pieces, pace: Pace, ftp: float) -> Estimate:
    """Return the estimate of a ride: two passes, the second by how long the first one took."""
    share = np.full(len(parts), pace.intensity or SHARES[-2][1])
    power, took = _ridden(pieces, share, pace, ftp)
    if pace.intensity is None:
        seconds = np.bincount(pieces.owner, took, len(parts))
        whole = _share(float(took.sum()))
        # A climb is ridden by its own time; what lies between is ridden as the whole route.
        share = np.array([_share(s) if p.kind == "climb" else whole for s, p in zip(seconds, parts, strict=True)])
        power, took = _ridden(pieces, share, pace, ftp)
    gears = [_gear(ground, part, pace, ftp) for part in parts]
    return _timed(parts, pieces, took + pieces.turns_s, power, gears)


def _ridden(pieces: _Pieces, share: Floats, pace: Pace, ftp: float) -> tuple[Floats, Floats]:
    """Return the power (m,) in W of pieces, and the seconds (m,) that they take."""
    factor = np.where(pieces.grade > UP, UP_FACTOR, np.where(pieces.grade < DOWN, DOWN_FACTOR, 1.0))
    power = ftp * share[pieces.owner] * factor
    took = pieces.length / _speed(pieces, power, pace)
    if pace.cp_w and pace.w_prime_j and _least_w_prime(power, took, pace.cp_w, pace.w_prime_j) < LEAST_W_PRIME:
        power = np.minimum(power, pace.cp_w)
        took = pieces.length / _speed(pieces, power, pace)
    return power, took


def _speed(pieces: _Pieces, power: Floats, pace: Pace) -> Floats:
    density = air_density(pace.temperature_c, pieces.height)
    return speed_at(pace.rider, power, pieces.grade, density, pieces.headwind, pieces.fastest)


def _least_w_prime(power: Floats, took: Floats, cp: float, w_prime: float) -> float:
    """Return the lowest share of W′ on the way: it is used above critical power, and comes back below it."""
    left = least = w_prime
    for over, seconds in zip((power - cp).tolist(), took.tolist(), strict=True):
        # Skiba's differential form: what is gone comes back the faster the further below.
        left = left - over * seconds if over > 0 else w_prime - (w_prime - left) * np.exp(over * seconds / w_prime)
        least = min(least, left)
    return least / w_prime


def _gear(ground: Ground, part: Section, pace: Pace, ftp: float) -> Gear | None:
    """Return the gear for the steepest 100 m of a section that goes up."""
    if part.steepest is None or part.steepest <= 0.0:
        return None
    height = ground.height(np.array([part.end_m]))
    speed = speed_at(
        pace.rider, np.array([STEEP_SHARE * ftp]), np.array([part.steepest]), air_density(pace.temperature_c, height),
        np.zeros(1), np.array([FASTEST_MPS]),
    )  # fmt: skip
    return gear_for(float(speed[0]), pace.chainrings, pace.cassette, pace.cadence_rpm, pace.circumference_m)


def _run(parts: Sequence[Section], pieces: _Pieces, pace: Pace, threshold: float) -> Estimate:
    flat_s = pieces.length * grade_cost(pieces.grade) / threshold
    share = pace.intensity or _share(float(flat_s.sum()) / SHARES[-2][1])
    return _timed(parts, pieces, flat_s / share, None, [None] * len(parts))


def _hiking_speed(grade: Floats) -> Floats:
    """Return m/s on foot by grade (Tobler 1993: 5 km/h on the flat, the fastest a little downhill)."""
    return np.asarray(6.0 / 3.6 * np.exp(-3.5 * np.abs(grade + 0.05)))


def _timed(
    parts: Sequence[Section], pieces: _Pieces, took: Floats, power: Floats | None, gears: Sequence[Gear | None]
) -> Estimate:
    seconds = np.bincount(pieces.owner, took, len(parts))
    work = None if power is None else np.bincount(pieces.owner, power * took, len(parts)) / seconds
    times = [
        SectionTime(float(seconds[i]), None if work is None else float(work[i]), gears[i]) for i in range(len(parts))
    ]
    return Estimate(tuple(times), pieces.edges, np.concatenate(([0.0], np.cumsum(took))))


def _share(seconds: float) -> float:
    return next(share for limit, share in SHARES if seconds <= limit)
