"""What each kind of rule means for a week that is being planned: one function a kind."""

from collections.abc import Callable, Mapping

from homestretch.coach.checking.days import between, monday, plus
from homestretch.coach.checking.params import amount, count, flag, part, word, words
from homestretch.coach.planner.gather import EVERY, Bounds, of_sports, price
from homestretch.coach.planner.week.conditions import Count, LongLimit, Order, Spacing
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import SPORTS, WEEKDAYS, Rule

#: A session of a sport up to so many minutes may always come.
FREE_MINUTES: Mapping[str, int] = {"ride": 90}
FREE_OTHER, LONGEST_WEEKS, RAMP_WEEKS, RAMP_GRACE = 45, 4, 4, 30


def _day_hours(made: Bounds, rule: Rule) -> None:
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


def _rest_day(made: Bounds, rule: Rule) -> None:
    days = made.days(rule)
    closed = {WEEKDAYS.index(name) for name in words(rule.params, "weekdays") if name in WEEKDAYS}
    if closed & days:
        if words(rule.scope or {}, "sports"):
            made.ban({}, frozenset(closed & days), rule)
        else:
            made.close(frozenset(closed & days), rule)
    if len(days) == 7:
        made.free_rest = max(made.free_rest, count(rule, "min_per_week", 0))


def _unavailable(made: Bounds, rule: Rule) -> None:
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


def _place(made: Bounds, rule: Rule) -> None:
    named = frozenset(WEEKDAYS.index(name) for name in words(rule.params, "weekdays") if name in WEEKDAYS)
    days = (EVERY - named if word(rule.params, "mode") == "only" else named) & made.days(rule)
    if days:
        made.ban(part(rule.params, "of"), days, rule)


def _sessions(made: Bounds, rule: Rule) -> None:
    if not made.days(rule):
        return
    most = amount(rule.params, "max")
    for of in of_sports(part(rule.params, "of"), rule):
        least = count(rule, "min", 0) if len(made.days(rule)) == 7 else 0
        made.counts.append(Count(of, least, None if most is None else int(most), rule.id, rule.severity == "must"))


def _sessions_per_day(made: Bounds, rule: Rule) -> None:
    made.per_day = min(made.per_day, count(rule, "max", made.per_day))


def _week_volume(made: Bounds, rule: Rule) -> None:
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


def _ramp(made: Bounds, rule: Rule) -> None:
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


def _loading_before(made: Bounds, of: str) -> list[float]:
    """Return the sizes of the loading weeks before, done and planned, the latest last."""
    state, first = made.facts.state, made.facts.request.start
    done: dict[str, float] = {}
    for one in state.history:
        week = monday(one.date)
        done[week] = done.get(week, 0.0) + (one.load if of == "load" else one.minutes)
    if of == "hours":
        done.update(state.week_minutes)
    sizes = [done[week] for week in sorted(done) if week < first and state.is_loading(week)]
    loading = (week.sessions for week in made.weeks if week.place.kind == "load")
    sizes += [sum(one.load if of == "load" else one.minutes for one in sessions) for sessions in loading]
    return sizes


def _long_session(made: Bounds, rule: Rule) -> None:
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


def _longest_before(made: Bounds, sport: str) -> int:
    """Return the longest session of a sport in the four weeks before; 0 where there is none."""
    since = plus(made.start, -7 * LONGEST_WEEKS)
    placed = (one for week in made.weeks for one in week.sessions)
    done = (one for one in made.facts.state.history if one.date < made.facts.request.start)
    return max((one.minutes for one in (*done, *placed) if one.sport == sport and since <= one.date < made.start),
               default=0)  # fmt: skip


def _hard_spacing(made: Bounds, rule: Rule) -> None:
    if made.days(rule):
        made.spacings.append(Spacing(count(rule, "min_days", 2), rule.id, price(rule)))


def _sequence(made: Bounds, rule: Rule) -> None:
    if made.days(rule):
        first, then = part(rule.params, "first"), part(rule.params, "then")
        days, same = count(rule, "within_days", 1), flag(rule.params, "same_day")
        made.orders.append(Order(first, then, days, same, rule.id, price(rule)))


def _after_illness(made: Bounds, rule: Rule) -> None:
    hard, rest = count(rule, "no_hard_days", 0), count(rule, "no_training_days", 0)
    for marker in made.facts.state.markers:
        if marker.kind == "ill":
            last = marker.until or max(marker.since, plus(made.facts.state.today, 1))
            made.close(made.span(marker.since, plus(last, rest)) & made.days(rule), rule)
            made.ban({"hard": True}, made.span(marker.since, plus(last, hard)) & made.days(rule), rule)


def _after_injury(made: Bounds, rule: Rule) -> None:
    area = word(rule.params, "area").strip().lower()
    for marker in made.facts.state.markers:
        concerned = not area or not marker.area or marker.area.strip().lower() == area
        if marker.kind == "injured" and concerned:
            last = marker.until or max(marker.since, plus(made.facts.state.today, 1))
            days = made.span(marker.since, plus(last, count(rule, "days", 0))) & made.days(rule)
            made.ban({"sport": word(rule.params, "sport")}, days, rule)


def _around_event(made: Bounds, rule: Rule) -> None:
    def days(event: Event, key: str) -> frozenset[int]:
        n = count(rule, key, 0)
        first, last = (-n, -1) if key.startswith("before") else (1, n)
        return made.span(plus(event.date, first), plus(event.date, last)) & made.days(rule) if n else frozenset()

    for event in made.facts.events:
        if event.priority > word(rule.params, "priority"):
            continue
        made.close(days(event, "before_rest_days") | days(event, "after_rest_days"), rule)
        made.ban({"hard": True}, days(event, "before_no_hard_days") | days(event, "after_no_hard_days"), rule)


def _phase(made: Bounds, rule: Rule) -> None:
    forbidden = part(rule.params, "forbid")
    if forbidden:
        days = made.span(word(rule.params, "from"), word(rule.params, "to")) & made.days(rule)
        made.ban(forbidden, days, rule)


def _test_every(made: Bounds, rule: Rule) -> None:
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


def _heat(made: Bounds, rule: Rule) -> None:
    above, action, cap = (amount(rule.params, "above_c") or 0.0, word(rule.params, "action"),
                          amount(rule.params, "cap_hours"))  # fmt: skip
    hot = frozenset(n for n in made.days(rule) if made.facts.state.forecast.get(plus(made.start, n), -99.0) > above)
    if action == "no_hard_outdoor" and hot:
        made.ban({"hard": True}, hot, rule)
    if action == "cap" and cap is not None:
        for day in hot:
            made.caps[day] = min(made.caps[day], int(60 * cap))


def _preference(made: Bounds, rule: Rule) -> None:
    if made.days(rule):
        made.likes.append((part(rule.params, "match"), count(rule, "weight", 0)))


KINDS: Mapping[str, Callable[[Bounds, Rule], None]] = {
    "day_hours": _day_hours, "rest_day": _rest_day, "unavailable": _unavailable, "place": _place,
    "sessions": _sessions, "sessions_per_day": _sessions_per_day, "week_volume": _week_volume, "ramp": _ramp,
    "long_session": _long_session, "hard_spacing": _hard_spacing, "sequence": _sequence,
    "after_illness": _after_illness, "after_injury": _after_injury, "around_event": _around_event,
    "phase": _phase, "test_every": _test_every, "heat": _heat, "preference": _preference,
}  # fmt: skip
