"""Sessions a day: how many, and how far apart. Mobility is free."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from homestretch.coach.checking.days import minute_of_day
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import figure, many
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    most, gap = amount(rule.params, "max"), amount(rule.params, "min_gap_h")
    for day, sessions in schedule.days.items():
        held = [one for one in sessions if one.purpose != "mobility"]
        if most is not None and len(held) > most:
            yield breach(rule, day, len(held), most, held, f"{len(held)} sessions on {day}, at most {most:g}.")
        if gap is not None:
            yield from _close(rule, day, held, gap)


def _close(rule: Rule, day: str, sessions: Sequence[Session], gap: float) -> Iterable[Violation]:
    timed = [(start, one) for one in sessions if (start := minute_of_day(one.start)) is not None]
    for (start, first), (then, second) in pairwise(sorted(timed, key=lambda pair: pair[0])):
        free = (then - start - first.minutes) / 60
        if free < gap:
            text = f"{figure(free)} h between two sessions on {day}, at least {figure(gap)} h."
            yield breach(rule, day, round(free, 2), gap, (first, second), text)


def _sentence(rule: Rule) -> str:
    most, gap = amount(rule.params, "max") or 0, amount(rule.params, "min_gap_h")
    apart = "" if gap is None else f", at least {figure(gap)} h apart"
    return f"At most {many(most, 'session')} a day{apart}; mobility is free."


KIND = RuleKind(
    key="sessions_per_day",
    title="Sessions a day",
    topic="time",
    about="How many sessions a day may have, and how far apart they are. Mobility is free.",
    fields=(
        Field("max", "At most", "integer", low=1, high=4, required=True),
        Field("min_gap_h", "Hours between them, at least", "number", high=16, unit="h"),
    ),
    sentence=_sentence,
    check=_check,
)
