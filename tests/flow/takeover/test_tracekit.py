"""Tracekit: one activity of each workout, named and with its gear, from a file where there is one."""

import json
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit import edits
from homestretch.flow.edit import gear as gear_flow
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.reading.items import SeveralUsers
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import arrivals, gear
from tests.browser.rides import DAY_MS, ride_at
from tests.fakes.garmin import FakeGarmin
from tests.flow.takeover.taken import Killed, Taken, digests, failures, left, sqlite_store
from tests.formats.golden import START_MS
from tests.sources.connected import Connected

#: As ckdake/tracekit has it at 43f5d18; peewee writes a table for each model.
BASE = """
    id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(255), distance DECIMAL(10, 6), start_time INTEGER,
    activity_type VARCHAR(50), duration_hms VARCHAR(20), equipment VARCHAR(255), device_name VARCHAR(255),
    location_name VARCHAR(255), city VARCHAR(100), state VARCHAR(50), max_speed DECIMAL(8, 4), avg_heart_rate INTEGER,
    max_heart_rate INTEGER, calories INTEGER, avg_cadence INTEGER, max_elevation DECIMAL(10, 4),
    total_elevation_gain DECIMAL(10, 4), temperature DECIMAL(6, 2), notes TEXT, raw_data TEXT,
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP, updated_at DATETIME DEFAULT CURRENT_TIMESTAMP,
    user_id INTEGER NOT NULL DEFAULT 0
"""
SCHEMA = f"""
CREATE TABLE garmin_activities ({BASE}, garmin_id VARCHAR(50) NOT NULL UNIQUE);
CREATE TABLE strava_activities ({BASE}, strava_id VARCHAR(50) NOT NULL UNIQUE);
CREATE TABLE ridewithgps_activities ({BASE}, ridewithgps_id VARCHAR(50) NOT NULL UNIQUE);
CREATE TABLE intervalsicu_activities ({BASE}, intervalsicu_id VARCHAR(50) NOT NULL UNIQUE, source VARCHAR(64));
CREATE TABLE spreadsheet_activities ({BASE}, spreadsheet_id VARCHAR(50) NOT NULL UNIQUE, garmin_id VARCHAR(50),
    strava_id VARCHAR(50), ridewithgps_id VARCHAR(50));
CREATE TABLE file_activities ({BASE}, file_path VARCHAR(500) NOT NULL, file_checksum VARCHAR(64) NOT NULL,
    file_size VARCHAR(20), file_format VARCHAR(10));
CREATE TABLE appconfig (id INTEGER NOT NULL PRIMARY KEY, key VARCHAR(128) NOT NULL, value TEXT NOT NULL,
    user_id INTEGER NOT NULL);
CREATE TABLE notification (id INTEGER NOT NULL PRIMARY KEY, message TEXT NOT NULL, category VARCHAR(255) NOT NULL,
    read INTEGER NOT NULL, created INTEGER NOT NULL, expires INTEGER, user_id INTEGER NOT NULL);
CREATE TABLE user (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(255) NOT NULL UNIQUE,
    password_hash VARCHAR(255) NOT NULL, status VARCHAR(16) NOT NULL);
"""
BEGAN = START_MS // 1000
DAY = DAY_MS // 1000
CONFIG = [
    {"key": "home_timezone", "value": json.dumps("Europe/Helsinki"), "user_id": 0},
    {"key": "providers", "value": json.dumps({"spreadsheet": {"priority": 1}, "ridewithgps": {"priority": 2}}),
     "user_id": 0},
]  # fmt: skip


def row(start: int, miles: float, **more: object) -> dict[str, object]:
    return {"start_time": start, "distance": miles, "duration_hms": "01:00:00", "user_id": 0, **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A ride with a file, one that only services have, and one that only the spreadsheet has."""
    recording = ride_at("Morning Ride", START_MS)
    from homestretch.formats.fit.encode import encode

    miles = recording.totals["total_distance_m"] / 1609.344
    place = tmp_path / "tracekit" / "activities" / "ride.fit"
    place.parent.mkdir(parents=True)
    place.write_bytes(encode(recording))
    garmin = {"startTimeGMT": "2026-05-04 06:00:00", "distance": 30_000.0}
    rows = {
        "appconfig": CONFIG,
        "file_activities": [row(BEGAN, miles, file_path="ride.fit", file_checksum="x", name="Morning Ride")],
        "garmin_activities": [
            row(BEGAN, miles, garmin_id="71", name="Helsinki Road Cycling", equipment="Old bike",
                activity_type="road_biking"),
            row(BEGAN + DAY - 36_000, 18.641, garmin_id="72", name="Vantaa Cycling", activity_type="road_biking",
                raw_data=json.dumps(garmin), avg_heart_rate=131),
        ],
        "ridewithgps_activities": [
            row(BEGAN + 30, miles + 0.05, ridewithgps_id="501", name="Bay with Ada", equipment="Blue bike"),
            row(BEGAN + DAY + 40, 18.7, ridewithgps_id="502", name="To the lake", equipment="blue bike"),
        ],
        "spreadsheet_activities": [
            row(BEGAN, miles, spreadsheet_id="2", name="Around the bay", equipment="Blue bike"),
            row(BEGAN + 2 * DAY, 6.2, spreadsheet_id="3", name="Club run", activity_type="Running",
                duration_hms="0:50:00", equipment="Shoes", strava_id="9", garmin_id="73.0"),
            row(BEGAN + 3 * DAY, 6.2, spreadsheet_id="4", name="Lost", duration_hms=None),
        ],
        "strava_activities": [row(BEGAN, miles, strava_id="8", name="Strava's", equipment="Strava bike")],
    }  # fmt: skip
    sqlite_store(tmp_path / "tracekit" / "metadata.sqlite3", SCHEMA, rows)
    return tmp_path / "tracekit"


def used(context: Context) -> list[tuple[str, str, str | None]]:
    """Return the name, sport and gear of the activities."""
    joined = activities.outerjoin(gear, gear.c.id == activities.c.gear_id)
    query = select(activities.c.name, activities.c.sport, gear.c.name.label("item")).select_from(joined)
    with context.database.read() as reader:
        return [(row.name, row.sport, row.item) for row in reader.rows(query.order_by(activities.c.start_ms))]


EXPECTED = [
    ("Around the bay", "cycling", "Blue bike"), ("To the lake", "cycling", "Blue bike"),
    ("Club run", "running", "Shoes"),
]  # fmt: skip


def test_each_workout_comes_once(context: Context, scope: Scope, decoders: Decoders, folder: Path) -> None:
    taken, before = Taken(context, scope, decoders, "tracekit"), digests(folder)
    empty = taken.kept()
    tried = taken.run(folder, tried=True)
    assert taken.kept() == empty
    counts = {"files": (1, 0, 0), "activities without a file": (2, 0, 0), "gear": (2, 0, 0),
              "edits of activities": (3, 0, 0)}  # fmt: skip
    assert taken.counts(tried) == counts and failures(tried) == []
    assert left(tried)["activities at Strava"] == 1 and left(tried)["activities without a duration"] == 1
    report = taken.run(folder)
    assert {**report, "tried": True, "batch": None} == tried
    assert used(context) == EXPECTED
    with context.database.read() as reader:
        rows = reader.rows(select(activities).order_by(activities.c.start_ms))
        linked = {(row.provider, row.provider_key) for row in reader.rows(select(arrivals))}
    assert [round(row.distance_m or 0) for row in rows[1:]] == [30_000, round(6.2 * 1609.344)]
    assert (rows[1].start_ms == START_MS + DAY_MS and rows[1].zone == "Europe/Helsinki") or rows[1].offset_s == 10_800
    assert linked >= {("garmin", "72"), ("ridewithgps", "502"), ("garmin", "73")} and ("garmin", "71") not in linked
    after = taken.kept()
    again = taken.run(folder)
    assert taken.counts(again) == {name: (0, new, 0) for name, (new, _, _) in counts.items()}
    assert taken.kept() == after and digests(folder) == before and again["batch"] is None


def test_what_was_changed_here_stays(sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path) -> None:
    taken = Taken(sqlite_context, scope, decoders, "tracekit")
    taken.run(folder)
    with sqlite_context.database.read() as reader:
        first, second, _ = [row.id for row in reader.rows(select(activities).order_by(activities.c.start_ms))]
        [shoes] = [row.public_id for row in reader.rows(select(gear).where(gear.c.name == "Shoes"))]
    edits.change(sqlite_context, scope, first, {"name": "Mine"})
    edits.undo_last(sqlite_context, scope, second)
    gear_flow.remove(sqlite_context, scope, shoes)
    before = used(sqlite_context)
    assert before[0][0] == "Mine" and before[2] == ("Club run", "running", None)
    report = taken.run(folder)
    assert used(sqlite_context) == before and all(one["new"] == 0 for one in report["counts"])


@pytest.mark.parametrize("after", ["files", "activities without a file", "gear", "edits of activities"])
def test_a_killed_run_is_ended_by_the_next(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path, after: str
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "tracekit")
    taken.killed(folder, after)
    taken.run(folder)
    assert used(sqlite_context) == EXPECTED
    after_all = taken.kept()
    taken.run(folder)
    assert taken.kept() == after_all


@pytest.mark.parametrize(
    "step", ["homestretch.flow.imports.manual_entry.keep_outcomes", "homestretch.flow.edit.gear.add",
             "homestretch.flow.edit.edits.change_each", "homestretch.flow.takeover.files.keep_arrivals"],
)  # fmt: skip
def test_a_run_that_ends_between_two_things_is_ended_by_the_next(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, _, name = step.rpartition(".")
    real, done = getattr(sys.modules[place], name), iter(range(100))

    def once(*arguments: object, **named: object) -> object:
        if next(done) == 1:
            raise Killed
        return real(*arguments, **named)

    taken = Taken(sqlite_context, scope, decoders, "tracekit")
    with monkeypatch.context() as patched:
        patched.setattr(step, once)
        for flow in ("imports.manual_entry", "takeover.activities"):
            patched.setattr(f"homestretch.flow.{flow}.PORTION", 1)
        if step.endswith("keep_arrivals"):  # once for all links
            next(done)
        with pytest.raises(Killed):
            taken.run(folder)
    taken.run(folder)
    assert used(sqlite_context) == EXPECTED
    whole = taken.kept()
    taken.run(folder)
    assert taken.kept() == whole


def test_a_missing_file_becomes_an_activity_and_is_named(
    sqlite_context: Context, scope: Scope, decoders: Decoders, folder: Path
) -> None:
    (folder / "activities" / "ride.fit").unlink()
    report = Taken(sqlite_context, scope, decoders, "tracekit").run(folder)
    assert failures(report) == [("file", "ride.fit")] and used(sqlite_context) == EXPECTED


def test_what_garmin_gave_already_is_not_entered(
    sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path, fake: FakeGarmin
) -> None:
    from homestretch.flow.derive.rederive import rederive

    connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False)
    connected.run()
    rederive(sqlite_context, scope.athlete_id, decoders)
    number = fake.account.newest()[0][2]
    facts = fake.account.facts(number)
    rows = {"appconfig": CONFIG, "garmin_activities": [
        row(facts.start_ms // 1000, 3.0, garmin_id=str(number), name="With Ada", equipment="Red bike")]}  # fmt: skip
    store = sqlite_store(tmp_path / "metadata.sqlite3", SCHEMA, rows)
    taken = Taken(sqlite_context, scope, decoders, "tracekit")
    count = len(taken.names())
    report = taken.run(store)
    assert taken.counts(report)["activities without a file"] == (0, 1, 0)
    assert len(taken.names()) == count and ("With Ada", "Red bike") in [
        (name, item) for name, _, item in used(sqlite_context)
    ]


def test_one_of_several_users_is_chosen(
    sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    rows = {
        "user": [{"id": 1, "email": "ada@example.org", "password_hash": "", "status": "active"}],
        "garmin_activities": [
            row(BEGAN, 3.0, garmin_id="1", name="Ada's loop", user_id=1),
            row(BEGAN + DAY, 3.0, garmin_id="2", name="Ben's loop", user_id=2),
        ],
    }
    store = sqlite_store(tmp_path / "metadata.sqlite3", SCHEMA, rows)
    taken = Taken(sqlite_context, scope, decoders, "tracekit")
    with pytest.raises(SeveralUsers, match=r"1 \(ada@example\.org\), 2"):
        taken.run(store)
    taken.run(store, user="Ada@example.org")
    assert taken.names() == ["Ada's loop"]
