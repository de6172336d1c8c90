"""Times of day: when a session may begin and must end."""

from collections.abc import Iterable

from homestretch.coach.checking.days import minute_of_day, weekday
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach, unchecked
from homestretch.coach.checking.params import word, words
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import capitalised, joined, weekdays
from homestretch.model.coach.rule import Rule, Violation

#: A session may end after midnight; what is closed without an end stays closed that day.
_DAY = 24 * 60


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    days, limit = words(rule.params, "weekdays"), _limit(rule)
    concerned = [one for one in schedule.sessions if weekday(one.date) in days and one.date >= state.today]
    timed = [(start, one) for one in concerned if (start := minute_of_day(one.start)) is not None]
    for start, session in timed:
        if _collides(rule, start, start + session.minutes):
            text = f"{session.start} on {session.date} for {session.minutes} min; {limit} is asked for."
            yield breach(rule, session.date, session.start, limit, [session], text)
    timeless = [one for one in concerned if minute_of_day(one.start) is None]
    if timeless:
        text = f"{len(timeless)} session(s) on {weekdays(days)} have no start time: not checked."
        yield unchecked(rule, timeless[0].date, limit, text, timeless)


def _collides(rule: Rule, start: int, end: int) -> bool:
    opens, closes, busy, free = (minute_of_day(word(rule.params, key)) for key in ("from", "to", "not_from", "not_to"))
    outside = (opens is not None and start < opens) or (closes is not None and end > closes)
    return outside or (busy is not None and end > busy and start < (_DAY if free is None else free))


def _limit(rule: Rule) -> str:
    opens, closes, busy, free = (word(rule.params, key) for key in ("from", "to", "not_from", "not_to"))
    parts = []
    if opens:
        parts.append(f"not before {opens}")
    if closes:
        parts.append(f"done by {closes}")
    if busy:
        parts.append(f"not from {busy} to {free}" if free else f"not after {busy}")
    return joined(parts)


def _sentence(rule: Rule) -> str:
    return capitalised(f"{_limit(rule)} on {weekdays(words(rule.params, 'weekdays'))}.")


KIND = RuleKind(
    key="time_window",
    title="Times of day",
    topic="time",
    about="When sessions may begin and must end. Sessions without a start time are not checked.",
    fields=(
        Field("weekdays", "Weekdays", "weekdays", required=True),
        Field("from", "Not before", "time"),
        Field("to", "Done by", "time"),
        Field("not_from", "Busy from", "time"),
        Field("not_to", "Busy to", "time"),
    ),
    sentence=_sentence,
    check=_check,
    any_of=("from", "to", "not_from"),
)
