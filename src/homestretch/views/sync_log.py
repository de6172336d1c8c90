"""What syncs did and met, in sentences, and what the athlete is told of without having looked."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from homestretch.sources import sources
from homestretch.store import connections as stored
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import connections
from homestretch.store.tables.ops import notices, sync_lines

LEVELS = ("info", "warning", "error")
#: What each code says; `{…}` are the line's facts.
SENTENCES = {
    "signed_in": "Signed in as {label}.",
    "listed": "Listed {count} activities, {new} of them new.",
    "came": "{name} came as {form}.",
    "nothing_there": "{name} has no file and no points there.",
    "changed_there": "{before} was changed there; it is {name} now.",
    "deleted_there": "{name} was deleted there; it stays here.",
    "failed": "{kind} of {key} failed: {text}",
    "resting": "{text}",
    "sign_in_needed": "{text}",
    "done": "Done: {fetched} fetched, {empty} empty, {failed} failed, in {requests} requests.",
    "first_done": "{label}: everything that {name} has is here: {fetched} fetched in {requests} requests.",
    "paused_until": "{label}: {text}",
    "changed_by_us": "Changed there, as you approved: {field} of {activity}.",
    "service_due": "{component} of {gear} is due for service.",
    "change_failed": "The {field} of {activity} was not changed there: {text}",
}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """Return what a line says; a fact that is not known is called so."""
    return SENTENCES.get(code, code).format_map(_Known({k: v for k, v in facts.items() if v is not None}))


class _Known(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "an activity" if key in ("name", "before", "activity") else "?"


def log(
    reader: Reader, scope: Scope, public_id: str, level: str | None, before: int | None, limit: int
) -> dict[str, Any]:
    """Return lines of a connection's log from a level up, the newest first, and where older ones begin."""
    row = stored.find(reader, scope, public_id)
    query = select(sync_lines).where(sync_lines.c.connection_id == row.id)
    if level is not None:
        query = query.where(sync_lines.c.level.in_(LEVELS[LEVELS.index(level) :]))
    if before is not None:
        query = query.where(sync_lines.c.id < before)
    rows = reader.rows(query.order_by(sync_lines.c.id.desc()).limit(limit + 1))
    items = [
        {"id": str(one.id), "at_ms": one.at_ms, "level": one.level, "code": one.code,
         "text": sentence(one.code, one.facts)}
        for one in rows[:limit]
    ]  # fmt: skip
    return {"items": items, "next": items[-1]["id"] if len(rows) > limit else None}


def notice_list(reader: Reader, scope: Scope) -> dict[str, Any]:
    """Return the athlete's notices, the newest first, and how many were not seen yet; none for who may only look."""
    if not scope.may("notices: edit"):
        return {"items": [], "unseen": 0}
    query = (
        select(notices, connections.c.public_id)
        .outerjoin(connections, connections.c.id == notices.c.connection_id)
        .where(notices.c.athlete_id == scope.athlete_id)
        .order_by(notices.c.id.desc())
        .limit(200)
    )
    items = []
    for row in reader.rows(query):
        source = sources().get(row.facts.get("source", ""))
        facts = {**row.facts, "name": source.name if source else "the source"}
        items.append({
            "id": str(row.id), "at_ms": row.at_ms, "code": row.code, "text": sentence(row.code, facts),
            "seen": row.seen_ms is not None, "connection": row.public_id,
        })  # fmt: skip
    return {"items": items, "unseen": unseen(reader, scope)}


def unseen(reader: Reader, scope: Scope) -> int:
    """Return how many notices were not seen yet."""
    if not scope.may("notices: edit"):
        return 0
    mine = (notices.c.athlete_id == scope.athlete_id) & notices.c.seen_ms.is_(None)
    return int(reader.scalar(select(func.count()).select_from(notices).where(mine)) or 0)


def last_code(reader: Reader, scope: Scope, public_id: str) -> str | None:
    """Return the code of the error that a connection rests after, or None."""
    row = stored.find(reader, scope, public_id)
    rests = (sync_lines.c.connection_id == row.id) & (sync_lines.c.code == "resting")
    facts = reader.scalar(select(sync_lines.c.facts).where(rests).order_by(sync_lines.c.id.desc()).limit(1))
    found: str | None = facts and facts.get("code")
    return found
