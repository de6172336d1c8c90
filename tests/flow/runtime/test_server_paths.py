"""Places on the server that somebody names: regular files, read within bounds, and never the server's own data."""

import ast
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from typer.testing import CliRunner

from homestretch import files
from homestretch.cli._runtime.main import command_line
from homestretch.errors import BadRequest, Forbidden, HomestretchError
from homestretch.flow.accounts.accounts import create_account, set_up
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.maintenance.backup import CannotBackUp, back_up
from homestretch.flow.maintenance.healing import heal
from homestretch.flow.maintenance.restore import BadBackup
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.given_paths import listed
from homestretch.flow.runtime.server_paths import must_not_be_own
from homestretch.flow.sync import connections
from homestretch.formats.fit.encode import encode
from homestretch.net.budget import Limits, RateLimitedClient
from homestretch.sources.base import RemoteAccount
from homestretch.sources.folder import client as folder
from homestretch.sources.registry import sources
from homestretch.sources.spreadsheet import client as sheets
from homestretch.store.scope import Scope
from tests.flow.maintenance.conftest import read_backup
from tests.flow.maintenance.test_backup import lived_in
from tests.formats import golden
from tests.house.source import modules
from tests.sources.watched import Watched
from tests.taking import codes
from tests.waiting import PATIENCE_S

RUN = encode(golden.run(20))
CALLS = RateLimitedClient("x", Limits(), pause_s=0.0)


@contextmanager
def ends() -> Iterator[None]:
    """Let the test fail where something waits for what never comes."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError("it waits without end")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(int(PATIENCE_S))
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class Vault:
    """What a client of a place is given."""

    def __init__(self, place: Path) -> None:
        self.secret: dict[str, Any] = {"path": str(place), "held": True}

    def read(self) -> dict[str, Any]:
        """Return where it is."""
        return self.secret


def _sheet_named(place: Path) -> None:
    sheets.SheetSignIn(CALLS).begin("path", {"path": str(place)})


def _sheet_read(place: Path) -> None:
    sheets.Sheet(Vault(place), RemoteAccount(""), CALLS).data()  # type: ignore[arg-type]


def _folder_read(place: Path) -> None:
    watched = folder.Folder(Vault(place.parent), RemoteAccount(""), CALLS)  # type: ignore[arg-type]
    watched._read(place.name)


def _commanded(*arguments: str) -> Callable[[Path], None]:
    def run(place: Path) -> None:
        said = CliRunner().invoke(command_line(), [one.replace("FILE", str(place)) for one in arguments])
        raise said.exception if said.exception is not None else AssertionError(said.output)

    return run


READERS: dict[str, Callable[[Path], Any]] = {
    "a sheet that is named": _sheet_named,
    "a sheet": _sheet_read,
    "a file of a folder": _folder_read,
    "decode": _commanded("decode", "FILE"),
    "segments import": _commanded("segments", "import", "FILE"),
    "an answer": _commanded("connect", "garmin", "--with", "tokens=@FILE"),
    "restore": read_backup,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_is_no_regular_file_is_refused_at_once(
    reader: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found in an attack: /dev/zero as a spreadsheet took 22 GB; a pipe would be waited for for ever."""
    monkeypatch.setenv("HOMESTRETCH_DATA_DIR", str(tmp_path / "data"))
    place = tmp_path / "odd.fit"
    if kind == "pipe":
        os.mkfifo(place)
    else:
        try:
            os.mknod(place, 0o20666, os.makedev(1, 5))
        except PermissionError:
            pytest.skip("only root makes devices")
    os.utime(place, (1e9, 1e9))  # nobody writes to it any more, which a folder would wait for
    with ends(), pytest.raises(HomestretchError, match="regular file"):
        READERS[reader](place)


def test_an_import_goes_on_past_what_is_no_file(
    sqlite_context: Context, scope: Scope, decoders: Decoders, tmp_path: Path
) -> None:
    """A pipe in a folder is passed over; one that is named, or takes a file's place, fails alone."""
    from homestretch.flow.imports.batches import open_with_paths
    from homestretch.flow.imports.ingest import ingest
    from homestretch.views.system.imports import all_items

    home = tmp_path / "home"
    home.mkdir()
    (home / "run.fit").write_bytes(RUN)
    (home / "gone.fit").symlink_to(tmp_path / "nowhere")
    os.mkfifo(home / "pipe.fit")
    assert [name for name, _ in listed([home])] == ["home/run.fit"]
    with ends():
        batch = open_with_paths(sqlite_context, scope, "cli", listed([home / "pipe.fit", home]))
        ingest(sqlite_context, scope.athlete_id, decoders)
        assert heal(sqlite_context, {"0" * 64}, home) == set()
    with sqlite_context.database.read() as reader:
        found = {item["path"]: (item["status"], codes(item)) for item in all_items(reader, scope, batch)}
    assert found["home/run.fit"][0] == "imported"
    assert found["pipe.fit"] == ("failed", ["unreadable_file:not a regular file"])


def test_what_is_too_large_is_not_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it grows while it is read, as what the kernel makes does: its size says nothing."""
    place = tmp_path / "sheet.csv"
    place.write_bytes(b"x" * 2_000_001)
    with pytest.raises(OSError, match="larger than 2 MB"):
        files.read(place, 2_000_000)
    assert len(files.read(place, 2_000_001)) == 2_000_001
    with pytest.raises(OSError, match="larger than 0 MB"):
        files.read(Path("/proc/self/environ"), 3)
    monkeypatch.setattr(sheets, "MOST_BYTES", 2_000_000)
    with pytest.raises(sheets.NoTable, match="larger than 2 MB"):
        _sheet_named(place)
    with pytest.raises(sheets.NotThere, match="larger than 2 MB"):
        _sheet_read(place)
    with place.open("rb") as kept:
        assert kept.read(1) == b"x"


def ways_into(context: Context, tmp_path: Path) -> list[str]:
    """Return names of the data folder and of what is in it, in every way that was thought of."""
    own = context.settings.data_dir
    (tmp_path / "link").symlink_to(own)
    (tmp_path / "sheet.csv").symlink_to(own / "homestretch.db")
    return [
        str(own), f" {own}", f"{own} ", f"\t{own}/archive\n", f"{own}/../{own.name}", f"{own}/homestretch.db",
        str(own.parent), "/", str(tmp_path / "link"), str(tmp_path / "link" / "archive"), str(tmp_path / "sheet.csv"),
        f"/proc/self/root{own}", f"/proc/self/cwd/{os.path.relpath(own)}", os.path.relpath(own),
        "/proc/self/environ", "/proc/1/environ", "/sys/kernel", "/dev/zero", "a\0b",
    ]  # fmt: skip


def test_no_way_leads_into_the_server_s_own_data(sqlite_context: Context, scope: Scope, tmp_path: Path) -> None:
    """Found in an attack: with a blank before it, the data folder was taken."""
    garmin = Watched.to(sqlite_context, scope, "folder", str(put(tmp_path / "elsewhere" / "run.fit").parent))
    with sqlite_context.database.write() as session:
        name, _ = connections.add_connection(sqlite_context, session, scope, sources()["garmin"])
    for way in ways_into(sqlite_context, tmp_path):
        for source in ("folder", "spreadsheet"):
            with pytest.raises(BadRequest):
                connections.sign_in(sqlite_context, scope, source, "path", {"path": way})
        with pytest.raises(BadRequest):
            connections.change(sqlite_context, scope, name, settings={"folder": way})
    connections.change(sqlite_context, scope, name, settings={"folder": f"  {tmp_path / 'copies'} "})
    with sqlite_context.database.read() as reader:
        from homestretch.store.queries import connections as stored

        assert stored.find(reader, scope, name).settings["folder"] == str(tmp_path / "copies")
    assert garmin.row.state == "ready"


def test_a_folder_that_is_mounted_elsewhere_too_is_the_same_one(sqlite_context: Context, tmp_path: Path) -> None:
    import subprocess

    again = tmp_path / "again"
    again.mkdir()
    own = sqlite_context.settings.data_dir
    if subprocess.run(["mount", "--bind", own, again], capture_output=True, check=False).returncode:
        pytest.skip("only root may mount")
    try:
        for place in (again, again / "archive"):
            with pytest.raises(BadRequest, match="data folder"):
                must_not_be_own(sqlite_context.settings, place)
    finally:
        subprocess.run(["umount", again], check=True)


def put(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(RUN)
    return place


def test_what_becomes_a_link_later_is_not_followed(sqlite_context: Context, scope: Scope, tmp_path: Path) -> None:
    """Whoever may write beside a sheet or a folder must not read with the server's rights."""
    home = put(tmp_path / "home" / "run.fit").parent
    os.utime(home / "run.fit", (1e9, 1e9))
    watched = Watched.to(sqlite_context, scope, "folder", str(home))
    watched.run()
    home.rename(tmp_path / "was")
    home.symlink_to(sqlite_context.settings.data_dir)
    watched.again()
    assert watched.row.state == "backed_off" and files.LED in str(watched.row.reason)
    sheet = tmp_path / "sheets" / "training.csv"
    sheet.parent.mkdir()
    sheet.symlink_to(put(tmp_path / "was" / "secret.csv"))
    with pytest.raises(sheets.NotThere, match=files.LED):
        _sheet_read(sheet)
    sheet.unlink()
    sheet.write_bytes(b"Date,Distance\n2026-01-01,5\n")
    _sheet_read(sheet)
    (tmp_path / "way").symlink_to(sheet.parent)
    with pytest.raises(sheets.NotThere, match=files.LED):
        _sheet_read(tmp_path / "way" / sheet.name)


def test_an_import_takes_nothing_of_the_server_s_own(sqlite_context: Context, tmp_path: Path) -> None:
    """Else the password hashes were an original, and in every export."""
    own = sqlite_context.settings.data_dir
    put(tmp_path / "rides" / "run.fit")
    (tmp_path / "rides" / "database.fit").symlink_to(own / "homestretch.db")
    (tmp_path / "rides" / "linked.fit").symlink_to(put(tmp_path / "other" / "run.fit"))
    found = {name for name, _ in listed([tmp_path], own.resolve())}
    below = tmp_path.name
    assert found == {f"{below}/rides/run.fit", f"{below}/rides/linked.fit", f"{below}/other/run.fit"}
    for place in (own, own / "archive", own / "homestretch.db", tmp_path / "rides" / "database.fit"):
        with pytest.raises(BadRequest, match="data folder"):
            listed([place], own.resolve())


def test_only_an_administrator_names_a_place_at_all(sqlite_context: Context, tmp_path: Path) -> None:
    set_up(sqlite_context, "anna", "long enough")
    other = create_account(sqlite_context, "other", "long enough", is_admin=False)
    with pytest.raises(Forbidden):
        connections.sign_in(sqlite_context, Scope(2, other), "folder", "path", {"path": f" {tmp_path}"})


def test_a_backup_is_written_over_a_file_only(sqlite_context: Context, decoders: Decoders, tmp_path: Path) -> None:
    lived_in(sqlite_context, decoders)
    pipe = tmp_path / "backup.tar"
    os.mkfifo(pipe)
    for target in (pipe, tmp_path):
        with ends(), pytest.raises(CannotBackUp, match="regular file"):
            back_up(sqlite_context, target, force=True)
    assert pipe.is_fifo()
    with ends(), pytest.raises(BadBackup, match="regular file"):
        read_backup(pipe)


#: What reads files of its own making, in the data folder or beside its code.
OWN = {
    "archive/archive.py", "archive/bucket.py", "archive/folder.py", "archive/index.py", "archive/object_store.py",
    "daemon.py", "files.py",
    "flow/maintenance/backup.py", "flow/runtime/folder_lock.py", "flow/runtime/secret_store.py",
    "settings.py",
}  # fmt: skip


def test_every_other_file_is_opened_in_one_place() -> None:
    reading = set()
    for name, tree in modules().items():
        if name.startswith(("formats/", "analysis/", "api/", "store/", "demo/")):
            continue  # they have bytes, or what the package and the database hold
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in ("read_bytes", "read_text"):
                reading.add(name)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "open":
                modes = [one.value for one in node.args if isinstance(one, ast.Constant)]
                reading |= {name} if "rb" in modes or "r" in modes else set()
    assert reading <= OWN
