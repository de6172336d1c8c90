"""Requests for plans, and weeks to plan, that Hypothesis draws."""

from hypothesis import strategies as st

from homestretch.coach.checking.days import plus
from homestretch.coach.planner.request import TRIATHLON, PlanRequest
from homestretch.coach.planner.week.conditions import Ban, Conditions, Order, Spacing
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import WEEKDAYS
from homestretch.model.coach.session import Session

START = "2026-11-30"
SHARES = ({"run": 1.0}, {"ride": 1.0}, {"swim": 1.0}, {"row": 1.0}, {"ride": 0.6, "run": 0.4}, TRIATHLON)
events = st.builds(
    lambda week, day, sport, hours, priority: Event(plus(START, 7 * week + day), "race", sport, priority, None, hours),
    st.integers(0, 13), st.integers(0, 6), st.sampled_from(("run", "ride")), st.none() | st.floats(0.3, 9),
    st.sampled_from(("A", "B", "C")),
)  # fmt: skip
requests = st.builds(
    PlanRequest,
    start=st.just(START), shares=st.sampled_from(SHARES),
    level=st.sampled_from(("novice", "normal", "advanced", "masters")),
    fitness=st.floats(0, 120), fatigue=st.floats(0, 120), events=st.lists(events, max_size=2).map(tuple),
    weeks=st.integers(1, 10), week_hours=st.none() | st.floats(0.5, 20),
    day_minutes=st.dictionaries(st.sampled_from(WEEKDAYS), st.integers(0, 300)), strength=st.integers(0, 2),
    past_loads=st.lists(st.floats(0, 900), max_size=4).map(tuple), key=st.just("p"),
)  # fmt: skip

weekdays = st.frozensets(st.integers(0, 6), max_size=6)
selectors = st.sampled_from(({"hard": True}, {"long": True}, {"sport": "strength"}, {"sport": "ride"}, {}))
bans = st.builds(Ban, selectors, weekdays, price=st.just(None) | st.integers(1, 5).map(lambda n: 1000 * n))
orders = st.builds(Order, selectors, selectors, st.integers(0, 2), st.booleans())
HARD = Session("h", "", "ride", 60, 60.0, hard=True)
hard_before = st.integers(-3, -1).map(lambda day: (day, HARD))
hard_after = st.integers(7, 9).map(lambda day: (day, HARD))
conditions = st.builds(
    Conditions,
    caps=st.tuples(*[st.integers(0, 240)] * 7), closed=st.frozensets(st.integers(0, 6), max_size=4),
    bans=st.lists(bans, max_size=2).map(tuple), orders=st.lists(orders, max_size=1).map(tuple),
    spacings=st.lists(st.builds(Spacing, st.integers(1, 3)), max_size=1).map(tuple),
    minutes=st.none() | st.integers(60, 900),
    before=st.lists(hard_before, max_size=1).map(tuple), after=st.lists(hard_after, max_size=1).map(tuple),
)  # fmt: skip
