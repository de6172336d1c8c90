"""Reads and writes the calls of the MCP server."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import func, insert, select

from homestretch.store.database import Reader, Writer
from homestretch.store.tables.ops import tool_calls

REFUSED = "refused"


class KeptCall(NamedTuple):
    """A call as it is kept."""

    at_ms: int
    token_id: int | None
    door: str
    kind: str
    name: str
    arguments: Mapping[str, object]
    outcome: str
    bytes: int | None
    ms: int | None


def calls_since(reader: Reader, token_id: int, since_ms: int) -> tuple[int, int | None]:
    """Return how many calls a token made after an instant, those refused apart, and when the first of them was."""
    mine = (tool_calls.c.token_id == token_id) & (tool_calls.c.at_ms > since_ms) & (tool_calls.c.outcome != REFUSED)
    (row,) = reader.rows(
        select(func.count().label("calls"), func.min(tool_calls.c.at_ms).label("first_ms")).where(mine)
    )
    return row.calls, row.first_ms


def keep_call(session: Writer, row: Mapping[str, object]) -> None:
    """Keep a call."""
    session.run(insert(tool_calls), dict(row))


def last_calls(reader: Reader, athlete_id: int, most: int) -> list[KeptCall]:
    """Return the last calls about an athlete, the newest first."""
    columns = [tool_calls.c[name] for name in KeptCall._fields]
    query = select(*columns).where(tool_calls.c.athlete_id == athlete_id).order_by(tool_calls.c.id.desc()).limit(most)
    return [KeptCall._make(row) for row in reader.rows(query)]
