"""Answers to questions about health, with honest statistics.

An answer is shown only with enough evidence, a clear link and an effect beyond the noise of devices; that there is not
enough evidence yet is a normal answer. Nothing here says that one thing causes another.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import inf, nan
from typing import Literal

import numpy as np

from homestretch.analysis.health.days import Days
from homestretch.analysis.health.evidence.question import Groups, Outcome, Pairs, Question, questions
from homestretch.analysis.health.statistics import (
    bootstrap_interval,
    discoveries,
    effective_number,
    fisher_interval,
    fisher_probability,
    lag_one,
    median_difference,
)
from homestretch.model.channel import Floats, Mask

type Verdict = Literal["shown", "not_enough_evidence", "no_clear_link", "within_noise"]
type Shortage = Literal["pairs", "exposed", "others", "days", "variation", "n_eff"]
type Interval = tuple[float, float]

#: The effective number of pairs and the days that any answer needs, and the rate of false ones among those shown.
N_EFF_LEAST, DAYS_LEAST = 20.0, 60
FALSE_RATE = 0.10
#: The days that are looked at: what was so before may be so no longer.
WINDOW_DAYS = 730
#: Pairs that an era of devices needs to be looked at.
STRATUM_LEAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What an answer lacks: the kind of evidence, and how much there is and has to be."""

    of: Shortage
    has: float
    needs: float


@dataclass(frozen=True, slots=True)
class Spread:
    """How the outcomes of a group lie, as differences from the mean of their stratum: their number and quartiles."""

    count: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """The answer to a question for one outcome: a verdict, and what it stands on; NaN for what was not computed.

    `r` is the correlation with its interval of 95 %, `difference` that of the medians of the two groups, in the unit of
    the outcome, with its own; `exposed` and `others` are those groups. `lacks` says what there is not enough of.
    """

    question: str
    outcome: str
    version: int
    verdict: Verdict
    first: date | None = None
    last: date | None = None
    n: int = 0
    n_eff: float = nan
    r: float = nan
    interval: Interval = (-1.0, 1.0)
    probability: float = nan
    difference: float = nan
    difference_interval: Interval = (-inf, inf)
    exposed: Spread | None = None
    others: Spread | None = None
    lacks: Lack | None = None


def insights(days: Days) -> tuple[Insight, ...]:
    """Return the answer to every question for every outcome, all under one false discovery rate.

    The last two years of the days are looked at. The answers depend on the days alone, not on the date of asking.
    """
    answers = [
        answer(days, question, outcome) for question in questions().values() for outcome in question.outcomes
    ]  # fmt: skip
    hits = discoveries(np.array([one.probability for one in answers], dtype=np.float64), FALSE_RATE)
    return tuple(
        replace(one, verdict="no_clear_link") if one.verdict != "not_enough_evidence" and not hit else one
        for one, hit in zip(answers, hits.tolist(), strict=True)
    )


def answer(days: Days, question: Question, outcome: Outcome) -> Insight:
    """Return the answer to one question for one outcome, as if nothing else had been asked; ill days are left out.

    The question sees only the kinds that it reads (KeyError).
    """
    pairs = question.pairs(replace(days, reads=question.kinds), outcome)
    asked = (pairs.day >= days.count - WINDOW_DAYS) & ~days.excluded[pairs.day]
    return weigh(pairs.take(asked), question, outcome, days.first)


def weigh(pairs: Pairs, question: Question, outcome: Outcome, day_zero: date) -> Insight:
    """Return what pairs say; `day_zero` is the day of index 0."""
    pairs = without_small_strata(pairs)
    centred = within_strata(pairs)
    upper, lower = grouped(pairs.x if question.groups == "marked" else centred.x, question.groups)
    insight = Insight(
        question=question.key, outcome=outcome.key, version=question.version, verdict="not_enough_evidence"
    )
    if len(pairs):
        first, last = (day_zero + timedelta(days=int(pairs.day[end])) for end in (0, -1))
        insight = correlate(replace(insight, first=first, last=last), centred)
    lack = _lack(insight, question, int(upper.sum()), int(lower.sum()))
    if lack is not None:
        return replace(insight, lacks=lack)
    insight = replace(
        insight,
        probability=fisher_probability(insight.r, insight.n_eff),
        difference=median_difference(centred.y, upper, lower),
        difference_interval=bootstrap_interval(centred.y, upper, lower, question.block),
        exposed=spread(centred.y[upper]),
        others=spread(centred.y[lower]),
    )
    return replace(insight, verdict=_verdict(insight, outcome.noise))


def without_small_strata(pairs: Pairs) -> Pairs:
    """Return pairs without those of strata that have fewer than 3."""
    _, number, count = np.unique(pairs.stratum, return_inverse=True, return_counts=True)
    return pairs.take(count[number] >= STRATUM_LEAST)


def within_strata(pairs: Pairs) -> Pairs:
    """Return pairs as differences from the means of their stratum: eras of devices differ in level."""
    _, number, count = np.unique(pairs.stratum, return_inverse=True, return_counts=True)
    x, y = (one - (np.bincount(number, one) / count)[number] for one in (pairs.x, pairs.y))
    return replace(pairs, x=_unrounded(x, pairs.x), y=_unrounded(y, pairs.y))


def grouped(x: Floats, groups: Groups) -> tuple[Mask, Mask]:
    """Return which of x (k,) are of the first and of the second of the groups that are compared."""
    if groups == "marked":
        return x > 0.0, x <= 0.0
    low, high = np.quantile(x, (1 / 3, 2 / 3)) if len(x) else (0.0, 0.0)
    if groups == "upper_third":
        upper = (x >= high) & (x > 0.0)
        return upper, ~upper
    return (x >= high) & (x > low), x <= low


def spread(values: Floats) -> Spread:
    """Return how the values of a group lie; there is at least one."""
    low, middle, high = np.quantile(values, (0.25, 0.5, 0.75)).tolist()
    return Spread(len(values), low, middle, high)


def _unrounded(centred: Floats, values: Floats) -> Floats:
    """Return centred values, 0 where they are no more than the rounding of the values."""
    return np.where(np.abs(centred) <= 1e-12 * np.abs(values), 0.0, centred)


def correlate(insight: Insight, pairs: Pairs) -> Insight:
    """Return an insight with the correlation of centred pairs, what it is worth, and its interval."""
    spread = float(np.sqrt((pairs.x @ pairs.x) * (pairs.y @ pairs.y)))
    r = float(pairs.x @ pairs.y) / spread if spread > 0.0 else nan
    lags = (lag_one(one, pairs.stratum) for one in (pairs.x, pairs.y))
    n_eff = effective_number(len(pairs), *lags)
    interval = fisher_interval(r, n_eff) if spread > 0.0 else insight.interval
    return replace(insight, n=len(pairs), n_eff=n_eff, r=r, interval=interval)


def _lack(insight: Insight, question: Question, exposed: int, others: int) -> Lack | None:
    """Return what there is not enough of, the first of all that is needed."""
    span = 0 if insight.first is None or insight.last is None else (insight.last - insight.first).days + 1
    needed: tuple[tuple[Shortage, float, float], ...] = (
        ("pairs", insight.n, question.least),
        ("exposed", exposed, question.exposed_least),
        ("others", others, question.others_least),
        ("days", span, DAYS_LEAST),
        ("variation", float(np.isfinite(insight.r)), 1.0),
        ("n_eff", insight.n_eff, N_EFF_LEAST),
    )
    return next((Lack(of=of, has=has, needs=needs) for of, has, needs in needed if has < needs), None)


def _verdict(insight: Insight, noise: float) -> Verdict:
    """Return what an insight comes to by itself: a clear link, and an effect beyond the noise of devices."""
    if _holds_zero(insight.interval) or _holds_zero(insight.difference_interval):
        return "no_clear_link"
    return "shown" if abs(insight.difference) > noise else "within_noise"


def _holds_zero(interval: Interval) -> bool:
    return interval[0] <= 0.0 <= interval[1]
