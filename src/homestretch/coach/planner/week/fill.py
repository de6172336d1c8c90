"""Lengthens long and easy sessions, five minutes at a time, until a week has the load that it aims at."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from homestretch.coach.planner.week.draft import Slot, Week
from homestretch.coach.planner.week.families import grown

#: A week may end so much over its goal.
OVER = 5.0


def fill(week: Week, slots: Sequence[Slot], days: Sequence[int]) -> list[Slot]:
    """Return the slots, lengthened; `days` are theirs."""
    made = list(slots)
    used = _used(week, made, days)
    load = sum(slot.size.load for slot in made) + sum(one.load for one in week.fixed)
    minutes = sum(used)
    turns = _turns(made, days)
    stopped: set[int] = set()
    least = week.given.least_minutes
    goal = max(week.goal, week.given.least_load)
    top = goal + OVER if week.given.load_max is None else min(goal + OVER, week.given.load_max)

    def is_full() -> bool:
        return load >= goal and minutes >= least

    while not is_full() and len(stopped) < len(set(turns)):
        for at in turns:
            if is_full():
                break
            if at in stopped:
                continue
            slot = made[at]
            longer = grown(slot.size, week.setting.speed(slot.sport))
            more = 0 if longer is None else longer.minutes - slot.size.minutes
            if (
                longer is None
                or longer.minutes > slot.most
                or used[days[at]] + more > week.given.caps[days[at]]
                or (
                    load + longer.load - slot.size.load > top
                    and (minutes >= least or load >= (week.given.load_max or inf))
                )
                or (week.given.minutes is not None and minutes + more > week.given.minutes)
            ):
                stopped.add(at)
                continue
            load += longer.load - slot.size.load
            minutes += more
            used[days[at]] += more
            made[at] = replace(slot, size=longer)
    return made


def _used(week: Week, slots: Sequence[Slot], days: Sequence[int]) -> list[int]:
    used = [0] * 7
    for day, session in (*week.given.fixed, *week.given.events):
        used[day] += session.minutes
    for slot, day in zip(slots, days, strict=True):
        used[day] += slot.size.minutes
    return used


def _turns(slots: Sequence[Slot], days: Sequence[int]) -> list[int]:
    """Return whose turn it is to grow: the long sessions twice, then the easy ones by weekday."""
    long = [at for at, slot in enumerate(slots) if slot.role == "long"]
    easy = sorted((at for at, slot in enumerate(slots) if slot.role == "easy"), key=lambda at: days[at])
    return [*long, *long, *easy]
