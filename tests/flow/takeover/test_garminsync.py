"""GarminSync: its files come over as Garmin's, a sync fetches none of them, and nothing comes twice."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from homestretch.errors import BadRequest
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports import batches
from homestretch.flow.runtime.context import Context
from homestretch.flow.takeover.reading.items import NotItsStore, StoreUnreadable
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals, originals
from homestretch.store.tables.ops import remote_items
from tests.browser.rides import rides
from tests.fakes.garmin import FakeGarmin, files
from tests.flow.takeover.taken import Taken, add_rows, digests, failures, left, sqlite_store
from tests.formats.golden_xml import RIDE_TCX
from tests.sources.connected import Connected

#: As sstent/GarminSync has it at 23c65e0, garminsync/database.py.
SCHEMA = """
CREATE TABLE activities (
    activity_id INTEGER NOT NULL PRIMARY KEY, start_time VARCHAR NOT NULL, activity_type VARCHAR, duration INTEGER,
    distance FLOAT, max_heart_rate INTEGER, avg_heart_rate INTEGER, avg_power FLOAT, calories INTEGER,
    filename VARCHAR UNIQUE, downloaded BOOLEAN NOT NULL, reprocessed BOOLEAN NOT NULL, created_at VARCHAR NOT NULL,
    last_sync VARCHAR
);
CREATE TABLE daemon_config (
    id INTEGER NOT NULL PRIMARY KEY, enabled BOOLEAN NOT NULL, schedule_cron VARCHAR NOT NULL, last_run VARCHAR,
    next_run VARCHAR, status VARCHAR NOT NULL
);
CREATE TABLE sync_logs (
    id INTEGER NOT NULL PRIMARY KEY, timestamp VARCHAR NOT NULL, operation VARCHAR NOT NULL, status VARCHAR NOT NULL,
    message VARCHAR, activities_processed INTEGER NOT NULL, activities_downloaded INTEGER NOT NULL
);
"""
STAMP = "2026-05-03T06:00:00"
type Make = Callable[[dict[str, bytes]], Path]


def activity(key: int, filename: str | None) -> dict[str, object]:
    return {
        "activity_id": key, "start_time": STAMP, "filename": filename, "downloaded": filename is not None,
        "reprocessed": False, "created_at": STAMP,
    }  # fmt: skip


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a store with files by their Garmin ids, whose database names them as they were in its container."""

    def made(content: dict[str, bytes]) -> Path:
        folder = tmp_path / "garminsync"
        rows = []
        for key, data in content.items():
            name = f"activity_{key}_20260503T060000.fit"
            folder.mkdir(exist_ok=True)
            (folder / name).write_bytes(data)
            rows.append(activity(int(key), f"data/{name}"))
        config = {"id": 1, "enabled": True, "schedule_cron": "0 */6 * * *", "status": "running"}
        log = {"id": 1, "timestamp": STAMP, "operation": "sync", "status": "success", "activities_processed": 3,
               "activities_downloaded": 2}  # fmt: skip
        sqlite_store(folder / "garmin.db", SCHEMA, {"activities": rows, "daemon_config": [config], "sync_logs": [log]})
        return folder

    return made


def some(count: int = 2) -> dict[str, bytes]:
    return {str(9001 + number): data for number, data in enumerate(rides(count).values())}


def links(context: Context) -> list[tuple[str | None, str]]:
    with context.database.read() as reader:
        query = select(arrivals).where(arrivals.c.provider == "garmin", arrivals.c.undone_ms.is_(None))
        return sorted((row.provider_key, row.digest) for row in reader.rows(query))


def test_files_come_over_once(context: Context, scope: Scope, decoders: Decoders, make: Make) -> None:
    folder, taken = make(some()), Taken(context, scope, decoders, "garminsync")
    with closing(sqlite3.connect(folder / "garmin.db")) as connection, connection:
        add_rows(connection, {"activities": [activity(9100, None), activity(9101, "data/activity_9101_gone.fit")]})
    before, empty = digests(folder), taken.kept()
    tried = taken.run(folder, tried=True)
    assert taken.counts(tried) == {"files": (2, 0, 0)} and taken.kept() == empty and taken.names() == []
    assert failures(tried) == [("file", "Garmin activity 9101")]
    assert left(tried) == {"activities without a file": 1, "schedule": 1, "lines of the sync log": 1}
    report = taken.run(folder)
    assert {**report, "tried": True, "batch": None} == tried
    assert taken.names() == ["Ride 0", "Ride 1"] and [key for key, _ in links(context)] == ["9001", "9002"]
    with context.database.read() as reader:
        kept = {row.digest for row in reader.rows(select(originals))}
    assert {context.archive.read(one) for one in kept} == set(some().values())
    after = taken.kept()
    again = taken.run(folder / "garmin.db")
    assert taken.counts(again) == {"files": (0, 2, 0)} and taken.kept() == after and again["batch"] is None
    assert digests(folder) == before, "its folder is only read"


def test_a_sync_fetches_only_what_did_not_come(
    sqlite_context: Context, scope: Scope, decoders: Decoders, make: Make, fake: FakeGarmin
) -> None:
    account = fake.account
    numbers = [number for _, _, number in account.newest()]
    folder = make({str(one): files.fit(account, account.facts(one)) for one in numbers[1:]})
    Taken(sqlite_context, scope, decoders, "garminsync").run(folder)
    connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False)
    connected.run()
    fetched = connected.asked("/download-service/files/activity")
    assert len(fetched) == 1 and str(numbers[0]) in fetched[0]
    assert connected.states().keys() <= {"have", "none"}


def test_a_takeover_after_connecting_spares_the_rest(
    sqlite_context: Context, scope: Scope, decoders: Decoders, make: Make, fake: FakeGarmin
) -> None:
    account = fake.account
    connected = Connected.to(sqlite_context, scope, fake, days=False, wellness=False)
    connected.run()
    with sqlite_context.database.write() as session:  # as if the first sync had stopped before it fetched any
        session.run(delete(arrivals))
        session.run(update(remote_items).values(state="wanted", digest=None))
    numbers = [number for _, _, number in account.newest()]
    folder = make({str(one): files.fit(account, account.facts(one)) for one in numbers})
    Taken(sqlite_context, scope, decoders, "garminsync").run(folder)
    items = connected.rows(remote_items, remote_items.c.kind == "activity")
    assert {row.state for row in items} == {"have"} and all(row.digest for row in items)


def test_a_killed_run_is_ended_by_the_next(
    sqlite_context: Context, scope: Scope, decoders: Decoders, make: Make
) -> None:
    folder, taken = make(some()), Taken(sqlite_context, scope, decoders, "garminsync")
    taken.killed(folder, "files")
    batches.open_with_paths(
        sqlite_context, scope, "takeover", [("garminsync/one.fit", next(folder.glob("activity_9001*")))]
    )
    report = taken.run(folder)
    assert taken.counts(report) == {"files": (1, 1, 0)} and taken.names() == ["Ride 0", "Ride 1"]
    assert [key for key, _ in links(sqlite_context)] == ["9001", "9002"]


def test_an_undone_takeover_comes_again(sqlite_context: Context, scope: Scope, decoders: Decoders, make: Make) -> None:
    folder, taken = make(some()), Taken(sqlite_context, scope, decoders, "garminsync")
    report = taken.run(folder)
    batches.undo(sqlite_context, scope, int(report["batch"] or 0))
    assert taken.names() == [] and links(sqlite_context) == []
    taken.run(folder)
    assert taken.names() == ["Ride 0", "Ride 1"] and len(links(sqlite_context)) == 2


def test_what_is_no_fit_file_is_still_fetched(
    sqlite_context: Context, scope: Scope, decoders: Decoders, make: Make
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "garminsync")
    broken = some()["9001"][:40]
    report = taken.run(make({"9001": RIDE_TCX.encode(), "9002": b"not a recording" * 20, "9003": broken}))
    assert left(report)["links to originals"] == 2 and left(report)["files without a recording"] == 1
    assert links(sqlite_context) == [], "what is broken here may be whole at Garmin"
    assert taken.counts(report) == {"files": (1, 0, 1)} and failures(report)[0][0] == "file"


def test_a_store_in_use_is_read_whole(sqlite_context: Context, scope: Scope, decoders: Decoders, make: Make) -> None:
    folder, taken = make(some()), Taken(sqlite_context, scope, decoders, "garminsync")
    with closing(sqlite3.connect(folder / "garmin.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        add_rows(connection, {"activities": [activity(9200, None)]})
        connection.commit()
        before = digests(folder)
        assert left(taken.run(folder, tried=True))["activities without a file"] == 1
        assert digests(folder) == before


def test_broken_stores_get_a_sentence(
    sqlite_context: Context, scope: Scope, decoders: Decoders, make: Make, tmp_path: Path
) -> None:
    taken = Taken(sqlite_context, scope, decoders, "garminsync")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotItsStore, match=r"it holds no garmin\.db"):
        taken.run(tmp_path / "empty")
    (tmp_path / "text.db").write_text("not a database")
    with pytest.raises(NotItsStore, match="it is no SQLite database"):
        taken.run(tmp_path / "text.db")
    with pytest.raises(BadRequest, match="Leave --user out"):
        taken.run(tmp_path, user="ada")
    with pytest.raises(BadRequest, match="inside the data folder"):
        taken.run(sqlite_context.settings.data_dir)
    other = sqlite_store(tmp_path / "other.db", "CREATE TABLE activities (activity_id INTEGER)")
    with pytest.raises(NotItsStore, match="its table activities has no column filename"):
        taken.run(other)
    store = make(some()) / "garmin.db"
    whole = store.read_bytes()
    store.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreUnreadable, match="Make a fresh copy"):
        taken.run(store)


def test_unknown_tables_and_columns_are_named(
    sqlite_context: Context, scope: Scope, decoders: Decoders, make: Make
) -> None:
    folder = make(some(1))
    with closing(sqlite3.connect(folder / "garmin.db")) as connection, connection:
        connection.executescript("CREATE TABLE badges (id INTEGER); ALTER TABLE activities ADD COLUMN mood TEXT")
    report = Taken(sqlite_context, scope, decoders, "garminsync").run(folder, tried=True)
    [one] = [one for one in report["left"] if one["what"] == "unknown tables and columns"]
    assert one["count"] == 2 and "badges, activities.mood" in one["why"]
