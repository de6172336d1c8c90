"""Documents about insights: answers to questions about an athlete's days; null is unknown."""

from typing import Literal, TypedDict


class InsightInterval(TypedDict):
    """An interval of 95 %."""

    low: float
    high: float


class InsightLack(TypedDict):
    """What an answer does not have enough of: how much there is, and how much it needs."""

    of: Literal["pairs", "exposed", "others", "days", "variation", "n_eff"]
    has: float
    needs: float


class InsightGroup(TypedDict):
    """A group of pairs: how many, and the quartiles of the outcome as differences from its mean, in its unit."""

    count: int
    low: float
    middle: float
    high: float


class HealthInsight(TypedDict):
    """The answer to a question for one outcome: what was compared, in how many days (`first` to `last`), what came.

    `r` is the correlation of `n` pairs that are worth `n_eff` independent ones, `difference` that of the medians of two
    groups in the unit of the outcome: `exposed` against `others`, chosen as `groups` says. `noise` is the difference
    that devices make by themselves, `counts` what a pair is of. An answer is `shown` with enough evidence, a clear
    link, and a difference beyond that noise; `answer` says it in words. `version` goes up when the question is asked in
    another way.
    """

    key: str
    question: str
    exposure: str
    outcome: str
    outcome_name: str
    unit: str
    verdict: Literal["shown", "not_enough_evidence", "no_clear_link", "within_noise"]
    shown: bool
    answer: str
    n: int
    n_eff: float | None
    r: float | None
    interval: InsightInterval | None
    difference: float | None
    difference_interval: InsightInterval | None
    groups: Literal["thirds", "upper_third", "marked"]
    exposed: InsightGroup | None
    others: InsightGroup | None
    noise: float
    counts: Literal["nights", "weeks", "sessions"]
    lacks: InsightLack | None
    caveat: str
    first: str | None
    last: str | None
    version: int


class HealthInsights(TypedDict):
    """The answers to all questions, from the days up to `until`, the end of the last full month."""

    until: str
    items: list[HealthInsight]
