"""What may not follow what: a session within days after another."""

from collections.abc import Iterable

from homestretch.coach.checking.days import between
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import count, flag, part
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.selectors import named, plural, selects
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import many
from homestretch.model.coach.rule import Rule, Violation


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    first, then = part(rule.params, "first"), part(rule.params, "then")
    most, least = count(rule, "within_days", 1), 0 if flag(rule.params, "same_day") else 1
    earlier = [one for one in (*state.history, *schedule.sessions) if selects(first, one)]
    for later in schedule.sessions:
        if not selects(then, later):
            continue
        for one in earlier:
            gap = between(one.date, later.date)
            if least <= gap <= most and one is not later:
                text = f"{named(later)} on {later.date} follows {named(one)} on {one.date} within {most} day(s)."
                yield breach(rule, later.date, gap, most, (one, later), text)


def _sentence(rule: Rule) -> str:
    first, then = plural(part(rule.params, "first")), plural(part(rule.params, "then"))
    most = count(rule, "within_days", 1)
    same = " or on the same day" if flag(rule.params, "same_day") else ""
    return f"No {then} within {many(most, 'day')} after {first}{same}."


KIND = RuleKind(
    key="sequence",
    title="What may not follow what",
    topic="hard",
    about="A kind of session may not come within days after another.",
    fields=(
        Field("first", "After", "selector", required=True),
        Field("then", "None of", "selector", required=True),
        Field("within_days", "Within days", "integer", high=7, required=True, unit="days"),
        Field("same_day", "On the same day neither", "flag", default=False),
    ),
    sentence=_sentence,
    check=_check,
)
