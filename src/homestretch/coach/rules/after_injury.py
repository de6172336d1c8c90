"""After an injury: a sport rests for days."""

from collections.abc import Iterable

from homestretch.coach.checking.days import between, plus
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import count, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import Marker, State
from homestretch.coach.checking.wording import many
from homestretch.model.coach.rule import Rule, Violation


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    sport, days = word(rule.params, "sport"), count(rule, "days", 0)
    for marker in state.markers:
        if marker.kind != "injured" or not _concerns(rule, marker):
            continue
        last = marker.until if marker.until is not None else max(marker.since, plus(state.today, 1))
        for session in schedule.sessions:
            if session.sport != sport or session.date < marker.since:
                continue
            after = max(0, between(last, session.date))
            if after <= days:
                since = f"{after} day(s) after an injury, none before day {days + 1}" if after else "while injured"
                yield breach(rule, session.date, after, days, [session], f"{sport} on {session.date}, {since}.")


def _concerns(rule: Rule, marker: Marker) -> bool:
    """Return whether an injury is one that the rule means; where either names no place, it is."""
    area = word(rule.params, "area").strip().lower()
    return not area or not marker.area or marker.area.strip().lower() == area


def _sentence(rule: Rule) -> str:
    area, days = word(rule.params, "area"), count(rule, "days", 0)
    where = f" ({area})" if area else ""
    return f"No {word(rule.params, 'sport')} during an injury{where}, nor for {many(days, 'day')} after."


KIND = RuleKind(
    key="after_injury",
    title="After an injury",
    topic="body",
    about="How long a sport rests after an injury that was marked; while it lasts there is none.",
    fields=(
        Field("sport", "Sport", "sport", required=True),
        Field("days", "Days after", "integer", high=180, required=True, unit="days"),
        Field("area", "Where", "text", help="Such as knee; empty for any."),
    ),
    sentence=_sentence,
    check=_check,
)
