"""Taper: how much the load falls before an event."""

from collections.abc import Iterable

from homestretch.coach.checking.days import monday, plus
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, count, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.sums import loading_before, mean, week_sizes
from homestretch.coach.checking.wording import figure, many
from homestretch.model.coach.rule import Rule, Violation

#: So many loading weeks before are what the taper is compared with, within this part.
_WEEKS, _SLACK = 3, 1.08


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    days, cut = count(rule, "days", 14), amount(rule.params, "cut_pct") or 0.0
    sizes = week_sizes(schedule, state, "load")
    for event in state.events:
        if event.priority != (word(rule.params, "priority") or "A") or not schedule.holds(plus(event.date, -1)):
            continue
        first = plus(event.date, -days)
        before = loading_before(sizes, monday(first), state, _WEEKS)
        usual = mean(before) / 7
        window = [plus(first, n) for n in range(days)]
        load = sum(one.load for day in window for one in schedule.days.get(day, ())) / days
        limit = (1 - cut / 100) * usual
        if before and load > limit * _SLACK + 1e-9:
            text = (
                f"Load of {load:.0f} a day in the {days} days before {event.name}, "
                f"at most {limit:.0f} (a cut of {figure(cut)} % on {usual:.0f})."
            )
            yield breach(rule, first, round(load, 1), round(limit, 1), (), text)


def _sentence(rule: Rule) -> str:
    days, cut = count(rule, "days", 14), amount(rule.params, "cut_pct") or 0.0
    which = word(rule.params, "priority") or "A"
    return (
        f"In the {many(days, 'day')} before {'an' if which == 'A' else 'a'} {which} event the load falls to "
        f"{figure(100 - cut)} % (a cut of {figure(cut)} %)."
    )


KIND = RuleKind(
    key="taper",
    title="Taper",
    topic="event",
    about="How long before an event the load falls, and by how much.",
    fields=(
        Field("days", "Days before", "integer", low=3, high=28, required=True, unit="days"),
        Field("cut_pct", "Cut of the load", "number", low=10, high=80, required=True, unit="%"),
        Field("priority", "Before events of priority", "choice", choices=("A", "B"), default="A"),
    ),
    sentence=_sentence,
    check=_check,
)
