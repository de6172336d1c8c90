"""Days between hard sessions, those that were done included."""

from collections.abc import Iterable
from itertools import pairwise

from homestretch.coach.checking.days import between
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import count
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import many
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    least = count(rule, "min_days", 2)
    hard: dict[str, list[Session]] = {}
    for one in (*state.history, *schedule.sessions):
        if one.hard and (not schedule.sports or one.sport in schedule.sports):
            hard.setdefault(one.date, []).append(one)
    for first, then in pairwise(sorted(hard)):
        gap = between(first, then)
        if gap < least and then >= state.today and schedule.holds(then):
            text = f"Hard on {first} and again on {then}: {gap} day(s) apart, at least {least} wanted."
            yield breach(rule, then, gap, least, (*hard[first], *hard[then]), text)


def _sentence(rule: Rule) -> str:
    least = count(rule, "min_days", 2)
    if least == 2:
        return "No hard sessions on two days in a row."
    return f"Hard sessions are at least {many(least, 'day')} apart."


KIND = RuleKind(
    key="hard_spacing",
    title="Days between hard sessions",
    topic="hard",
    about="How many days lie between hard days; what was done counts as well.",
    fields=(Field("min_days", "Days from one to the next, at least", "integer", low=1, high=7, required=True),),
    sentence=_sentence,
    check=_check,
)
