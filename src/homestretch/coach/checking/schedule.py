"""Sessions in order, by day and by week, and the part of them that a rule's scope holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from homestretch.coach.checking.days import between, monday, mondays, plus
from homestretch.coach.checking.params import amount, word, words
from homestretch.coach.checking.state import State
from homestretch.model.coach.rule import Param
from homestretch.model.coach.session import Session

type ByDay = Mapping[str, tuple[Session, ...]]
_FIRST, _LAST = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Sessions by (date, id). `weeks` has every Monday from the first to the last, also those without a session.

    `since` and `until` bound the days that count, both included; `every` and `anchor` leave only some weeks.
    """

    sessions: tuple[Session, ...]
    days: ByDay
    weeks: ByDay
    since: str = _FIRST
    until: str = _LAST
    sports: tuple[str, ...] = ()

    def whole(self) -> Iterable[tuple[str, tuple[Session, ...]]]:
        """Yield the weeks that count with all their days, as Monday and sessions."""
        for start, held in self.weeks.items():
            if start >= self.since and plus(start, 6) <= self.until:
                yield start, held

    def holds(self, day: str) -> bool:
        """Return whether a day counts."""
        return self.since <= day <= self.until and monday(day) in self.weeks


def schedule(sessions: Iterable[Session], state: State) -> Schedule:
    """Return the schedule of a plan's sessions; `state.weeks` from the first of them on belong to the plan."""
    ordered = tuple(sorted(sessions, key=lambda session: (session.date, session.id)))
    first = monday(ordered[0].date if ordered else state.today)
    last = max([*(start for start in state.weeks if start >= first), *(one.date for one in ordered[-1:])], default="")
    return _arranged(ordered, mondays(first, last) if last else [])


def _arranged(
    ordered: tuple[Session, ...], starts: Iterable[str], since: str = _FIRST, until: str = _LAST,
    sports: tuple[str, ...] = (),
) -> Schedule:  # fmt: skip
    days: defaultdict[str, list[Session]] = defaultdict(list)
    weeks: dict[str, list[Session]] = {start: [] for start in starts}
    for session in ordered:
        days[session.date].append(session)
        weeks[monday(session.date)].append(session)
    return Schedule(
        ordered,
        {day: tuple(held) for day, held in days.items()},
        {start: tuple(held) for start, held in weeks.items()},
        since, until, sports,
    )  # fmt: skip


def within(whole: Schedule, scope: Mapping[str, Param] | None) -> Schedule:
    """Return the part of a schedule that a rule's scope holds.

    Every few weeks without an `anchor` (a day of the first of them) holds none: which weeks is an open question.
    """
    if not scope:
        return whole
    since, until = word(scope, "from") or _FIRST, word(scope, "to") or _LAST
    sports, every, anchor = words(scope, "sports"), amount(scope, "every_weeks"), word(scope, "anchor")
    starts = [start for start in whole.weeks if plus(start, 6) >= since and start <= until]
    if every is not None:
        starts = [start for start in starts if anchor and between(monday(anchor), start) // 7 % int(every) == 0]
    known = set(starts)
    kept = tuple(
        one
        for one in whole.sessions
        if since <= one.date <= until and monday(one.date) in known and (not sports or one.sport in sports)
    )
    return _arranged(kept, starts, since, until, sports)
