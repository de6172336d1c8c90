"""Proposes how a plan goes on after days off, missed or overdone sessions, illness, and a bad night.

It only proposes operations; a person applies them. The past is never changed, missed easy sessions are never made up,
and the week of the main event only gets easier.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from homestretch.coach.checking.check import check
from homestretch.coach.checking.days import between, monday, plus
from homestretch.coach.checking.state import State
from homestretch.coach.operations import Advice, Drop, Move, Operation, Rebuild, Replace, Scale, apply
from homestretch.coach.planner.week.families import GRID
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.session import Session

#: Days without training after which a plan is made again, and after which it goes on with less.
REBUILD_DAYS, RESUME_DAYS = 7, 3
RESUME, RESUME_FOR_DAYS = 0.8, 7
#: The parts of the sessions on the days after an illness.
AFTER_ILLNESS = (0.5, 0.75)
#: Yesterday was overdone by this factor, and by so much load; what is hard within so many days becomes easy.
OVERDONE, OVERDONE_LOAD, OVERDONE_DAYS = 1.5, 40.0, 2
#: Below this readiness a hard session becomes easy and shorter.
LOW_READINESS, EASIER = 35.0, 0.7
#: What a made-up session costs for each day that it is later, and what it saves in the place of an easy one.
LATER, IN_PLACE = 10, 5
_EASY_PURPOSES = frozenset(("endurance", "recovery", "technique", "mobility"))


@dataclass(frozen=True, slots=True)
class Done:
    """What became of the plan so far. `sessions` are the ids of planned sessions that were done or skipped.

    `days_off` are the days before today without any activity; None where that is not known. `yesterday` is the load
    that was planned for yesterday and the one that was done. `readiness` is today's, 0 to 100.
    """

    sessions: frozenset[str] = frozenset()
    days_off: int | None = None
    yesterday: tuple[float, float] | None = None
    readiness: float | None = None


def adapt(sessions: Sequence[Session], done: Done, rules: Sequence[Rule], state: State) -> list[Advice]:
    """Return what to change from today on; nothing where the plan goes on as it is."""
    today = state.today
    ahead = [one for one in sorted(sessions, key=lambda one: (one.date, one.id)) if one.date >= today]
    ill = [marker for marker in state.markers if marker.kind == "ill" and marker.since <= today]
    if any(marker.until is None or marker.until >= today for marker in ill):
        last = max(marker.until or plus(today, 1) for marker in ill)
        return [Drop(one.id, "marked ill") for one in ahead if one.date <= last and not one.locked]
    if done.days_off is not None and done.days_off >= REBUILD_DAYS:
        return [Rebuild(f"{done.days_off} days without training: plan again from today's fitness")]
    made: list[Operation] = _after_illness(ahead, [marker.until for marker in ill if marker.until is not None])
    if made:
        return [*made]
    if done.days_off is not None and done.days_off >= RESUME_DAYS:
        return [*_resumed(ahead, done.days_off, today)]
    made = _missed(sessions, done.sessions, rules, state)
    made += _injured(ahead, rules, state, {one.id for one in made if isinstance(one, Drop)})
    touched = {one.id for one in made if isinstance(one, Drop | Replace | Scale)}
    made += _easier(apply(made, sessions), done, rules, state, touched)
    return [*made]


def _free(session: Session) -> bool:
    return not session.locked


def _after_illness(ahead: Sequence[Session], ends: Sequence[str]) -> list[Operation]:
    made: list[Operation] = []
    for one in ahead:
        after = min((between(end, one.date) for end in ends), default=0)
        if 1 <= after <= len(AFTER_ILLNESS) and _free(one):
            part = AFTER_ILLNESS[after - 1]
            why = f"day {after} after the illness: {round(100 * part)} %"
            made.append(Replace(one.id, factor=part, why=why) if one.hard else Scale(one.id, part, why))
    return made


def _resumed(ahead: Sequence[Session], days_off: int, today: str) -> list[Operation]:
    why = f"{days_off} days off: resume at {round(100 * RESUME)} %"
    return [
        Replace(one.id, factor=RESUME, why=why) if one.hard and one.date == today else Scale(one.id, RESUME, why)
        for one in ahead
        if between(today, one.date) < RESUME_FOR_DAYS and _free(one)
    ]


def _is_race_week(state: State, today: str) -> bool:
    return any(event.priority == "A" and today <= event.date <= plus(monday(today), 6) for event in state.events)


def _missed(sessions: Sequence[Session], done: Collection[str], rules: Sequence[Rule], state: State) -> list[Operation]:
    """Return what becomes of this week's missed sessions: hard and long ones find another day, easy ones don't."""
    today = state.today
    missed = [
        one for one in sorted(sessions, key=lambda one: (one.date, one.id))
        if monday(today) <= one.date < today and one.id not in done and _free(one)
    ]  # fmt: skip
    made: list[Operation] = []
    for one in missed:
        if not (one.hard or one.long) or one.fixed:
            made.append(Drop(one.id, "missed easy session: not made up" if not one.fixed else "missed: not made up"))
        elif _is_race_week(state, today):
            made.append(Drop(one.id, "missed in race week: not made up"))
        else:
            made += _made_up(apply(made, sessions), one, rules, state)
    return made


def _made_up(sessions: Sequence[Session], missed: Session, rules: Sequence[Rule], state: State) -> list[Operation]:
    known = _musts(sessions, rules, state)
    options: list[tuple[int, str, list[Operation]]] = []
    for ahead in range(between(state.today, plus(monday(state.today), 6)) + 1):
        day = plus(state.today, ahead)
        main = [one for one in sessions if one.date == day and one.sport != "strength" and one.id != missed.id]
        why = "missed; first day this week where every must rule holds"
        move = Move(missed.id, missed.date, day, why)
        if not main:
            options.append((LATER * ahead, day, [move]))
        elif len(main) == 1 and _may_give_way(main[0]):
            options.append((LATER * ahead - IN_PLACE, day, [move, Drop(main[0].id, "makes room")]))
    for _, _, operations in sorted(options, key=lambda option: option[:2]):
        if _musts(apply(operations, sessions), rules, state) <= known:
            return operations
    return [Drop(missed.id, "no day left this week without breaking a rule")]


def _may_give_way(session: Session) -> bool:
    return not (session.hard or session.long or session.fixed or session.locked)


def _musts(sessions: Sequence[Session], rules: Sequence[Rule], state: State) -> set[tuple[str, str]]:
    found = check(rules, sessions, state)
    return {(one.rule, one.day) for one in found if one.severity == "must"}


def _injured(
    ahead: Sequence[Session], rules: Sequence[Rule], state: State, touched: Collection[str]
) -> list[Operation]:
    """Drop what an injury forbids in the next seven days."""
    kinds = {rule.id: rule.kind for rule in rules}
    soon = [one for one in ahead if between(state.today, one.date) < RESUME_FOR_DAYS]
    named = {
        name: violation.text for violation in check(rules, soon, state)
        if violation.severity == "must" and kinds.get(violation.rule) == "after_injury" for name in violation.sessions
    }  # fmt: skip
    return [Drop(one.id, named[one.id]) for one in soon if one.id in named and one.id not in touched and _free(one)]


def _easier(
    sessions: Sequence[Session], done: Done, rules: Sequence[Rule], state: State, touched: Collection[str]
) -> list[Operation]:
    """Make hard sessions easy after too much yesterday, or today after a morning that says so."""
    made: list[Operation] = []
    reasons = _reasons_today(sessions, done, rules, state)
    overdone = _overdone(done)
    for one in sorted(sessions, key=lambda one: (one.date, one.id)):
        days = between(state.today, one.date)
        if one.id in touched or not _free(one) or not 0 <= days < OVERDONE_DAYS:
            continue
        why = reasons.get(one.id) if days == 0 else None
        if why is None and one.hard and overdone is not None:
            made.append(Replace(one.id, minutes=one.minutes // GRID * GRID or GRID, why=overdone))
        elif why is not None:
            made.append(Replace(one.id, minutes=max(GRID, int(EASIER * one.minutes) // GRID * GRID), why=why))
    return made


def _overdone(done: Done) -> str | None:
    if done.yesterday is None:
        return None
    planned, load = done.yesterday
    if load <= OVERDONE * planned or load < planned + OVERDONE_LOAD:
        return None
    return f"yesterday's load was {load:.0f}, {planned:.0f} was planned"


def _reasons_today(sessions: Sequence[Session], done: Done, rules: Sequence[Rule], state: State) -> dict[str, str]:
    """Return by id why today's session should be easier: low readiness, or a rule on the morning's signals."""
    if any(event.date == state.today for event in state.events):
        return {}
    today = [one for one in sessions if one.date == state.today]
    reasons: dict[str, str] = {}
    kinds = {rule.id: rule.kind for rule in rules}
    for violation in check(rules, today, state):
        if violation.severity == "must" and kinds.get(violation.rule) == "readiness_gate":
            reasons.update(dict.fromkeys(violation.sessions, violation.text))
    if done.readiness is not None and done.readiness < LOW_READINESS:
        for one in today:
            if one.hard:
                reasons[one.id] = f"readiness {done.readiness:.0f} < {LOW_READINESS:.0f}"
    return {one.id: reasons[one.id] for one in today if one.id in reasons and one.purpose not in _EASY_PURPOSES}
