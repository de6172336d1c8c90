"""Chooses a week's hard sessions: how many, of which sport, and whose turn it is."""

from collections.abc import Sequence

from homestretch.coach.checking.selectors import selects
from homestretch.coach.planner.week.draft import Slot, Week, days_for, is_over, least_of, under
from homestretch.coach.planner.week.families import Size, progressed, size
from homestretch.coach.workouts.templates import Template
from homestretch.model.coach.session import Session


def hard_sessions(week: Week, total: int, room: int, has_long: bool) -> list[Slot]:
    """Return the hard sessions of a week with `total` main sessions, of which `room` are not fixed."""
    given = week.given
    slots: list[Slot] = []
    for index, sport in enumerate(_hard_sports(week, min(_hard_count(week, total), room))):
        days = days_for(week, Session("", "", sport, 1, 1.0, hard=True))
        caps = sorted((given.caps[day] for day in days), reverse=True)
        if not caps:
            week.dropped.append(f"hard — no day for a hard {sport} session{under(week)}")
            continue
        most = caps[min(len(caps) - 1, index + 2 if has_long else index)]
        made = _test(week, sport, most, slots) or _turn(week, sport, index, most, slots)
        if made is None:
            week.dropped.append(f"hard — no hard {sport} session fits into {most} min")
        else:
            slots.append(Slot("hard", made, made.minutes))
    return slots


def _hard_count(week: Week, total: int) -> int:
    place, level = week.place, week.setting.level
    if place.kind == "taper":
        count = 1
    elif place.kind != "load" or place.phase not in ("base", "build"):
        count = 0
    elif place.phase == "base":
        count = 2 if total >= 5 else 1
    else:
        count = 3 if level == "advanced" and total >= 6 else 2 if total >= 4 else 1
    count = max(0, count - sum(session.hard for session in week.fixed))
    return max(count, least_of(week, "hard", True)) if place.kind == "load" else count


def _hard_sports(week: Week, count: int) -> list[str]:
    """Return the sport of each hard session: in falling share, turning from week to week."""
    sports = [sport for sport in week.setting.shares if week.setting.family(sport).rotations]
    if not sports:
        return []
    return [sports[(index + week.progress.week) % len(sports)] for index in range(count)]


def _test(week: Week, sport: str, most: int, slots: Sequence[Slot]) -> Size | None:
    """Return the test that is due, if it is one of this sport and fits."""
    known = week.setting.family(sport).tests
    taken = {slot.size.template.id for slot in slots}
    for test in week.given.tests:
        template = known.get(test)
        if template is not None and template.id not in taken and week.place.kind == "load":
            made = size(template, None, None, week.setting.speed(sport))
            return made if made.minutes <= most and not _is_over(week, slots, made) else None
    return None


def _turn(week: Week, sport: str, index: int, most: int, slots: Sequence[Slot]) -> Size | None:
    """Return the hard session whose turn it is, as long as it may be; the next in turn where it does not fit."""
    for template in _in_turn(week, sport, index, slots):
        made = progressed(template, week.progress.done, most, week.setting.speed(sport))
        if made is not None and not _is_over(week, slots, made):
            return made
    return None


def _in_turn(week: Week, sport: str, index: int, slots: Sequence[Slot]) -> list[Template]:
    """Return hard sessions in the order in which they are tried: what rules want, what is liked, then by turn."""
    turns = week.setting.family(sport).rotation(week.place.phase)
    at = week.progress.done + index
    taken = {slot.size.template.id for slot in slots}
    held = [*week.fixed, *(slot.session() for slot in slots)]

    def rank(step: int) -> tuple[int, int, int]:
        template = turns[(at + step) % len(turns)]
        made = size(template, template.repeats and template.repeats[0], template.minutes and template.minutes[0])
        session = Slot("hard", made, made.minutes).session()
        wanted = any(
            count.of and selects(count.of, session) and sum(selects(count.of, one) for one in held) < count.least
            for count in week.given.counts
        )
        liked = week.given.liking(session)
        return (-wanted, 0 if template.id in taken and liked > 0 else -liked, step)

    ordered = sorted(range(len(turns)), key=rank) if week.given.counts or week.given.likes else range(len(turns))
    return [turns[(at + step) % len(turns)] for step in ordered]


def _is_over(week: Week, slots: Sequence[Slot], made: Size) -> bool:
    """Return whether one more session of this kind would be more than the rules allow."""
    session = Slot("hard", made, made.minutes).session()
    return is_over(week.given, [*week.fixed, *(slot.session() for slot in slots)], session)
