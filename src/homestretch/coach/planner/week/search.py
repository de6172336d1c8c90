"""Finds the days of a week's sessions: every assignment that the rules allow is weighed, the cheapest is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from homestretch.coach.checking.selectors import selects
from homestretch.coach.planner.week.conditions import DAYS, Conditions, Role
from homestretch.model.coach.session import Session

#: Costs: of hard days close together, of a long session off its days or next to a hard one, of many days in a row,
#: of strength before a hard day or on an easy one, of an opener a day off, and of a weekday other than last week's.
CLOSE_HARD, OFF_LONG_DAY, HARD_AFTER_LONG, HARD_BEFORE_LONG, IN_A_ROW = 40, 25, 15, 10, 6
STRENGTH_BEFORE_HARD, STRENGTH_ON_EASY, OPENER_OFF, OTHER_WEEKDAY = 12, 4, 20, 1
#: Hard days so far apart cost nothing, and so many days in a row neither.
FAR_APART, ROW_FREE, OPENER_BEFORE = 3, 3, 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A session that wants a day."""

    role: Role
    session: Session


@dataclass(frozen=True, slots=True)
class Placement:
    """The days of pieces, in their order, and what they cost."""

    days: tuple[int, ...]
    cost: int


def _longest_row(mask: int) -> int:
    row = longest = 0
    for day in DAYS:
        row = row + 1 if mask >> day & 1 else 0
        longest = max(longest, row)
    return longest


def _closeness(mask: int) -> int:
    days = [day for day in DAYS if mask >> day & 1]
    return sum(CLOSE_HARD * max(0, FAR_APART - (b - a)) for a, b in pairwise(days))


#: Costs by the bits of training days, and of hard days.
_ROWS = [IN_A_ROW * max(0, _longest_row(mask) - ROW_FREE) for mask in range(128)]
_CLOSE = [_closeness(mask) for mask in range(128)]


class _Search:
    """A depth-first search over days, piece by piece; what must not be is cut off at once."""

    def __init__(self, pieces: Sequence[Piece], given: Conditions, last: frozenset[tuple[Role, int]]) -> None:
        self.pieces, self.given, self.last = pieces, given, last
        self.used = [0] * 7
        self.count = [0] * 7
        self.main = 0
        self.strong = 0
        self.hard = 0
        self.train = 0
        for day, session in (*given.fixed, *given.events):
            self._hold(day, session, 1)
            self.used[day] += session.minutes
        outside = [day for day in given.hard_days() if not 0 <= day < 7]
        self.past_hard = max((day for day in outside if day < 0), default=None)
        self.next_hard = min((day for day in outside if day > 6), default=None)
        around = (*given.before, *given.fixed, *given.events, *given.after)
        self.around = [
            [(day, selects(order.first, one), selects(order.then, one)) for day, one in around]
            for order in given.orders
        ]
        self.pairs = [self._orders(piece) for piece in pieces]
        self.options = [self._days(at) for at in range(len(pieces))]
        self.ascending = [at > 0 and self._changes_nothing(at - 1, at) for at in range(len(pieces))]
        cheapest = [min((cost for _, cost in options), default=0) for options in self.options]
        #: What the pieces from each one on cost at least; what is shared only grows with every day taken.
        self.least = [sum(cheapest[at:]) for at in range(len(pieces) + 1)]
        self.days: list[int] = []
        self.best: tuple[float, tuple[int, ...]] = (inf, ())

    def _hold(self, day: int, session: Session, sign: int) -> None:
        bit = 1 << day
        self.count[day] += sign
        if session.sport == "strength":
            self.strong = self.strong | bit if sign > 0 else self.strong & ~bit
        else:
            self.main = self.main | bit if sign > 0 else self.main & ~bit
        if session.hard:
            self.hard |= bit
        self.train |= bit

    def _days(self, at: int) -> list[tuple[int, int]]:
        """Return the days that a piece may have, each with what it costs there whatever the other pieces do."""
        piece, options = self.pieces[at], []
        for day in DAYS:
            price = self._price(piece, day)
            fixed = None if price is None else self._order_charge(at, day, self.around)
            if price is not None and fixed is not None:
                options.append((day, price + fixed + self._own_cost(piece, day)))
        return options

    def _price(self, piece: Piece, day: int) -> int | None:
        """Return what the rules charge for a day; None where they forbid it."""
        given, session = self.given, piece.session
        if not given.is_open(day) or session.minutes > given.caps[day]:
            return None
        price = 0
        for ban in given.bans:
            if day in ban.days and selects(ban.of, session):
                if ban.price is None:
                    return None
                price += ban.price
        if session.hard:
            for spacing in given.spacings:
                if self._is_near(day, spacing.days):
                    if spacing.price is None:
                        return None
                    price += spacing.price
        return price

    def _is_near(self, day: int, least: int) -> bool:
        return any(0 < abs(day - other) < least for other in self.given.hard_days())

    def _own_cost(self, piece: Piece, day: int) -> int:
        cost = 0
        if piece.role == "long" and day not in self.given.long_days:
            cost += OFF_LONG_DAY
        if piece.role == "opener" and self.given.race_day is not None:
            cost += OPENER_OFF * abs(self.given.race_day - OPENER_BEFORE - day)
        if self.last and (piece.role, day) not in self.last:
            cost += OTHER_WEEKDAY
        return cost

    def _orders(self, piece: Piece) -> list[tuple[bool, bool, int, bool, int | None]]:
        """Return for each order whether a piece is what comes first, or then, with its days and price."""
        made = []
        for order in self.given.orders:
            first, then = selects(order.first, piece.session), selects(order.then, piece.session)
            made.append((first, then, order.within, order.same_day, order.price))
        return made

    def _changes_nothing(self, at: int, then: int) -> bool:
        """Return whether two pieces could change places for nothing, so that only one of both ways is tried."""
        one, other = self.pieces[at], self.pieces[then]
        if one.role != other.role or one.role not in ("easy", "strength"):
            return False
        if self.options[at] != self.options[then] or self.pairs[at] != self.pairs[then]:
            return False
        beside = sum(piece.session.minutes for piece in self.pieces if piece.session.sport == "strength")
        most = beside + max(one.session.minutes, other.session.minutes)
        fits = all(self.used[day] + most <= self.given.caps[day] for day, _ in self.options[at])
        return one.session.minutes == other.session.minutes or fits

    def run(self) -> Placement | None:
        self._descend(0, 0)
        cost, days = self.best
        return None if cost == inf else Placement(days, int(cost))

    def _descend(self, index: int, cost: int) -> None:
        shared = cost + _ROWS[self.train] + _CLOSE[self.hard] + self._after_last_week()
        if shared + self.least[index] >= self.best[0]:
            return
        if index == len(self.pieces):
            self._weigh(shared)
            return
        piece = self.pieces[index]
        session = piece.session
        held = self.strong if session.sport == "strength" else self.main
        after = self.days[index - 1] if self.ascending[index] else -1
        kept = (self.main, self.strong, self.hard, self.train)
        for day, price in self.options[index]:
            if day <= after or held >> day & 1 or self.count[day] >= self.given.per_day:
                continue
            if self.used[day] + session.minutes > self.given.caps[day]:
                continue
            charge = self._charge(index, day)
            if charge is None:
                continue
            self._hold(day, session, 1)
            self.used[day] += session.minutes
            self.days.append(day)
            if 7 - self.train.bit_count() >= self.given.free_rest:
                self._descend(index + 1, cost + price + charge)
            self.days.pop()
            self.used[day] -= session.minutes
            self.count[day] -= 1
            self.main, self.strong, self.hard, self.train = kept

    def _charge(self, index: int, day: int) -> int | None:
        """Return what a day costs beside the days taken so far; None where that is forbidden."""
        charge = 0
        if self.pieces[index].session.hard:
            hard = [other for at, other in enumerate(self.days) if self.pieces[at].session.hard]
            for spacing in self.given.spacings:
                if any(abs(day - other) < spacing.days for other in hard):
                    if spacing.price is None:
                        return None
                    charge += spacing.price
        if not self.given.orders:
            return charge
        placed = [
            [(other, self.pairs[one][number][0], self.pairs[one][number][1]) for one, other in enumerate(self.days)]
            for number in range(len(self.given.orders))
        ]
        more = self._order_charge(index, day, placed)
        return None if more is None else charge + more

    def _order_charge(self, index: int, day: int, others: Sequence[Sequence[tuple[int, bool, bool]]]) -> int | None:
        """Return what a day costs because of what comes before and after it; None where that is forbidden."""
        charge = 0
        for (first, then, within, same_day, price), around in zip(self.pairs[index], others, strict=True):
            if not first and not then:
                continue
            least = 0 if same_day else 1
            broken = 0
            for other, is_first, is_then in around:
                gap = day - other
                broken += (then and is_first and least <= gap <= within) or (
                    first and is_then and least <= -gap <= within
                )
            if broken and price is None:
                return None
            charge += broken * (price or 0)
        return charge

    def _after_last_week(self) -> int:
        """Return what it costs that the first hard day is close to the last one of the week before."""
        if not self.hard or self.past_hard is None:
            return 0
        first = (self.hard & -self.hard).bit_length() - 1
        return CLOSE_HARD * max(0, FAR_APART - (first - self.past_hard))

    def _weigh(self, total: int) -> None:
        hard = self.hard
        for piece, day in zip(self.pieces, self.days, strict=True):
            if piece.role == "long":
                total += HARD_AFTER_LONG * (hard >> day + 1 & 1) + HARD_BEFORE_LONG * (day > 0 and hard >> day - 1 & 1)
            elif piece.role == "strength":
                total += STRENGTH_BEFORE_HARD * (hard >> day + 1 & 1) + STRENGTH_ON_EASY * (not hard >> day & 1)
        if total < self.best[0]:
            self.best = (total, tuple(self.days))


def place(
    pieces: Sequence[Piece], given: Conditions, last: frozenset[tuple[Role, int]] = frozenset()
) -> Placement | None:
    """Return the cheapest days of pieces, the earliest of equally cheap ones; None where the rules allow none.

    `last` are the roles and weekdays of the week before.
    """
    return _Search(pieces, given, last).run()
