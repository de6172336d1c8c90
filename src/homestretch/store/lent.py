"""What a provider only lends: pages of its list, zstd-packed, for as long as its terms let us, and no copy anywhere.

A connection of which there is a page here is on such terms: what its entries say is lent as well.
"""

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import zstandard
from sqlalchemy import Select, delete, insert, select

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.ops import lent

#: What is left of an entry whose time is up: its key, which is the link.
LAPSED: Mapping[str, Any] = {
    "since": "", "until": "", "version": None, "state": "lapsed", "form": None, "digest": None, "note": None,
    "facts": {},
}  # fmt: skip


def keep_lent(session: Writer, connection_id: int, name: str, data: bytes, listed_ms: int, expires_ms: int) -> None:
    """Keep a page of a list until it expires, in place of those of the same kind that were listed before it."""
    kind = name.split("-")[0]
    mine = (lent.c.connection_id == connection_id) & (lent.c.kind == kind)
    session.run(delete(lent).where(mine, (lent.c.fetched_ms != listed_ms) | (lent.c.key == name)))
    session.run(insert(lent).values(
        connection_id=connection_id, kind=kind, key=name, digest=hashlib.sha256(data).hexdigest(), size=len(data),
        data=zstandard.ZstdCompressor(level=10).compress(data), fetched_ms=listed_ms, expires_ms=expires_ms,
    ))  # fmt: skip


def read_lent(reader: Reader, connection_id: int) -> dict[str, bytes]:
    """Return the pages of a connection as they came, by name."""
    mine = select(lent.c.key, lent.c.data).where(lent.c.connection_id == connection_id)
    return {row.key: zstandard.ZstdDecompressor().decompress(row.data) for row in reader.rows(mine)}


def borrowers() -> Select[Any]:
    """Return the query for the connections of which something is lent."""
    return select(lent.c.connection_id).distinct()


def forget_lent(file: Path) -> None:
    """Leave nothing that was lent in a copy of an SQLite store, which may stay for longer than that."""
    with closing(sqlite3.connect(file)) as copy:
        if copy.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'lent'").fetchone() is None:
            return
        blank = {name: "{}" if name == "facts" else value for name, value in LAPSED.items()}
        names = ", ".join(f"{name} = :{name}" for name in blank)
        lenders = "SELECT connection_id FROM lent"
        copy.execute(f"UPDATE entries SET {names} WHERE connection_id IN ({lenders})", blank)  # noqa: S608
        copy.execute("DELETE FROM lent")
        copy.commit()
        copy.execute("VACUUM")
