"""What the coach writes to a file comes back whole, once however often it is taken in, and nonsense is a sentence."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import orjson
import pytest
from sqlalchemy import insert

from homestretch.errors import BadRequest, Forbidden
from homestretch.flow.coach import planned_routes, plans, rules, workouts
from homestretch.flow.coach.coach_file import NotACoachFile
from homestretch.flow.coach.plans import PlanWanted
from homestretch.flow.coach.taking import take_in
from homestretch.flow.runtime.context import Context
from homestretch.model.coach.workout import Step, Workout
from homestretch.model.documents.coach_files import CoachFile
from homestretch.store.queries import plans as stored
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes
from homestretch.views.coach.leaving.export import PARTS, coach_file, coach_zip
from homestretch.views.coach.plans import plan_document, planned_sessions
from homestretch.views.kit.today import today
from tests.flow.coach.drawings import gpx, route

SECOND = Scope(2)


@pytest.fixture
def context(sqlite_context: Context, scope: Scope) -> Context:
    """A folder with a rule, a plan in force, a workout and a route of one athlete, and a second athlete."""
    rules.add_words(sqlite_context, scope, "No training on Mondays", date(2026, 5, 1))
    plan = plans.make(sqlite_context, scope, PlanWanted("ride", weeks=3, hours=5))
    plans.approve(sqlite_context, scope, plan)
    workouts.add(sqlite_context, scope, Workout("Mine", "ride", (Step("work", "s", 600.0),)))
    planned_routes.import_file(sqlite_context, scope, gpx(route("Ring")), "ring.gpx")
    with sqlite_context.database.write() as session:
        assert session.add(insert(athletes), {"name": "Ben", "created_ms": 1}) == SECOND.athlete_id
    return sqlite_context


def exported(context: Context, scope: Scope) -> CoachFile:
    with context.database.read() as reader:
        return coach_file(reader, scope, PARTS, today(reader, scope, context.clock()))


def test_a_file_comes_back_whole_and_once(context: Context, scope: Scope) -> None:
    whole = exported(context, scope)
    data = orjson.dumps(whole)
    tried = take_in(context, SECOND, data, tried=True)
    assert exported(context, SECOND)["plans"] == [] and tried["there"] >= 0
    found = take_in(context, SECOND, data)
    assert {**found, "tried": True} == tried
    assert found["plans"] == [whole["plans"][0]["title"]] and found["workouts"] == ["Mine"]
    assert found["routes"] == ["Ring"] and len(found["rules"]) == 1
    again = take_in(context, SECOND, coach_zip(whole))
    assert (again["rules"], again["plans"], again["workouts"], again["routes"]) == ([], [], [], [])
    assert take_in(context, scope, data)["plans"] == [], "it is there already where it came from"
    back = exported(context, SECOND)
    assert [(one["name"], one["steps"]) for one in back["workouts"]] == [
        (one["name"], one["steps"]) for one in whole["workouts"]
    ]
    assert [one["kind"] for one in back["rules"]] == [one["kind"] for one in whole["rules"]]
    assert take_in(context, SECOND, orjson.dumps(back))["there"] == again["there"]


def test_a_plan_waits_for_approval_under_ids_of_its_own(context: Context, scope: Scope) -> None:
    take_in(context, SECOND, orjson.dumps(exported(context, scope)))
    with context.database.read() as reader:
        (plan,) = stored.plan_ids(reader, SECOND)
        document = plan_document(reader, SECOND, plan)
        here = {one.id for one in planned_sessions(document)}
        there = {one.id for one in planned_sessions(plan_document(reader, scope))}
    assert document["status"] == "proposed" and len(here) == len(there) and not here & there
    assert plans.approve(context, SECOND, plan) == document["version"]


def test_a_zip_has_routes_for_other_programs_and_the_same_bytes(context: Context, scope: Scope) -> None:
    whole = exported(context, scope)
    assert coach_zip(whole) == coach_zip(whole)
    with zipfile.ZipFile(io.BytesIO(coach_zip(whole))) as archive:
        assert archive.namelist() == ["coach.json", "routes/001 Ring.gpx"]


def _changed(change: Callable[[Any], object]) -> Callable[[CoachFile], bytes]:
    def made(whole: CoachFile) -> bytes:
        document = orjson.loads(orjson.dumps(whole))
        change(document)
        return orjson.dumps(document)

    return made


def _week(document: Any) -> Any:
    return document["plans"][0]["versions"][0]["body"]["weeks"][0]


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (lambda _: b"{", "JSON can't be read"),
        (lambda _: b"[]", "no file of the coach"),
        (lambda _: b"PK\x03\x04nonsense", "zip can't be read"),
        (_changed(lambda one: one.update(version=2)), "version"),
        (_changed(lambda one: one["plans"][0].update(versions=[])), "has no version"),
        (_changed(lambda one: _week(one).update(monday="2026-05-05")), "seven days in a row"),
        (_changed(lambda one: _week(one)["days"].pop()), "seven days in a row"),
        (_changed(lambda one: one["plans"][0]["versions"][0]["body"].update(end="soon")), "can't be taken in"),
        (_changed(lambda one: one["rules"].append({**one["rules"][0], "kind": "nothing"})), "nothing"),
        (_changed(lambda one: one["routes"][0].update(gpx="<gpx/>")), "Ring"),
        (_changed(lambda one: one["workouts"][0].update(sport="chess")), "The sport must be one of"),
    ],
)
def test_nonsense_is_a_sentence_and_adds_nothing(
    context: Context, scope: Scope, made: Callable[[CoachFile], bytes], sentence: str
) -> None:
    whole = exported(context, scope)
    with pytest.raises(BadRequest) as raised:
        take_in(context, SECOND, made(whole))
    assert sentence in str(raised.value)
    assert exported(context, SECOND)["plans"] == [] and exported(context, SECOND)["workouts"] == []


def test_a_zip_without_the_document_says_so(context: Context, scope: Scope) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("other.json", b"{}")
    with pytest.raises(NotACoachFile, match=r"has no coach\.json"):
        take_in(context, SECOND, empty.getvalue())
    with pytest.raises(Forbidden):
        take_in(context, Scope(2, role="viewer"), orjson.dumps(exported(context, scope)))
