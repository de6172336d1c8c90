"""Decides what a week holds before it gets its days: which hard sessions, how long the long one, how much is easy."""

from homestretch.coach.planner.week.draft import Slot, Week
from homestretch.coach.planner.week.easy import easy_sessions, strength_sessions
from homestretch.coach.planner.week.hard import hard_sessions
from homestretch.coach.planner.week.long import has_long, long_sessions, openers, with_brick
from homestretch.coach.planner.week.trim import trimmed

#: Main sessions of a week at most.
MOST_MAIN = 6


def compose(week: Week) -> list[Slot]:
    """Return the sessions of a week in the order in which they are given days."""
    usable = week.given.usable
    before_race = week.given.race_day
    if before_race is not None:
        usable = [day for day in usable if day < before_race]
    total = min(len(usable), MOST_MAIN, 7 - week.given.free_rest)
    for count in week.given.counts:
        if not count.of and count.most is not None:
            total = min(total, count.most)
    room = total - len(week.given.main_days & set(usable))
    hard = hard_sessions(week, total, room, has_long(week))
    long = long_sessions(week, room - len(hard))
    opener = openers(week, room - len(hard) - len(long))
    easy = easy_sessions(week, room - len(hard) - len(long) - len(opener), [*hard, *long, *opener])
    strength = strength_sessions(week)
    return trimmed(week, [*hard, *with_brick(week, long, easy), *opener, *easy, *strength])
