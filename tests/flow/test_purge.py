"""A purge that was cut short anywhere is brought to its end, or gives way to a new sign-in without a loss."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from homestretch.app import all_jobs
from homestretch.flow.runtime.context import World
from homestretch.flow.runtime.leases import lease
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync import purge
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals, payloads
from homestretch.store.tables.ops import entries
from tests.fakes.garmin import FakeGarmin
from tests.sources.connected import Connected


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def connected(world: World, scope: Scope, fake: FakeGarmin) -> Connected:
    """A connection with three activities and two days of files."""
    made = Connected.to(world, scope, fake, days=False)
    made.run()
    return made


def cut_short(connected: Connected, monkeypatch: pytest.MonkeyPatch, name: str, after: int) -> None:
    """Let go with a purge that is killed when it has done something so often."""
    real: Callable[..., Any] = getattr(purge, name)
    done = 0

    def dies(*given: Any, **named: Any) -> Any:
        nonlocal done
        done += 1
        if done > after:
            raise Killed
        return real(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(purge, name, dies)
        patched.setattr(purge, "PORTION", 2)
        with pytest.raises(Killed):
            flow.disconnect(connected.world, connected.scope, connected.id, purge=True)


CUTS = [("forget_told", 0), ("forget", 0), ("forget", 1), ("unwanted", 0), ("unwanted", 1), ("_mark", 3)]


@pytest.mark.parametrize(("name", "after"), CUTS)
def test_a_job_brings_it_to_its_end(
    connected: Connected, monkeypatch: pytest.MonkeyPatch, name: str, after: int
) -> None:
    world, job = connected.world, all_jobs()["purge"]
    assert list(job.due(world)) == []
    cut_short(connected, monkeypatch, name, after)
    [arguments] = job.due(world)
    job.run(world, arguments)
    assert list(job.due(world)) == [] == list(world.archive.digests())
    with world.database.read() as reader:
        for table in (entries, payloads):
            assert reader.scalar(select(func.count()).select_from(table)) == 0
        assert reader.scalar(select(func.count()).select_from(arrivals).where(arrivals.c.purged_ms.is_(None))) == 0


@pytest.mark.parametrize(("name", "after"), CUTS)
def test_who_signs_in_again_in_between_has_everything(
    connected: Connected, monkeypatch: pytest.MonkeyPatch, name: str, after: int
) -> None:
    before = {row.digest for row in connected.rows(arrivals)}
    cut_short(connected, monkeypatch, name, after)
    again = Connected.to(connected.world, connected.scope, connected.fake, days=False)
    assert again.id == connected.id and list(all_jobs()["purge"].due(connected.world)) == []
    again.run()
    assert {row.digest for row in again.rows(arrivals, arrivals.c.purged_ms.is_(None))} == before
    assert all(connected.world.archive.has(digest) for digest in before)


def test_what_is_busy_is_taken_away_later(
    sqlite_world: World, scope: Scope, fake: FakeGarmin, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Thread

    connected = Connected.to(sqlite_world, scope, fake, days=False)
    connected.run()
    monkeypatch.setattr(purge, "lease", lambda world, key, wait_s: lease(world, key, wait_s=0.2))
    with lease(connected.world, f"derive:{scope.athlete_id}"):
        letting_go = Thread(target=flow.disconnect, args=(connected.world, scope, connected.id), kwargs={"purge": True})
        letting_go.start()
        letting_go.join()
        assert list(connected.world.archive.digests())
    [arguments] = all_jobs()["purge"].due(connected.world)
    all_jobs()["purge"].run(connected.world, arguments)
    assert list(connected.world.archive.digests()) == []
