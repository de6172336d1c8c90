"""Demo athletes: athletes of their own, made up from a number, and removed with everything they have."""

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, insert, select, update

from homestretch.errors import BadRequest
from homestretch.flow.edit.edits import unwanted
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.store.database import Reader, Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.columns import derived_metadata, kept_metadata
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import accounts, arrivals, athletes, demos, grants, originals
from homestretch.store.tables.ops import batches, items

PORTION = 200
WAIT_S = 20.0
#: What rows of derived tables that name no athlete are of.
_PARENTS = {"recording_id": recordings, "activity_id": activities, "route_id": activities}


def demo_athlete(context: Context, account_id: int | None, seed: int, name: str, home_zone: str) -> int:
    """Return the demo athlete of an account that is made from a number; make it if it is missing.

    Without an account, on the command line, it belongs to everyone who manages the server.
    """
    with context.database.write() as session:
        if account_id is not None:  # two clicks at once make one athlete
            session.scalar(select(accounts.c.id).where(accounts.c.id == account_id).with_for_update())
        found = _athlete_of(session, account_id, seed)
        if found is not None:
            return found
        row = {"name": name, "home_zone": home_zone, "created_ms": context.clock()}
        made = session.add(insert(athletes), row)
        session.run(insert(demos), {"athlete_id": made, "seed": seed})
        everybody = select(accounts.c.id).where(accounts.c.is_admin)
        owners = [account_id] if account_id is not None else [row.id for row in session.rows(everybody)]
        session.put(grants, [{"account_id": owner, "athlete_id": made, "role": "owner"} for owner in owners])
        return made


def known_demo(context: Context, seed: int) -> int | None:
    """Return the demo athlete that was made from a number, whosever it is, or None."""
    with context.database.read() as reader:
        return _athlete_of(reader, None, seed)


def _athlete_of(reader: Reader, account_id: int | None, seed: int) -> int | None:
    query = select(demos.c.athlete_id).where(demos.c.seed == seed, demos.c.removed_ms.is_(None))
    if account_id is not None:
        mine = (grants.c.athlete_id == demos.c.athlete_id) & (grants.c.account_id == account_id)
        query = query.join(grants, mine & (grants.c.role == "owner"))
    found: int | None = reader.scalar(query.order_by(demos.c.athlete_id).limit(1))
    return found


def set_equipped(context: Context, athlete_id: int) -> None:
    """Write down that a demo athlete has everything; what a person takes from it stays away."""
    with context.database.write() as session:
        session.run(update(demos).where(demos.c.athlete_id == athlete_id).values(equipped_ms=context.clock()))


def remove_demo(context: Context, scope: Scope) -> None:
    """Remove a demo athlete: it is hidden from now on, and a job deletes everything. Raises BadRequest."""
    scope.must("activities: purge")
    mine = (demos.c.athlete_id == scope.athlete_id) & demos.c.removed_ms.is_(None)
    with context.database.write() as session:
        if not session.run(update(demos).where(mine).values(removed_ms=context.clock())):
            raise BadRequest(
                reason=("This is not the demo athlete. Only the demo athlete can be removed with all data.")
            )
        session.run(delete(grants).where(grants.c.athlete_id == scope.athlete_id))
        open_ones = (batches.c.athlete_id == scope.athlete_id) & batches.c.state.in_(("receiving", "running"))
        left = items.c.batch_id.in_(select(batches.c.id).where(open_ones))
        session.run(update(items).where(left, items.c.status.in_(("expected", "waiting"))).values(status="skipped"))
        session.run(update(batches).where(open_ones).values(state="undone", finished_ms=context.clock()))


def removed_demos(context: Context) -> list[int]:
    """Return the athletes that were removed and still have rows."""
    query = select(demos.c.athlete_id).where(demos.c.removed_ms.is_not(None)).order_by(demos.c.athlete_id)
    with context.database.read() as reader:
        return [row.athlete_id for row in reader.rows(query)]


def take_away(context: Context, athlete_id: int) -> None:
    """Delete everything of a removed athlete, and the bytes that no other athlete has.

    After a kill the job deletes the rest. Raises Occupied while an import is running.
    """
    mine = arrivals.c.athlete_id == athlete_id
    with lease(context, f"derive:{athlete_id}", wait_s=WAIT_S) as held:
        with context.database.write() as session:  # from now on nothing is derived of what came
            session.run(update(arrivals).where(mine).values(purged_ms=context.clock()))
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
            with context.database.write() as session:
                _forget(session, athlete_id, portion)
            held.renew()
        with context.database.write() as session:
            for table, own in _everything(athlete_id):  # what a job wrote in between
                session.run(delete(table).where(own))
            session.run(delete(demos).where(demos.c.athlete_id == athlete_id))
            session.run(delete(athletes).where(athletes.c.id == athlete_id))


def _everything(athlete_id: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Yield every table but that of arrivals with which of its rows are the athlete's, those that name others first."""
    derived = derived_metadata.sorted_tables
    for table in derived:
        parent = next((name for name in _PARENTS if name in table.c), None)
        if "athlete_id" not in table.c and parent is not None:
            of: Any = _PARENTS[parent].c
            yield table, table.c[parent].in_(select(of.id).where(of.athlete_id == athlete_id))
    for table in (*derived, *reversed(kept_metadata.sorted_tables)):
        if "athlete_id" in table.c and table not in (demos, arrivals):
            yield table, table.c.athlete_id == athlete_id


def _forget(session: Writer, athlete_id: int, digests: Sequence[str]) -> None:
    """Forget how originals came to the athlete, and the originals that no other athlete has."""
    session.run(delete(arrivals).where(arrivals.c.athlete_id == athlete_id, arrivals.c.digest.in_(digests)))
    others = select(arrivals.c.id).where(arrivals.c.digest == originals.c.digest).exists()
    session.run(delete(originals).where(originals.c.digest.in_(digests), ~others))
