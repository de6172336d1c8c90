"""How long events take and what they cost, where it is not said."""

import pytest

from homestretch.coach.workouts.events import estimated_event
from homestretch.model.coach.plan import Event


def test_what_is_said_stays() -> None:
    event = Event("2027-04-04", "race", "ride", duration_h=4.5, load=260.0)
    assert estimated_event(event, {}) == event


def test_a_target_decides_before_the_distance() -> None:
    made = estimated_event(Event("2027-03-14", "half", "run", distance_km=21.1, target_s=5700), {"run": 3.5})
    assert made.duration_h == pytest.approx(1.58, abs=0.01)


def test_a_runner_s_threshold_speed_gives_the_time() -> None:
    slow, fast = (
        estimated_event(Event("2027-03-14", "10k", "run", distance_km=10), {"run": speed}) for speed in (2.8, 4.2)
    )
    assert slow.duration_h is not None and fast.duration_h is not None
    assert fast.duration_h < 0.7 < slow.duration_h
    assert slow.load is not None and fast.load is not None and fast.load < slow.load < 110


def test_longer_costs_more_but_less_an_hour() -> None:
    made = [estimated_event(Event("2027-03-14", "x", "ride", duration_h=hours), {}) for hours in (1.0, 2.0, 4.0, 8.0)]
    loads = [one.load or 0.0 for one in made]
    rates = [load / (one.duration_h or 1) for load, one in zip(loads, made, strict=True)]
    assert loads == sorted(loads) and rates == sorted(rates, reverse=True)


def test_of_nothing_nothing_is_made_up() -> None:
    event = Event("2027-03-14", "x", "ride")
    assert estimated_event(event, {}) == event
