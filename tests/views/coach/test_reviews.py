"""Reviews of what was done beside what was planned: by each work step, in figures and sentences."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from homestretch.errors import NotFound
from homestretch.flow.coach import changes, plans
from homestretch.flow.coach.plans import PlanWanted
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit import thresholds
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.coach.asked import AskedChange
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from homestretch.store.scope import Scope
from homestretch.views.coach.reviews.block import block_review
from homestretch.views.coach.reviews.week import week_review
from homestretch.views.coach.reviews.workout import workout_review
from homestretch.views.coach.today import plan_today
from tests.flow.edit.test_merging import settled
from tests.formats import golden
from tests.taking import take_in

DAY_MS = 86_400_000
RIDDEN = datetime.fromtimestamp(golden.START_MS / 1000, UTC).date()


def ride(*intervals: float) -> Recording:
    """Return a ride as the template R7 has it, with these watts in its intervals of eight minutes."""
    power = [150.0] * 600
    for watts in intervals:
        power += [watts] * 480 + [138.0] * 240
    power += [125.0] * 300
    k = np.arange(len(power))
    return Recording(
        sport=Sport("cycling"), start=golden.moment(golden.START_MS), end_ms=golden.START_MS + 1000 * len(power),
        time_ms=golden.times(len(power), golden.START_MS),
        channels=golden.channels({"power_w": np.array(power), "distance_m": 8.0 * k}),
    )  # fmt: skip


def at(context: Context, days: float) -> Context:
    """Return the context so many days after the ride."""
    return replace(context, clock=lambda: round(golden.START_MS + days * DAY_MS))


def planned(context: Context, scope: Scope) -> str:
    """Plan three times eight minutes on the day of the ride, and nothing else on it; return the session's id."""
    before = at(context, -12)
    thresholds.state(before, scope, "ftp_w", 250, RIDDEN - timedelta(days=30))
    plan = plans.make(before, scope, PlanWanted("ride", weeks=4, hours=5))
    day = RIDDEN.isoformat()
    made = changes.change(before, scope, plan, 1, [AskedChange("add", to=day, template="R7")])
    with context.database.read() as reader:
        from homestretch.views.coach.plans import plan_document

        document = plan_document(reader, scope, plan, made["version"])
    on_day = next(one for week in document["weeks"] for one in week["days"] if one["date"] == day)["sessions"]
    name = next(one["id"] for one in on_day if one["template"] == "R7")
    others = [AskedChange("drop", one["id"]) for one in on_day if one["id"] != name]
    version = made["version"]
    if others:
        version = changes.change(before, scope, plan, version, others)["version"]
    plans.approve(before, scope, plan, version, "A test.")
    return name


@pytest.fixture
def context(sqlite_context: Context) -> Context:
    return sqlite_context


def test_a_workout_beside_its_plan(context: Context, scope: Scope, decoders: Decoders) -> None:
    session = planned(context, scope)
    take_in(context, scope, decoders, {"ride.fit": encode(ride(245, 240, 205))})
    settled(context, scope, decoders)
    later = at(context, 0.5)
    with context.database.read() as reader:
        review = workout_review(reader, scope, later.clock(), session)
        assert workout_review(reader, scope, later.clock(), review["activity"]) == review
        week = week_review(reader, scope, later.clock(), RIDDEN)
        today = plan_today(reader, scope, later.clock())
    score = review["score"]
    assert review["session"] is not None and review["session"]["id"] == session and score is not None
    assert [(round(step["value"] or 0), step["side"]) for step in score["steps"]] == [
        (245, "in"), (240, "in"), (205, "under"),
    ]  # fmt: skip
    assert "intervals under target" in score["notes"] and set(score["basis"]) == {"duration", "load", "work"}
    assert any("Work step 3: 205 W for 7:" in point["text"] for point in review["points"])
    (done,) = [one for one in week["sessions"] if one["id"] == session]
    assert (done["state"], done["activity"]) == ("done", review["activity"])
    assert week["done_minutes"] == review["minutes"] and week["plan"] == review["plan"]
    assert session in {one["id"] for one in today["sessions"] if one["state"] == "done"}


def test_what_was_not_planned_or_not_done(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"ride.fit": encode(ride(245))})
    settled(context, scope, decoders)
    now = at(context, 0.5).clock()
    with context.database.read() as reader:
        week = week_review(reader, scope, now, RIDDEN)
        assert (week["plan"], week["planned_minutes"], week["sessions"]) == (None, None, [])
        assert week["done_minutes"] > 0
        assert "Nothing was recorded" in week_review(reader, scope, now, date(2020, 1, 1))["points"][0]["text"]
        with pytest.raises(NotFound):
            workout_review(reader, scope, now, "nowhere")
    session = planned(context, scope)
    with context.database.read() as reader:
        review = workout_review(reader, scope, now, session)
        assert review["score"] is not None and review["score"]["label"] in ("close", "different")


def test_a_block_of_the_plan(context: Context, scope: Scope, decoders: Decoders) -> None:
    session = planned(context, scope)
    take_in(context, scope, decoders, {"ride.fit": encode(ride(245, 240, 235))})
    settled(context, scope, decoders)
    with context.database.read() as reader:
        now = at(context, 20).clock()
        block = block_review(reader, scope, now, RIDDEN)
        week = week_review(reader, scope, now, RIDDEN)
        weeks = {one["monday"]: one for one in block["weeks"]}
        assert weeks[week["monday"]]["done_load"] == week["done_load"] > 0
        assert weeks[week["monday"]]["planned_minutes"] == week["planned_minutes"]
        assert (block["plan"], block["start"] <= RIDDEN.isoformat() <= block["end"]) == (week["plan"], True)
        assert session in {one["id"] for one in week["sessions"]} and weeks[week["monday"]]["sessions_done"] == 1
        # A block ends with its recovery week, or where the phase changes; each week is in one block only.
        again = block_review(reader, scope, now, date.fromisoformat(block["end"]) + timedelta(days=1))
        assert again["start"] > block["end"]
        assert [one["kind"] == "recovery" for one in block["weeks"][:-1]] == [False] * (len(block["weeks"]) - 1)
        assert block["over"] and any("planned sessions done" in one["text"] for one in block["points"])


def test_a_block_without_a_plan_has_four_weeks(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"ride.fit": encode(ride(245))})
    settled(context, scope, decoders)
    with context.database.read() as reader:
        block = block_review(reader, scope, at(context, 0.5).clock(), RIDDEN)
        assert (block["plan"], block["phase"], len(block["weeks"])) == (None, None, 4)
        assert block["weeks"][-1]["done_load"] > 0 and block["longest_minutes"] > 0 and block["sleep_s"] is None
        empty = block_review(reader, scope, at(context, 0.5).clock(), date(2020, 1, 1))
        assert [one["text"] for one in empty["points"]] == ["Nothing was recorded in this block."]
