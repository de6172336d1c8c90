"""Weeks of load and HRV: what changes from week to week."""

from dataclasses import replace

import numpy as np

from homestretch.analysis.health.baseline import eras
from homestretch.analysis.health.days import WEEK, DailyValues, Days
from homestretch.analysis.health.evidence.outcomes import HRV, ln_hrv_pct
from homestretch.analysis.health.evidence.pairing import lagged, pairs_of
from homestretch.analysis.health.evidence.question import Outcome, Pairs, Question
from homestretch.analysis.health.windows import known, mean, mean_and_sd, ratio
from homestretch.model.channel import Floats

#: Days of a week that must be known: of load, and of nights, all of one origin.
LOAD_LEAST, NIGHTS_LEAST = 5, 4
_MEAN, _VARIATION = "hrv", "hrv_variation"

VARIATION = Outcome(
    key=_VARIATION, name="HRV variation", unit="%", noise=1.0, values=ln_hrv_pct, reads=("hrv_night_ms",)
)


def first_monday(days: Days) -> int:
    """Return the index of the first Monday."""
    return -days.first.weekday() % WEEK


def by_week(values: Floats, days: Days) -> Floats:
    """Return values (n,) of days as whole weeks from Monday, (w, 7); what is left at either end is left out."""
    start = first_monday(days)
    weeks = max(0, (days.count - start) // WEEK)
    return values[start : start + weeks * WEEK].reshape(weeks, WEEK)


def weekly(nightly: DailyValues, days: Days, outcome: str) -> Floats:
    """Return the mean of 100 ln RMSSD of each week (w,), or its coefficient of variation; NaN where devices changed."""
    rows = by_week(nightly.values, days)
    era = by_week(eras(nightly).astype(np.float64), days)
    enough = (known(rows) >= NIGHTS_LEAST) & (era.min(axis=1, initial=np.inf) == era.max(axis=1, initial=-np.inf))
    level, sd = mean_and_sd(rows)
    return np.where(enough, level if outcome == _MEAN else 100.0 * ratio(sd, level), np.nan)


def load_of_weeks(days: Days, outcome: Outcome) -> Pairs:
    """Return by how much the load of each week differs from the week before, with the outcome's difference.

    The nights of a week are those after its days.
    """
    load = by_week(lagged(days.trained.load, 1), days)
    of_week = np.where(known(load) >= LOAD_LEAST, WEEK * mean(load), np.nan)
    nightly = outcome.values(days)
    level = weekly(nightly, days, outcome.key)
    era = by_week(eras(nightly).astype(np.float64), days)[:, -1].astype(np.int64)
    same = np.concatenate((np.zeros(1, dtype=bool), era[1:] == era[:-1]))[: len(era)]
    change = np.where(same, level - lagged(level, 1), np.nan)
    pairs = pairs_of(of_week - lagged(of_week, 1), change, era)
    return replace(pairs, day=first_monday(days) + WEEK * pairs.day)


WEEKS_OF_LOAD = Question(
    key="weeks_of_load",
    version=1,
    question="How does HRV change in weeks of more load?",
    exposure="Training load of the week less that of the week before",
    outcomes=(HRV, VARIATION),
    pairs=load_of_weeks,
    least=26,
    counts="weeks",
    block=4,
    caveat="Only changes from one week to the next are compared: slow trends of both would look like a link.",
)
