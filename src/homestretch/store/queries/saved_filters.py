"""Filters of the list of activities that an account keeps for an athlete."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.saved import saved_filters


def saved_filter_rows(reader: Reader, scope: Scope) -> Sequence[Row[Any]]:
    """Return what is kept, `public_id`, `name` and `query`, in the order of the names."""
    table = saved_filters.c
    query = select(table.public_id, table.name, table.query).where(*_there(scope))
    return reader.rows(query.order_by(table.name, table.id))


def saved_filter_count(reader: Reader, scope: Scope) -> int:
    """Return how many are kept."""
    return int(reader.scalar(select(func.count()).select_from(saved_filters).where(*_there(scope))))


def add_saved_filter(writer: Writer, scope: Scope, values: Mapping[str, object]) -> None:
    """Keep one more."""
    writer.run(insert(saved_filters).values(**values, athlete_id=scope.athlete_id, account_id=scope.account_id))


def set_saved_filter(writer: Writer, scope: Scope, public_id: str, values: Mapping[str, object]) -> bool:
    """Change one, also a removed one; return whether there is such a one."""
    named = (*_of(scope), saved_filters.c.public_id == public_id)
    if writer.row(select(saved_filters.c.id).where(*named)) is None:
        return False
    if values:
        writer.run(update(saved_filters).where(*named).values(**values))
    return True


def _of(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return saved_filters.c.athlete_id == scope.athlete_id, saved_filters.c.account_id == scope.account_id


def _there(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return (*_of(scope), saved_filters.c.removed_ms.is_(None))
