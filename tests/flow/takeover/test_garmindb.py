"""GarminDB: its files come as Garmin's, its answers about days as Garmin's say; a later sync adds nothing twice."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.reading.items import NotItsStore
from homestretch.sources.garmin.decode import decode
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.store.tables.kept import arrivals
from homestretch.views.health.day import health_day
from tests.fakes.garmin import Account, FakeGarmin, body, files, fitness, night, summary
from tests.fakes.garmin.activity import detail, list_item
from tests.fakes.garmin.day import Day
from tests.fakes.garmin.wellness_files import wellness_zip
from tests.flow.takeover.taken import Taken, digests, failures, left
from tests.sources.connected import TODAY, Connected


def write(place: Path, answer: object) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(answer))


def unzip(folder: Path, content: bytes | None) -> None:
    if content is not None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            archive.extractall(folder)


def health_data(home: Path, account: Account) -> Path:
    """Write what GarminDB downloads of an account, as its garmindb/download.py at bbcd102 names it."""
    acts = home / "FitFiles/Activities"
    for _, _, number in account.newest():
        facts = account.facts(number)
        write(acts / f"activity_{number}.json", list_item(account, facts))
        write(acts / f"activity_details_{number}.json", detail(account, facts))
        unzip(acts, files.original(account, facts))
    for offset in range(account.days):
        day = Day(account, account.first + timedelta(days=offset))
        monitoring = home / f"FitFiles/Monitoring/{day.date.year}"
        write(monitoring / f"daily_summary_{day.iso}.json", summary.summary(day))
        write(monitoring / f"hydration_{day.iso}.json", body.hydration(day))
        unzip(monitoring, wellness_zip(day))
        write(home / f"Sleep/sleep_{day.iso}.json", night.sleep(day))
        write(home / f"RHR/rhr_{day.iso}.json", fitness.metrics([day], [60]))
        write(home / f"Weight/weight_{day.iso}.json", body.weight_day(day))
        write(home / f"HRV/hrv_{day.iso}.json", night.hrv(day))
    write(home / "Sleep/sleep_2020-01-01.json", None)
    write(home / "FitFiles/social-profile.json", {"displayName": "ada"})
    (home / "DBs").mkdir()
    (home / "DBs/garmin.db").write_bytes(b"SQLite format 3\0")
    return home


def empty_answers(home: Path) -> int:
    """Return how many of its answers about days hold no value, as a sync reads them."""
    kinds = {"daily_summary": "summary", "sleep": "sleep", "rhr": "resting_heart_rate", "weight": "weight",
             "hrv": "hrv", "hydration": "hydration"}  # fmt: skip
    answers = [(kinds.get(one.stem.rpartition("_")[0]), one.read_bytes()) for one in home.rglob("*_*-*.json")]
    read = [decode(kind, data) for kind, data in answers if kind]
    return sum(not (one.measurements or one.nights) for one in read)


@pytest.fixture
def home(tmp_path: Path, fake: FakeGarmin) -> Path:
    return health_data(tmp_path / "HealthData", fake.account)


def shown(context: Context, scope: Scope, account: Account) -> Mapping[str, object]:
    """Return the values of each day and the times of its night, whatever they came by."""
    found: dict[str, object] = {}
    with context.database.read() as reader:
        for offset in range(account.days):
            day = account.first + timedelta(days=offset)
            document = health_day(reader, scope, day, TODAY)
            found[f"{day} night"] = document["night"] and (document["night"]["start"], document["night"]["end"])
            found |= {f"{day} {kind}": round(one["value"], 3) for kind, one in document["measures"].items()}
    return found


def test_what_it_downloaded_comes_once(context: Context, scope: Scope, decoders: Decoders, home: Path) -> None:
    taken, before = Taken(context, scope, decoders, "garmindb"), digests(home)
    empty = taken.kept()
    tried = taken.run(home.parent, tried=True)
    assert taken.kept() == empty
    report = taken.run(home)
    assert {**report, "tried": True, "batch": None} == tried and failures(report) == []
    assert left(report) == {"answers about days": empty_answers(home), "databases": 1, "other files": 1}
    with context.database.read() as reader:
        rows = reader.rows(select(activities))
        keys = {row.provider_key for row in reader.rows(select(arrivals)) if row.provider == "garmin"}
    assert len(rows) == 3 and len(keys) == 3
    assert {(row.rpe, row.feel) for row in rows} == {(4, 3)}
    after = taken.kept()
    again = taken.run(home)
    assert all(new == failed == 0 for new, _, failed in taken.counts(again).values())
    assert taken.kept() == after and digests(home) == before


def test_a_sync_adds_nothing_twice(
    sqlite_context: Context, scope: Scope, decoders: Decoders, fake: FakeGarmin, home: Path
) -> None:
    taken, account = Taken(sqlite_context, scope, decoders, "garmindb"), fake.account
    taken.killed(home, "edits of activities")
    taken.run(home)
    mine = shown(sqlite_context, scope, account)
    kinds = {name.rpartition(" ")[2] for name in mine}
    assert {"steps", "resting_heart_rate_bpm", "hrv_night_ms", "weight_kg", "hydration_ml"} <= kinds
    assert all(mine[f"{account.first + timedelta(days=offset)} night"] for offset in range(account.days))
    connected = Connected.to(sqlite_context, scope, fake)
    connected.run()
    decode_stale(sqlite_context, scope.athlete_id)
    assert connected.asked("/download-service/files/activity") == []
    both = shown(sqlite_context, scope, account)
    assert {name: both[name] for name in mine} == mine
    with sqlite_context.database.read() as reader:
        assert len(reader.rows(select(activities))) == 3


def test_an_activity_without_a_file_comes_by_its_figures(
    sqlite_context: Context, scope: Scope, decoders: Decoders, fake: FakeGarmin, home: Path
) -> None:
    account = fake.account
    _, _, number = account.newest()[0]
    for file in (home / "FitFiles/Activities").glob(f"{number}*"):
        file.unlink()
    (home / "HRV/hrv_2020-01-01.json").write_text("{")
    endless = {"startTimeLocal": "2026-05-03 08:00:00", "startTimeGMT": "0001-01-01 00:00:00", "duration": 1e9}
    write(home / "FitFiles/Activities/activity_1.json", endless)
    write(home / "FitFiles/Activities/activity_2.json", endless | {"startTimeGMT": "2026-05-03 06:00:00"})
    report = Taken(sqlite_context, scope, decoders, "garmindb").run(home)
    assert failures(report) == [("file", "HRV/hrv_2020-01-01.json")]
    assert left(report)["activities without a start or a duration"] == 2
    item = list_item(account, account.facts(number))
    with sqlite_context.database.read() as reader:
        row = reader.rows(select(activities).order_by(activities.c.start_ms.desc()))[0]
    assert (row.start_ms, row.distance_m) == (account.facts(number).start_ms, item.get("distance"))


def test_another_folder_is_refused(sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path) -> None:
    (tmp_path / "other/Photos").mkdir(parents=True)
    with pytest.raises(NotItsStore, match="it holds no folder FitFiles"):
        Taken(sqlite_context, scope, decoders, "garmindb").run(tmp_path / "other")
