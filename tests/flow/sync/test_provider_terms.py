"""What Strava gives is shown for seven days, lies in one file only, and leaves no trace once they are over."""

import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zstandard
from sqlalchemy import func, select

from homestretch.app import all_jobs
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.maintenance.backup import back_up
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync import runs as ask
from homestretch.flow.sync.provider_terms import expire
from homestretch.sources.registry import sources
from homestretch.store.database import CACHED_FILE
from homestretch.store.dump import dumped, lines
from homestretch.store.queries.cached import cached_pages
from homestretch.store.schema import copy_sqlite, migrate
from homestretch.store.scope import Scope
from homestretch.store.tables.cached import cached_items, pages
from homestretch.store.tables.derived import activities, recordings, titles
from homestretch.store.tables.kept import arrivals, connections, originals, payloads
from homestretch.store.tables.ops import connection_state, notifications, remote_items, runs, sync_lines
from homestretch.views.page.compare import compare_month
from homestretch.views.sources.coverage import entry_list
from homestretch.views.sources.purge_preview import losses
from tests.fakes.garmin import FakeGarmin
from tests.fakes.strava import FakeStrava
from tests.fakes.strava.account import BIKE, FIRST, GEAR_NAMES, LAST, SHOES
from tests.sources.connected import TODAY, Connected
from tests.sources.strava.linked import Linked
from tests.stores import TABLES

#: What nobody but Strava says: names, ids of gear, distances as they are written in its answers.
WORDS = ("Weltschmerz", *GEAR_NAMES.values(), BIKE, SHOES, FIRST, LAST, "24931.4", "24938.5", "qmatJwyqwC")
ZSTD = b"\x28\xb5\x2f\xfd"


@pytest.fixture
def strava(at_once: None) -> Iterator[FakeStrava]:
    """A fake Strava with five activities."""
    with FakeStrava() as made:
        made.limits, made.reads = [10**6] * 2, [10**6] * 2  # days go by in seconds
        yield made
        assert made.problems == []


@pytest.fixture
def linked(context: Context, scope: Scope, strava: FakeStrava) -> Linked:
    """A connection to Strava, listed once."""
    made = Linked.at(context, scope, strava)
    made.run()
    return made


def traces(data: bytes) -> set[str]:
    """Return which of the words are in bytes, packed ones in them too."""
    found = {word for word in WORDS if word.encode() in data}
    at = data.find(ZSTD)
    while at >= 0:
        try:
            inner = zstandard.ZstdDecompressor().decompressobj().decompress(data[at:])
        except zstandard.ZstdError:
            inner = b""
        found |= {word for word in WORDS if word.encode() in inner}
        at = data.find(ZSTD, at + 1)
    return found


def in_tables(context: Context) -> dict[str, set[str]]:
    """Return which of the words are in which table."""
    found: dict[str, set[str]] = {}
    with context.database.read() as reader:
        for table in TABLES:
            for row in reader.rows(select(table)):
                for value in row:
                    found.setdefault(table.fullname, set()).update(traces(_bytes(value)))
    return {name: words for name, words in found.items() if words}


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else repr(value).encode()


def in_folder(folder: Path) -> dict[str, set[str]]:
    """Return which of the words are in the bytes of which file."""
    found = {place.name: traces(place.read_bytes()) for place in folder.rglob("*") if place.is_file()}
    return {name: words for name, words in found.items() if words}


def in_backup(context: Context, place: Path) -> set[str]:
    """Return which of the words are in a backup that is made now."""
    back_up(context, place)
    with tarfile.open(place) as tar:
        found = [traces(file.read()) for member in tar if (file := tar.extractfile(member)) is not None]
    return set().union(*found)


def tick(context: Context) -> None:
    """Do what is due of what a server does once a minute."""
    job = all_jobs()["expire"]
    for arguments in job.due(context):
        job.run(context, arguments)


def test_eight_days(
    context: Context, scope: Scope, strava: FakeStrava, fake: FakeGarmin, decoders: Decoders, tmp_path: Path
) -> None:
    """Beside a Garmin, whose files stay: Strava's word is shown for seven days, and on the eighth there is no byte."""
    garmin = Connected.to(context, scope, fake, days=False, wellness=False)
    garmin.run()
    linked = Linked.at(garmin.context, scope, strava)
    linked.run()
    here = linked.context
    strava.account.change(max(strava.account.activities), name="Weltschmerz, renamed")
    del strava.account.activities[min(strava.account.activities)]
    linked.next_turn()
    linked.run()
    assert linked.said("changed_there", "deleted_there"), "something was told of"
    for _ in range(2):
        decode_stale(here, scope.athlete_id)
        rederive(here, scope.athlete_id, decoders)
    assert linked.entry("activity", max(strava.account.activities)).details["name"] == "Weltschmerz, renamed"
    assert set(in_tables(here)) == {"cached.remote_items", "cached.pages"}, "shown while fresh, and only there"
    assert in_backup(here, tmp_path / "day1.tar") == set()
    strava.inactive = True
    for day in range(1, 9):
        linked.clock.ahead(days=1)
        for one in (garmin, linked):
            one.run()
        tick(here)
        fresh = bool(in_tables(here))
        assert fresh == (day < 7), f"day {day}"
    assert in_tables(here) == {} and in_folder(context.settings.data_dir) == {}
    assert in_backup(here, tmp_path / "day8.tar") == set() and in_folder(tmp_path / "data") == {}
    with here.database.read() as reader:
        for table in (recordings, activities, titles, payloads, originals):
            assert traces(repr(reader.rows(select(table))).encode()) == set()
        assert reader.scalar(select(func.count()).select_from(activities)) == 3, "what Garmin knows stays"
        assert reader.scalar(select(func.count()).where(arrivals.c.provider == "strava")) == 0
    left = linked.rows(cached_items)
    assert {row.state for row in left} == {"expired"} and {int(row.key) for row in left} >= set(
        strava.account.activities
    )
    assert {(row.since, row.until, row.version, str(row.details)) for row in left} == {("", "", None, "{}")}


def test_the_first_listing_is_all_there_is(linked: Linked, strava: FakeStrava) -> None:
    assert linked.states() == {"have": 5} and linked.runs() == [("first", "done")] and linked.told() == ["first_done"]
    with linked.context.database.read() as reader:
        pages = cached_pages(reader, linked.row.id)
    assert len(pages) == 2 and pages["activities-0.json"] in strava.bodies and b"[]" in pages.values()
    assert len(linked.rows(payloads)) == 0


def test_nothing_of_it_is_wanted(linked: Linked) -> None:
    day = TODAY.isoformat()
    assert ask.refetch_days(linked.context, linked.scope, linked.id, day, day) == 0
    ask.sync_now(linked.context, linked.scope, linked.id, since=day, until=day)
    routes = linked.run()
    assert set(routes) == {"GET /athlete", "GET /athlete/activities"} and linked.states() == {"have": 5}


def test_a_new_listing_brings_it_to_life_again(linked: Linked, strava: FakeStrava) -> None:
    linked.clock.ahead(days=7, minutes=1)
    expire(linked.context)
    assert linked.states() == {"expired": 5} and linked.row.whole_ms is None
    strava.account.change(max(strava.account.activities), name="Weltschmerz again")
    linked.run()
    assert linked.states() == {"have": 5} and linked.said("changed_there") == []
    assert linked.entry("activity", max(strava.account.activities)).details["name"] == "Weltschmerz again"


def test_nobody_but_the_athlete_sees_it(linked: Linked) -> None:
    for role, count in (("owner", 5), ("editor", 0), ("viewer", 0)):
        scope = replace(linked.scope, role=role)  # type: ignore[arg-type]
        with linked.context.database.read() as reader:
            found = compare_month(reader, scope, TODAY.replace(day=1), linked.clock())
        assert (len(found["sources"]), len(found["others"])) == (count and 1, count)
        assert bool(traces(repr(found).encode())) is bool(count)
    with linked.context.database.read() as reader:
        listed = entry_list(reader, replace(linked.scope, role="editor"), linked.id, "all", "activity")
    assert len(listed) == 5 and traces(repr(listed).encode()) == set()


def test_all_of_it_is_listed_before_it_would_lapse(linked: Linked) -> None:
    for _ in range(9):
        linked.clock.ahead(days=1)
        linked.run()
        tick(linked.context)
        assert linked.states() == {"have": 5}


def test_what_was_deleted_there_lapses_too(linked: Linked, strava: FakeStrava) -> None:
    key = min(strava.account.activities)
    del strava.account.activities[key]
    linked.next_turn()
    linked.run()
    assert linked.entry("activity", key).state == "gone" and linked.said("deleted_there") == [{"key": str(key)}]
    for _ in range(7):
        linked.clock.ahead(days=1)
        linked.run()
        tick(linked.context)
    assert linked.entry("activity", key).state == "expired" and linked.states() == {"have": 4, "expired": 1}


def test_logs_and_runs_say_keys_only(linked: Linked, strava: FakeStrava) -> None:
    for number in list(strava.account.activities)[:2]:
        strava.account.change(number, name=f"Weltschmerz {number}")
    linked.next_turn()
    linked.run()
    assert len(linked.said("changed_there")) == 2
    for table in (sync_lines, notifications, runs, connection_state):
        assert traces(repr(linked.rows(table)).encode()) == set()


def test_letting_go_gives_all_back_at_once(linked: Linked) -> None:
    with linked.context.database.read() as reader:
        assert losses(reader, linked.scope, linked.id)["cached"] == 5, "which the dialog says before"
    number = linked.row.id
    flow.disconnect(linked.context, linked.scope, linked.id)
    assert in_tables(linked.context) == {} and in_folder(linked.context.settings.data_dir) == {}
    with linked.context.database.read() as reader:
        row = reader.row(select(connections).where(connections.c.id == number))
        assert row is not None and (row.remote_account, row.label, row.secret) == ({}, "Strava", None)
        for table in (remote_items, cached_items, pages):
            assert reader.scalar(select(func.count()).select_from(table)) == 0


def test_who_lets_go_at_strava_is_noticed(linked: Linked, strava: FakeStrava) -> None:
    strava.revoked = True
    linked.next_turn()
    linked.run()
    assert linked.row.state == "sign_in" and linked.told()[-1] == "sign_in_needed"
    assert in_tables(linked.context) == {} and linked.states() == {}


def test_a_clock_that_went_ahead_lends_no_longer(linked: Linked) -> None:
    linked.clock.ahead(days=40)
    linked.run()
    assert linked.states() == {"have": 5}
    linked.clock.ahead(days=-40)
    tick(linked.context)
    assert linked.states() == {"expired": 5} and in_tables(linked.context) == {}


def test_it_lies_in_one_file_that_no_copy_takes(
    sqlite_context: Context, scope: Scope, strava: FakeStrava, tmp_path: Path
) -> None:
    linked = Linked.at(sqlite_context, scope, strava)
    linked.run()
    here = linked.context
    files = {name.removesuffix("-wal").removesuffix("-shm") for name in in_folder(here.settings.data_dir)}
    assert files == {CACHED_FILE}, "while it is fresh"
    copy_sqlite(here.database, tmp_path / "copy.db")
    assert traces((tmp_path / "copy.db").read_bytes()) == set()
    linked.clock.ahead(days=7, minutes=1)
    tick(here)
    assert in_folder(here.settings.data_dir) == {}, "and no page of that file has a deleted row"


def test_the_file_may_be_lost(sqlite_context: Context, scope: Scope, strava: FakeStrava) -> None:
    linked = Linked.at(sqlite_context, scope, strava)
    linked.run()
    here = linked.context
    here.database.close()
    for end in ("", "-wal", "-shm"):
        (here.settings.data_dir / f"{CACHED_FILE}{end}").unlink(missing_ok=True)
    migrate(here.database)
    assert linked.states() == {}
    assert linked.row.whole_ms is None
    linked.next_turn()
    linked.run()
    assert linked.states() == {"have": 5}


def test_a_dump_has_nothing_of_it(linked: Linked) -> None:
    with linked.context.database.read() as reader:
        dump = b"".join(line for table in dumped() for line in lines(reader, table))
    assert traces(dump) == set() and b"remote_items" not in dump


def test_a_start_gives_back_what_is_overdue(linked: Linked) -> None:
    from homestretch.flow.maintenance.recovery import recover

    linked.clock.ahead(days=7, minutes=1)
    recover(linked.context)
    assert linked.states() == {"expired": 5}


def test_what_expires_is_not_fetched() -> None:
    """What is fetched goes to the archive, or stays as a payload; neither has an end."""
    strava = sources()["strava"]
    assert strava.terms.keep_days == 7 and not strava.terms.allows("blend") and not strava.terms.allows("model")
    with pytest.raises(ValueError, match="terms"):
        replace(sources()["garmin"], terms=strava.terms)
