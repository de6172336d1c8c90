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
from homestretch.flow.derive.derive_pending import catch_up, derive_all
from homestretch.flow.maintenance.second_store import rebuilt_beside
from homestretch.flow.runtime.context import World
from homestretch.flow.sync.purge import purges_due
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals, payloads
from homestretch.store.tables.ops import entries
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
from tests.conftest import make_world
purge.PORTION = 1
world = make_world(Path(sys.argv[1]), sys.argv[2])
due = purge.purges_due(world)
print("goes", flush=True)
if not due:
    connections.disconnect(world, Scope(1), sys.argv[3], purge=True)
for athlete, connection in due:
    purge.purge_connection(world, athlete, connection)
"""


def run(file: int) -> bytes:
    return encode(golden.run(5, golden.START_MS + file * 3_600_000))


@pytest.fixture
def watched(world: World, scope: Scope, decoders: Decoders, tmp_path: Path) -> Watched:
    """A connection that brought many files, of which some were imported by hand too."""
    home = tmp_path / "home"
    home.mkdir()
    for file in range(FILES):
        (home / f"{file}.fit").write_bytes(run(file))
        os.utime(home / f"{file}.fit", (1e9 + file, 1e9 + file))
    take_in(world, scope, decoders, {f"{file}.fit": run(file) for file in range(OTHERS)})
    made = Watched.to(world, scope, "folder", str(home))
    made.run()
    derive_all(made.world, decoders)
    assert len(listed(world, scope)) == FILES
    return made


def purging(watched: Watched) -> "subprocess.Popen[str]":
    """Start a process that purges, or goes on with a purge, and return it once it does."""
    database = watched.world.database
    url = database.writing.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", PURGE, str(watched.world.settings.data_dir), url, watched.id]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "goes\n"
    return process


def kept(world: World) -> set[str]:
    """Return what has arrived and stays; all of it is in the archive at any time."""
    with world.database.read() as reader:
        rows = reader.rows(select(arrivals.c.digest).where(arrivals.c.purged_ms.is_(None)))
    found = {row.digest for row in rows}
    assert all(world.archive.whole(digest) for digest in found)
    return found


def count(world: World, table: Table) -> int:
    with world.database.read() as reader:
        return int(reader.scalar(select(func.count()).select_from(table)))


def reached(world: World, left: int) -> None:
    """Wait until no more than so many originals are left."""
    wait_until(lambda: len(list(world.archive.digests())) <= left)


def test_killing_a_purge(watched: Watched, scope: Scope, decoders: Decoders) -> None:
    world, chance = watched.world, random.Random(SEED)
    left = [len(kept(world))]
    for number in range(KILLS):
        process = purging(watched)
        reached(world, FILES - number * (FILES - OTHERS) // (KILLS + 1))
        threading.Event().wait(chance.uniform(0.0, LATEST_S))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        left.append(len(kept(world)))
    assert left == sorted(left, reverse=True) and OTHERS < left[-1] < FILES, f"none, or all, was cut short: {left}"
    last = purging(watched)
    last.communicate(timeout=120)
    assert last.returncode == 0
    assert purges_due(world) == [] and len(kept(world)) == len(list(world.archive.digests())) == OTHERS
    for table in (entries, payloads):
        assert count(world, table) == 0
    catch_up(world, scope.athlete_id, decoders)
    assert len(listed(world, scope)) == OTHERS
    with rebuilt_beside(world, decoders) as second, world.database.read() as there, second.database.read() as rebuilt:
        assert differences(there, rebuilt) == [] and dead_addresses(there) == []
    again = Watched.to(world, scope, "folder", str(world.settings.data_dir.parent / "home"))
    again.run()
    derive_all(world, decoders)
    assert again.id == watched.id and len(listed(world, scope)) == FILES
