"""A training plan in the loose JSON that a language model wrote: the sessions that have a day and a length."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from homestretch.coach.reweek import with_sessions
from homestretch.flow.coach.plans import ASSUMED_LOAD_PER_HOUR, LONGEST_WEEKS
from homestretch.model.coach.plan import DayDocument, WeekDocument
from homestretch.model.coach.session import Session
from homestretch.model.documents.coach_plans import PlanBody

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LISTS = ("workouts", "sessions", "days", "rides", "training", "schedule")
_TITLES = ("title", "name", "workout", "workout_type", "type", "focus")
_TEXTS = ("description", "details", "notes", "instructions")
_MINUTES = ("duration_minutes", "minutes", "duration_min", "time_minutes")
_HOURS = ("duration_hours", "hours")
_LENGTHS = ("duration", "time", "length")
_SPOKEN = re.compile(
    r"(?:([0-9]+(?:[.,][0-9]+)?)\s*(?:h|hours?|hrs?))?\s*(?:([0-9]+)\s*(?:m|min|mins|minutes)?)?", re.I
)
_HARD = re.compile(r"interval|threshold|vo2|tempo|sweet ?spot|race|anaerobic|sprint", re.I)
MOST_MINUTES, LONGEST_TITLE, LONGEST_NOTE = 1440, 80, 1000


def plan_body(plan: object, made: date) -> PlanBody | None:
    """Return a plan from the Monday after it was made; None where no session has a day and a length.

    Loads are estimated by length alone. Of a week that names no days, the sessions have none.
    """
    weeks = plan.get("weeks", plan.get("plan")) if isinstance(plan, Mapping) else None
    if isinstance(weeks, Mapping):
        weeks = [*weeks.values()]
    if not isinstance(weeks, Sequence) or isinstance(weeks, str) or not 0 < len(weeks) <= LONGEST_WEEKS:
        return None
    start = made + timedelta(days=7 - made.weekday())
    sessions = [
        session
        for number, week in enumerate(weeks)
        for session in _sessions(week, start + timedelta(days=7 * number), number)
    ]
    if not sessions:
        return None
    empty = [_week(week, start + timedelta(days=7 * number)) for number, week in enumerate(weeks)]
    filled = with_sessions(empty, sessions, start.isoformat(), (0.0, 0.0))
    return PlanBody(
        start=filled[0]["monday"],
        end=filled[-1]["days"][-1]["date"],
        shares={"ride": 1.0},
        level="normal",
        hours=None,
        strength=0,
        seed_day=start.isoformat(),
        fitness=0.0,
        fatigue=0.0,
        events=[],
        dropped=[],
        race_morning=None,
        weeks=[{**week, "goal": round(week["load"])} for week in filled],
    )


def _week(week: object, monday: date) -> WeekDocument:
    said = _text(week, ("focus", "theme", "goal", "notes")) if isinstance(week, Mapping) else ""
    days = [DayDocument(date=(monday + timedelta(days=after)).isoformat(), sessions=[]) for after in range(7)]
    return WeekDocument(
        monday=monday.isoformat(), phase="base", kind="load", goal=0, why=said[:LONGEST_NOTE] or "Taken over.",
        load=0.0, minutes=0, fitness=0.0, form=0.0, note="", dropped=[], days=days,
    )  # fmt: skip


def _sessions(week: object, monday: date, number: int) -> Iterator[Session]:
    for place, (day, one) in enumerate(_entries(week)):
        minutes = _minutes(one)
        if day is None or minutes is None:
            continue
        title = _text(one, _TITLES) or "Ride"
        yield Session(
            id=f"w{number}s{place}",
            date=(monday + timedelta(days=day)).isoformat(),
            sport="ride",
            minutes=minutes,
            load=round(minutes / 60 * ASSUMED_LOAD_PER_HOUR, 1),
            title=title[:LONGEST_TITLE],
            hard=bool(_HARD.search(title)),
            note=_text(one, _TEXTS)[:LONGEST_NOTE],
        )


def _entries(week: object) -> Iterator[tuple[int | None, Mapping[str, object]]]:
    """Yield the sessions of a week with the number of their day; a day may have one session or several."""
    if not isinstance(week, Mapping):
        return
    found = next((week[name] for name in _LISTS if name in week), None)
    if found is None:
        found = {name: week[name] for name in week if _day(name) is not None}
    every = found if isinstance(found, list) else []
    named = found.items() if isinstance(found, Mapping) else ((None, one) for one in every)
    for name, one in named:
        for each in one if isinstance(one, list) else [one]:
            if isinstance(each, Mapping):
                day = _day(name) if name is not None else _day(each.get("day", each.get("day_of_week")))
                inner = next((each[key] for key in _LISTS if isinstance(each.get(key), list)), None)
                yield from ((day, part) for part in inner or [each] if isinstance(part, Mapping))


def _day(word: object) -> int | None:
    """Return the number of a day from Monday, given its name, the start of that, or 1 to 7."""
    text = str(word).strip().lower()
    if text.isdecimal():
        return int(text) - 1 if 1 <= int(text) <= 7 else None
    return next((at for at, name in enumerate(_DAYS) if len(text) >= 3 and name.startswith(text)), None)


def _minutes(one: Mapping[str, object]) -> int | None:
    """Return the length in whole minutes, or None."""
    for names, factor in ((_MINUTES, 1.0), (_HOURS, 60.0), (_LENGTHS, 1.0)):
        for value in (one[name] for name in names if name in one):
            minutes = value * factor if isinstance(value, int | float) else _spoken(str(value), factor)
            if minutes is not None and 1 <= minutes <= MOST_MINUTES:
                return round(minutes)
    return None


def _spoken(text: str, factor: float) -> float | None:
    """Return `90`, `90 min`, `1.5 h` or `1h 30m` in minutes."""
    match = _SPOKEN.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    if match[1] is None and text.strip().isdecimal():
        return float(match[2]) * factor
    return float((match[1] or "0").replace(",", ".")) * 60 + float(match[2] or 0)


def _text(one: Mapping[str, object], names: Sequence[str]) -> str:
    found = next((value for name in names if isinstance(value := one.get(name), str) and value.strip()), "")
    return " ".join(found.split())
