"""What stands in a week before it is planned: fixed sessions, events, what was kept, and the days around it."""

from collections.abc import Mapping
from dataclasses import replace

from homestretch.coach.checking.days import between, plus
from homestretch.coach.checking.params import amount, word
from homestretch.coach.checking.selectors import selects
from homestretch.coach.planner.gather import Bounds
from homestretch.coach.planner.week.conditions import Ban
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import WEEKDAYS, Rule
from homestretch.model.coach.session import Session

#: Minutes and load an hour of a fixed session of which they are not known, by what it counts as.
FIXED_MINUTES = 60
FIXED_LOAD: Mapping[str, float] = {"hard": 72.0, "long": 45.0, "easy": 42.0, "": 50.0}
#: So near to the main event a fixed session is easy.
EASY_BEFORE_RACE = 3
#: Before a B event so many days have nothing hard; after it there is a day of rest.
B_EASY_DAYS, B_REST_DAYS = 2, 1


def events_of_week(made: Bounds) -> list[Event]:
    """Return the events of the week."""
    return [event for event in made.facts.events if made.start <= event.date <= plus(made.start, 6)]


def close_events(made: Bounds) -> None:
    """Keep training off the days of events, and hard sessions off those before B events."""
    for event in made.facts.events:
        day = between(made.start, event.date)
        if 0 <= day < 7:
            made.closed.add(day)
        if event.priority == "B":
            before = frozenset(n for n in range(day - B_EASY_DAYS, day) if 0 <= n < 7)
            made.bans.append(Ban({"hard": True}, before))
            made.closed |= {n for n in range(day + 1, day + 1 + B_REST_DAYS) if 0 <= n < 7}


def event_sessions(made: Bounds) -> list[tuple[int, Session]]:
    """Return B and C events as the hard sessions that they are; the main event ends the plan."""
    return [
        (between(made.start, event.date), Session(
            id="", date=event.date, sport=event.sport, minutes=round(60 * (event.duration_h or 0)),
            load=event.load or 0.0,
            title=event.name, hard=True, purpose="event",
        ))
        for event in events_of_week(made) if event is not made.facts.goal
    ]  # fmt: skip


def keep(made: Bounds) -> None:
    """Fix the sessions of the version before that stay: locked ones, and those of days gone by."""
    first = made.facts.request.first_day or ""
    for session in made.facts.request.kept:
        day = between(made.start, session.date)
        if 0 <= day < 7 and (session.locked or session.date < first):
            made.fixed.append((day, session))


def fix(made: Bounds, rule: Rule, race: int) -> None:
    """Put the session of a fixed_session rule on its day, if the day has room; `race` is the day of the main event."""
    params = rule.params
    if word(params, "weekday") not in WEEKDAYS:
        return
    day = WEEKDAYS.index(word(params, "weekday"))
    session = fixed_session(rule, plus(made.start, day))
    fits = day not in made.closed and session.minutes <= made.caps[day]
    if day not in made.days(rule) or day >= race or not fits:
        return
    if session.hard and (race - day <= EASY_BEFORE_RACE or _is_banned(made, day, session)):
        easy = round(FIXED_LOAD["easy"] * session.minutes / 60, 1)
        session = replace(session, hard=False, load=min(session.load, easy), note="Take it easy this time.")
    is_there = any(at == day and one.sport == session.sport for at, one in made.fixed)
    if not is_there:
        made.fixed.append((day, session))


def _is_banned(made: Bounds, day: int, session: Session) -> bool:
    """Return whether a rule keeps this session off its day because it is hard."""
    return any(
        ban.price is None and day in ban.days and ban.of.get("hard") is True and selects(ban.of, session)
        for ban in made.bans
    )


def fixed_session(rule: Rule, date: str) -> Session:
    """Return the session of a fixed_session rule on a day; what is not known is taken as usual."""
    params, treat = rule.params, word(rule.params, "treat_as")
    hours, load = amount(params, "hours"), amount(params, "load")
    minutes = FIXED_MINUTES if hours is None else round(60 * hours)
    return Session(
        id="", date=date, sport=word(params, "sport"), minutes=minutes,
        load=round(FIXED_LOAD.get(treat, FIXED_LOAD[""]) * minutes / 60, 1) if load is None else round(load, 1),
        title=word(params, "name"), purpose="fixed", hard=treat == "hard", long=treat == "long", fixed=True,
        start=word(params, "start") or None, load_basis="given",
    )  # fmt: skip


def sessions_before(made: Bounds) -> tuple[tuple[int, Session], ...]:
    """Return the sessions of the seven days before: of the week placed before, else those that were done."""
    if made.weeks:
        placed = [(between(made.start, one.date), one) for one in made.weeks[-1].sessions]
        events = [(day - 7, one) for day, one in made.weeks[-1].given.events]
        return (*placed, *events)
    days = ((between(made.start, done.date), done) for done in made.facts.state.history)
    return tuple((day, done) for day, done in days if -7 <= day < 0)


def sessions_after(made: Bounds) -> tuple[tuple[int, Session], ...]:
    """Return what is fixed in the week after: what its rules fix, and events other than the main one."""
    following = plus(made.start, 7)
    after = []
    for rule in made.facts.rules:
        name = word(rule.params, "weekday")
        if rule.kind == "fixed_session" and name in WEEKDAYS:
            after.append((7 + WEEKDAYS.index(name), fixed_session(rule, plus(following, WEEKDAYS.index(name)))))
    for event in made.facts.events:
        day = between(made.start, event.date)
        if 7 <= day < 14 and event is not made.facts.goal:
            after.append((day, Session("", event.date, event.sport, 1, 1.0, hard=True)))
    kept = ((between(made.start, one.date), one) for one in made.facts.request.kept if one.locked)
    after += [(day, one) for day, one in kept if 7 <= day < 14]
    return tuple(after)
