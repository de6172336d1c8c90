"""Each kind of rule: what violates it, with the numbers, and what does not."""

from typing import Any

import pytest

from homestretch.coach.checking.check import check, open_questions
from homestretch.coach.checking.days import plus
from homestretch.coach.checking.kind import kinds
from homestretch.coach.checking.state import Marker, State, WeekFacts
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import Rule, Violation
from homestretch.model.coach.session import Session
from homestretch.model.coach.workout import Step, Target
from tests.coach.checking.made import rule, session

#: A Monday.
DAY = "2027-02-01"
TODAY = State(today=DAY)


def on(n: int, **given: Any) -> Session:
    """Return a session so many days after the Monday."""
    return session(**{"id": f"s{n}", **given}, date=plus(DAY, n))


def found(of: Rule, sessions: list[Session], state: State = TODAY) -> list[tuple[str, Any, Any]]:
    """Return the violations of a rule, as day, value and limit."""
    return [(one.day, one.value, one.limit) for one in check([of], sessions, state)]


def only(of: Rule, sessions: list[Session], state: State = TODAY) -> Violation:
    [violation] = check([of], sessions, state)
    return violation


def weeks(kinds_of: list[Any], phase: Any = "build", first: str = DAY) -> dict[str, WeekFacts]:
    return {plus(first, 7 * n): WeekFacts(phase, kind) for n, kind in enumerate(kinds_of)}


def test_rest_days_a_week_do_not_count_what_is_allowed() -> None:
    of = rule("rest_day", {"min_per_week": 2, "allow": ["mobility"]})
    busy = [on(n) for n in range(6)]
    assert found(of, busy) == [(DAY, 1, 2)]
    assert found(of, [*busy[:5], on(6, purpose="mobility", sport="strength")]) == []


def test_away_without_hours_or_sports_means_no_training() -> None:
    span = {"from": "2027-02-02", "to": "2027-02-03"}
    assert found(rule("unavailable", span), [on(0), on(1), on(3)]) == [("2027-02-02", 1.0, 0.0)]
    not_known = rule("unavailable", {**span, "max_hours": None})
    assert found(not_known, [on(1)]) == [] and len(open_questions(not_known)) == 1


def test_times_of_day_look_at_the_end_as_well() -> None:
    early = rule("time_window", {"weekdays": ["mon", "tue"], "from": "05:30", "to": "07:30"})
    assert found(early, [on(0, start="06:30", minutes=60)]) == []
    assert found(early, [on(0, start="06:45", minutes=60)]) == [(DAY, "06:45", "not before 05:30 and done by 07:30")]
    assert found(early, [on(0, start="05:00", minutes=60)])[0][1] == "05:00"
    busy = rule("time_window", {"weekdays": ["mon"], "not_from": "17:00", "not_to": "19:00"})
    assert found(busy, [on(0, start="16:00", minutes=60)]) == [] == found(busy, [on(0, start="19:00")])
    assert len(found(busy, [on(0, start="16:30", minutes=60)])) == 1


def test_sessions_without_a_start_time_are_said_once_to_be_unchecked() -> None:
    violation = only(rule("time_window", {"weekdays": ["mon", "tue"], "to": "07:30"}), [on(0), on(1)])
    assert violation.severity == "info" and violation.sessions == ("s0", "s1")


def test_sessions_a_week_of_a_kind() -> None:
    runs = [on(n, sport="run") for n in range(3)]
    assert found(rule("sessions", {"of": {"sport": "run"}, "max": 2}), runs) == [(DAY, 3, 2)]
    assert found(rule("sessions", {"of": {"sport": "run"}, "min": 4}), runs) == [(DAY, 3, 4)]
    assert found(rule("sessions", {"of": {"sport": "run"}, "min": 3, "max": 3}), runs) == []


def test_a_scope_holds_days_sports_and_weeks() -> None:
    next_week = rule("sessions", {"of": {}, "max": 1}, scope={"from": "2027-02-08", "to": "2027-02-14"})
    busy = [on(n) for n in (0, 1, 7, 8)]
    assert found(next_week, busy) == [("2027-02-08", 2, 1)]
    least = rule("sessions", {"of": {}, "min": 3}, scope={"from": "2027-02-10"})
    assert found(least, busy) == [], "a week of which only a part counts can't have too few"
    other = rule("rest_day", {"weekdays": ["fri"]}, scope={"every_weeks": 2, "anchor": "2027-02-05"})
    fridays = [on(4), on(11), on(18)]
    assert [day for day, *_ in found(other, fridays)] == ["2027-02-05", "2027-02-19"]
    unanchored = rule("rest_day", {"weekdays": ["fri"]}, scope={"every_weeks": 2})
    assert found(unanchored, fridays) == [] and len(open_questions(unanchored)) == 1
    runs = rule("day_hours", {"hours": {"mon": 1}}, scope={"sports": ["run"]})
    assert found(runs, [on(0, minutes=90)]) == [] and len(found(runs, [on(0, sport="run", minutes=90)])) == 1


def test_sessions_of_a_day_and_the_gap_between_them() -> None:
    day = [on(0, id="a", start="06:00"), on(0, id="b", start="09:00"), on(0, id="c", purpose="mobility")]
    assert found(rule("sessions_per_day", {"max": 2}), day) == []
    assert found(rule("sessions_per_day", {"max": 1}), day) == [(DAY, 2, 1)]
    assert found(rule("sessions_per_day", {"max": 2, "min_gap_h": 4}), day) == [(DAY, 2.0, 4)]


def test_volume_at_least() -> None:
    light = [on(0, minutes=120, load=80.0)]
    assert found(rule("week_volume", {"hours_min": 3, "load_min": 100}), light) == [(DAY, 2.0, 3), (DAY, 80.0, 100)]


def test_growth_leaves_recovery_and_taper_weeks_out_of_what_is_compared() -> None:
    of = rule("ramp", {"max_pct": 10, "grace_min": 0})
    plan = [on(7 * n, minutes=minutes) for n, minutes in enumerate((300, 330, 180, 340))]
    build = State(today=DAY, weeks=weeks(["load", "load", "recovery", "load"]))
    assert found(of, plan, build) == []
    unmarked = State(today=DAY, weeks=weeks(["load", "load", "load", "load"]))
    assert found(of, plan, unmarked) == [("2027-02-22", 340, 297)]


def test_growth_of_load_and_of_fitness() -> None:
    of = rule("ramp", {"max_pct": 20, "of": "load"})
    history = tuple(session(id=f"h{n}", date=plus(DAY, n), load=100.0) for n in (-7, -14))
    assert found(of, [on(0, load=121.0)], State(today=DAY, history=history)) == [(DAY, 121.0, 120)]
    rise = rule("ramp", {"max_fitness_per_week": 5})
    heavy = [on(n, load=130.0) for n in range(7)]
    assert found(rise, heavy, State(today=DAY, fitness=("2027-01-31", 50.0)))[0][:2] == (DAY, 12.28)
    assert found(rise, heavy[:3], State(today=DAY, fitness=("2027-01-31", 50.0))) == []
    assert only(rise, heavy).severity == "info"


def test_the_longest_session_its_share_and_its_growth() -> None:
    share = rule("long_session", {"sport": "ride", "max_share_pct": 40})
    assert found(share, [on(0, minutes=60), on(5, minutes=60)]) == [(DAY, 50.0, 40), ("2027-02-06", 50.0, 40)]
    growth = rule("long_session", {"sport": "run", "max_growth_pct": 10})
    done = State(today=DAY, history=(session(id="h", date="2027-01-20", sport="run", minutes=100),))
    assert found(growth, [on(6, sport="run", minutes=111)], done) == [("2027-02-07", 111, 110)]
    assert found(growth, [on(6, sport="run", minutes=110)], done) == []
    assert found(growth, [on(6, sport="run", minutes=200)]) == [], "nothing to compare with"


def test_recovery_weeks() -> None:
    of = rule("recovery_week", {"every": 3})
    hard = [on(7 * n, load=100.0) for n in range(3)]
    assert found(of, hard) == [(DAY, 100.0, 69.0)]
    assert found(of, [*hard[:2], on(14, load=65.0)]) == []
    wrong = rule("recovery_week", {"every": 3, "anchor": "2027-02-01"})
    assert len(found(wrong, [*hard[:2], on(14, load=65.0)])) == 1


def test_the_mix_of_easy_and_hard_goes_by_the_minutes_of_steps() -> None:
    steps = (
        Step("work", "s", 1800, Target("pct", 60, 70, "power")),
        Step("work", "s", 1800, Target("pct", 95, 105, "power")),
    )
    of = rule("intensity_mix", {"low_min_pct": 80})
    assert found(of, [on(0, steps=steps), on(1, load=40.0)]) == [(DAY, 75.0, 80)]
    assert found(of, [on(0, steps=steps), on(1, load=40.0, minutes=120)]) == []


def test_what_may_not_follow_looks_at_what_was_done() -> None:
    of = rule("sequence", {"first": {"sport": "strength"}, "then": {"hard": True}, "within_days": 1})
    done = State(today=DAY, history=(session(id="h", date="2027-01-31", sport="strength"),))
    assert found(of, [on(0, hard=True)], done) == [(DAY, 1, 1)]
    same = [on(0, id="a", sport="strength"), on(0, id="b", hard=True)]
    assert found(of, same) == []
    assert found(rule("sequence", {**of.params, "same_day": True}), same) == [(DAY, 0, 1)]


def test_no_training_while_ill_and_for_days_after() -> None:
    ill = State(today=DAY, markers=(Marker("ill", "2027-01-30", None),))
    of = rule("after_illness", {"no_hard_days": 3, "no_training_days": 1})
    assert found(of, [on(n, hard=n > 1) for n in range(7)], ill) == [
        (DAY, 0, 1), ("2027-02-02", 0, 1), ("2027-02-03", 1, 1), ("2027-02-04", 2, 3), ("2027-02-05", 3, 3),
    ]  # fmt: skip


def test_an_injury_rests_its_sport() -> None:
    hurt = State(today=DAY, markers=(Marker("injured", "2027-01-25", "2027-01-31", "knee"),))
    runs = [on(0, sport="run"), on(7, sport="run"), on(8, sport="ride")]
    assert found(rule("after_injury", {"sport": "run", "days": 3}), runs, hurt) == [(DAY, 1, 3)]
    assert found(rule("after_injury", {"sport": "run", "days": 3, "area": "Knee"}), runs, hurt) == [(DAY, 1, 3)]
    assert found(rule("after_injury", {"sport": "run", "days": 3, "area": "hip"}), runs, hurt) == []


def test_a_gate_needs_all_its_days_and_forbids_only_what_it_says() -> None:
    pulse = {"signal": "resting_hr_delta", "op": ">=", "value": 5, "days": 2, "action": "easy"}
    high = State(today=DAY, wellness={DAY: {"resting_hr_delta": 6.0}, "2027-01-31": {"resting_hr_delta": 5.0}})
    easy, hard = on(0, purpose="endurance"), on(0, purpose="threshold", hard=True)
    assert found(rule("readiness_gate", pulse), [easy], high) == []
    assert found(rule("readiness_gate", pulse), [hard], high) == [(DAY, 6.0, 5)]
    assert found(rule("readiness_gate", {**pulse, "action": "rest"}), [easy], high) == [(DAY, 6.0, 5)]
    assert only(rule("readiness_gate", {**pulse, "days": 3}), [hard], high).severity == "info"
    assert found(rule("readiness_gate", {**pulse, "value": 7}), [hard], high) == []


RACE = {"date": "2027-02-14", "name": "Spring race", "sport": "run", "priority": "A"}


def test_an_event_has_its_day_to_itself() -> None:
    of = rule("event", RACE)
    assert found(of, [on(13)]) == [("2027-02-14", 1, 0)]
    assert found(of, [on(13, title="Spring race")]) == []
    assert kinds()["event"].questions({**RACE, "priority": None}) and not kinds()["event"].may_be_incomplete


def test_a_taper_is_compared_with_the_loading_weeks_before() -> None:
    plan = [on(7 * n, load=100.0) for n in range(3)] + [on(21, load=60.0), on(28, load=60.0)]
    race = State(today=DAY, weeks=weeks(["load"] * 3 + ["taper", "race"]), events=(Event("2027-03-08", "Race", "run"),))
    assert found(rule("taper", {"days": 14, "cut_pct": 40}), plan, race) == []
    assert found(rule("taper", {"days": 14, "cut_pct": 60}), plan, race) == [("2027-02-22", 8.6, 5.7)]


def test_days_around_an_event() -> None:
    plan = [on(n, hard=True) for n in (10, 12, 14, 15)]
    of = rule("around_event", {"priority": "C", "before_no_hard_days": 3, "before_rest_days": 1, "after_rest_days": 1})
    assert [day for day, *_ in found(of, plan, State(today=DAY, events=(Event(**RACE),)))] == [  # type: ignore[arg-type]
        "2027-02-11", "2027-02-13", "2027-02-15",
    ]  # fmt: skip
    lesser = State(today=DAY, events=(Event(**{**RACE, "priority": "B"}),))  # type: ignore[arg-type]
    assert found(rule("around_event", {"priority": "A", "before_rest_days": 5}), plan, lesser) == []


def test_an_event_that_is_a_rule_counts_for_the_others() -> None:
    around = rule("around_event", {"priority": "A", "before_rest_days": 2}, id="around")
    assert [one.rule for one in check([around, rule("event", RACE, id="e")], [on(12)], TODAY)] == ["around"]


def test_phases_by_week() -> None:
    state = State(today=DAY, weeks=weeks(["load", "load"], "base"))
    assert found(rule("phase", {"name": "build", "from": "2027-02-08"}), [on(0), on(7)], state) == [
        ("2027-02-08", "base", "build")
    ]
    none_hard = rule("phase", {"name": "base", "to": "2027-02-14", "forbid": {"hard": True}})
    assert found(none_hard, [on(1, hard=True)], state) == [("2027-02-02", 1, 0)]
    assert only(rule("phase", {"name": "base", "to": "2027-02-14"}), [on(0)]).severity == "info"


def test_tests_come_in_time_and_not_in_easy_weeks() -> None:
    of = rule("test_every", {"test": "ftp", "weeks": 2})
    plan = [on(7 * n) for n in range(5)]
    assert found(of, plan, State(today=DAY, weeks=weeks(["load"] * 5))) == [("2027-03-01", 4, 2)]
    tested = [*plan, on(15, id="t", purpose="test")]
    assert found(of, tested, State(today=DAY, weeks=weeks(["load"] * 5))) == []
    assert found(of, tested, State(today=DAY, weeks=weeks(["load", "load", "recovery", "load", "load"]))) == [
        ("2027-02-16", "recovery", "load")
    ]


GROUP = {"weekday": "sat", "sport": "ride", "name": "group ride", "hours": 2, "treat_as": "hard"}


def test_a_fixed_session_that_moved_is_named() -> None:
    moved = only(rule("fixed_session", GROUP), [on(6, title="group ride", fixed=True)])
    assert (moved.day, moved.text) == ("2027-02-06", "group ride on 2027-02-06 is moved to 2027-02-07.")
    assert found(rule("fixed_session", GROUP), [on(5, title="group ride")]) == []
    race_day = State(today=DAY, events=(Event("2027-02-06", "Race", "ride"),))
    assert found(rule("fixed_session", GROUP), [on(0)], race_day) == []


def test_indoors() -> None:
    weekdays = ["mon", "tue", "wed", "thu", "fri"]
    inside, outside = on(0, indoor=True), on(1)
    assert found(rule("indoor", {"mode": "only", "weekdays": weekdays}), [inside, outside]) == [
        ("2027-02-02", False, "only")
    ]
    assert found(rule("indoor", {"mode": "never", "months": [2]}), [inside, outside]) == [(DAY, True, "never")]
    assert found(rule("indoor", {"mode": "max", "sessions": 0, "hours": 0.5}), [inside]) == [
        (DAY, 1, 0),
        (DAY, 1.0, 0.5),
    ]
    assert found(rule("indoor", {"mode": "min", "sessions": 2}), [inside]) == [(DAY, 1, 2)]
    assert found(rule("indoor", {"mode": "only"}), [on(0, sport="strength")]) == []


@pytest.mark.parametrize(
    ("params", "value"),
    [({"action": "no_hard_outdoor"}, 33.0), ({"action": "indoor"}, 33.0), ({"action": "cap", "cap_hours": 1}, 1.5)],
)
def test_heat_needs_a_forecast(params: dict[str, Any], value: float) -> None:
    of = rule("heat", {"above_c": 30, **params})
    hot = State(today=DAY, forecast={DAY: 33.0})
    assert [one for _, one, _ in found(of, [on(0, hard=True, minutes=90), on(1, hard=True, minutes=90)], hot)] == [
        value
    ]
    assert found(of, [on(0, hard=True, minutes=90, indoor=True)], hot) == []


def test_long_sessions_say_what_to_take() -> None:
    of = rule("fuel", {"min_hours": 2, "carbs_g_h": 80, "sport": "ride", "fasted_max_hours": 1})
    assert found(of, [on(0, minutes=120), on(1, minutes=119), on(2, minutes=180, fuel="80 g carbs an hour")]) == [
        (DAY, 2.0, 2)
    ]
    assert found(of, [on(0, minutes=75, fuel="fasted")]) == [(DAY, 1.25, 1)]


def test_likes_and_notes_are_never_violated() -> None:
    assert [key for key, kind in kinds().items() if not kind.is_checked] == ["note", "preference"]


def test_an_unknown_kind_is_said_to_be_unchecked() -> None:
    assert only(rule("moon", {}), [on(0)]).severity == "info"


def test_weeks_of_the_plan_without_a_session_count() -> None:
    state = State(today=DAY, weeks=weeks(["load"] * 3))
    assert len(found(rule("sessions", {"of": {}, "min": 1}), [], state)) == 3
