"""The library of workouts: nothing is lost, nothing is there twice, and a kill in between leaves only work to do."""

import pytest
from sqlalchemy import func, select

from homestretch.errors import BadRequest, Forbidden, NotFound
from homestretch.flow.coach import workouts as flow
from homestretch.flow.derive.commit import Arrival, keep_arrivals, keep_outcomes
from homestretch.flow.derive.decode.decode_original import DecodeTask, decode_original
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.workout import Step, Workout
from homestretch.store.queries.workouts import find_workout, list_workouts
from homestretch.store.scope import Scope
from homestretch.store.tables.coach import workouts
from tests.formats.workouts.threshold import THRESHOLD, file_bytes

SHORT = Workout("Short", "run", (Step("work", "s", 60.0),))
DIGEST = "72b2c7fa9d62280873e0a1aa3a572b5aa6cea44ba0d5e7044908cf88963d67ee"


def names(context: Context, scope: Scope) -> list[str]:
    with context.database.read() as reader:
        return [one.name for one in list_workouts(reader, scope.athlete_id)]


def arrive(context: Context, scope: Scope) -> None:
    """Bring a FIT workout in as the ordinary import does, and end there, as if killed."""
    data = file_bytes("3x8.fit.hex")
    prepared = decode_original(context.archive, DecodeTask(DIGEST, "3x8.fit", data))
    with context.database.write() as session:
        keep_arrivals(context, session, scope.athlete_id, [Arrival(DIGEST, len(data), "3x8.fit")])
        keep_outcomes(context, session, scope.athlete_id, [prepared])


def test_what_a_killed_import_left_is_read_once(context: Context, scope: Scope) -> None:
    arrive(context, scope)
    assert names(context, scope) == [] and flow.waiting_athletes(context) == [scope.athlete_id]
    assert flow.add_imported(context, scope.athlete_id) == 1
    assert flow.waiting_athletes(context) == [] and flow.add_imported(context, scope.athlete_id) == 0
    assert names(context, scope) == ["3x8 threshold"]


def test_a_removed_workout_is_not_read_again_by_itself(context: Context, scope: Scope) -> None:
    arrive(context, scope)
    flow.add_imported(context, scope.athlete_id)
    (number,) = flow.import_file(context, scope, file_bytes("3x8.fit.hex"), "again.fit")
    flow.remove(context, scope, number)
    assert flow.waiting_athletes(context) == [] and names(context, scope) == []
    assert flow.import_file(context, scope, file_bytes("3x8.fit.hex"), "again.fit") == [number]
    assert names(context, scope) == ["3x8 threshold"]


def test_a_changed_workout_keeps_its_id_and_what_it_was(context: Context, scope: Scope) -> None:
    number = flow.add(context, scope, THRESHOLD)
    for name in ("Second", "Third"):
        flow.change(context, scope, number, Workout(name, "ride", THRESHOLD.steps))
    with context.database.read() as reader:
        found = find_workout(reader, scope.athlete_id, number)
        rows = reader.rows(select(workouts.c.name, workouts.c.removed_ms.is_(None).label("there")).order_by("id"))
        assert reader.scalar(select(func.count(workouts.c.public_id.distinct()))) == 3
    assert found is not None and found.name == "Third"
    assert [(row.name, bool(row.there)) for row in rows] == [
        ("3x8 threshold", False), ("Second", False), ("Third", True),
    ]  # fmt: skip


def test_a_changed_file_is_still_the_same_workout(context: Context, scope: Scope) -> None:
    (number,) = flow.import_file(context, scope, file_bytes("3x8.zwo"), "3x8.zwo")
    flow.change(context, scope, number, SHORT)
    assert flow.import_file(context, scope, file_bytes("3x8.zwo"), "3x8.zwo") == [number]
    assert names(context, scope) == ["Short"]


def test_a_file_can_be_of_another_sport_and_name(context: Context, scope: Scope) -> None:
    (number,) = flow.import_file(context, scope, file_bytes("3x8.txt"), "3x8.txt", name=" My  run ", sport="run")
    with context.database.read() as reader:
        found = find_workout(reader, scope.athlete_id, number)
    assert found is not None and (found.name, found.sport, found.hard) == ("My run", "run", True)
    assert {step.get("target", {}).get("of") for step in found.document["steps"] if "end" in step} == {"speed"}


def test_what_may_not_be_is_refused(context: Context, scope: Scope) -> None:
    number = flow.add(context, scope, SHORT)
    viewer = Scope(scope.athlete_id, None, "viewer")
    for act in (flow.remove, flow.restore):
        with pytest.raises(Forbidden):
            act(context, viewer, number)
        with pytest.raises(NotFound):
            act(context, scope, "nothing")
    with pytest.raises(BadRequest):
        flow.add(context, scope, Workout("x", "chess", SHORT.steps))
    with pytest.raises(flow.NotAWorkout, match="holds no workout"):
        flow.import_file(context, scope, b"<gpx/>", "x.gpx")
    assert names(context, scope) == ["Short"]
