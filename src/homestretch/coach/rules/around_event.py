"""Around an event: days before and after without hard sessions, or without training."""

from collections.abc import Iterable
from itertools import chain

from homestretch.coach.checking.days import between, plus
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import count, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import capitalised, joined, many
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session

_KEYS = ("before_no_hard_days", "before_rest_days", "after_no_hard_days", "after_rest_days")


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    # A means the main goal only, B the important ones too, C every event.
    least = word(rule.params, "priority")
    days = {key: count(rule, key, 0) for key in _KEYS}
    before, after = (max(days[f"{side}_no_hard_days"], days[f"{side}_rest_days"]) for side in ("before", "after"))
    for event in state.events:
        if event.priority > least:
            continue
        window = (plus(event.date, n) for n in chain(range(-before, 0), range(1, after + 1)))
        for session in (one for day in window for one in schedule.days.get(day, ())):
            yield from _of(rule, session, event, days)


def _of(rule: Rule, session: Session, event: Event, days: dict[str, int]) -> Iterable[Violation]:
    gap = between(event.date, session.date)
    side, distance = ("before", -gap) if gap < 0 else ("after", gap)
    where = f"{distance} day(s) {side} {event.name}"
    if distance <= days[f"{side}_rest_days"]:
        limit = days[f"{side}_rest_days"]
        text = f"{session.sport} on {session.date}, {where}; no training within {limit}."
        yield breach(rule, session.date, distance, limit, [session], text)
    elif session.hard and distance <= days[f"{side}_no_hard_days"]:
        limit = days[f"{side}_no_hard_days"]
        text = f"Hard on {session.date}, {where}; nothing hard within {limit}."
        yield breach(rule, session.date, distance, limit, [session], text)


_WHICH = {"A": "your main event", "B": "an A or B event", "C": "any event"}


def _sentence(rule: Rule) -> str:
    said = []
    for key, what in zip(_KEYS, ("nothing hard in", "no training in") * 2, strict=True):
        days = count(rule, key, 0)
        if days:
            said.append(f"{what} the {many(days, 'day')} {key.partition('_')[0]}")
    return f"{capitalised(joined(said) or 'nothing is asked around')} {_WHICH[word(rule.params, 'priority')]}."


KIND = RuleKind(
    key="around_event",
    title="Around an event",
    topic="event",
    about="Days before and after an event without hard sessions, or without training. A means main goals only, C all.",
    fields=(
        Field("priority", "Events", "choice", choices=("A", "B", "C"), required=True),
        Field("before_no_hard_days", "Days before without hard sessions", "integer", high=21, unit="days"),
        Field("before_rest_days", "Days before without training", "integer", high=7, unit="days"),
        Field("after_rest_days", "Days after without training", "integer", high=28, unit="days"),
        Field("after_no_hard_days", "Days after without hard sessions", "integer", high=42, unit="days"),
    ),
    sentence=_sentence,
    check=_check,
    any_of=("before_no_hard_days", "before_rest_days", "after_rest_days", "after_no_hard_days"),
)
