"""Makes a week smaller where it has too much load or too many minutes."""

from collections.abc import Sequence
from math import inf

from homestretch.coach.planner.week.conditions import LEAST_MINUTES
from homestretch.coach.planner.week.draft import Slot, Week, is_needed
from homestretch.coach.planner.week.families import GRID, shrunk, size_for

#: A week may have so much more load than its goal before sessions are left out.
OVER_GOAL = 1.05


def trimmed(week: Week, slots: list[Slot]) -> list[Slot]:
    """Make the week smaller while it has too much load or too many minutes: easy sessions go first."""
    most = OVER_GOAL * max(week.goal, week.given.least_load)
    while _is_over_bounds(week, slots, most):
        spare = [at for at, slot in enumerate(slots) if slot.role == "easy" and not is_needed(week, slots, slot)]
        if spare:
            slots.pop(spare[-1])
        elif not _lighter(week, slots) and not (_is_over_bounds(week, slots, inf) and _give_way(week, slots)):
            break
    return slots


def _is_over_bounds(week: Week, slots: Sequence[Slot], most: float) -> bool:
    """Return whether the sessions have more load than `most`, or than the rules allow, or too many minutes."""
    given = week.given
    load = sum(slot.size.load for slot in slots) + sum(one.load for one in week.fixed)
    minutes = sum(slot.size.minutes for slot in slots) + sum(one.minutes for one in week.fixed)
    allowed = most if given.load_max is None else min(most, given.load_max)
    return load > allowed or (given.minutes is not None and minutes > given.minutes)


def _give_way(week: Week, slots: list[Slot]) -> bool:
    """Take out or shorten what is left, the least important first; False where nothing is."""
    for role in ("strength", "hard", "long", "opener", "easy"):
        at = max((at for at, slot in enumerate(slots) if slot.role == role), default=None)
        if at is None:
            continue
        slot = slots[at]
        if role == "long" and slot.size.free is not None and slot.size.minutes - GRID >= LEAST_MINUTES:
            shorter = size_for(slot.size.template, slot.size.minutes - GRID, week.setting.speed(slot.sport))
            if shorter.minutes < slot.size.minutes:
                slots[at] = Slot("long", shorter, slot.most)
                return True
        slots.pop(at)
        week.dropped.append(f"{role} — no time left in the week")
        return True
    return False


def _lighter(week: Week, slots: list[Slot]) -> bool:
    """Make the largest hard session one step shorter; where none can be, make the last of several easy."""
    hard = [at for at, slot in enumerate(slots) if slot.role == "hard" and slot.size.template.purpose != "test"]
    for at in sorted(hard, key=lambda at: (-slots[at].size.load, at)):
        smaller = shrunk(slots[at].size, week.setting.speed(slots[at].sport))
        if smaller is not None:
            slots[at] = Slot("hard", smaller, smaller.minutes)
            return True
    count = sum(slot.role == "hard" for slot in slots) + sum(session.hard for session in week.fixed)
    if not hard or count < 2 or is_needed(week, slots, slots[hard[-1]]):
        return _shorter_long(week, slots)
    sport = slots[hard[-1]].sport
    family, speed = week.setting.family(sport), week.setting.speed(sport)
    easy = size_for(family.easy[0], family.easy_minutes, speed)
    slots.pop(hard[-1])
    at = sum(slot.role in ("hard", "long", "opener") for slot in slots)
    slots.insert(at, Slot("easy", easy, family.easy_most))
    return True


def _shorter_long(week: Week, slots: list[Slot]) -> bool:
    """In a week that is to be light, shorten the long session, then leave strength out that no must asks for."""
    if week.place.kind == "load":
        return False
    for at, slot in enumerate(slots):
        if slot.role == "long" and slot.size.free is not None and slot.size.minutes - GRID >= LEAST_MINUTES:
            shorter = size_for(slot.size.template, slot.size.minutes - GRID, week.setting.speed(slot.sport))
            if shorter.minutes < slot.size.minutes:
                slots[at] = Slot("long", shorter, slot.most)
                return True
    strength = [at for at, slot in enumerate(slots) if slot.role == "strength"]
    if strength and not is_needed(week, slots, slots[strength[-1]]):
        slots.pop(strength[-1])
        return True
    return False
