"""Whether rules that must hold can all hold in one week, before anything is planned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from homestretch.coach.checking.params import amount, part, word, words
from homestretch.coach.checking.selectors import Selector, plural
from homestretch.coach.checking.wording import NAMES, capitalised, figure, hours, joined, many, weekdays
from homestretch.model.coach.rule import WEEKDAYS, Rule, Weekday

#: Without a rule a day has so many minutes; with less than the second number it holds no session.
_FREE_MIN, _LEAST_MIN = 600.0, 30
_PER_DAY = 2


@dataclass(slots=True)
class _Week:
    """What the rules leave of a week: minutes by weekday, and what is asked for."""

    caps: dict[str, float] = field(default_factory=lambda: dict.fromkeys(WEEKDAYS, _FREE_MIN))
    rest: int = 0
    per_day: int = _PER_DAY
    spacing: int = 1
    hours_max: float | None = None
    hours_min: float | None = None
    load_max: float | None = None
    load_min: float | None = None
    wanted: list[tuple[Selector, int]] = field(default_factory=list)
    most: list[tuple[Selector, int]] = field(default_factory=list)
    places: list[tuple[Selector, frozenset[Weekday]]] = field(default_factory=list)
    fixed: list[Rule] = field(default_factory=list)

    @property
    def usable(self) -> list[Weekday]:
        """The weekdays that may hold a session, by the minutes they have, the most first."""
        return sorted((day for day in WEEKDAYS if self.caps[day] >= _LEAST_MIN), key=lambda day: -self.caps[day])

    @property
    def days(self) -> int:
        """How many days may be used."""
        return min(len(self.usable), 7 - self.rest)

    @property
    def capacity(self) -> float:
        """The hours that a week has."""
        return sum(self.caps[day] for day in self.usable[: self.days]) / 60

    def allowed(self, selector: Selector) -> frozenset[Weekday]:
        """Return the weekdays on which sessions of a selector may lie."""
        days = frozenset(self.usable)
        for of, where in self.places:
            if all(selector.get(key) == value for key, value in of.items()):
                days &= where
        return days


def _least(first: float | None, then: float | None) -> float | None:
    return then if first is None else first if then is None else min(first, then)


def _largest(first: float | None, then: float | None) -> float | None:
    return then if first is None else first if then is None else max(first, then)


def _read(rules: Iterable[Rule]) -> _Week:
    week = _Week()
    for rule in rules:
        _add(week, rule)
        _add_wishes(week, rule)
    return week


def _add(week: _Week, rule: Rule) -> None:
    """Add what a rule leaves of the days."""
    params = rule.params
    if rule.kind == "day_hours":
        for day in WEEKDAYS:
            cap = amount(part(params, "hours"), day)
            week.caps[day] = week.caps[day] if cap is None else min(week.caps[day], 60 * cap)
    if rule.kind == "rest_day":
        week.caps.update(dict.fromkeys(words(params, "weekdays"), 0.0))
        week.rest = max(week.rest, int(amount(params, "min_per_week") or 0))
    if rule.kind == "sessions_per_day":
        week.per_day = min(week.per_day, int(amount(params, "max") or _PER_DAY))
    if rule.kind == "hard_spacing":
        week.spacing = max(week.spacing, int(amount(params, "min_days") or 1))
    if rule.kind == "place":
        days = frozenset(
            day for day in WEEKDAYS if (day in words(params, "weekdays")) == (word(params, "mode") == "only")
        )
        week.places.append((part(params, "of"), days))


def _add_wishes(week: _Week, rule: Rule) -> None:
    """Add what a rule asks for."""
    params = rule.params
    if rule.kind == "week_volume":
        week.hours_max = _least(week.hours_max, amount(params, "hours_max"))
        week.hours_min = _largest(week.hours_min, amount(params, "hours_min"))
        week.load_max = _least(week.load_max, amount(params, "load_max"))
        week.load_min = _largest(week.load_min, amount(params, "load_min"))
    if rule.kind == "sessions":
        least, most = amount(params, "min"), amount(params, "max")
        if least is not None:
            week.wanted.append((part(params, "of"), int(least)))
        if most is not None:
            week.most.append((part(params, "of"), int(most)))
    if rule.kind == "fixed_session":
        week.fixed.append(rule)


def why_not(rules: Sequence[Rule]) -> str:
    """Return why rules can't all hold in one week, with the arithmetic; "" where they can, as far as is seen."""
    week = _read(rules)
    for test in (_fixed, _volume, _counts, _places, _hard):
        reason = test(week)
        if reason:
            return reason
    return ""


def _minutes(rule: Rule) -> float:
    """Return the minutes of a fixed session; one whose length is not known takes as little as a session can."""
    long = amount(rule.params, "hours")
    return _LEAST_MIN if long is None else 60 * long


def _fixed(week: _Week) -> str:
    for day in WEEKDAYS:
        held = [rule for rule in week.fixed if word(rule.params, "weekday") == day]
        needed = sum(_minutes(rule) for rule in held)
        if needed > week.caps[day]:
            names = joined([word(rule.params, "name") for rule in held])
            has = hours(week.caps[day] / 60)
            return f"{capitalised(names)} takes {hours(needed / 60)} on {NAMES[day]}, which has {has}."
    days = {word(rule.params, "weekday") for rule in week.fixed}
    if len(days) > week.days:
        return f"Fixed sessions lie on {many(len(days), 'day')}, {many(week.days, 'day')} can be used."
    return ""


def _volume(week: _Week) -> str:
    fixed = sum(_minutes(rule) for rule in week.fixed) / 60
    if week.hours_max is not None and fixed > week.hours_max:
        return f"Fixed sessions take {hours(fixed)}, at most {hours(week.hours_max)} a week are allowed."
    most = week.capacity if week.hours_max is None else min(week.capacity, week.hours_max)
    if week.hours_min is not None and week.hours_min > most:
        return f"{hours(most)} fit into a week, at least {hours(week.hours_min)} are asked for."
    if week.load_min is not None and week.load_max is not None and week.load_min > week.load_max:
        return f"A load of at least {figure(week.load_min)} and of at most {figure(week.load_max)} is asked for."
    return ""


def _counts(week: _Week) -> str:
    by_sport: dict[str, int] = {}
    for of, least in week.wanted:
        sport = word(of, "sport")
        by_sport[sport] = max(by_sport.get(sport, 0), least)
    # Sessions of different sports are different ones; a hard session may be any of them.
    of_any, summed = by_sport.pop("", 0), sum(by_sport.values())
    room, wanted = week.days * week.per_day, max(of_any, summed)
    if wanted > room:
        places = f"{many(week.days, 'day')} with {week.per_day} each hold {room}"
        return f"{many(wanted, 'session')} a week are asked for, {places}."
    for of, least in week.wanted:
        for limit_of, most in week.most:
            if least > most and all(of.get(key) == value for key, value in limit_of.items()):
                return f"At least {least} {plural(of)} are asked for, at most {most} {plural(limit_of)} allowed."
    return ""


def _places(week: _Week) -> str:
    for of, least in week.wanted:
        days = min(len(week.allowed(of)), week.days)
        if least > days * week.per_day:
            return f"{least} {plural(of)} a week are asked for, {many(days, 'day')} can hold them."
    for rule in week.fixed:
        like: Selector = {"sport": rule.params.get("sport"), "hard": word(rule.params, "treat_as") == "hard"}
        day = word(rule.params, "weekday")
        if day in week.usable and day not in week.allowed(like):
            return f"{word(rule.params, 'name')} is on {NAMES[day]}, where {plural(like)} may not lie."
    return ""


def _hard(week: _Week) -> str:
    wanted = max((least for of, least in week.wanted if of.get("hard") is True), default=0)
    fixed = {word(rule.params, "weekday") for rule in week.fixed if word(rule.params, "treat_as") == "hard"}
    wanted = max(wanted, len(fixed))
    days = week.allowed({"hard": True}) | fixed
    if not wanted or (week.spacing < 2 and len(days) >= wanted):
        return ""
    numbers = [number for number, day in enumerate(WEEKDAYS) if day in days]
    needed = {number for number, day in enumerate(WEEKDAYS) if day in fixed}
    for chosen in combinations(numbers, wanted):
        if needed <= set(chosen) and _apart(chosen, week.spacing):
            return ""
    where = weekdays([WEEKDAYS[number] for number in numbers]) or "no day"
    return f"{many(wanted, 'hard session')} a week don't fit on {where}, {many(week.spacing, 'day')} apart."


def _apart(chosen: Sequence[int], spacing: int) -> bool:
    """Return whether days of a week that repeats are so far apart."""
    following = (*chosen[1:], chosen[0] + 7) if chosen else ()
    return all(then - first >= spacing for first, then in zip(chosen, following, strict=True))
