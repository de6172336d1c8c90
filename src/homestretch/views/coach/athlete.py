"""How an athlete is today, as plans and rules need it: fitness, what was done, illness, signals of the body."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from homestretch.analysis.athlete.fitness import acute_chronic
from homestretch.analysis.athlete.history import History
from homestretch.analysis.health.hrv import STATUSES
from homestretch.coach.checking.state import Marker, Signal, State
from homestretch.model.coach.session import Session
from homestretch.store.database import Reader
from homestretch.store.queries.thresholds import dated
from homestretch.store.scope import Scope
from homestretch.views.coach.history import sessions_done
from homestretch.views.health.metrics import DayMetrics, day_metrics_of
from homestretch.views.health.read import Stretch, notes_of
from homestretch.views.training.fitness import daily_loads, fitness_of

#: So many weeks of what was done are looked at; rules ask for four weeks, recovery weeks for eight.
WEEKS = 8
#: So many days of signals are looked at: a rule asks for seven at most.
SIGNAL_DAYS = 7
#: The metrics of days that rules call signals, by the signal's name.
_SIGNALS = {
    "hrv_z": "hrv_night_z",
    "resting_hr_delta": "resting_heart_rate_change_bpm",
    "readiness": "readiness",
}
#: Kinds of notes that plans heed.
MARKERS: tuple[Literal["ill", "injured"], ...] = ("ill", "injured")
#: Thresholds that targets and paces are made from.
_TARGETS = ("ftp_w", "threshold_speed_mps", "css_mps", "lthr_bpm", "max_hr_bpm")

#: A week of the last four counts as a loading week with this share of the largest load among them.
LOADING_SHARE = 0.75
#: So many loading weeks say what the athlete is used to.
LOADING_WEEKS = 3
#: Threshold speeds by sport, of which families have one.
_SPEEDS = {"run": "run.threshold_speed_mps", "swim": "swim.css_mps"}


@dataclass(frozen=True, slots=True)
class AthleteToday:
    """An athlete on a day: fitness and fatigue of the day before, and what rules look at (`state`).

    `past_loads` are those of the last loading weeks, the latest last; `longest` the longest session of the last weeks
    in minutes, by sport; `speeds` threshold speeds in m/s, by sport. Of `thresholds` those of a family of sports have
    it before a dot: `run.lthr_bpm`.
    """

    today: date
    fitness: float
    fatigue: float
    state: State
    past_loads: tuple[float, ...]
    longest: Mapping[str, int]
    speeds: Mapping[str, float]
    thresholds: Mapping[str, float]


def athlete_today(reader: Reader, scope: Scope, today: date) -> AthleteToday:
    """Return how an athlete is on a day."""
    monday = today - timedelta(days=today.weekday())
    sessions = sessions_done(reader, scope, monday - timedelta(weeks=WEEKS), today)
    known = fitness_of(daily_loads(reader, scope, today))
    fitness = _yesterday(known.fitness)
    thresholds = thresholds_on(reader, scope, today)
    return AthleteToday(
        today=today,
        fitness=fitness,
        fatigue=_yesterday(known.fatigue),
        state=State(
            today=today.isoformat(),
            markers=_markers(reader, scope, today),
            wellness=_wellness(reader, scope, today),
            history=tuple(sessions),
            week_minutes=_by_week(sessions, monday, lambda one: one.minutes),
            fitness=((today - timedelta(days=1)).isoformat(), fitness),
        ),
        past_loads=_loading(list(_by_week(sessions, monday, lambda one: one.load).values())),
        longest=_longest(sessions),
        speeds={sport: speed for sport, key in _SPEEDS.items() if (speed := _threshold(thresholds, key)) is not None},
        thresholds=thresholds,
    )


def _by_week(sessions: Sequence[Session], monday: date, of: Callable[[Session], float]) -> dict[str, float]:
    """Return the sums of the whole weeks before a Monday, from the first with a session on."""
    sums = {(monday - timedelta(weeks=back)).isoformat(): 0.0 for back in range(WEEKS, 0, -1)}
    for one in sessions:
        week = _monday(one.date)
        if week in sums:
            sums[week] += of(one)
    first = min((_monday(one.date) for one in sessions), default="")
    return {week: round(total, 1) for week, total in sums.items() if first and week >= first}


def _loading(loads: list[float]) -> tuple[float, ...]:
    """Return the loads of the last weeks that were not for recovery."""
    last = loads[-4:]
    least = LOADING_SHARE * max(last, default=0.0)
    return tuple([load for load in last if load > 0 and load >= least][-LOADING_WEEKS:])


def _longest(sessions: Sequence[Session]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for one in sessions:
        longest[one.sport] = max(longest.get(one.sport, 0), one.minutes)
    return longest


def _threshold(thresholds: Mapping[str, float], key: str) -> float | None:
    """Return a threshold of a family, else the one that holds for all."""
    return thresholds.get(key, thresholds.get(key.partition(".")[2]))


def _monday(day: str) -> str:
    when = date.fromisoformat(day)
    return (when - timedelta(days=when.weekday())).isoformat()


def _yesterday(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return round(float(values[-2]), 1) if len(values) > 1 else 0.0


def thresholds_on(reader: Reader, scope: Scope, when: date) -> dict[str, float]:
    """Return the thresholds that targets are made from, as they hold on a day, estimates where none was set."""
    history = History.of(*dated(reader, scope.athlete_id))
    found: dict[str, float] = {}
    for family in ("", "ride", "run", "swim"):
        values = {**history.estimates(family, when.isoformat()), **history.values(family, when.isoformat())}
        for key in _TARGETS:
            if key in values and values[key] != found.get(key):
                found[f"{family}.{key}" if family else key] = values[key]
    return found


def _markers(reader: Reader, scope: Scope, today: date) -> tuple[Marker, ...]:
    notes = notes_of(reader, scope, Stretch(today, today).earlier(7 * WEEKS))
    return tuple(
        Marker(kind, note["day"], None if note["until"] >= today.isoformat() else note["until"], note["text"])
        for note in notes
        for kind in MARKERS
        if note["kind"] == kind
    )


def _wellness(reader: Reader, scope: Scope, today: date) -> dict[str, dict[str, Signal]]:
    """Return the signals of the last days, by day; None where one is unknown."""
    stretch = Stretch(today, today).earlier(SIGNAL_DAYS - 1)
    known = day_metrics_of(reader, scope, ("hrv", "readiness", "resting_heart_rate"), stretch, today)
    loads = daily_loads(reader, scope, today)
    form = fitness_of(loads).form
    ratio = acute_chronic(loads.loads).ewma
    notes = notes_of(reader, scope, stretch)
    made: dict[str, dict[str, Signal]] = {}
    for back in range(SIGNAL_DAYS):
        day = (today - timedelta(days=back)).isoformat()
        index = -1 - back
        signals: dict[str, Signal] = {name: _at(known, key, index) for name, key in _SIGNALS.items()}
        status = _at(known, "hrv_status", index)
        signals["hrv_status"] = None if status is None else STATUSES[int(status)]
        sleep = known.days.kinds["sleep_s"].values if "sleep_s" in known.days.kinds else None
        slept = None if sleep is None or not np.isfinite(sleep[index]) else float(sleep[index])
        signals["sleep_hours"] = None if slept is None else round(slept / 3600, 2)
        levels = [one["level"] for one in notes if one["kind"] == "soreness" and one["day"] <= day <= one["until"]]
        signals["soreness"] = levels[-1] if levels else None
        signals["form"] = _back(form, index)
        signals["acute_ratio"] = _back(ratio, index)
        made[day] = signals
    return made


def _at(known: DayMetrics, key: str, index: int) -> float | None:
    return _back(known.results[key].values, index)


def _back(values: np.ndarray[tuple[int], np.dtype[np.float64]], index: int) -> float | None:
    if len(values) < -index or not np.isfinite(values[index]):
        return None
    return round(float(values[index]), 3)
