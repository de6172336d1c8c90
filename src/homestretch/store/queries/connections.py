"""Reads connections, where they stand, and what of a provider's things we have."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, func, select, update

from homestretch.errors import NotFound
from homestretch.model.documents.sources import ItemStates
from homestretch.model.terms import Terms
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.cached import items_under
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes, connections
from homestretch.store.tables.ops import connection_state, runs

#: A question older than this needs no answer any more: the code has run out.
QUESTION_MS = 30 * 60_000
OPEN = ("waiting", "running")
#: An item is `wanted` until we `have` it; `none`: the provider has nothing there, `gone`: it has it no more.
#: One that `expired` is not among them: only its key is known.
STATES = ("wanted", "have", "none", "failed", "gone")
_STANDING = [column for column in connection_state.c if column.name != "connection_id"]


def connected(*where: ColumnElement[bool]) -> Select[Any]:
    """Return the query for connections with their states, the oldest first.

    Those that were removed, and those of removed athletes, are left out.
    """
    return (
        select(connections, *_STANDING)
        .join(connection_state, connection_state.c.connection_id == connections.c.id)
        .join(athletes, athletes.c.id == connections.c.athlete_id)
        .where(connections.c.removed_ms.is_(None), athletes.c.removed_ms.is_(None), *where)
        .order_by(connections.c.id)
    )


def of_athlete(reader: Reader, athlete_id: int) -> Sequence[Row[Any]]:
    """Return the athlete's connections with their states."""
    return reader.rows(connected(connections.c.athlete_id == athlete_id))


def every_connection(reader: Reader, athlete_id: int) -> list[int]:
    """Return the ids of an athlete's connections, removed ones too."""
    return [row.id for row in reader.rows(select(connections.c.id).where(connections.c.athlete_id == athlete_id))]


def find(reader: Reader, scope: Scope, public_id: str) -> Row[Any]:
    """Return a connection with its standing, by its public id. Raises NotFound, also for who may only look."""
    row = reader.row(connected(connections.c.athlete_id == scope.athlete_id, connections.c.public_id == public_id))
    if row is None or not scope.may("sources: read"):
        raise NotFound(what="connection", id=public_id)
    return row


def by_id(reader: Reader, connection_id: int) -> Row[Any] | None:
    """Return a connection with its standing, or None once it was removed."""
    return reader.row(connected(connections.c.id == connection_id))


class SignedIn(NamedTuple):
    """A connection that is signed in to: its number, its source, and the account there, empty where not known yet."""

    id: int
    source: str
    account: str


def signed_in(reader: Reader, *where: ColumnElement[bool]) -> list[SignedIn]:
    """Return the connections that are signed in to, those of removed athletes too."""
    held = connections.c.secret.is_not(None) & connections.c.removed_ms.is_(None)
    rows = reader.rows(select(connections).where(held, *where).order_by(connections.c.id))
    return [SignedIn(row.id, row.source, (row.remote_account or {}).get("key", "")) for row in rows]


def of_source(reader: Reader, athlete_id: int, source: str) -> Row[Any] | None:
    """Return the athlete's first connection to a source."""
    return reader.row(connected(connections.c.athlete_id == athlete_id, connections.c.source == source))


def set_ready(session: Writer, connection_id: int) -> None:
    """Make a connection ready that is never synced: what it has is sent here."""
    session.run(update(connections).where(connections.c.id == connection_id).values(schedule=None))
    mine = connection_state.c.connection_id == connection_id
    session.run(update(connection_state).where(mine).values(state="ready"))


def open_run(reader: Reader, connection_id: int) -> Row[Any] | None:
    """Return the run that is waiting or running, or None."""
    mine = (runs.c.connection_id == connection_id) & runs.c.state.in_(OPEN)
    return reader.row(select(runs).where(mine).order_by(runs.c.id).limit(1))


def with_open_runs(reader: Reader) -> set[int]:
    """Return the connections that have a run that is waiting or running."""
    query = select(runs.c.connection_id).where(runs.c.state.in_(OPEN)).distinct()
    return {row.connection_id for row in reader.rows(query)}


def last_run(reader: Reader, connection_id: int) -> Row[Any] | None:
    """Return the run that ended last, or None."""
    mine = (runs.c.connection_id == connection_id) & runs.c.state.not_in(OPEN)
    return reader.row(select(runs).where(mine).order_by(runs.c.id.desc()).limit(1))


def counts(reader: Reader, connection_id: int, terms: Terms) -> ItemStates:
    """Return how many items are in each state; `reached`, the last day that is wanted, and `first` of all."""
    table = items_under(terms)
    days = func.nullif(table.c.until, "")  # what has expired has none
    query = select(table.c.state, func.count().label("n"), func.min(days).label("a"), func.max(days).label("z"))
    rows = {
        row.state: row
        for row in reader.rows(query.where(table.c.connection_id == connection_id).group_by(table.c.state))
    }
    count = {state: row.n for state, row in rows.items()}
    return {
        "wanted": count.get("wanted", 0),
        "have": count.get("have", 0),
        "none": count.get("none", 0),
        "failed": count.get("failed", 0),
        "gone": count.get("gone", 0),
        "reached": rows["wanted"].z if "wanted" in rows else None,
        "first": min((row.a for row in rows.values()), default=None),
    }
