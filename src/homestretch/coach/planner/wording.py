"""Says why a session is on its day, what it takes along, and whether it is indoors."""

from collections.abc import Sequence
from dataclasses import replace

from homestretch.coach.checking.days import between, plus, weekday
from homestretch.coach.checking.params import amount, numbers, word, words
from homestretch.coach.checking.schedule import schedule, within
from homestretch.coach.checking.wording import NAMES, clock
from homestretch.coach.planner.facts import Facts
from homestretch.coach.planner.request import ANY_MINUTES
from homestretch.coach.planner.week.conditions import Role
from homestretch.coach.planner.week.families import GRID
from homestretch.coach.planner.week.fill import OVER
from homestretch.coach.planner.weeks import PlacedWeek
from homestretch.coach.rules import fuel
from homestretch.coach.rules.heat import _INDOOR_SPORTS as NEVER_HOT
from homestretch.coach.rules.indoor import SPORTS as INDOOR_SPORTS
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.session import Session


def reason(week: PlacedWeek, role: Role | None, session: Session, facts: Facts, last_hard: str | None) -> str:
    """Return why a session is on its day, in one sentence with its numbers; `last_hard` is the hard day before."""
    name = NAMES[weekday(session.date)]
    cap = week.given.caps[between(week.monday, session.date)]
    free = f", {clock(cap)} free on {name}" if cap < ANY_MINUTES else ""
    if session.fixed or role is None:
        return f"Fixed on {name}, {clock(session.minutes)}: the week is built around it."
    if role == "hard":
        return _hard(week, session, free, last_hard)
    if role == "long":
        share = round(100 * session.load / week.aim.load) if week.aim.load else 0
        return f"The long session of the week, {clock(session.minutes)}{free}: {share} % of the week's load."
    if role == "opener" and facts.goal is not None:
        gap = between(session.date, facts.goal.date)
        return f"Short and brisk {_days(gap)} before {facts.goal.name}: the legs stay awake, the load stays small."
    if role == "strength":
        count = sum(other == "strength" for other, _ in week.held)
        return (
            f"Strength, {_number(week, 'strength', session)} of {count} this week, where it disturbs hard days least."
        )
    return f"Easy minutes on a day between the others, towards the week's load of {week.aim.load}{free}."


def _hard(week: PlacedWeek, session: Session, free: str, last_hard: str | None) -> str:
    count = sum(other == "hard" for other, _ in week.held)
    which = f"Hard session {_number(week, 'hard', session)} of {count} this week"
    if session.purpose == "test":
        which = "A test is due this week"
    gap = "" if last_hard is None else f", {_days(between(last_hard, session.date))} after the last hard day"
    return f"{which}{gap}{free}."


def note(week: PlacedWeek, sessions: Sequence[Session], repaired: Sequence[str]) -> str:
    """Return why a week's load is not its goal, in one sentence; "" where it is, but for 5."""
    load, minutes = sum(one.load for one in sessions), sum(one.minutes for one in sessions)
    over = round(load - week.aim.load)
    events = sum(one.load for _, one in week.given.events)
    if abs(load - week.aim.load) <= OVER:
        return ""
    if events:
        return f"{abs(over)} {'over' if over > 0 else 'under'} the goal: an event has a load of {round(events)} itself."
    if over > 0:
        return f"{over} over the goal: the sessions that the week has to have are no shorter."
    if repaired or week.dropped:
        return f"{-over} under the goal: rules left less room."
    most = week.given.minutes
    if most is not None and minutes + GRID > most:
        return f"{-over} under the goal: the week's {clock(most)} are full."
    return f"{-over} under the goal: the days and sessions of the week have no more room."


def _number(week: PlacedWeek, role: Role, session: Session) -> int:
    held = [one.date for other, one in week.held if other == role]
    return sum(date <= session.date for date in held) or 1


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def fuelled(session: Session, rules: Sequence[Rule]) -> Session:
    """Return a session with the note that its fuel rules ask for; one that is kept keeps its own."""
    if session.fuel:
        return session
    notes = []
    for rule in rules:
        sport = word(rule.params, "sport")
        least = amount(rule.params, "min_hours") or 0.0
        if rule.kind != "fuel" or (sport and sport != session.sport) or session.minutes < 60 * least:
            continue
        carbs = amount(rule.params, "carbs_g_h")
        total = "" if not carbs else f" ({round(carbs * session.minutes / 60)} g carbs altogether)"
        notes.append(f"{fuel.note(rule) or 'food and drink'}{total}")
    return replace(session, fuel="; ".join(dict.fromkeys(notes))) if notes else session


def placed_indoors(sessions: Sequence[Session], facts: Facts) -> list[Session]:
    """Return sessions, indoors where rules want them so."""
    made = {session.id: session for session in sessions}
    for rule in facts.rules:
        if rule.kind == "indoor":
            _indoors(made, rule, facts)
        if rule.kind == "heat" and word(rule.params, "action") == "indoor":
            above = amount(rule.params, "above_c") or 0.0
            for one in [*made.values()]:
                if facts.state.forecast.get(one.date, -99.0) > above and one.sport not in NEVER_HOT:
                    made[one.id] = replace(one, indoor=True)
    return [made[session.id] for session in sessions]


def _indoors(made: dict[str, Session], rule: Rule, facts: Facts) -> None:
    days, months, mode = words(rule.params, "weekdays"), numbers(rule.params, "months"), word(rule.params, "mode")
    held = within(schedule(made.values(), facts.state), rule.scope)
    concerned = [
        one for one in held.sessions
        if one.sport in INDOOR_SPORTS and (not days or weekday(one.date) in days)
        and (not months or int(one.date[5:7]) in months)
    ]  # fmt: skip
    if mode in ("only", "never"):
        for one in concerned:
            made[one.id] = replace(one, indoor=mode == "only")
    if mode != "min":
        return
    for start in held.weeks:
        week = [one for one in concerned if start <= one.date <= plus(start, 6) and not one.fixed]
        wanted, time = amount(rule.params, "sessions") or 0, 60 * (amount(rule.params, "hours") or 0.0)
        for count, one in enumerate(sorted(week, key=lambda one: (one.long, one.date, one.id))):
            if count >= wanted and time <= 0:
                break
            made[one.id] = replace(one, indoor=True)
            time -= one.minutes


def dropped_sentence(monday: str, text: str) -> str:
    """Return what gave way in a week."""
    return f"Week of {monday}: {text}."
