"""Sleep and the sessions of the next day, similar easy ones only."""

import numpy as np

from homestretch.analysis.health.days import DailyValues, Days
from homestretch.analysis.health.evidence.outcomes import asleep_min
from homestretch.analysis.health.evidence.pairing import (
    PERFORMANCE_DAYS,
    PERFORMANCE_LEAST,
    from_usual,
    of_one_origin,
    pairs_of,
)
from homestretch.analysis.health.evidence.question import Outcome, Pairs, Question
from homestretch.analysis.health.sleep import day_sleep_s, debt, need
from homestretch.analysis.health.statistics import without
from homestretch.model.channel import Floats

_CAVEAT = "Similar easy sessions (route, gear) are compared, heat is taken out; races are left out."


def _session(key: str, name: str, unit: str, noise: float) -> Outcome:
    def values(days: Days) -> DailyValues:
        """Return the figure of easy sessions; those of one route and gear are one origin."""
        figure, similar = days.session(key), days.session("similar")
        figure = np.where(np.isnan(similar), np.nan, figure)
        return DailyValues(figure, np.where(np.isnan(figure), -1, np.nan_to_num(similar)).astype(np.int64))

    return Outcome(key=key, name=name, unit=unit, noise=noise, values=values)


OUTCOMES = (
    _session("decoupling_pct", "Aerobic decoupling", "%", 1.0),
    _session("steady_heart_rate_bpm", "Heart rate at the same pace or power", "bpm", 1.0),
    _session("rpe", "Perceived exertion", "", 0.5),
)


def session_pairs(days: Days, x: Floats, outcome: Outcome) -> Pairs:
    """Return x (n,) with how far the day's easy session is from the 42-day mean of similar ones, heat taken out."""
    figure = outcome.values(days)
    y = from_usual(figure, days.excluded, PERFORMANCE_DAYS, PERFORMANCE_LEAST)
    return pairs_of(x, without(y, days.session("temperature_c")), np.zeros(days.count, dtype=np.int64))


def last_night(days: Days, outcome: Outcome) -> Pairs:
    """Return the sleep of the last night, against its 60-day mean, with the session."""
    return session_pairs(days, from_usual(asleep_min(days), days.excluded), outcome)


def last_weeks(days: Days, outcome: Outcome) -> Pairs:
    """Return the sleep debt of the last two weeks, against its 60-day mean, with the session."""
    missing_s, _ = debt(day_sleep_s(days), need(days).seconds)
    return session_pairs(days, from_usual(of_one_origin(missing_s / 60.0), days.excluded), outcome)


SLEEP_AND_SESSIONS = Question(
    key="sleep_and_sessions",
    version=1,
    question="How do easy sessions go after a long or a short night?",
    exposure="Sleep of the last night",
    outcomes=OUTCOMES,
    reads=("sleep_s",),
    pairs=last_night,
    least=40,
    counts="sessions",
    caveat=_CAVEAT,
)
SLEEP_DEBT_AND_SESSIONS = Question(
    key="sleep_debt_and_sessions",
    version=1,
    question="How do easy sessions go with a sleep debt?",
    exposure="Sleep debt of the last two weeks",
    outcomes=OUTCOMES,
    reads=("sleep_s",),
    pairs=last_weeks,
    least=40,
    counts="sessions",
    caveat=_CAVEAT,
)
