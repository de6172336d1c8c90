"""Leases: locks across transactions and processes that end by themselves when their owner dies."""

import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from homestretch.errors import HomestretchError
from homestretch.flow.world import World
from homestretch.store.tables.ops import leases

LEASE_MS = 60_000
RENEW_MS = LEASE_MS // 3
HOST = socket.gethostname().replace(":", "_")
#: Tells this process from an earlier one of the same number.
TOKEN = secrets.token_hex(4)
ME = f"{HOST}:{os.getpid()}:{TOKEN}"


class Occupied(HomestretchError):
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
        with world.database.write() as session:
            session.run(delete(leases).where(leases.c.key == key, leases.c.owner == owner))


def _take(world: World, key: str, owner: str) -> bool:
    now = world.clock()
    row = {"key": key, "owner": owner, "until_ms": now + LEASE_MS}
    with world.database.write() as session:
        session.run(delete(leases).where(leases.c.key == key, leases.c.until_ms < now))
        holder = session.scalar(select(leases.c.owner).where(leases.c.key == key))
        if holder is not None and _is_dead(holder):
            session.run(delete(leases).where(leases.c.key == key, leases.c.owner == holder))
        session.insert_new(leases, [row])
        return bool(session.scalar(select(leases.c.owner).where(leases.c.key == key)) == owner)


def _is_dead(owner: str) -> bool:
    """Return whether the owner was a process of this machine that is no more; others are given their minute."""
    host, pid, token, _ = owner.split(":")
    if host != HOST or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        return token != TOKEN
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
