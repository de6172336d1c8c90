"""Dreeve: the files inside its database come with what was set of them; what is Strava's stays."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import zstandard
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.reading.items import NotItsStore
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import gear, originals
from tests.browser.rides import rides
from tests.flow.takeover.taken import Taken, add_rows, digests, failures, left, sqlite_store

#: As dreeveapp/dreeve has it at 65cc974, of what is read and one of what is made there.
SCHEMA = """
CREATE TABLE Activity (
    activityId VARCHAR(255) NOT NULL PRIMARY KEY, activityType VARCHAR(255), startDateTime DATETIME NOT NULL,
    sportType VARCHAR(255) NOT NULL, name VARCHAR(255) NOT NULL, description VARCHAR(255), distance INTEGER NOT NULL,
    elevation INTEGER NOT NULL, calories INTEGER, averageHeartRate INTEGER, movingTimeInSeconds INTEGER NOT NULL,
    elapsedTimeInSeconds INTEGER, gearId VARCHAR(255), isCommute BOOLEAN, workoutType VARCHAR(255),
    importSource VARCHAR(255) NOT NULL DEFAULT 'stravaApi', externalReferenceId VARCHAR(255)
);
CREATE TABLE FileImport (
    fileImportId VARCHAR(255) NOT NULL PRIMARY KEY, originalFilename VARCHAR(255) NOT NULL, fileContents BLOB,
    source VARCHAR(255) NOT NULL, status VARCHAR(255) NOT NULL, errorMessage CLOB, activityId VARCHAR(255),
    importedOn DATETIME NOT NULL
);
CREATE TABLE Gear (
    gearId VARCHAR(255) NOT NULL PRIMARY KEY, createdOn DATETIME NOT NULL, name VARCHAR(255) NOT NULL,
    isRetired BOOLEAN NOT NULL, type VARCHAR(255) NOT NULL DEFAULT 'imported'
);
CREATE TABLE Challenge (challengeId VARCHAR(255) NOT NULL PRIMARY KEY, name VARCHAR(255) NOT NULL);
CREATE TABLE ActivityLap (lapId VARCHAR(255) NOT NULL PRIMARY KEY, activityId VARCHAR(255) NOT NULL);
"""
STAMP = "2026-05-03 06:00:00"


def activity(key: str, source: str, name: str, **more: object) -> dict[str, object]:
    return {
        "activityId": f"activity-{key}", "activityType": "Ride", "startDateTime": STAMP, "sportType": "Ride",
        "name": name, "distance": 12_000, "elevation": 0, "movingTimeInSeconds": 3500, "importSource": source,
        "isCommute": 0, **more,
    }  # fmt: skip


def file(key: str, name: str, data: bytes | None, activity: str | None) -> dict[str, object]:
    packed = None if data is None else zstandard.ZstdCompressor().compress(data)
    return {
        "fileImportId": key, "originalFilename": name, "fileContents": packed, "source": "fitFile",
        "status": "success" if activity else "failed", "activityId": activity, "importedOn": STAMP,
    }  # fmt: skip


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    first, second = rides(2).values()
    rows: dict[str, list[dict[str, object]]] = {
        "Activity": [
            activity("a", "fitFile", "Bay with Ada", description="Windy", gearId="gear-1", isCommute=1),
            activity("b", "fitFile", "Morning Ride"),
            activity("c", "manual", "Club run", sportType="TrailRun", activityType="Run", gearId="gear-2",
                     elapsedTimeInSeconds=3600, averageHeartRate=150, workoutType="race",
                     startDateTime="2024-05-03 08:00:00"),
            activity("d", "stravaApi", "From Strava", gearId="gear-b77"),
            activity("e", "manual", "Endless", elapsedTimeInSeconds=10**9),
            activity("f", "manual", "Timeless", startDateTime="soon"),
        ],
        "FileImport": [
            file("f1", "bay.fit", first, "activity-a"), file("f2", "2.fit", second, "activity-b"),
            file("f3", "odd.fit", b"no recording", None), file("f4", "again.fit", None, None),
        ],
        "Gear": [
            {"gearId": "gear-1", "createdOn": STAMP, "name": "Blue bike", "isRetired": 0, "type": "custom"},
            {"gearId": "gear-2", "createdOn": STAMP, "name": "Rincon", "isRetired": 1, "type": "custom"},
            {"gearId": "gear-b77", "createdOn": STAMP, "name": "Strava's", "isRetired": 0, "type": "imported"},
        ],
        "Challenge": [{"challengeId": "x", "name": "May"}],
        "ActivityLap": [{"lapId": "1", "activityId": "activity-a"}],
    }  # fmt: skip
    return sqlite_store(tmp_path / "dreeve/storage/database/dreeve.db", SCHEMA, rows)


def test_files_and_what_was_set_come_once(context: Context, scope: Scope, decoders: Decoders, storage: Path) -> None:
    home = storage.parents[2]
    taken, before = Taken(context, scope, decoders, "dreeve"), digests(home)
    empty = taken.kept()
    tried = taken.run(home, tried=True)
    assert taken.kept() == empty
    report = taken.run(home)
    assert {**report, "tried": True, "batch": None} == tried and failures(report) == []
    counts = {"files": (2, 0, 0), "activities without a file": (1, 0, 0), "gear": (2, 0, 0),
              "edits of activities": (2, 0, 0)}  # fmt: skip
    assert taken.counts(report) == counts
    assert left(report) == {
        "activities from Strava": 1, "gear from Strava": 1, "days on which gear retired": 1, "rows of Challenge": 1,
        "files without a recording": 1, "activities without a start or a duration": 2,
    }  # fmt: skip
    with context.database.read() as reader:
        joined = activities.outerjoin(gear, gear.c.id == activities.c.gear_id)
        query = select(activities, gear.c.name.label("item"), gear.c.kind.label("kind")).select_from(joined)
        run, first, second = reader.rows(query.order_by(activities.c.start_ms))
        kept = {context.archive.read(row.digest) for row in reader.rows(select(originals))}
    assert {*rides(2).values()} <= kept, "the files are kept as they were"
    assert (run.name, run.sport, run.sub_sport, run.item, run.kind) == (
        "Club run",
        "running",
        "trail",
        "Rincon",
        "shoes",
    )
    assert (run.distance_m, run.elapsed_s, run.workout_type) == (12_000, 3600, "race")
    assert (first.name, first.description, first.item, first.workout_type) == (
        "Bay with Ada", "Windy", "Blue bike", "commute",
    )  # fmt: skip
    assert second.name == "Ride 1"
    after = taken.kept()
    again = taken.run(storage)
    assert taken.counts(again) == {name: (0, new, 0) for name, (new, _, _) in counts.items()} | {"files": (0, 3, 0)}
    assert taken.kept() == after and digests(home) == before


def test_a_killed_run_is_ended_by_the_next(
    sqlite_context: Context, scope: Scope, decoders: Decoders, storage: Path
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "dreeve")
    taken.killed(storage, "gear")
    taken.run(storage)
    assert taken.names() == ["Club run", "Bay with Ada", "Ride 1"]


def test_a_damaged_file_stops_no_other(
    sqlite_context: Context, scope: Scope, decoders: Decoders, storage: Path
) -> None:
    with closing(sqlite3.connect(storage)) as connection, connection:
        row = file("f5", "../../evil.fit", b"", "activity-b") | {"fileContents": b"no zstd"}
        add_rows(connection, {"FileImport": [row]})
    report = Taken(sqlite_context, scope, decoders, "dreeve").run(storage, tried=True)
    assert failures(report) == [("file", "dreeve/f5/evil.fit")]


def test_an_old_store_is_all_of_strava(
    sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    schema = "CREATE TABLE Activity (activityId TEXT, startDateTime TEXT, sportType TEXT, name TEXT)"
    rows = {"Activity": [{"activityId": "1", "startDateTime": STAMP, "sportType": "Run", "name": "x"}]}
    store = sqlite_store(tmp_path / "strava.db", schema, rows)
    taken = Taken(sqlite_context, scope, decoders, "dreeve")
    assert left(taken.run(store)) == {"activities from Strava": 1} and taken.names() == []
    with pytest.raises(NotItsStore, match=r"it holds no dreeve\.db"):
        taken.run(tmp_path / "nothing")
