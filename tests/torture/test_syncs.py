"""A first sync of an account whose provider fails at random, by processes that are killed at random moments.

It ends complete: nothing twice, nothing lost, no request repeated but for a kill or a fault of the provider's own.
The short form runs in every test run; `make torture` runs the long one.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import select, update

from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.store.database import sqlite_url
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals, payloads
from homestretch.store.tables.ops import heartbeats, remote_items, runs
from tests.conftest import make_context
from tests.fakes.garmin import Account, FakeGarmin
from tests.sources.connected import Clock, Connected, originals
from tests.torture.test_kills import forget_jobs, kill_worker, wait_for
from tests.waiting import wait_until

FULL = os.environ.get("HOMESTRETCH_TORTURE") == "full"
ACTIVITIES, DAYS, KILLS = (3000, 700, 20) if FULL else (40, 20, 3)
SEED = int(os.environ.get("HOMESTRETCH_TORTURE_SEED", "7"))
PATIENCE_S = 7200 if FULL else 240
PAUSE_S = 0.03
#: What goes wrong: kind, how likely, and how often at most. What waits for a minute or more is rare.
FAULTS: tuple[tuple[str, float, int | None], ...] = (
    ("500", 0.003, None), ("503", 0.003, None), ("cut", 0.003, None), ("lost", 0.003, None), ("slow", 0.01, None),
    ("garbage", 0.003, None), ("429json", 0.003, 5 if FULL else 1), ("429html", 0.003, 5 if FULL else 1),
    ("401", 0.003, 8 if FULL else 2), ("cloudflare", 0.001, 1 if FULL else 0),
)  # fmt: skip

pytestmark = pytest.mark.torture


@pytest.fixture
def fake() -> Iterator[FakeGarmin]:
    """The account, in which nothing goes wrong yet."""
    account = Account(activity_count=ACTIVITIES, days=DAYS, over_days=DAYS)
    with FakeGarmin(account) as made:
        yield made
        assert made.problems == [] and made.counts.unknown() == []


@pytest.fixture(params=["sqlite", "postgres"])
def connected(request: pytest.FixtureRequest, tmp_path: Path, fake: FakeGarmin) -> Iterator[Connected]:
    """A connection that is to be synced, seen from beside the processes that do it."""
    (tmp_path / "data").mkdir()
    postgres = request.param == "postgres"
    url = request.getfixturevalue("postgres_url") if postgres else sqlite_url(tmp_path / "data")
    context = make_context(tmp_path / "data", url)
    scope = Scope(athlete_named(context, None))
    context = replace(context, settings=context.settings.model_copy(update={"provider_urls": {"garmin": fake.url}}))
    made = sign_in(context, scope, fake)
    yield made
    context.database.close()


def sign_in(context: Context, scope: Scope, fake: FakeGarmin) -> Connected:
    """Return a connection that goes on by itself, on the clock of this machine."""
    name = flow.sign_in(context, scope, "garmin", "ticket", {"ticket": fake.browser_ticket()})
    flow.change(context, scope, name, settings={"pause_s": PAUSE_S, "step_pause_s": 0, "page": 200}, by_hand=True)
    fake.counts.reset()
    return Connected(context, scope, fake, Clock(0), name)


class Machines:
    """The processes that share a folder and a database: a server, and on PostgreSQL two workers beside it."""

    def __init__(self, connected: Connected, port: int) -> None:
        settings = connected.context.settings
        self.port = port
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("HOMESTRETCH_")} | {
            "HOMESTRETCH_DATA_DIR": str(settings.data_dir), "HOMESTRETCH_DECODERS": "1",
            "HOMESTRETCH_MIN_FREE_MB": "0", "HOMESTRETCH_LOG_LEVEL": "error", "HOMESTRETCH_PORT": str(port),
            "HOMESTRETCH_PROVIDER_URLS": json.dumps(settings.provider_urls),
        }  # fmt: skip
        if not settings.sqlite:
            self.environment["HOMESTRETCH_DATABASE_URL"] = settings.database_url or ""
        self.running: dict[str, subprocess.Popen[str]] = {}
        self.kills = 0

    def start(self, name: str) -> None:
        """Start a process, and wait for a server until it answers."""
        what = ["serve"] if name == "server" else ["worker", "--name", name]
        command = [sys.executable, "-m", "homestretch", *what]
        self.running[name] = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL, text=True)
        if name == "server":
            wait_for(self.port, self.running[name])

    def kill(self, name: str) -> None:
        """Kill a process, as a power cut would; the jobs database of SQLite goes with it."""
        process = self.running.pop(name)
        assert process.poll() is None, f"{name} ended by itself"
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.kills += 1
        _, alive = psutil.wait_procs(children, timeout=15)
        assert alive == []
        if "HOMESTRETCH_DATABASE_URL" not in self.environment:
            forget_jobs(self.environment)

    def kill_worker(self) -> None:
        """Kill the process that does the server's jobs; the server starts another one."""
        kill_worker(self.running["server"])
        self.kills += 1

    def end(self) -> None:
        """End all that still run."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(timeout=60)


def goes_wrong(fake: FakeGarmin) -> None:
    """Let the provider fail at random in whatever is asked for, but for the sign-in itself."""
    for number, (kind, probability, times) in enumerate(FAULTS):
        # A list that was cut short is rested at for a quarter of a minute: the short form has no time for that.
        pattern = "GET /*" if FULL or kind != "garbage" else "GET /*wellness*"
        retry = "1" if kind.startswith("429") else None
        fake.fault(pattern, kind, probability=probability, times=times, seed=SEED + number, retry_after=retry)


def strikes(fake: FakeGarmin) -> int:
    """Return how many requests a fault made somebody repeat."""
    return sum(fault.struck for fault in fake.faults._all if fault.kind != "slow")


def repeated(fake: FakeGarmin) -> int:
    """Return how many things were asked for again, those that a request stands for counted once each time."""
    asked = Counter(hit.url for hit in fake.counts.hits if hit.url.startswith("GET "))
    again: dict[str, int] = {}
    for url, count in asked.items():
        parts = url.split("?")[0].split("/")
        of_activity = "activity" in parts and parts[parts.index("activity") + 1] if "activity" in parts else None
        thing = "gear" if "gear" in parts else str(of_activity or url)  # what is told of gear is one entry
        again[thing] = max(again.get(thing, 0), count - 1)
    return sum(again.values())


def let_run(chance: random.Random, most_s: float) -> None:
    """Let processes go on for a random time."""
    time.sleep(chance.uniform(0.1, most_s))


def done(connected: Connected) -> bool:
    """Return whether the first sync is at its end."""
    assert connected.row.state in ("ready", "backed_off"), connected.row.reason
    return connected.runs() == [("first", "done")]


def let_die(connected: Connected, name: str) -> None:
    """Wait until the others know that a process is dead for good; the short form makes its minute pass at once."""
    if not FULL:
        with connected.context.database.write() as session:
            session.run(update(heartbeats).where(heartbeats.c.executor.startswith(f"{name}@")).values(at_ms=0))


def test_killing_a_first_sync(connected: Connected, unused_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Servers and workers are killed and started again; one worker never comes back."""
    fake, chance, began = connected.fake, random.Random(SEED), time.monotonic()
    goes_wrong(fake)
    machines = Machines(connected, unused_port)
    try:
        for name in ("server",) if connected.context.database.sqlite else ("server", "one", "other"):
            machines.start(name)
        for number in range(KILLS):
            let_run(chance, 25.0 if FULL else 1.5)
            name = chance.choice(sorted(machines.running))
            if number == KILLS // 2 and "other" in machines.running:
                machines.kill("other")
                let_die(connected, "worker-other")
            elif name == "server" and number % 2:
                machines.kill_worker()
            else:
                machines.kill(name)
                machines.start(name)
        wait_until(lambda: done(connected), lambda: (connected.states(), connected.row), PATIENCE_S)
    finally:
        machines.end()
    with capsys.disabled():
        print(f"\n{'sqlite' if connected.context.database.sqlite else 'postgres'}:"
              f" {time.monotonic() - began:.0f} s, {fake.counts.total} requests, {machines.kills} kills,"
              f" {strikes(fake)} faults, {repeated(fake)} repeats")  # fmt: skip
    check(connected, machines.kills)


def check(connected: Connected, kills: int) -> None:
    """Everything is there once, and was asked for once, but for kills and faults."""
    fake = connected.fake
    assert connected.states().keys() == {"have", "none"}
    assert connected.states(remote_items.c.kind == "activity") == {"have": ACTIVITIES}
    found = sorted((str(row.provider_key), row.digest) for row in connected.rows(arrivals))
    whole = {key: list(files) for key, files in originals(fake.account).items()}
    assert found == sorted((key, digest) for key, digests in whole.items() for digest in digests)
    assert all(connected.context.archive.has(digest) for _, digest in found)
    listed, of_items = ("activities", "streams"), "gear:"
    rows = [row for row in connected.rows(payloads) if row.kind not in listed and not row.kind.startswith(of_items)]
    kept = [(row.kind, row.key) for row in rows]
    told = connected.rows(
        remote_items, remote_items.c.state == "have", remote_items.c.kind.not_in(["activity", "wellness"])
    )
    assert sorted(kept) == sorted((row.kind, row.key) for row in told) and len(kept) > 7 * DAYS
    assert repeated(fake) <= kills + strikes(fake)
    assert fake.counts.busiest(10.0) <= 10.0 / PAUSE_S + kills + strikes(fake)
    with connected.context.database.read() as reader:
        counted: Any = reader.scalar(select(runs.c.requests))
    assert abs(counted - fake.counts.total) <= kills + strikes(fake), "what was used up is known whoever was killed"
