"""Easy and hard: which part of the time is easy."""

from collections.abc import Iterable

from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, count
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.sums import EASY, easy_minutes
from homestretch.coach.checking.wording import figure, many
from homestretch.model.coach.rule import Rule, Violation


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    least, weeks = amount(rule.params, "low_min_pct") or 0.0, count(rule, "window_weeks", 1)
    starts = [*schedule.weeks]
    sums = [
        (sum(one.minutes for one in held), sum(easy_minutes(one) for one in held)) for held in schedule.weeks.values()
    ]
    for at in range(len(starts) - weeks + 1):
        window = sums[at : at + weeks]
        total, easy = sum(one for one, _ in window), sum(one for _, one in window)
        if total and 100 * easy < least * total - 1e-6:
            part = 100 * easy / total
            span = f"Week of {starts[at]}" if weeks == 1 else f"{weeks} weeks from {starts[at]}"
            text = f"{span}: {part:.0f} % of the time is easy, at least {figure(least)} %."
            yield breach(rule, starts[at], round(part, 1), least, (), text)


def _sentence(rule: Rule) -> str:
    least, weeks = amount(rule.params, "low_min_pct") or 0.0, count(rule, "window_weeks", 1)
    span = "week" if weeks == 1 else many(weeks, "week")
    return f"At least {figure(least)} % of the time of each {span} is easy (under {100 * EASY:.0f} % of threshold)."


KIND = RuleKind(
    key="intensity_mix",
    title="Easy and hard",
    topic="hard",
    about="Which part of the time is easy: by time, not by sessions.",
    fields=(
        Field("low_min_pct", "Easy, at least", "number", low=50, high=100, required=True, unit="%"),
        Field("window_weeks", "Over so many weeks", "integer", low=1, high=8, default=1, unit="weeks"),
    ),
    sentence=_sentence,
    check=_check,
)
