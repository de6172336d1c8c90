"""Fitness and form to come."""

import pytest

from homestretch.coach.projection import USUAL_SPREAD, days_of, project, race_morning, spread_of
from homestretch.model.coach.session import Session
from tests.coach.planner.test_vectors import PLANS, planned


@pytest.mark.parametrize("vector", PLANS, ids=lambda vector: vector["id"])
def test_the_race_morning_is_the_plan_s_own(vector: dict) -> None:  # type: ignore[type-arg]
    given, expected = vector["in"], vector["out"][-1]["race_morning"]
    sessions = planned(given).sessions
    fitness, form = race_morning((given["fitness"], given["fatigue"]), given["start"], given["event"]["date"], sessions)
    assert (round(fitness, 1), round(form, 1)) == (expected["fitness"], expected["form"])
    assert 5 <= form <= 20


def test_a_race_today_finds_what_is_there() -> None:
    assert race_morning((50.0, 40.0), "2026-12-01", "2026-12-01", []) == (50.0, 10.0)


def test_the_band_holds_the_plan() -> None:
    sessions = [Session(f"{n}", f"2026-12-{n:02d}", "run", 60, 60.0) for n in range(1, 20)]
    made = project((40.0, 40.0), "2026-12-01", 21, sessions, {"2026-12-21": 100.0})
    assert (made.low < made.fitness).all() and (made.fitness < made.high).all()
    assert made.loads.sum() == 19 * 60 + 100 and made.loads[-1] == 100
    assert days_of(made)[0] == "2026-12-01" and days_of(made)[-1] == "2026-12-21"


def test_the_spread_is_the_athlete_s_own_after_eight_weeks() -> None:
    assert spread_of([90.0] * 7, [100.0] * 7) == USUAL_SPREAD
    assert spread_of([80.0, 90.0, 100.0, 110.0] * 2, [100.0] * 8) == pytest.approx((0.875, 1.025), abs=0.03)
    assert spread_of([90.0] * 8 + [5.0], [100.0] * 8 + [0.0]) == pytest.approx((0.9, 0.9))
