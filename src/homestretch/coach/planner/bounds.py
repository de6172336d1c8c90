"""Turns rules, events and what was kept into the bounds of one week; each kind of rule has its function here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from homestretch.coach.checking.days import between, monday, plus
from homestretch.coach.checking.params import amount, count, flag, part, word, words
from homestretch.coach.checking.selectors import Selector, selects
from homestretch.coach.planner.facts import Facts, event_hours, event_load
from homestretch.coach.planner.request import ANY_MINUTES
from homestretch.coach.planner.week.conditions import (
    SHOULD_COST,
    Ban,
    Conditions,
    Count,
    LongLimit,
    Order,
    Spacing,
)
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import SPORTS, WEEKDAYS, Rule
from homestretch.model.coach.session import Session

if TYPE_CHECKING:
    from homestretch.coach.planner.weeks import PlacedWeek

#: Minutes and load an hour of a fixed session of which they are not known, by what it counts as.
FIXED_MINUTES = 60
#: So near to the main event a fixed session is easy.
EASY_BEFORE_RACE = 3
FIXED_LOAD: Mapping[str, float] = {"hard": 72.0, "long": 45.0, "easy": 42.0, "": 50.0}
#: A session of a sport up to so many minutes may always come.
FREE_MINUTES: Mapping[str, int] = {"ride": 90}
FREE_OTHER, LONGEST_WEEKS, RAMP_WEEKS, RAMP_GRACE = 45, 4, 4, 30
#: Before a B event so many days have nothing hard; after it there is a day of rest.
B_EASY_DAYS, B_REST_DAYS = 2, 1
_EVERY = frozenset(range(7))


@dataclass(slots=True)
class _Bounds:
    """The bounds of a week as they gather."""

    facts: Facts
    index: int
    start: str
    weeks: "Sequence[PlacedWeek]"
    caps: list[int]
    closed: set[int] = field(default_factory=set)
    bans: list[Ban] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    spacings: list[Spacing] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    longs: list[LongLimit] = field(default_factory=list)
    fixed: list[tuple[int, Session]] = field(default_factory=list)
    likes: list[tuple[Selector, int]] = field(default_factory=list)
    minutes: int | None = None
    minutes_why: str = "hours"
    least_minutes: int = 0
    least_load: float = 0.0
    load_max: float | None = None
    per_day: int = 2
    free_rest: int = 0
    tests: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def days(self, rule: Rule) -> frozenset[int]:
        """Return the days of the week for which a rule holds."""
        scope = rule.scope or {}
        every, anchor = amount(scope, "every_weeks"), word(scope, "anchor")
        if every is not None and (not anchor or between(monday(anchor), self.start) // 7 % int(every)):
            return frozenset()
        return self.span(word(scope, "from"), word(scope, "to"))

    def span(self, since: str, until: str) -> frozenset[int]:
        """Return the days of the week from a day to another; "" is open."""
        if not since and not until:
            return _EVERY
        return frozenset(n for n in range(7) if since <= plus(self.start, n) <= (until or "9999-12-31"))

    def limit_minutes(self, minutes: int, why: str = "hours") -> None:
        """Lower the minutes of the week."""
        if self.minutes is None or minutes < self.minutes:
            self.minutes, self.minutes_why = max(0, minutes), why

    def close(self, days: frozenset[int] | set[int], rule: Rule) -> None:
        """Keep sessions off days, or make that costly where the rule is a should."""
        if rule.severity == "must":
            self.closed |= days
            self.names.add(rule.id)
        else:
            self.ban({}, frozenset(days), rule)

    def ban(self, of: Selector, days: frozenset[int], rule: Rule) -> None:
        """Keep what a selector means off days."""
        for selector in _of_sports(of, rule):
            self.bans.append(Ban(selector, days, rule.id, _price(rule)))


def _price(rule: Rule) -> int | None:
    return None if rule.severity == "must" else SHOULD_COST * rule.weight


def _of_sports(of: Selector, rule: Rule) -> list[Selector]:
    sports = words(rule.scope or {}, "sports")
    return [{**of, "sport": sport} for sport in sports if of.get("sport", sport) == sport] if sports else [of]


def bounds(facts: Facts, index: int, weeks: "Sequence[PlacedWeek]") -> Conditions:
    """Return the conditions of a week, from the weeks before it as they were placed."""
    start = facts.monday(index)
    request = facts.request
    made = _Bounds(facts, index, start, weeks, [request.day_minutes.get(day, ANY_MINUTES) for day in WEEKDAYS])
    if request.week_hours is not None:
        made.limit_minutes(int(60 * request.week_hours))
    if request.first_day is not None:
        made.closed |= {n for n in range(7) if plus(start, n) < request.first_day}
    race = between(start, facts.goal.date) if facts.goal is not None else 7
    _events(made)
    for rule in facts.rules:
        apply = _KINDS.get(rule.kind)
        if apply is not None:
            apply(made, rule)
    _kept(made)
    for rule in facts.rules:
        if rule.kind == "fixed_session":
            _fixed_session(made, rule, race)
    return Conditions(
        caps=tuple(made.caps), closed=frozenset(made.closed), bans=tuple(made.bans), orders=tuple(made.orders),
        spacings=tuple(made.spacings), counts=tuple(made.counts), long_limits=tuple(made.longs),
        fixed=tuple(sorted(made.fixed, key=lambda one: one[0])), before=_before(made), after=_after(made),
        events=tuple(_event_sessions(made)), likes=tuple(made.likes), minutes=made.minutes,
        minutes_why=made.minutes_why, least_minutes=made.least_minutes, least_load=made.least_load,
        load_max=made.load_max, per_day=made.per_day, free_rest=made.free_rest,
        race_day=race if 0 <= race < 7 else None, b_event=any(one.priority == "B" for one in _held(made)),
        tests=tuple(made.tests), rules=tuple(sorted(made.names)),
    )  # fmt: skip


def _held(made: _Bounds) -> list[Event]:
    """Return the events of the week."""
    return [event for event in made.facts.events if made.start <= event.date <= plus(made.start, 6)]


def _events(made: _Bounds) -> None:
    for event in made.facts.events:
        day = between(made.start, event.date)
        if 0 <= day < 7:
            made.closed.add(day)
        if event.priority == "B":
            before = frozenset(n for n in range(day - B_EASY_DAYS, day) if 0 <= n < 7)
            made.bans.append(Ban({"hard": True}, before))
            made.closed |= {n for n in range(day + 1, day + 1 + B_REST_DAYS) if 0 <= n < 7}


def _event_sessions(made: _Bounds) -> list[tuple[int, Session]]:
    """Return B and C events as the hard sessions that they are; the main event ends the plan."""
    return [
        (between(made.start, event.date), Session(
            id="", date=event.date, sport=event.sport, minutes=round(60 * event_hours(event)), load=event_load(event),
            title=event.name, hard=True, purpose="event",
        ))
        for event in _held(made) if event is not made.facts.goal
    ]  # fmt: skip


def _kept(made: _Bounds) -> None:
    """Fix the sessions of the version before that stay: locked ones, and those of days gone by."""
    first = made.facts.request.first_day or ""
    for session in made.facts.request.kept:
        day = between(made.start, session.date)
        if 0 <= day < 7 and (session.locked or session.date < first):
            made.fixed.append((day, session))


def _fixed_session(made: _Bounds, rule: Rule, race: int) -> None:
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


def _is_banned(made: _Bounds, day: int, session: Session) -> bool:
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


def _before(made: _Bounds) -> tuple[tuple[int, Session], ...]:
    """Return the sessions of the seven days before: of the week placed before, else those that were done."""
    if made.weeks:
        placed = [(between(made.start, one.date), one) for one in made.weeks[-1].sessions]
        events = [(day - 7, one) for day, one in made.weeks[-1].given.events]
        return (*placed, *events)
    days = ((between(made.start, done.date), done) for done in made.facts.state.history)
    return tuple((day, done) for day, done in days if -7 <= day < 0)


def _after(made: _Bounds) -> tuple[tuple[int, Session], ...]:
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
    for session in made.facts.request.kept:
        if session.locked and 7 <= between(made.start, session.date) < 14:
            after.append((between(made.start, session.date), session))
    return tuple(after)


def _day_hours(made: _Bounds, rule: Rule) -> None:
    caps, sports = part(rule.params, "hours"), words(rule.scope or {}, "sports")
    for day in made.days(rule):
        hours = amount(caps, WEEKDAYS[day])
        if hours is None:
            continue
        if sports:
            made.ban({"min_minutes": int(60 * hours) + 1}, frozenset({day}), rule)
        else:
            made.caps[day] = min(made.caps[day], int(60 * hours))
            made.names.add(rule.id)


def _rest_day(made: _Bounds, rule: Rule) -> None:
    days = made.days(rule)
    closed = {WEEKDAYS.index(name) for name in words(rule.params, "weekdays") if name in WEEKDAYS}
    if closed & days:
        if words(rule.scope or {}, "sports"):
            made.ban({}, frozenset(closed & days), rule)
        else:
            made.close(frozenset(closed & days), rule)
    if len(days) == 7:
        made.free_rest = max(made.free_rest, count(rule, "min_per_week", 0))


def _unavailable(made: _Bounds, rule: Rule) -> None:
    days = made.days(rule) & made.span(word(rule.params, "from"), word(rule.params, "to"))
    sports, hours = words(rule.params, "sports"), amount(rule.params, "max_hours")
    if "max_hours" not in rule.params and not sports:
        hours = 0.0
    if hours == 0:
        made.close(days, rule)
    elif hours is not None:
        for day in days:
            made.caps[day] = min(made.caps[day], int(60 * hours))
            made.names.add(rule.id)
    if sports and days:
        for sport in SPORTS:
            if sport not in sports:
                made.ban({"sport": sport}, days, rule)


def _place(made: _Bounds, rule: Rule) -> None:
    named = frozenset(WEEKDAYS.index(name) for name in words(rule.params, "weekdays") if name in WEEKDAYS)
    days = (_EVERY - named if word(rule.params, "mode") == "only" else named) & made.days(rule)
    if days:
        made.ban(part(rule.params, "of"), days, rule)


def _sessions(made: _Bounds, rule: Rule) -> None:
    if not made.days(rule):
        return
    most = amount(rule.params, "max")
    for of in _of_sports(part(rule.params, "of"), rule):
        least = count(rule, "min", 0) if len(made.days(rule)) == 7 else 0
        made.counts.append(Count(of, least, None if most is None else int(most), rule.id, rule.severity == "must"))


def _sessions_per_day(made: _Bounds, rule: Rule) -> None:
    made.per_day = min(made.per_day, count(rule, "max", made.per_day))


def _week_volume(made: _Bounds, rule: Rule) -> None:
    days = made.days(rule)
    if not days or words(rule.scope or {}, "sports"):
        return
    most, load = amount(rule.params, "hours_max"), amount(rule.params, "load_max")
    if most is not None:
        made.limit_minutes(int(60 * most))
    if load is not None:
        made.load_max = load if made.load_max is None else min(load, made.load_max)
    if len(days) == 7:
        made.least_minutes = max(made.least_minutes, -int(-60 * (amount(rule.params, "hours_min") or 0.0) // 1))
        made.least_load = max(made.least_load, amount(rule.params, "load_min") or 0.0)


def _ramp(made: _Bounds, rule: Rule) -> None:
    growth, of = amount(rule.params, "max_pct"), word(rule.params, "of") or "hours"
    if growth is None or rule.scope or of == "distance":
        return
    before = _loading_before(made, of)[-RAMP_WEEKS:]
    if not before:
        return
    mean = sum(before) / len(before)
    if of == "load":
        most = mean * (1 + growth / 100)
        made.load_max = most if made.load_max is None else min(most, made.load_max)
    else:
        grace = count(rule, "grace_min", RAMP_GRACE)
        made.limit_minutes(int(mean * (1 + growth / 100) + grace + 1e-9), f"+{growth:g} % of hours")


def _loading_before(made: _Bounds, of: str) -> list[float]:
    """Return the sizes of the loading weeks before, done and planned, the latest last."""
    state, first = made.facts.state, made.facts.request.start
    done: dict[str, float] = {}
    for one in state.history:
        week = monday(one.date)
        done[week] = done.get(week, 0.0) + (one.load if of == "load" else one.minutes)
    if of == "hours":
        done.update(state.week_minutes)
    sizes = [done[week] for week in sorted(done) if week < first and state.is_loading(week)]
    for week in made.weeks:
        if week.place.kind == "load":
            sizes.append(sum(one.load if of == "load" else one.minutes for one in week.sessions))
    return sizes


def _long_session(made: _Bounds, rule: Rule) -> None:
    if not made.days(rule):
        return
    sport, hours = word(rule.params, "sport"), amount(rule.params, "max_hours")
    growth = amount(rule.params, "max_growth_pct")
    if hours is not None:
        made.longs.append(LongLimit(sport, int(60 * hours)))
    if growth is not None:
        before = _longest_before(made, sport)
        if before:
            free = FREE_MINUTES.get(sport, FREE_OTHER)
            made.longs.append(LongLimit(sport, int(max(before * (1 + growth / 100), free) + 1e-9)))


def _longest_before(made: _Bounds, sport: str) -> int:
    """Return the longest session of a sport in the four weeks before; 0 where there is none."""
    since = plus(made.start, -7 * LONGEST_WEEKS)
    placed = (one for week in made.weeks for one in week.sessions)
    done = (one for one in made.facts.state.history if one.date < made.facts.request.start)
    return max((one.minutes for one in (*done, *placed) if one.sport == sport and since <= one.date < made.start),
               default=0)  # fmt: skip


def _hard_spacing(made: _Bounds, rule: Rule) -> None:
    if made.days(rule):
        made.spacings.append(Spacing(count(rule, "min_days", 2), rule.id, _price(rule)))


def _sequence(made: _Bounds, rule: Rule) -> None:
    if made.days(rule):
        first, then = part(rule.params, "first"), part(rule.params, "then")
        days, same = count(rule, "within_days", 1), flag(rule.params, "same_day")
        made.orders.append(Order(first, then, days, same, rule.id, _price(rule)))


def _after_illness(made: _Bounds, rule: Rule) -> None:
    hard, rest = count(rule, "no_hard_days", 0), count(rule, "no_training_days", 0)
    for marker in made.facts.state.markers:
        if marker.kind == "ill":
            last = marker.until or max(marker.since, plus(made.facts.state.today, 1))
            made.close(made.span(marker.since, plus(last, rest)) & made.days(rule), rule)
            made.ban({"hard": True}, made.span(marker.since, plus(last, hard)) & made.days(rule), rule)


def _after_injury(made: _Bounds, rule: Rule) -> None:
    area = word(rule.params, "area").strip().lower()
    for marker in made.facts.state.markers:
        concerned = not area or not marker.area or marker.area.strip().lower() == area
        if marker.kind == "injured" and concerned:
            last = marker.until or max(marker.since, plus(made.facts.state.today, 1))
            days = made.span(marker.since, plus(last, count(rule, "days", 0))) & made.days(rule)
            made.ban({"sport": word(rule.params, "sport")}, days, rule)


def _around_event(made: _Bounds, rule: Rule) -> None:
    def days(event: Event, key: str) -> frozenset[int]:
        n = count(rule, key, 0)
        first, last = (-n, -1) if key.startswith("before") else (1, n)
        return made.span(plus(event.date, first), plus(event.date, last)) & made.days(rule) if n else frozenset()

    for event in made.facts.events:
        if event.priority > word(rule.params, "priority"):
            continue
        made.close(days(event, "before_rest_days") | days(event, "after_rest_days"), rule)
        made.ban({"hard": True}, days(event, "before_no_hard_days") | days(event, "after_no_hard_days"), rule)


def _phase(made: _Bounds, rule: Rule) -> None:
    forbidden = part(rule.params, "forbid")
    if forbidden:
        days = made.span(word(rule.params, "from"), word(rule.params, "to")) & made.days(rule)
        made.ban(forbidden, days, rule)


def _test_every(made: _Bounds, rule: Rule) -> None:
    test, every = word(rule.params, "test"), count(rule, "weeks", 6)
    sport = {"ftp": "ride", "threshold": "run", "css": "swim", "5k": "run"}.get(test)
    done = [one for one in made.facts.state.history if one.purpose == "test" and one.sport == sport]
    planned = [one for week in made.weeks for one in week.sessions if one.purpose == "test" and one.sport == sport]
    last = max((one.date for one in (*done, *planned)), default=made.facts.request.start)
    since = between(monday(last), made.start) // 7
    places = made.facts.places
    follows = places[made.index + 1].kind if made.index + 1 < len(places) else "race"
    if since >= every or (since == every - 1 and follows != "load"):
        made.tests.append(test)


def _heat(made: _Bounds, rule: Rule) -> None:
    above, action, cap = (amount(rule.params, "above_c") or 0.0, word(rule.params, "action"),
                          amount(rule.params, "cap_hours"))  # fmt: skip
    hot = frozenset(n for n in made.days(rule) if made.facts.state.forecast.get(plus(made.start, n), -99.0) > above)
    if action == "no_hard_outdoor" and hot:
        made.ban({"hard": True}, hot, rule)
    if action == "cap" and cap is not None:
        for day in hot:
            made.caps[day] = min(made.caps[day], int(60 * cap))


def _preference(made: _Bounds, rule: Rule) -> None:
    if made.days(rule):
        made.likes.append((part(rule.params, "match"), count(rule, "weight", 0)))


_KINDS: Mapping[str, Callable[[_Bounds, Rule], None]] = {
    "day_hours": _day_hours, "rest_day": _rest_day, "unavailable": _unavailable, "place": _place,
    "sessions": _sessions, "sessions_per_day": _sessions_per_day, "week_volume": _week_volume, "ramp": _ramp,
    "long_session": _long_session, "hard_spacing": _hard_spacing, "sequence": _sequence,
    "after_illness": _after_illness, "after_injury": _after_injury, "around_event": _around_event,
    "phase": _phase, "test_every": _test_every, "heat": _heat, "preference": _preference,
}  # fmt: skip
