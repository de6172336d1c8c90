"""Where the plan in force leads: fitness and form of the past, continued with what is planned."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from homestretch.flow.coach import changes, plans
from homestretch.flow.coach.plans import PlanWanted, event_of
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit import thresholds
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.charts import FrameBody
from homestretch.store.scope import Scope
from homestretch.views.coach.forecast import forecast
from homestretch.views.coach.plans import plan_document, planned_sessions
from homestretch.views.kit.frame import Asked, frame
from tests.flow.edit.test_merging import settled
from tests.taking import take_in
from tests.views.coach.test_reviews import RIDDEN, at, ride

RACE = RIDDEN + timedelta(days=40)


@pytest.fixture
def plan(sqlite_context: Context, scope: Scope, decoders: Decoders) -> str:
    """Return an approved plan to a race, made by somebody who rode the day before."""
    context = at(sqlite_context, 1)
    thresholds.state(context, scope, "ftp_w", 250, RIDDEN - timedelta(days=30))
    take_in(context, scope, decoders, {"ride.fit": encode(ride(240, 245, 240))})
    settled(context, scope, decoders)
    race = event_of(RACE, "Loop of the lake", "ride", "A", 120.0, None)
    plan = plans.make(context, scope, PlanWanted("ride", event=race, hours=6))
    plans.approve(context, scope, plan)
    return plan


def chart(context: Context, scope: Scope, today: date, until: date) -> FrameBody:
    """Return the fitness chart of a day."""
    with context.database.read() as reader:
        return frame(reader, scope, "fitness", Asked(today=today, until=until))


def values(body: FrameBody, key: str) -> list[float | None]:
    """Return the values of a line of a chart."""
    return next(line["values"] for line in body["lines"] if line["key"] == key)


def test_days_ahead_follow_the_plan(sqlite_context: Context, scope: Scope, plan: str) -> None:
    today = RIDDEN + timedelta(days=1)
    body = chart(sqlite_context, scope, today, RACE)
    days = [str(day) for day in body["x"]["values"]]
    assert days == [(RIDDEN + timedelta(days=n)).isoformat() for n in range(41)]
    assert all(len(line["values"]) == len(days) for line in body["lines"])
    loads = values(body, "load_planned")
    with sqlite_context.database.read() as reader:
        sessions = planned_sessions(plan_document(reader, scope, plan))
    for day, load in zip(days[1:-1], loads[1:-1], strict=True):
        assert load == pytest.approx(sum(one.load for one in sessions if one.date == day)), day
    # From the day before on, by the definition: a mean over 42 days of all loads.
    fitness = values(body, "fitness")[0]
    assert fitness is not None
    for load, course in zip(loads[1:], values(body, "fitness_planned")[1:], strict=True):
        assert load is not None and course is not None
        fitness += (load - fitness) * (1 - np.exp(-1 / 42))
        assert course == pytest.approx(fitness, abs=0.01)
    assert values(body, "fitness")[2:] == [None] * 39 and values(body, "fitness_planned")[0] is None
    assert body["details"]["race"] == RACE.isoformat()
    assert body["details"]["race_form"] == pytest.approx(values(body, "form_planned")[-1], abs=0.1)


def test_a_day_may_be_past_the_plan_or_before_it(sqlite_context: Context, scope: Scope, plan: str) -> None:
    today = RIDDEN + timedelta(days=1)
    far = chart(sqlite_context, scope, today, RACE + timedelta(days=900))
    with sqlite_context.database.read() as reader:
        end = plan_document(reader, scope, plan)["end"]
    assert far["x"]["values"][-1] == end
    assert [line["key"] for line in chart(sqlite_context, scope, today, today)["lines"]] == [
        "load", "fitness", "fatigue", "form",
    ]  # fmt: skip
    viewer = chart(sqlite_context, replace(scope, role="viewer"), today, RACE)
    assert viewer["x"]["values"][-1] == today.isoformat(), "a viewer sees no plans"
    later = date.fromisoformat(end) + timedelta(days=1)
    assert len(chart(sqlite_context, scope, later, later + timedelta(days=9))["lines"]) == 4


def test_what_is_skipped_or_done_is_not_ahead(sqlite_context: Context, scope: Scope, plan: str) -> None:
    with sqlite_context.database.read() as reader:
        every = planned_sessions(plan_document(reader, scope, plan))
        today = date.fromisoformat(every[0].date)
        before = forecast(reader, scope, today)
    assert before is not None and before.course.loads[0] == pytest.approx(every[0].load)
    changes.link(at(sqlite_context, (today - RIDDEN).days), scope, every[0].id, None, "travel")
    with sqlite_context.database.read() as reader:
        after = forecast(reader, scope, today)
    assert after is not None
    assert after.course.loads[0] == 0 and (after.course.loads[1:] == before.course.loads[1:]).all()
    assert after.course.fitness[0] < before.course.fitness[0]
