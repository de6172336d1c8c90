"""Away or busy: days with little time, with some sports only, or without training."""

from collections.abc import Iterable

from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, word, words
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import clock, figure, hours, joined
from homestretch.model.coach.rule import Rule, Violation


def _cap(rule: Rule) -> float | None:
    """Return the hours that a day has; 0 where neither hours nor sports are given, None where that is not known yet."""
    open_or_given = "max_hours" in rule.params or words(rule.params, "sports")
    return amount(rule.params, "max_hours") if open_or_given else 0.0


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    since, until, label = (word(rule.params, key) for key in ("from", "to", "label"))
    cap, sports = _cap(rule), words(rule.params, "sports")
    away = f" ({label})" if label else ""
    for day, held in schedule.days.items():
        if not since <= day <= until:
            continue
        minutes = sum(one.minutes for one in held)
        if cap is not None and minutes > 60 * cap:
            text = f"{clock(minutes)} on {day} while away{away}, {figure(cap)} h possible."
            yield breach(rule, day, round(minutes / 60, 2), cap, held, text)
            continue
        for one in held:
            if sports and one.sport not in sports:
                text = f"{one.sport} on {day} while away, only {joined(sports)} possible."
                yield breach(rule, day, one.sport, sports, [one], text)


def _sentence(rule: Rule) -> str:
    since, until, label = (word(rule.params, key) for key in ("from", "to", "label"))
    when = f"on {since}" if since == until else f"from {since} to {until}"
    cap, sports = _cap(rule), words(rule.params, "sports")
    said = []
    if sports:
        said.append(f"only {joined(sports)}")
    if cap is not None:
        said.append(f"{hours(cap)} a day at most" if cap else "no training")
    return f"{label or 'Away'} {when}: {joined(said) or 'time still to be given'}."


KIND = RuleKind(
    key="unavailable",
    title="Away or busy",
    topic="time",
    about="Days with less time, with some sports only, or without training.",
    fields=(
        Field("from", "From", "date", required=True),
        Field("to", "To", "date", required=True),
        Field("label", "Where or why", "text"),
        Field(
            "max_hours", "Hours a day, at most", "number", high=24, unit="h",
            question="How long can you train a day there?",
        ),
        Field("sports", "Only these sports", "sports", nullable=True),
    ),
    sentence=_sentence,
    check=_check,
)  # fmt: skip
