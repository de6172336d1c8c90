"""GoldenCheetah: imported files come as they were, other activities as JSON; notes, weights, thresholds by date."""

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit import thresholds as stated
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.reading.items import NotItsStore, SeveralUsers
from homestretch.flow.takeover.reading.zones import thresholds_in
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import health_entries, originals, thresholds
from tests.browser.rides import rides
from tests.flow.takeover.taken import Taken, digests, failures, left
from tests.formats.test_goldencheetah import ride

#: As GoldenCheetah writes it: defaults, ranges, values, and zones that were set by hand.
POWER = """DEFAULTS:
Z1,Active Recovery,0%
Z4,Threshold,90%

1900/01/01: CP=250
FTP=240
W'=18
Pmax=1000
2024/02/01: CP=270
FTP=260
W'=20000
Pmax=1000
Z1,Active Recovery,0
"""
HEART = "FROM BEGIN UNTIL 2024/03/01, LT=165, RestHr=48, MaxHr=190:\n2024/03/01: LT=168, RestHr=46, MaxHr=400\n"
TAGS = {
    "Sport": "Bike ", "Workout Title": "Bay with Ada ", "Notes": "Windy ", "RPE": "7 ", "Keywords": "Hills, Race ",
    "Workout Code": "Tempo ", "Source Filename": "2026_05_04_06_00_00.fit ",
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "GoldenCheetah" / "Ada"
    for name in ("activities", "imports", "config", "planned", "media"):
        (made / name).mkdir(parents=True)
    (made / "activities/2026_05_04_06_00_00.json").write_bytes(ride(TAGS=TAGS))
    typed = [{"workout_time": {"value": "3600"}}, {"total_distance": {"value": "12"}}]
    gone = {"Sport": "Run ", "Workout Title": "Club run ", "RPE": "0 ", "Source Filename": "gone.fit "}
    (made / "activities/2024_05_03_08_00_00.json").write_bytes(
        ride(0, STARTTIME="2024/05/03 08:00:00 UTC ", TAGS=gone, OVERRIDES=typed, INTERVALS=[])
    )
    (made / "activities/odd.json").write_text("{}")
    (made / "imports/2026_05_04_06_00_00.fit").write_bytes(rides(1)["ride-0.fit"])
    (made / "imports/deleted.fit").write_bytes(rides(2)["ride-1.fit"])
    (made / "planned/next.json").write_bytes(ride())
    (made / "config/power.zones").write_text(POWER)
    (made / "config/hr.zones").write_text(HEART)
    weights = [{"when": 1_714_716_000, "weightkg": 70.4, "fatpercent": 0, "comment": ""}, {"weightkg": 71}]
    (made / "config/bodymeasures.json").write_text(json.dumps({"version": 1, "measures": weights}))
    (made / "config/hrvmeasures.json").write_text(json.dumps({"version": 1, "measures": [{"when": 1, "rmssd": 50}]}))
    return made


def test_what_an_athlete_has_comes_once(context: Context, scope: Scope, decoders: Decoders, home: Path) -> None:
    taken, before = Taken(context, scope, decoders, "goldencheetah"), digests(home)
    empty = taken.kept()
    tried = taken.run(home, tried=True)
    assert taken.kept() == empty
    report = taken.run(home.parent)
    assert {**report, "tried": True, "batch": None} == tried
    assert failures(report) == [("file", "activities/odd.json")]
    counts = {"files": (2, 0, 0), "edits of activities": (1, 0, 0), "measurements": (1, 0, 0), "thresholds": (11, 0, 0)}
    assert taken.counts(report) == counts
    assert left(report) == {
        "imports that no activity came from": 1, "planned activities": 1, "measures": 1, "HRV measures": 1,
        "thresholds": 1,
    }  # fmt: skip
    with context.database.read() as reader:
        run, bike = reader.rows(select(activities).order_by(activities.c.start_ms))
        kept = {context.archive.read(row.digest) for row in reader.rows(select(originals))}
        [weight] = reader.rows(select(health_entries))
        ftp = {row.valid_from: row.value for row in reader.rows(select(thresholds)) if row.key == "ftp_w"}
    assert (run.name, run.sport, run.distance_m, run.rpe) == ("Club run", "running", 12_000, None)
    assert (bike.name, bike.description, bike.rpe, bike.tags) == (
        "Bay with Ada", "Windy", 7, ["hills", "race", "tempo"],
    )  # fmt: skip
    assert rides(1)["ride-0.fit"] in kept, "the file is kept, not what was made of it"
    assert weight.value == 70.4 and ftp == {"1900-01-01": 240, "2024-02-01": 260}
    after = taken.kept()
    again = taken.run(home)
    assert taken.counts(again) == {name: (0, new, 0) for name, (new, _, _) in counts.items()}
    assert taken.kept() == after and digests(home) == before


def test_what_was_taken_back_stays_so(sqlite_context: Context, scope: Scope, decoders: Decoders, home: Path) -> None:
    taken = Taken(sqlite_context, scope, decoders, "goldencheetah")
    taken.killed(home, "thresholds")
    taken.run(home)
    stated.state(sqlite_context, scope, "ftp_w", None, date(2024, 2, 1), "ride")
    after = taken.kept()
    taken.run(home)
    assert taken.kept() == after


def test_whose_folder_it_is(sqlite_context: Context, scope: Scope, decoders: Decoders, home: Path) -> None:
    taken = Taken(sqlite_context, scope, decoders, "goldencheetah")
    with pytest.raises(NotItsStore, match="it holds no folder activities"):
        taken.run(home / "config")
    with pytest.raises(NotItsStore, match="it holds no folder activities"):
        taken.run(home / "config/hr.zones")
    (home.parent / "Ben/activities").mkdir(parents=True)
    with pytest.raises(SeveralUsers, match="Ada, Ben"):
        taken.run(home.parent)
    assert taken.run(home.parent, user="ben", tried=True)["counts"] == []


def test_thresholds_are_read_as_they_are_written() -> None:
    assert [(one.key, one.value, one.valid_from, one.family) for one in thresholds_in("hr.zones", HEART) if one] == [
        ("lthr_bpm", 165, date(1900, 1, 1), "ride"), ("resting_hr_bpm", 48, date(1900, 1, 1), ""),
        ("max_hr_bpm", 190, date(1900, 1, 1), "ride"), ("lthr_bpm", 168, date(2024, 3, 1), "ride"),
        ("resting_hr_bpm", 46, date(2024, 3, 1), ""),
    ]  # fmt: skip
    assert [one and round(one.value, 3) for one in thresholds_in("swim-pace.zones", "2024/01/01: CV=4.5\n")] == [1.25]
    assert list(thresholds_in("power.zones", "2024/13/01: CP=250\nFTP=240\n")) == [None]
    assert [one and one.value for one in thresholds_in("power.zones", POWER)][2] == 18_000
    assert list(thresholds_in("power.zones", "CP=250\n\0FTP=;'\nFROM")) == []
