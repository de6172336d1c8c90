"""Which rows of the kept tables go along with one athlete, and what of them stays behind.

What opens a door (tokens, links, invitations, sign-ins), what is sent out by itself, and what is the server's stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, Table, case, func, literal, null, or_, select

from homestretch.store.database import Reader
from homestretch.store.dump import dumped
from homestretch.store.queries.accounts import NO_PASSWORD
from homestretch.store.tables.kept import accounts, arrivals, athletes, connections, grants, originals
from homestretch.store.tables.ops import connection_state
from homestretch.store.tables.saved import saved_filters

type Value = SQLColumnExpression[object]

#: The tables that go along. A new kept table stays behind until it is named here.
TAKEN = frozenset(
    """accounts athletes grants demos originals arrivals identities edits tombstones thresholds segments privacy_zones
    connections connection_state remote_items payloads proposals gear gear_aliases components services health_entries
    health_notes health_priorities batches day_revisions rule_versions plans plan_versions session_links workouts
    sent_sessions planned_routes route_files session_routes coach_texts conversations conversation_messages
    model_calls goals saved_charts saved_filters share_defaults photos weather_choices weather_days
    notification_wishes""".split()  # noqa: SIM905
)
#: Columns that name the account that did something: another's is emptied.
AUTHORS = ("account_id", "decided_by")
#: What columns hold in an export. The owner is the only account of the new server, and so its administrator.
CLEARED: Mapping[Table, Mapping[str, Value]] = {
    accounts: {"password_hash": literal(NO_PASSWORD), "is_admin": literal(True)},
    connections: {"secret": null()},
    connection_state: {
        "state": case((connection_state.c.state == "purging", "purging"), else_="sign_in"),
        "reason": null(),
        "question": null(),
        "retry_at_ms": null(),
    },
}


@dataclass(frozen=True, slots=True)
class OneAthlete:
    """An athlete, and the account that will own it elsewhere (none: the first one that is made there)."""

    athlete_id: int
    account_id: int | None

    def tables(self) -> list[Table]:
        """Return the tables that go along, parents before children."""
        return [table for table in dumped() if table.name in TAKEN]

    def rows(self, table: Table) -> Select[tuple[object, ...]]:
        """Return the query for the rows of a table that go along, as they go."""
        changed = {**self._without_others(table), **CLEARED.get(table, {})}
        if table is originals:  # when another athlete had the same file first is none of this one's business
            came = arrivals.c.fetched_ms
            changed["kept_ms"] = select(func.min(came)).where(*self._arrived()).scalar_subquery()
        columns = [changed[column.name].label(column.name) if column.name in changed else column for column in table.c]
        return select(*columns).where(self._own(table))

    def last_ids(self, reader: Reader) -> dict[str, int]:
        """Return the last id of each table that goes along: it does not show how many rows others have."""
        numbered = [table for table in self.tables() if table.autoincrement_column is not None and "id" in table.c]
        highest = ((table.name, select(func.max(table.c.id)).where(self._own(table))) for table in numbered)
        return {name: reader.scalar(query) or 0 for name, query in highest}

    def _own(self, table: Table) -> ColumnElement[bool]:
        """Return which rows are the athlete's: they name it, or something of the athlete's."""
        if table is athletes:
            return athletes.c.id == self.athlete_id
        if table is accounts:
            return accounts.c.id == self.account_id
        if table is originals:
            return select(arrivals.c.id).where(*self._arrived()).exists()
        if "athlete_id" in table.c:
            mine: ColumnElement[bool] = table.c.athlete_id == self.athlete_id
            return mine & self._of_account(table)
        key = next(key for key in table.foreign_keys if key.column.table.name in TAKEN)
        parent = key.column.table
        return key.parent.in_(select(key.column).where(self._own(parent)))

    def _of_account(self, table: Table) -> ColumnElement[bool]:
        """Return which rows are not another account's own."""
        if table is grants:
            return (table.c.account_id == self.account_id) & (table.c.role == "owner")
        if table is saved_filters:
            return or_(table.c.account_id.is_(None), table.c.account_id == self.account_id)
        return literal(True)

    def _arrived(self) -> tuple[ColumnElement[bool], ...]:
        return arrivals.c.digest == originals.c.digest, arrivals.c.athlete_id == self.athlete_id

    def _without_others(self, table: Table) -> dict[str, Value]:
        named = [column for column in table.c if column.name in AUTHORS and column.nullable]
        if self.account_id is None:
            return {column.name: null() for column in named}
        return {column.name: case((column == self.account_id, column)) for column in named}
