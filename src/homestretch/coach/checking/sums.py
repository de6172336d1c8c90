"""Sums that several rules need: what weeks and days hold, planned and done, and how hard minutes are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import sqrt

from homestretch.coach.checking.days import monday
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.model.coach.session import Session
from homestretch.model.coach.workout import Step, Target, flat

#: The intensity that an RPE of 1 to 10 stands for, in parts of the threshold.
RPE_INTENSITY = (0.40, 0.50, 0.58, 0.65, 0.72, 0.80, 0.88, 0.95, 1.02, 1.10)
#: Below this part of the threshold a minute is easy.
EASY = 0.76


def size(session: Session, of: str) -> float:
    """Return the minutes (`hours`), the load or the metres (`distance`) of a session."""
    if of == "load":
        return session.load
    return (session.distance_m or 0.0) if of == "distance" else session.minutes


def week_sizes(schedule: Schedule, state: State, of: str) -> dict[str, float]:
    """Return the sum of each week by its Monday, those of the plan after those that were done before it."""
    planned = {start: sum(size(one, of) for one in held) for start, held in schedule.weeks.items()}
    first = min(planned, default=state.today)
    done: defaultdict[str, float] = defaultdict(float)
    for session in state.history:
        if not schedule.sports or session.sport in schedule.sports:
            done[monday(session.date)] += size(session, of)
    if of == "hours" and not schedule.sports:
        done.update(state.week_minutes)
    past = {start: done[start] for start in sorted(done) if start < first}
    return {**past, **planned}


def loading_before(sizes: Mapping[str, float], start: str, state: State, weeks: int) -> list[float]:
    """Return the sizes of the last so many loading weeks before a Monday, the oldest first."""
    return [value for week, value in sizes.items() if week < start and state.is_loading(week)][-weeks:]


def mean(values: Iterable[float]) -> float:
    """Return the mean of values, 0 of none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def easy_minutes(session: Session) -> float:
    """Return the minutes of a session that are below the easy limit: by its steps, else by its load and length."""
    if not session.steps:
        intensity = sqrt(session.load / (session.minutes / 60) / 100) if session.minutes else 0.0
        return float(session.minutes) if intensity < EASY else 0.0
    steps = list(flat(session.steps))
    timed = sum(one.end_value or 0.0 for one in steps if one.end == "s")
    rest = max(0.0, 60 * session.minutes - timed)
    weights = sum(_weight(one) for one in steps)
    shares = (
        (one, (one.end_value or 0.0) if one.end == "s" else rest * _weight(one) / (weights or 1)) for one in steps
    )
    return sum(seconds for one, seconds in shares if _intensity(one.target) < EASY) / 60


def _weight(step: Step) -> float:
    """Return the share that a step without a time has of what the others leave: as long as its distance takes."""
    if step.end == "s":
        return 0.0
    return (step.end_value or 0.0) / max(_intensity(step.target), 0.3) if step.end == "m" else 1.0


def _intensity(target: Target | None) -> float:
    """Return a target in parts of the threshold; none is easy, and so is what is given in figures."""
    if target is None or target.kind == "abs":
        return 0.0
    middle = (target.low + target.high) / 2
    if target.kind == "rpe":
        return RPE_INTENSITY[min(max(round(middle), 1), 10) - 1]
    return middle / 100
