"""Fitness, fatigue and form of daily loads, and what of them warns."""

from dataclasses import dataclass
from math import exp, log1p
from typing import Literal

import numpy as np

from homestretch.analysis.athlete.leaky_integrator import leaky
from homestretch.model.channel import Floats

type Kernel = Literal["exp", "tp"]
type FormDay = Literal["previous", "same"]
type FormZone = Literal["high_risk", "optimal", "grey", "fresh", "transition"]

#: Days over which fitness and fatigue follow load.
FITNESS_DAYS, FATIGUE_DAYS = 42.0, 7.0
WEEK = 7
#: Monotony beyond this says no more than that.
MOST_MONOTONOUS = 10.0
#: Days of acute and of chronic load, the days it takes, and the chronic load from which their ratio says anything.
ACUTE_DAYS, CHRONIC_DAYS, LEAST_CHRONIC = 7, 28, 10.0
#: The lowest form of each zone but the first.
FORM_ZONES: tuple[tuple[float, FormZone], ...] = (
    (-30.0, "optimal"), (-10.0, "grey"), (5.0, "fresh"), (20.0, "transition"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Fitness:
    """Day by day (n,): `fitness`, `fatigue`, `form`, and the `ramp` of fitness over a week, NaN for six days."""

    fitness: Floats
    fatigue: Floats
    form: Floats
    ramp: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """Day by day (n,) acute over chronic load in three ways, NaN for 27 days and where chronic load is low."""

    ewma: Floats
    rolling: Floats
    uncoupled: Floats


def share(days: float, kernel: Kernel = "exp") -> float:
    """Return by what share a mean over so many days moves towards each day's load: 1 - exp(-1/days), or 1/days."""
    return 1.0 - exp(-1.0 / days) if kernel == "exp" else 1.0 / days


def moving_mean(loads: Floats, portion: float, first: float) -> Floats:
    """Return y (n,) that moves from `first` by `portion` (< 1) of the way to each load (n,) >= 0; NaN is no load."""
    decay = np.full(len(loads), -log1p(-portion))
    return leaky(portion * np.nan_to_num(loads), decay, first)


def fitness(
    loads: Floats,
    *,
    kernel: Kernel = "exp",
    form_day: FormDay = "previous",
    seed: tuple[float, float] = (0.0, 0.0),
    days: tuple[float, float] = (FITNESS_DAYS, FATIGUE_DAYS),
) -> Fitness:
    """Return fitness, fatigue and form of loads (n,) of days in a row, from a `seed` of both the day before.

    Form is fitness less fatigue of the day before, or of the same day.
    """
    long, short = (moving_mean(loads, share(d, kernel), s) for d, s in zip(days, seed, strict=True))
    before = np.concatenate(([seed[0] - seed[1]], (long - short)[:-1]))[: len(loads)]
    reached = np.concatenate(([seed[0]], long))
    ramp = np.full(len(loads), np.nan)
    ramp[WEEK - 1 :] = reached[WEEK:] - reached[:-WEEK]
    return Fitness(long, short, before if form_day == "previous" else long - short, ramp)


def projected(loads: Floats, planned: Floats, *, kernel: Kernel = "exp", form_day: FormDay = "previous") -> Fitness:
    """Return fitness and form of the planned loads (m,) of the days that follow loads (n,), shape (m,)."""
    whole = fitness(np.concatenate((loads, planned)), kernel=kernel, form_day=form_day)
    n = len(loads)
    return Fitness(whole.fitness[n:], whole.fatigue[n:], whole.form[n:], whole.ramp[n:])


def form_zone(form: float, of_fitness: float | None = None) -> FormZone:
    """Return the zone of a form (intervals.icu's limits); in % of fitness where that is given and not zero."""
    value = 100.0 * form / of_fitness if of_fitness else form
    reached: FormZone = "high_risk"
    for least, zone in FORM_ZONES:
        if value > least if zone == "transition" else value >= least:
            reached = zone
    return reached


def weekly_load_for_ramp(start: float, ramp: float, days: float = FITNESS_DAYS, kernel: Kernel = "exp") -> float:
    """Return the load of a week of equal days after which a fitness has risen by `ramp`."""
    return WEEK * (start + ramp / (1.0 - (1.0 - share(days, kernel)) ** WEEK))


def load_for_form(seed: tuple[float, float], form: float, kernel: Kernel = "exp") -> float:
    """Return the load of a day that begins with fitness and fatigue (`seed`) after which the next day has this form.

    Below zero where even rest leaves less.
    """
    long, short = share(FITNESS_DAYS, kernel), share(FATIGUE_DAYS, kernel)
    rested = seed[0] * (1.0 - long) - seed[1] * (1.0 - short)
    return (rested - form) / (short - long)


def _sums(x: Floats, width: int) -> Floats:
    """Return the sum of each day and the `width` - 1 before it, shape (n,), NaN until there are so many."""
    total = np.concatenate(([0.0], np.cumsum(x)))
    sums = np.full(len(x), np.nan)
    sums[width - 1 :] = total[width:] - total[:-width]
    return sums


def monotony(loads: Floats) -> Floats:
    """Return mean over standard deviation of 7 days' loads, shape (n,), at most 10 (Foster 1998).

    NaN for the first six days and where all seven are equal.
    """
    found = np.full(len(loads), np.nan)
    if len(loads) < WEEK:
        return found
    known = np.nan_to_num(loads)
    weeks = np.stack([known[day : len(known) - WEEK + 1 + day] for day in range(WEEK)])
    mean, spread = weeks.mean(axis=0), weeks.std(axis=0, ddof=1)
    varied = (weeks != weeks[0]).any(axis=0) & (spread > 0.0)
    found[WEEK - 1 :][varied] = np.minimum(mean[varied] / spread[varied], MOST_MONOTONOUS)
    return found


def strain(loads: Floats) -> Floats:
    """Return the sum of 7 days' loads times their monotony, shape (n,), NaN where that is (Foster 1998)."""
    return np.asarray(_sums(np.nan_to_num(loads), WEEK) * monotony(loads))


def acute_chronic(loads: Floats) -> Ratio:
    """Return how the last week's load compares with the last four, contested as that is (Impellizzeri 2020).

    By exponential means seeded with the first load (Williams 2017), by rolling means, and by the week against the
    three weeks before it.
    """
    known = np.nan_to_num(loads)
    first = float(known[0]) if len(known) else 0.0
    acute, chronic = (moving_mean(known, 2.0 / (days + 1), first) for days in (ACUTE_DAYS, CHRONIC_DAYS))
    week, month = _sums(known, ACUTE_DAYS), _sums(known, CHRONIC_DAYS)
    before = (month - week) / (CHRONIC_DAYS - ACUTE_DAYS)
    return Ratio(
        _over(acute, chronic), _over(week / ACUTE_DAYS, month / CHRONIC_DAYS), _over(week / ACUTE_DAYS, before)
    )


def _over(acute: Floats, chronic: Floats) -> Floats:
    known = chronic > LEAST_CHRONIC
    known[: CHRONIC_DAYS - 1] = False
    return np.asarray(np.divide(acute, chronic, out=np.full(len(acute), np.nan), where=known))
