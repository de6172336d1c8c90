"""What differs between two versions, and what of it can be taken."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.coach.checking.days import plus
from homestretch.coach.checking.state import State
from homestretch.coach.diff import accepted, as_operations, change_document, diff, rule_changes
from homestretch.coach.operations import Drop, Move, Operation, Scale, apply, digest, operation_document, read_operation
from homestretch.coach.planner.make import make_plan
from homestretch.coach.planner.request import PlanRequest
from homestretch.model.coach.rule import Rule
from homestretch.model.coach.session import Session
from tests.coach.documents import rule_of, session_of

VECTOR = json.loads((Path(__file__).parent / "vectors" / "diff_and_adapt.json").read_text())
OLD = [session_of(one) for one in VECTOR["in"]["diff"]["from"]]
NEW = [session_of(one) for one in VECTOR["in"]["diff"]["to"]]
PLAN = make_plan(PlanRequest("2026-12-07", {"run": 1.0}, fitness=30, fatigue=30, week_hours=5, weeks=3), [],
                 State("2026-12-01")).sessions  # fmt: skip


def test_diff_equals_the_vector() -> None:
    made = diff(OLD, NEW)
    assert [change_document(one) for one in made.changes] == VECTOR["out"]["diff"]["changes"]
    assert made.weeks == VECTOR["out"]["diff"]["weeks"]


def test_a_move_with_other_fields_is_one_change() -> None:
    [first, *_] = OLD
    [change] = diff([first], [replace(first, date="2026-12-03", minutes=50)]).changes
    assert change_document(change) == {
        "op": "moved", "id": "a", "from": "2026-11-30", "to": "2026-12-03", "changed": {"minutes": [60, 50]},
    }  # fmt: skip


@st.composite
def operations(draw: st.DrawFn) -> list[Operation]:
    """Operations on some sessions of a plan, one for each."""
    chosen = draw(st.lists(st.sampled_from(PLAN), unique_by=lambda one: one.id, max_size=6))
    made: list[Operation] = []
    for one in chosen:
        kind = draw(st.sampled_from(("move", "drop", "scale")))
        if kind == "move":
            made.append(Move(one.id, one.date, plus(one.date, draw(st.integers(1, 9)))))
        elif kind == "drop":
            made.append(Drop(one.id))
        else:
            made.append(Scale(one.id, draw(st.sampled_from((0.5, 0.8, 1.3)))))
    return made


@given(operations())
def test_a_diff_gives_its_operations_back(ops: list[Operation]) -> None:
    new = apply(ops, PLAN)
    again = as_operations(diff(PLAN, new))
    assert apply(again, PLAN) == new
    assert {one.id for one in again if not isinstance(one, Scale)} <= {one.id for one in ops}  # type: ignore[union-attr]
    moved = {(one.id, one.to) for one in again if isinstance(one, Move)}
    assert moved == {(one.id, one.to) for one in ops if isinstance(one, Move)}
    assert {one.id for one in again if isinstance(one, Drop)} == {one.id for one in ops if isinstance(one, Drop)}


@given(operations())
def test_operations_survive_json(ops: list[Operation]) -> None:
    assert [read_operation(operation_document(one)) for one in ops] == ops
    assert digest(ops) == digest([*reversed(ops)])


@given(operations())
def test_scaled_sessions_stay_whole(ops: list[Operation]) -> None:
    from homestretch.coach.operations import steps_minutes

    for one in apply(ops, PLAN):
        assert steps_minutes(one.steps, one.sport) == one.minutes


def test_an_operation_on_nothing_says_so() -> None:
    with pytest.raises(ValueError, match="no session zz in this plan"):
        apply([Drop("zz")], PLAN)


def test_taking_one_of_two_changes_names_the_other() -> None:
    old = [
        Session("b", "2026-12-01", "ride", 60, 60.0, hard=True),
        Session("h", "2026-12-03", "ride", 60, 60.0, hard=True),
    ]
    new = [replace(old[0], date="2026-12-02")]
    rules = [rule_of({"id": "s", "kind": "hard_spacing", "severity": "must", "params": {"min_days": 2}})]
    compared = diff(old, new)
    alone = accepted(old, compared, ["b"], rules, State("2026-11-30"))
    assert alone.needs == ("moving b needs h removed",)
    assert [one.rule for one in alone.violations] == ["s"]
    both = accepted(old, compared, ["b", "h"], rules, State("2026-11-30"))
    assert both.needs == () and [*both.sessions] == new


def test_a_change_that_nothing_mends_says_why() -> None:
    [first] = [Session("b", "2026-12-01", "ride", 60, 60.0)]
    rules = [rule_of({"id": "m", "kind": "rest_day", "severity": "must", "params": {"weekdays": ["wed"]}})]
    made = accepted([first], diff([first], [replace(first, date="2026-12-02")]), ["b"], rules, State("2026-11-30"))
    assert len(made.needs) == 1 and made.needs[0].startswith("moving b can't stand by itself: 2026-12-02 is a wed")


def test_rules_gained_and_lost() -> None:
    rules: list[Rule] = [Rule("s", "hard_spacing", "must", {"min_days": 2})]
    gained, lost = rule_changes(OLD, NEW, rules, State("2026-11-30"))
    assert [one.day for one in lost] == ["2026-12-02"]
    assert [one.day for one in gained] == ["2026-12-03"]
