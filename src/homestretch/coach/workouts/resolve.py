"""Targets in the athlete's own units by the thresholds of a day, and steps made to fit what a file can say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from homestretch.coach.workouts.language import OF
from homestretch.coach.workouts.load import RPE_INTENSITY, planned_load, step_seconds, total_seconds, whole_minutes
from homestretch.model.coach.session import LoadBasis
from homestretch.model.coach.thresholds import Thresholds
from homestretch.model.coach.workout import Quantity, Repeat, Step, Steps, Target, Workout, flat

#: A workout is hard with so many seconds above this share of threshold, or with any RPE from this on.
HARD_S, HARD_PCT, HARD_RPE = 480.0, 95.0, 7.0


@dataclass(frozen=True, slots=True)
class ResolvedStep:
    """A step on a day: how long it takes (s), its target in W, m/s or bpm, and its share of threshold in per cent.

    Ends are None where there is no target, or its threshold is unknown.
    """

    seconds: float
    low: float | None
    high: float | None
    of: Quantity | None
    low_pct: float | None
    high_pct: float | None


@dataclass(frozen=True, slots=True)
class Effort:
    """What a workout costs on a day: seconds, whole minutes, load with one decimal, and what the load rests on."""

    seconds: float
    minutes: int
    load: float
    basis: LoadBasis


def speeds_of(sport: str, thresholds: Thresholds) -> Mapping[str, float]:
    """Return the speeds at threshold that lengths in metres are timed by, in m/s by sport."""
    on_land = "run" if sport in ("brick", "swim") else sport
    speeds = {"swim": thresholds.css_mps, on_land: thresholds.speed_mps}
    return {name: speed for name, speed in speeds.items() if speed}


def resolve_step(step: Step, sport: str, thresholds: Thresholds) -> ResolvedStep:
    """Return a step as it is on the day that the thresholds are of."""
    figures, shares = thresholds.absolute(step.target), intensity(step.target, thresholds)
    return ResolvedStep(
        seconds=step_seconds(step, sport, speeds_of(sport, thresholds)),
        low=None if figures is None else figures.low,
        high=None if figures is None else figures.high,
        of=None if figures is None else figures.of,
        low_pct=None if shares is None else shares[0],
        high_pct=None if shares is None else shares[1],
    )


def intensity(target: Target | None, thresholds: Thresholds) -> tuple[float, float] | None:
    """Return the ends of a target in per cent of threshold, RPE by what it usually is; None where that is unknown."""
    if target is None:
        return None
    if target.kind == "rpe":
        return _usual_pct(target.low), _usual_pct(target.high)
    found = thresholds.percent(target)
    return None if found is None else (found.low, found.high)


def effort(workout: Workout, thresholds: Thresholds) -> Effort:
    """Return how long a workout takes and what it costs, with the athlete's thresholds where they matter."""
    speeds = speeds_of(workout.sport, thresholds)
    steps = in_percent(workout.steps, thresholds)
    load, basis = planned_load(steps, workout.sport, speeds)
    seconds = total_seconds(workout.steps, workout.sport, speeds)
    return Effort(seconds, whole_minutes(seconds), round(load, 1), basis)


def is_hard(workout: Workout, thresholds: Thresholds) -> bool:
    """Return whether a workout is a hard one: 8 minutes above 95 % of threshold, or RPE 7 and more."""
    above = 0.0
    for step in flat(workout.steps):
        target = step.target
        if target is not None and target.kind == "rpe" and target.high >= HARD_RPE:
            return True
        shares = intensity(target, thresholds)
        if shares is not None and sum(shares) / 2 > HARD_PCT:
            above += step_seconds(step, workout.sport, speeds_of(workout.sport, thresholds))
    return above >= HARD_S


def in_percent(steps: Steps, thresholds: Thresholds) -> Steps:
    """Return steps with their figures in per cent, where the thresholds are known."""
    return tuple(
        Repeat(item.times, in_percent(item.steps, thresholds))
        if isinstance(item, Repeat)
        else replace(item, target=thresholds.percent(item.target) or item.target)
        for item in steps
    )


def in_time(workout: Workout, thresholds: Thresholds) -> Workout:
    """Return a workout whose steps all end after whole seconds, with per cent in place of RPE: as trainers need it."""
    return replace(workout, steps=_timed(workout.steps, workout.sport, thresholds))


def _timed(steps: Steps, sport: str, thresholds: Thresholds) -> Steps:
    speeds = speeds_of(sport, thresholds)
    made: list[Step | Repeat] = []
    for item in steps:
        if isinstance(item, Repeat):
            made.append(Repeat(item.times, _timed(item.steps, sport, thresholds)))
            continue
        seconds = float(round(step_seconds(item, sport, speeds)))
        made.append(replace(item, end="s", end_value=seconds, target=_without_rpe(item.target, item.sport or sport)))
    return tuple(made)


def _without_rpe(target: Target | None, sport: str) -> Target | None:
    if target is None or target.kind != "rpe":
        return target
    return Target("pct", _usual_pct(target.low), _usual_pct(target.high), OF.get(sport, "speed"))


def _usual_pct(rpe: float) -> float:
    return 100 * RPE_INTENSITY[min(max(round(rpe), 1), 10) - 1]


def of_sport(workout: Workout, sport: str) -> Workout:
    """Return a workout as one of another sport: its per cent are of that sport's threshold."""
    return replace(workout, sport=sport, steps=_of_sport(workout.steps, OF.get(sport, "speed")))


def _of_sport(steps: Steps, of: Quantity) -> Steps:
    made: list[Step | Repeat] = []
    for item in steps:
        if isinstance(item, Repeat):
            made.append(Repeat(item.times, _of_sport(item.steps, of)))
        elif item.target is not None and item.target.kind == "pct" and item.target.of in ("power", "speed", "css"):
            made.append(replace(item, target=replace(item.target, of=of)))
        else:
            made.append(item)
    return tuple(made)
