"""Heat: what is not done outdoors above a temperature. Only days with a forecast are checked."""

from collections.abc import Iterable

from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import clock, figure, hours
from homestretch.model.coach.rule import Rule, Violation

_INDOOR_SPORTS = ("strength", "swim")


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    above, action, cap = (
        amount(rule.params, "above_c") or 0.0,
        word(rule.params, "action"),
        amount(rule.params, "cap_hours"),
    )
    for day, degrees in state.forecast.items():
        outside = [one for one in schedule.days.get(day, ()) if not one.indoor and one.sport not in _INDOOR_SPORTS]
        if degrees <= above or not outside:
            continue
        hot = f"{figure(degrees)} °C forecast for {day}"
        hard, minutes = [one for one in outside if one.hard], sum(one.minutes for one in outside)
        if action == "no_hard_outdoor" and hard:
            yield breach(rule, day, degrees, above, hard, f"{hot}: nothing hard outdoors above {figure(above)} °C.")
        if action == "indoor":
            yield breach(rule, day, degrees, above, outside, f"{hot}: indoors only above {figure(above)} °C.")
        if action == "cap" and cap is not None and minutes > 60 * cap:
            text = f"{hot}: {clock(minutes)} outdoors, at most {clock(60 * cap)}."
            yield breach(rule, day, round(minutes / 60, 2), cap, outside, text)


def _sentence(rule: Rule) -> str:
    above, cap = amount(rule.params, "above_c") or 0.0, amount(rule.params, "cap_hours")
    actions = {
        "no_hard_outdoor": "nothing hard outdoors",
        "indoor": "indoors only",
        "cap": f"at most {hours(cap)} outdoors" if cap is not None else "less time outdoors, still to be given",
    }
    return f"Above {figure(above)} °C: {actions[word(rule.params, 'action')]}; checked on days with a forecast."


KIND = RuleKind(
    key="heat",
    title="Heat",
    topic="other",
    about="What is not done outdoors above a temperature. Only days with a forecast are checked.",
    fields=(
        Field("above_c", "Above", "number", low=15, high=50, required=True, unit="°C"),
        Field("action", "Then", "choice", choices=("no_hard_outdoor", "indoor", "cap"), required=True),
        Field("cap_hours", "Hours outdoors, at most", "number", high=12, unit="h"),
    ),
    sentence=_sentence,
    check=_check,
)
