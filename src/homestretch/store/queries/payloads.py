"""Keeps and reads providers' answers exactly as received, zstd-packed, and says which of them hold."""

import hashlib
from collections.abc import Sequence
from itertools import batched
from typing import Any

import zstandard
from sqlalchemy import Row, Select, delete, func, insert, select

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import connections, payloads

#: The kind under which the list of a provider's activities is kept.
LISTING = "activities"
#: So many are read by one question.
PORTION = 500


def keep_payload(
    session: Writer,
    connection: Row[Any],
    kind: str,
    key: str,
    until: str | None,
    data: bytes,
    now: int,
    *,
    closed_ms: int | None,
) -> str:
    """Keep an answer and return its digest; one that says the same as the last one is not kept again.

    The last one is dropped where it came before its days were over (`closed_ms`, UTC; None: they never are).
    """
    digest = hashlib.sha256(data).hexdigest()
    mine = (payloads.c.connection_id == connection.id) & (payloads.c.kind == kind) & (payloads.c.key == key)
    newest = select(payloads.c.id, payloads.c.digest, payloads.c.fetched_ms).where(mine)
    last = session.row(newest.order_by(payloads.c.id.desc()).limit(1))
    if last is not None and last.digest == digest:
        return digest
    if last is not None and (closed_ms is None or last.fetched_ms < closed_ms):
        session.run(delete(payloads).where(payloads.c.id == last.id))
    session.run(
        insert(payloads).values(
            athlete_id=connection.athlete_id,
            connection_id=connection.id,
            kind=kind,
            key=key,
            until=until,
            digest=digest,
            size=len(data),
            fetched_ms=now,
            data=zstandard.ZstdCompressor(level=10).compress(data),
        )
    )
    return digest


def current() -> Select[Any]:
    """Return the query for the payloads that hold, without their bytes: the last one about each thing, in order."""
    last = select(func.max(payloads.c.id)).group_by(payloads.c.connection_id, payloads.c.kind, payloads.c.key)
    columns = [column for column in payloads.c if column.name != "data"]
    return (
        select(*columns, connections.c.source)
        .join(connections, connections.c.id == payloads.c.connection_id)
        .where(payloads.c.id.in_(last))
        .order_by(payloads.c.id)
    )


def read_payloads(reader: Reader, ids: Sequence[int]) -> dict[int, bytes]:
    """Return the bytes of payloads by id."""
    query = select(payloads.c.id, payloads.c.data)
    rows = (row for part in batched(ids, PORTION) for row in reader.rows(query.where(payloads.c.id.in_(part))))
    return {row.id: zstandard.ZstdDecompressor().decompress(row.data) for row in rows}
