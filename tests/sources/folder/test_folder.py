"""A folder that is watched: everything of use comes, once, and nothing in it is touched."""

import gzip
import hashlib
import os
import shutil
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from homestretch.errors import BadRequest, Forbidden
from homestretch.flow.accounts.accounts import create_account
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.edit import edits
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync.sync import sync
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.model.documents.sync_log import LogLine
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport
from homestretch.net.budget import Limits, RateLimitedClient, UnexpectedResponse
from homestretch.sources.base import RemoteAccount, RemoteItem
from homestretch.sources.folder import client as folder
from homestretch.sources.registry import sources
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals
from homestretch.store.tables.ops import remote_items
from homestretch.views.page.compare import compare_month
from homestretch.views.people.people import scope as scope_of
from homestretch.views.sources.sync_log import log
from tests.archive.test_members import zipped
from tests.formats import golden
from tests.sources.connected import TODAY, Clock
from tests.sources.watched import Watched
from tests.taking import listed, row_id

LONG_AGO = 1_793_500_000


def ride() -> Recording:
    """Return a ride of the day after the run."""
    return replace(golden.run(200, golden.START_MS + 86_400_000), sport=Sport("cycling"), name="Ride", file_key=None)


def put(place: Path, data: bytes, at: float = LONG_AGO) -> Path:
    """Write a file that was written long ago."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    os.utime(place, (at, at))
    return place


def tree(root: Path) -> dict[str, tuple[object, ...]]:
    """Return all that there is to know of a folder: names, modes, times and bytes."""
    found: dict[str, tuple[object, ...]] = {}
    for place in sorted(root.rglob("*")):
        about = place.lstat()
        data = place.read_bytes() if place.is_file() and os.access(place, os.R_OK) else b""
        found[str(place)] = (about.st_mode, about.st_mtime_ns, about.st_size, about.st_ino, hashlib.sha256(data))
        found[str(place)] = (*found[str(place)][:-1], hashlib.sha256(data).hexdigest())
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A device's folder with an activity, a day's file, a plan, and something of no use."""
    home = tmp_path / "watch"
    put(home / "Internal Storage" / "GARMIN" / "Activity" / "2026-05-03-09-00-00.fit", encode(golden.run()))
    put(home / "Internal Storage" / "GARMIN" / "Monitor" / "M5300000.FIT", golden.monitoring(), LONG_AGO + 1)
    put(home / "Internal Storage" / "GARMIN" / "Settings" / "Settings.fit", golden.settings())
    put(home / "Internal Storage" / "GARMIN" / "Activity" / "inProgressActivity.fit", b"half a file")
    put(home / "Internal Storage" / "GARMIN" / "GarminDevice.xml", b"<Device/>")
    return home


def test_a_device(context: Context, scope: Scope, decoders: Decoders, root: Path) -> None:
    """Its activities are activities, its days' files are kept, all else is left alone, and it is as it was."""
    before = tree(root)
    watched = Watched.to(context, scope, "folder", str(root))
    watched.run()
    activity, day = sorted(watched.items().values(), key=lambda row: str(row.kind))
    assert (activity.kind, activity.state, activity.form) == ("activity", "have", "fit")
    assert activity.key == "Internal Storage/GARMIN/Activity/2026-05-03-09-00-00.fit"
    assert activity.details == {"file": "2026-05-03-09-00-00.fit"}
    assert activity.since == activity.until == "2026-11-01"
    assert (day.kind, day.state) == ("wellness", "have")
    assert rederive(watched.context, scope.athlete_id, decoders) == 2
    [shown] = listed(watched.context, scope)
    assert shown["sport"] == "running"
    assert context.archive.read(day.digest) == golden.monitoring()
    assert tree(root) == before
    assert watched.row.label == str(root) and watched.row.schedule == "every 5m"


def test_the_log_names_each_file_and_leads_to_its_activity(
    sqlite_context: Context, scope: Scope, decoders: Decoders, root: Path
) -> None:
    put(root / "walks" / "broken.gpx", b"<gpx>")
    watched = Watched.to(sqlite_context, scope, "folder", str(root))
    watched.run()
    rederive(watched.context, scope.athlete_id, decoders)
    watched.again()

    def lines() -> list[LogLine]:
        with sqlite_context.database.read() as reader:
            return list(log(reader, scope, watched.id, None, None, 50)["items"])

    [shown] = listed(watched.context, scope)
    told = {line["text"]: line for line in lines()}
    came = told["Imported 2026-05-03-09-00-00.fit"]
    assert came["activity"] == {"id": shown["id"], "name": shown["name"]}
    assert told["Fetched broken.gpx."]["activity"] is None
    assert "Done: 3 fetched." in told and "Done: nothing new." in told
    # Each line is of the run that wrote it: the first run's, then the one that found nothing.
    assert told["Done: 3 fetched."]["run"] == came["run"] != told["Done: nothing new."]["run"]
    assert told[next(text for text in told if text.startswith("Signed in"))]["run"] is None
    of_run = {one["run"]: {line["quiet"] for line in lines() if line["run"] == one["run"]} for one in told.values()}
    assert of_run[told["Done: nothing new."]["run"]] == {True} and False in of_run[came["run"]]
    edits.remove(watched.context, scope, row_id(watched.context, scope, shown["id"]))
    assert [line["activity"] for line in lines() if line["code"] == "came"] == [None, None]
    (root / "walks" / "broken.gpx").unlink()
    watched.again()
    assert "broken.gpx was deleted at the source. It stays here." in {line["text"] for line in lines()}


def test_what_is_in_no_folder_is_not_said_to_be_missing_there(
    sqlite_context: Context, scope: Scope, decoders: Decoders, root: Path
) -> None:
    """A folder says nothing of activities, and has those that were put into it: there is nothing to compare."""
    Watched.to(sqlite_context, scope, "folder", str(root)).run()
    rederive(sqlite_context, scope.athlete_id, decoders)
    with sqlite_context.database.read() as reader:
        found = compare_month(reader, scope, date(2026, 5, 1), sqlite_context.clock())
    assert found["sources"] == [] and [item["cells"] for item in found["items"]] == [{}]


def test_the_days_files_are_left_where_they_are_switched_off(sqlite_context: Context, scope: Scope, root: Path) -> None:
    watched = Watched.to(sqlite_context, scope, "folder", str(root), wellness=False)
    watched.run()
    assert [row.kind for row in watched.items().values() if row.state == "have"] == ["activity"]


def test_a_folder_that_may_only_be_read_is_enough(sqlite_context: Context, scope: Scope, root: Path) -> None:
    places = [root, *root.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    before = tree(root)
    try:
        watched = Watched.to(sqlite_context, scope, "folder", str(root))
        watched.run()
        assert {row.state for row in watched.items().values()} == {"have"}
        assert tree(root) == before
    finally:
        for place in places:
            place.chmod(0o755)


def test_what_is_new_comes_and_nothing_comes_twice(
    context: Context, scope: Scope, decoders: Decoders, root: Path
) -> None:
    watched = Watched.to(context, scope, "folder", str(root))
    watched.run()
    put(root / "bike" / "ride.gpx", gpx.encode(ride()))
    watched.again()
    watched.again()
    assert len(watched.rows(arrivals)) == 3
    assert [line["new"] for line in watched.said("listed")] == [2, 1, 0]
    assert rederive(watched.context, scope.athlete_id, decoders) == 3
    assert len(listed(watched.context, scope)) == 2


def test_what_was_written_anew_is_fetched_again(context: Context, scope: Scope, root: Path) -> None:
    place = put(root / "ride.gpx", gpx.encode(ride()))
    watched = Watched.to(context, scope, "folder", str(root))
    watched.run()
    before = watched.items()["ride.gpx"]
    put(place, gpx.encode(replace(ride(), name="Round the lake")), LONG_AGO + 60)
    watched.again()
    after = watched.items()["ride.gpx"]
    assert after.digest != before.digest and after.state == "have"
    assert context.archive.read(before.digest) != context.archive.read(after.digest)
    assert [line["key"] for line in watched.said("changed_there")] == ["ride.gpx"]


def test_a_device_that_is_not_mounted_is_waited_for(context: Context, scope: Scope, root: Path) -> None:
    """It takes nothing with it, whether its place is gone or stands empty."""
    watched = Watched.to(context, scope, "folder", str(root))
    watched.run()
    away = root.with_name("away")
    root.rename(away)
    for emptied in (False, True):
        if emptied:
            root.mkdir()
        watched.again()
        row = watched.row
        assert row.state == "backed_off" and str(root) in row.reason and "is not available" in row.reason
        assert {one.state for one in watched.items().values()} == {"have"}
    assert not watched.said("deleted_there")
    root.rmdir()
    away.rename(root)
    watched.again()
    assert watched.row.state == "ready" and not watched.said("deleted_there")
    assert len(watched.rows(arrivals)) == 2


def test_what_is_deleted_there_stays_here(context: Context, scope: Scope, decoders: Decoders, root: Path) -> None:
    put(root / "ride.gpx", gpx.encode(ride()))
    watched = Watched.to(context, scope, "folder", str(root))
    watched.run()
    rederive(watched.context, scope.athlete_id, decoders)
    before = listed(watched.context, scope)
    (root / "ride.gpx").unlink()
    watched.again()
    assert watched.items()["ride.gpx"].state == "gone" and len(watched.said("deleted_there")) == 1
    assert listed(watched.context, scope) == before and len(before) == 2


def test_an_empty_folder_is_no_fault_at_first(sqlite_context: Context, scope: Scope, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    watched = Watched.to(sqlite_context, scope, "folder", str(tmp_path / "new"))
    watched.run()
    assert watched.row.state == "ready"
    put(tmp_path / "new" / "run.fit", encode(golden.run()))
    watched.again()
    assert watched.items()["run.fit"].state == "have"


def test_packed_files_are_opened(context: Context, scope: Scope, decoders: Decoders, tmp_path: Path) -> None:
    home = tmp_path / "packed"
    put(home / "run.fit.gz", gzip.compress(encode(golden.run())))
    both = {"a/ride.gpx": gpx.encode(ride()), "a/swim.fit.gz": gzip.compress(encode(golden.pool_swim()))}
    put(home / "more.zip", zipped({**both, "readme.txt": b"no", "__MACOSX/a/._ride.gpx": b"no", "../x.fit": b""}))
    watched = Watched.to(context, scope, "folder", str(home))
    watched.run()
    assert sorted(row.path for row in watched.rows(arrivals)) == [
        "folder/more.zip/a/ride.gpx", "folder/more.zip/a/swim.fit", "folder/run.fit",
    ]  # fmt: skip
    assert rederive(watched.context, scope.athlete_id, decoders) == 3
    assert len(listed(watched.context, scope)) == 3


def test_damage_costs_one_file(
    sqlite_context: Context, scope: Scope, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Packed files that are broken or boundless fail alone; what leads out, and what is huge, is left out and noted."""
    home = tmp_path / "odd"
    put(home / "a.zip", b"PK\x03\x04 and no more", LONG_AGO + 9)
    put(home / "b.gpx.gz", b"\x1f\x8b\x08 and no more", LONG_AGO + 8)
    put(home / "run.fit", encode(golden.run()))
    put(home / "huge.fit", b"x" * 200_000)
    put(tmp_path / "elsewhere" / "secret.fit", encode(ride()))
    (home / "out.fit").symlink_to(tmp_path / "elsewhere" / "secret.fit")
    (home / "outside").symlink_to(tmp_path / "elsewhere")
    (home / "within.fit").symlink_to(home / "run.fit")
    (home / "loop").symlink_to(home)
    monkeypatch.setattr(folder, "MOST_BYTES", 100_000)
    watched = Watched.to(sqlite_context, scope, "folder", str(home))
    watched.run()
    while watched.row.state == "backed_off":
        watched.again()
    states = {key: row.state for key, row in watched.items().items()}
    assert states == {"a.zip": "failed", "b.gpx.gz": "failed", "run.fit": "have"}
    notes = sources()["folder"].decode("activities", _client(home).activities(0, 10, None).answer.data).notes
    assert notes == ("leads_out:out.fit", "leads_out:outside", "too_large_to_read:huge.fit")


def test_a_link_that_came_after_the_listing_is_not_followed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    place = put(home / "run.fit", encode(golden.run()))
    put(tmp_path / "secret.fit", b"secret")
    there = _client(home)
    [item] = there.activities(0, 10, None).items
    place.unlink()
    place.symlink_to(tmp_path / "secret.fit")
    with pytest.raises(UnexpectedResponse, match="outside the folder"):
        there.fetch(item)
    place.unlink()
    assert there.fetch(item) == ()


def test_a_file_that_is_being_written_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = put(tmp_path / "home" / "run.fit", encode(golden.run())[:500], time.time())
    there = _client(tmp_path / "home")
    [item] = there.activities(0, 10, None).items
    waited: list[float] = []

    def rest(_: RateLimitedClient, seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 1:
            put(place, encode(golden.run())[:900], time.time())

    monkeypatch.setattr(RateLimitedClient, "rest", rest)
    with pytest.raises(UnexpectedResponse, match="still being written"):
        there.fetch(item)
    put(place, encode(golden.run()), time.time() - 60)
    assert [one.data for one in there.fetch(item)] == [encode(golden.run())]
    assert len(waited) == 1 and 0 < waited[0] <= folder.SETTLE_S


def test_a_kill_between_any_two_steps_loses_nothing(context: Context, scope: Scope, tmp_path: Path) -> None:
    home = tmp_path / "many"
    for number in range(7):
        put(home / f"{number}.gpx", gpx.encode(replace(ride(), name=f"Ride {number}")), LONG_AGO + number)
    watched = Watched.to(context, scope, "folder", str(home))
    for _ in range(40):  # each slice is a process that ends at once
        sync(replace(watched.context), watched.row.id, slice_s=0.02)
    watched.run()
    assert len(watched.rows(arrivals)) == 7
    assert {row.state for row in watched.rows(remote_items)} == {"have"}


def test_what_is_refused_at_the_sign_in_is_said(sqlite_context: Context, scope: Scope, tmp_path: Path) -> None:
    put(tmp_path / "a.fit", b"")
    for path, reason in {
        "rides": "not a full path",
        str(tmp_path / "none"): "No such file",
        str(tmp_path / "a.fit"): "it is a file",
    }.items():
        with pytest.raises(folder.NoFolder, match=reason):
            Watched.to(sqlite_context, scope, "folder", path)
    for place in (sqlite_context.settings.data_dir / "archive", tmp_path):
        with pytest.raises(BadRequest, match="data folder"):
            Watched.to(sqlite_context, scope, "folder", str(place))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_whose_a_folder_is_is_said(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o300)
    with pytest.raises(folder.MayNotRead, match="chmod"):
        folder.FolderSignIn().begin("path", {"path": str(tmp_path / "closed")})


def test_whose_it_is_is_said_whoever_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(folder.MayNotRead, match="chmod") as told:
        folder.FolderSignIn().begin("path", {"path": str(tmp_path / "closed")})
    assert (tmp_path / "closed").owner() in str(told.value)


def test_only_an_administrator_names_a_place(sqlite_context: Context, root: Path) -> None:
    """The server reads with its own rights: of several accounts only one that looks after it may point it anywhere."""
    boss = create_account(sqlite_context, "boss", "long enough for all", is_admin=True)
    other = create_account(sqlite_context, "other", "long enough for all", is_admin=False)
    with sqlite_context.database.read() as reader:
        bosses, others = scope_of(reader, boss, None, 0), scope_of(reader, other, None, 0)
    here = replace(sqlite_context, clock=Clock.at(TODAY))
    with pytest.raises(Forbidden, match="administrator"):
        flow.sign_in(here, others, "folder", "path", {"path": str(root)})
    assert flow.sign_in(here, bosses, "folder", "path", {"path": str(root)})
    with sqlite_context.database.write() as session:
        name, _ = flow.add_connection(here, session, others, sources()["garmin"])
    with pytest.raises(Forbidden, match="administrator"):
        flow.change(here, others, name, settings={"folder": str(root)})
    flow.change(here, others, name, settings={"page": 10, "folder": None})


def _client(home: Path) -> folder.Folder:
    held = flow.UnsavedSecret({"path": str(home), "held": False})
    return folder.Folder(held, RemoteAccount(""), RateLimitedClient("The folder", Limits()))


def test_a_folder_that_goes_while_it_is_read_is_waited_for(tmp_path: Path) -> None:
    home = tmp_path / "home"
    put(home / "run.fit", encode(golden.run()))
    there = _client(home)
    [item] = there.activities(0, 10, None).items
    shutil.rmtree(home)
    with pytest.raises(folder.NotThere, match="disappeared"):
        there.fetch(item)
    assert isinstance(item, RemoteItem)
