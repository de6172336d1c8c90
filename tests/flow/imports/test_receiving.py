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
from homestretch.flow.runtime.context import Context
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import batches, items
from tests.formats import golden
from tests.taking import listed

FILES = 24


def state(context: Context, batch: int) -> str:
    with context.database.read() as reader:
        return str(reader.scalar(select(batches.c.state).where(batches.c.id == batch)))


def send(context: Context, scope: Scope, batch: int, number: int) -> None:
    data = encode(golden.run(5, golden.START_MS + number * 3_600_000))
    assert receive(context, scope, batch, f"{number}.fit", len(data), 0, data) == len(data)


def test_files_are_sent_one_by_one_while_a_worker_takes_them_in(
    context: Context, scope: Scope, decoders: Decoders
) -> None:
    """Found in an attack: of 120 files sent in a plain loop 61 were refused, as the import had closed itself."""
    batch = open_batch(context, scope, "upload")
    sent = threading.Event()

    def work() -> None:
        while not sent.is_set() or waiting_athletes(context):
            for athlete in waiting_athletes(context):
                ingest(context, athlete, decoders)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for number in range(FILES):
            send(context, scope, batch, number)
    finally:
        sent.set()
        worker.join()
    assert state(context, batch) == "receiving" and len(listed(context, scope)) == FILES
    close(context, scope, batch)
    assert state(context, batch) == "done"
    with pytest.raises(Conflict, match="finished"):
        send(context, scope, batch, FILES)


def test_what_waits_when_it_is_closed_is_taken_in_yet(
    sqlite_context: Context, scope: Scope, decoders: Decoders
) -> None:
    batch = open_batch(sqlite_context, scope, "upload")
    send(sqlite_context, scope, batch, 0)
    close(sqlite_context, scope, batch)
    assert state(sqlite_context, batch) == "running"
    close(sqlite_context, scope, batch)
    ingest(sqlite_context, scope.athlete_id, decoders)
    assert state(sqlite_context, batch) == "done"


def test_what_nobody_closes_is_closed_after_a_silent_day(context: Context, scope: Scope, decoders: Decoders) -> None:
    """A day without a byte: who sends a file for days, or one after the other, is not cut off."""
    job = all_jobs()["close"]
    empty, batch = open_batch(context, scope, "upload"), open_batch(context, scope, "upload")
    receive(context, scope, batch, "half.fit", 10, 0, b"half")
    send(context, scope, batch, 0)
    ingest(context, scope.athlete_id, decoders)
    assert list(job.due(context)) == []
    later = replace(context, clock=lambda: context.clock() + SILENT_MS + 60_000)
    folder = context.settings.uploads_dir / str(batch)
    coming = later.clock() / 1000 - 60
    for path in (folder, *folder.iterdir()):
        os.utime(path, (coming, coming))
        assert list(job.due(later)) == [{"batch": empty}]
        os.utime(path, (1e9, 1e9))
    for arguments in job.due(later):
        job.run(later, arguments)
    assert [state(context, one) for one in (empty, batch)] == ["done", "done"] and list(job.due(later)) == []
    with context.database.read() as reader:
        found = {row.path: (row.status, row.notes) for row in reader.rows(select(items))}
    assert found["half.fit"] == ("skipped", ["not_sent"]) and found["0.fit"][0] == "imported"


def test_what_was_undone_meanwhile_is_not_closed(sqlite_context: Context, scope: Scope) -> None:
    batch = open_batch(sqlite_context, scope, "upload")
    undo(sqlite_context, scope, batch)
    finish(sqlite_context, batch)
    close(sqlite_context, scope, batch)
    assert state(sqlite_context, batch) == "undone"
