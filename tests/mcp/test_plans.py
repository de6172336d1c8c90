"""Plans and rules over MCP: read, tried, proposed, and never changed."""

from dataclasses import replace
from typing import Any

import pytest

from homestretch.flow.coach.plans import PlanWanted, approve, make
from homestretch.mcp._runtime.visitor import Visitor
from homestretch.store.queries.plans import versions_of
from tests.mcp.clients import call, visitor


@pytest.fixture
def planned(athlete: Visitor) -> tuple[Visitor, str]:
    """The athlete with a plan of six weeks that is in force."""
    full = replace(athlete.scope, use="show")
    plan = make(athlete.app.context, full, PlanWanted(sport="run", weeks=6, hours=5.0))
    approve(athlete.app.context, full, plan)
    return athlete, plan


def sessions(plan: Any) -> list[Any]:
    return [session for week in plan["weeks"] for session in week["sessions"]]


def test_without_a_plan(athlete: Visitor) -> None:
    assert call(athlete, "plan").document["why"] == "no_plan"
    assert call(athlete, "plan_versions").document["items"] == []
    assert call(athlete, "rules").document["total"] > 0  # what everybody begins with
    for name in ("check_plan", "plan_diff"):
        answer = call(athlete, name)
        assert answer.failed and "plan" in answer.text


def test_a_plan_is_read_in_pages(planned: tuple[Visitor, str]) -> None:
    asking, plan = planned
    weeks: list[Any] = []
    cursor: dict[str, str] = {}
    while True:
        answer = call(asking, "plan", **cursor)
        assert answer.size <= 25_000 and answer.document["plan"] == plan and answer.document["approved"] == 1
        weeks += answer.document["weeks"]
        if answer.document["next"] is None:
            break
        cursor = {"cursor": answer.document["next"]}
    assert len(weeks) == answer.document["total"] == 6
    second = weeks[1]["monday"]
    found = call(asking, "plan", from_=second, to=second).document
    assert [week["monday"] for week in found["weeks"]] == [second]


def test_changes_are_tried_and_nothing_is_kept(planned: tuple[Visitor, str]) -> None:
    asking, plan = planned
    session = sessions(call(asking, "plan").document)[0]
    answer = call(asking, "check_plan", ops=[{"op": "drop", "id": session["id"]}])
    assert [change["id"] for change in answer.document["changes"]] == [session["id"]]
    with asking.app.database.read() as reader:
        assert len(versions_of(reader, asking.scope, plan)) == 1


def test_a_proposal_waits_for_a_person(planned: tuple[Visitor, str]) -> None:
    asking, plan = planned
    session = sessions(call(asking, "plan").document)[0]
    made = call(asking, "propose_changes", ops=[{"op": "drop", "id": session["id"]}], why="Travelling.").document
    assert (made["plan"], made["version"], made["status"]) == (plan, 2, "proposed") and made["url"].startswith("http")
    assert [change["id"] for change in made["diff"]["changes"]] == [session["id"]]
    versions = call(asking, "plan_versions").document["items"]
    assert [(one["version"], one["status"]) for one in versions] == [(2, "proposed"), (1, "approved")]
    assert versions[0]["author"] == "mcp:stdio" and versions[0]["why"] == "Travelling."
    # The plan in force is what it was.
    assert session["id"] in {one["id"] for one in sessions(call(asking, "plan").document)}


def test_who_may_only_read_proposes_nothing(planned: tuple[Visitor, str]) -> None:
    asking, plan = planned
    session = sessions(call(asking, "plan").document)[0]
    for may in (("read",), ("read", "health")):
        reader = visitor(asking.app.context, asking.scope, *may)
        answer = call(reader, "propose_changes", ops=[{"op": "drop", "id": session["id"]}], why="x")
        assert answer.failed and "may not propose" in answer.text
    viewer = visitor(asking.app.context, replace(asking.scope, role="viewer"))
    assert call(viewer, "plan").failed
    with asking.app.database.read() as found:
        assert len(versions_of(found, asking.scope, plan)) == 1


@pytest.mark.parametrize(
    ("ops", "sentence"),
    [
        ([], "Name at least one change."), ([{"op": "drop", "id": "nowhere"}], "There is no session nowhere"),
        ([{"op": "explode"}], "These arguments don't fit."),
        ([{"op": "add", "template": "R99", "to": "2026-12-24"}], ""),
        ([{"op": "add", "template": "N2", "to": "2020-01-01"}], "Past days stay as they are."),
    ],
)  # fmt: skip
def test_changes_that_can_t_be_made(planned: tuple[Visitor, str], ops: list[Any], sentence: str) -> None:
    answer = call(planned[0], "propose_changes", ops=ops, why="x")
    assert answer.failed and sentence in answer.text
    assert len(call(planned[0], "plan_versions").document["items"]) == 1
