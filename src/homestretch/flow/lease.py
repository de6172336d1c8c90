"""Leases: locks across transactions and processes that end by themselves when their owner dies."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from homestretch.errors import HomestretchError
from homestretch.flow.process import ME, is_dead
from homestretch.flow.world import World
from homestretch.jobs.job import Postponed
from homestretch.store.tables.ops import leases

LEASE_MS = 60_000
RENEW_MS = LEASE_MS // 3
#: The keys that this process holds; a lease in its name that is none of them was left behind by what failed.
_held: set[str] = set()


class Occupied(HomestretchError, Postponed):
    """This athlete's data is being worked on just now (an import or a rebuild); try again when that is done."""

    status = 409


@dataclass(slots=True)
class Lease:
    """A lease that is held; `renew` it at least every minute."""

    world: World
    key: str
    owner: str
    renewed_ms: int

    def renew(self) -> None:
        """Hold on for another minute. Raises Occupied when it was lost meanwhile."""
        now = self.world.clock()
        if now - self.renewed_ms < RENEW_MS:
            return
        mine = (leases.c.key == self.key) & (leases.c.owner == self.owner)
        with self.world.database.write() as session:
            if not session.run(update(leases).where(mine).values(until_ms=now + LEASE_MS)):
                raise Occupied
        self.renewed_ms = now


@contextmanager
def lease(world: World, key: str, *, wait_s: float = 0.0) -> Iterator[Lease]:
    """Hold a lease for a block, waiting for it up to `wait_s`. Raises Occupied."""
    owner = f"{ME}:{threading.get_ident()}"
    until = time.monotonic() + wait_s
    while not _take(world, key, owner):
        if time.monotonic() >= until:
            raise Occupied
        time.sleep(0.1)
    try:
        yield Lease(world, key, owner, world.clock())
    finally:
        _held.discard(key)
        with world.database.write() as session:
            session.run(delete(leases).where(leases.c.key == key, leases.c.owner == owner))


def _take(world: World, key: str, owner: str) -> bool:
    now = world.clock()
    row = {"key": key, "owner": owner, "until_ms": now + LEASE_MS}
    with world.database.write() as session:
        session.run(delete(leases).where(leases.c.key == key, leases.c.until_ms < now))
        holder = session.scalar(select(leases.c.owner).where(leases.c.key == key))
        if holder is not None and _is_left(holder, key):
            session.run(delete(leases).where(leases.c.key == key, leases.c.owner == holder))
        session.insert_new(leases, [row])
        taken = bool(session.scalar(select(leases.c.owner).where(leases.c.key == key)) == owner)
    if taken:
        _held.add(key)
    return taken


def _is_left(owner: str, key: str) -> bool:
    """Return whether nobody holds a lease any more that has its owner's name: a dead process, or this one in vain."""
    process = owner.rpartition(":")[0]
    return key not in _held if process == ME else is_dead(process)
