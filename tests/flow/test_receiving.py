"""An import that is still being sent stays open until it is closed, however quickly its files are taken in."""

import os
import threading
from dataclasses import replace

import pytest
from sqlalchemy import select

from homestretch.app import all_jobs
from homestretch.errors import Conflict
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.imports.batches import SILENT_MS, close, finish, open_batch, receive, undo
from homestretch.flow.imports.ingest import ingest, waiting_athletes
from homestretch.flow.runtime.context import World
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import batches, items
from tests.formats import golden
from tests.taking import listed

FILES = 24


def state(world: World, batch: int) -> str:
    with world.database.read() as reader:
        return str(reader.scalar(select(batches.c.state).where(batches.c.id == batch)))


def send(world: World, scope: Scope, batch: int, number: int) -> None:
    data = encode(golden.run(5, golden.START_MS + number * 3_600_000))
    assert receive(world, scope, batch, f"{number}.fit", len(data), 0, data) == len(data)


def test_files_are_sent_one_by_one_while_a_worker_takes_them_in(world: World, scope: Scope, decoders: Decoders) -> None:
    """Found in an attack: of 120 files sent in a plain loop 61 were refused, as the import had closed itself."""
    batch = open_batch(world, scope, "upload")
    sent = threading.Event()

    def work() -> None:
        while not sent.is_set() or waiting_athletes(world):
            for athlete in waiting_athletes(world):
                ingest(world, athlete, decoders)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(FILES):
            send(world, scope, batch, number)
    finally:
        sent.set()
        worker.join()
    assert state(world, batch) == "receiving" and len(listed(world, scope)) == FILES
    close(world, scope, batch)
    assert state(world, batch) == "done"
    with pytest.raises(Conflict, match="finished"):
        send(world, scope, batch, FILES)


def test_what_waits_when_it_is_closed_is_taken_in_yet(sqlite_world: World, scope: Scope, decoders: Decoders) -> None:
    batch = open_batch(sqlite_world, scope, "upload")
    send(sqlite_world, scope, batch, 0)
    close(sqlite_world, scope, batch)
    assert state(sqlite_world, batch) == "running"
    close(sqlite_world, scope, batch)
    ingest(sqlite_world, scope.athlete_id, decoders)
    assert state(sqlite_world, batch) == "done"


def test_what_nobody_closes_is_closed_after_a_silent_day(world: World, scope: Scope, decoders: Decoders) -> None:
    """A day without a byte: who sends a file for days, or one after the other, is not cut off."""
    job = all_jobs()["close"]
    empty, batch = open_batch(world, scope, "upload"), open_batch(world, scope, "upload")
    receive(world, scope, batch, "half.fit", 10, 0, b"half")
    send(world, scope, batch, 0)
    ingest(world, scope.athlete_id, decoders)
    assert list(job.due(world)) == []
    later = replace(world, clock=lambda: world.clock() + SILENT_MS + 60_000)
    folder = world.settings.uploads_dir / str(batch)
    coming = later.clock() / 1000 - 60
    for path in (folder, *folder.iterdir()):
        os.utime(path, (coming, coming))
        assert list(job.due(later)) == [{"batch": empty}]
        os.utime(path, (1e9, 1e9))
    for arguments in job.due(later):
        job.run(later, arguments)
    assert [state(world, one) for one in (empty, batch)] == ["done", "done"] and list(job.due(later)) == []
    with world.database.read() as reader:
        found = {row.path: (row.status, row.notes) for row in reader.rows(select(items))}
    assert found["half.fit"] == ("skipped", ["not_sent"]) and found["0.fit"][0] == "imported"


def test_what_was_undone_meanwhile_is_not_closed(sqlite_world: World, scope: Scope) -> None:
    batch = open_batch(sqlite_world, scope, "upload")
    undo(sqlite_world, scope, batch)
    finish(sqlite_world, batch)
    close(sqlite_world, scope, batch)
    assert state(sqlite_world, batch) == "undone"
