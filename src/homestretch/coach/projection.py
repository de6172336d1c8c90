"""Continues fitness and form with the loads of a plan: as planned, and with the part that is usually done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from homestretch.analysis.athlete.fitness import FormDay, Kernel, fitness
from homestretch.coach.checking.days import between, plus
from homestretch.model.channel import Floats
from homestretch.model.coach.session import Session

#: The parts of a plan that are done where the athlete's own are unknown, and how many weeks make them known.
USUAL_SPREAD = (0.85, 1.05)
LEAST_WEEKS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """Day by day (n,) from `first`: fitness and form as planned, and with the low and high part of the loads."""

    first: str
    loads: Floats
    fitness: Floats
    form: Floats
    low: Floats
    high: Floats


def spread_of(done: Sequence[float], planned: Sequence[float]) -> tuple[float, float]:
    """Return the quartiles of done over planned weekly loads; of fewer than eight weeks the usual spread."""
    parts = [one / other for one, other in zip(done, planned, strict=True) if other > 0]
    if len(parts) < LEAST_WEEKS:
        return USUAL_SPREAD
    low, high = np.quantile(parts, (0.25, 0.75))
    return float(low), float(high)


def project(
    seed: tuple[float, float], first: str, days: int, sessions: Sequence[Session],
    events: Mapping[str, float] | None = None, spread: tuple[float, float] = USUAL_SPREAD,
    kernel: Kernel = "exp", form_day: FormDay = "previous",
) -> Projection:  # fmt: skip
    """Return fitness and form of so many days from `first`, from fitness and fatigue (`seed`) of the day before.

    `events` are the loads of events by day. `low` and `high` are of fitness, with the parts of the loads in `spread`.
    """
    loads = np.zeros(max(0, days))
    for date, load in [*((one.date, one.load) for one in sessions), *(events or {}).items()]:
        at = between(first, date)
        if 0 <= at < len(loads):
            loads[at] += load
    whole = fitness(loads, kernel=kernel, form_day=form_day, seed=seed)
    low, high = (fitness(loads * part, kernel=kernel, seed=seed).fitness for part in spread)
    return Projection(first, loads, whole.fitness, whole.form, low, high)


def race_morning(
    seed: tuple[float, float], first: str, race: str, sessions: Sequence[Session], kernel: Kernel = "exp"
) -> tuple[float, float]:
    """Return fitness and form on the morning of a race: what the days before leave."""
    if race <= first:
        return seed[0], seed[0] - seed[1]
    made = project(seed, first, between(first, race), sessions, kernel=kernel, form_day="same")
    return float(made.fitness[-1]), float(made.form[-1])


def days_of(projection: Projection) -> list[str]:
    """Return the days of a projection."""
    return [plus(projection.first, n) for n in range(len(projection.loads))]
