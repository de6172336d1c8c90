"""Who is alive, and who takes over from the dead: leases, heartbeats, and what an idle club costs."""

import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select, update

from homestretch.app import all_jobs
from homestretch.flow.accounts import accounts
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.edit.thresholds import state
from homestretch.flow.runtime import leases as lease
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.heartbeats import DEAD_MS, beat
from homestretch.flow.runtime.process import HOST, ME
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes, connections, segments
from homestretch.store.tables.ops import connection_state, heartbeats, leases
from tests.conftest import make_context
from tests.formats import golden
from tests.taking import take_in

OTHER = "elsewhere:77:abcd"


@dataclass
class Taken:
    """An engine that notes from whom it takes over."""

    executor: str = f"server@{ME}"
    dead: list[str] = field(default_factory=list)

    def recover(self, executors: list[str]) -> None:
        self.dead += executors


@pytest.fixture
def club(postgres_url: str, tmp_path: Path) -> Iterator[Context]:
    """A context on PostgreSQL."""
    made = make_context(tmp_path / "data", postgres_url)
    yield made
    made.database.close()


def holders(context: Context) -> dict[str, str]:
    with context.database.read() as reader:
        return {row.key: row.owner for row in reader.rows(select(leases))}


def hold(context: Context, key: str, process: str) -> None:
    """Write down a lease that a process took this moment."""
    with context.database.write() as session:
        session.run(insert(leases), {"key": key, "owner": f"{process}:1", "until_ms": context.clock() + lease.LEASE_MS})


def test_the_dead_are_known_in_twenty_seconds(club: Context) -> None:
    engine, now = Taken(), club.clock()
    hold(club, "derive:1", OTHER)
    with club.database.write() as session:
        session.run(insert(heartbeats), {"executor": f"worker-one@{OTHER}", "at_ms": now})
    beat(replace(club, clock=lambda: now + DEAD_MS), engine)  # type: ignore[arg-type]
    assert engine.dead == [] and "derive:1" in holders(club)
    beat(replace(club, clock=lambda: now + 20_000), engine)  # type: ignore[arg-type]
    assert engine.dead == [f"worker-one@{OTHER}"]
    assert holders(club) == {}
    beat(replace(club, clock=lambda: now + 20_001), engine)  # type: ignore[arg-type]
    assert len(engine.dead) == 1, "who is taken over from is dead once"


def test_a_dead_process_of_this_machine_is_known_at_once(club: Context) -> None:
    engine, gone = Taken(), f"{HOST}:{_no_process()}:abcd"
    with club.database.write() as session:
        session.run(insert(heartbeats), {"executor": f"server@{gone}", "at_ms": club.clock()})
        session.run(insert(heartbeats), {"executor": f"server@{OTHER}", "at_ms": club.clock()})
    beat(club, engine)  # type: ignore[arg-type]
    assert engine.dead == [f"server@{gone}"], "two servers of one name are two"


@pytest.mark.parametrize("name", ["server", "worker-one", f"server@{socket.gethostname()}:{2**22 + 1}:abcd"])
def test_who_has_an_earlier_name_or_is_in_another_container_is_given_its_time(club: Context, name: str) -> None:
    """A number that is no process here may be one in a container that has the same host name."""
    engine, now = Taken(), club.clock()
    with club.database.write() as session:
        session.run(insert(heartbeats), {"executor": name, "at_ms": now})
    beat(replace(club, clock=lambda: now + 1), engine)  # type: ignore[arg-type]
    assert engine.dead == []
    beat(replace(club, clock=lambda: now + 20_000), engine)  # type: ignore[arg-type]
    assert engine.dead == [name]


def test_one_of_the_living_asks_what_is_due(club: Context) -> None:
    """The first by name leads; when it is silent the next one does, and nobody waits for who comes back."""
    now = club.clock()
    first, second = Taken(f"a@{OTHER}"), Taken(f"b@{ME}")
    assert beat(club, second), "who is alone leads"  # type: ignore[arg-type]
    assert beat(club, first)  # type: ignore[arg-type]
    assert not beat(club, second)  # type: ignore[arg-type]
    later = replace(club, clock=lambda: now + 20_000)
    assert beat(later, second) and second.dead == [first.executor]  # type: ignore[arg-type]
    assert beat(later, first)  # type: ignore[arg-type]
    assert not beat(later, second)  # type: ignore[arg-type]


def _no_process() -> int:
    """Return a number that no process has."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid


@pytest.mark.parametrize("left_by", [ME, f"{HOST}:{os.getpid()}:earlier"], ids=["this", "earlier"])
def test_a_lease_that_nobody_holds_any_more_is_taken(sqlite_context: Context, left_by: str) -> None:
    """As when the database was away while it was to be given back."""
    hold(sqlite_context, "derive:1", left_by)
    with lease.lease(sqlite_context, "derive:1"), ThreadPoolExecutor(1) as other:
        assert isinstance(other.submit(taken, sqlite_context).exception(), lease.Occupied)
    assert holders(sqlite_context) == {}


def taken(context: Context) -> None:
    with lease.lease(context, "derive:1"):
        pass


def test_threads_never_hold_a_lease_together(sqlite_context: Context) -> None:
    inside, together = [], []

    def work(_: int) -> None:
        for _ in range(5):
            with lease.lease(sqlite_context, "derive:1", wait_s=60):
                inside.append(1)
                together.append(len(inside))
                inside.pop()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert together == [1] * 20 and holders(sqlite_context) == {}


def test_another_s_lease_is_left_alone(sqlite_context: Context) -> None:
    hold(sqlite_context, "derive:1", OTHER)
    with pytest.raises(lease.Occupied), lease.lease(sqlite_context, "derive:1"):
        pass
    with sqlite_context.database.write() as session:
        session.run(update(leases).values(until_ms=sqlite_context.clock() - 1))
    with lease.lease(sqlite_context, "derive:1"):
        assert holders(sqlite_context)["derive:1"].startswith(ME)


@contextmanager
def statements(context: Context) -> Iterator[list[str]]:
    """Note every statement that is sent during the block."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    engines = {context.database.reading, context.database.writing}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield sent
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


def asked_for_all_jobs(context: Context) -> list[str]:
    with statements(context) as sent:
        for job in all_jobs().values():
            list(job.due(context))
    return sent


def test_what_is_due_costs_the_same_for_a_club(context: Context, scope: Scope, decoders: Decoders) -> None:
    """Each job asks for all athletes at once, whatever they have."""
    take_in(context, scope, decoders, {"run.fit": encode(golden.run(60))})
    equip(context, scope.athlete_id)
    alone = asked_for_all_jobs(context)
    for n in range(9):
        account = accounts.create_account(context, f"member{n}", "long enough", is_admin=False)
        with context.database.read() as reader:
            mine = reader.scalar(select(athletes.c.id).where(athletes.c.name == f"member{n}"))
        take_in(context, Scope(mine, account), decoders, {"run.fit": encode(golden.run(60))})
        equip(context, mine)
    assert len(asked_for_all_jobs(context)) == len(alone)
    per_second = sum(1 / job.every_s for job in all_jobs().values())
    assert per_second < 10, "questions a second; each is a handful of statements"


def equip(context: Context, athlete_id: int) -> None:
    """Give an athlete a threshold, a segment and a connection that waits for its time."""
    state(context, Scope(athlete_id), "ftp_w", 250, date(2026, 1, 1))
    now = context.clock()
    connection = {
        "public_id": f"c{athlete_id}", "athlete_id": athlete_id, "source": "intervals", "label": "x",
        "remote_account": {},
        "settings": {}, "secret": "x", "secret_revision": 1, "schedule": "0 6 * * *", "paused": False,
        "created_ms": now,
    }  # fmt: skip
    segment = {
        "public_id": f"s{athlete_id}", "athlete_id": athlete_id, "name": "x", "family": "run", "line": "", "origin": "",
        "created_ms": now, "revision": 1,
    }  # fmt: skip
    standing = {"state": "ready", "refusals": 0, "quota_used": {}, "next_ms": now + 3_600_000}
    with context.database.write() as session:
        number = session.add(insert(connections), connection)
        session.run(insert(connection_state), {"connection_id": number, **standing})
        session.run(insert(segments), segment)
