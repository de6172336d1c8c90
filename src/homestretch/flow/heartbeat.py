"""Heartbeats: on PostgreSQL a live worker takes over what a dead one left behind."""

from sqlalchemy import delete, select

from homestretch.flow.world import World
from homestretch.jobs.engine import JobEngine
from homestretch.store.tables.ops import heartbeats

BEAT_MS = 10_000
DEAD_MS = 60_000


def beat(world: World, engine: JobEngine) -> None:
    """Say that this executor lives, and take over from those that fell silent; SQLite has but one."""
    if world.database.sqlite:
        return
    now = world.clock()
    me = world.settings.executor
    with world.database.read() as reader:
        mine = reader.scalar(select(heartbeats.c.at_ms).where(heartbeats.c.executor == me))
        silent = select(heartbeats.c.executor).where(heartbeats.c.at_ms < now - DEAD_MS, heartbeats.c.executor != me)
        dead = [row.executor for row in reader.rows(silent)]
    if mine is None or now - mine >= BEAT_MS:
        with world.database.write() as session:
            session.put(heartbeats, [{"executor": me, "at_ms": now}])
            session.run(delete(heartbeats).where(heartbeats.c.executor.in_(dead)))
    if dead:
        engine.recover(dead)
