"""Bedtime and the night that follows."""

from dataclasses import replace

from homestretch.analysis.health.days import Days
from homestretch.analysis.health.evidence.outcomes import ASLEEP, EFFICIENCY
from homestretch.analysis.health.evidence.pairing import deviation_pairs, from_usual, of_one_origin
from homestretch.analysis.health.evidence.question import Outcome, Pairs, Question
from homestretch.analysis.health.hypnogram import sleep_spans


def onset(days: Days, outcome: Outcome) -> Pairs:
    """Return how much later than usual each night began, in min, with the outcome; work days are a stratum apart."""
    onset_s, _ = sleep_spans(days.every_night)
    later = from_usual(of_one_origin(onset_s / 60.0), days.excluded)
    pairs = deviation_pairs(days, later, outcome.values(days))
    return replace(pairs, stratum=2 * pairs.stratum + days.free_days[pairs.day])


BEDTIME = Question(
    key="bedtime",
    version=1,
    question="How long and how well is the sleep after a late bedtime?",
    exposure="Falling asleep, later than usual",
    outcomes=(ASLEEP, EFFICIENCY),
    pairs=onset,
    least=60,
    caveat="Work days and free days are compared among themselves.",
)
