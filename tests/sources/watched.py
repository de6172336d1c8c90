"""A connection to a place on the server, and a clock that goes where it is set."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, select

from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync.back_off import due_connections
from homestretch.flow.sync.sync import sync
from homestretch.store.queries import connections as stored
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import remote_items, sync_lines
from tests.sources.connected import TODAY, Clock

MOST_SLICES = 30


@dataclass(eq=False)
class Watched:
    """A connection to a folder or a sheet, and what can be seen of it."""

    context: Context
    scope: Scope
    clock: Clock
    id: str

    @classmethod
    def to(
        cls, context: Context, scope: Scope, source: str, path: str, way: str = "path", **settings: Any
    ) -> "Watched":
        """Connect a place, at noon of TODAY."""
        clock = context.clock if isinstance(context.clock, Clock) else Clock.at(TODAY)
        here = replace(context, clock=clock)
        name = flow.sign_in(here, scope, source, way, {"link" if way == "link" else "path": path})
        if settings:
            flow.change(here, scope, name, settings=settings)
        return cls(here, scope, clock, name)

    @property
    def row(self) -> Row[Any]:
        """The connection with its standing."""
        with self.context.database.read() as reader:
            return stored.find(reader, self.scope, self.id)

    def run(self) -> None:
        """Sync, a slice at a time and each in a fresh world, until it is nobody's turn."""
        for _ in range(MOST_SLICES):
            if self.row.id not in due_connections(self.context):
                return
            sync(replace(self.context), self.row.id)
        raise AssertionError("it never ends")

    def again(self) -> None:
        """Let its turn, or the end of its rest, come, and sync."""
        row = self.row
        self.clock.ms = max(self.clock.ms, row.next_ms or 0, row.retry_at_ms or 0) + 1
        self.run()

    def items(self, *where: ColumnElement[bool]) -> dict[str, Row[Any]]:
        """Return its remote items by key."""
        return {row.key: row for row in self.rows(remote_items, *where)}

    def rows(self, table: Table, *where: ColumnElement[bool]) -> Sequence[Row[Any]]:
        """Return what is of this connection in a table, in the order in which it was written."""
        with self.context.database.read() as reader:
            found = select(table).where(table.c.connection_id == self.row.id, *where)
            return reader.rows(found.order_by(*table.primary_key.columns))

    def said(self, *codes: str) -> list[dict[str, Any]]:
        """Return the details of the lines of the log with these codes."""
        return [row.details for row in self.rows(sync_lines, sync_lines.c.code.in_(codes))]
