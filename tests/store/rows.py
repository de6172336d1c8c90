"""Rows of any table, made in bulk: what a test does not say is something that the column can hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Boolean, Column, LargeBinary, Table, Text, insert

from homestretch.store.database import Writer
from homestretch.store.tables.columns import Document


def put_rows(session: Writer, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows of which only some columns are given."""
    empty = {column.name: _empty(column) for column in table.c if not column.nullable}
    whole = [{**empty, **row} for row in rows]
    if whole:
        session.run(insert(table), whole)


def _empty(column: Column[Any]) -> Any:
    if isinstance(column.type, Text):
        return ""
    if isinstance(column.type, type(Document)):
        return {}
    if isinstance(column.type, LargeBinary):
        return b""
    return False if isinstance(column.type, Boolean) else 0
