"""Decides what a week holds before it gets its days: how many hard sessions, which, how long the long one, and so on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from homestretch.coach.checking.selectors import selects
from homestretch.coach.planner.week.conditions import LEAST_MINUTES, Conditions, Role
from homestretch.coach.planner.week.families import FAMILIES, GRID, Family, Size, progressed, shrunk, size, size_for
from homestretch.coach.planner.layout import Place
from homestretch.coach.planner.request import Level
from homestretch.coach.workouts.templates import TEMPLATES, Template
from homestretch.model.coach.session import Session

#: Main sessions of a week at most.
MOST_MAIN = 6
#: The long session's part of the week's load, and how it shrinks in weeks of recovery and taper.
LONG_SHARE, LONG_RECOVERY, LONG_TAPER = 0.30, 0.7, 0.6
#: The longest session of an athlete of which nothing is known, in minutes, and the load of a week over its goal.
FIRST_LONGEST, OVER_GOAL = 120, 1.05
#: A brick of every second build week takes the place of an easy session and the long run.
BRICK, BRICK_MINUTES, BRICK_MOST = "B1", 95, 150


@dataclass(frozen=True, slots=True)
class Slot:
    """A session of a week that has no day yet; `most` are the minutes to which it may grow."""

    role: Role
    size: Size
    most: int

    @property
    def sport(self) -> str:
        """The session's sport."""
        return self.size.template.sport

    def session(self, sport: str | None = None) -> Session:
        """Return the session without id and day."""
        template = self.size.template
        known = template.id in TEMPLATES
        return Session(
            id="", date="", sport=sport or template.sport, minutes=self.size.minutes, load=self.size.load,
            title=template.title.replace("{n}", str(self.size.n)), template=template.id if known else "",
            n=self.size.n, purpose=template.purpose, hard=template.hard, long=self.role == "long",
            load_basis=self.size.basis, steps=self.size.steps,
        )  # fmt: skip


@dataclass(slots=True)
class Progress:
    """What the weeks so far have built up: loading weeks done in this phase, and longest sessions by sport."""

    done: int = 0
    week: int = 0
    longest: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same for all weeks of a plan. `shares` are in falling order and sum to 1."""

    shares: Mapping[str, float]
    level: Level
    strength: int
    speeds: Mapping[str, float]
    goal_sport: str = ""

    @property
    def opener_sport(self) -> str:
        """The sport of the last session before the race: the race's own where it has one."""
        family = FAMILIES.get(self.goal_sport)
        return self.goal_sport if family is not None and family.opener is not None else next(iter(self.shares))

    @property
    def is_triathlon(self) -> bool:
        """Whether riding, running and swimming are all trained."""
        return {"ride", "run", "swim"} <= set(self.shares)

    def family(self, sport: str) -> Family:
        """Return a sport's sessions."""
        return FAMILIES[sport]

    def speed(self, sport: str) -> float | None:
        """Return the threshold speed of a sport, or None."""
        return self.speeds.get(sport)


@dataclass(slots=True)
class Week:
    """A week that is being put together."""

    place: Place
    goal: int
    given: Conditions
    setting: Setting
    progress: Progress
    dropped: list[str] = field(default_factory=list)

    @property
    def fixed(self) -> list[Session]:
        """The sessions that are there already: fixed ones and events."""
        return [session for _, session in (*self.given.fixed, *self.given.events)]


def floor5(value: float) -> int:
    """Return minutes on the planner's grid, rounded down."""
    return int(value // GRID) * GRID


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
    hard = _hard(week, total, room)
    long = _long(week, room - len(hard))
    opener = _opener(week, room - len(hard) - len(long))
    easy = _easy(week, room - len(hard) - len(long) - len(opener), [*hard, *long, *opener])
    strength = _strength(week)
    return _trimmed(week, [*hard, *_with_brick(week, long, easy), *opener, *easy, *strength])


def _limit(week: Week, role: Session) -> int | None:
    """Return how many sessions like this one the rules allow at most, fixed ones counted; None for any number."""
    limits = [
        count.most - sum(selects(count.of, one) for one in week.fixed)
        for count in week.given.counts
        if count.most is not None and count.of and selects(count.of, role)
    ]
    return max(0, min(limits)) if limits else None


def _least(week: Week, key: str, value: str | bool) -> int:
    """Return how many sessions the rules want of which only this is said, such as hard: true."""
    wanted = [count for count in week.given.counts if count.of == {key: value}]
    return max((count.least - sum(selects(count.of, one) for one in week.fixed) for count in wanted), default=0)


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
    return max(count, _least(week, "hard", True)) if place.kind == "load" else count


def _hard_sports(week: Week, count: int) -> list[str]:
    """Return the sport of each hard session: in falling share, turning from week to week."""
    sports = [sport for sport in week.setting.shares if week.setting.family(sport).rotations]
    if not sports:
        return []
    return [sports[(index + week.progress.week) % len(sports)] for index in range(count)]


def _hard(week: Week, total: int, room: int) -> list[Slot]:
    given = week.given
    slots: list[Slot] = []
    has_long = _has_long(week)
    for index, sport in enumerate(_hard_sports(week, min(_hard_count(week, total), room))):
        days = _days_for(week, Session("", "", sport, 1, 1.0, hard=True))
        caps = sorted((given.caps[day] for day in days), reverse=True)
        if not caps:
            week.dropped.append(f"hard — no day for a hard {sport} session{_under(week)}")
            continue
        most = caps[min(len(caps) - 1, index + 2 if has_long else index)]
        made = _test(week, sport, most, slots) or _turn(week, sport, index, most, slots)
        if made is None:
            week.dropped.append(f"hard — no hard {sport} session fits into {most} min")
        else:
            slots.append(Slot("hard", made, made.minutes))
    return slots


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


def is_over(given: Conditions, held: Sequence[Session], session: Session) -> bool:
    """Return whether a session more would break a rule's highest count, or is forbidden on every day."""
    for count in given.counts:
        if count.most is not None and selects(count.of, session):
            if sum(selects(count.of, one) for one in held) >= count.most:
                return True
    return any(ban.price is None and len(ban.days) == 7 and selects(ban.of, session) for ban in given.bans)


def _days_for(week: Week, session: Session) -> list[int]:
    """Return the days that may have a session, minutes apart."""
    given = week.given
    banned = {
        day for ban in given.bans if ban.price is None and selects(ban.of, session) for day in ban.days
    }  # fmt: skip
    near = set()
    if session.hard:
        near = {
            day
            for spacing in given.spacings
            if spacing.price is None
            for other in given.hard_days()
            for day in range(7)
            if 0 < abs(day - other) < spacing.days
        }
    taken = given.main_days if session.sport != "strength" else set()
    return [day for day in given.usable if given.is_open(day) and day not in banned | near | taken]


def _has_long(week: Week) -> bool:
    return week.place.kind != "race" and not any(session.long for session in week.fixed)


def _long_sports(week: Week) -> list[str]:
    """Return the sports that have a long session: the two with the largest shares."""
    sports = [sport for sport in week.setting.shares if week.setting.family(sport).long is not None]
    return sports[:2]


def _long(week: Week, room: int) -> list[Slot]:
    if not _has_long(week):
        return []
    slots: list[Slot] = []
    sports = _long_sports(week)
    for sport in sports[: max(0, room)]:
        made = _long_of(week, sport, len(sports))
        if made is not None and not is_over(week.given, [*week.fixed, *(one.session() for one in slots)], made.session()):
            slots.append(made)
    return slots


def _long_of(week: Week, sport: str, sports: int) -> Slot | None:
    family, speed = week.setting.family(sport), week.setting.speed(sport)
    if family.long is None:
        return None
    days = _days_for(week, Session("", "", sport, 1, 1.0, long=True, purpose="long"))
    most_cap = floor5(max((week.given.caps[day] for day in days), default=0))
    most = min(long_most(week, sport), most_cap)
    if most_cap < family.long_least or most < family.easy_minutes:
        return None
    hour = size(family.long, None, 60, speed) if family.long.minutes else size_for(family.long, 60, speed)
    wanted = floor5(LONG_SHARE * week.goal / sports * hour.minutes / hour.load)
    total = max(min(family.long_least, most), min(wanted, most))
    return Slot("long", size_for(family.long, total, speed), most)


def _with_brick(week: Week, long: list[Slot], easy: list[Slot]) -> list[Slot]:
    """Put a brick in place of the long run and one of the `easy` sessions, in every second loading week of the build."""
    is_time = week.place.phase == "build" and week.place.kind == "load" and week.progress.done % 2 == 1
    run = next((slot for slot in long if slot.sport == "run"), None)
    if not week.setting.is_triathlon or not is_time or run is None or not easy:
        return long
    days = _days_for(week, Session("", "", "brick", 1, 1.0, purpose="brick", long=True, template=BRICK))
    most = floor5(max((week.given.caps[day] for day in days), default=0))
    made = size_for(TEMPLATES[BRICK], BRICK_MINUTES)
    limit = week.given.most_minutes("brick")
    if made.minutes > (most if limit is None else min(most, limit)):
        return long
    easy.pop()
    return [Slot("long", made, min(most, BRICK_MOST)) if slot is run else slot for slot in long]


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


def _opener(week: Week, room: int) -> list[Slot]:
    sport = week.setting.opener_sport
    template = week.setting.family(sport).opener
    if week.place.kind != "race" or room < 1 or template is None:
        return []
    made = size(template, template.repeats[0] if template.repeats else None, None, week.setting.speed(sport))
    return [Slot("opener", made, made.minutes)]


def _easy(week: Week, room: int, others: Sequence[Slot]) -> list[Slot]:
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
    """Return how many easy sessions each sport gets: its share of all main sessions (largest remainder) less the rest."""
    shares = week.setting.shares
    held = [*(slot.sport for slot in others), *(one.sport for one in week.fixed if one.sport in shares)]
    total = room + len(held)
    exact = {sport: share * total for sport, share in shares.items()}
    counts = {sport: int(value + 1e-9) for sport, value in exact.items()}
    by_rest = sorted(shares, key=lambda sport: (counts[sport] - exact[sport], [*shares].index(sport)))
    for sport in by_rest[: total - sum(counts.values())]:
        counts[sport] += 1
    wanted = {sport: max(counts[sport] - held.count(sport), _least_of(week, sport) - held.count(sport), 0) for sport in shares}
    while sum(wanted.values()) > room:
        most = max((sport for sport in shares if wanted[sport]), key=lambda sport: (wanted[sport], -[*shares].index(sport)))
        wanted[most] -= 1
    while sum(wanted.values()) < room:
        wanted[next(iter(shares))] += 1
    return wanted


def _least_of(week: Week, sport: str) -> int:
    return max((count.least for count in week.given.counts if count.of == {"sport": sport}), default=0)


def _strength(week: Week) -> list[Slot]:
    if week.place.kind in ("taper", "race") or "strength" in week.setting.shares:
        return []
    held = sum(session.sport == "strength" for session in week.fixed)
    wanted = max(week.setting.strength - held, _least(week, "sport", "strength"))
    template = TEMPLATES["G1"]
    made = size_for(template, 40)
    slot = Slot("strength", made, made.minutes)
    most = _limit(week, slot.session())
    return [slot] * (wanted if most is None else min(wanted, most))


def _trimmed(week: Week, slots: list[Slot]) -> list[Slot]:
    """Make the week smaller while it has too much load or too many minutes: easy sessions go first."""
    most = OVER_GOAL * max(week.goal, week.given.least_load)
    while _is_over_bounds(week, slots, most):
        spare = [at for at, slot in enumerate(slots) if slot.role == "easy" and not _is_needed(week, slots, slot)]
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
    if not hard or count < 2 or _is_needed(week, slots, slots[hard[-1]]):
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
    if strength and not _is_needed(week, slots, slots[strength[-1]]):
        slots.pop(strength[-1])
        return True
    return False


def _is_needed(week: Week, slots: Sequence[Slot], slot: Slot) -> bool:
    """Return whether a rule wants as many sessions of this kind as there are."""
    session = slot.session()
    held = [*week.fixed, *(one.session() for one in slots)]
    return any(
        count.must and count.least and selects(count.of, session)
        and sum(selects(count.of, one) for one in held) <= count.least
        for count in week.given.counts
    )


def _under(week: Week) -> str:
    rules = sorted({ban.rule for ban in week.given.bans if ban.rule} | {one.rule for one in week.given.spacings if one.rule})
    return f" under {', '.join(rules)}" if rules else ""
