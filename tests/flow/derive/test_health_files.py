"""Files about days, from their bytes to days: wellness FIT, Fitbit's and Apple's exports, placed and derived again."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import clear, rederive
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.health.kinds import KINDS
from homestretch.store.queries.measurements import read_nights, read_values
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes
from tests.archive.test_members import zipped
from tests.flow.derive.test_any_order import part
from tests.formats import golden
from tests.formats.apple import made as apple
from tests.formats.fit.wellness import made as fit
from tests.taking import codes, digest, listed, take_in

FITBIT = "Takeout/Fitbit/Global Export Data"
APPLE = "apple_health_export/export.xml"


@pytest.fixture
def at_home(sqlite_context: Context, scope: Scope) -> Context:
    """A context whose athlete lives in Helsinki, three hours ahead of UTC in summer."""
    with sqlite_context.database.write() as session:
        session.run(athletes.update().where(athletes.c.id == scope.athlete_id).values(home_zone="Europe/Helsinki"))
    return sqlite_context


def days(context: Context, scope: Scope) -> dict[tuple[str, str, str], float]:
    """Return the days' own values by kind, day and device."""
    with context.database.read() as reader:
        rows = read_values(reader, scope.athlete_id, list(KINDS), "2000-01-01", "2100-01-01")
    return {(one.kind, one.day, one.device): one.value for each in rows.values() for one in each if not one.at_ms}


def nights(context: Context, scope: Scope) -> list[tuple[str, int, float | None]]:
    """Return the nights by day, start and sleep."""
    with context.database.read() as reader:
        rows = read_nights(reader, scope.athlete_id, "2000-01-01", "2100-01-01")
    return [(one.night.day, one.night.start_ms, one.night.asleep_s) for one in rows]


def again(context: Context, scope: Scope, decoders: Decoders) -> None:
    """Derive everything again, to the same digest."""
    before = digest(context)
    clear(context)
    rederive(context, scope.athlete_id, decoders)
    assert digest(context) == before


def test_files_of_a_watch_are_one_day(at_home: Context, scope: Scope, decoders: Decoders) -> None:
    noon = fit.MIDNIGHT + 12 * fit.HOUR
    first = fit.file(fit.info(), fit.heart(fit.MIDNIGHT + 60, 50), fit.heart(noon, 60), fit.total(noon, 3000))
    rows = (fit.info(noon), fit.total(noon, 3000), fit.heart(noon + 60, 70), fit.total(noon + 600, 4000))
    items = take_in(at_home, scope, decoders, {"b.fit": fit.file(*rows, created=noon), "a.fit": first})
    assert {one["status"] for one in items.values()} == {"imported"}
    found = days(at_home, scope)
    assert found["steps", fit.DAY, str(fit.SERIAL)] == 4000
    assert found["heart_rate_max_bpm", fit.DAY, str(fit.SERIAL)] == 70
    again(at_home, scope, decoders)


def test_lists_of_the_wall_are_placed_at_home(at_home: Context, scope: Scope, decoders: Decoders) -> None:
    night = {
        "dateOfSleep": "2026-06-10", "startTime": "2026-06-10T00:30:00.000", "endTime": "2026-06-10T06:30:00.000",
        "type": "classic", "minutesAsleep": 350, "minutesAwake": 10, "mainSleep": True,
    }  # fmt: skip
    late = {"dateTime": "06/10/26 23:50:00", "value": "12"}
    files = {"sleep-2026-06-01.json": [night], "steps-2026-06-01.json": [late]}
    export = zipped({f"{FITBIT}/{name}": json.dumps(rows).encode() for name, rows in files.items()})
    items = take_in(at_home, scope, decoders, {"takeout.zip": export})
    assert {path: one["status"] for path, one in items.items() if path != "takeout.zip"} == {
        f"takeout.zip/{FITBIT}/{name}": "imported" for name in files
    }
    assert days(at_home, scope)["steps", "2026-06-10", ""] == 12
    assert nights(at_home, scope) == [("2026-06-10", apple.MIDNIGHT - 150 * apple.MINUTE, 21_000)]
    again(at_home, scope, decoders)


def test_an_export_of_a_phone_comes_in_portions(at_home: Context, scope: Scope, decoders: Decoders) -> None:
    """21:30 UTC is 00:30 in Helsinki, whatever offset the phone printed."""
    late = apple.quantity("StepCount", 40, "count", "23:30:00", "23:31:00")
    pulse = apple.quantity("RestingHeartRate", 51, "count/min", "12:00:00")
    export = zipped({APPLE: apple.export(late, pulse, apple.sleep("AsleepCore", "00:00:00", "06:00:00"))})
    items = take_in(at_home, scope, decoders, {"export.zip": export})
    states = {path.removeprefix(f"export.zip/{APPLE}/"): one["status"] for path, one in items.items()}
    assert states == {
        "StepCount-2026-06.xml": "imported", "RestingHeartRate-2026.xml": "imported",
        "SleepAnalysis-2026.xml": "imported", "head.xml": "skipped",
    }  # fmt: skip
    found = days(at_home, scope)
    assert found["steps", "2026-06-11", "watch6_2"] == 40
    assert found["resting_heart_rate_bpm", "2026-06-10", "watch6_2"] == 51
    assert nights(at_home, scope) == [("2026-06-10", apple.MIDNIGHT - 120 * apple.MINUTE, 21_600)]
    again(at_home, scope, decoders)
    twice = take_in(at_home, scope, decoders, {"again.zip": export})
    assert {one["status"] for path, one in twice.items() if path != "again.zip"} == {"duplicate"}


def test_a_night_awake_is_taken_in_and_says_so(at_home: Context, scope: Scope, decoders: Decoders) -> None:
    """Two of a chain, of which one knows more: then there is a night, and nothing is said."""
    awake = fit.file(fit.local(fit.MIDNIGHT), *(fit.stage(fit.MIDNIGHT + 60 * k, 1) for k in range(90)), kind=49)
    asleep = fit.file(fit.local(fit.MIDNIGHT), *(fit.stage(fit.MIDNIGHT + 60 * k, 2) for k in range(200)), kind=49)
    items = take_in(at_home, scope, decoders, {"awake.fit": awake, "both.fit": awake + asleep})
    assert [(one["status"], codes(one)) for _, one in sorted(items.items())] == [
        ("imported", ["awake_only"]), ("imported", []),
    ]  # fmt: skip
    assert [asleep_s for _, _, asleep_s in nights(at_home, scope)] == [200 * 60]
    again(at_home, scope, decoders)


def test_a_workout_its_route_and_the_watch_s_file_are_one(at_home: Context, scope: Scope, decoders: Decoders) -> None:
    """The route was lost half-way; the workout says whose it is."""
    run = golden.run(1800)
    start = datetime.fromtimestamp(golden.START_MS / 1000, UTC)
    ends = start + timedelta(seconds=1800)
    key = f"{start:%Y-%m-%d}_{start.hour}.{start:%M}am"
    times = {"startDate": f"{start:%Y-%m-%d %H:%M:%S} +0000", "endDate": f"{ends:%Y-%m-%d %H:%M:%S} +0000"}
    workout = apple.workout(
        "Running", apple.statistics("DistanceWalkingRunning", "km", sum=5.0),
        apple.route(f"/workout-routes/route_{key}.gpx"), **times,
    )  # fmt: skip
    beats = [
        apple.quantity(
            "HeartRate", 130 + k % 7, "count/min", f"{at:%Y-%m-%d %H:%M:%S}", device=apple.WATCH.format(1)
        ).replace("+0200", "+0000")
        for k, at in enumerate(start + timedelta(seconds=5 * k) for k in range(360))
    ]
    channels = {name: one for name, one in run.channels.items() if name != "heart_rate_bpm"}
    bare = replace(run, channels=channels)
    way = gpx.encode(
        part(replace(bare, file_key=None, name=f"Route {key.replace('_', ' ').replace('.', ':')}"), 0, 900)
    )
    way = way.replace(b'creator="Homestretch"', b'creator="Apple Health Export"').replace(b"<type>running</type>", b"")
    folder = "apple_health_export"
    export = zipped({APPLE: apple.export(*beats, workout), f"{folder}/workout-routes/route_{key}.gpx": way})
    items = take_in(at_home, scope, decoders, {"export.zip": export})
    assert [one["status"] for path, one in items.items() if "oute" in path or "Workout" in path] == ["imported"] * 2
    (one,) = listed(at_home, scope)
    assert (one["sport"], sorted(one["formats"])) == ("running", ["apple_health", "gpx"])
    assert "Route" not in one["name"]
    assert one["avg_hr_bpm"] == pytest.approx(133, abs=0.1)
    take_in(at_home, scope, decoders, {"watch.fit": encode(run)})
    (one,) = listed(at_home, scope)
    assert sorted(one["formats"]) == ["apple_health", "fit", "gpx"]
    take_in(at_home, scope, decoders, {"winter.zip": zipped({APPLE: apple.export(*map(moved, beats), moved(workout))})})
    (one,) = listed(at_home, scope)
    again(at_home, scope, decoders)


def test_workouts_of_fitbit_come_once_from_every_export(at_home: Context, scope: Scope, decoders: Decoders) -> None:
    """A later export has more in its lists, and the same again in a table."""
    runs = [
        {
            "logId": day, "activityName": "Run", "startTime": f"06/{day}/26 16:39:00", "duration": 1_800_000,
            "distance": 5.0 + day / 100, "distanceUnit": "Kilometer", "averageHeartRate": 140,
        }
        for day in range(10, 13)
    ]  # fmt: skip
    rows = [
        f"{day},2026-06-{day}T16:39:00Z,2026-06-{day}T17:09:00Z,+03:00,Run,{5_000_000 + day * 10_000}"
        for day in range(10, 13)
    ]
    header = "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,tracker_total_distance_mm"
    table = "\n".join([header, *rows])
    for count in (2, 3):
        export = {f"{FITBIT}/exercise-0.json": json.dumps(runs[:count]).encode()}
        if count == 3:
            export["Takeout/Fitbit/Health Fitness Data_GoogleData/UserExercises_2026-06-01.csv"] = table.encode()
        take_in(at_home, scope, decoders, {f"takeout-{count}.zip": zipped(export)})
        found = listed(at_home, scope)
        assert [(one["sport"], one["distance_m"], one["avg_hr_bpm"]) for one in found] == [
            ("running", 5_000 + 10 * day, 140) for day in range(10, 10 + count)
        ]
        assert {one["start_local"][11:16] for one in found} == {"19:39"}
    again(at_home, scope, decoders)


def moved(element: str) -> str:
    """Return an element as a phone prints it in another zone."""
    day, time, offset = element.partition('startDate="')[2].partition('"')[0].split()
    hour = f"{int(time[:2]) + 1:02}"
    return element.replace(f"{day} {time} {offset}", f"{day} {hour}{time[2:]} +0100")
