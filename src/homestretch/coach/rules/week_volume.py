"""Hours and load of a week, at most and at least."""

from collections.abc import Iterable

from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import capitalised, figure, hours, joined
from homestretch.model.coach.rule import Rule, Violation


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    bounds = {key: amount(rule.params, key) for key in ("hours_max", "hours_min", "load_max", "load_min")}
    whole = {start for start, _ in schedule.whole()}
    for start, held in schedule.weeks.items():
        minutes, load = sum(one.minutes for one in held), round(sum(one.load for one in held), 1)
        spent = f"Week of {start}: {figure(minutes / 60)} h planned"
        loaded = f"Week of {start}: load {figure(load)}"
        most, least = bounds["hours_max"], bounds["hours_min"]
        if most is not None and minutes > 60 * most:
            yield breach(rule, start, round(minutes / 60, 2), most, (), f"{spent}, limit {figure(most)} h.")
        if least is not None and minutes < 60 * least and start in whole:
            yield breach(rule, start, round(minutes / 60, 2), least, (), f"{spent}, at least {figure(least)} h.")
        most, least = bounds["load_max"], bounds["load_min"]
        if most is not None and load > most:
            yield breach(rule, start, load, most, (), f"{loaded}, limit {figure(most)}.")
        if least is not None and load < least and start in whole:
            yield breach(rule, start, load, least, (), f"{loaded}, at least {figure(least)}.")


def _sentence(rule: Rule) -> str:
    said = []
    for key, bound in (("hours_min", "at least"), ("hours_max", "at most")):
        value = amount(rule.params, key)
        if value is not None:
            said.append(f"{bound} {hours(value)}")
    for key, bound in (("load_min", "a load of at least"), ("load_max", "a load of at most")):
        value = amount(rule.params, key)
        if value is not None:
            said.append(f"{bound} {figure(value)}")
    return capitalised(f"{joined(said)} a week.")


KIND = RuleKind(
    key="week_volume",
    title="Hours and load of a week",
    topic="week",
    about="How many hours and how much load a week has, at most or at least.",
    fields=(
        Field("hours_max", "Hours, at most", "number", high=60, unit="h"),
        Field("hours_min", "Hours, at least", "number", high=60, unit="h"),
        Field("load_max", "Load, at most", "number", high=3000),
        Field("load_min", "Load, at least", "number", high=3000),
    ),
    sentence=_sentence,
    check=_check,
    any_of=("hours_max", "hours_min", "load_max", "load_min"),
)
