"""Plans in a real store: made, changed, approved; versions never change, whatever is done in whatever order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from homestretch.errors import BadRequest, Conflict, Forbidden, NotFound
from homestretch.flow.coach import changes, plans
from homestretch.flow.coach.plans import PlanWanted, event_of
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.asked import AskedChange
from homestretch.model.documents.coach_plans import PlanDocument
from homestretch.store.scope import Scope
from homestretch.views.coach import changes as compared
from homestretch.views.coach.check import check_version
from homestretch.views.coach.plans import plan_document, plan_versions
from homestretch.views.coach.today import plan_today

#: A Tuesday; plans begin on the Monday after it.
NOON_MS = round(datetime(2026, 12, 1, 12, tzinfo=UTC).timestamp() * 1000)
FIRST = "2026-12-07"
WANTED = PlanWanted("run", weeks=4, hours=5)


def on_day(context: Context, days_later: int = 0) -> Context:
    """Return the context on a day at noon."""
    return replace(context, clock=lambda: NOON_MS + days_later * 86_400_000)


def shown(context: Context, scope: Scope, plan: str | None = None, version: int | None = None) -> PlanDocument:
    with context.database.read() as reader:
        return plan_document(reader, scope, plan, version)


def sessions(document: PlanDocument) -> dict[str, str]:
    """Return the days of a plan's sessions by their id."""
    return {one["id"]: one["date"] for week in document["weeks"] for day in week["days"] for one in day["sessions"]}


@pytest.fixture
def context(sqlite_context: Context) -> Context:
    return on_day(sqlite_context)


def test_a_plan_begins_next_monday_and_ends_with_its_event(context: Context, scope: Scope) -> None:
    race = event_of(date(2027, 2, 14), "Half marathon", "run", "A", 21.1)
    made = shown(context, scope, plans.make(context, scope, PlanWanted("run", hours=6, event=race)))
    assert (made["start"], made["end"], len(made["weeks"])) == (FIRST, "2027-02-14", 10)
    (day,) = [one for week in made["weeks"] for one in week["days"] if "event" in one]
    assert (day["date"], day["event"]["name"], day["sessions"]) == ("2027-02-14", "Half marathon", [])
    assert (made["status"], made["version"], made["parent"], made["author"]) == ("proposed", 1, None, "planner")
    assert all(week["minutes"] <= 360 for week in made["weeks"])
    assert [week["monday"] for week in made["weeks"]] == sorted(week["monday"] for week in made["weeks"])
    assert all(len(week["days"]) == 7 for week in made["weeks"])
    assert made["race_morning"] is not None and "two thirds" in made["why"]


def test_the_same_request_gives_the_same_plan(context: Context, scope: Scope) -> None:
    first, second = (shown(context, scope, plans.make(context, scope, WANTED)) for _ in range(2))
    assert first["digest"] == second["digest"]
    assert not sessions(first).keys() & sessions(second).keys()
    assert list(sessions(first).values()) == list(sessions(second).values())


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (PlanWanted("run", weeks=3, event=event_of(date(2027, 2, 14), "Race", "run", "A")), "in week 10"),
        (PlanWanted("run", event=event_of(date(2026, 12, 2), "Race", "run", "A")), "2026-12-07 or later"),
        (PlanWanted("run", event=event_of(date(2029, 2, 14), "Race", "run", "A")), "at most 52 weeks"),
        (PlanWanted("chess"), "chess"),
        (PlanWanted("run", hours=99), "1 to 40"),
    ],
)
def test_what_can_t_be_planned_is_said(context: Context, scope: Scope, wanted: PlanWanted, reason: str) -> None:
    with pytest.raises(BadRequest, match=reason):
        plans.make(context, scope, wanted)
    with pytest.raises(NotFound):
        shown(context, scope)


def test_a_move_makes_a_version_and_the_check_says_what_it_breaks(context: Context, scope: Scope) -> None:
    plan = plans.make(context, scope, WANTED)
    before = shown(context, scope, plan)
    hard = [one for week in before["weeks"] for day in week["days"] for one in day["sessions"] if one["hard"]]
    tomorrow = (date.fromisoformat(hard[0]["date"]) + timedelta(days=1)).isoformat()
    made = changes.move(context, scope, hard[1]["id"], date.fromisoformat(tomorrow))
    assert (made["version"], made["status"]) == (2, "proposed")
    assert any(one["severity"] == "must" and hard[1]["id"] in one["sessions"] for one in made["violations"])
    with context.database.read() as reader:
        found = check_version(reader, scope, context.clock(), plan, None)
        diff = compared.plan_diff(reader, scope, context.clock(), plan, None, None)
    assert found["violations"] == made["violations"]
    (change,) = diff["changes"]
    assert (change["op"], change["id"], change["to"]) == ("moved", hard[1]["id"], tomorrow)
    assert [one["rule"] for one in diff["gained"]] == ["s-hard"]
    assert shown(context, scope, plan, 1) == before
    with pytest.raises(Conflict, match="must hold"):
        plans.approve(context, scope, plan)
    assert plans.approve(context, scope, plan, anyway="The club meets then.") == 2


def test_only_one_version_is_in_force(context: Context, scope: Scope) -> None:
    first, second = (plans.make(context, scope, WANTED) for _ in range(2))
    plans.approve(context, scope, first)
    plans.approve(context, scope, second)
    assert (shown(context, scope, first)["status"], shown(context, scope, second)["status"]) == (
        "superseded", "approved",
    )  # fmt: skip
    plans.approve(context, scope, first)
    with context.database.read() as reader:
        assert plan_today(reader, scope, context.clock())["plan"] == first
    with pytest.raises(Conflict):
        plans.reject(context, scope, first, 1)


def test_an_editor_may_propose_and_not_approve(context: Context, scope: Scope) -> None:
    editor = replace(scope, role="editor")
    plan = plans.make(context, editor, WANTED)
    with pytest.raises(Forbidden):
        plans.approve(context, editor, plan)
    with pytest.raises(Forbidden):
        plans.make(context, replace(scope, role="viewer"), WANTED)


def test_planning_again_keeps_the_past_and_the_ids(context: Context, scope: Scope) -> None:
    plan = plans.make(context, scope, WANTED)
    before = shown(context, scope, plan)
    later = on_day(context, 16)  # the Thursday of week 2
    made = changes.replan(later, scope, plan)
    after = shown(later, scope, plan, made["version"])
    assert after["weeks"][0] == before["weeks"][0]
    assert (after["start"], after["end"]) == (before["start"], before["end"])
    past = {name: day for name, day in sessions(before).items() if day < "2026-12-17"}
    assert past.items() <= sessions(after).items()
    with pytest.raises(BadRequest, match="over"):
        changes.replan(on_day(context, 60), scope, plan)


def test_days_missed_are_said_and_advice_becomes_a_version(context: Context, scope: Scope) -> None:
    plan = plans.make(context, scope, WANTED)
    plans.approve(context, scope, plan)
    later = on_day(context, 6 + 9)
    with later.database.read() as reader:
        found = plan_today(reader, scope, later.clock())
    assert {one["op"] for one in found["advice"]} == {"rebuild"}
    first = next(iter(sessions(shown(later, scope, plan))))
    changes.link(later, scope, first, None, "travelled")
    soon = on_day(context, 6 + 2)
    with soon.database.read() as reader:
        week = {one["id"]: one for one in plan_today(reader, scope, soon.clock())["sessions"]}
    assert (week[first]["state"], week[first]["reason"]) == ("skipped", "travelled")
    changes.link(later, scope, first, None, None)
    with soon.database.read() as reader:
        assert plan_today(reader, scope, soon.clock())["sessions"][0]["state"] == "missed"
    assert changes.adapt_plan(later, scope)["version"] == 2
    with pytest.raises(NotFound):
        changes.link(later, scope, first, "nowhere", None)


class Versions(RuleBasedStateMachine):
    """Whatever a person does with plans, versions stay as they were made, and at most one is in force."""

    made: tuple[Context, Scope]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, int], Mapping[str, object]] = {}
        self.plans: list[str] = []

    @initialize()
    def begin(self) -> None:
        self.context, self.scope = self.made
        with self.context.database.read() as reader:
            from homestretch.views.coach.plans import plans as listed

            self.old = {one["plan"] for one in listed(reader, self.scope)["items"]}

    @rule(sport=st.sampled_from(["run", "ride", "triathlon"]), weeks=st.integers(1, 3))
    @precondition(lambda self: len(self.plans) < 2)
    def make(self, sport: str, weeks: int) -> None:
        self.plans.append(plans.make(self.context, self.scope, PlanWanted(sport, weeks=weeks, hours=6)))

    @rule(pick=st.data(), op=st.sampled_from(["move", "drop", "scale", "replace", "add"]), days=st.integers(0, 20))
    @precondition(lambda self: self.plans)
    def change(self, pick: st.DataObject, op: str, days: int) -> None:
        plan = pick.draw(st.sampled_from(self.plans))
        document = shown(self.context, self.scope, plan)
        ids = sorted(sessions(document))
        if not ids:
            return
        day = (date.fromisoformat(document["start"]) + timedelta(days=days)).isoformat()
        asked = AskedChange(op, pick.draw(st.sampled_from(ids)), day, "N2", None, None, 0.8)
        inside = day <= document["end"] or op in ("drop", "scale", "replace")
        try:
            changes.change(self.context, self.scope, plan, document["version"], [asked])
        except BadRequest:
            assert not inside or op == "replace"

    @rule(pick=st.data(), yes=st.booleans())
    @precondition(lambda self: self.plans)
    def decide(self, pick: st.DataObject, yes: bool) -> None:
        plan = pick.draw(st.sampled_from(self.plans))
        with self.context.database.read() as reader:
            count = len(plan_versions(reader, self.scope, plan)["items"])
        version = pick.draw(st.integers(1, count))
        try:
            if yes:
                plans.approve(self.context, self.scope, plan, version, "I know.")
            else:
                plans.reject(self.context, self.scope, plan, version, "No.")
        except Conflict:
            assert not yes or shown(self.context, self.scope, plan, version)["status"] == "infeasible"

    @invariant()
    def versions_stay_as_they_were_made(self) -> None:
        in_force = 0
        for plan in self.plans:
            with self.context.database.read() as reader:
                items = plan_versions(reader, self.scope, plan)["items"]
            assert [one["version"] for one in items] == list(range(len(items), 0, -1))
            for item in items:
                in_force += item["status"] == "approved"
                document = shown(self.context, self.scope, plan, item["version"])
                content = {"weeks": document["weeks"], "digest": document["digest"], "parent": document["parent"]}
                assert self.kept.setdefault((plan, item["version"]), content) == content
                for week in document["weeks"]:
                    of_days = [one for day in week["days"] for one in day["sessions"]]
                    assert week["minutes"] == sum(one["minutes"] for one in of_days)
                    assert all(one["date"] == day["date"] for day in week["days"] for one in day["sessions"])
        assert in_force <= 1


def test_versions_in_any_order(context: Context, scope: Scope) -> None:
    Versions.made = context, scope
    Versions.TestCase.settings = settings(max_examples=4, stateful_step_count=8, deadline=None)
    Versions.TestCase("runTest").runTest()
