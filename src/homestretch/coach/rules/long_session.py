"""The longest session: its length, its share of the week, and how fast it may grow."""

from collections.abc import Iterable

from homestretch.coach.checking.days import monday, plus
from homestretch.coach.checking.fields import Field
from homestretch.coach.checking.kind import RuleKind, breach
from homestretch.coach.checking.params import amount, word
from homestretch.coach.checking.schedule import Schedule
from homestretch.coach.checking.state import State
from homestretch.coach.checking.wording import capitalised, clock, figure, hours, joined
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session

#: A session is compared with the longest of so many weeks before.
WEEKS = 4
#: Sessions up to so many minutes may always come, however short those before were.
FREE_MINUTES = {"ride": 90}
_FREE = 45


def _check(rule: Rule, schedule: Schedule, state: State) -> Iterable[Violation]:
    sport, most = word(rule.params, "sport"), amount(rule.params, "max_hours")
    for session in schedule.sessions:
        if most is not None and session.sport == sport and session.minutes > 60 * most:
            text = f"{sport} of {clock(session.minutes)} on {session.date}, cap {clock(60 * most)}."
            yield breach(rule, session.date, round(session.minutes / 60, 2), most, [session], text)
    share, growth = amount(rule.params, "max_share_pct"), amount(rule.params, "max_growth_pct")
    if share is not None:
        yield from _shares(rule, schedule, sport, share)
    if growth is not None:
        yield from _growth(rule, schedule, state, growth)


def _shares(rule: Rule, schedule: Schedule, sport: str, most: float) -> Iterable[Violation]:
    for held in schedule.weeks.values():
        total = sum(one.minutes for one in held)
        for one in held:
            if one.sport == sport and len(held) > 1 and 100 * one.minutes > most * total:
                share = 100 * one.minutes / total
                text = (
                    f"{sport} of {clock(one.minutes)} on {one.date} is {share:.0f} % of its week, at most {most:g} %."
                )
                yield breach(rule, one.date, round(share, 1), most, [one], text)


def _growth(rule: Rule, schedule: Schedule, state: State, growth: float) -> Iterable[Violation]:
    sport = word(rule.params, "sport")
    first = min(schedule.weeks, default=state.today)
    longest: dict[str, Session] = {}
    for one in (*(done for done in state.history if done.date < first), *schedule.sessions):
        week = monday(one.date)
        if one.sport == sport and (week not in longest or one.minutes > longest[week].minutes):
            longest[week] = one
    for start in schedule.weeks:
        before = [longest[week].minutes for n in range(1, WEEKS + 1) if (week := plus(start, -7 * n)) in longest]
        session = longest.get(start)
        if session is None or not before:
            continue
        limit = max(max(before) * (1 + growth / 100), FREE_MINUTES.get(sport, _FREE))
        if session.minutes > limit + 1e-9:
            text = (
                f"{sport} of {clock(session.minutes)} on {session.date}, at most {clock(int(limit))} "
                f"(+{growth:g} % on the longest of {WEEKS} weeks)."
            )
            yield breach(rule, session.date, session.minutes, int(limit), [session], text)


def _sentence(rule: Rule) -> str:
    sport, said = word(rule.params, "sport"), []
    most, share, growth = (amount(rule.params, key) for key in ("max_hours", "max_share_pct", "max_growth_pct"))
    if most is not None:
        said.append(f"is at most {hours(most)} long")
    if share is not None:
        said.append(f"is at most {figure(share)} % of its week")
    if growth is not None:
        said.append(f"grows by at most {figure(growth)} % on the longest of {WEEKS} weeks")
    return capitalised(f"the longest {sport} {joined(said)}.")


KIND = RuleKind(
    key="long_session",
    title="Longest session",
    topic="week",
    about="How long the longest session of a sport may be, what share of its week, and how fast it grows.",
    fields=(
        Field("sport", "Sport", "sport", required=True),
        Field("max_hours", "Hours, at most", "number", low=0.25, high=24, unit="h"),
        Field("max_share_pct", "Share of the week, at most", "number", low=5, high=100, unit="%"),
        Field("max_growth_pct", "Growth, at most", "number", high=100, unit="%"),
    ),
    sentence=_sentence,
    check=_check,
    any_of=("max_hours", "max_share_pct", "max_growth_pct"),
)
