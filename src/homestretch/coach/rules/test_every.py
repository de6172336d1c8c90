"""Tests: how often a threshold is tested, and not in easy weeks."""

from collections.abc import Iterable
from itertools import pairwise

from homestretch.coach.checking.days import between, monday, plus
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import count, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import many
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session

#: The sport that a test is of.
SPORTS = {"ftp": "ride", "threshold": "run", "css": "swim", "5k": "run"}
_EASY_KINDS = ("recovery", "taper", "race")


def _is_test(session: Session, test: str) -> bool:
    return session.purpose == "test" and session.sport == SPORTS.get(test)


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    test, weeks = word(rule.params, "test"), count(rule, "weeks", 6)
    if not schedule.weeks:
        return
    planned = [one for one in schedule.sessions if _is_test(one, test)]
    for session in planned:
        kind = state.weeks[monday(session.date)].kind if monday(session.date) in state.weeks else None
        if kind in _EASY_KINDS:
            text = f"{test} test on {session.date}, in a {kind} week."
            yield breach(rule, session.date, kind, "load", [session], text)
    first = min(schedule.weeks)
    done = max((one.date for one in state.history if _is_test(one, test)), default=first)
    training = [start for start in schedule.weeks if _kind(state, start) not in ("taper", "race")]
    end = plus(max(training, default=first), 6)
    stops = [done, *(one.date for one in planned)]
    for before, after in pairwise([*stops, *([end] if end > stops[-1] else [])]):
        gap = between(before, after)
        if gap > 7 * (weeks + 1) and after >= first:
            text = f"{gap // 7} weeks without a {test} test up to {after}, one every {weeks} is asked for."
            yield breach(rule, monday(after), gap // 7, weeks, (), text)


def _kind(state: State, start: str) -> str | None:
    return state.weeks[start].kind if start in state.weeks else None


_NAMES = {"ftp": "An FTP test", "threshold": "A threshold test", "css": "A CSS test", "5k": "A 5 km test"}


def _sentence(rule: Rule) -> str:
    weeks = count(rule, "weeks", 6)
    return f"{_NAMES[word(rule.params, 'test')]} every {many(weeks, 'week')}, not in recovery, taper or race weeks."


KIND = RuleKind(
    key="test_every",
    title="Tests",
    topic="week",
    about="How often a threshold is tested; not in recovery, taper or race weeks.",
    fields=(
        Field("test", "Test", "choice", choices=("ftp", "threshold", "css", "5k"), required=True),
        Field("weeks", "Every so many weeks", "integer", low=2, high=26, required=True, unit="weeks"),
    ),
    sentence=_sentence,
    check=_check,
)
