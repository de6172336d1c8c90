"""The sync log in sentences."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Row, select

from homestretch.model.documents.sync_log import LogActivity, LogLine, SyncLog
from homestretch.model.notices.words import filled, notice_sentence
from homestretch.store.database import Reader
from homestretch.store.queries import connections as stored
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import arrivals
from homestretch.store.tables.ops import runs, sync_lines

#: The last lines of a run are written just after its end.
AFTER_MS = 1000
LEVELS = ("info", "warning", "error")
#: What each code says; `{…}` are the line's details.
SENTENCES = {
    "signed_in": "Signed in as {label}.",
    "listed": "Found {count} activities, {new} new.",
    "came": "Fetched {file}.",
    "imported": "Imported {file}",
    "nothing_there": "{name} has no file or track at the source.",
    "changed_there": "{before} was renamed to {name} at the source.",
    "changed": "{name} was changed at the source.",
    "deleted_there": "{name} was deleted at the source. It stays here.",
    "not_allowed": "{text}",
    "failed": "{kind} of {key} failed: {text}",
    "backed_off": "{text}",
    "sign_in_needed": "{text}",
    "done": "Done: {result}.",
    "changed_by_us": "Approved change applied: {field} of {activity}.",
}


def log(reader: Reader, scope: Scope, public_id: str, level: str | None, before: int | None, limit: int) -> SyncLog:
    """Return lines of a connection's log from a level up, the newest first, and where older ones begin."""
    row = stored.find(reader, scope, public_id)
    query = select(sync_lines).where(sync_lines.c.connection_id == row.id)
    if level is not None:
        query = query.where(sync_lines.c.level.in_(LEVELS[LEVELS.index(level) :]))
    if before is not None:
        query = query.where(sync_lines.c.id < before)
    rows = reader.rows(query.order_by(sync_lines.c.id.desc()).limit(limit + 1))
    came = _came(reader, scope, row.id, {str(one.details.get("key")) for one in rows})
    run_at = _runs(reader, row.id, rows)
    items = [
        _line(one, run_at(one.at_ms), *came.get(str(one.details.get("key")), (None, None))) for one in rows[:limit]
    ]
    return {"items": items, "next": items[-1]["id"] if len(rows) > limit else None}


def _said(code: str, details: Mapping[str, object]) -> str:
    """Return what a line says; one that is a notice too says the same as that."""
    return filled(SENTENCES[code], details) if code in SENTENCES else notice_sentence(code, details)


def _line(one: Row[Any], run: str | None, file: str | None, activity: LogActivity | None) -> LogLine:
    code, details = one.code, {**one.details, "file": file}
    if code == "came" and activity is not None:
        code = "imported"
    if code == "changed_there" and details.get("before") in (None, details.get("name")):
        code = "changed"
    return {
        "id": str(one.id),
        "at_ms": one.at_ms,
        "level": one.level,
        "code": one.code,
        "quiet": _is_quiet(one),
        "run": run,
        "text": _said(code, details),
        "activity": activity,
    }


def _is_quiet(line: Row[Any]) -> bool:
    """Return whether a line says only that nothing was new."""
    if line.code == "listed":
        return not line.details.get("new")
    return line.code == "done" and not any(line.details.get(name) for name in ("fetched", "empty", "failed"))


def _came(
    reader: Reader, scope: Scope, connection_id: int, keys: Collection[str]
) -> dict[str, tuple[str, LogActivity | None]]:
    """Return the file that came last by each of a connection's keys, and the activity made from it, if any."""
    table = arrivals.c
    mine = (table.athlete_id == scope.athlete_id) & (table.connection_id == connection_id)
    files = select(table.provider_key, table.path, activities.c.public_id, activities.c.name).where(
        mine, table.provider_key.in_(keys), table.purged_ms.is_(None)
    )
    of = (recordings.c.digest == table.digest) & (recordings.c.athlete_id == table.athlete_id)
    here = (activities.c.id == recordings.c.activity_id) & activities.c.deleted.is_(False)
    query = files.select_from(arrivals).outerjoin(recordings, of).outerjoin(activities, here)
    rows = reader.rows(query.order_by(table.id, activities.c.start_ms.desc()))
    return {
        row.provider_key: (
            PurePosixPath(row.path).name,
            None if row.public_id is None else {"id": row.public_id, "name": row.name},
        )
        for row in rows
    }


def _runs(reader: Reader, connection_id: int, lines: Sequence[Row[Any]]) -> Callable[[int], str | None]:
    """Return a function from a time of these lines to the connection's run at that time, if any."""
    if not lines:
        return lambda _: None
    open_then = (runs.c.ended_ms.is_(None)) | (runs.c.ended_ms >= lines[-1].at_ms - AFTER_MS)
    mine = (runs.c.connection_id == connection_id) & runs.c.began_ms.is_not(None) & open_then
    found = reader.rows(select(runs.c.id, runs.c.began_ms, runs.c.ended_ms).where(mine).order_by(runs.c.began_ms))

    def run_at(at_ms: int) -> str | None:
        within = (r for r in found if r.began_ms <= at_ms and (r.ended_ms is None or at_ms <= r.ended_ms + AFTER_MS))
        last = max(within, key=lambda run: run.began_ms, default=None)
        return None if last is None else str(last.id)

    return run_at


def last_code(reader: Reader, scope: Scope, public_id: str) -> str | None:
    """Return the code of the error that a connection rests after, or None."""
    row = stored.find(reader, scope, public_id)
    rests = (sync_lines.c.connection_id == row.id) & (sync_lines.c.code == "backed_off")
    details = reader.scalar(select(sync_lines.c.details).where(rests).order_by(sync_lines.c.id.desc()).limit(1))
    found: str | None = details and details.get("code")
    return found
