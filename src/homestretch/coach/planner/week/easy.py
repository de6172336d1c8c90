"""Chooses a week's easy sessions by the sports' shares, and its strength sessions."""

from collections.abc import Sequence

from homestretch.coach.planner.week.conditions import LEAST_MINUTES
from homestretch.coach.planner.week.draft import Slot, Week, least_of, most_of
from homestretch.coach.planner.week.families import size_for
from homestretch.coach.workouts.templates import TEMPLATES

STRENGTH, STRENGTH_MINUTES = "G1", 40


def easy_sessions(week: Week, room: int, others: Sequence[Slot]) -> list[Slot]:
    """Return easy sessions for the room that is left, by the sports' shares."""
    if room <= 0:
        return []
    slots: list[Slot] = []
    small = _small_days(week, room + len(others)) if len(week.setting.shares) == 1 else 0
    for sport, count in _shared_out(week, room, others).items():
        family, speed = week.setting.family(sport), week.setting.speed(sport)
        for index in range(count):
            template = family.easy[(index + week.progress.week) % len(family.easy)]
            minutes = LEAST_MINUTES if index >= count - small else family.easy_minutes
            limit = week.given.most_minutes(sport)
            most = family.easy_most if limit is None else min(family.easy_most, limit)
            slots.append(Slot("easy", size_for(template, min(minutes, most), speed), most))
    return slots


def _small_days(week: Week, sessions: int) -> int:
    """Return how many days have time for a short session only."""
    least = week.setting.family(next(iter(week.setting.shares))).easy_minutes
    large = sum(week.given.caps[day] >= least for day in week.given.usable if week.given.is_open(day))
    return max(0, sessions - large)


def _shared_out(week: Week, room: int, others: Sequence[Slot]) -> dict[str, int]:
    """Return how many easy sessions each sport gets: its share of all (largest remainder) less what it has."""
    shares = week.setting.shares
    held = [*(slot.sport for slot in others), *(one.sport for one in week.fixed if one.sport in shares)]
    total = room + len(held)
    exact = {sport: share * total for sport, share in shares.items()}
    counts = {sport: int(value + 1e-9) for sport, value in exact.items()}
    by_rest = sorted(shares, key=lambda sport: (counts[sport] - exact[sport], [*shares].index(sport)))
    for sport in by_rest[: total - sum(counts.values())]:
        counts[sport] += 1
    wanted = {
        sport: max(counts[sport] - held.count(sport), _least_of(week, sport) - held.count(sport), 0) for sport in shares
    }
    while sum(wanted.values()) > room:
        most = max(
            (sport for sport in shares if wanted[sport]), key=lambda sport: (wanted[sport], -[*shares].index(sport))
        )
        wanted[most] -= 1
    while sum(wanted.values()) < room:
        wanted[next(iter(shares))] += 1
    return wanted


def _least_of(week: Week, sport: str) -> int:
    return max((count.least for count in week.given.counts if count.of == {"sport": sport}), default=0)


def strength_sessions(week: Week) -> list[Slot]:
    """Return the strength sessions; there are none in taper and race weeks."""
    if week.place.kind in ("taper", "race") or "strength" in week.setting.shares:
        return []
    held = sum(session.sport == "strength" for session in week.fixed)
    wanted = max(week.setting.strength - held, least_of(week, "sport", "strength"))
    made = size_for(TEMPLATES[STRENGTH], STRENGTH_MINUTES)
    slot = Slot("strength", made, made.minutes)
    most = most_of(week, slot.session())
    return [slot] * (wanted if most is None else min(wanted, most))
