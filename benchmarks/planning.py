"""What a plan of eighteen weeks and its check cost, under rules that athletes have: `python -m benchmarks planning`."""

import time
from collections.abc import Callable, Mapping

from benchmarks.report import Row
from homestretch.coach.checking.check import check
from homestretch.coach.checking.state import State
from homestretch.coach.planner.make import make_plan
from homestretch.coach.planner.request import TRIATHLON, PlanRequest
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import Param, Rule

_ROUNDS = 5
_KINDS: tuple[tuple[str, Mapping[str, Param]], ...] = (
    ("ramp", {"max_pct": 10}),
    ("hard_spacing", {"min_days": 2}),
    ("rest_day", {"min_per_week": 1}),
    ("rest_day", {"weekdays": ["mon"]}),
    ("day_hours", {"hours": {"tue": 1.25, "thu": 1.25, "fri": 1, "sat": 4, "sun": 3}}),
    ("long_session", {"sport": "ride", "max_growth_pct": 20}),
    ("long_session", {"sport": "run", "max_growth_pct": 10}),
    ("place", {"of": {"hard": True}, "mode": "never", "weekdays": ["fri"]}),
    ("sequence", {"first": {"sport": "strength"}, "then": {"hard": True}, "within_days": 1}),
    ("intensity_mix", {"low_min_pct": 75}),
    ("week_volume", {"hours_max": 10}),
    ("fuel", {"min_hours": 2, "carbs_g_h": 70}),
    ("test_every", {"test": "ftp", "weeks": 8}),
    ("unavailable", {"from": "2026-12-24", "to": "2026-12-27"}),
)
RULES = [Rule(f"r{number}", kind, "must", params) for number, (kind, params) in enumerate(_KINDS)]
STATE = State("2026-11-30")


def request(shares: Mapping[str, float]) -> PlanRequest:
    """Return the request for eighteen weeks to a race."""
    event = Event("2027-04-04", "race", next(iter(shares)), duration_h=4.5)
    return PlanRequest("2026-11-30", shares, fitness=52, fatigue=50, events=(event,), week_hours=9, strength=1)


def _best(run: Callable[[], object]) -> float:
    """Return the least processor time of some runs, in ms."""
    taken = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        run()
        taken.append(time.process_time() - began)
    return 1000 * min(taken)


def rows() -> list[Row]:
    """Return the processor time of plans and of a check, in ms."""
    ride, triathlon = request({"ride": 1.0}), request(TRIATHLON)
    sessions = make_plan(ride, RULES, STATE).sessions
    return [
        Row("18 weeks of riding and strength", _best(lambda: make_plan(ride, RULES, STATE)), "ms", 1000),
        Row("18 weeks of triathlon and strength", _best(lambda: make_plan(triathlon, RULES, STATE)), "ms", 1000),
        Row("check of 18 weeks", _best(lambda: check(RULES, sessions, STATE)), "ms", 20),
    ]
