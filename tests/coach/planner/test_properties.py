"""What holds of every plan, whatever rules, history and request."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from homestretch.coach.checking.check import check
from homestretch.coach.checking.days import between, monday, plus
from homestretch.coach.checking.state import State, WeekFacts
from homestretch.coach.operations import steps_minutes
from homestretch.coach.planner.layout import Place
from homestretch.coach.planner.make import make_plan
from homestretch.coach.planner.request import PlannedWeeks, PlanRequest
from homestretch.coach.planner.week.compose import compose
from homestretch.coach.planner.week.conditions import Ban, Conditions, Spacing
from homestretch.coach.planner.week.draft import Progress, Setting, Week
from homestretch.coach.planner.week.search import Piece, place
from homestretch.model.coach.plan import Event
from homestretch.model.coach.rule import WEEKDAYS, Rule
from tests.coach.checking import drawn as rules_drawn
from tests.coach.planner import drawn

STATE = State(drawn.START)
few = settings(max_examples=12)
SPACING = Rule("s", "hard_spacing", "must", {"min_days": 2})


@few
@given(drawn.requests, rules_drawn.rule_sets(5), rules_drawn.states)
def test_a_plan_passes_its_check_or_says_why(request: PlanRequest, rules: list[Rule], state: State) -> None:
    plan = make_plan(request, rules, state)
    musts = [one for one in plan.violations if one.severity == "must"]
    assert plan.feasible == (not musts)
    assert [*plan.violations] == check(rules, plan.sessions, with_weeks(plan, request, state, rules))


def with_weeks(plan: PlannedWeeks, request: PlanRequest, state: State, rules: list[Rule]) -> State:
    """Return the state that a plan is checked against, from what everyone can see."""
    from homestretch.coach.checking.check import active, events_of

    weeks = {week.monday: WeekFacts(week.phase, week.kind) for week in plan.weeks}
    ruled = {(one.date, one.name) for one in events_of(active(rules))}
    every = {(one.date, one.name): one for one in (*state.events, *request.events)}
    events = tuple(one for key, one in sorted(every.items()) if key not in ruled)
    fitness = state.fitness or (plus(request.start, -1), request.fitness)
    return replace(state, weeks={**state.weeks, **weeks}, events=events, fitness=fitness)


@few
@given(drawn.requests, rules_drawn.rule_sets(4), st.randoms(use_true_random=False))
def test_the_order_of_rules_changes_nothing(request: PlanRequest, rules: list[Rule], random: object) -> None:
    mixed = [*rules]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    plan = make_plan(request, rules, STATE)
    assert make_plan(request, mixed, STATE) == plan
    assert repr(make_plan(request, rules, STATE)) == repr(plan)


@few
@given(drawn.requests, rules_drawn.rule_sets(3))
def test_sessions_are_whole(request: PlanRequest, rules: list[Rule]) -> None:
    plan = make_plan(request, rules, STATE)
    assert len({one.id for one in plan.sessions}) == len(plan.sessions)
    for week in plan.weeks:
        assert week.minutes == sum(one.minutes for one in week.sessions)
        assert abs(week.load - week.goal) <= 5.05 or week.note
        for one in week.sessions:
            assert monday(one.date) == week.monday and one.id and one.why
            assert not one.steps or steps_minutes(one.steps, one.sport) == one.minutes
            assert one.fixed or one.steps


@few
@given(drawn.requests)
def test_hours_hold_and_the_days_have_room(request: PlanRequest) -> None:
    plan = make_plan(request, [], STATE)
    for week in plan.weeks:
        assert request.week_hours is None or week.minutes <= 60 * request.week_hours
        for at, name in enumerate(WEEKDAYS):
            day = plus(week.monday, at)
            minutes = sum(one.minutes for one in week.sessions if one.date == day)
            assert minutes <= request.day_minutes.get(name, 600)
            assert not minutes or all(event.date != day for event in request.events)


@few
@given(drawn.requests, st.integers(1, 4))
def test_hard_days_keep_their_distance_over_weeks(request: PlanRequest, least: int) -> None:
    plan = make_plan(request, [replace(SPACING, params={"min_days": least})], STATE)
    hard = sorted({one.date for one in plan.sessions if one.hard})
    assert all(between(first, then) >= least for first, then in pairwise(hard))
    assert plan.feasible


@settings(max_examples=40)
@given(drawn.conditions, drawn.bans, st.sampled_from(("base", "build")), st.integers(100, 600))
def test_a_must_more_never_makes_a_week_cheaper(given_: Conditions, ban: Ban, phase: str, goal: int) -> None:
    setting = Setting({"ride": 0.7, "run": 0.3}, "normal", 1, {})
    week = Week(Place("base" if phase == "base" else "build", "load"), goal, given_, setting, Progress())
    slots = compose(week)
    pieces = [Piece(slot.role, slot.session()) for slot in slots]
    before = place(pieces, given_)
    after = place(pieces, replace(given_, bans=(*given_.bans, replace(ban, price=None))))
    assume(after is not None)
    assert before is not None and after is not None and before.cost <= after.cost


@settings(max_examples=40)
@given(drawn.conditions, st.integers(100, 600))
def test_a_placement_keeps_every_bound(given_: Conditions, goal: int) -> None:
    setting = Setting({"ride": 0.7, "run": 0.3}, "normal", 1, {})
    week = Week(Place("build", "load"), goal, given_, setting, Progress())
    pieces = [Piece(slot.role, slot.session()) for slot in compose(week)]
    placement = place(pieces, given_)
    assume(placement is not None)
    assert placement is not None
    for piece, day in zip(pieces, placement.days, strict=True):
        assert given_.is_open(day)
        held = [one.session for one, other in zip(pieces, placement.days, strict=True) if other == day]
        assert sum(one.minutes for one in held) <= given_.caps[day]
        assert sum(one.sport != "strength" for one in held) <= 1
        assert piece.session in held
    placed = [day for piece, day in zip(pieces, placement.days, strict=True) if piece.session.hard]
    hard = sorted([*placed, *given_.hard_days()]) if placed else []
    for spacing in given_.spacings:
        assert all(then - first >= spacing.days for first, then in pairwise(hard))


def test_form_on_race_morning_is_fresh() -> None:
    for fitness in (40.0, 70.0, 100.0):
        event = Event("2027-04-04", "race", "ride", duration_h=4.0)
        request = PlanRequest(drawn.START, {"ride": 1.0}, fitness=fitness, fatigue=fitness, events=(event,))
        morning = make_plan(request, [SPACING], STATE).race_morning
        assert morning is not None and 5 <= morning.form <= 20


def test_dates_hold_over_the_change_of_clocks() -> None:
    request = PlanRequest("2027-03-15", {"run": 1.0}, fitness=40, fatigue=40, weeks=3)
    plan = make_plan(request, [], State("2027-03-14"))
    assert [week.monday for week in plan.weeks] == ["2027-03-15", "2027-03-22", "2027-03-29"]
    assert all(week.monday <= one.date <= plus(week.monday, 6) for week in plan.weeks for one in week.sessions)


def test_a_plan_again_keeps_ids_and_the_past() -> None:
    request = PlanRequest(drawn.START, {"run": 1.0}, fitness=40, fatigue=40, weeks=4, week_hours=5, key="p")
    first = make_plan(request, [SPACING], STATE)
    today = "2026-12-10"
    again = make_plan(replace(request, kept=first.sessions, first_day=today), [SPACING], State(today))
    past = [one for one in first.sessions if one.date < today]
    assert [one for one in again.sessions if one.date < today] == past
    kept = {one.id for one in first.sessions} & {one.id for one in again.sessions if one.date >= today}
    assert len(kept) >= len([one for one in first.sessions if one.date >= today]) * 0.8
    locked = replace(first.sessions[-1], locked=True, date="2026-12-26")
    other = make_plan(replace(request, kept=(locked,)), [SPACING], STATE)
    assert locked in other.sessions


def test_last_week_and_next_week_s_hard_days_count() -> None:
    hard = Piece("hard", drawn.HARD)
    only = {day: Conditions(closed=frozenset(range(7)) - {day}, spacings=(Spacing(2),)) for day in (0, 6)}
    assert place([hard], only[0]) is not None and place([hard], only[6]) is not None
    assert place([hard], replace(only[0], before=((-1, drawn.HARD),))) is None
    assert place([hard], replace(only[6], after=((7, drawn.HARD),))) is None
    assert place([hard], replace(only[6], fixed=((5, drawn.HARD),))) is None
