"""The kept tables as lines of JSON that mean the same on SQLite and PostgreSQL, and back; bytes as {"base64": …}."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import IO, Any

from sqlalchemy import MetaData, Select, Table, delete, func, insert, select, text

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.columns import kept_metadata
from homestretch.store.tables.kept import tokens
from homestretch.store.tables.ops import PASSING

PORTION = 500
#: No row is longer; what is, was not written here.
LONGEST_LINE = 64 << 20


def dumped() -> list[Table]:
    """Return the tables that a backup holds, parents before children: no door that is open, nothing that passes."""
    return [table for table in kept_metadata.sorted_tables if table not in PASSING and table is not tokens]


def lines(reader: Reader, table: Table, rows: Select[tuple[object, ...]] | None = None) -> Iterator[bytes]:
    """Yield each row of a table, or only `rows`, as a line of JSON, in the order of its key."""
    query: Select[tuple[object, ...]] = select(table) if rows is None else rows
    ordered = query.order_by(*table.primary_key).execution_options(yield_per=PORTION)
    for row in reader.connection.execute(ordered):
        yield json.dumps(row._asdict(), separators=(",", ":"), default=_bytes).encode() + b"\n"


def last_ids(reader: Reader) -> dict[str, int]:
    """Return the last id that each table gave out, also of rows that are gone: ids are forever."""
    numbered = {table.name: table for table in dumped() if table.autoincrement_column is not None and "id" in table.c}
    if reader.connection.dialect.name == "sqlite":
        rows = reader.rows(text("SELECT name, seq FROM sqlite_sequence"))
        return {row.name: row.seq for row in rows if row.name in numbered}
    highest = {name: reader.scalar(select(func.max(table.c.id))) or 0 for name, table in numbered.items()}
    query = text("SELECT last_value FROM pg_sequences WHERE schemaname = current_schema() AND sequencename = :name")
    given = {name: reader.scalar(query, {"name": f"{name}_id_seq"}) or 0 for name in numbered}
    return {name: max(highest[name], given[name]) for name in numbered}


def load(session: Writer, tables: Iterable[tuple[str, Iterable[bytes]]], ids: Mapping[str, int]) -> None:
    """Replace what the kept tables hold by the rows of the lines of those named, and go on counting after `ids`.

    The tables are taken as they are in the database, so that a dump of an older shape can be loaded and then migrated.
    """
    there = MetaData()
    there.reflect(session.connection)
    for table in reversed(there.sorted_tables):
        if table.name in kept_metadata.tables:
            session.run(delete(table))
    for name, rows in tables:
        for portion in batched(rows, PORTION):
            session.run(insert(there.tables[name]), [_row(line) for line in portion])
    for name, last in ids.items():
        _count_on(session, name, last)


def split(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a dump. Raises ValueError where one has no end."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise ValueError("a line without end")
        yield line


def _bytes(value: Any) -> dict[str, str]:
    if not isinstance(value, bytes):
        raise TypeError(type(value))
    return {"base64": base64.b64encode(value).decode()}


def _row(line: bytes) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line)
    if not isinstance(row, dict):
        raise TypeError(type(row))
    for name, value in row.items():
        if isinstance(value, dict) and value.keys() == {"base64"}:
            row[name] = base64.b64decode(value["base64"])
    return row


def _count_on(session: Writer, name: str, last: int) -> None:
    if last <= 0:
        return
    details: dict[str, Any] = {"name": name, "last": last}
    if session.connection.dialect.name == "postgresql":
        session.connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), details)
        return
    if not session.run(text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name"), details):
        session.run(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), details)
