"""The search for days finds what trying every day finds: the same days, at the same cost."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.coach.checking.selectors import selects
from homestretch.coach.planner.week.conditions import Conditions
from homestretch.coach.planner.week.search import Piece, Placement, place
from homestretch.model.coach.session import Session
from tests.coach.planner import drawn

SESSIONS = {
    "hard": Session("", "", "ride", 60, 60.0, hard=True),
    "long": Session("", "", "ride", 120, 80.0, long=True),
    "easy": Session("", "", "ride", 45, 30.0),
    "strength": Session("", "", "strength", 40, 45.0),
}
FIXED = Session("", "", "run", 30, 25.0, fixed=True)
caps = st.tuples(*[st.sampled_from((60, 120, 240, 240))] * 7)
fixed = st.frozensets(st.integers(0, 6), min_size=1, max_size=3)
closed = st.frozensets(st.integers(0, 6), max_size=2)
ROLES = st.lists(st.sampled_from(("hard", "hard", "easy", "strength")), min_size=2, max_size=3).map(
    lambda own: [*own, "long"]
)


def allowed(pieces: Sequence[Piece], days: Sequence[int], week: Conditions) -> bool:
    """Return whether every bound holds, each said once more in plain words."""
    for day in range(7):
        held = [piece.session for piece, other in zip(pieces, days, strict=True) if other == day]
        if held and not week.is_open(day):
            return False
        held += [one for at, one in week.fixed if held and at == day]
        if (held and sum(one.minutes for one in held) > week.caps[day]) or len(held) > 2:
            return False
        if sum(one.sport == "strength" for one in held) > 1 or sum(one.sport != "strength" for one in held) > 1:
            return False
    placed = [(day, piece.session) for piece, day in zip(pieces, days, strict=True)]
    if any(ban.price is None and day in ban.days and selects(ban.of, one) for ban in week.bans for day, one in placed):
        return False
    hard = {day for day, one in placed if one.hard} | set(week.hard_days())
    new = {day for day, one in placed if one.hard}
    if any(0 < abs(a - b) < spacing.days for spacing in week.spacings for a in new for b in hard):
        return False
    around = [*placed, *week.before, *week.fixed, *week.after]
    for order in week.orders:
        least = 0 if order.same_day else 1
        for (day, first), (other, then) in product(around, around):
            is_pair = first is not then and (day, first) != (other, then)
            if is_pair and selects(order.first, first) and selects(order.then, then):
                both_outside = (day, first) not in placed and (other, then) not in placed
                if least <= other - day <= order.within and not both_outside:
                    return False
    return True


def cost(pieces: Sequence[Piece], days: Sequence[int], week: Conditions) -> int:
    """Return what days cost, as the specification says it."""
    placed = [(day, piece) for piece, day in zip(pieces, days, strict=True)]
    total = sum(
        ban.price for ban in week.bans for day, piece in placed
        if ban.price is not None and day in ban.days and selects(ban.of, piece.session)
    )  # fmt: skip
    hard = sorted({day for day, piece in placed if piece.session.hard})
    past = [day for day, _ in week.before]
    total += sum(40 * max(0, 3 - (then - day)) for day, then in pairwise([*past[-1:], *hard] if hard else []))
    longest = row = 0
    for day in range(7):
        row = row + 1 if day in days or any(at == day for at, _ in week.fixed) else 0
        longest = max(longest, row)
    total += 6 * max(0, longest - 3)
    for day, piece in placed:
        if piece.role == "long":
            total += 25 * (day not in week.long_days) + 15 * (day + 1 in hard) + 10 * (day - 1 in hard)
        if piece.role == "strength":
            total += 12 * (day + 1 in hard) + 4 * (day not in hard)
    return total


@settings(max_examples=60)
@given(ROLES, drawn.conditions, caps, fixed, closed)
def test_the_cheapest_days_are_found(
    roles: list[str],
    given_: Conditions,
    caps: tuple[int, ...],
    fixed: frozenset[int],
    closed: frozenset[int],
) -> None:
    week = replace(given_, caps=caps, closed=closed, fixed=tuple((day, FIXED) for day in sorted(fixed)))
    order = ("hard", "long", "easy", "strength")
    pieces = [Piece(role, SESSIONS[role]) for role in order for _ in range(roles.count(role))]  # type: ignore[arg-type]
    every = [days for days in product(range(7), repeat=len(pieces)) if allowed(pieces, days, week)]
    best = min(((cost(pieces, days, week), days) for days in every), default=None)
    found = place(pieces, week)
    assert (None if best is None else best[0]) == (None if found is None else found.cost)
    if found is not None and best is not None:
        assert allowed(pieces, found.days, week)
        assert found == Placement(best[1], best[0])
