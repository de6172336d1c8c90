"""Signing in at the fake with the real client library: strategies, codes, tickets, tokens."""

import json
import time
from collections.abc import Iterator

import pytest
import requests
from garminconnect import (
    GarminConnectAuthenticationError,
    GarminConnectConnectionError,
    GarminConnectTooManyRequestsError,
)

from tests.fakes.garmin import FakeGarmin
from tests.fakes.garmin.clients import STRATEGIES, client, signed_in, tokens
from tests.waiting import wait_until


@pytest.fixture
def fake() -> Iterator[FakeGarmin]:
    """A fake of its own, in which nothing went wrong within."""
    with FakeGarmin() as made:
        yield made
        assert made.problems == []


@pytest.mark.parametrize("name", STRATEGIES)
def test_each_strategy_signs_in(fake: FakeGarmin, name: str) -> None:
    garmin = client(fake, name)
    assert garmin.login() == (None, None)
    assert fake.sso.logins == [(name, fake.account.email)]
    assert (garmin.display_name, garmin.profile_id) == (fake.account.display_name, fake.account.profile_id)
    assert tokens(garmin)["di_token"].count(".") == 2
    assert garmin.get_user_timezone() == "Europe/Helsinki"
    assert fake.tokens.exchanges == 1


@pytest.mark.parametrize("name", STRATEGIES)
@pytest.mark.parametrize("method", ["email", "totp"])
def test_a_code_is_asked_for_and_given_by_another_client(fake: FakeGarmin, name: str, method: str) -> None:
    fake.sso.mfa, fake.sso.sends_code = method, False
    state, waits = client(fake, name, return_on_mfa=True).login()
    assert state == "needs_mfa"
    assert fake.sso.codes_sent == (0 if method == "totp" else 1)
    other = client(fake)
    kept = json.loads(json.dumps(waits))
    with pytest.raises(GarminConnectAuthenticationError):
        other.resume_login(kept, "000000")
    assert fake.sso.wrong_codes == (1 if "widget" in name else 2)  # by JSON the library tries a wrong code twice
    other.resume_login(kept, fake.sso.code)
    assert other.count_activities() == 60


def test_a_wrong_password_ends_the_chain_but_not_by_the_widget(fake: FakeGarmin) -> None:
    with pytest.raises(GarminConnectAuthenticationError):
        client(fake, password="wrong").login()
    assert fake.counts.of("POST *") == 1
    with pytest.raises(GarminConnectConnectionError, match="unexpected title"):
        client(fake, "widget+cffi", password="wrong").login()
    fake.sso.answers["*"] = "locked"
    with pytest.raises(GarminConnectAuthenticationError, match="Account Locked"):
        client(fake, "widget+cffi").login()


@pytest.mark.parametrize("kind", ["427", "429", "429html", "429json", "427@page", "429@page", "429html@page"])
def test_blocked_everywhere_says_so(fake: FakeGarmin, kind: str) -> None:
    fake.sso.answers["*"] = kind
    if kind == "429json":  # which the widget does not read
        fake.sso.answers["widget+cffi"] = "427"
    with pytest.raises(GarminConnectTooManyRequestsError):
        client(fake).login()
    assert fake.sso.logins == [] and fake.tokens.exchanges == 0


@pytest.mark.parametrize("kind", ["403", "captcha", "html", "500"])
def test_a_challenge_is_no_verdict(fake: FakeGarmin, kind: str) -> None:
    fake.sso.answers["*"] = kind
    with pytest.raises(GarminConnectConnectionError):
        client(fake).login()


def test_the_chain_goes_on_past_what_blocks(fake: FakeGarmin) -> None:
    fake.sso.answers |= {"mobile+cffi": ["429", "427", "429json"], "mobile+requests": "403", "widget+cffi": "captcha"}
    fake.sso.answers["portal+cffi"] = ["403", "html", "500", "captcha", "success"]
    assert client(fake).login() == (None, None)
    assert fake.sso.logins == [("portal+cffi", fake.account.email)]
    assert fake.counts.of("POST /mobile/api/login") == 4 and fake.counts.of("POST /portal/api/login") == 5


def test_a_password_without_the_page_is_too_many(fake: FakeGarmin) -> None:
    right = {"username": fake.account.email, "password": fake.account.password}
    for flow in ("mobile", "portal"):
        answer = requests.post(f"{fake.url}/{flow}/api/login", params={"service": "x"}, json=right, timeout=5)
        assert answer.status_code == 429


def test_a_ticket_is_good_once_and_for_its_service(fake: FakeGarmin) -> None:
    garmin = client(fake)
    ticket, service = fake.browser_ticket(), f"{garmin.client._sso}/sso/embed"
    with pytest.raises(GarminConnectAuthenticationError):
        garmin.client._exchange_service_ticket(ticket, service_url="https://elsewhere.test")
    garmin.client._exchange_service_ticket(ticket, service_url=service)
    with pytest.raises(GarminConnectAuthenticationError):
        garmin.client._exchange_service_ticket(ticket, service_url=service)
    fake.tokens.ticket_lifetime_s = -1
    with pytest.raises(GarminConnectAuthenticationError):
        garmin.client._exchange_service_ticket(fake.browser_ticket(), service_url=service)
    fake.tokens.ticket_lifetime_s, fake.tokens.clients = 60, fake.tokens.clients[2:]
    garmin.client._exchange_service_ticket(fake.browser_ticket(), service_url=service)
    assert tokens(garmin)["di_client_id"] == fake.tokens.clients[0]


def test_refresh_tokens_rotate_and_are_good_once(fake: FakeGarmin) -> None:
    fake.tokens.access_lifetime_s = 600  # within the 900 s before the end in which the library refreshes
    garmin, late = signed_in(fake), client(fake)
    late.client.loads(garmin.client.dumps())
    old, done = tokens(garmin), fake.tokens.refreshes
    assert garmin.count_activities() == 60
    assert tokens(garmin)["di_refresh_token"] != old["di_refresh_token"] and fake.tokens.refreshes == done + 1
    assert late.count_activities() == 60  # the old access token is still good, the refresh was in vain
    assert fake.tokens.reused == [old["di_refresh_token"]] and fake.tokens.refused == ["invalid_grant"]
    fake.tokens.revoke("access")
    with pytest.raises(GarminConnectAuthenticationError):
        late.count_activities()
    assert garmin.count_activities() == 60
    fake.tokens.reuse_revokes = True
    with pytest.raises(GarminConnectAuthenticationError):
        late.count_activities()
    with pytest.raises(GarminConnectAuthenticationError):
        garmin.count_activities()


def test_a_token_that_is_not_active_is_refreshed_once(fake: FakeGarmin) -> None:
    garmin = signed_in(fake)
    fake.counts.reset()
    fake.tokens.revoke("access")
    assert garmin.count_activities() == 60
    assert fake.counts.routes() == {
        "GET /activitylist-service/activities/count": 2, "POST /di-oauth2-service/oauth/token": 1,
    }  # fmt: skip
    fake.tokens.access_lifetime_s = 0.5
    garmin.client._refresh_session()
    renewed = time.monotonic()
    wait_until(lambda: time.monotonic() - renewed > fake.tokens.access_lifetime_s)
    fake.fault("/di-oauth2-service/*", 503)
    with pytest.raises(GarminConnectAuthenticationError):
        garmin.count_activities()


def test_a_lost_rotation_is_lost(fake: FakeGarmin) -> None:
    garmin = signed_in(fake)
    fake.tokens.revoke("access")
    fake.fault("POST /di-oauth2-service/*", "lost", times=1)
    for _ in range(2):
        with pytest.raises(GarminConnectAuthenticationError):
            garmin.count_activities()
    assert fake.tokens.reused == [tokens(garmin)["di_refresh_token"]]


def test_without_tokens_the_site_s_cookie_must_do(fake: FakeGarmin) -> None:
    fake.fault("/di-oauth2-service/*", 503)
    garmin = client(fake, "mobile+requests")
    assert garmin.login() == (None, None)
    assert garmin.count_activities() == 60
    assert set(tokens(garmin).values()) == {None}  # nothing that could be kept
