"""A week that is being put together: its sessions without days, and what they are chosen from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homestretch.coach.checking.selectors import selects
from homestretch.coach.planner.layout import Place
from homestretch.coach.planner.request import Level
from homestretch.coach.planner.week.conditions import Conditions, Role
from homestretch.coach.planner.week.families import FAMILIES, GRID, Family, Size
from homestretch.coach.workouts.templates import TEMPLATES
from homestretch.model.coach.session import Session


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


def is_over(given: Conditions, held: Sequence[Session], session: Session) -> bool:
    """Return whether a session more would break a rule's highest count, or is forbidden on every day."""
    for count in given.counts:
        meant = count.most is not None and selects(count.of, session)
        if meant and sum(selects(count.of, one) for one in held) >= (count.most or 0):
            return True
    return any(ban.price is None and len(ban.days) == 7 and selects(ban.of, session) for ban in given.bans)


def most_of(week: Week, role: Session) -> int | None:
    """Return how many sessions like this one the rules allow at most, fixed ones counted; None for any number."""
    limits = [
        count.most - sum(selects(count.of, one) for one in week.fixed)
        for count in week.given.counts
        if count.most is not None and count.of and selects(count.of, role)
    ]
    return max(0, min(limits)) if limits else None


def least_of(week: Week, key: str, value: str | bool) -> int:
    """Return how many sessions the rules want of which only this is said, such as hard: true."""
    wanted = [count for count in week.given.counts if count.of == {key: value}]
    return max((count.least - sum(selects(count.of, one) for one in week.fixed) for count in wanted), default=0)


def is_needed(week: Week, slots: Sequence[Slot], slot: Slot) -> bool:
    """Return whether a rule wants as many sessions of this kind as there are."""
    session = slot.session()
    held = [*week.fixed, *(one.session() for one in slots)]
    return any(
        count.must
        and count.least
        and selects(count.of, session)
        and sum(selects(count.of, one) for one in held) <= count.least
        for count in week.given.counts
    )


def days_for(week: Week, session: Session) -> list[int]:
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


def under(week: Week) -> str:
    """Return the rules that keep sessions off days, as they stand after what gave way."""
    rules = sorted(
        {ban.rule for ban in week.given.bans if ban.rule} | {one.rule for one in week.given.spacings if one.rule}
    )
    return f" under {', '.join(rules)}" if rules else ""
