"""Hours by weekday: how long training may take on a day."""

from collections.abc import Iterable

from homestretch.coach.checking.days import weekday
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, part
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import capitalised, clock, hours, joined, weekdays
from homestretch.model.coach.rule import WEEKDAYS, Rule, Violation


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    caps = part(rule.params, "hours")
    for day, held in schedule.days.items():
        cap = amount(caps, weekday(day))
        minutes = sum(one.minutes for one in held)
        if cap is not None and minutes > 60 * cap:
            text = f"{clock(minutes)} planned on {weekday(day)} {day}, you have {clock(60 * cap)}."
            yield breach(rule, day, round(minutes / 60, 2), cap, held, text)


def _sentence(rule: Rule) -> str:
    caps = part(rule.params, "hours")
    by_cap: dict[float, list[str]] = {}
    for day in WEEKDAYS:
        cap = amount(caps, day)
        if cap is not None:
            by_cap.setdefault(cap, []).append(day)
    parts = [f"{'no time' if not cap else f'{hours(cap)} at most'} on {weekdays(days)}" for cap, days in by_cap.items()]
    return f"{capitalised(joined(parts))}."


KIND = RuleKind(
    key="day_hours",
    title="Time on weekdays",
    topic="time",
    about="How long training may take on each day of the week.",
    fields=(Field("hours", "Hours by weekday", "hours_by_day", required=True, unit="h"),),
    sentence=_sentence,
    check=_check,
)
