"""Fixed sessions: what has its weekday, such as a group ride."""

from collections.abc import Iterable

from homestretch.coach.checking.days import plus
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import NAMES, capitalised, figure, hours
from homestretch.model.coach.rule import WEEKDAYS, Rule, Violation
from homestretch.model.coach.session import Session


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    name, at = word(rule.params, "name"), _index(rule)
    for start, held in schedule.weeks.items():
        day = plus(start, at)
        if _excused(rule, state, start, day) or not schedule.holds(day):
            continue
        if any(one.date == day and _is_it(rule, one) for one in held):
            continue
        elsewhere = [one for one in held if one.title == name and _is_it(rule, one)]
        moved = f" moved to {elsewhere[0].date}" if elsewhere else " missing"
        yield breach(rule, day, 0, 1, elsewhere, f"{name} on {day} is{moved}.")


def _index(rule: Rule) -> int:
    return [*WEEKDAYS, ""].index(word(rule.params, "weekday")) % 7


def _is_it(rule: Rule, session: Session) -> bool:
    right = session.fixed or session.title == word(rule.params, "name")
    return right and session.sport == word(rule.params, "sport")


def _excused(rule: Rule, state: State, start: str, day: str) -> bool:
    """Return whether something takes the day: an event, in a main goal's week one before it, being away, or ill."""
    if any(event.date == day or (event.priority == "A" and start <= event.date <= day) for event in state.events):
        return True
    ill = (one for one in state.markers if one.kind == "ill")
    if any(one.since <= day <= (one.until or max(one.since, plus(state.today, 1))) for one in ill):
        return True
    sport, long = word(rule.params, "sport"), amount(rule.params, "hours") or 0.0
    return any(
        away.since <= day <= away.until
        and ((away.hours is not None and away.hours < max(long, 0.01)) or (away.sports and sport not in away.sports))
        for away in state.away
    )


def _sentence(rule: Rule) -> str:
    params = rule.params
    long, treat, start, load = (
        amount(params, "hours"),
        word(params, "treat_as"),
        word(params, "start"),
        amount(params, "load"),
    )
    name, sport = word(params, "name"), word(params, "sport")
    said = [f"{name if sport in name.lower() else f'{name} ({sport})'} every {NAMES[WEEKDAYS[_index(rule)]]}"]
    if start:
        said.append(f"at {start}")
    said.append(hours(long) if long is not None else "length still to be given")
    said.append(f"counts as {treat}" if treat else "hard or easy still to be given")
    if load is not None:
        said.append(f"load {figure(load)}")
    return capitalised(f"{', '.join(said)}.")


KIND = RuleKind(
    key="fixed_session",
    title="Fixed session",
    topic="time",
    about="What has its weekday, such as a group ride: the plan is built around it.",
    fields=(
        Field("weekday", "Weekday", "weekday", required=True),
        Field("sport", "Sport", "sport", required=True),
        Field("name", "Name", "text", high=80, required=True),
        Field(
            "hours", "Hours", "number", low=0.25, high=12, unit="h",
            asked_when_absent=True, question="How long is it usually?",
        ),
        Field(
            "treat_as", "Counts as", "choice", choices=("hard", "easy", "long"),
            asked_when_absent=True, question="Hard or easy: does it count as a hard day?",
        ),
        Field("start", "Starts at", "time"),
        Field("load", "Load", "number", high=600),
    ),
    sentence=_sentence,
    check=_check,
)  # fmt: skip
