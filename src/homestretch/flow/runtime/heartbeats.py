"""Heartbeats: on PostgreSQL a live process takes over what a dead one left behind, and one asks what is due."""

from sqlalchemy import delete, select

from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.process import is_dead
from homestretch.jobs.engine import JobEngine
from homestretch.store.tables.ops import heartbeats, leases

BEAT_MS = 5_000
#: Who was silent so long is dead; a dead process of this machine is known at once.
DEAD_MS = 15_000


def beat(context: Context, engine: JobEngine) -> bool:
    """Report that this executor lives, and take over from the dead: their leases and jobs; SQLite has but one.

    Returns whether it leads: of several living ones the first by name asks for all what is due. Two that each believe
    it do no harm, since what waits already is not enqueued again.
    """
    if context.database.sqlite:
        return True
    now, me = context.clock(), engine.executor
    with context.database.read() as reader:
        beats = {row.executor: row.at_ms for row in reader.rows(select(heartbeats))}
    mine = beats.pop(me, None)
    dead = [one for one, at_ms in beats.items() if at_ms < now - DEAD_MS or is_dead(_process(one))]
    if dead:
        engine.recover(dead)  # before they are forgotten: a process killed in between leaves them to the next one
    if dead or mine is None or now - mine >= BEAT_MS:
        with context.database.write() as session:
            session.put(heartbeats, [{"executor": me, "at_ms": now}])
            for one in dead:
                session.run(delete(heartbeats).where(heartbeats.c.executor == one))
                session.run(delete(leases).where(leases.c.owner.startswith(f"{_process(one)}:", autoescape=True)))
    return bool(me == min({me, *beats}.difference(dead)))


def _process(executor: str) -> str:
    """Return the process that an executor is, as leases name it."""
    return executor.rpartition("@")[2]
