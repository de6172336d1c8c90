"""After an illness: days without hard sessions, or without training."""

from collections.abc import Iterable

from homestretch.coach.checking.days import between, plus
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import count
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import Marker, State
from homestretch.coach.checking.wording import joined, many
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session


def last_day(marker: Marker, today: str) -> str:
    """Return the last day of a mark; what has not ended lasts until tomorrow at least."""
    return marker.until if marker.until is not None else max(marker.since, plus(today, 1))


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    for marker in state.markers:
        if marker.kind == "ill":
            for session in schedule.sessions:
                if session.date >= marker.since:
                    yield from _of(rule, session, marker, last_day(marker, state.today))


def _of(rule: Rule, session: Session, marker: Marker, last: str) -> Iterable[Violation]:
    day, after = session.date, between(last, session.date)
    hard, rest = count(rule, "no_hard_days", 0), count(rule, "no_training_days", 0)
    if after <= 0:
        text = f"{session.sport} on {day} while ill since {marker.since}."
        yield breach(rule, day, 0, rest, [session], text)
    elif after <= rest:
        text = f"{session.sport} on {day}, {after} day(s) after illness, none before day {rest + 1}."
        yield breach(rule, day, after, rest, [session], text)
    elif session.hard and after <= hard:
        text = f"Hard on {day}, {after} day(s) after illness, none before day {hard + 1}."
        yield breach(rule, day, after, hard, [session], text)


def _sentence(rule: Rule) -> str:
    hard, rest = count(rule, "no_hard_days", 0), count(rule, "no_training_days", 0)
    said = ["no training while ill"]
    if rest:
        said.append(f"none for {many(rest, 'day')} after")
    said.append(f"nothing hard for {many(hard, 'day')} after")
    return joined(said).capitalize() + "."


KIND = RuleKind(
    key="after_illness",
    title="After an illness",
    topic="body",
    about="How training starts again after an illness that was marked; while it lasts there is none.",
    fields=(
        Field("no_hard_days", "Days without hard sessions", "integer", high=28, required=True, unit="days"),
        Field("no_training_days", "Days without training", "integer", high=28, unit="days"),
    ),
    sentence=_sentence,
    check=_check,
)
