"""How an athlete is today, as plans and rules need it: fitness, what was done, illness, signals of the body."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import numpy as np

from homestretch.analysis.athlete.fitness import acute_chronic
from homestretch.analysis.health.hrv import STATUSES
from homestretch.coach.checking.state import Signal, State
from homestretch.model.coach.session import Session
from homestretch.model.coach.thresholds import Thresholds
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.coach.history import sessions_done
from homestretch.views.coach.progress import markers_between
from homestretch.views.coach.thresholds import thresholds_on
from homestretch.views.health.metrics import DayMetrics, day_metrics_of
from homestretch.views.health.read import Stretch, notes_of
from homestretch.views.training.fitness import Days, daily_loads, fitness_of

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
#: Sports whose thresholds targets and paces are made from.
THRESHOLD_SPORTS = ("ride", "run", "swim")

#: A week of the last four counts as a loading week with this share of the largest load among them.
LOADING_SHARE = 0.75
#: So many loading weeks say what the athlete is used to.
LOADING_WEEKS = 3


@dataclass(frozen=True, slots=True)
class AthleteToday:
    """An athlete on a day: fitness and fatigue of the day before, and what rules look at (`state`).

    `past_loads` are those of the last loading weeks, the latest last; `longest` the longest session of the last weeks
    in minutes, by sport; `speeds` threshold speeds in m/s, by sport. In `thresholds` the sport stands before a dot:
    `run.lthr_bpm`.
    """

    today: date
    fitness: float
    fatigue: float
    state: State
    past_loads: tuple[float, ...]
    longest: Mapping[str, int]
    speeds: Mapping[str, float]
    thresholds: Mapping[str, float]


def athlete_today(reader: Reader, scope: Scope, today: date, *, signals: bool = True) -> AthleteToday:
    """Return how an athlete is on a day; without `signals` of the body, which few rules ask for and which take long."""
    monday = today - timedelta(days=today.weekday())
    sessions = sessions_done(reader, scope, monday - timedelta(weeks=WEEKS), today)
    loads = daily_loads(reader, scope, today)
    known = fitness_of(loads)
    fitness = _yesterday(known.fitness)
    by_sport = {sport: thresholds_on(reader, scope, sport, today) for sport in THRESHOLD_SPORTS}
    return AthleteToday(
        today=today,
        fitness=fitness,
        fatigue=_yesterday(known.fatigue),
        state=State(
            today=today.isoformat(),
            markers=markers_between(reader, scope, today - timedelta(weeks=WEEKS), today),
            wellness=_wellness(reader, scope, today, loads) if signals else {},
            history=tuple(sessions),
            week_minutes=_by_week(sessions, monday, lambda one: one.minutes),
            fitness=((today - timedelta(days=1)).isoformat(), fitness),
        ),
        past_loads=_loading(list(_by_week(sessions, monday, lambda one: one.load).values())),
        longest=_longest(sessions),
        speeds=_speeds(by_sport),
        thresholds={
            f"{sport}.{key}": value
            for sport, of in by_sport.items()
            for key, value in asdict(of).items()
            if value is not None
        },
    )


def _speeds(by_sport: Mapping[str, Thresholds]) -> dict[str, float]:
    """Return threshold speeds in m/s, of sports that have one."""
    speeds = {"run": by_sport["run"].speed_mps, "swim": by_sport["swim"].css_mps}
    return {sport: speed for sport, speed in speeds.items() if speed is not None}


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


def _monday(day: str) -> str:
    when = date.fromisoformat(day)
    return (when - timedelta(days=when.weekday())).isoformat()


def _yesterday(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return round(float(values[-2]), 1) if len(values) > 1 else 0.0


def _wellness(reader: Reader, scope: Scope, today: date, loads: Days) -> dict[str, dict[str, Signal]]:
    """Return the signals of the last days, by day; None where one is unknown."""
    stretch = Stretch(today, today).earlier(SIGNAL_DAYS - 1)
    known = day_metrics_of(reader, scope, ("hrv", "readiness", "resting_heart_rate"), stretch, today)
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
