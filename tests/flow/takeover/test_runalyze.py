"""Runalyze: what its JSON backup knows of activities comes and finds their files; samples stay behind."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.batches import open_with_paths
from homestretch.flow.imports.ingest import ingest
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.reading.items import NotItsStore, StoreUnreadable
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import gear, health_entries
from tests.browser.rides import DAY_MS, rides
from tests.flow.takeover.taken import Taken, digests, failures, left
from tests.formats.golden import START_MS

#: The wall clock of the first of `rides`, three hours ahead of UTC.
CLOCK = (START_MS + DAY_MS) // 1000 + 10_800


def training(time: object, sport: str, title: str, **more: object) -> dict[str, object]:
    return {
        "time": str(time), "timezone_offset": "180", "sportid": sport, "typeid": "1", "s": "3600.00",
        "elapsed_time": "3900", "distance": "10.55", "elevation": "120", "kcal": "640", "pulse_avg": "151",
        "title": title, "partner": None, "notes": None, "rpe": None, "vo2max": "48.20", "lock": "0", **more,
    }  # fmt: skip


type Rows = Mapping[str, Sequence[tuple[str, Mapping[str, object]]]]
#: The tables as Runalyze/Runalyze writes them at 5669237, rows by their id.
TABLES: Rows = {
    "conf": [("1", {"category": "general", "key": "GENDER", "value": "1"})],
    "sport": [
        ("1", {"name": "Laufen", "internal_sport_id": "1"}), ("2", {"name": "Radfahren", "internal_sport_id": "2"}),
        ("3", {"name": "Yoga", "internal_sport_id": None}),
    ],
    "user": [
        ("1", {"time": str(CLOCK), "weight": "70.50", "pulse_rest": "44", "pulse_max": "188", "fat": "12.1",
               "water": "0.0", "muscles": "41.0", "sleep_duration": "430", "notes": None}),
        ("2", {"time": "soon", "weight": "70.50"}),
    ],
    "training": [
        ("11", training(CLOCK, "2", "Bay with Ada", notes="Windy", partner="Ada", rpe="14")),
        ("12", training(CLOCK - 40 * 86_400, "1", "City 10k", elapsed_time=None)),
        ("13", training(CLOCK - 41 * 86_400, "3", "", timezone_offset=None, distance=None, kcal="0", pulse_avg=None)),
        ("14", training(CLOCK, "1", "Endless", s="99999999.00", elapsed_time=None)),
        ("15", training("soon", "1", "Timeless")),
    ],
    "trackdata": [("", {"activityid": "11", "time": "0|1|2", "distance": "0|0.01|0.02"})],
    "equipment_type": [("1", {"name": "Shoes", "input": "0"}), ("2", {"name": "Clothes", "input": "1"})],
    "equipment": [
        ("1", {"name": "Rincon", "typeid": "1", "notes": "Left one", "additional_km": "25", "date_end": "2026-01-31"}),
        ("2", {"name": "Blue bike", "typeid": "1", "notes": "", "additional_km": "0", "date_end": None}),
        ("3", {"name": "Cap", "typeid": "2", "notes": "", "additional_km": "0", "date_end": None}),
    ],
    "activity_equipment": [
        ("", {"activityid": "11", "equipmentid": "2"}), ("", {"activityid": "12", "equipmentid": "3"}),
        ("", {"activityid": "12", "equipmentid": "1"}),
    ],
    "tag": [("1", {"tag": "City"})],
    "activity_tag": [("", {"activityid": "12", "tagid": "1"})],
    "raceresult": [("", {"activity_id": "12", "name": "City 10k", "official_time": "3600.00"})],
}  # fmt: skip


def backup(place: Path, tables: Rows = TABLES) -> Path:
    lines = ["version=4.3", ""]
    for table, rows in tables.items():
        lines += [json.dumps({"TABLE": f"runalyze_{table}"}), *(json.dumps({key: row}) for key, row in rows), ""]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(gzip.compress("\n".join(lines).encode()))
    return place


def import_ride(context: Context, scope: Scope, decoders: Decoders, folder: Path) -> None:
    """Import the file of the newest activity."""
    ride = folder / "ride.fit"
    ride.write_bytes(rides(1)["ride-0.fit"])
    open_with_paths(context, scope, "cli", [("ride.fit", ride)])
    ingest(context, scope.athlete_id, decoders)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return backup(tmp_path / "runalyze/1-runalyze-backup-20191108.json.gz")


def test_activities_find_their_files_and_come_once(
    context: Context, scope: Scope, decoders: Decoders, store: Path, tmp_path: Path
) -> None:
    import_ride(context, scope, decoders, tmp_path)
    taken, before = Taken(context, scope, decoders, "runalyze"), digests(store.parent)
    empty = taken.kept()
    tried = taken.run(store.parent, tried=True)
    assert taken.kept() == empty
    report = taken.run(store)
    assert {**report, "tried": True, "batch": None} == tried and failures(report) == []
    counts = {
        "activities without a file": (3, 0, 0), "gear": (2, 0, 0), "edits of activities": (2, 0, 0),
        "measurements": (4, 0, 0),
    }  # fmt: skip
    assert taken.counts(report) == counts
    assert left(report) == {
        "activities without a start or a duration": 2, "rows of samples": 1, "efforts": 1, "clothes and the like": 1,
        "entries of the body": 1, "shares of muscle": 1,
    }  # fmt: skip
    with context.database.read() as reader:
        joined = activities.outerjoin(gear, gear.c.id == activities.c.gear_id)
        query = select(activities, gear.c.name.label("item"), gear.c.kind.label("kind")).select_from(joined)
        yoga, race, bay = reader.rows(query.order_by(activities.c.start_ms))
        worn = {row.name: (row.kind, row.distance_m, row.retired_ms is not None) for row in reader.rows(select(gear))}
        values = {row.kind: row.value for row in reader.rows(select(health_entries))}
    assert (bay.name, bay.description, bay.item, bay.kind) == ("Bay with Ada", "Windy\n\nWith Ada", "Blue bike", "bike")
    assert bay.start_ms == START_MS + DAY_MS and bay.offset_s == 10_800
    assert (race.sport, race.name, race.item, race.kind) == ("running", "City 10k", "Rincon", "shoes")
    assert (race.distance_m, race.elapsed_s, race.workout_type) == (10_550, 3600, "race")
    assert (yoga.sub_sport, yoga.distance_m, yoga.start_ms) == ("yoga", None, (CLOCK - 41 * 86_400) * 1000)
    assert worn == {"Rincon": ("shoes", 25_000, True), "Blue bike": ("bike", 0, False)}
    assert values == {"weight_kg": 70.5, "resting_heart_rate_bpm": 44, "body_fat_pct": 12.1, "sleep_s": 25_800}
    after = taken.kept()
    again = taken.run(store)
    assert taken.counts(again) == {name: (0, new, 0) for name, (new, _, _) in counts.items()}
    assert taken.kept() == after and digests(store.parent) == before


def test_a_file_that_comes_later_finds_its_activity(
    sqlite_context: Context, scope: Scope, decoders: Decoders, store: Path, tmp_path: Path
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "runalyze")
    taken.killed(store, "edits of activities")
    taken.run(store)
    before = taken.names()
    import_ride(sqlite_context, scope, decoders, tmp_path)
    assert taken.names() == before and before[1:] == ["City 10k", "Bay with Ada"]


def test_unknown_tables_and_columns_are_named(
    sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    tables: Rows = {"training": [("1", training(CLOCK, "1", "x", moon="full"))], "spaceship": [("1", {"name": "y"})]}
    report = Taken(sqlite_context, scope, decoders, "runalyze").run(backup(tmp_path / "b.json.gz", tables), tried=True)
    [one] = report["left"]
    assert one["why"] == "Nothing is known of spaceship, training.moon."


@pytest.mark.parametrize("how", ["cut off", "cut in a row", "another", "no activities", "odd line"])
def test_what_is_no_whole_backup_is_refused(
    sqlite_context: Context, scope: Scope, decoders: Decoders, store: Path, how: str
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "runalyze")
    data = gzip.decompress(store.read_bytes())
    store.write_bytes({
        "cut off": store.read_bytes()[:-40], "cut in a row": gzip.compress(data[: data.index(b"Windy")]),
        "another": b"[1]\n", "no activities": b'version=4.3\n\n{"TABLE":"runalyze_conf"}\n',
        "odd line": b"version=4.3\n[1, 2]\n",
    }[how])  # fmt: skip
    empty = taken.kept()
    with pytest.raises(NotItsStore if how in ("another", "no activities") else StoreUnreadable):
        taken.run(store)
    assert taken.kept() == empty


def test_a_backup_without_activities_is_one(
    sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    report = Taken(sqlite_context, scope, decoders, "runalyze").run(backup(tmp_path / "b.json.gz", {"training": []}))
    assert not report["counts"] and not report["left"] and not report["failed"]
