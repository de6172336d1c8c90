"""Morning signals: what is not done today when sleep, heart rate variability or pulse say so."""

from collections.abc import Callable, Iterable, Mapping

from homestretch.coach.checking.days import plus
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach, unchecked
from homestretch.coach.checking.params import count, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.selectors import named
from homestretch.coach.checking.state import Signal, State
from homestretch.coach.checking.wording import joined, many
from homestretch.model.coach.rule import Param, Rule, Violation
from homestretch.model.coach.session import Session

#: The signals, with what they are called in a sentence.
SIGNALS = {
    "hrv_status": "HRV status", "hrv_z": "HRV against its usual (z)",
    "resting_hr_delta": "resting heart rate over its 60-day mean",
    "sleep_hours": "sleep in hours", "readiness": "readiness", "soreness": "soreness", "form": "form",
    "acute_ratio": "acute:chronic ratio",
}  # fmt: skip
_COMPARES: Mapping[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
}  # fmt: skip
_FORBIDS: Mapping[str, Callable[[Session], bool]] = {
    "no_hard": lambda session: session.hard,
    "easy": lambda session: session.hard or session.purpose not in ("recovery", "endurance", "mobility", "technique"),
    "rest": lambda session: session.purpose != "mobility",
}
_ACTIONS = {"no_hard": "nothing hard", "easy": "easy sessions only", "rest": "no training"}


def _holds(value: Signal, op: str, limit: Param) -> bool:
    """Return whether a signal satisfies the condition; a word can only be equal."""
    if isinstance(value, str) or isinstance(limit, str):
        return op == "=" and value == limit
    if not isinstance(value, int | float) or not isinstance(limit, int | float):
        return False
    return _COMPARES[op](value, limit)


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    signal, op, limit = word(rule.params, "signal"), word(rule.params, "op"), rule.params.get("value")
    days = count(rule, "days", 1)
    if not schedule.holds(state.today):
        return
    values = [state.wellness.get(plus(state.today, -n), {}).get(signal) for n in range(days)]
    missing = sum(value is None for value in values)
    if missing:
        text = f"{signal} is missing for {missing} of {days} day(s): rule not checked."
        yield unchecked(rule, state.today, limit, text)
        return
    forbidden = [one for one in schedule.days.get(state.today, ()) if _FORBIDS[word(rule.params, "action")](one)]
    if forbidden and all(_holds(value, op, limit) for value in values):
        now = values[0]
        planned = joined([named(one) for one in forbidden])
        text = f"{signal} {_shown(now)} {op} {_shown(limit)} and {planned} planned today."
        yield breach(rule, state.today, now, limit, forbidden, text)


def _shown(value: Param) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _sentence(rule: Rule) -> str:
    signal, op, days = word(rule.params, "signal"), word(rule.params, "op"), count(rule, "days", 1)
    running = "" if days == 1 else f" {many(days, 'day')} in a row"
    action = _ACTIONS[word(rule.params, "action")]
    limit = _shown(rule.params.get("value"))
    condition = f"is {limit}" if op == "=" else f"is {op} {limit}"
    return f"When {SIGNALS[signal]} {condition}{running}: {action} that day."


KIND = RuleKind(
    key="readiness_gate",
    title="Morning signals",
    topic="body",
    about="What is not done today when a signal says so. Where a value is missing, the rule is not checked.",
    fields=(
        Field("signal", "Signal", "choice", choices=tuple(SIGNALS), required=True),
        Field("op", "Is", "choice", choices=("<", "<=", ">=", ">", "="), required=True),
        Field("value", "Value", "value", required=True, help="A number; of HRV status a word such as low."),
        Field("days", "Days in a row", "integer", low=1, high=7, required=True, unit="days"),
        Field("action", "Then", "choice", choices=("no_hard", "easy", "rest"), required=True),
    ),
    sentence=_sentence,
    check=_check,
)
