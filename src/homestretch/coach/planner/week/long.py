"""Chooses a week's long sessions, the bricks of triathletes, and the opener before a race."""

from homestretch.coach.planner.week.draft import Slot, Week, days_for, floor5, is_over
from homestretch.coach.planner.week.families import size, size_for
from homestretch.coach.workouts.templates import TEMPLATES
from homestretch.model.coach.session import Session

#: The long session's part of the week's load, and how it shrinks in weeks of recovery and taper.
LONG_SHARE, LONG_RECOVERY, LONG_TAPER = 0.30, 0.7, 0.6
#: The longest session of an athlete of which nothing is known, in minutes.
FIRST_LONGEST = 120
#: A brick of every second build week takes the place of an easy session and the long run; its minutes, and the most.
BRICK, BRICK_MINUTES, BRICK_MOST = "B1", 95, 150


def has_long(week: Week) -> bool:
    """Return whether a week gets a long session."""
    return week.place.kind != "race" and not any(session.long for session in week.fixed)


def long_sessions(week: Week, room: int) -> list[Slot]:
    """Return the long sessions, as long as the room for main sessions allows."""
    if not has_long(week):
        return []
    slots: list[Slot] = []
    sports = _long_sports(week)
    for sport in sports[: max(0, room)]:
        made = _long_of(week, sport, len(sports))
        if made is not None and not is_over(
            week.given, [*week.fixed, *(one.session() for one in slots)], made.session()
        ):
            slots.append(made)
    return slots


def _long_sports(week: Week) -> list[str]:
    """Return the sports that have a long session: the two with the largest shares."""
    sports = [sport for sport in week.setting.shares if week.setting.family(sport).long is not None]
    return sports[:2]


def _long_of(week: Week, sport: str, sports: int) -> Slot | None:
    family, speed = week.setting.family(sport), week.setting.speed(sport)
    if family.long is None:
        return None
    days = days_for(week, Session("", "", sport, 1, 1.0, long=True, purpose="long"))
    most_cap = floor5(max((week.given.caps[day] for day in days), default=0))
    most = min(long_most(week, sport), most_cap)
    if most_cap < family.long_least or most < family.easy_minutes:
        return None
    hour = size(family.long, None, 60, speed) if family.long.minutes else size_for(family.long, 60, speed)
    wanted = floor5(LONG_SHARE * week.goal / sports * hour.minutes / hour.load)
    total = max(min(family.long_least, most), min(wanted, most))
    return Slot("long", size_for(family.long, total, speed), most)


def long_most(week: Week, sport: str) -> int:
    """Return the minutes that a sport's long session may have after the longest so far."""
    family = week.setting.family(sport)
    longest = week.progress.longest.get(sport, FIRST_LONGEST)
    allowed = floor5(round(family.growth * longest, 6))
    if week.place.kind == "recovery":
        allowed = floor5(round(allowed * LONG_RECOVERY, 6))
    elif week.place.kind == "taper":
        allowed = floor5(round(allowed * LONG_TAPER, 6))
    most = week.given.most_minutes(sport)
    return allowed if most is None else min(allowed, floor5(most))


def with_brick(week: Week, long: list[Slot], easy: list[Slot]) -> list[Slot]:
    """Put a brick in place of the long run and one of the `easy` sessions, in every second build week."""
    is_time = week.place.phase == "build" and week.place.kind == "load" and week.progress.done % 2 == 1
    run = next((slot for slot in long if slot.sport == "run"), None)
    if not week.setting.is_triathlon or not is_time or run is None or not easy:
        return long
    days = days_for(week, Session("", "", "brick", 1, 1.0, purpose="brick", long=True, template=BRICK))
    most = floor5(max((week.given.caps[day] for day in days), default=0))
    made = size_for(TEMPLATES[BRICK], BRICK_MINUTES)
    limit = week.given.most_minutes("brick")
    if made.minutes > (most if limit is None else min(most, limit)):
        return long
    easy.pop()
    return [Slot("long", made, min(most, BRICK_MOST)) if slot is run else slot for slot in long]


def openers(week: Week, room: int) -> list[Slot]:
    """Return the short brisk session of a race week."""
    sport = week.setting.opener_sport
    template = week.setting.family(sport).opener
    if week.place.kind != "race" or room < 1 or template is None:
        return []
    made = size(template, template.repeats[0] if template.repeats else None, None, week.setting.speed(sport))
    return [Slot("opener", made, made.minutes)]
