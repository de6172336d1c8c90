"""What rules, events and the state do to a plan."""

from collections.abc import Mapping

import pytest

from homestretch.coach.checking.days import between, plus, weekday
from homestretch.coach.checking.state import Marker, State
from homestretch.coach.planner.make import make_plan
from homestretch.coach.planner.request import TRIATHLON, PlannedWeeks, PlanRequest
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import Param, Rule, Severity
from homestretch.model.coach.session import Session

START = "2026-11-30"
STATE = State("2026-11-28")
SPACING = Rule("spacing", "hard_spacing", "must", {"min_days": 2})


def rule(kind: str, params: Mapping[str, Param], severity: Severity = "must") -> Rule:
    return Rule(kind, kind, severity, params)


def plan(
    *rules: Rule, shares: Mapping[str, float] | None = None, weeks: int = 6, hours: float | None = 8,
    events: tuple[Event, ...] = (), strength: int = 0, state: State = STATE, longest: Mapping[str, int] | None = None,
) -> PlannedWeeks:  # fmt: skip
    request = PlanRequest(
        START, shares or {"ride": 1.0}, fitness=50, fatigue=50, weeks=weeks, week_hours=hours, events=events,
        strength=strength, longest=longest or {},
    )  # fmt: skip
    made = make_plan(request, [SPACING, *rules], state)
    assert made.feasible, made.violations
    return made


def test_days_away_are_empty_and_such_a_week_is_one_of_recovery() -> None:
    made = plan(rule("unavailable", {"from": "2026-12-07", "to": "2026-12-13"}))
    assert made.weeks[1].sessions == () and made.weeks[1].kind == "recovery"
    assert made.weeks[2].goal > 0.9 * made.weeks[0].goal


def test_only_these_sports_and_hours_while_away() -> None:
    away = rule("unavailable", {"from": "2026-12-07", "to": "2026-12-09", "sports": ["run"], "max_hours": 1})
    made = plan(away, shares={"ride": 0.6, "run": 0.4})
    there = [one for one in made.sessions if "2026-12-07" <= one.date <= "2026-12-09"]
    assert all(one.sport == "run" and one.minutes <= 60 for one in there)


@pytest.mark.parametrize("mode", ["only", "never"])
def test_hard_sessions_keep_their_weekdays(mode: str) -> None:
    made = plan(rule("place", {"of": {"hard": True}, "mode": mode, "weekdays": ["tue", "thu", "sat"]}))
    hard = {weekday(one.date) for one in made.sessions if one.hard}
    named = {"tue", "thu", "sat"}
    assert hard and (hard <= named if mode == "only" else not hard & named)


def test_no_strength_before_hard_days() -> None:
    rest = rule("sequence", {"first": {"sport": "strength"}, "then": {"hard": True}, "within_days": 2})
    made = plan(rest, strength=1)
    strong = [one.date for one in made.sessions if one.sport == "strength"]
    hard = [one.date for one in made.sessions if one.hard]
    assert strong and hard
    assert not any(1 <= between(first, then) <= 2 for first in strong for then in hard)


def test_a_fixed_ride_counts_as_hard_and_is_easy_before_the_race() -> None:
    ride = rule("fixed_session", {"weekday": "sat", "sport": "ride", "name": "group ride", "hours": 2,
                                  "treat_as": "hard", "start": "09:00"})  # fmt: skip
    race = Event("2027-01-10", "race", "ride", duration_h=3)
    made = plan(ride, events=(race,))
    rides = [one for one in made.sessions if one.title == "group ride"]
    assert len(rides) == len(made.weeks)
    assert all(weekday(one.date) == "sat" and one.start == "09:00" and one.minutes == 120 for one in rides)
    assert [one.hard for one in rides] == [True] * (len(rides) - 1) + [False]
    assert rides[-1].note
    assert sum(one.hard for one in made.weeks[0].sessions) == 2


def test_tests_come_when_they_are_due_and_not_in_easy_weeks() -> None:
    made = plan(rule("test_every", {"test": "ftp", "weeks": 4}), weeks=12)
    weeks = [number for number, week in enumerate(made.weeks) for one in week.sessions if one.purpose == "test"]
    assert len(weeks) >= 2
    assert all(made.weeks[number].kind == "load" for number in weeks)


def test_a_b_event_has_easy_days_before_and_rest_after() -> None:
    event = Event("2026-12-20", "hill climb", "ride", "B", duration_h=1)
    made = plan(events=(event,))
    around = [one for one in made.sessions if -2 <= between(event.date, one.date) <= 1]
    assert not any(one.hard for one in around)
    assert not any(one.date >= event.date for one in around)
    assert made.weeks[2].why == "B event: 80 %" and made.weeks[2].note


def test_a_c_event_counts_as_a_hard_session() -> None:
    event = Event("2026-12-05", "club race", "ride", "C", duration_h=1)
    made = plan(events=(event,))
    hard = [one for one in made.weeks[0].sessions if one.hard]
    assert len(hard) == 1 and abs(between(event.date, hard[0].date)) >= 2
    assert all(one.date != event.date for one in made.sessions)


def test_the_plan_ends_with_the_week_of_the_main_event() -> None:
    made = plan(events=(Event("2027-01-20", "race", "ride", duration_h=2),), weeks=3)
    assert [week.kind for week in made.weeks][-2:] == ["taper", "race"]
    assert made.weeks[-1].monday == "2027-01-18"
    assert made.race_morning is not None and made.race_morning.date == "2027-01-20"
    assert all(one.date < "2027-01-20" for one in made.sessions)


@pytest.mark.parametrize("day", [0, 3, 6, 9])
def test_a_race_that_is_near_is_prepared_as_far_as_time_allows(day: int) -> None:
    made = plan(events=(Event(plus(START, day), "race", "run", duration_h=1.75),))
    assert made.weeks[-1].kind == "race" and len(made.weeks) == day // 7 + 1
    assert all(one.date < plus(START, day) for one in made.sessions)


def test_a_triathlete_trains_all_three_with_bricks() -> None:
    made = plan(shares=TRIATHLON, weeks=12, hours=10)
    assert {one.sport for one in made.sessions} == {"ride", "run", "swim", "brick"}
    bricks = [week for week in made.weeks if any(one.sport == "brick" for one in week.sessions)]
    assert bricks and all(week.phase == "build" for week in bricks)
    assert all(not any(one.sport == "run" and one.long for one in week.sessions) for week in bricks)


@pytest.mark.parametrize("sport", ["row", "ski", "walk", "hike", "other", "strength", "swim"])
def test_every_sport_has_a_plan(sport: str) -> None:
    made = plan(shares={sport: 1.0}, weeks=4, hours=5)
    assert all(week.sessions and week.minutes <= 300 for week in made.weeks)
    assert {one.sport for one in made.sessions} == {sport}


def test_long_sessions_have_fuel_and_winter_rides_are_indoors() -> None:
    made = plan(
        rule("fuel", {"min_hours": 2, "carbs_g_h": 60, "fluid_ml_h": 500}),
        rule("indoor", {"mode": "only", "weekdays": ["tue", "thu"], "months": [12]}),
    )
    for one in made.sessions:
        assert (one.minutes >= 120) == (one.fuel is not None)
        assert one.indoor == (weekday(one.date) in ("tue", "thu") and one.date[5:7] == "12")
    assert any(one.fuel is not None and "60 g carbs" in one.fuel for one in made.sessions)


def test_nothing_hard_after_an_illness() -> None:
    state = State(START, (Marker("ill", "2026-11-25", "2026-12-01"),))
    made = plan(rule("after_illness", {"no_hard_days": 5, "no_training_days": 1}), state=state)
    assert all(one.date > "2026-12-02" for one in made.sessions)
    assert all(one.date > "2026-12-06" for one in made.sessions if one.hard)


def test_a_gate_on_the_morning_s_signals_frees_today() -> None:
    gate = rule("readiness_gate", {"signal": "sleep_hours", "op": "<", "value": 6, "days": 1, "action": "rest"})
    made = plan(gate, state=State(START, wellness={START: {"sleep_hours": 5.0}}))
    assert all(one.date != START for one in made.sessions)


def test_weeks_grow_from_what_was_done() -> None:
    days = [plus("2026-11-02", n) for n in range(28) if n % 2 == 0]
    history = tuple(Session(f"h{n}", day, "ride", 45, 40.0) for n, day in enumerate(days))
    made = plan(rule("ramp", {"max_pct": 10}), state=State("2026-11-29", history=history))
    mean = 45 * len(days) / 4
    assert made.weeks[0].minutes <= 1.1 * mean + 30
    assert made.weeks[0].why == "+10 % of hours" or made.weeks[0].load <= made.weeks[0].goal + 5


def test_what_is_disliked_is_left_out_where_something_else_fits() -> None:
    dislike = rule("preference", {"match": {"purpose": "vo2"}, "weight": -2}, "should")
    like = rule("preference", {"match": {"template": "R8"}, "weight": 2}, "should")
    build = [one for week in plan(dislike, weeks=12).weeks if week.phase == "build" for one in week.sessions]
    assert not any(one.purpose == "vo2" for one in build)
    liked = [week for week in plan(like, weeks=12).weeks if week.phase == "build" and week.kind == "load"]
    assert all(any(one.template == "R8" for one in week.sessions) for week in liked)


def test_what_cannot_hold_is_said() -> None:
    request = PlanRequest(START, {"ride": 1.0}, fitness=50, fatigue=50, weeks=2, week_hours=3)
    made = make_plan(request, [rule("week_volume", {"hours_min": 6})], STATE)
    assert not made.feasible
    assert [one.day for one in made.violations] == [START, plus(START, 7)]


@pytest.mark.parametrize(
    ("shares", "reason"),
    [({"chess": 1.0}, "chess is no sport"), ({"run": 0.0}, "at least one sport"), ({}, "at least one sport")],
)
def test_a_request_that_makes_no_sense_is_refused(shares: Mapping[str, float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        make_plan(PlanRequest(START, shares), [], STATE)


def test_a_fixed_session_is_not_missed_while_away_or_ill() -> None:
    ride = rule("fixed_session", {"weekday": "sat", "sport": "ride", "name": "group ride", "hours": 2,
                                  "treat_as": "hard"})  # fmt: skip
    away = rule("unavailable", {"from": "2026-12-11", "to": "2026-12-13"})
    state = State(START, (Marker("ill", "2026-11-30", "2026-12-05"),))
    made = plan(ride, away, rule("after_illness", {"no_hard_days": 0}), state=state)
    assert [one.date for one in made.sessions if one.fixed][:2] == ["2026-12-19", "2026-12-26"]
