"""What bounds a week: minutes per day, what may not be on a day, what may not follow what, and what is fixed."""

from dataclasses import dataclass
from typing import Literal

from homestretch.coach.checking.selectors import Selector, selects
from homestretch.model.coach.session import Session

type Role = Literal["hard", "long", "opener", "easy", "strength"]

#: Monday to Sunday; a week's days are 0 to 6, those of the weeks before and after go on from there.
DAYS = range(7)
#: What it costs to go against a `should` of weight 1.
SHOULD_COST = 1000
#: Least minutes that make a day one to train on.
LEAST_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Ban:
    """Sessions that a selector means may not be on some days; with a `price` they may, at that cost."""

    of: Selector
    days: frozenset[int]
    rule: str = ""
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What `then` means may not come within so many days after what `first` means."""

    first: Selector
    then: Selector
    within: int
    same_day: bool = False
    rule: str = ""
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Spacing:
    """Days from one hard day to the next, at least."""

    days: int
    rule: str = ""
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many sessions of a selector a week has."""

    of: Selector
    least: int = 0
    most: int | None = None
    rule: str = ""
    must: bool = True


@dataclass(frozen=True, slots=True)
class LongLimit:
    """How many minutes a session of a sport may have."""

    sport: str
    most: int


@dataclass(frozen=True, slots=True)
class Conditions:
    """The bounds of one week. `caps` are the minutes of its seven days; `closed` days have no training.

    `fixed` are sessions that stay where they are, by day, and `events` those that events other than the main one are;
    `before` are those of the seven days before (days -7 to -1), `after` fixed ones of the week after. `minutes` and
    `load_max` are the most that the week may have, `least_minutes` and `least_load` the least. `free_rest` is how many
    days stay empty. `likes` are selectors with a weight from -2 to 2. `rules` are those that close or shorten days.
    """

    caps: tuple[int, ...] = (600,) * 7
    closed: frozenset[int] = frozenset()
    bans: tuple[Ban, ...] = ()
    orders: tuple[Order, ...] = ()
    spacings: tuple[Spacing, ...] = ()
    counts: tuple[Count, ...] = ()
    long_limits: tuple[LongLimit, ...] = ()
    fixed: tuple[tuple[int, Session], ...] = ()
    events: tuple[tuple[int, Session], ...] = ()
    before: tuple[tuple[int, Session], ...] = ()
    after: tuple[tuple[int, Session], ...] = ()
    likes: tuple[tuple[Selector, int], ...] = ()
    long_days: tuple[int, ...] = (5, 6)
    minutes: int | None = None
    minutes_why: str = "hours"
    least_minutes: int = 0
    least_load: float = 0.0
    load_max: float | None = None
    per_day: int = 2
    free_rest: int = 0
    race_day: int | None = None
    b_event: bool = False
    tests: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def is_open(self, day: int) -> bool:
        """Return whether a day may have a session that is not fixed."""
        return day not in self.closed and (self.race_day is None or day < self.race_day)

    @property
    def usable(self) -> list[int]:
        """The days with time enough, or with a fixed session."""
        held = {day for day, _ in (*self.fixed, *self.events)}
        return [day for day in DAYS if day in held or (self.is_open(day) and self.caps[day] >= LEAST_MINUTES)]

    @property
    def main_days(self) -> set[int]:
        """The days whose main session is fixed."""
        return {day for day, session in (*self.fixed, *self.events) if session.sport != "strength"}

    def hard_days(self) -> list[int]:
        """Return the days of fixed hard sessions, and of those just before and after the week."""
        return [day for day, session in (*self.before, *self.fixed, *self.events, *self.after) if session.hard]

    def most_minutes(self, sport: str) -> int | None:
        """Return how long a session of a sport may be; None for any length."""
        return min((limit.most for limit in self.long_limits if limit.sport == sport), default=None)

    def liking(self, session: Session) -> int:
        """Return how much a session is liked: the sum of the weights that mean it."""
        return sum(weight for of, weight in self.likes if selects(of, session))

    def rules_on_days(self) -> list[str]:
        """Return the rules that keep sessions off days."""
        named = [one.rule for kind in (self.bans, self.orders, self.spacings) for one in kind if one.price is None]
        return sorted({*named, *self.rules} - {""})
