"""Keeps and reads providers' answers exactly as received, zstd-packed, and says which of them hold."""

import hashlib
from collections.abc import Mapping, Sequence
from itertools import batched
from typing import Any

import zstandard
from sqlalchemy import ColumnElement, Row, Select, delete, false, func, insert, or_, select, update

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.derived import payload_outcomes
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
        drop_payloads(session, payloads.c.id == last.id)
    values = {"kind": kind, "key": key, "until": until, "size": len(data), "fetched_ms": now}
    put_payload(session, connection, digest, {**values, "data": zstandard.ZstdCompressor(level=10).compress(data)})
    return digest


def put_payload(session: Writer, connection: Row[Any], digest: str, values: Mapping[str, object]) -> None:
    """Keep an answer as a row, and that it is to be decoded."""
    of = {"athlete_id": connection.athlete_id, "connection_id": connection.id}
    made = session.scalar(insert(payloads).values(**of, digest=digest, **values).returning(payloads.c.id))
    session.put(payload_outcomes, [new_outcome(int(made), connection.athlete_id, connection.source, digest)])


def new_outcome(payload_id: int, athlete_id: int, source: str, digest: str) -> dict[str, object]:
    """Return the row of a payload that is to be decoded."""
    of = {"payload_id": payload_id, "athlete_id": athlete_id, "source": source, "digest": digest}
    return {**of, "version": "", "notes": [], "stale": True}


def drop_payloads(session: Writer, where: ColumnElement[bool]) -> None:
    """Drop payloads; what was decoded of them is to be forgotten."""
    gone = payload_outcomes.c.payload_id.in_(select(payloads.c.id).where(where))
    session.run(update(payload_outcomes).where(gone).values(stale=True))
    session.run(delete(payloads).where(where))


def about_the_same(reader: Reader, ids: Sequence[int]) -> list[list[int]]:
    """Return the payloads about each thing that these are about, the one that holds last."""
    asked = payloads.alias()
    same = (
        (payloads.c.connection_id == asked.c.connection_id)
        & (payloads.c.kind == asked.c.kind)
        & (payloads.c.key == asked.c.key)
    )
    things: dict[tuple[int, str, str], set[int]] = {}
    for part in batched(ids, PORTION):
        query = select(payloads.c.id, payloads.c.connection_id, payloads.c.kind, payloads.c.key)
        joined = query.select_from(asked.join(payloads, same)).where(asked.c.id.in_(part))
        for row in reader.rows(joined):
            things.setdefault((row.connection_id, row.kind, row.key), set()).add(row.id)
    return [sorted(of) for _, of in sorted(things.items())]


def current(athlete_id: int, *kinds: str) -> Select[Any]:
    """Return the query for an athlete's payloads that hold, without bytes: the last one about each thing, in order.

    They are of these kinds, and of the kinds that begin with one of them and a colon; without any of all kinds.
    """
    mine = select(connections.c.id).where(connections.c.athlete_id == athlete_id)
    # As a stretch, which the index knows: ";" comes after ":".
    of_kinds = or_(
        false(), *(payloads.c.kind.in_([kind]) | payloads.c.kind.between(f"{kind}:", f"{kind};") for kind in kinds)
    )
    last = (
        select(func.max(payloads.c.id))
        .where(payloads.c.connection_id.in_(mine), *([of_kinds] if kinds else []))
        .group_by(payloads.c.connection_id, payloads.c.kind, payloads.c.key)
    )
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


def packed_bytes(reader: Reader, athlete_id: int) -> int:
    """Return how many bytes an athlete's payloads take, packed."""
    query = select(func.sum(func.length(payloads.c.data))).where(payloads.c.athlete_id == athlete_id)
    return int(reader.scalar(query) or 0)
