"""Scores of devices in the morning and how the planned session of the day went."""

from homestretch.analysis.health.days import Days
from homestretch.analysis.health.evidence.pairing import (
    PERFORMANCE_DAYS,
    PERFORMANCE_LEAST,
    from_usual,
    of_one_origin,
    pairs_of,
)
from homestretch.analysis.health.evidence.question import Outcome, Pairs, Question

ACHIEVED = Outcome(
    key="achieved_pct", name="Achieved of the plan", unit="%", noise=5.0,
    values=lambda days: of_one_origin(days.session("achieved_pct")),
)  # fmt: skip


def _score(key: str, kind: str, name: str) -> Question:
    def pairs(days: Days, outcome: Outcome) -> Pairs:
        """Return the score of the morning, against its 60-day mean, with what was achieved of the day's plan, too."""
        score = days.kind(kind)
        achieved = from_usual(outcome.values(days), days.excluded, PERFORMANCE_DAYS, PERFORMANCE_LEAST)
        return pairs_of(from_usual(score, days.excluded), achieved, score.origins)

    return Question(
        key=key,
        version=1,
        question=f"Does {name} in the morning show how the session of the day goes?",
        exposure=f"{name}, against its usual",
        outcomes=(ACHIEVED,),
        reads=(kind,),
        pairs=pairs,
        least=40,
        counts="sessions",
        caveat="This tests the score, not you: without a link it predicts nothing for your sessions.",
    )


BODY_BATTERY = _score("body_battery", "body_battery_waking", "Body Battery")
TRAINING_READINESS = _score("training_readiness", "training_readiness", "training readiness")
