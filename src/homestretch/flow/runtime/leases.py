"""Leases: locks across transactions and processes that end by themselves when their owner dies."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import World
from homestretch.flow.runtime.process import ME, is_dead
from homestretch.jobs.job import Postponed
from homestretch.store.tables.ops import leases

LEASE_MS = 60_000
RENEW_MS = LEASE_MS // 3
#: Which thread of this process holds or asks for a lease, by database and key; a lease in the process's name that is
#: another one's was left behind by what failed.
_held: dict[tuple[str, str], str] = {}


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
        _let_go(world, key, owner)
        with world.database.write() as session:
            session.run(delete(leases).where(leases.c.key == key, leases.c.owner == owner))


def _take(world: World, key: str, owner: str) -> bool:
    """Return whether the lease is the owner's now; threads of this process settle it among themselves first."""
    if _held.setdefault((world.database.url, key), owner) != owner:
        return False
    taken = False
    try:
        taken = _taken(world, key, owner)
    finally:
        if not taken:
            _let_go(world, key, owner)
    return taken


def _let_go(world: World, key: str, owner: str) -> None:
    if _held.get((world.database.url, key)) == owner:
        del _held[world.database.url, key]


def _taken(world: World, key: str, owner: str) -> bool:
    now = world.clock()
    row = {"key": key, "owner": owner, "until_ms": now + LEASE_MS}
    with world.database.write() as session:
        session.run(delete(leases).where(leases.c.key == key, leases.c.until_ms < now))
        holder = session.scalar(select(leases.c.owner).where(leases.c.key == key))
        if holder is not None and _is_left(holder, owner):
            session.run(delete(leases).where(leases.c.key == key, leases.c.owner == holder))
        session.insert_new(leases, [row])
        return bool(session.scalar(select(leases.c.owner).where(leases.c.key == key)) == owner)


def _is_left(holder: str, owner: str) -> bool:
    """Return whether nobody holds a lease any more that has a holder's name: a dead process, or this one in vain."""
    process = holder.rpartition(":")[0]
    return holder != owner if process == ME else is_dead(process)
