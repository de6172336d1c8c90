"""Accounts at a provider: signed in to in every way, set up, let go of, come back to, and nobody else's."""

import json
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import func, select

from homestretch.errors import BadRequest, Conflict, Forbidden, NotFound
from homestretch.flow.accounts.accounts import create_account
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.payloads import decode_stale
from homestretch.flow.derive.rederive import rederive
from homestretch.flow.imports.batches import undo
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync.connections import OtherAccount
from homestretch.flow.sync.sync import _Sync
from homestretch.net.budget import Blocked, Unreachable, WrongCode, WrongCredentials
from homestretch.sources.garmin.client import Garmin
from homestretch.store.queries import connections as stored
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import titles
from homestretch.store.tables.derived_days import measurements
from homestretch.store.tables.kept import arrivals, connections, payloads
from homestretch.store.tables.ops import connection_state, remote_items
from homestretch.views.people.people import scope as scope_of
from tests.fakes.garmin import FakeGarmin
from tests.fakes.garmin.clients import signed_in, tokens
from tests.sources.connected import TODAY, Clock, Connected, small
from tests.taking import listed, take_in


@pytest.fixture
def here(context: Context, fake: FakeGarmin) -> Context:
    """A context whose Garmin is the fake, at noon of TODAY."""
    urls = context.settings.model_copy(update={"provider_urls": {"garmin": fake.url}})
    return replace(context, settings=urls, clock=Clock.at(TODAY))


def password(fake: FakeGarmin, **other: str) -> dict[str, str]:
    """Return what is answered to the way by password."""
    return {"email": fake.account.email, "password": fake.account.password, **other}


def state(context: Context, scope: Scope, name: str) -> str:
    """Return where a connection stands."""
    with context.database.read() as reader:
        return str(stored.find(reader, scope, name).state)


def test_by_password_with_a_code_in_two_steps(here: Context, scope: Scope, fake: FakeGarmin) -> None:
    """The second step may be in another process, and a wrong code costs nothing but a try."""
    fake.sso.mfa = "email"
    name = flow.sign_in(here, scope, "garmin", "password", password(fake))
    assert state(here, scope, name) == "question"
    another = replace(here)
    with pytest.raises(WrongCode):
        flow.answer(another, scope, name, {"code": "000000"})
    assert flow.answer(another, scope, name, {"code": fake.sso.code}) == name
    assert state(here, scope, name) == "ready" and len(fake.sso.logins) == 1
    with here.database.read() as reader:
        row = stored.find(reader, scope, name)
    assert (row.label, row.remote_account["zone"]) == ("Fake Runner", "Europe/Helsinki")
    with pytest.raises(Conflict, match="sign-in has expired"):
        flow.answer(here, scope, name, {"code": fake.sso.code})


def test_a_code_that_came_too_late(here: Context, scope: Scope, fake: FakeGarmin) -> None:
    fake.sso.mfa = "totp"
    name = flow.sign_in(here, scope, "garmin", "password", password(fake))
    assert isinstance(here.clock, Clock)
    here.clock.ahead(minutes=31)
    with pytest.raises(Conflict, match="has expired"):
        flow.answer(here, scope, name, {"code": fake.sso.code})


def test_what_goes_wrong_is_one_clear_sentence(here: Context, scope: Scope, fake: FakeGarmin) -> None:
    with pytest.raises(WrongCredentials, match="rejected"):
        flow.sign_in(here, scope, "garmin", "password", password(fake, password="no"))
    for answer, words in (("captcha", "CAPTCHA"), ("427", "blocking"), ("429html", "blocking"), ("403", "blocking")):
        fake.sso.answers = {"*": answer}
        with pytest.raises(Blocked, match=words) as refused:
            flow.sign_in(here, scope, "garmin", "password", password(fake))
        assert "token file" in str(refused.value) and "\n" not in str(refused.value).strip()
    with pytest.raises(BadRequest, match="missing"):
        flow.sign_in(here, scope, "garmin", "password", {"email": "a"})
    with pytest.raises(BadRequest, match="no sign-in method"):
        flow.sign_in(here, scope, "garmin", "smoke", {})
    with pytest.raises(NotFound):
        flow.sign_in(here, scope, "strudel", "password", {})
    with here.database.read() as reader:
        assert reader.scalar(select(func.count()).select_from(connections)) == 0, "what failed leaves nothing"


def test_nobody_there(sqlite_context: Context, scope: Scope, unused_port: int) -> None:
    urls = {"garmin": f"http://127.0.0.1:{unused_port}"}
    nowhere = replace(sqlite_context, settings=sqlite_context.settings.model_copy(update={"provider_urls": urls}))
    with pytest.raises((Unreachable, Blocked)):
        flow.sign_in(nowhere, scope, "garmin", "ticket", {"ticket": "ST-0000000-abcdef-sso"})


def test_by_a_token_file(here: Context, scope: Scope, fake: FakeGarmin) -> None:
    made = tokens(signed_in(fake))
    name = flow.sign_in(here, scope, "garmin", "tokens", {"tokens": json.dumps(made)})
    assert state(here, scope, name) == "ready" and fake.sso.logins == []
    for bad in ("{}", "[1]", "not json", json.dumps(made | {"di_refresh_token": ""})):
        with pytest.raises(WrongCredentials, match="garmin_tokens"):
            flow.sign_in(here, scope, "garmin", "tokens", {"tokens": bad})


def test_by_a_ticket_once(here: Context, scope: Scope, fake: FakeGarmin) -> None:
    address = {"ticket": f"https://sso.garmin.com/sso/embed?ticket={fake.browser_ticket()}"}
    assert flow.sign_in(here, scope, "garmin", "ticket", address)
    with pytest.raises(WrongCredentials, match="once"):
        flow.sign_in(here, scope, "garmin", "ticket", address)
    with pytest.raises(WrongCredentials):
        flow.sign_in(here, scope, "garmin", "ticket", {"ticket": "an address without one"})


def test_settings_are_checked(here: Context, scope: Scope, fake: FakeGarmin) -> None:
    name = flow.sign_in(here, scope, "garmin", "ticket", {"ticket": fake.browser_ticket()})
    for bad in ({"pause_s": -1}, {"pause_s": "x"}, {"page": 5000}, {"days": "perhaps"}, {"reread": "never"},
                {"since": "last week"}, {"colour": "red"}):  # fmt: skip
        with pytest.raises(BadRequest):
            flow.change(here, scope, name, settings=bad)
    flow.change(here, scope, name, settings={"days": "no", "pause_s": "3.5", "since": "2020-02-29"})
    flow.change(here, scope, name, settings={"pause_s": None})
    with here.database.read() as reader:
        settings = flow.settings_of(stored.find(reader, scope, name))
    assert settings["days"] is False and settings["pause_s"] == 2.0 and settings["since"] == "2020-02-29"


@pytest.fixture
def fakes(at_once: None) -> Iterator[FakeGarmin]:
    """Two accounts."""
    ada, bob = small(2, 1, over_days=1), small(2, 1, over_days=1, seed=5, email="bob@example.test")
    bob.display_name, bob.full_name, bob.profile_id = "bob.9", "Bob Second", 70_000_009
    with FakeGarmin(ada, bob) as made:
        yield made


def test_another_account_is_refused(sqlite_context: Context, scope: Scope, fakes: FakeGarmin) -> None:
    connected = Connected.to(sqlite_context, scope, fakes, days=False, wellness=False)
    connected.run()
    ticket = {"ticket": fakes.browser_ticket("bob@example.test")}
    with pytest.raises(OtherAccount, match="Bob Second"):
        flow.sign_in(connected.context, scope, "garmin", "ticket", ticket, connected.id)
    assert connected.row.label == "Fake Runner"
    bob = Connected.to(connected.context, scope, fakes, "bob@example.test", days=False, wellness=False)
    assert bob.id != connected.id
    bob.run()
    assert {key.key for key in bob.rows(remote_items)}.isdisjoint(
        {key.key for key in connected.rows(remote_items)} - {"all"}
    )


def test_two_athletes_with_one_account_do_not_see_each_other(
    context: Context, scope: Scope, fake: FakeGarmin, decoders: Decoders
) -> None:
    mine = Connected.to(context, scope, fake, wellness=False)
    account = create_account(context, "other", "long enough", is_admin=False)
    with context.database.read() as reader:
        other = scope_of(reader, account, None, 0)
    theirs = Connected.to(mine.context, other, fake, wellness=False)
    assert theirs.id != mine.id
    mine.run()
    assert theirs.states() == {}
    with pytest.raises(NotFound):
        flow.change(mine.context, other, mine.id, paused=True)
    with pytest.raises(NotFound):
        flow.disconnect(mine.context, other, mine.id, purge=True)
    theirs.run()
    decode_stale(context, scope.athlete_id)
    rederive(context, scope.athlete_id, decoders)
    assert len(listed(context, scope)) == 3 and listed(context, other) == []
    with context.database.read() as reader:
        of = select(func.count()).select_from(measurements)
        assert reader.scalar(of.where(measurements.c.athlete_id == scope.athlete_id))
        assert not reader.scalar(of.where(measurements.c.athlete_id == other.athlete_id))
    flow.disconnect(mine.context, scope, mine.id, purge=True)
    rederive(context, other.athlete_id, decoders)
    assert len(listed(context, other)) == 3 and listed(context, scope) == [], "the bytes are still his"
    assert all(context.archive.has(row.digest) for row in theirs.rows(arrivals))


def test_an_editor_does_not_sign_in(here: Context, scope: Scope, fake: FakeGarmin) -> None:
    with pytest.raises(Forbidden):
        ticket = {"ticket": fake.browser_ticket()}
        flow.sign_in(here, Scope(scope.athlete_id, role="editor"), "garmin", "ticket", ticket)


def test_who_lets_go_keeps_what_came_and_who_comes_back_fetches_nothing_again(
    context: Context, scope: Scope, fake: FakeGarmin, decoders: Decoders
) -> None:
    connected = Connected.to(context, scope, fake, wellness=False)
    connected.run()
    number = connected.row.id
    rederive(context, scope.athlete_id, decoders)
    flow.disconnect(connected.context, scope, connected.id)
    with pytest.raises(NotFound):
        _ = connected.row
    with context.database.read() as reader:
        gone = reader.row(select(connections).where(connections.c.id == number))
        assert gone is not None and gone.secret is None and gone.removed_ms
        assert reader.scalar(select(func.count()).select_from(payloads))
    assert len(listed(context, scope)) == 3
    connected.clock.ahead(minutes=5)
    again = Connected.to(connected.context, scope, fake, wellness=False)
    assert again.id == connected.id and again.row.id == number
    routes = again.run()
    assert "GET /download-service/files/activity/{id}" not in routes and sum(routes.values()) <= 30
    assert again.states().keys() <= {"have", "none"}


def test_a_purge_takes_what_came_by_it_alone(
    context: Context, scope: Scope, fake: FakeGarmin, decoders: Decoders
) -> None:
    """A file that was imported too stays; what is taken away comes again with a new sign-in."""
    connected = Connected.to(context, scope, fake)
    connected.run()
    decode_stale(context, scope.athlete_id)
    rederive(context, scope.athlete_id, decoders)
    number = str(fake.account.newest()[0][2])
    digests = {row.digest for row in connected.rows(arrivals)}
    [kept] = {row.digest for row in connected.rows(arrivals, arrivals.c.provider_key == number)}
    item = take_in(context, scope, decoders, {"mine.fit": context.archive.read(kept)})["mine.fit"]
    flow.disconnect(connected.context, scope, connected.id, purge=True)
    assert len(listed(context, scope)) == 1 and list(context.archive.digests()) == [kept]
    with context.database.read() as reader:
        for table in (payloads, remote_items, measurements, titles):
            assert reader.scalar(select(func.count()).select_from(table)) == 0, table.name
        active = arrivals.c.purged_ms.is_(None) & arrivals.c.undone_ms.is_(None)
        assert {row.digest for row in reader.rows(select(arrivals).where(active))} == {kept}
    undo(context, scope, item["batch"])
    assert listed(context, scope) == []
    again = Connected.to(connected.context, scope, fake)
    again.run()
    rederive(context, scope.athlete_id, decoders)
    assert len(listed(context, scope)) == 3 and again.states().keys() <= {"have", "none"}
    assert {row.digest for row in again.rows(arrivals, arrivals.c.purged_ms.is_(None))} == digests


@pytest.mark.parametrize("before", ["keep_listing", "plan"])
def test_who_lets_go_while_a_list_is_read_gets_nothing_of_it(
    sqlite_context: Context, scope: Scope, fake: FakeGarmin, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was asked for before comes when nobody wants it any more."""
    connected = Connected.to(sqlite_context, scope, fake)
    number = connected.row.id
    owner, name = {"keep_listing": (Garmin, "activities"), "plan": (_Sync, "_plan")}[before]
    goes_on = getattr(owner, name)

    def lets_go(self: Any, *given: Any) -> Any:
        answer = goes_on(self, *given) if before == "keep_listing" else None
        flow.disconnect(connected.context, scope, connected.id, purge=True)
        return goes_on(self, *given) if before == "plan" else answer

    monkeypatch.setattr(owner, name, lets_go)
    connected.slice()
    with sqlite_context.database.read() as reader:
        for table in (payloads, remote_items):
            assert reader.scalar(select(func.count()).where(table.c.connection_id == number)) == 0, table.name


def test_who_lets_go_in_the_middle_gets_nothing_more(context: Context, scope: Scope, fake: FakeGarmin) -> None:
    connected = Connected.to(context, scope, fake, days=False)
    number = connected.row.id
    fake.fault("*/files/activity/*", "slow", delay_s=1.5)
    syncing = Thread(target=connected.slice)
    syncing.start()
    while not connected.states():
        pass
    flow.disconnect(connected.context, scope, connected.id, purge=True)
    syncing.join()
    with context.database.read() as reader:
        for table in (arrivals, payloads, remote_items):
            mine = table.c.connection_id == number
            active = mine if table is not arrivals else mine & arrivals.c.purged_ms.is_(None)
            assert reader.scalar(select(func.count()).select_from(table).where(active)) == 0, table.name
        assert (
            reader.scalar(select(connection_state.c.state).where(connection_state.c.connection_id == number))
            == "sign_in"
        )
