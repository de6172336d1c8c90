"""Insights: the answers to questions about the athlete's days, as of the last full month."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from homestretch.analysis.health.days import Days
from homestretch.analysis.health.evidence.answer import WINDOW_DAYS, Insight, Interval, Lack, Shortage, Spread, insights
from homestretch.analysis.health.evidence.question import questions
from homestretch.analysis.health.evidence.sessions import METRICS, figures_of
from homestretch.analysis.measure.metric import metrics
from homestretch.model.documents.insights import (
    HealthInsight,
    HealthInsights,
    InsightGroup,
    InsightInterval,
    InsightLack,
)
from homestretch.store.database import Reader
from homestretch.store.queries.sessions_of_days import read_sessions
from homestretch.store.scope import Scope
from homestretch.views.health.metrics import LOOK_BACK, days_of
from homestretch.views.health.read import Stretch
from homestretch.views.kit.statistics_scope import counting

#: What an answer can lack, in words: the number there is and the number that it needs follow.
LACKS: Mapping[Shortage, str] = {
    "pairs": "pairs", "exposed": "such days", "others": "other days", "days": "days", "variation": "a change",
    "n_eff": "n_eff",
}  # fmt: skip


def health_insights(reader: Reader, scope: Scope, today: date) -> HealthInsights:
    """Return the answer to every question for every outcome, from the days up to the end of last month.

    Answers that changed each day would be looked at each day until they please: a month they stay.
    """
    scope.must("health: read")
    until = today.replace(day=1) - timedelta(days=1)
    answers = insights(_days(reader, scope, until, today))
    return {"until": until.isoformat(), "items": [_document(one) for one in answers]}


def _days(reader: Reader, scope: Scope, until: date, today: date) -> Days:
    """Return what the questions ask for of the two years up to a day, and of the days that their usual is from."""
    stretch = Stretch(until - timedelta(days=WINDOW_DAYS - 1), until).earlier(LOOK_BACK)
    kinds = {kind for question in questions().values() for kind in question.kinds}
    days = days_of(reader, scope, kinds, {"nights", "stages", "training"}, stretch, today)
    numbers = {metrics()[key].number: key for keys in METRICS.values() for key in keys}
    sessions = read_sessions(reader, counting(reader, scope, stretch.since, stretch.until), numbers)
    return replace(days, sessions=figures_of(sessions, days.every_night, days.first))


def _document(insight: Insight) -> HealthInsight:
    question = questions()[insight.question]
    outcome = next(one for one in question.outcomes if one.key == insight.outcome)
    return {
        "key": question.key,
        "question": question.question,
        "exposure": question.exposure,
        "outcome": outcome.key,
        "outcome_name": outcome.name,
        "unit": outcome.unit,
        "verdict": insight.verdict,
        "shown": insight.verdict == "shown",
        "answer": _answer(insight, outcome.unit),
        "n": insight.n,
        "n_eff": _finite(insight.n_eff),
        "r": _finite(insight.r),
        "interval": _interval(insight.interval) if np.isfinite(insight.r) else None,
        "difference": _finite(insight.difference),
        "difference_interval": _interval(insight.difference_interval),
        "groups": question.groups,
        "exposed": _group(insight.exposed),
        "others": _group(insight.others),
        "noise": outcome.noise,
        "counts": question.counts,
        "lacks": None if insight.lacks is None else _lack(insight.lacks),
        "caveat": question.caveat,
        "first": None if insight.first is None else insight.first.isoformat(),
        "last": None if insight.last is None else insight.last.isoformat(),
        "version": insight.version,
    }


def _answer(insight: Insight, unit: str) -> str:
    """Return an answer in words, to be read after the name of the outcome; not enough evidence is one."""
    if insight.lacks is not None:
        lack = insight.lacks
        return f"Not enough evidence yet ({LACKS[lack.of]} {lack.has:.0f} of {lack.needs:.0f})."
    if insight.verdict == "no_clear_link":
        return "No clear link."
    low, high = insight.difference_interval
    size = f"{insight.difference:+.1f} {unit}".rstrip() + f" ({low:+.1f} to {high:+.1f})"
    if insight.verdict == "within_noise":
        return f"{size}, no more than devices err by."
    return f"{size}."


def _lack(lack: Lack) -> InsightLack:
    return {"of": lack.of, "has": lack.has, "needs": lack.needs}


def _group(group: Spread | None) -> InsightGroup | None:
    if group is None:
        return None
    return {"count": group.count, "low": group.low, "middle": group.middle, "high": group.high}


def _interval(interval: Interval) -> InsightInterval | None:
    low, high = interval
    return {"low": low, "high": high} if np.isfinite(low) and np.isfinite(high) else None


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
