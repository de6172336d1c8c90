"""The sync log in sentences, and the athlete's notifications."""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Row, func, select

from homestretch.model.documents.sync_log import LogActivity, LogLine, Notice, Notices, SyncLog
from homestretch.sources.registry import sources
from homestretch.store.database import Reader
from homestretch.store.queries import connections as stored
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import arrivals, connections
from homestretch.store.tables.ops import notifications, runs, sync_lines

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
    "first_done": "{label}: {name} is up to date: {result}.",
    "paused_until": "{label}: {text}",
    "changed_by_us": "Approved change applied: {field} of {activity}.",
    "service_due": "{component} of {gear} is due for service.",
    "backup_failed": "The last backup failed. Settings › Backups says why.",
    "drill_failed": "The last test of restoring a backup failed. Settings › Backups says why.",
    "sink_stopped": "Nothing is sent to {name} any more: {text}",
    "change_failed": "Change not applied: {field} of {activity}. {text}",
}


def sentence(code: str, details: Mapping[str, Any]) -> str:
    """Return what a line says; a fact that is not known is called so."""
    said = SENTENCES.get(code, code).format_map(_Known({k: v for k, v in details.items() if v is not None}))
    return said.replace("an activity", "An activity", 1) if said.startswith("an activity") else said


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        if key == "result":
            return _result(self)
        if key in ("name", "file"):
            return str(self.get("name") or self.get("file") or "an activity")
        return "an activity" if key in ("before", "activity") else "?"


def _result(counts: Mapping[str, int]) -> str:
    """Return what a run came to, of what there was any of."""
    requests = counts.get("requests", 0)
    parts = [
        f"{counts[name]} {word}"
        for name, word in (("fetched", "fetched"), ("empty", "without data"), ("failed", "failed"))
        if counts.get(name)
    ]
    asked = f", with {requests} request{'s' if requests > 1 else ''}" if requests else ""
    return (", ".join(parts) or "nothing new") + asked


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
        "text": sentence(code, details),
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


def notice_list(reader: Reader, scope: Scope) -> Notices:
    """Return the athlete's notices, the newest first, and how many were not seen yet; none for who may only look."""
    if not scope.may("notifications: edit"):
        return {"items": [], "unseen": 0}
    query = (
        select(notifications, connections.c.public_id)
        .outerjoin(connections, connections.c.id == notifications.c.connection_id)
        .where(notifications.c.athlete_id == scope.athlete_id)
        .order_by(notifications.c.id.desc())
        .limit(200)
    )
    return {"items": [_notice(row) for row in reader.rows(query)], "unseen": unseen(reader, scope)}


def _notice(row: Row[Any]) -> Notice:
    source = sources().get(row.details.get("source", ""))
    details = {**row.details, "name": source.name if source else "the source"}
    return {
        "id": str(row.id),
        "at_ms": row.at_ms,
        "code": row.code,
        "text": sentence(row.code, details),
        "seen": row.seen_ms is not None,
        "connection": row.public_id,
    }


def unseen(reader: Reader, scope: Scope) -> int:
    """Return how many notices were not seen yet."""
    if not scope.may("notifications: edit"):
        return 0
    mine = (notifications.c.athlete_id == scope.athlete_id) & notifications.c.seen_ms.is_(None)
    return int(reader.scalar(select(func.count()).select_from(notifications).where(mine)) or 0)


def last_code(reader: Reader, scope: Scope, public_id: str) -> str | None:
    """Return the code of the error that a connection rests after, or None."""
    row = stored.find(reader, scope, public_id)
    rests = (sync_lines.c.connection_id == row.id) & (sync_lines.c.code == "backed_off")
    details = reader.scalar(select(sync_lines.c.details).where(rests).order_by(sync_lines.c.id.desc()).limit(1))
    found: str | None = details and details.get("code")
    return found
