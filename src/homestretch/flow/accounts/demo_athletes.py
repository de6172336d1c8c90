"""Demo athletes: athletes of their own, made up from a number, and removed with everything they have."""

from sqlalchemy import delete, insert, select, update

from homestretch.errors import BadRequest
from homestretch.flow.runtime.context import Context
from homestretch.flow.security.log import record
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import accounts, athletes, demos, grants
from homestretch.store.tables.ops import batches, items


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
    query = (
        select(demos.c.athlete_id)
        .join(athletes, athletes.c.id == demos.c.athlete_id)
        .where(demos.c.seed == seed, athletes.c.removed_ms.is_(None))
    )
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
    made_up = athletes.c.id.in_(select(demos.c.athlete_id))
    mine = (athletes.c.id == scope.athlete_id) & athletes.c.removed_ms.is_(None) & made_up
    with context.database.write() as session:
        if not session.run(update(athletes).where(mine).values(removed_ms=context.clock())):
            raise BadRequest(
                reason=("This is not the demo athlete. Only the demo athlete can be removed with all data.")
            )
        record(session, context, "athlete_removed", athlete=scope.athlete_id)
        session.run(delete(grants).where(grants.c.athlete_id == scope.athlete_id))
        open_ones = (batches.c.athlete_id == scope.athlete_id) & batches.c.state.in_(("receiving", "running"))
        left = items.c.batch_id.in_(select(batches.c.id).where(open_ones))
        session.run(update(items).where(left, items.c.status.in_(("expected", "waiting"))).values(status="skipped"))
        session.run(update(batches).where(open_ones).values(state="undone", finished_ms=context.clock()))
