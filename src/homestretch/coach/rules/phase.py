"""Phases: which weeks are base, build or taper, and what they may not hold."""

from collections.abc import Iterable

from homestretch.coach.checking.days import plus
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach, unchecked
from homestretch.coach.checking.params import part, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.selectors import described, plural, selects
from homestretch.coach.checking.state import State
from homestretch.model.coach.rule import Rule, Violation

_LAST = "9999-12-31"


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    name, since, until = word(rule.params, "name"), word(rule.params, "from"), word(rule.params, "to") or _LAST
    concerned = [start for start in schedule.weeks if since <= start and plus(start, 6) <= until]
    unnamed = [start for start in concerned if start not in state.weeks or state.weeks[start].phase is None]
    for start in concerned:
        phase = state.weeks[start].phase if start in state.weeks else None
        # A plan's last week is the race's: it belongs to the taper or the peak.
        is_right = phase == name or (phase in ("race", "taper") and name in ("taper", "peak"))
        if phase is not None and not is_right:
            yield breach(rule, start, phase, name, (), f"Week of {start} is {phase}, {name} is asked for.")
    if unnamed:
        yield unchecked(rule, unnamed[0], name, f"The phase of {len(unnamed)} week(s) is not known: not checked.")
    forbidden = part(rule.params, "forbid")
    for session in schedule.sessions if forbidden else ():
        if since <= session.date <= until and selects(forbidden, session):
            text = f"{described(forbidden)} on {session.date}, not in {name}."
            yield breach(rule, session.date, 1, 0, [session], text)


def _sentence(rule: Rule) -> str:
    name, since, until = (word(rule.params, key) for key in ("name", "from", "to"))
    forbidden = part(rule.params, "forbid")
    when = " ".join(text for text in (since and f"from {since}", until and f"until {until}") if text)
    return f"{name.capitalize()} {when}" + (f", without {plural(forbidden)}." if forbidden else ".")


KIND = RuleKind(
    key="phase",
    title="Phase",
    topic="event",
    about="Which phase the weeks from a day or until a day belong to, and what they may not hold.",
    fields=(
        Field("name", "Phase", "choice", choices=("transition", "base", "build", "peak", "taper"), required=True),
        Field("forbid", "Without", "selector"),
        Field("from", "From", "date"),
        Field("to", "To", "date"),
    ),
    sentence=_sentence,
    check=_check,
    any_of=("from", "to"),
)
