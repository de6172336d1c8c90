"""A first sync of Google Health that fails at random, by processes that are killed at random moments.

It ends complete: nothing twice, nothing lost, within the limits. The table of requests is printed. The short form runs
in every test run; `make torture` runs 700 days with 20 kills.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import select

from homestretch.flow.accounts.accounts import athlete_named
from homestretch.flow.sync import connections as flow
from homestretch.sources.google_health.decode import decode
from homestretch.store.database import sqlite_url
from homestretch.store.queries.payloads import current, read_payloads
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals
from homestretch.store.tables.ops import remote_items, runs
from tests.conftest import make_context
from tests.fakes.google_health import Account, FakeGoogleHealth
from tests.sources.connected import Clock, Connected
from tests.sources.google_health.conftest import APP
from tests.sources.joined import address_in
from tests.torture.test_syncs import FULL, PATIENCE_S, PAUSE_S, SEED, Machines, done, let_run
from tests.waiting import wait_until

DAYS, KILLS = (700, 20) if FULL else (30, 2)
#: What goes wrong: kind, how likely, and how often at most. What waits for a minute or more is rare.
FAULTS: tuple[tuple[str, float, int | None], ...] = (
    ("500", 0.004, None), ("503", 0.004, None), ("504", 0.004, None), ("cut", 0.004, None), ("lost", 0.004, None),
    ("slow", 0.01, None), ("html", 0.004, 8 if FULL else 0), ("429json", 0.002, 5 if FULL else 0),
    ("401", 0.004, 8 if FULL else 2),
)  # fmt: skip

pytestmark = pytest.mark.torture


@pytest.fixture
def fake() -> Iterator[FakeGoogleHealth]:
    """The account, whose answers are in small pages, with empty ones between and points that two pages have."""
    today = datetime.now(UTC).date()
    with FakeGoogleHealth(Account(today - timedelta(days=DAYS - 1), today, zone="UTC")) as made:
        made.page, made.gaps, made.twins = 7, True, True
        yield made
        assert made.problems == []


@pytest.fixture(params=["sqlite", "postgres"])
def connected(request: pytest.FixtureRequest, tmp_path: Path, fake: FakeGoogleHealth) -> Iterator[Connected]:
    """A connection that is to be synced, seen from beside the processes that do it."""
    (tmp_path / "data").mkdir()
    postgres = request.param == "postgres"
    context = make_context(
        tmp_path / "data", request.getfixturevalue("postgres_url") if postgres else sqlite_url(tmp_path / "data")
    )
    scope = Scope(athlete_named(context, None))
    urls = {"provider_urls": {"google_health": fake.url}}
    context = replace(context, settings=context.settings.model_copy(update=urls))
    name = flow.sign_in(context, scope, "google_health", "oauth", APP)
    made = Connected(context, scope, cast(Any, fake), Clock(0), name)
    flow.answer(context, scope, name, {"redirect": fake.allow(address_in(made))})
    flow.change(context, scope, name, settings={"pause_s": PAUSE_S, "step_pause_s": 0}, by_hand=True)
    fake.counts.reset()
    yield made
    context.database.close()


def test_killing_a_first_sync(
    connected: Connected, fake: FakeGoogleHealth, unused_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Servers and workers are killed and started again."""
    chance, began = random.Random(SEED), time.monotonic()
    for number, (kind, probability, times) in enumerate(FAULTS):
        retry = "1" if kind.startswith("429") else None
        fake.fault("* /v4/*", kind, probability=probability, times=times, seed=SEED + number, retry_after=retry)
    machines = Machines(connected, unused_port)
    try:
        for name in ("server",) if connected.context.database.sqlite else ("server", "one"):
            machines.start(name)
        for number in range(KILLS):
            let_run(chance, 20.0 if FULL else 1.0)
            name = chance.choice(sorted(machines.running))
            if name == "server" and number % 2:
                machines.kill_worker()
            else:
                machines.kill(name)
                machines.start(name)
        wait_until(lambda: done(connected), lambda: (connected.states(), connected.row), PATIENCE_S)
    finally:
        machines.end()
    strikes = sum(fault.struck for fault in fake.faults._all if fault.kind != "slow")
    with capsys.disabled():
        print(f"\n{time.monotonic() - began:.0f} s, {machines.kills} kills, {strikes} faults")
        print("\n".join(f"{count:>6} {route}" for route, count in sorted(fake.counts.routes().items())))
    check(connected, fake, machines.kills, strikes)


def check(connected: Connected, fake: FakeGoogleHealth, kills: int, strikes: int) -> None:
    """Everything is there once, and was asked for once, but for kills and faults."""
    account = fake.account
    assert connected.states().keys() == {"have"}
    keys = [str(row.provider_key) for row in connected.rows(arrivals)]
    assert sorted(keys) == sorted(account.workouts())
    worn = [day for day in account.days if account.is_worn(day)]
    held = read(connected)
    assert held["steps"] == {day: float((account.totals("steps", day) or {})["countSum"]) for day in worn}
    assert held["weight_kg"].keys() == held["resting_heart_rate_bpm"].keys() == held["night"].keys() == set(worn)
    asked = Counter(hit.url for hit in fake.counts.hits if fnmatchcase(hit.url, "GET *dataPoints*"))
    again = sum(count - 1 for count in asked.values())
    longest = 2 + 2 * -(-11 // fake.page)  # the pages of an item, which a kill or a fault lets be asked again
    assert again <= longest * (kills + strikes)
    assert fake.counts.busiest(10.0) <= 10.0 / PAUSE_S + kills + strikes
    with connected.context.database.read() as reader:
        counted: Any = reader.scalar(select(runs.c.requests))
    assert abs(counted - fake.counts.total) <= longest * (kills + strikes)
    states = connected.rows(remote_items, remote_items.c.kind != "devices")
    assert len(states) == len({(row.kind, row.key) for row in states})


def read(connected: Connected) -> dict[str, dict[date, float]]:
    """Return the values of days by kind, from the payloads that hold; `night` is how long somebody slept."""
    found: dict[str, dict[date, float]] = {}
    with connected.context.database.read() as reader:
        rows = reader.rows(current(connected.scope.athlete_id))
        data = read_payloads(reader, [row.id for row in rows])
    for row in rows:
        wellness = decode(row.kind, data[row.id])
        for one in wellness.measurements:
            found.setdefault(one.kind, {})[date.fromisoformat(one.day)] = one.value
        for night in wellness.nights:
            found.setdefault("night", {})[date.fromisoformat(night.day)] = night.asleep_s or 0.0
    return found
