"""Indoors: when sessions are on the trainer or treadmill, when not, and how much."""

from collections.abc import Iterable

from homestretch.coach.checking.days import weekday
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, numbers, word, words
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import clock, figure, hours, joined, many, weekdays
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session

#: What can be done outdoors or indoors.
SPORTS = frozenset(("ride", "run", "row", "walk", "ski"))
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def _concerns(rule: Rule, session: Session) -> bool:
    days, months = words(rule.params, "weekdays"), numbers(rule.params, "months")
    return (
        session.sport in SPORTS
        and (not days or weekday(session.date) in days)
        and (not months or int(session.date[5:7]) in months)
    )


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    mode = word(rule.params, "mode")
    if mode in ("max", "min"):
        yield from _counts(rule, schedule, mode)
        return
    for session in schedule.sessions:
        if _concerns(rule, session) and session.indoor == (mode == "never"):
            where, wanted = ("indoors", "never") if session.indoor else ("outdoors", "only")
            text = f"{session.sport} {where} on {session.date}, {wanted} indoors is asked for."
            yield breach(rule, session.date, session.indoor, mode, [session], text)


def _counts(rule: Rule, schedule: Schedule, mode: str) -> Iterable[Violation]:
    sessions, time = amount(rule.params, "sessions"), amount(rule.params, "hours")
    bound, sign = ("at most", 1) if mode == "max" else ("at least", -1)
    weeks = schedule.weeks.items() if mode == "max" else schedule.whole()
    for start, held in weeks:
        inside = [one for one in held if one.indoor and _concerns(rule, one)]
        minutes = sum(one.minutes for one in inside)
        if sessions is not None and sign * len(inside) > sign * sessions:
            text = f"Week of {start}: {len(inside)} indoor session(s), {bound} {sessions:g}."
            yield breach(rule, start, len(inside), sessions, inside, text)
        if time is not None and sign * minutes > sign * 60 * time:
            text = f"Week of {start}: {clock(minutes)} indoors, {bound} {figure(time)} h."
            yield breach(rule, start, round(minutes / 60, 2), time, inside, text)


def _sentence(rule: Rule) -> str:
    mode, days, months = word(rule.params, "mode"), words(rule.params, "weekdays"), numbers(rule.params, "months")
    on = f" on {weekdays(days)}" if days else ""
    season = f" in {joined([_MONTHS[one - 1] for one in months if 1 <= one <= 12])}" if months else ""
    if mode in ("only", "never"):
        return f"{'Only indoors' if mode == 'only' else 'Never indoors'}{on}{season}."
    sessions, time = amount(rule.params, "sessions"), amount(rule.params, "hours")
    sizes = [many(sessions, "session")] if sessions is not None else []
    sizes += [hours(time)] if time is not None else []
    bound = "At most" if mode == "max" else "At least"
    return f"{bound} {joined(sizes) or 'a number still to be given'} indoors a week{on}{season}."


KIND = RuleKind(
    key="indoor",
    title="Indoors",
    topic="other",
    about="When rides and runs are indoors, when never, and how many a week.",
    fields=(
        Field("mode", "Indoors", "choice", choices=("only", "never", "max", "min"), required=True),
        Field("weekdays", "On weekdays", "weekdays"),
        Field("sessions", "Sessions a week", "integer", high=14),
        Field("hours", "Hours a week", "number", high=40, unit="h"),
        Field("months", "In months", "months"),
    ),
    sentence=_sentence,
    check=_check,
)
