"""Which phase each week is in, what kind of week it is, and the load that it aims at.

Periodisation backwards from the event: base, build, taper, with a week of recovery in every third or fourth (Friel,
The Cyclist's Training Bible); the taper's cut of 41 to 60 % is that of Bosquet et al. 2007.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from homestretch.analysis.athlete.fitness import weekly_load_for_ramp
from homestretch.coach.planner.request import Level
from homestretch.model.coach.plan import Event, Phase, WeekKind

#: Shorter plans are all build.
SHORT_PLAN = 6
MOST_BUILD, LEAST_BUILD, MOST_BASE = 8, 3, 16
#: How much fitness rises in a loading week, and how many weeks a cycle of loading and recovery has.
RISE: dict[Level, float] = {"novice": 3, "normal": 5, "advanced": 7, "masters": 4}
CYCLE: dict[Level, int] = {"novice": 3, "normal": 4, "advanced": 4, "masters": 3}
#: Load per hour that a week of a phase holds at most.
LOAD_PER_HOUR: dict[Phase, float] = {"transition": 40, "base": 48, "build": 54, "taper": 52, "race": 52}
#: The part of the loading weeks' mean that the weeks of a taper have, by how many they are.
TAPER: dict[int, tuple[float, ...]] = {1: (0.5,), 2: (0.70, 0.45), 3: (0.80, 0.60, 0.40)}
RECOVERY, EASY, B_EVENT = 0.6, 0.7, 0.8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a week stands: the share of its load in a taper week, 0 elsewhere."""

    phase: Phase
    kind: WeekKind
    taper: float = 0.0


@dataclass(frozen=True, slots=True)
class Aim:
    """The load that a week aims at, and what decided it."""

    load: int
    why: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds a week's load: growth in per cent, hours, and load itself. `rise` is of fitness in a week."""

    rise: float
    growth_pct: float = 10.0
    hours: float | None = None
    load_max: float | None = None
    recovery: float = RECOVERY
    hours_why: str = "hours"


def taper_weeks(event: Event) -> int:
    """Return how many weeks the taper to an event has, that of the event included."""
    hours = event.duration_h or 0.0
    if hours < 1.5 and event.duration_h is not None:
        return 1
    return 2 if hours <= 5 or event.sport == "ride" else 3


def lay_out(
    count: int, event: Event | None, level: Level, cycle: int | None = None, taper: int | None = None,
    shares: Sequence[float] = (),
) -> list[Place]:  # fmt: skip
    """Return the place of each of `count` weeks; with an event the last is its week.

    `taper` is the number of taper weeks and `shares` their parts of the load, where the usual ones are not wanted.
    """
    last = 0 if event is None else min(count, taper or taper_weeks(event))
    rest = count - last
    cycle = cycle or CYCLE[level]
    build = _build_weeks(count, rest, event)
    base = rest - build
    places = []
    for week in range(1, rest + 1):
        phase = _phase(week, base, max(0, base - MOST_BASE))
        recovers = week > 1 and (rest - week) % cycle == cycle - 1
        places.append(Place(phase, "easy" if phase == "transition" else "recovery" if recovers else "load"))
    parts = tuple(shares) or TAPER.get(last, (0.5,))
    kinds: list[WeekKind] = [*["taper"] * (last - 1), "race"] if last else []  # type: ignore[list-item]
    return places + [Place("taper", kind, parts[index]) for index, kind in enumerate(kinds)]


def _phase(week: int, base: int, transition: int) -> Phase:
    if week <= transition:
        return "transition"
    return "base" if week <= base else "build"


def _build_weeks(count: int, rest: int, event: Event | None) -> int:
    if event is None:
        return rest // 2
    if count < SHORT_PLAN:
        return rest
    return min(rest, MOST_BUILD, max(LEAST_BUILD, floor(0.45 * rest + 0.5)))


def aim(place: Place, fitness: float, loads: Sequence[float], limits: Limits) -> Aim:
    """Return a week's aim from the fitness before it and the loads of the loading weeks so far, the latest last."""
    recent = loads[-3:] or [7 * fitness]
    mean = sum(recent) / len(recent)
    if place.kind == "recovery":
        value, why = limits.recovery * mean, f"recovery {round(100 * limits.recovery)} %"
    elif place.kind == "easy":
        value, why = EASY * 7 * fitness, f"easy {round(100 * EASY)} %"
    elif place.kind in ("taper", "race"):
        value, why = mean * place.taper, "taper"
    else:
        value, why = _loading(place, fitness, mean, limits)
    return Aim(floor(value + 0.5), why)


def _loading(place: Place, fitness: float, mean: float, limits: Limits) -> tuple[float, str]:
    value, why = weekly_load_for_ramp(fitness, limits.rise), f"fitness +{limits.rise:g} a week"
    bounds = [(mean * (1 + limits.growth_pct / 100), f"+{limits.growth_pct:g} % of loading mean")]
    if limits.hours is not None:
        bounds.append((limits.hours * LOAD_PER_HOUR[place.phase], limits.hours_why))
    if limits.load_max is not None:
        bounds.append((limits.load_max, "load limit"))
    for bound, reason in bounds:
        if bound < value:
            value, why = bound, reason
    return value, why
