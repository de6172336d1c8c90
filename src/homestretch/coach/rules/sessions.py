"""Sessions a week: how many of a kind."""

from collections.abc import Iterable

from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, part
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.selectors import described, plural, selects
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import capitalised, joined
from homestretch.model.coach.rule import Rule, Violation


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    of, least, most = part(rule.params, "of"), amount(rule.params, "min"), amount(rule.params, "max")
    whole = {start for start, _ in schedule.whole()}
    for start, held in schedule.weeks.items():
        found = [one for one in held if selects(of, one)]
        counted = f"Week of {start}: {len(found)} x {described(of)}"
        if most is not None and len(found) > most:
            yield breach(rule, start, len(found), most, found, f"{counted}, at most {most:g}.")
        if least is not None and len(found) < least and start in whole:
            yield breach(rule, start, len(found), least, (), f"{counted}, at least {least:g}.")


def _sentence(rule: Rule) -> str:
    least, most = amount(rule.params, "min"), amount(rule.params, "max")
    of = plural(part(rule.params, "of"))
    if least is not None and least == most:
        return f"{least:g} {of} a week."
    bounds = [f"at least {least:g}"] if least is not None else []
    bounds += [f"at most {most:g}"] if most is not None else []
    return capitalised(f"{joined(bounds)} {of} a week.")


KIND = RuleKind(
    key="sessions",
    title="Sessions a week",
    topic="week",
    about="How many sessions of a kind a week has, at least or at most.",
    fields=(
        Field("of", "Sessions", "selector", required=True),
        Field("min", "At least", "integer", high=21),
        Field("max", "At most", "integer", high=21),
    ),
    sentence=_sentence,
    check=_check,
    any_of=("min", "max"),
)
