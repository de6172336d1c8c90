"""Repairs weeks that break a rule: shortens, eases, moves and, at last, drops sessions, in a bounded number of rounds.

What does not mend a rule is undone, so that no session is lost for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from homestretch.coach.checking.check import check
from homestretch.coach.checking.days import between, monday, plus
from homestretch.coach.checking.state import State
from homestretch.coach.planner.facts import Facts
from homestretch.coach.planner.week.conditions import Conditions, Role
from homestretch.coach.planner.week.families import FAMILIES, GRID, size, size_for
from homestretch.coach.workouts.templates import TEMPLATES
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session

type Held = list[tuple[Role | None, Session]]

ROUNDS = 50
#: What breaks these rules is too much time or load.
TOO_MUCH = frozenset(
    ("week_volume", "ramp", "day_hours", "unavailable", "long_session", "taper", "recovery_week", "heat")
)
TOO_HARD = "intensity_mix"
#: What a plan can't mend by taking away.
TOO_LITTLE = frozenset(("fixed_session", "test_every", "phase"))
#: What sessions taken away, or shortened, can't mend.
UNMENDABLE = TOO_LITTLE | {"note", "preference", "time_window", "fuel", "indoor"}
#: So many weeks before a week are checked with it; so many checks a week may take, and the whole plan at last.
WEEKS_BACK, WEEK_CHECKS, PLAN_CHECKS = 8, 12, 30
#: No session is made shorter than this; a long one is shortened by so much in a round.
LEAST_MINUTES, SHORTER_BY = 20, 30
_RANK: dict[Role | None, int] = {"easy": 0, "strength": 1, "hard": 2, "opener": 3, "long": 4, None: 5}


@dataclass(slots=True)
class Repaired:
    """Weeks of sessions with their roles, what gave way by week, and the bounds of each week."""

    facts: Facts
    state: State
    mondays: list[str] = field(default_factory=list)
    given: list[Conditions] = field(default_factory=list)
    weeks: list[Held] = field(default_factory=list)
    dropped: list[list[str]] = field(default_factory=list)
    rounds: int = 0
    checks: int = 0
    most_checks: int = 0
    mendable: tuple[Rule, ...] = ()

    def allow(self, checks: int) -> None:
        """Allow so many checks from now on."""
        self.rounds, self.checks, self.most_checks = 0, 0, checks
        self.mendable = tuple(
            rule for rule in self.facts.rules if rule.severity == "must" and rule.kind not in UNMENDABLE
        )

    def add(self, start: str, given: Conditions, held: Held) -> None:
        """Add a week."""
        self.mondays.append(start)
        self.given.append(given)
        self.weeks.append(held)
        self.dropped.append([])

    @property
    def sessions(self) -> list[Session]:
        """All sessions."""
        return [session for week in self.weeks for _, session in week]

    def violations(self) -> list[Violation]:
        """Return what violates the rules."""
        return check(self.facts.rules, self.sessions, self.state)

    def musts(self, since: str) -> list[Violation]:
        """Return the musts that are broken from the week of a Monday on, or of a span that reaches into it.

        Only the weeks that those rules look at are checked.
        """
        self.checks += 1
        first = max(0, self.mondays.index(since) - WEEKS_BACK)
        sessions = [session for week in self.weeks[first:] for _, session in week]
        found = check(self.mendable, sessions, self.state)
        return [one for one in found if one.severity == "must" and (one.day >= since or _spans(one, self))]

    @property
    def is_spent(self) -> bool:
        """Whether there have been as many rounds, or checks, as there may be."""
        return self.rounds >= ROUNDS or self.checks >= self.most_checks


def _spans(violation: Violation, made: Repaired) -> bool:
    kind = next((rule.kind for rule in made.facts.rules if rule.id == violation.rule), "")
    return kind in ("recovery_week", "taper", TOO_HARD)


def repair(made: Repaired, since: str) -> list[Violation]:
    """Mend what can be mended by changing sessions from the week of a Monday on; return what is still broken."""
    rules = {rule.id: rule for rule in made.facts.rules}
    spent: set[tuple[str, str]] = set()
    broken = made.musts(since)
    while not made.is_spent:
        violation = next((one for one in broken if _key(one) not in spent and one.rule in rules), None)
        if violation is None:
            break
        spent.add(_key(violation))
        broken = _settle(made, violation, rules[violation.rule], since, broken)
    return broken


def _key(violation: Violation) -> tuple[str, str]:
    return violation.rule, violation.day


def _settle(made: Repaired, violation: Violation, rule: Rule, since: str, broken: list[Violation]) -> list[Violation]:
    """Change sessions until a violation is gone; put them back where it stays, or where others come instead."""
    weeks, dropped = [[*week] for week in made.weeks], [[*texts] for texts in made.dropped]
    current, now = violation, broken
    while not made.is_spent and _mend(made, current, rule, since):
        made.rounds += 1
        now = made.musts(since)
        left = next((one for one in now if _key(one) == _key(violation)), None)
        if left is None:
            if len(now) < len(broken):
                return now
            break
        current = left
    made.weeks[:], made.dropped[:] = weeks, dropped
    return broken


def _mend(made: Repaired, violation: Violation, rule: Rule, since: str) -> bool:
    """Change one session because of a violation; False where nothing can be changed."""
    scope = _scope(made, violation, rule, since)
    if not scope or rule.kind in TOO_LITTLE or ("at least" in violation.text and not violation.sessions):
        return rule.kind == TOO_HARD and bool(scope) and (_ease(made, scope, violation))
    if rule.kind in TOO_MUCH and _shorten(made, scope):
        return True
    if violation.sessions and rule.kind not in TOO_MUCH and _move(made, scope, since):
        return True
    return _drop(made, scope, violation)


def _scope(made: Repaired, violation: Violation, rule: Rule, since: str) -> list[tuple[int, int]]:
    """Return the sessions that may be changed, as week and place in it: those named, else those of its days."""
    first, last = max(since, monday(violation.day)), plus(monday(violation.day), 6)
    if _spans(violation, made):
        last = plus(since, 6) if len(made.mondays) and made.mondays[-1] == since else "9999-12-31"
    if rule.kind == "recovery_week":
        kinds = made.state.weeks
        easy = [start for start in made.mondays if start in kinds and kinds[start].kind == "recovery"]
        first = next((start for start in easy if start >= first), first)
        last = plus(first, 6)
    today = made.facts.request.first_day or made.facts.request.start
    found = []
    for number, week in enumerate(made.weeks):
        for at, (role, session) in enumerate(week):
            named = session.id in violation.sessions if violation.sessions else first <= session.date <= last
            if named and role is not None and not session.locked and session.date >= max(today, since):
                found.append((number, at))
    return found


def _order(made: Repaired, place: tuple[int, int]) -> tuple[int, int, str]:
    """Return what is changed first: easy before strength, hard and long; of these the longest."""
    role, session = made.weeks[place[0]][place[1]]
    return (_RANK[role], -session.minutes, session.id)


def _shorten(made: Repaired, scope: list[tuple[int, int]]) -> bool:
    """Shorten the longest easy session, else a hard or the long one; one at a time."""
    for number, at in sorted(scope, key=lambda place: _order(made, place)):
        role, session = made.weeks[number][at]
        shorter = _shorter(session, made.facts) if role in ("easy", "long", "hard") else None
        if shorter is not None:
            made.weeks[number][at] = (role, shorter)
            return True
    return False


def _shorter(session: Session, facts: Facts) -> Session | None:
    """Return a session that is shorter, by up to half an hour or one repeat; None where it can't be."""
    template = TEMPLATES.get(session.template)
    if template is None:
        return None
    speed = facts.request.speeds.get(session.sport)
    if template.repeats is not None:
        if session.n is None or session.n <= template.repeats[0]:
            return None
        made = size(template, session.n - 1, None, speed)
    elif template.minutes is None or session.minutes - GRID < LEAST_MINUTES:
        return None
    else:
        by = SHORTER_BY if session.minutes > 3 * SHORTER_BY else GRID
        made = size_for(template, max(LEAST_MINUTES, session.minutes - by), speed)
        if made.minutes >= session.minutes:
            return None
    title = template.title.replace("{n}", str(made.n))
    return replace(session, minutes=made.minutes, load=made.load, steps=made.steps, n=made.n, title=title)


def _ease(made: Repaired, scope: list[tuple[int, int]], violation: Violation) -> bool:
    """Shorten the largest hard session, or make it easy, as long as it was."""
    hard = [place for place in scope if made.weeks[place[0]][place[1]][0] == "hard"]
    for number, at in sorted(hard, key=lambda place: _order(made, place)):
        role, session = made.weeks[number][at]
        shorter = _shorter(session, made.facts)
        if shorter is not None:
            made.weeks[number][at] = (role, shorter)
            return True
    if not hard:
        return False
    number, at = hard[-1]
    _, session = made.weeks[number][at]
    easier = easy_instead(session, session.minutes, made.facts.request.speeds.get(session.sport))
    if easier is None:
        return False
    made.weeks[number][at] = ("easy", easier)
    made.dropped[number].append(f"hard ({session.title} on {session.date}) — becomes easy under {violation.rule}")
    return True


def easy_instead(session: Session, minutes: int, speed: float | None = None) -> Session | None:
    """Return an easy session of the same sport in place of another; None for a sport without one."""
    family = FAMILIES.get(session.sport)
    if family is None:
        return None
    template = family.easy[0]
    made = size_for(template, minutes, speed)
    return replace(
        session, template=template.id if template.id in TEMPLATES else "", n=made.n, minutes=made.minutes,
        load=made.load, load_basis=made.basis, title=template.title.replace("{n}", str(made.n)),
        purpose=template.purpose, hard=False, long=False, steps=made.steps,
    )  # fmt: skip


def _move(made: Repaired, scope: list[tuple[int, int]], since: str) -> bool:
    """Move one of the sessions to another day of its week, if fewer musts are broken then."""
    before = len(made.musts(since))
    for number, at in sorted(scope, key=lambda place: _order(made, place)):
        role, session = made.weeks[number][at]
        for day in range(7):
            date = plus(made.mondays[number], day)
            if date == session.date or not _has_room(made, number, session, day):
                continue
            if made.is_spent:
                return False
            made.weeks[number][at] = (role, replace(session, date=date))
            if len(made.musts(since)) < before:
                return True
            made.weeks[number][at] = (role, session)
    return False


def _has_room(made: Repaired, number: int, session: Session, day: int) -> bool:
    given, start = made.given[number], made.mondays[number]
    others = [one for _, one in made.weeks[number] if one.id != session.id and between(start, one.date) == day]
    main = any(one.sport != "strength" for one in others) and session.sport != "strength"
    minutes = sum(one.minutes for one in others) + session.minutes
    return given.is_open(day) and not main and minutes <= given.caps[day]


def _drop(made: Repaired, scope: Sequence[tuple[int, int]], violation: Violation) -> bool:
    number, at = min(scope, key=lambda place: _order(made, place))
    role, session = made.weeks[number].pop(at)
    made.dropped[number].append(f"{role} ({session.title} on {session.date}) — under {violation.rule}")
    return True
