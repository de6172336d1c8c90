"""Reads and writes what a provider's terms let us keep for some days only, which lies in a file of its own."""

import hashlib
from collections.abc import Mapping
from typing import Any

import zstandard
from sqlalchemy import Table, delete, insert, select

from homestretch.model.terms import Terms
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.cached import cached_items, pages
from homestretch.store.tables.ops import remote_items

#: What is left of an item whose time is over: its key, which is the link.
EXPIRED: Mapping[str, Any] = {
    "since": "", "until": "", "version": None, "state": "expired", "form": None, "digest": None, "note": None,
    "details": {},
}  # fmt: skip


def items_under(terms: Terms) -> Table:
    """Return the table with the items of a source under these terms."""
    return remote_items if terms.allows("keep") else cached_items


def cache_page(session: Writer, connection_id: int, name: str, data: bytes, listed_ms: int, expires_ms: int) -> None:
    """Keep a page of a list until it expires, in place of those of the same kind that were listed before it."""
    kind = name.split("-")[0]
    of_kind = (pages.c.connection_id == connection_id) & (pages.c.kind == kind)
    session.run(delete(pages).where(of_kind, (pages.c.fetched_ms != listed_ms) | (pages.c.key == name)))
    session.run(
        insert(pages).values(
            connection_id=connection_id,
            kind=kind,
            key=name,
            digest=hashlib.sha256(data).hexdigest(),
            size=len(data),
            data=zstandard.ZstdCompressor(level=10).compress(data),
            fetched_ms=listed_ms,
            expires_ms=expires_ms,
        )
    )


def cached_pages(reader: Reader, connection_id: int) -> dict[str, bytes]:
    """Return the pages of a connection as they came, by name."""
    query = select(pages.c.key, pages.c.data).where(pages.c.connection_id == connection_id)
    return {row.key: zstandard.ZstdDecompressor().decompress(row.data) for row in reader.rows(query)}


def forget_connection(session: Writer, connection_id: int) -> None:
    """Delete everything that is cached of a connection."""
    for table in (pages, cached_items):
        session.run(delete(table).where(table.c.connection_id == connection_id))
