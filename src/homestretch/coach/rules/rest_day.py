"""Rest days: weekdays without training, or so many days of each week."""

from collections.abc import Iterable

from homestretch.coach.checking.days import plus, weekday
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, words
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import joined, many, weekdays
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    closed, allowed = words(rule.params, "weekdays"), words(rule.params, "allow")
    days = {day: held for day, sessions in schedule.days.items() if (held := _training(sessions, allowed))}
    for day, held in days.items():
        if weekday(day) in closed:
            text = f"{day} is a {weekday(day)}, a rest day, and holds {len(held)} session(s)."
            yield breach(rule, day, len(held), 0, held, text)
    least = amount(rule.params, "min_per_week")
    if least is not None:
        for start, _ in schedule.whole():
            rest = sum(plus(start, n) not in days for n in range(7))
            if rest < least:
                yield breach(rule, start, rest, least, (), f"Week of {start}: {rest} rest day(s), at least {least:g}.")


def _training(sessions: Iterable[Session], allowed: tuple[str, ...]) -> list[Session]:
    return [one for one in sessions if one.purpose not in allowed and one.sport not in allowed]


def _sentence(rule: Rule) -> str:
    closed, least = words(rule.params, "weekdays"), amount(rule.params, "min_per_week")
    parts = [f"No training on {weekdays(closed)}"] if closed else []
    if least is not None:
        parts.append(f"{'at' if parts else 'At'} least {many(least, 'rest day')} a week")
    allowed = words(rule.params, "allow")
    return joined(parts) + (f"; {joined(allowed)} is allowed." if allowed else ".")


KIND = RuleKind(
    key="rest_day",
    title="Rest days",
    topic="time",
    about="Weekdays without training, or how many days of a week are free.",
    fields=(
        Field("weekdays", "Weekdays", "weekdays"),
        Field("min_per_week", "Rest days a week, at least", "integer", high=6),
        Field("allow", "Allowed all the same", "texts", help="Sports or purposes, such as mobility."),
    ),
    sentence=_sentence,
    check=_check,
    any_of=("weekdays", "min_per_week"),
)
