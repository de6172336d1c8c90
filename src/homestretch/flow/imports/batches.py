"""Imports from the first byte: what was declared, chunks as they arrive, closing, undoing and doing again."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Row, func, insert, select, update

from homestretch.errors import BadRequest, Conflict, HomestretchError, NotFound
from homestretch.flow.derive.activities import forget, refresh_originals
from homestretch.flow.imports.ingest import close_finished
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.demos import must_be_no_demo
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals
from homestretch.store.tables.ops import batches, items

#: The states of an import that takes files or runs.
OPEN = ("receiving", "running")
CHUNK = 8 << 20
#: The origin of an import whose files are made here.
DEMO = "demo"
MOST_FILES = 500_000
WAIT_S = 10.0
#: After so long without data an import that was left open is closed.
SILENT_MS = 86_400_000


class TooManyFiles(HomestretchError):
    """An import can have at most {most} files. Close this one and start another for the rest."""

    status = 413


class WrongOffset(HomestretchError):
    """{received} bytes of {path} have arrived. Continue from there."""

    status = 409


def open_batch(context: Context, scope: Scope, origin: str) -> int:
    """Start an import that files will be sent to, and return its number. Raises Conflict: a demo's are its own."""
    scope.must("imports: write")
    with context.database.write() as session:
        if origin != DEMO:
            must_be_no_demo(session, scope.athlete_id)
        return session.add(insert(batches), _opening(context, scope, origin, "receiving"))


def open_with_paths(context: Context, scope: Scope, origin: str, paths: Iterable[tuple[str, Path]]) -> int:
    """Start an import of files of this machine (name, place) and return its number; they wait for it at once."""
    scope.must("imports: write")
    sized = [(clean_path(name), place.absolute(), place.stat().st_size) for name, place in paths]
    with context.database.write() as session:  # everything or nothing: an import without its files would never end
        must_be_no_demo(session, scope.athlete_id)
        batch_id = session.add(insert(batches), _opening(context, scope, origin, "running"))
        rows = [
            {
                "batch_id": batch_id,
                "path": name,
                "status": "waiting",
                "size": size,
                "received": size,
                "place": str(place),
                "notes": [],
            }
            for name, place, size in sized
        ]
        session.insert_new(items, rows)
        _must_not_be_too_many(session, batch_id)
        close_finished(session, {batch_id}, context.clock())
    return batch_id


def _opening(context: Context, scope: Scope, origin: str, state: str) -> dict[str, object]:
    now = context.clock()
    row = {"athlete_id": scope.athlete_id, "account_id": scope.account_id, "origin": origin, "state": state}
    return {**row, "created_ms": now, "started_ms": now}


def declare(context: Context, scope: Scope, batch_id: int, files: Sequence[tuple[str, int]]) -> None:
    """Write down files (path, bytes) that are going to be sent, so that it is known what has not arrived.

    Raises TooManyFiles.
    """
    scope.must("imports: write")
    context.must_have_room()
    rows = [
        {"batch_id": batch_id, "path": clean_path(path), "status": "expected", "size": size, "received": 0, "notes": []}
        for path, size in files
    ]
    with context.database.write() as session:
        _must_be_open(session, scope, batch_id)
        session.insert_new(items, rows)
        _must_not_be_too_many(session, batch_id)


def receive(context: Context, scope: Scope, batch_id: int, path: str, size: int, offset: int, chunk: bytes) -> int:
    """Take a chunk of a file and return how many of its bytes are here; the last one makes it wait for import.

    Raises WrongOffset when the chunk does not go on where the last one ended, and TooManyFiles.
    """
    scope.must("imports: write")
    if size < 0 or offset < 0 or offset + len(chunk) > size:
        raise BadRequest(reason="The chunk is outside the file.")
    context.must_have_room(len(chunk))
    path = clean_path(path)
    fresh = {"batch_id": batch_id, "path": path, "status": "expected", "size": size, "received": 0, "notes": []}
    mine = select(items).where(items.c.batch_id == batch_id, items.c.path == path)
    with context.database.write() as session:
        _must_be_open(session, scope, batch_id)
        item = session.row(mine)
        if item is None:
            session.insert_new(items, [fresh])
            _must_not_be_too_many(session, batch_id)
            item = session.row(mine)
    if item is None or item.status not in ("expected", "arriving"):
        return size
    place = context.settings.uploads_dir / str(batch_id) / f"{item.id}.part"
    held = place.stat().st_size if place.exists() else 0
    if offset != held or item.size != size:
        if item.size != size:
            raise Conflict(reason=f"{path} had {item.size} bytes when it was announced and has {size} now.")
        raise WrongOffset(received=held, path=path)
    _write(place, offset, chunk)
    received = held + len(chunk)
    done = received == size
    change = {"received": received, "status": "waiting" if done else "arriving", "place": str(place.absolute())}
    with context.database.write() as session:
        session.run(update(items).where(items.c.id == item.id).values(change))
    return received


def close(context: Context, scope: Scope, batch_id: int) -> None:
    """Close an import: nothing more will be sent, and what never came is listed as skipped."""
    scope.must("imports: write")
    with context.database.write() as session:
        _batch(session, scope, batch_id)
        _close(context, session, batch_id)


def finish(context: Context, batch_id: int) -> None:
    """Close an import for its opener: this machine has made all its files, or no more are sent."""
    with context.database.write() as session:
        _close(context, session, batch_id)


def silent(context: Context) -> list[int]:
    """Return the imports that wait to be closed, of which nothing was sent for a day: not a file, nor a part of one."""
    before = context.clock() - SILENT_MS
    query = select(batches.c.id).where(batches.c.state == "receiving", batches.c.created_ms < before)
    with context.database.read() as reader:
        found = [row.id for row in reader.rows(query)]
    return [batch_id for batch_id in found if _last_sent_ms(context, batch_id) < before]


def _last_sent_ms(context: Context, batch_id: int) -> float:
    """Return when the last part of a file was written; the folder's time covers those imported since."""
    folder = context.settings.uploads_dir / str(batch_id)
    there = [folder, *folder.glob("*.part")] if folder.exists() else []
    return max((path.stat().st_mtime * 1000 for path in there), default=0.0)


def _close(context: Context, session: Writer, batch_id: int) -> None:
    mine = (batches.c.id == batch_id) & batches.c.state.in_(OPEN)
    if session.run(update(batches).where(mine).values(state="running")):
        never = items.c.status.in_(("expected", "arriving")) & (items.c.batch_id == batch_id)
        session.run(update(items).where(never).values(status="skipped", notes=["not_sent"]))
        close_finished(session, {batch_id}, context.clock())


def undo(context: Context, scope: Scope, batch_id: int) -> None:
    """Undo an import: what came by no other import is no longer shown. The bytes stay in the archive."""
    _turn(context, scope, batch_id, undone_ms=context.clock())


def redo(context: Context, scope: Scope, batch_id: int) -> None:
    """Redo an undone import; the archive has its bytes."""
    _turn(context, scope, batch_id, undone_ms=None)


def _turn(context: Context, scope: Scope, batch_id: int, *, undone_ms: int | None) -> None:
    scope.must("imports: write")
    with lease(context, f"derive:{scope.athlete_id}", wait_s=WAIT_S), context.database.write() as session:
        found = _batch(session, scope, batch_id)
        if (found.state == "undone") is (undone_ms is not None):
            raise Conflict(reason="This import is already undone." if undone_ms else "This import is not undone.")
        if found.state in OPEN:
            never = items.c.status.in_(("expected", "arriving", "waiting")) & (items.c.batch_id == batch_id)
            session.run(update(items).where(never).values(status="skipped", notes=["undone"]))
        state = "undone" if undone_ms else "done"
        ended = found.finished_ms or context.clock()
        session.run(update(batches).where(batches.c.id == batch_id).values(state=state, finished_ms=ended))
        session.run(update(arrivals).where(arrivals.c.batch_id == batch_id).values(undone_ms=undone_ms))
        if undone_ms:
            forget(session, scope.athlete_id, _only_of(session, scope, batch_id))
        came = session.rows(select(arrivals.c.digest).where(arrivals.c.batch_id == batch_id))
        refresh_originals(session, scope.athlete_id, sorted({row.digest for row in came}))  # of other ways too


def _only_of(session: Reader, scope: Scope, batch_id: int) -> list[str]:
    """Return the originals of the import that came to the athlete in no other way."""
    mine = (arrivals.c.athlete_id == scope.athlete_id) & in_force()
    others = select(arrivals.c.digest).where(mine)
    query = select(arrivals.c.digest).where(arrivals.c.batch_id == batch_id, arrivals.c.digest.not_in(others))
    return [row.digest for row in session.rows(query.distinct())]


def clean_path(path: str) -> str:
    """Return the label of a file as it is shown: no leading slash, no `..`, no control characters."""
    parts = [p for p in path.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    name = "".join(c if c.isprintable() else "�" for c in "/".join(parts))[:1000]
    if not name:
        raise BadRequest(reason="A file needs a name.")
    return name


def _write(place: Path, offset: int, chunk: bytes) -> None:
    """Put the chunk where it belongs: a client that sends it twice at once does no harm."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        written = 0
        while written < len(chunk):
            written += os.pwrite(descriptor, chunk[written:], offset + written)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _batch(reader: Reader, scope: Scope, batch_id: int) -> Row[tuple[object, ...]]:
    row = reader.row(select(batches).where(batches.c.id == batch_id, batches.c.athlete_id == scope.athlete_id))
    if row is None:
        raise NotFound(what="import", id=batch_id)
    return row


def _must_be_open(reader: Reader, scope: Scope, batch_id: int) -> None:
    if _batch(reader, scope, batch_id).state not in OPEN:
        raise Conflict(reason="This import is finished. Start a new one.")


def _must_not_be_too_many(reader: Reader, batch_id: int) -> None:
    if reader.scalar(select(func.count()).where(items.c.batch_id == batch_id)) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
