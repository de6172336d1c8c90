"""Takes away what came by one connection: its answers, and the files that nothing else brought."""

from itertools import batched
from typing import Any

from sqlalchemy import delete, update

from homestretch.flow.activities import forget
from homestretch.flow.edits import unwanted
from homestretch.flow.lease import lease
from homestretch.flow.telling import forget_told
from homestretch.flow.world import World
from homestretch.store.arrivals import only_by
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.kept import arrivals, payloads
from homestretch.store.tables.ops import entries

PORTION = 200


def purge_connection(world: World, athlete_id: int, connection_id: int) -> None:
    """Take away everything that came by a connection alone; a kill leaves some of it, and it is then done again.

    Raises Occupied while an import or a rebuild is under way.
    """
    with lease(world, f"derive:{athlete_id}", wait_s=20.0) as held:
        with world.database.read() as reader:
            digests = _digests(reader, connection_id)
        for portion in batched(digests, PORTION):
            with world.database.write() as session:
                forget(session, athlete_id, portion)
                _mark(session, world, connection_id, arrivals.c.digest.in_(portion))
            held.renew()
        with world.database.write() as session:
            _mark(session, world, connection_id)
            session.run(delete(payloads).where(payloads.c.connection_id == connection_id))
            session.run(delete(entries).where(entries.c.connection_id == connection_id))
            forget_told(session, athlete_id)
        for portion in batched(digests, PORTION):
            with world.database.read() as reader:
                gone = unwanted(reader, portion)
            for digest in gone:
                world.archive.remove(digest)


def _mark(session: Writer, world: World, connection_id: int, *which: Any) -> None:
    mine = (arrivals.c.connection_id == connection_id) & arrivals.c.purged_ms.is_(None)
    session.run(update(arrivals).where(mine, *which).values(purged_ms=world.clock()))


def _digests(reader: Reader, connection_id: int) -> list[str]:
    return sorted(row.digest for row in reader.rows(only_by(connection_id)))
