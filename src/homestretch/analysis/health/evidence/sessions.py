"""Figures of each day's sessions that questions ask for: how the easy ones went, and when the last one ended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from homestretch.analysis.health.nights import DAY_S, Nights
from homestretch.model.channel import Floats
from homestretch.model.health.session import Session
from homestretch.model.sport import Sport

#: Below this intensity a session is easy; from there on it is tempo (Allen, Coggan: Training and Racing with a Power
#: Meter).
EASY = 0.85
#: The metrics of intensity, of decoupling, and of what comes of a heartbeat (W or m/min), by family of sport.
METRICS: Mapping[str, tuple[str, str, str]] = {
    "ride": ("intensity", "decoupling", "efficiency"), "run": ("run_intensity", "run_decoupling", "run_efficiency"),
}  # fmt: skip
NAMES = ("similar", "decoupling_pct", "steady_heart_rate_bpm", "rpe", "temperature_c")


def figures_of(sessions: Iterable[Session], nights: Nights, first: date) -> dict[str, Floats]:
    """Return the figures of each day's key session, its longest, by name, (n,) of days from `first` on, NaN for none.

    They are those that `Days.sessions` names; what was achieved of a plan is not among them.
    """
    by_day: dict[int, list[Session]] = {}
    for session in sessions:
        index = (date.fromisoformat(session.day) - first).days
        if 0 <= index < nights.count:
            by_day.setdefault(index, []).append(session)
    keys = {day: max(of, key=lambda session: session.length_s) for day, of in by_day.items()}
    easy = {day: session for day, session in keys.items() if is_easy(session)}
    return _of_easy(easy, nights.count) | {"hours_before_sleep": _hours_before_sleep(by_day, nights)}


def is_easy(session: Session) -> bool:
    """Return whether a session is a ride or run that was easy, and has others to be compared with: of its route."""
    family = Sport(session.sport).family
    if family not in METRICS or (session.route is None and not session.indoor):
        return False
    return session.metrics.get(METRICS[family][0], np.inf) < EASY


def _of_easy(easy: Mapping[int, Session], count: int) -> dict[str, Floats]:
    groups: dict[tuple[object, ...], list[Session]] = {}
    for session in easy.values():
        groups.setdefault(_similar(session), []).append(session)
    numbers = {similar: number for number, similar in enumerate(groups)}
    usual = {similar: _usual_output(of) for similar, of in groups.items()}
    table = np.full((len(NAMES), count), np.nan)
    for day, session in easy.items():
        similar = _similar(session)
        steady = usual[similar] / _metric(session, 2)
        table[:, day] = numbers[similar], _metric(session, 1), steady, session.rpe, session.temperature_c
    return dict(zip(NAMES, table, strict=True))


def _similar(session: Session) -> tuple[object, ...]:
    """Return what sessions of one route and gear share; those without a route are indoors."""
    return session.sport, session.sub_sport, session.gear, session.route


def _metric(session: Session, place: int) -> float:
    return session.metrics.get(METRICS[Sport(session.sport).family][place], float("nan"))


def _usual_output(similar: Sequence[Session]) -> float:
    """Return the median power or speed of similar sessions: the heart rate at it is what is compared."""
    outputs = [_metric(session, 2) * session.heart_rate_bpm for session in similar]
    known = [output for output in outputs if np.isfinite(output)]
    return float(np.median(known)) if known else float("nan")


def _hours_before_sleep(by_day: Mapping[int, Sequence[Session]], nights: Nights) -> Floats:
    """Return how long before the night that follows the last session of each day ended, in hours, (n,)."""
    hours = np.full(nights.count, np.nan)
    for day, sessions in by_day.items():
        if day + 1 < nights.count:
            end_s = max(session.end_s for session in sessions)
            hours[day] = (DAY_S + nights.start_s[day + 1] - end_s) / 3600.0
    return hours
