"""Gathers the bounds of one week, rule by rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from homestretch.coach.checking.days import between, monday, plus
from homestretch.coach.checking.params import amount, word, words
from homestretch.coach.checking.selectors import Selector
from homestretch.coach.planner.facts import Facts
from homestretch.coach.planner.week.conditions import SHOULD_COST, Ban, Count, LongLimit, Order, Spacing
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.session import Session

if TYPE_CHECKING:
    from homestretch.coach.planner.weeks import PlacedWeek

EVERY = frozenset(range(7))


@dataclass(slots=True)
class Bounds:
    """The bounds of a week as they gather."""

    facts: Facts
    index: int
    start: str
    weeks: "Sequence[PlacedWeek]"
    caps: list[int]
    closed: set[int] = field(default_factory=set)
    bans: list[Ban] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    spacings: list[Spacing] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    longs: list[LongLimit] = field(default_factory=list)
    fixed: list[tuple[int, Session]] = field(default_factory=list)
    likes: list[tuple[Selector, int]] = field(default_factory=list)
    minutes: int | None = None
    minutes_why: str = "hours"
    least_minutes: int = 0
    least_load: float = 0.0
    load_max: float | None = None
    per_day: int = 2
    free_rest: int = 0
    tests: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def days(self, rule: Rule) -> frozenset[int]:
        """Return the days of the week for which a rule holds."""
        scope = rule.scope or {}
        every, anchor = amount(scope, "every_weeks"), word(scope, "anchor")
        if every is not None and (not anchor or between(monday(anchor), self.start) // 7 % int(every)):
            return frozenset()
        return self.span(word(scope, "from"), word(scope, "to"))

    def span(self, since: str, until: str) -> frozenset[int]:
        """Return the days of the week from a day to another; "" is open."""
        if not since and not until:
            return EVERY
        return frozenset(n for n in range(7) if since <= plus(self.start, n) <= (until or "9999-12-31"))

    def limit_minutes(self, minutes: int, why: str = "hours") -> None:
        """Lower the minutes of the week."""
        if self.minutes is None or minutes < self.minutes:
            self.minutes, self.minutes_why = max(0, minutes), why

    def close(self, days: frozenset[int] | set[int], rule: Rule) -> None:
        """Keep sessions off days, or make that costly where the rule is a should."""
        if rule.severity == "must":
            self.closed |= days
            self.names.add(rule.id)
        else:
            self.ban({}, frozenset(days), rule)

    def ban(self, of: Selector, days: frozenset[int], rule: Rule) -> None:
        """Keep what a selector means off days."""
        for selector in of_sports(of, rule):
            self.bans.append(Ban(selector, days, rule.id, price(rule)))


def price(rule: Rule) -> int | None:
    """Return what it costs to go against a rule; None where it must hold."""
    return None if rule.severity == "must" else SHOULD_COST * rule.weight


def of_sports(of: Selector, rule: Rule) -> list[Selector]:
    """Return a selector for each sport of a rule's scope, or the selector itself."""
    sports = words(rule.scope or {}, "sports")
    return [{**of, "sport": sport} for sport in sports if of.get("sport", sport) == sport] if sports else [of]
