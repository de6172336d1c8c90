"""Plans week by week: each week aims from the loads that the weeks before it really hold."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations_with_replacement

from homestretch.analysis.athlete.fitness import FITNESS_DAYS, share
from homestretch.coach.checking.days import between, plus
from homestretch.coach.planner.layout import B_EVENT, Aim, Limits, Place, aim
from homestretch.coach.planner.week.compose import compose
from homestretch.coach.planner.week.conditions import Conditions, Role
from homestretch.coach.planner.week.draft import Progress, Setting, Slot
from homestretch.coach.planner.week.draft import Week as Draft
from homestretch.coach.planner.week.fill import fill
from homestretch.coach.planner.week.search import Piece, Placement, place
from homestretch.model.coach.session import Session

#: What gives way first where a week's sessions find no days.
#: What a session costs less for each step by which it is liked.
LIKING = 20
GIVES_WAY: tuple[Role, ...] = ("easy", "strength", "hard", "long", "opener")


@dataclass(frozen=True, slots=True)
class PlacedWeek:
    """A week with its sessions, the roles that they have (None of what was fixed), and its bounds."""

    monday: str
    place: Place
    aim: Aim
    held: tuple[tuple[Role | None, Session], ...]
    dropped: tuple[str, ...]
    cost: int
    given: Conditions

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions, in order of day."""
        return tuple(session for _, session in self.held)


@dataclass(slots=True)
class Course:
    """How an athlete's training goes on from week to week. `events` are the loads of events by day."""

    setting: Setting
    limits: Limits
    fitness: float
    loads: list[float]
    longest: dict[str, int]
    event_loads: Mapping[str, float] = field(default_factory=dict)
    done: int = 0
    phase: str = ""
    last: frozenset[tuple[Role, int]] = frozenset()


def plan_weeks(
    course: Course, start: str, places: Sequence[Place],
    conditions: Callable[[int, Sequence[PlacedWeek]], Conditions],
    finish: Callable[[PlacedWeek], PlacedWeek] = lambda week: week,
) -> list[PlacedWeek]:  # fmt: skip
    """Return all weeks; `conditions` gives those of a week from the ones before it, `finish` mends a placed week."""
    weeks: list[PlacedWeek] = []
    for index, where in enumerate(places):
        given = conditions(index, weeks)
        week = finish(_plan_week(course, plus(start, 7 * index), index, where, given))
        _move_on(course, week)
        weeks.append(week)
    return weeks


def _plan_week(course: Course, start: str, index: int, where: Place, given: Conditions) -> PlacedWeek:
    if where.phase != course.phase:
        course.phase, course.done = where.phase, 0
    goal = _goal(course, where, given)
    draft = Draft(where, goal.load, given, course.setting, Progress(course.done, index, course.longest))
    slots, placement = settle(draft, compose(draft), course.last)
    made = fill(draft, slots, placement.days)
    held = _dated(start, made, placement, given)
    cost = placement.cost - _liking(given, made)
    return PlacedWeek(start, where, goal, tuple(held), tuple(draft.dropped), cost, given)


def _liking(given: Conditions, slots: Sequence[Slot]) -> int:
    return LIKING * sum(given.liking(slot.session()) for slot in slots) if given.likes else 0


def _goal(course: Course, where: Place, given: Conditions) -> Aim:
    limits = course.limits
    if given.load_max is not None:
        limits = replace(limits, load_max=given.load_max)
    if given.minutes is not None:
        limits = replace(limits, hours=given.minutes / 60, hours_why=given.minutes_why)
    goal = aim(where, course.fitness, course.loads, limits)
    if given.b_event and where.kind not in ("race", "taper"):
        goal = Aim(round(goal.load * B_EVENT), "B event: 80 %")
    if given.load_max is not None and goal.load > given.load_max:
        goal = Aim(int(given.load_max), "load limit")
    return goal


def settle(draft: Draft, slots: Sequence[Slot], last: frozenset[tuple[Role, int]]) -> tuple[list[Slot], Placement]:
    """Return the slots that find days, and these; as few as possible give way, and what matters least first."""
    placement = _placed(draft, slots, last)
    if placement is not None:
        return [*slots], placement
    for count in range(1, len(slots) + 1):
        for roles in combinations_with_replacement(GIVES_WAY, count):
            kept = _without(slots, roles)
            placement = None if kept is None else _placed(draft, kept, last)
            if kept is not None and placement is not None:
                draft.dropped += [_gave_way(draft, role) for role in roles]
                return kept, placement
    return [], Placement((), 0)


def _placed(draft: Draft, slots: Sequence[Slot], last: frozenset[tuple[Role, int]]) -> Placement | None:
    return place([Piece(slot.role, slot.session()) for slot in slots], draft.given, last)


def _without(slots: Sequence[Slot], roles: Sequence[Role]) -> list[Slot] | None:
    """Return the slots without the last one of each of these roles; None where there are not so many."""
    kept = [*slots]
    for role in roles:
        at = max((at for at, slot in enumerate(kept) if slot.role == role), default=None)
        if at is None:
            return None
        kept.pop(at)
    return kept


def _gave_way(draft: Draft, role: Role) -> str:
    rules = draft.given.rules_on_days()
    return f"{role} — no day left{f' under {", ".join(rules)}' if rules else ''}"


def _dated(
    monday: str, slots: Sequence[Slot], placement: Placement, given: Conditions
) -> list[tuple[Role | None, Session]]:
    placed: list[tuple[int, int, Role | None, Session]] = [
        (day, at, slot.role, replace(slot.session(), date=plus(monday, day)))
        for at, (slot, day) in enumerate(zip(slots, placement.days, strict=True))
    ]
    fixed: list[tuple[int, int, Role | None, Session]] = [(day, -1, None, session) for day, session in given.fixed]
    ordered = sorted([*placed, *fixed], key=lambda one: (one[0], one[3].sport == "strength", one[1]))
    return [(role, session) for _, _, role, session in ordered]


def _move_on(course: Course, week: PlacedWeek) -> None:
    """Move fitness on by the loads that were placed, and remember what a loading week held."""
    for offset in range(7):
        day = plus(week.monday, offset)
        load = sum(one.load for one in week.sessions if one.date == day) + course.event_loads.get(day, 0.0)
        course.fitness += (load - course.fitness) * share(FITNESS_DAYS)
    course.last = frozenset((role, between(week.monday, one.date)) for role, one in week.held if role is not None)
    if week.place.kind == "load":
        course.loads.append(sum(one.load for one in week.sessions))
        course.done += 1
        for one in week.sessions:
            if one.long:
                course.longest[one.sport] = max(course.longest.get(one.sport, 0), one.minutes)
