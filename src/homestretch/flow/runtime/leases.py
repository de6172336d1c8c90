"""Leases: locks across transactions and processes that end by themselves when their owner dies."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.process import ME, is_dead
from homestretch.jobs.job import Postponed
from homestretch.store.tables.ops import leases

LEASE_MS = 60_000
RENEW_MS = LEASE_MS // 3
#: Which thread of this process holds or asks for a lease, by database and key; a lease in the process's name that is
#: another one's was left behind by what failed.
_held: dict[tuple[str, str], str] = {}


class Occupied(HomestretchError, Postponed):
    """An import or rebuild for this athlete is running. Try again when it is done."""

    status = 409


@dataclass(slots=True)
class Lease:
    """A lease that is held; `renew` it at least every minute."""

    context: Context
    key: str
    owner: str
    renewed_ms: int

    def renew(self) -> None:
        """Hold on for another minute. Raises Occupied if the lease was lost in between."""
        now = self.context.clock()
        if now - self.renewed_ms < RENEW_MS:
            return
        mine = (leases.c.key == self.key) & (leases.c.owner == self.owner)
        with self.context.database.write() as session:
            if not session.run(update(leases).where(mine).values(until_ms=now + LEASE_MS)):
                raise Occupied
        self.renewed_ms = now


@contextmanager
def lease(context: Context, key: str, *, wait_s: float = 0.0) -> Iterator[Lease]:
    """Hold a lease for a block, waiting for it up to `wait_s`. Raises Occupied."""
    owner = f"{ME}:{threading.get_ident()}"
    until = time.monotonic() + wait_s
    while not _take(context, key, owner):
        if time.monotonic() >= until:
            raise Occupied
        time.sleep(0.1)
    try:
        yield Lease(context, key, owner, context.clock())
    finally:
        _let_go(context, key, owner)
        with context.database.write() as session:
            session.run(delete(leases).where(leases.c.key == key, leases.c.owner == owner))


def _take(context: Context, key: str, owner: str) -> bool:
    """Return whether the lease is the owner's now; threads of this process settle it among themselves first."""
    if _held.setdefault((context.database.url, key), owner) != owner:
        return False
    taken = False
    try:
        taken = _taken(context, key, owner)
    finally:
        if not taken:
            _let_go(context, key, owner)
    return taken


def _let_go(context: Context, key: str, owner: str) -> None:
    if _held.get((context.database.url, key)) == owner:
        del _held[context.database.url, key]


def _taken(context: Context, key: str, owner: str) -> bool:
    now = context.clock()
    row = {"key": key, "owner": owner, "until_ms": now + LEASE_MS}
    with context.database.write() as session:
        session.run(delete(leases).where(leases.c.key == key, leases.c.until_ms < now))
        holder = session.scalar(select(leases.c.owner).where(leases.c.key == key))
        if holder is not None and _is_left(holder, owner):
            session.run(delete(leases).where(leases.c.key == key, leases.c.owner == holder))
        session.insert_new(leases, [row])
        return bool(session.scalar(select(leases.c.owner).where(leases.c.key == key)) == owner)


def _is_left(holder: str, owner: str) -> bool:
    """Return whether a holder is gone: a dead process, or an earlier one of this process (threads settle it before)."""
    process = holder.rpartition(":")[0]
    return holder != owner if process == ME else is_dead(process)
