"""A purge that was cut short anywhere is brought to its end, or gives way to a new sign-in without a loss."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from homestretch.app import all_jobs
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync import purge
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals, payloads
from homestretch.store.tables.ops import remote_items
from tests.fakes.garmin import FakeGarmin
from tests.sources.connected import Connected


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def connected(context: Context, scope: Scope, fake: FakeGarmin) -> Connected:
    """A connection with three activities and two days of files."""
    made = Connected.to(context, scope, fake, days=False)
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
            flow.disconnect(connected.context, connected.scope, connected.id, purge=True)


CUTS = [("forget_decoded", 0), ("forget", 0), ("forget", 1), ("unwanted", 0), ("unwanted", 1), ("_mark", 3)]


@pytest.mark.parametrize(("name", "after"), CUTS)
def test_a_job_brings_it_to_its_end(
    connected: Connected, monkeypatch: pytest.MonkeyPatch, name: str, after: int
) -> None:
    context, job = connected.context, all_jobs()["purge"]
    assert list(job.due(context)) == []
    cut_short(connected, monkeypatch, name, after)
    [arguments] = job.due(context)
    job.run(context, arguments)
    assert list(job.due(context)) == [] == list(context.archive.digests())
    with context.database.read() as reader:
        for table in (remote_items, payloads):
            assert reader.scalar(select(func.count()).select_from(table)) == 0
        assert reader.scalar(select(func.count()).select_from(arrivals).where(arrivals.c.purged_ms.is_(None))) == 0


@pytest.mark.parametrize(("name", "after"), CUTS)
def test_who_signs_in_again_in_between_has_everything(
    connected: Connected, monkeypatch: pytest.MonkeyPatch, name: str, after: int
) -> None:
    before = {row.digest for row in connected.rows(arrivals)}
    cut_short(connected, monkeypatch, name, after)
    again = Connected.to(connected.context, connected.scope, connected.fake, days=False)
    assert again.id == connected.id and list(all_jobs()["purge"].due(connected.context)) == []
    again.run()
    assert {row.digest for row in again.rows(arrivals, arrivals.c.purged_ms.is_(None))} == before
    assert all(connected.context.archive.has(digest) for digest in before)


def test_what_is_busy_is_taken_away_later(
    sqlite_context: Context, scope: Scope, fake: FakeGarmin, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Thread

    connected = Connected.to(sqlite_context, scope, fake, days=False)
    connected.run()
    monkeypatch.setattr(purge, "lease", lambda context, key, wait_s: lease(context, key, wait_s=0.2))
    with lease(connected.context, f"derive:{scope.athlete_id}"):
        letting_go = Thread(
            target=flow.disconnect, args=(connected.context, scope, connected.id), kwargs={"purge": True}
        )
        letting_go.start()
        letting_go.join()
        assert list(connected.context.archive.digests())
    [arguments] = all_jobs()["purge"].due(connected.context)
    all_jobs()["purge"].run(connected.context, arguments)
    assert list(connected.context.archive.digests()) == []
