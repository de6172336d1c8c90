"""Secrets are sealed with keys of their own, and of two processes that renew one token each does so in its turn."""

import json
import multiprocessing
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import select, update

from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import Occupied
from homestretch.flow.runtime.secret_store import (
    KEY_FILE,
    KeyGiven,
    KeyMissing,
    Keys,
    StoredSecret,
    keys,
    reseal,
    rotate,
)
from homestretch.flow.sync import connections as flow
from homestretch.settings import Settings
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import connections
from homestretch.store.tables.ops import connection_state
from tests.conftest import ROOT, make_context
from tests.fakes.garmin import FakeGarmin
from tests.sources.connected import Connected

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def given(context: Context, *with_keys: str) -> Context:
    """Return the world with keys from the environment."""
    from dataclasses import replace

    secret = SecretStr(" ".join(with_keys))
    return replace(context, settings=context.settings.model_copy(update={"secret_key": secret}))


def test_what_is_sealed_is_hidden_and_opened(tmp_path: Path) -> None:
    one, both = Keys(tmp_path, (OLD,)), Keys(tmp_path, (NEW, OLD))
    sealed = one.seal("refresh-token-é")
    assert "refresh" not in sealed and sealed != one.seal("refresh-token-é")
    assert one.open(sealed) == both.open(sealed) == "refresh-token-é"
    with pytest.raises(KeyMissing):
        one.open(both.seal("x"))
    with pytest.raises(KeyMissing, match="not in"):
        one.open(sealed[:-5] + "AAAAA")
    for nonsense in ("", ":", "no", f"{sealed[:9]}not a token"):
        with pytest.raises(KeyMissing):
            one.open(nonsense)


def _first_key(folder: str, begin: Any) -> str:
    begin.wait(30)
    return keys(Settings(data_dir=Path(folder))).all[0]


def test_of_many_processes_one_makes_the_key(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Manager() as manager:
        begin = manager.Barrier(2)
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            made = pool.starmap(_first_key, [(str(tmp_path), begin)] * 2)
    assert len(set(made)) == 1
    assert [place.name for place in tmp_path.iterdir()] == [KEY_FILE]
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


@pytest.fixture
def connected(sqlite_context: Context, scope: Scope, fake: FakeGarmin) -> Connected:
    """A connection that was signed in to."""
    return Connected.to(sqlite_context, scope, fake)


def sealed(connected: Connected) -> str:
    text: str = connected.row.secret
    return text


def test_a_secret_lies_sealed_and_is_read(connected: Connected) -> None:
    secret = StoredSecret(connected.context, connected.row.id).read()
    assert set(secret) == {"domain", "tokens"} and secret["tokens"]["di_refresh_token"]
    assert secret["tokens"]["di_refresh_token"] not in sealed(connected)


def test_rotation_seals_all_anew_and_forgets_the_old_key(connected: Connected) -> None:
    context, number = connected.context, connected.row.id
    before, [old] = sealed(connected), keys(context.settings).all
    secret = StoredSecret(context, number).read()
    with context.database.write() as session:
        question = json.dumps({"text": "?", "fields": [], "at_ms": 0, "state": keys(context.settings).seal('{"a": 1}')})
        session.run(update(connection_state).values(question=question))
    assert rotate(context) == 1
    [new] = keys(context.settings).all
    assert new != old and old not in (context.settings.data_dir / KEY_FILE).read_text()
    assert stat.S_IMODE((context.settings.data_dir / KEY_FILE).stat().st_mode) == 0o600
    assert sealed(connected) != before and StoredSecret(context, number).read() == secret
    with context.database.read() as reader:
        kept = json.loads(reader.scalar(select(connection_state.c.question)) or "")
    assert keys(context.settings).open(kept["state"]) == '{"a": 1}'


def test_keys_of_the_environment_are_changed_there(connected: Connected) -> None:
    number = connected.row.id
    secret = StoredSecret(connected.context, number).read()
    [file_key] = keys(connected.context.settings).all
    both = given(connected.context, NEW, file_key)
    with pytest.raises(KeyGiven):
        rotate(both)
    assert StoredSecret(both, number).read() == secret
    assert reseal(both) == 1
    assert StoredSecret(given(connected.context, NEW), number).read() == secret
    with pytest.raises(KeyMissing):
        StoredSecret(given(connected.context, OLD), number).read()


def test_without_its_key_a_sign_in_is_asked_for(connected: Connected) -> None:
    connected.run()
    connected.next_turn()
    connected.context = given(connected.context, OLD)
    connected.run()
    assert connected.row.state == "sign_in" and "HOMESTRETCH_SECRET_KEY" in connected.row.reason
    assert connected.told()[-1] == "sign_in_needed" and connected.runs()[-1] == ("schedule", "failed")
    ticket = {"ticket": connected.fake.browser_ticket()}
    assert flow.sign_in(connected.context, connected.scope, "garmin", "ticket", ticket, connected.id) == connected.id
    connected.run()
    assert connected.row.state == "ready" and connected.runs()[-1][1] == "done"


def test_who_signed_in_meanwhile_has_the_last_word(connected: Connected) -> None:
    stored = StoredSecret(connected.context, connected.row.id)

    def renewed(_: dict[str, Any]) -> dict[str, Any]:
        ticket = {"ticket": connected.fake.browser_ticket()}
        flow.sign_in(connected.context, connected.scope, "garmin", "ticket", ticket, connected.id)
        return {"domain": "garmin.com", "tokens": {"di_refresh_token": "too late"}}

    assert stored.renew(renewed)["tokens"]["di_refresh_token"] != "too late"
    assert stored.read()["tokens"]["di_refresh_token"] != "too late"


def test_who_waits_too_long_for_another_gives_up(connected: Connected, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homestretch.flow.runtime.secret_store.WAIT_S", 0.2)
    stored = StoredSecret(connected.context, connected.row.id)

    def another(secret: dict[str, Any]) -> dict[str, Any]:
        with ThreadPoolExecutor() as threads, pytest.raises(Occupied):
            threads.submit(stored.renew, lambda inner: {**inner, "x": 1}).result()
        return secret

    assert "x" not in stored.renew(another)


@contextmanager
def fake_process() -> Iterator[str]:
    """Run the fake as a process of its own during the block; its URL."""
    command = [sys.executable, "-m", "tests.fakes.garmin", "--activities", "3", "--days", "3"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate(timeout=30)


def door(url: str, method: str, name: str, **body: Any) -> dict[str, Any]:
    """Ask the fake's control door."""
    request = Request(f"{url}/_fake/{name}", json.dumps(body).encode(), method=method)
    with urlopen(request, timeout=30) as answer:
        found: dict[str, Any] = json.loads(answer.read())
        return found


def _asks(folder: str, database: str, url: str, number: int, times: int, begin: Any) -> int:
    """Ask the fake so often, as a sync would, in a process of its own; return how often it was answered."""
    from dataclasses import replace

    from homestretch.sources.registry import sources
    from homestretch.store.queries import connections as rows

    context = make_context(Path(folder), database)
    context = replace(context, settings=context.settings.model_copy(update={"provider_urls": {"garmin": url}}))
    source = sources()["garmin"]
    with context.database.read() as reader:
        row = rows.by_id(reader, number)
    client = source.client(
        StoredSecret(context, number), flow.person_of(row), flow.calls_of(context, source, pause_s=0.0)
    )
    begin.wait(60)
    answered = 0
    for _ in range(times):
        answered += bool(client.activities(0, 10, None).items)
        time.sleep(0.05)
    context.database.close()
    return answered


def test_two_processes_never_lose_the_token_nor_use_it_twice(context: Context, scope: Scope) -> None:
    """Each access token holds for a second and a half; a refresh token that is shown again ends them all."""
    with fake_process() as url:
        door(url, "POST", "sso", reuse_revokes=True)
        from dataclasses import replace

        here = replace(context, settings=context.settings.model_copy(update={"provider_urls": {"garmin": url}}))
        name = flow.sign_in(here, scope, "garmin", "ticket", door(url, "POST", "ticket"))
        door(url, "POST", "sso", access_lifetime_s=901.5)  # the library renews 900 s before the end
        door(url, "POST", "revoke", what="access")
        with context.database.read() as reader:
            number = reader.scalar(select(connections.c.id).where(connections.c.public_id == name))
        assert number is not None
        spawn = multiprocessing.get_context("spawn")
        with spawn.Manager() as manager, spawn.Pool(2) as pool:
            begin = manager.Barrier(2)
            database = context.settings.database_url or ""
            given = (str(context.settings.data_dir), database, url, number, 40, begin)
            assert pool.starmap(_asks, [given, given]) == [40, 40]
        seen = door(url, "GET", "sso")
        assert seen["reused"] == [] and seen["refused"] == [] and seen["refreshes"] >= 2
        assert door(url, "GET", "counts")["problems"] == []
        with context.database.read() as reader:
            row = reader.row(select(connections.c.secret_revision, connections.c.secret))
        assert row is not None and row.secret_revision == seen["refreshes"] + 1
        assert StoredSecret(here, number).read()["tokens"]["di_refresh_token"]
