"""Uploads that are far more than they seem: what becomes of them is counted, and nobody waits for it."""

import hashlib
import itertools
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from sqlalchemy import event, func, select

from homestretch.archive.members import Member
from homestretch.errors import DiskNearlyFull
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports import batches, work_stream
from homestretch.flow.imports.batches import TooManyFiles, open_batch, open_with_paths, receive
from homestretch.flow.imports.in_flight import EndedTheProcess, in_hand
from homestretch.flow.imports.ingest import COMMIT_EVERY, ingest
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import originals
from homestretch.store.tables.ops import batches as imports
from homestretch.store.tables.ops import items
from tests.archive.test_members import zipped
from tests.bombs import many, packed
from tests.formats import golden
from tests.taking import codes, listed, take_in

RUN = encode(golden.run(30))


def encrypted(count: int, good: bytes) -> bytes:
    """Return a zip of members that can't be got out, and one that can, the last."""
    data = bytearray(zipped([(f"{number}.fit", b"secret") for number in range(count)] + [("run.fit", good)]))
    at = -1
    for _ in range(count):
        at = data.index(b"PK\1\2", at + 1)
        data[at + 8] |= 1
    return bytes(data)


def test_entries_that_are_all_the_same_one(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    """Found in an attack: 55 kB gave 399,999 rows in one transaction, for which everybody waited 29 s."""
    found = take_in(
        sqlite_context, scope, decoders, {"bomb.gz": packed(many(20_000)), "large.gz": packed(many(400_000))}
    )
    failed = {path: codes(item) for path, item in found.items() if item["status"] == "failed"}
    assert len(failed) == work_stream.MOST_LISTED + 2
    assert failed["large.gz/large"] == ["too_many_files"]
    assert failed["bomb.gz/…"] == [f"more_failed:{19_999 - work_stream.MOST_LISTED}"]


def test_what_can_be_got_out_is_imported_and_the_rest_is_kept_whole(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    """The archive itself stands for what is lost, though that was committed long before its end."""
    data = encrypted(300, RUN)
    found = take_in(sqlite_context, scope, decoders, {"export.zip": data})
    assert found["export.zip/run.fit"]["status"] == "imported" and len(listed(sqlite_context, scope)) == 1
    assert codes(found["export.zip/…"]) == ["more_failed:200"]
    with sqlite_context.database.read() as reader:
        assert {row.size for row in reader.rows(select(originals.c.size))} == {len(RUN), len(data)}
        notes = reader.scalar(select(items.c.notes).where(items.c.path == "export.zip"))
    assert notes == ["member_lost"]


def test_what_ends_a_container_is_told_beside_it(sqlite_context: Context, scope: Scope, decoders: Decoders) -> None:
    inner = zipped({"bomb": bytes(30_000_000)})
    found = take_in(sqlite_context, scope, decoders, {"export.zip": zipped({"run.fit": RUN, "a.zip": inner})})
    assert found["export.zip/run.fit"]["status"] == "imported"
    assert codes(found["export.zip/…"]) == ["expands_too_much"]


def test_it_is_committed_in_portions(
    sqlite_context: Context, scope: Scope, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No transaction writes more rows than a portion, whether members fail or are known already."""
    monkeypatch.setattr(work_stream, "MOST_LISTED", 1000)
    take_in(sqlite_context, scope, decoders, {"run.fit": RUN})
    portions: list[int] = []

    def count(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith("INSERT INTO items") and many:
            portions.append(len(parameters))

    event.listen(sqlite_context.database.writing, "before_cursor_execute", count)
    known = zipped([(f"{number}.fit", RUN) for number in range(300)])
    take_in(sqlite_context, scope, decoders, {"a.zip": encrypted(300, b"no recording"), "b.zip": known})
    assert sum(portions) >= 600 and max(portions) <= COMMIT_EVERY


def test_a_full_disk_is_no_damage(
    sqlite_context: Context, scope: Scope, decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has no room to be unpacked waits until there is some."""

    def full(_size: int) -> BinaryIO:
        return Path("/dev/full").open("r+b", 0)

    inner = zipped({"run.fit": RUN + bytes(os.urandom(9_000_000))}, zipfile.ZIP_STORED)
    place = sqlite_context.settings.data_dir / "export.zip"
    place.write_bytes(zipped({"a.zip": inner}, zipfile.ZIP_STORED))
    batch = open_with_paths(sqlite_context, scope, "cli", [("export.zip", place)])
    with monkeypatch.context() as patched:
        patched.setattr("homestretch.archive.members.tempfile.SpooledTemporaryFile", full)
        with pytest.raises(DiskNearlyFull):
            ingest(sqlite_context, scope.athlete_id, decoders)
    ingest(sqlite_context, scope.athlete_id, decoders)
    with sqlite_context.database.read() as reader:
        assert reader.scalar(select(imports.c.state).where(imports.c.id == batch)) == "done"
        assert not reader.scalar(select(func.count()).where(items.c.status == "failed"))


DIES = """
import os, signal, sys
from pathlib import Path
from homestretch.archive.members import Member
from homestretch.flow.imports import work_stream
from homestretch.flow.imports.ingest import ingest
from tests.conftest import make_context
from tests.inline import Inline

real = work_stream.members
def dies(*given):
    for member in real(*given):
        if member.path.endswith("deadly.fit"):
            os.kill(os.getpid(), signal.SIGKILL)
        yield member
work_stream.members = dies
context = make_context(Path(sys.argv[1]), sys.argv[2])
ingest(context, int(sys.argv[3]), Inline(context.archive), wait_s=5)
"""


def test_what_ended_the_process_twice_is_given_up(sqlite_context: Context, scope: Scope) -> None:
    """A container that takes the worker down, as one that eats all memory does: what is behind it comes in yet."""
    folder = sqlite_context.settings.data_dir
    files = {"export.zip": zipped({"run.fit": RUN, "deadly.fit": b"dead"}), "later.fit": encode(golden.run(60))}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    batch = open_with_paths(sqlite_context, scope, "cli", [(name, folder / name) for name in files])
    url = sqlite_context.database.writing.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", DIES, str(folder), url, str(scope.athlete_id)]
    ends = [subprocess.run(command, check=False).returncode for _ in range(3)]
    assert ends == [-signal.SIGKILL, -signal.SIGKILL, 0]
    with sqlite_context.database.read() as reader:
        found = {row.path: (row.status, row.notes) for row in reader.rows(select(items))}
        assert reader.scalar(select(imports.c.state).where(imports.c.id == batch)) == "done"
    assert found["export.zip/…"] == ("failed", ["ended_the_process"])
    assert found["export.zip/run.fit"][0] == found["later.fit"][0] == "imported"
    assert sqlite_context.archive.whole(hashlib.sha256(files["export.zip"]).hexdigest()), "it is kept for another time"


def test_a_process_that_ends_elsewhere_each_time_is_not_held_against_a_file(tmp_path: Path) -> None:
    """Who is killed at random moments goes on: no file is given up for that."""
    for kill in range(9):
        with in_hand(tmp_path, 1) as noted:
            steps = noted.each(5, iter("abcdefghijk"))
            list(itertools.islice(steps, kill))
            noted.begin(5, kill)  # and the process is no more
    with in_hand(tmp_path, 1) as noted:
        assert list(noted.each(5, iter("abc"))) == ["a", "b", "c"]


def test_an_error_is_no_death(tmp_path: Path) -> None:
    def fails() -> Iterator[Member]:
        yield Member("a", b"")
        raise OSError

    for _ in range(5):
        with in_hand(tmp_path, 1) as noted, pytest.raises(OSError):
            list(noted.each(5, fails()))
    for _ in range(2):
        with in_hand(tmp_path, 1) as noted:
            noted.begin(5, 0)
    with in_hand(tmp_path, 1) as noted, pytest.raises(EndedTheProcess):
        noted.begin(5, 0)


def test_an_import_has_so_many_files(context: Context, scope: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_FILES", 3)
    number = open_batch(context, scope, "upload")
    batches.declare(context, scope, number, [("a", 1), ("b", 1)])
    receive(context, scope, number, "c", 1, 0, b"c")
    with pytest.raises(TooManyFiles, match="at most 3 files"):
        receive(context, scope, number, "d", 1, 0, b"d")
    with pytest.raises(TooManyFiles):
        batches.declare(context, scope, number, [("e", 1)])
    receive(context, scope, number, "a", 1, 0, b"a")
    with context.database.read() as reader:
        assert {row.path for row in reader.rows(select(items.c.path))} == {"a", "b", "c"}
    place = context.settings.data_dir / "file"
    place.write_bytes(b"")
    with pytest.raises(TooManyFiles):
        open_with_paths(context, scope, "cli", [(str(number), place) for number in range(4)])
    with context.database.read() as reader:
        assert reader.scalar(select(func.count()).select_from(imports)) == 1
