"""Figures of sessions that questions ask for: the key session of a day, what is similar, and the hours before sleep."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from homestretch.analysis.health.evidence.sessions import EASY, METRICS, figures_of, is_easy
from homestretch.analysis.health.nights import nights_of, no_nights
from homestretch.analysis.measure.metric import metrics
from homestretch.model.health.session import Session
from tests.analysis.health.made import FIRST, night

COUNT = 5


def session(day: int, **of: Any) -> Session:
    """Return an easy run of a day on route 3: an hour up to 18:00 at 140 bpm, 1.2 m/min for each heartbeat."""
    values = {"run_intensity": 0.7, "run_decoupling": 4.0, "run_efficiency": 1.2}
    defaults: dict[str, Any] = {
        "end_s": 64_800.0, "length_s": 3600.0, "sport": "running", "route": 3, "heart_rate_bpm": 140.0,
        "temperature_c": 20.0, "rpe": 3.0, "metrics": values,
    }  # fmt: skip
    return Session(day=(FIRST + timedelta(days=day)).isoformat(), **(defaults | of))


def figures(*sessions: Session) -> dict[str, list[float]]:
    made = figures_of(sessions, no_nights(COUNT), FIRST)
    return {key: column.tolist() for key, column in made.items()}


def test_the_metrics_that_are_asked_for_exist() -> None:
    assert {key for keys in METRICS.values() for key in keys} <= metrics().keys()


def test_an_easy_session_has_its_figures_on_its_day() -> None:
    made = figures(session(1))
    assert {key: column[1] for key, column in made.items() if key != "hours_before_sleep"} == {
        "similar": 0.0, "decoupling_pct": 4.0, "steady_heart_rate_bpm": pytest.approx(140.0), "rpe": 3.0,
        "temperature_c": 20.0,
    }  # fmt: skip
    assert all(np.isnan(column[day]) for column in made.values() for day in (0, 2, 3, 4))


def test_the_heart_rate_is_that_at_the_usual_output_of_similar_sessions() -> None:
    """Three runs at 1.2, 1.2 and 1.5 m/min a beat, at 140 bpm: at 168 m/min they would be at 140, 140 and 112 bpm."""
    better = {"run_intensity": 0.7, "run_efficiency": 1.5}
    made = figures(session(0), session(1), session(3, metrics=better))
    assert [made["steady_heart_rate_bpm"][day] for day in (0, 1, 3)] == pytest.approx([140.0, 140.0, 112.0])
    assert np.isnan(made["decoupling_pct"][3])


def test_sessions_of_another_route_gear_or_sport_are_not_similar() -> None:
    made = figures(session(0), session(1, route=4), session(2, gear=9), session(3), session(4, sub_sport="trail"))
    assert made["similar"] == [0.0, 1.0, 2.0, 0.0, 3.0]


def test_the_longest_session_of_a_day_counts() -> None:
    hard = session(1, length_s=5000.0, metrics={"run_intensity": 0.95})
    assert np.isnan(figures(session(1), hard)["similar"][1])
    assert figures(session(1), session(1, length_s=900.0, rpe=9.0))["rpe"][1] == 3.0


@pytest.mark.parametrize(
    ("of", "easy"),
    [({}, True), ({"metrics": {}}, False), ({"metrics": {"run_intensity": EASY}}, False), ({"route": None}, False),
     ({"route": None, "indoor": True}, True), ({"sport": "swimming"}, False), ({"sport": "cycling"}, False),
     ({"sport": "cycling", "metrics": {"intensity": 0.6}}, True)],
)  # fmt: skip
def test_what_is_easy(of: dict[str, Any], easy: bool) -> None:
    assert is_easy(session(0, **of)) is easy


def test_hours_before_sleep_are_from_the_last_session_to_the_night_that_follows() -> None:
    nights = nights_of([night(2, -1.0, 6.5), night(4, 0.5, 7.0)], FIRST, COUNT)
    late = session(1, end_s=75_600.0, length_s=600.0)
    hours = figures_of([session(1), late, session(3), session(0), session(4)], nights, FIRST)["hours_before_sleep"]
    assert hours[1] == pytest.approx(2.0) and hours[3] == pytest.approx(6.5)
    assert np.isnan(hours[[0, 2, 4]]).all()


def test_sessions_outside_the_days_are_left_out() -> None:
    outside = [Session(day=str(date(2020, 1, 1)), end_s=0.0, length_s=1.0, sport="running"), session(COUNT)]
    assert all(np.isnan(column).all() for column in figures(*outside).values())
