"""Steps and the night that follows."""

from homestretch.analysis.health.days import Days
from homestretch.analysis.health.evidence.outcomes import ASLEEP
from homestretch.analysis.health.evidence.pairing import deviation_pairs, from_usual, lagged
from homestretch.analysis.health.evidence.question import Outcome, Pairs, Question


def _pairs(days: Days, outcome: Outcome) -> Pairs:
    steps = from_usual(days.kind("steps"), days.excluded)
    return deviation_pairs(days, lagged(steps, 1), outcome.values(days))


TOY = Question(
    key="toy",
    version=1,
    question="How long is the sleep after a day of many steps?",
    exposure="Steps of the day before",
    outcomes=(ASLEEP,),
    pairs=_pairs,
    least=40,
    caveat="Only a toy.",
    reads=("steps",),
)
