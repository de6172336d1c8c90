"""Deletes what came by one connection: its answers, and the files that came from nowhere else."""

from itertools import batched
from typing import Any

from sqlalchemy import delete, select, update

from homestretch.flow.derive.activities import forget, refresh_originals
from homestretch.flow.derive.gear_assignment import put_gear
from homestretch.flow.derive.payloads import forget_decoded
from homestretch.flow.edit.edits import unwanted
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.store.database import Writer
from homestretch.store.queries.arrivals import only_by
from homestretch.store.queries.cached import forget_connection
from homestretch.store.tables.kept import arrivals, connections, payloads
from homestretch.store.tables.ops import connection_state, remote_items

PORTION = 200
#: The state of a removed connection of which something is still to be deleted.
PURGING = "purging"


def purges_due(context: Context) -> list[tuple[int, int]]:
    """Return (athlete, connection) of removed connections with something still to delete."""
    left = (connection_state.c.state == PURGING) & connections.c.removed_ms.is_not(None)
    query = select(connections.c.athlete_id, connections.c.id).join(
        connection_state, connection_state.c.connection_id == connections.c.id
    )
    with context.database.read() as reader:
        return [(row.athlete_id, row.id) for row in reader.rows(query.where(left).order_by(connections.c.id))]


def purge_connection(context: Context, athlete_id: int, connection_id: int) -> None:
    """Delete everything that came by this connection only; after a kill a job deletes the rest.

    A new sign-in in between stops it; what is gone then comes again. Raises Occupied while an import or a rebuild is
    running.
    """
    with lease(context, f"derive:{athlete_id}", wait_s=20.0) as held:
        with context.database.write() as session:
            if not _is_gone(session, connection_id):
                return
            # The to-do list first: what it does not know of is fetched again, whatever happens next.
            session.run(delete(remote_items).where(remote_items.c.connection_id == connection_id))
            forget_connection(session, connection_id)
            session.run(delete(payloads).where(payloads.c.connection_id == connection_id))
            refresh_originals(session, athlete_id, forget_decoded(session, athlete_id))
        with context.database.read() as reader:
            digests = sorted(row.digest for row in reader.rows(only_by(connection_id, purged=True)))
        for portion in batched(digests, PORTION):
            with context.database.write() as session:
                if not _is_gone(session, connection_id):
                    return
                forget(session, athlete_id, portion)
                _mark(session, context, connection_id, arrivals.c.digest.in_(portion))
            with context.database.read() as reader:
                gone = unwanted(reader, portion)
            for digest in gone:
                context.archive.remove(digest)
            held.renew()
        with context.database.write() as session:
            if _is_gone(session, connection_id):
                _mark(session, context, connection_id)
                came = session.rows(select(arrivals.c.digest).where(arrivals.c.connection_id == connection_id))
                refresh_originals(session, athlete_id, sorted({row.digest for row in came}))  # of other ways too
                put_gear(session, athlete_id)
                mine = connection_state.c.connection_id == connection_id
                session.run(update(connection_state).where(mine).values(state="sign_in"))


def _is_gone(session: Writer, connection_id: int) -> bool:
    """Return whether the connection is still removed; no one can sign in again until the transaction ends."""
    mine = (connections.c.id == connection_id) & connections.c.removed_ms.is_not(None)
    return session.scalar(select(connections.c.id).where(mine).with_for_update()) is not None


def _mark(session: Writer, context: Context, connection_id: int, *which: Any) -> None:
    mine = (arrivals.c.connection_id == connection_id) & arrivals.c.purged_ms.is_(None)
    session.run(update(arrivals).where(mine, *which).values(purged_ms=context.clock()))
