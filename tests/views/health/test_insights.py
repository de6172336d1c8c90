"""Insights as they are shown: a planted link is found in stored days, and too little evidence is a normal answer."""

from datetime import date, timedelta

import numpy as np
import pytest

from homestretch.analysis.health.evidence.question import questions
from homestretch.errors import Forbidden
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit.health import Note, add_note
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.insights import HealthInsight, HealthInsights
from homestretch.store.queries.sessions_of_days import read_sessions
from homestretch.store.scope import Scope
from homestretch.views.health.insights import health_insights
from homestretch.views.kit.statistics_scope import counting
from tests.formats import golden
from tests.taking import listed, take_in
from tests.views.health.days import days_from, put, values

FIRST, COUNT = date(2026, 1, 5), 140
#: In the month after the last of the days.
TODAY = date(2026, 6, 17)
DRANK = range(20, COUNT - 1, 8)


def insights(context: Context, scope: Scope, today: date = TODAY) -> HealthInsights:
    with context.database.read() as reader:
        return health_insights(reader, scope, today)


def one(answers: HealthInsights, question: str, outcome: str) -> HealthInsight:
    return next(item for item in answers["items"] if (item["key"], item["outcome"]) == (question, outcome))


@pytest.fixture
def after_drinks(sqlite_context: Context, scope: Scope) -> Context:
    """Nights with noise, and a fifth less HRV after each day with a note of alcohol."""
    hrv = 60.0 * np.exp(np.random.default_rng(3).normal(0.0, 0.05, COUNT))
    hrv[[day + 1 for day in DRANK]] *= 0.8
    by_day = dict(zip(days_from(FIRST.isoformat(), COUNT), hrv.round(3).tolist(), strict=True))
    put(sqlite_context, scope, "fit", values("hrv_night_ms", by_day, "3992"))
    for day in DRANK:
        add_note(sqlite_context, scope, Note("alcohol", FIRST + timedelta(days=day), FIRST + timedelta(days=day)))
    return sqlite_context


def test_a_planted_link_is_shown_with_its_numbers(after_drinks: Context, scope: Scope) -> None:
    answers = insights(after_drinks, scope)
    assert answers["until"] == "2026-05-31"
    shown = one(answers, "alcohol", "hrv")
    assert (shown["verdict"], shown["shown"], shown["lacks"], shown["unit"]) == ("shown", True, None, "%")
    assert shown["difference"] is not None and -26.0 < shown["difference"] < -16.0
    inner = shown["difference_interval"]
    assert inner is not None and inner["low"] < shown["difference"] < inner["high"] < 0.0
    assert shown["r"] is not None and shown["r"] < -0.5 and shown["n"] > 90
    exposed, others = shown["exposed"], shown["others"]
    assert exposed is not None and others is not None and (shown["groups"], shown["counts"]) == ("marked", "nights")
    assert exposed["count"] + others["count"] == shown["n"] and exposed["count"] == len(DRANK)
    assert exposed["low"] <= exposed["middle"] <= exposed["high"] < others["low"]
    assert exposed["middle"] - others["middle"] == pytest.approx(shown["difference"])
    assert shown["n_eff"] is not None and shown["n_eff"] >= 20
    assert shown["last"] == (FIRST + timedelta(days=COUNT - 1)).isoformat()
    assert shown["answer"].startswith("-2") and shown["caveat"].startswith("Notes are not random")


def test_every_question_is_answered_for_every_outcome(after_drinks: Context, scope: Scope) -> None:
    answers = insights(after_drinks, scope)["items"]
    asked = [(question.key, outcome.key) for question in questions().values() for outcome in question.outcomes]
    assert [(item["key"], item["outcome"]) for item in answers] == asked
    assert [(item["key"], item["outcome"]) for item in answers if item["shown"]] == [("alcohol", "hrv")]


def test_too_little_evidence_is_a_normal_answer(sqlite_context: Context, scope: Scope) -> None:
    none = one(insights(sqlite_context, scope), "bedtime", "asleep")
    assert none["answer"] == "Not enough evidence yet (pairs 0 of 60)."
    assert none["lacks"] == {"of": "pairs", "has": 0, "needs": 60}
    assert (none["shown"], none["r"], none["interval"], none["first"], none["exposed"]) == (
        False,
        None,
        None,
        None,
        None,
    )


def test_answers_stay_for_a_month(after_drinks: Context, scope: Scope) -> None:
    first, later = insights(after_drinks, scope, date(2026, 5, 1)), insights(after_drinks, scope, date(2026, 5, 31))
    assert first == later and first["until"] == "2026-04-30"
    assert one(first, "alcohol", "hrv")["n"] < one(insights(after_drinks, scope), "alcohol", "hrv")["n"]


def test_sessions_are_read_with_their_metrics(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"run.fit": encode(golden.run(60))})
    [run] = listed(context, scope)
    with context.database.read() as reader:
        [session] = read_sessions(reader, counting(reader, scope), {})
        assert read_sessions(reader, counting(reader, scope, date(1999, 1, 1), date(1999, 1, 2)), {}) == []
    assert (session.day, session.sport) == (run["start_local"][:10], "running")
    hours, minutes = int(run["start_local"][11:13]), int(run["start_local"][14:16])
    assert session.end_s == pytest.approx(3600 * hours + 60 * minutes + run["elapsed_s"], abs=60.0)
    assert session.length_s > 0.0 and session.metrics == {} and np.isnan(session.rpe)


def test_insights_are_not_for_viewers(sqlite_context: Context, scope: Scope) -> None:
    with pytest.raises(Forbidden):
        insights(sqlite_context, Scope(scope.athlete_id, 7, "viewer"))
