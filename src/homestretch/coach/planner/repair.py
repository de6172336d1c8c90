"""Repairs a plan that breaks a rule: shortens, eases, moves and, at last, drops sessions, in a bounded number of rounds."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from homestretch.coach.checking.check import check
from homestretch.coach.checking.days import between, monday, plus
from homestretch.coach.checking.state import State
from homestretch.coach.planner.facts import Facts
from homestretch.coach.planner.week.conditions import Role
from homestretch.coach.planner.week.families import GRID, size, size_for
from homestretch.coach.planner.weeks import PlacedWeek
from homestretch.coach.workouts.templates import TEMPLATES
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session

ROUNDS = 50
#: What breaks these rules is too much time or load; what breaks the second kind is too little that is easy.
TOO_MUCH = frozenset(("week_volume", "ramp", "day_hours", "unavailable", "long_session", "taper", "recovery_week", "heat"))
TOO_HARD = frozenset(("intensity_mix",))
#: What a plan can't mend by taking away.
TOO_LITTLE = frozenset(("fixed_session", "test_every", "phase"))
#: No session is made shorter than this, and by so much is one shortened in a round.
LEAST_MINUTES, SHORTER_BY = 20, 30


@dataclass(slots=True)
class Repaired:
    """Sessions by week with their roles, what gave way by week, and what still breaks rules."""

    weeks: list[list[tuple[Role | None, Session]]]
    dropped: dict[int, list[str]] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)

    @property
    def sessions(self) -> list[Session]:
        """All sessions."""
        return [session for week in self.weeks for _, session in week]


def repair(placed: Sequence[PlacedWeek], weeks: Sequence[Sequence[tuple[Role | None, Session]]], facts: Facts,
           state: State) -> Repaired:  # fmt: skip
    """Return the sessions of a plan after repair, checked against all rules."""
    made = Repaired([[*week] for week in weeks])
    kinds = {rule.id: rule for rule in facts.rules}
    spent: set[tuple[str, str]] = set()
    made.violations = check(facts.rules, made.sessions, state)
    for _ in range(ROUNDS):
        broken = [
            one for one in made.violations
            if one.severity == "must" and (one.rule, one.day) not in spent and one.rule in kinds
        ]  # fmt: skip
        if not broken:
            break
        violation = broken[0]
        if _mend(made, placed, violation, kinds[violation.rule], facts, state):
            made.violations = check(facts.rules, made.sessions, state)
        else:
            spent.add((violation.rule, violation.day))
    return made


def _mend(made: Repaired, placed: Sequence[PlacedWeek], violation: Violation, rule: Rule, facts: Facts,
          state: State) -> bool:  # fmt: skip
    """Change one session because of a violation; False where nothing can be changed."""
    scope = _scope(made, violation, rule, facts)
    if not scope or rule.kind in TOO_LITTLE or _is_too_little(violation):
        return False
    if rule.kind in TOO_MUCH and _shorten(made, scope, violation, facts):
        return True
    if rule.kind in TOO_HARD and _ease(made, scope, facts, violation):
        return True
    if violation.sessions and rule.kind not in TOO_MUCH and _move(made, placed, scope, facts, state):
        return True
    return _drop(made, scope, violation)


def _is_too_little(violation: Violation) -> bool:
    value, limit = violation.value, violation.limit
    is_number = isinstance(value, int | float) and isinstance(limit, int | float)
    return not violation.sessions and is_number and float(value) < float(limit) and "at least" in violation.text


def _scope(made: Repaired, violation: Violation, rule: Rule, facts: Facts) -> list[tuple[int, int]]:
    """Return the sessions that may be changed, as week and place in it: those named, else those of its days."""
    first, last = violation.day, plus(monday(violation.day), 6)
    if rule.kind == "taper":
        last = facts.goal.date if facts.goal is not None else last
    start = facts.request.first_day or facts.request.start
    found = []
    for number, week in enumerate(made.weeks):
        for at, (role, session) in enumerate(week):
            named = session.id in violation.sessions if violation.sessions else first <= session.date <= last
            if named and role is not None and not session.locked and session.date >= start:
                found.append((number, at))
    return found


def _order(made: Repaired, place: tuple[int, int]) -> tuple[int, int, str, str]:
    """Return what is changed first: easy before strength, hard and long; of these the longest, then the latest."""
    role, session = made.weeks[place[0]][place[1]]
    rank = {"easy": 0, "strength": 1, "hard": 2, "opener": 3, "long": 4}
    return (rank[role or "long"], -session.minutes, "~" if role is None else role, session.id)


def _shorten(made: Repaired, scope: list[tuple[int, int]], violation: Violation, facts: Facts) -> bool:
    """Shorten the longest easy session, else the long one; one at a time."""
    for number, at in sorted(scope, key=lambda place: _order(made, place)):
        role, session = made.weeks[number][at]
        shorter = _shorter(session, facts) if role in ("easy", "long", "hard") else None
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


def _ease(made: Repaired, scope: list[tuple[int, int]], facts: Facts, violation: Violation) -> bool:
    """Make the last hard session easy, as long as it was."""
    hard = [place for place in scope if made.weeks[place[0]][place[1]][0] == "hard"]
    if not hard:
        return False
    number, at = hard[-1]
    _, session = made.weeks[number][at]
    easier = easy_instead(session, session.minutes, facts.request.speeds.get(session.sport))
    if easier is None:
        return False
    made.weeks[number][at] = ("easy", easier)
    made.dropped.setdefault(number, []).append(f"{session.title} becomes easy under {violation.rule}")
    return True


def easy_instead(session: Session, minutes: int, speed: float | None = None) -> Session | None:
    """Return an easy session of the same sport in place of another; None for a sport without one."""
    from homestretch.coach.planner.week.families import FAMILIES

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


def _move(made: Repaired, placed: Sequence[PlacedWeek], scope: list[tuple[int, int]], facts: Facts,
          state: State) -> bool:  # fmt: skip
    """Move one of the sessions to another day of its week, if fewer musts are broken then."""
    before = _broken(made, facts, state)
    for number, at in sorted(scope, key=lambda place: _order(made, place)):
        role, session = made.weeks[number][at]
        week = placed[number]
        for day in range(7):
            date = plus(week.monday, day)
            if date == session.date or not _has_room(made, week, number, session, day):
                continue
            made.weeks[number][at] = (role, replace(session, date=date))
            if _broken(made, facts, state) < before:
                return True
            made.weeks[number][at] = (role, session)
    return False


def _broken(made: Repaired, facts: Facts, state: State) -> int:
    return sum(one.severity == "must" for one in check(facts.rules, made.sessions, state))


def _has_room(made: Repaired, week: PlacedWeek, number: int, session: Session, day: int) -> bool:
    first = made.weeks and (made.weeks[number] or [])
    others = [one for _, one in first if one.id != session.id and between(week.monday, one.date) == day]
    main = any(one.sport != "strength" for one in others) and session.sport != "strength"
    minutes = sum(one.minutes for one in others) + session.minutes
    return week.given.is_open(day) and not main and minutes <= week.given.caps[day]


def _drop(made: Repaired, scope: list[tuple[int, int]], violation: Violation) -> bool:
    number, at = min(scope, key=lambda place: _order(made, place))
    role, session = made.weeks[number].pop(at)
    made.dropped.setdefault(number, []).append(f"{role} ({session.title} on {session.date}) — under {violation.rule}")
    return True
