"""Deletes a removed athlete for good: every row, and the bytes that no other athlete has."""

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, select, update

from homestretch.flow.edit.edits import unwanted
from homestretch.flow.photos.files import forget_copies
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.flow.security.log import record
from homestretch.flow.sync.connections import revoke_all
from homestretch.store.database import Writer
from homestretch.store.queries.cached import forget_connection
from homestretch.store.queries.connections import every_connection
from homestretch.store.queries.forgotten import add_forgotten
from homestretch.store.tables.columns import derived_metadata, kept_metadata
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import arrivals, athletes, connections, demos, originals

PORTION = 200
WAIT_S = 20.0
#: What rows of derived tables that name no athlete are of.
_PARENTS = {"recording_id": recordings, "activity_id": activities, "route_id": activities}


def take_away(context: Context, athlete_id: int) -> None:
    """Delete everything of a removed athlete, and the bytes that no other athlete has.

    After a kill the job deletes the rest. Raises Occupied while an import is running.
    """
    mine = arrivals.c.athlete_id == athlete_id
    revoke_all(context, athlete_id)  # which may take longer than a lease lasts
    with lease(context, f"derive:{athlete_id}", wait_s=WAIT_S) as held:
        with context.database.write() as session:  # from now on nothing is derived of what came
            session.run(update(arrivals).where(mine).values(purged_ms=context.clock()))
            for connection_id in every_connection(session, athlete_id):
                forget_connection(session, connection_id)
        for table, own in _everything(athlete_id):
            with context.database.write() as session:
                lock_athlete(session, athlete_id)
                session.run(delete(table).where(own))
            held.renew()
        with context.database.read() as reader:
            digests = sorted(row.digest for row in reader.rows(select(arrivals.c.digest).where(mine).distinct()))
        for portion in batched(digests, PORTION):
            with context.database.read() as reader:
                gone = unwanted(reader, portion)
            for digest in gone:
                context.archive.remove(digest)
                forget_copies(context.settings, digest)
            with context.database.write() as session:
                _forget(session, athlete_id, portion)
            held.renew()
        with context.database.write() as session:
            for table, own in _everything(athlete_id):  # what a job wrote in between
                session.run(delete(table).where(own))
            add_forgotten(session, athlete_id, context.clock())
            session.run(delete(connections).where(connections.c.athlete_id == athlete_id))
            session.run(delete(demos).where(demos.c.athlete_id == athlete_id))
            if session.run(delete(athletes).where(athletes.c.id == athlete_id)):
                record(session, context, "athlete_deleted", athlete=athlete_id)


def _everything(athlete_id: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Yield every table with which of its rows are the athlete's, those that name others first.

    Arrivals, and the connections that they name, are left to the end: they say which originals are the athlete's.
    """
    derived = derived_metadata.sorted_tables
    for table in derived:
        parent = next((name for name in _PARENTS if name in table.c), None)
        if "athlete_id" not in table.c and parent is not None:
            of: Any = _PARENTS[parent].c
            yield table, table.c[parent].in_(select(of.id).where(of.athlete_id == athlete_id))
    for table in (*derived, *reversed(kept_metadata.sorted_tables)):
        if "athlete_id" in table.c and table not in (demos, arrivals, connections):
            yield table, table.c.athlete_id == athlete_id


def _forget(session: Writer, athlete_id: int, digests: Sequence[str]) -> None:
    """Forget how originals came to the athlete, and the originals that no other athlete has."""
    session.run(delete(arrivals).where(arrivals.c.athlete_id == athlete_id, arrivals.c.digest.in_(digests)))
    others = select(arrivals.c.id).where(arrivals.c.digest == originals.c.digest).exists()
    session.run(delete(originals).where(originals.c.digest.in_(digests), ~others))
