"""Keeps to providers' terms: what may be kept for some days only is cached apart, and expires."""

from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, select, update

from homestretch.flow.runtime.context import Context
from homestretch.sources._seen import digest_only
from homestretch.sources.base import ItemPage, Source
from homestretch.sources.registry import allows, sources
from homestretch.store.database import Writer
from homestretch.store.queries.cached import EXPIRED, cache_page, forget_connection
from homestretch.store.tables.cached import cached_items, pages
from homestretch.store.tables.kept import connections
from homestretch.store.tables.ops import connection_state

DAY_MS = 86_400_000
#: What is cached is listed again so long before it would expire, so that there is always something to show.
EARLY_MS = DAY_MS


def cached_ms(source: Source) -> int | None:
    """Return for how many milliseconds the data of a source may be kept, or None: forever."""
    return None if source.terms.keep_days is None else source.terms.keep_days * DAY_MS


def whole_every(source: Source, usual_ms: int) -> int:
    """Return how often everything that a source has is listed: in time for what expires."""
    kept = cached_ms(source)
    return usual_ms if kept is None else max(0, min(usual_ms, kept - EARLY_MS))


def cache_listing(session: Writer, connection: Row[Any], listed: ItemPage, now: int) -> bool:
    """Cache a page of a list for as long as the terms allow; return False where it may be kept forever."""
    kept = cached_ms(sources()[connection.source])
    if kept is None:
        return False
    cache_page(session, connection.id, listed.answer.name, listed.answer.data, now, now + kept)
    return True


def shown_in_log(key: str, details: dict[str, Any]) -> dict[str, Any]:
    """Return what a line of the log may say about an item: only its key where the terms limit how long we keep it."""
    return details if allows(key, "keep") else {"key": details.get("key")}


def seen_there(key: str, value: Any) -> Any:
    """Return what a proposal may keep of a field's value at a source: only a digest where the terms limit that."""
    return value if allows(key, "keep") else digest_only(value)


def expiring(context: Context) -> list[tuple[int, int]]:
    """Return (connection, milliseconds for which its data may be kept) of those of which something has expired."""
    found = []
    with context.database.read() as reader:
        limited = [source.key for source in sources().values() if cached_ms(source) is not None]
        query = select(connections.c.id, connections.c.source).where(connections.c.source.in_(limited))
        for row in reader.rows(query.order_by(connections.c.id)):
            kept = cached_ms(sources()[row.source]) or 0
            old_pages, old_entries = _expired(row.id, context.clock(), kept)
            if reader.scalar(select(exists().where(old_pages))) or reader.scalar(select(exists().where(old_entries))):
                found.append((row.id, kept))
    return found


def _expired(connection_id: int, now: int, kept: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions for pages and items whose time is over, or that were listed by a clock that was wrong."""
    old_pages = (pages.c.connection_id == connection_id) & (
        (pages.c.expires_ms <= now) | (pages.c.expires_ms > now + kept + DAY_MS)
    )
    live = (cached_items.c.connection_id == connection_id) & (cached_items.c.state != EXPIRED["state"])
    return old_pages, live & ((cached_items.c.at_ms <= now - kept) | (cached_items.c.at_ms > now + DAY_MS))


def expire(context: Context) -> None:
    """Delete what was cached for as long as its terms allow; the keys stay, and the next listing fills them again."""
    due = expiring(context)
    for connection_id, kept in due:
        with context.database.write() as session:
            old_pages, old_entries = _expired(connection_id, context.clock(), kept)
            session.run(delete(pages).where(old_pages))
            if session.run(update(cached_items).where(old_entries).values(dict(EXPIRED))):
                this = connection_state.c.connection_id == connection_id
                session.run(update(connection_state).where(this).values(whole_ms=None))  # so that everything is listed
    if due:
        context.database.leave_no_trace()


def revoke(session: Writer, connection_id: int) -> None:
    """Delete at once everything that is cached of a connection, and whose account it is."""
    forget_connection(session, connection_id)
    this = connections.c.id == connection_id
    name = sources()[session.scalar(select(connections.c.source).where(this))].name
    session.run(update(connections).where(this).values(remote_account={}, label=name))
