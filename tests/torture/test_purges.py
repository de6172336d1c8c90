"""Kills a process at random moments of a purge: nothing is lost that stays, and in the end all is gone that goes.

The short form runs in every test run; `make torture` runs the long one.
"""

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select

from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_all, derive_pending
from homestretch.flow.maintenance.second_store import rebuilt_beside
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync.purge import purges_due
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals, payloads
from homestretch.store.tables.ops import remote_items
from homestretch.views.system.consistency import dead_addresses, differences
from tests.formats import golden
from tests.sources.watched import Watched
from tests.taking import listed, take_in
from tests.waiting import wait_until

FULL = os.environ.get("HOMESTRETCH_TORTURE") == "full"
FILES, KILLS, OTHERS = (400, 40, 40) if FULL else (40, 3, 4)
SEED = int(os.environ.get("HOMESTRETCH_TORTURE_SEED", "7"))
#: A kill comes so many seconds at most after the purge has come so far: in whatever it does then.
LATEST_S = 0.03

pytestmark = pytest.mark.torture

PURGE = """
import sys
from pathlib import Path
from homestretch.flow.sync import connections, purge
from homestretch.store.scope import Scope
from tests.conftest import make_context
purge.PORTION = 1
context = make_context(Path(sys.argv[1]), sys.argv[2])
due = purge.purges_due(context)
print("goes", flush=True)
if not due:
    connections.disconnect(context, Scope(1), sys.argv[3], purge=True)
for athlete, connection in due:
    purge.purge_connection(context, athlete, connection)
"""


def run(file: int) -> bytes:
    return encode(golden.run(5, golden.START_MS + file * 3_600_000))


@pytest.fixture
def watched(context: Context, scope: Scope, decoders: Decoders, tmp_path: Path) -> Watched:
    """A connection that brought many files, of which some were imported by hand too."""
    home = tmp_path / "home"
    home.mkdir()
    for file in range(FILES):
        (home / f"{file}.fit").write_bytes(run(file))
        os.utime(home / f"{file}.fit", (1e9 + file, 1e9 + file))
    take_in(context, scope, decoders, {f"{file}.fit": run(file) for file in range(OTHERS)})
    made = Watched.to(context, scope, "folder", str(home))
    made.run()
    derive_all(made.context, decoders)
    assert len(listed(context, scope)) == FILES
    return made


def purging(watched: Watched) -> "subprocess.Popen[str]":
    """Start a process that purges, or goes on with a purge, and return it once it does."""
    database = watched.context.database
    url = database.writing.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", PURGE, str(watched.context.settings.data_dir), url, watched.id]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "goes\n"
    return process


def kept(context: Context) -> set[str]:
    """Return what has arrived and stays; all of it is in the archive at any time."""
    with context.database.read() as reader:
        rows = reader.rows(select(arrivals.c.digest).where(arrivals.c.purged_ms.is_(None)))
    found = {row.digest for row in rows}
    assert all(context.archive.whole(digest) for digest in found)
    return found


def count(context: Context, table: Table) -> int:
    with context.database.read() as reader:
        return int(reader.scalar(select(func.count()).select_from(table)))


def reached(context: Context, left: int) -> None:
    """Wait until no more than so many originals are left."""
    wait_until(lambda: len(list(context.archive.digests())) <= left)


def test_killing_a_purge(watched: Watched, scope: Scope, decoders: Decoders) -> None:
    context, chance = watched.context, random.Random(SEED)
    left = [len(kept(context))]
    for number in range(KILLS):
        process = purging(watched)
        reached(context, FILES - number * (FILES - OTHERS) // (KILLS + 1))
        threading.Event().wait(chance.uniform(0.0, LATEST_S))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        left.append(len(kept(context)))
    assert left == sorted(left, reverse=True) and OTHERS < left[-1] < FILES, f"none, or all, was cut short: {left}"
    last = purging(watched)
    last.communicate(timeout=120)
    assert last.returncode == 0
    assert purges_due(context) == [] and len(kept(context)) == len(list(context.archive.digests())) == OTHERS
    for table in (remote_items, payloads):
        assert count(context, table) == 0
    derive_pending(context, scope.athlete_id, decoders)
    assert len(listed(context, scope)) == OTHERS
    with (
        rebuilt_beside(context, decoders) as second,
        context.database.read() as there,
        second.database.read() as rebuilt,
    ):
        assert differences(there, rebuilt) == [] and dead_addresses(there) == []
    again = Watched.to(context, scope, "folder", str(context.settings.data_dir.parent / "home"))
    again.run()
    derive_all(context, decoders)
    assert again.id == watched.id and len(listed(context, scope)) == FILES
