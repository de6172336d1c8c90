"""How the demo athlete moves: effort and slope to speed, along a course, with stops, a sample a second."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from homestretch.demo.athlete import WEIGHT_KG
from homestretch.demo.places import Course
from homestretch.model.channel import Floats

_GRAVITY, _AIR = 9.81, 1.2
_BIKE_KG = 9.0
#: Rolling resistance, drag area in m² and highest speed in m/s by kind of riding.
SURFACES = {"road": (0.005, 0.33, 16.5), "gravel": (0.009, 0.38, 13.0), "trail": (0.016, 0.42, 10.0)}
#: What a kilogram pays for a metre at a slope, J (Minetti et al. 2002, J. Appl. Physiol. 93, eq. 4), by power.
_COST = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)

type Pace = Callable[[Floats, Floats], Floats]
type Effort = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class Halt:
    """A stop at a share of the way, for so many seconds; `paused` where the timer stood still too."""

    share: float
    seconds: int
    paused: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Trip:
    """A way travelled, a sample for each second that the timer ran (n,): seconds, metres, m/s, effort and slope."""

    time_s: Floats
    distance_m: Floats
    speed_mps: Floats
    effort: Floats
    grade: Floats
    pauses: tuple[tuple[int, int], ...] = ()


def travel(course: Course, pace: Pace, effort: Effort, halts: Sequence[Halt] = ()) -> Trip:
    """Return the trip along a course at the speed that `pace(effort, grade)` gives for the effort of each second."""
    grade, step = course.grade, np.diff(course.distance_m)
    at = np.zeros(len(grade))
    for _ in range(3):  # effort depends on time, and time on effort
        speed = _smooth(pace(effort(at), grade))
        at = np.concatenate(([0.0], np.cumsum(step / speed[:-1])))
    knots_t, knots_s, pauses = _halted(at, course.distance_m, halts)
    time_s = np.arange(0.0, knots_t[-1])
    for begin, end in pauses:
        time_s = time_s[(time_s <= begin) | (time_s >= end)]
    distance = np.interp(time_s, knots_t, knots_s)
    share = np.interp(distance, course.distance_m, at)
    speed = _smooth(np.gradient(distance, time_s))
    return Trip(time_s, distance, speed, effort(share), np.interp(distance, course.distance_m, grade), tuple(pauses))


def _halted(at: Floats, gone: Floats, halts: Sequence[Halt]) -> tuple[Floats, Floats, list[tuple[int, int]]]:
    """Return times and distances with the halts put in, and the pauses (s)."""
    times, ways, pauses, late = [], [], [], 0.0
    begin = 0
    for halt in sorted(halts, key=lambda halt: halt.share):
        end = int(halt.share * (len(at) - 1))
        times += [at[begin : end + 1] + late, np.array([at[end] + late + halt.seconds])]
        ways += [gone[begin : end + 1], gone[end : end + 1]]
        if halt.paused:
            pauses.append((int(at[end] + late) + 1, int(at[end] + late + halt.seconds)))
        late, begin = late + halt.seconds, end + 1
    return np.concatenate((*times, at[begin:] + late)), np.concatenate((*ways, gone[begin:])), pauses


def riding(watts: float, surface: str) -> Pace:
    """Return the pace of a ride of these watts at effort 1: more of them uphill, none downhill."""
    rolling, drag, fastest = SURFACES[surface]

    def pace(effort: Floats, grade: Floats) -> Floats:
        power = watts * effort * pushing(grade)
        force = (WEIGHT_KG + _BIKE_KG) * _GRAVITY * (rolling + grade)
        speed = np.full(len(grade), 8.0)
        for _ in range(8):  # Newton on power = force · v + drag · v³
            excess = force * speed + 0.5 * _AIR * drag * speed**3 - power
            slope = force + 1.5 * _AIR * drag * speed**2
            speed = np.clip(speed - excess / np.where(slope > 3.0, slope, 3.0), 1.2, 25.0)
        return np.asarray(np.clip(speed, 1.6, fastest))

    return pace


def pushing(grade: Floats) -> Floats:
    """Return how much of the effort goes into the pedals at a slope."""
    return np.clip(1.0 + 5.0 * grade, 0.0, 1.4)


def on_foot(speed_mps: float) -> Pace:
    """Return the pace of someone who goes so fast at effort 1 where it is level."""

    def pace(effort: Floats, grade: Floats) -> Floats:
        dearer = np.polyval(_COST, np.clip(grade, -0.35, 0.35)) / _COST[-1]
        return np.asarray(np.clip(speed_mps * effort / np.maximum(dearer, 0.75), 0.35, 6.5))

    return pace


def steady(effort: float) -> Effort:
    """Return the same effort throughout, after a few minutes of warming up."""
    return lambda t: effort * (0.82 + 0.18 * np.clip(t / 420.0, 0.0, 1.0))


def stepped(steps: Sequence[tuple[float, float]]) -> Effort:
    """Return efforts one after the other, each (seconds, effort); the last one goes on."""
    ends = np.cumsum([seconds for seconds, _ in steps])
    efforts = np.array([effort for _, effort in steps])
    return lambda t: efforts[np.minimum(np.searchsorted(ends, t, side="right"), len(efforts) - 1)]


def _smooth(values: Floats) -> Floats:
    return np.convolve(np.pad(values, 2, "edge"), np.full(5, 0.2), "valid")
