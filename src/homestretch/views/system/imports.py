"""Imports: the open ones, and the outcome of each file."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, func, select

from homestretch.errors import NotFound
from homestretch.model.documents.collections import Page
from homestretch.model.documents.imports import Batch, Item, ItemCounts, Reported
from homestretch.model.moment import iso
from homestretch.model.notes import noted
from homestretch.store.database import Reader
from homestretch.store.queries.day_reports import days_of_import
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.ops import batches, items
from homestretch.views.activities.rows_without_file import rows_without_file
from homestretch.views.kit.paging import decode_cursor, page

FINISHED = ("imported", "duplicate", "skipped", "failed")


def batch(reader: Reader, scope: Scope, batch_id: int, now: int) -> Batch:
    """Return one import with its counts, rate and time to go. Raises NotFound."""
    row = reader.row(select(batches).where(batches.c.id == batch_id, batches.c.athlete_id == scope.athlete_id))
    if row is None:
        raise NotFound(what="import", id=batch_id)
    return _batch(reader, row, now)


def batch_list(reader: Reader, scope: Scope, now: int, limit: int, cursor: str | None) -> Page[Batch]:
    """Return a page of imports, the newest first."""
    mine = batches.c.athlete_id == scope.athlete_id
    query = select(batches).where(mine).order_by(batches.c.id.desc()).limit(limit + 1)
    if cursor is not None:
        query = query.where(batches.c.id < decode_cursor(cursor, int)[0])
    rows = reader.rows(query)
    total = reader.scalar(select(func.count()).select_from(batches).where(mine))
    position = [rows[limit - 1].id] if len(rows) > limit else None
    return page([_batch(reader, row, now) for row in rows], limit, total, position)


def newest_batch(reader: Reader, scope: Scope) -> int:
    """Return the number of the athlete's newest import, or 0."""
    return reader.scalar(select(func.max(batches.c.id)).where(batches.c.athlete_id == scope.athlete_id)) or 0


def active_batches(reader: Reader, scope: Scope, now: int, known: list[str], after: int) -> list[Batch]:
    """Return the open imports, and those whose end may not have been seen: `known` ones, and all `after` one."""
    mine = batches.c.athlete_id == scope.athlete_id
    unseen = batches.c.id.in_([int(number) for number in known]) | (batches.c.id > after)
    wanted = batches.c.state.in_(("receiving", "running")) | unseen
    rows = reader.rows(select(batches).where(mine, wanted).order_by(batches.c.id.desc()).limit(10))
    return [_batch(reader, row, now) for row in rows]


def item_list(
    reader: Reader, scope: Scope, batch_id: int, status: str | None, *, limit: int, cursor: str | None
) -> Page[Item]:
    """Return a page of an import's files, with the activities that each belongs to."""
    if reader.scalar(select(batches.c.athlete_id).where(batches.c.id == batch_id)) != scope.athlete_id:
        raise NotFound(what="import", id=batch_id)
    wanted = [items.c.batch_id == batch_id]
    if status:
        wanted.append(items.c.status == status)
    query = select(items).where(*wanted).order_by(items.c.id).limit(limit + 1)
    if cursor is not None:
        query = query.where(items.c.id > decode_cursor(cursor, int)[0])
    rows = reader.rows(query)
    total = reader.scalar(select(func.count()).select_from(items).where(*wanted))
    digests = [row.digest for row in rows if row.digest]
    found, alone = activities_of(reader, scope, digests), rows_without_file(reader, scope, digests)
    position = [rows[limit - 1].id] if len(rows) > limit else None
    shown = [_item(row, found.get(row.digest, []), len(alone.get(row.digest, ()))) for row in rows]
    return page(shown, limit, total, position)


def all_items(reader: Reader, scope: Scope, batch_id: int) -> list[Reported]:
    """Return every file of an import but the containers, for its report."""
    found: list[Reported] = []
    cursor: str | None = None
    while True:
        portion = item_list(reader, scope, batch_id, None, limit=500, cursor=cursor)
        found += [_reported(item) for item in portion["items"] if item["status"] != "container"]
        cursor = portion["next"]
        if cursor is None:
            return found


def _reported(item: Item) -> Reported:
    return {
        "path": item["path"],
        "status": item["status"],
        "activities": item["activities"],
        "notes": item["notes"],
    }


def activities_of(reader: Reader, scope: Scope, digests: list[str]) -> dict[str, list[str]]:
    """Return the public ids of the activities that each original belongs to."""
    query = (
        select(recordings.c.digest, activities.c.public_id)
        .join(activities, activities.c.id == recordings.c.activity_id)
        .where(recordings.c.athlete_id == scope.athlete_id, recordings.c.digest.in_(digests))
        .order_by(recordings.c.start_ms)
    )
    found: dict[str, list[str]] = {}
    for row in reader.rows(query):
        found.setdefault(row.digest, []).append(row.public_id)
    return found


def _item(row: Row[Any], found: list[str], alone: int) -> Item:
    """Return a file of an import; of a list `alone` activities have no file that says more."""
    notes = [*row.notes, *([f"files_missing:{alone}"] if alone else [])]
    return {
        "path": row.path,
        "status": row.status,
        "size": row.size,
        "received": row.received,
        "activities": list(dict.fromkeys(found)),
        "notes": noted(notes),
    }


def _batch(reader: Reader, row: Row[Any], now: int) -> Batch:
    by_status = select(
        items.c.status,
        func.count().label("files"),
        func.sum(items.c.size).label("size"),
        func.sum(items.c.received).label("received"),
    )
    among = (items.c.batch_id == row.id) & (items.c.status != "container")
    found = reader.rows(by_status.where(among).group_by(items.c.status))
    files = {row.status: int(row.files) for row in found}
    made = _made(reader, row.id)
    finished = sum(files.get(status, 0) for status in FINISHED)
    left = sum(files.values()) - finished
    elapsed_s = ((row.finished_ms or now) - (row.started_ms or row.created_ms)) / 1000
    rate = finished / elapsed_s if finished and elapsed_s > 0 else None
    return {
        "id": str(row.id),
        "origin": row.origin,
        "state": row.state,
        "created_at": iso(row.created_ms),
        "finished_at": iso(row.finished_ms),
        "counts": _counts(files),
        "files": sum(files.values()),
        "bytes": sum(int(row.size) for row in found),
        "bytes_received": sum(int(row.received) for row in found),
        "recordings": made.recordings,
        "activities": made.activities,
        "merged": made.merged,
        "days": days_of_import(reader, row.id),
        "rate_per_s": None if rate is None else round(rate, 2),
        "eta_s": None if rate is None or row.state == "done" or not left else round(left / rate, 1),
        "note": row.note,
    }


def _counts(files: Mapping[str, int]) -> ItemCounts:
    return {
        "expected": files.get("expected", 0),
        "arriving": files.get("arriving", 0),
        "waiting": files.get("waiting", 0),
        "imported": files.get("imported", 0),
        "duplicate": files.get("duplicate", 0),
        "skipped": files.get("skipped", 0),
        "failed": files.get("failed", 0),
    }


def _made(reader: Reader, batch_id: int) -> Row[Any]:
    """Return how many recordings an import's files hold, in how many activities they are, as lists show them.

    `merged` are those that are in an activity with another one of them.
    """
    workout = func.coalesce(activities.c.parent_id, activities.c.id)
    query = (
        select(
            func.count(recordings.c.id.distinct()).label("recordings"),
            func.count(workout.distinct()).label("activities"),
            (func.count(recordings.c.id.distinct()) - func.count(recordings.c.activity_id.distinct())).label("merged"),
        )
        .join(items, items.c.digest == recordings.c.digest)
        .join(batches, (batches.c.id == items.c.batch_id) & (batches.c.athlete_id == recordings.c.athlete_id))
        .join(activities, activities.c.id == recordings.c.activity_id, isouter=True)
        .where(items.c.batch_id == batch_id)
    )
    (row,) = reader.rows(query)
    return row
