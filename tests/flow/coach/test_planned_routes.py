"""Planned routes: never activities, nothing lost, nothing twice, and an athlete is asked where a file may be either."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import func, insert, select

from homestretch.errors import BadRequest, Forbidden, NotFound
from homestretch.flow.coach import planned_routes as flow
from homestretch.flow.coach import plans
from homestretch.flow.derive.commit import Arrival, keep_arrivals, keep_outcomes
from homestretch.flow.derive.decode.decode_original import DecodeTask, decode_original
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.ingest import status_of
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.model.coach.plan import sessions_of
from homestretch.store.queries import planned_routes as store
from homestretch.store.queries.plans import find_version
from homestretch.store.scope import Scope
from homestretch.store.tables.coach import planned_routes
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import athletes
from homestretch.views.coach.routes.routes import route_list, route_whole
from tests.flow.coach.drawings import gpx, route, track
from tests.flow.courses import ROAD, along
from tests.formats import golden
from tests.taking import take_in

TWO = gpx(route("North"), route("East", lon=9.0))
HILL = gpx(track("Hill"))
DAY = date(2026, 5, 1)


def names(context: Context, scope: Scope) -> list[str]:
    with context.database.read() as reader:
        return [one.name for one in store.list_routes(reader, scope)]


def asked(context: Context, scope: Scope) -> list[store.AskedFile]:
    with context.database.read() as reader:
        return store.asked_files(reader, scope)


def count(context: Context, table: object = planned_routes) -> int:
    with context.database.read() as reader:
        return int(reader.scalar(select(func.count()).select_from(table)))  # type: ignore[arg-type]


def arrive(context: Context, scope: Scope, data: bytes, name: str) -> tuple[str, str]:
    """Bring a file in as the ordinary import does and end there, as if killed; return its digest and last note."""
    digest = hashlib.sha256(data).hexdigest()
    prepared = decode_original(context.archive, DecodeTask(digest, name, data))
    with context.database.write() as session:
        keep_arrivals(context, session, scope.athlete_id, [Arrival(digest, len(data), name)])
        keep_outcomes(context, session, scope.athlete_id, [prepared])
    return digest, status_of(prepared)[1][-1]


def test_what_a_killed_import_left_is_read_once(context: Context, scope: Scope) -> None:
    _, note = arrive(context, scope, TWO, "two.gpx")
    assert note == "planned_route" and flow.waiting_athletes(context) == [scope.athlete_id]
    assert flow.add_imported(context, scope.athlete_id) == 2
    assert flow.waiting_athletes(context) == [] and flow.add_imported(context, scope.athlete_id) == 0
    assert names(context, scope) == ["East", "North"] and count(context, activities) == 0


def test_a_track_without_times_asks(context: Context, scope: Scope) -> None:
    digest, note = arrive(context, scope, HILL, "rides/hill.gpx")
    assert note == "route_or_activity" and flow.add_imported(context, scope.athlete_id) == 0
    assert names(context, scope) == [] and flow.waiting_athletes(context) == []
    (one,) = asked(context, scope)
    assert (one.digest, one.path, one.name, one.lines) == (digest, "rides/hill.gpx", "Hill", 1)
    (number,) = flow.answer_route(context, scope, digest)
    assert asked(context, scope) == [] and flow.answer_route(context, scope, digest) == [number]
    assert names(context, scope) == ["Hill"] and context.archive.read(digest) == HILL


def test_a_track_that_was_an_activity_is_entered_once(context: Context, scope: Scope) -> None:
    digest, _ = arrive(context, scope, HILL, "hill.gpx")
    flow.add_imported(context, scope.athlete_id)
    with pytest.raises(BadRequest, match="both"):
        flow.answer_activity(context, scope, digest, "2026-04-01T08:00")
    made = [flow.answer_activity(context, scope, digest, "2026-04-01T08:00", 3600.0) for _ in range(2)]
    assert made[0] is not None and made[0] == made[1] and count(context, activities) == 1
    with context.database.read() as reader:
        row = reader.row(select(activities))
    assert row is not None and row.name == "Hill" and row.distance_m == pytest.approx(59 * 111.19, rel=0.01)
    assert asked(context, scope) == [] and names(context, scope) == []
    flow.answer_route(context, scope, digest)  # a change of mind
    assert names(context, scope) == ["Hill"] and flow.answer_activity(context, scope, digest) is None
    assert names(context, scope) == []


def test_the_same_file_again_is_the_same_routes(context: Context, scope: Scope) -> None:
    first = flow.import_file(context, scope, TWO, "two.gpx", sport="run")
    flow.remove(context, scope, first[0])
    assert names(context, scope) == ["East"]
    assert flow.import_file(context, scope, TWO, "again.gpx") == first and count(context) == 2
    assert sorted(names(context, scope)) == ["East", "North"]


def test_what_is_no_route_is_refused_and_leaves_nothing(context: Context, scope: Scope) -> None:
    for data, name, words in (
        (encode(golden.run(60)), "run.fit", "is an activity"),
        (b"a,b\n1,2\n", "a.csv", "holds no route"),
        (gpx(route("Short", count=1)), "short.gpx", "Use a GPX route"),
        (gpx('<rte><rtept lat="1" lon="1"/><rtept lat="1.0001" lon="1"/></rte>'), "tiny.gpx", "shorter than 100 m"),
        (b" " * (flow.MOST_BYTES + 1), "large.gpx", "at most 20 MB"),
    ):
        with pytest.raises(BadRequest, match=words):
            flow.import_file(context, scope, data, name)
    assert count(context) == 0 and count(context, activities) == 0
    with pytest.raises(Forbidden):
        flow.import_file(context, Scope(scope.athlete_id, role="viewer"), TWO, "two.gpx")


def test_cuts_and_parameters_are_checked_and_change_the_estimate(context: Context, scope: Scope) -> None:
    (number,) = flow.import_file(context, scope, HILL, "hill.gpx")
    flow.change(context, scope, number, cuts=[3000.0, 1500.0], name="  The  hill ", parameters={"intensity_pct": 80.0})
    with context.database.read() as reader:
        found = route_whole(reader, scope, number, DAY)
    assert (found["name"], found["cuts"], found["parameters"]) == ("The hill", [1500.0, 3000.0], {"intensity_pct": 80})
    assert [one["cut"] for one in found["sections"]].count(True) == 2
    assert found["seconds"] is None and "Set your FTP" in found["notes"][0]
    for cuts in ([10.0], [1500.0, 1520.0], [6550.0], [9000.0]):
        with pytest.raises(BadRequest, match="50 m or more"):
            flow.change(context, scope, number, cuts=cuts)
    with pytest.raises(NotFound):
        flow.change(context, scope, "nothing", cuts=[])


def test_a_new_route_has_the_bike_of_the_last_one_and_not_its_weather(context: Context, scope: Scope) -> None:
    (first,) = flow.import_file(context, scope, HILL, "hill.gpx")
    flow.change(context, scope, first, parameters={"chainrings": [48, 35], "wind_mps": 6.0, "bike_kg": None})
    (second,) = flow.import_file(context, scope, gpx(route("Other", lon=7.0)), "other.gpx")
    (on_foot,) = flow.import_file(context, scope, gpx(route("Run", lon=6.0)), "run.gpx", sport="run")
    with context.database.read() as reader:
        assert store.find_route(reader, scope, first).parameters == {"chainrings": [48, 35], "wind_mps": 6.0}
        assert store.find_route(reader, scope, second).parameters == {"chainrings": [48, 35]}
        assert store.find_route(reader, scope, on_foot).parameters == {}


def test_a_session_follows_a_route_until_it_is_gone(context: Context, scope: Scope) -> None:
    (number,) = flow.import_file(context, scope, HILL, "hill.gpx")
    plan = plans.make(context, scope, plans.PlanWanted(sport="ride", weeks=4, hours=5.0))
    with context.database.read() as reader:
        session = sessions_of(find_version(reader, scope, plan).document["weeks"])[0].id
    flow.follow(context, scope, session, number)
    with context.database.read() as reader:
        found = store.session_route(reader, scope, session)
        assert found is not None and found.public_id == number
    flow.remove(context, scope, number)
    with context.database.read() as reader:
        assert store.session_route(reader, scope, session) is None
    with pytest.raises(NotFound):
        flow.follow(context, scope, session, number)
    with pytest.raises(NotFound):
        flow.follow(context, scope, "nothing", None)
    flow.restore(context, scope, number)
    flow.follow(context, scope, session, None)
    with context.database.read() as reader:
        assert store.session_route(reader, scope, session) is None


def test_another_athlete_sees_nothing(context: Context, scope: Scope) -> None:
    with context.database.write() as session:
        other = Scope(session.add(insert(athletes), {"name": "Ben", "created_ms": 1}))
    digest, _ = arrive(context, scope, HILL, "hill.gpx")
    flow.add_imported(context, scope.athlete_id)
    (number,) = flow.import_file(context, scope, TWO, "two.gpx")[:1]
    with context.database.read() as reader:
        assert route_list(reader, other) == {"items": [], "questions": []}
        with pytest.raises(NotFound):
            route_whole(reader, other, number, DAY)
        with pytest.raises(Forbidden):
            route_list(reader, Scope(scope.athlete_id, role="viewer"))
    with pytest.raises(NotFound):
        flow.answer_route(context, other, digest)
    assert flow.import_file(context, other, TWO, "mine.gpx") != flow.import_file(context, scope, TWO, "two.gpx")


def test_a_route_along_an_activity(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"run.fit": encode(along(ROAD, 0))})
    with context.database.read() as reader:
        activity = reader.row(select(activities))
    assert activity is not None
    number = flow.from_activity(context, scope, activity.id, "Again")
    with context.database.read() as reader:
        found = route_whole(reader, scope, number, DAY)
    assert (found["name"], found["sport"], found["activity"]) == ("Again", "run", activity.public_id)
    assert found["length_m"] == pytest.approx(1626.0, rel=0.01) and found["seconds"] is None
    with pytest.raises(NotFound):
        flow.from_activity(context, scope, activity.id + 99)
