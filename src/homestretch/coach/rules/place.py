"""Weekdays of a session: on which a kind of session may lie, or may not."""

from collections.abc import Iterable

from homestretch.coach.checking.days import weekday
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import part, word, words
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.selectors import described, plural, selects
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import capitalised, weekdays
from homestretch.model.coach.rule import Rule, Violation


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    of, days = part(rule.params, "of"), words(rule.params, "weekdays")
    only = word(rule.params, "mode") == "only"
    word_of_mode = "only" if only else "not"
    for session in schedule.sessions:
        day = weekday(session.date)
        if (day in days) != only and selects(of, session):
            text = f"{described(of)} on {day} {session.date}; {word_of_mode} on {', '.join(days)}."
            yield breach(rule, session.date, day, days, [session], text)


def _sentence(rule: Rule) -> str:
    of, days = plural(part(rule.params, "of")), weekdays(words(rule.params, "weekdays"))
    return f"{capitalised(of)} only on {days}." if word(rule.params, "mode") == "only" else f"No {of} on {days}."


KIND = RuleKind(
    key="place",
    title="Weekdays of a session",
    topic="time",
    about="On which weekdays a kind of session may lie, or may not.",
    fields=(
        Field("of", "Sessions", "selector", required=True),
        Field("mode", "Only or never", "choice", choices=("only", "never"), required=True),
        Field("weekdays", "Weekdays", "weekdays", required=True),
    ),
    sentence=_sentence,
    check=_check,
)
