"""Sign-in by OpenID Connect against an issuer that does wrong by name: who comes in, who does not, who is who."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from homestretch.app import App
from homestretch.errors import Conflict
from homestretch.flow.accounts import accounts
from homestretch.flow.accounts.oidc import own_path
from homestretch.flow.accounts.providers import NoWayToSignIn, must_let_somebody_in
from homestretch.flow.runtime.secret_store import rotate
from homestretch.net import oidc
from homestretch.settings import Settings
from tests.api.client import ADDRESS, PASSWORD, Client
from tests.api.security import Seen, logged
from tests.fakes.oidc.issuer import CLIENT, SECRET, FakeIssuer

COOKIE = "homestretch_session"
BEGIN = "/api/session/oidc/home"


@pytest.fixture(scope="module")
def running() -> Iterator[FakeIssuer]:
    """An issuer for all tests here: keys take their time to make."""
    with FakeIssuer(f"{ADDRESS}{BEGIN}/callback") as issuer:
        yield issuer


@pytest.fixture
def issuer(running: FakeIssuer) -> FakeIssuer:
    """The issuer as it is in the beginning."""
    running.__dict__.update(faults=set(), more={}, changes={}, algorithm="RS256", moved_s=0.0)
    running.person = {"sub": "s-1", "email": "ann@example.org", "email_verified": True, "preferred_username": "ann"}
    oidc.ISSUERS.forget()
    return running


def values(issuer: FakeIssuer, **more: Any) -> dict[str, Any]:
    return {"name": "Home", "issuer": issuer.url, "client_id": CLIENT, "client_secret": SECRET, **more}


def add(admin: Client, issuer: FakeIssuer, **more: Any) -> None:
    answer = admin.post("/api/oidc-providers", json={"key": "home", **values(issuer, **more)})
    assert answer.status_code == 201, answer.text


def change(admin: Client, issuer: FakeIssuer, **more: Any) -> None:
    assert admin.put("/api/oidc-providers/home", json=values(issuer, **more)).status_code == 200


def come_back(client: Client, issuer: FakeIssuer, **begin: Any) -> str:
    """Go to the issuer and back; return where the browser is sent on to."""
    answer = client.post(BEGIN, json=begin)
    assert answer.status_code == 200, answer.text
    back = client.get(issuer.go(answer.json()["url"]))
    assert back.status_code == 303
    return str(back.headers["location"])


def code_of(location: str) -> str:
    """Return the word for what went wrong; empty for nothing."""
    return parse_qs(urlsplit(location).query).get("sign_in", [""])[0]


def link(client: Client, issuer: FakeIssuer) -> None:
    assert come_back(client, issuer, purpose="link", back="/settings/account") == "/settings/account"


def name_of(client: Client) -> str | None:
    account = client.get("/api/session").json()["account"]
    return account["username"] if account else None


def test_linked_signed_in_and_out_again(solo: Client, issuer: FakeIssuer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    add(solo, issuer, end_session=True)
    link(solo, issuer)
    with Client(solo.served) as visitor:
        state = visitor.get("/api/session").json()
        assert state["providers"] == [{"key": "home", "name": "Home"}] and state["passwords"]
        begun = visitor.post(BEGIN, json={"back": "/activities?sport=run"})
        cookie = begun.headers["set-cookie"].lower()
        assert cookie.startswith("hs_oidc_") and "httponly" in cookie and "samesite=lax" in cookie
        assert "path=/api/session/oidc" in cookie and "max-age=600" in cookie
        address = issuer.go(begun.json()["url"])
        answer = visitor.get(address)
        assert answer.headers["location"] == "/activities?sport=run"  # and no token in it
        assert name_of(visitor) == "anna"
        (mine,) = [one for one in visitor.get("/api/account/sessions").json()["items"] if one["current"]]
        assert mine["by"] == "Home"
        assert code_of(visitor.get(address).headers["location"]) == "sign-in-expired"  # once
        gone = visitor.delete("/api/session").json()
        told = {key: value[0] for key, value in parse_qs(urlsplit(gone["sign_out_url"]).query).items()}
        assert gone["sign_out_url"].startswith(f"{issuer.url}/end?")
        assert told["client_id"] == CLIENT and told["post_logout_redirect_uri"] == f"{ADDRESS}/"
        assert name_of(visitor) is None
    said = " ".join(str(vars(record)) for record in caplog.records if record.name.startswith("homestretch"))
    secrets = (SECRET, parse_qs(urlsplit(address).query)["code"][0], told["id_token_hint"], visitor.cookies.get(COOKIE))
    assert [one for one in secrets if one and one in said] == []


def at(name: str, seconds: int) -> Callable[[FakeIssuer], None]:
    return lambda issuer: issuer.changes.update({name: lambda now: now + seconds})


def with_claim(**claims: Any) -> Callable[[FakeIssuer], None]:
    return lambda issuer: issuer.changes.update(claims)


def with_fault(name: str) -> Callable[[FakeIssuer], None]:
    return lambda issuer: issuer.faults.add(name)


def signing(algorithm: str) -> Callable[[FakeIssuer], None]:
    return lambda issuer: setattr(issuer, "algorithm", algorithm)


GOOD: dict[str, Callable[[FakeIssuer], None]] = {
    "as it is": lambda _: None,
    "ES256": signing("ES256"),
    "issued in 45 s": at("iat", 45),
    "expired 30 s ago": at("exp", -30),
    "two audiences and azp": with_claim(aud=[CLIENT, "another"], azp=CLIENT),
    "no at_hash": with_claim(at_hash=None),
    "keys rotated": FakeIssuer.rotate,
}
BAD: dict[str, Callable[[FakeIssuer], None]] = {
    "aud": with_claim(aud="another"),
    "iss": with_claim(iss="https://elsewhere.example"),
    "nonce": with_claim(nonce="another"),
    "no nonce": with_claim(nonce=None),
    "no sub": with_claim(sub=None),
    "expired 90 s ago": at("exp", -90),
    "no exp": with_claim(exp=None),
    "issued in 120 s": at("iat", 120),
    "nbf in 120 s": at("nbf", 120),
    "two audiences": with_claim(aud=[CLIENT, "another"]),
    "azp of another": with_claim(azp="another"),
    "at_hash": with_claim(at_hash="x"),
    "alg none": with_fault("none"),
    "signed with the public key": with_fault("HS256"),
    "foreign kid": with_fault("foreign kid"),
    "foreign key": with_fault("foreign key"),
    "userinfo of another": with_fault("other sub"),
    "wrong verifier": with_fault("verifier"),
    "wrong state": with_fault("other state"),
    "iss of another in the answer": with_fault("other iss"),
    "declined": with_fault("declined"),
}


def outcome(visitor: Client, issuer: FakeIssuer, spoil: Callable[[FakeIssuer], None]) -> str:
    """Return what becomes of a sign-in at an issuer that does so; afterwards it is as it was, and nobody signed in."""
    held = oidc.ISSUERS._held  # older than the minute in which keys are not fetched again
    held.update({url: (fetched - 61, kept) for url, (fetched, kept) in held.items()})
    spoil(issuer)
    found = code_of(come_back(visitor, issuer)) or str(name_of(visitor))
    if found == "anna":
        visitor.delete("/api/session")
    assert visitor.cookies.get(COOKIE) is None
    issuer.faults, issuer.changes, issuer.algorithm = set(), {}, "RS256"
    return found


def test_what_is_right_is_taken_and_every_fault_is_refused(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer)
    link(solo, issuer)
    with Client(solo.served) as visitor:
        assert {how: outcome(visitor, issuer, spoil) for how, spoil in GOOD.items()} == dict.fromkeys(GOOD, "anna")
        # Tries that failed would have to wait: half of them are from another address.
        with Client(solo.served, client=("192.0.2.1", 1)) as other:
            visitors = [visitor if number % 2 else other for number in range(len(BAD))]
            tried = zip(BAD.items(), visitors, strict=True)
            found = {how: outcome(one, issuer, spoil) for (how, spoil), one in tried}
        assert found == dict.fromkeys(BAD, "sign-in-refused") | {"wrong state": "sign-in-expired"}


def test_a_secret_in_the_form_where_the_provider_wants_it_there(solo: Client, issuer: FakeIssuer) -> None:
    issuer.faults.add("post")
    add(solo, issuer)
    link(solo, issuer)


def test_an_issuer_that_says_it_is_another_is_not_asked(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer)
    issuer.faults.add("other issuer")
    assert solo.post(BEGIN, json={}).json()["code"] == "provider-unusable"
    checked = solo.post("/api/oidc-providers/check", json={"issuer": issuer.url})
    assert checked.status_code == 422 and "https://elsewhere.example" in checked.json()["detail"]


def test_while_the_provider_is_away_what_it_said_last_holds(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer)
    assert solo.post(BEGIN, json={}).status_code == 200
    issuer.faults.add("away")
    oidc.ISSUERS._held.update({url: (at - 90_000, kept) for url, (at, kept) in oidc.ISSUERS._held.items()})
    assert solo.post(BEGIN, json={}).status_code == 200
    oidc.ISSUERS.forget()
    assert solo.post(BEGIN, json={}).json()["code"] == "provider-unreachable"


def test_the_test_finds_the_issuer_and_what_it_lacks(solo: Client, issuer: FakeIssuer) -> None:
    found = solo.post("/api/oidc-providers/check", json={"issuer": f"{issuer.url}/"}).json()
    assert found == {"issuer": issuer.url, "warnings": []}
    issuer.faults.add("shared secret")
    assert "signing key" in solo.post("/api/oidc-providers/check", json={"issuer": issuer.url}).json()["warnings"][0]
    for unsafe in ("http://id.example", "file:///etc/passwd", "https://a:b@id.example", "http://[", "x"):
        assert solo.post("/api/oidc-providers/check", json={"issuer": unsafe}).status_code == 422
    assert solo.post("/api/oidc-providers/check", json={"issuer": "https://169.254.169.254"}).status_code == 400


def test_strangers_come_in_as_the_policy_says(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer)
    with Client(solo.served) as visitor:
        assert code_of(come_back(visitor, issuer)) == "no-account"
        change(solo, issuer, policy="invited", invited=["Ann@Example.org"])
        issuer.person["email_verified"] = False
        assert code_of(come_back(visitor, issuer)) == "no-account"
        issuer.person["email_verified"] = True
        assert come_back(visitor, issuer) == "/"
        state = visitor.get("/api/session").json()
        assert state["account"]["username"] == "ann" and not state["account"]["is_admin"]
        assert [one["name"] for one in state["athletes"]] == ["ann"]
    (kept,) = solo.get("/api/oidc-providers").json()["items"]
    assert kept["invited"] == [] and kept["has_secret"] and SECRET not in str(kept)
    issuer.person["sub"] = "s-2"  # the same address again: an invitation is for one
    with Client(solo.served) as second:
        assert code_of(come_back(second, issuer)) == "no-account"
        change(solo, issuer, policy="create", allowed_domains=["example.org"], allowed_groups=["family"])
        assert code_of(come_back(second, issuer)) == "not-allowed-here"
        issuer.more = {"groups": ["family"]}  # only where Keycloak may say it
        assert come_back(second, issuer) == "/" and name_of(second) == "ann 2"
        issuer.person["email"] = "eve@example.com"
        assert code_of(come_back(second, issuer)) == "not-allowed-here"


def test_anybody_has_an_account_at_google(solo: Client) -> None:
    body = {"key": "google", "name": "Google", "issuer": "https://accounts.google.com", "client_id": "x"}
    assert solo.post("/api/oidc-providers", json={**body, "policy": "create"}).status_code == 400
    with_domain = {**body, "policy": "create", "allowed_domains": ["example.org"]}
    assert solo.post("/api/oidc-providers", json=with_domain).status_code == 201


def test_groups_give_and_take_what_they_gave(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer, policy="create", groups_claim="realm.roles", admin_groups=["boss"])
    issuer.person["realm"] = {"roles": ["boss"]}
    with Client(solo.served) as visitor:
        come_back(visitor, issuer)
        assert visitor.get("/api/session").json()["account"]["is_admin"]
        issuer.person["realm"] = {"roles": "boss and more"}
        come_back(visitor, issuer)
        assert not visitor.get("/api/session").json()["account"]["is_admin"]
    issuer.person["sub"] = "of anna"
    link(solo, issuer)
    come_back(solo, issuer)
    assert solo.get("/api/session").json()["account"]["is_admin"]  # by hand, which no group takes away


def test_the_last_administrator_is_never_taken_away(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer, policy="create", admin_groups=["boss"])
    issuer.person["groups"] = ["boss"]
    context = solo.served.context
    with Client(solo.served) as visitor:
        come_back(visitor, issuer)
        accounts.make_admin(context, 1, False)
        issuer.person["groups"] = []
        come_back(visitor, issuer)
        assert visitor.get("/api/session").json()["account"]["is_admin"]
        with pytest.raises(Conflict):
            accounts.make_admin(context, 2, False)
        accounts.make_admin(context, 1, True)
        come_back(visitor, issuer)
        assert not visitor.get("/api/session").json()["account"]["is_admin"]


def test_a_login_is_of_one_account(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer)
    link(solo, issuer)
    other = solo.other("ben")
    assert code_of(come_back(other, issuer, purpose="link", back="/settings/account")) == "linked-elsewhere"
    with Client(solo.served) as visitor:
        assert visitor.post(BEGIN, json={"purpose": "link"}).status_code == 401
        stolen = solo.post(BEGIN, json={"purpose": "link"})
        visitor.cookies.update(solo.cookies)
        visitor.cookies.delete(COOKIE)
        assert code_of(visitor.get(issuer.go(stolen.json()["url"])).headers["location"]) == "sign-in-expired"
    (mine,) = solo.get("/api/account/logins").json()["items"]
    assert (mine["label"], mine["provider"], mine["name"]) == ("ann@example.org", "home", "Home")
    assert other.delete(f"/api/account/logins/{mine['id']}").status_code == 404
    assert solo.delete(f"/api/account/logins/{mine['id']}").status_code == 204
    with Client(solo.served) as visitor:
        assert code_of(come_back(visitor, issuer)) == "no-account"
    kinds = [(one.kind, one.by, one.about) for one in logged(solo.served) if one.method != "password"]
    # The refusals of an hour are one row.
    assert kinds[-4:] == [
        ("login_linked", None, "anna"),
        ("account_made", "anna", "ben"),
        ("sign_in_refused", None, None),
        ("login_unlinked", "anna", "anna"),
    ]


def test_the_only_way_in_stays_and_a_token_takes_none(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer, policy="create")
    with Client(solo.served) as visitor:
        come_back(visitor, issuer)
        found = visitor.get("/api/account/logins").json()
        assert not found["password"]
        assert visitor.delete(f"/api/account/logins/{found['items'][0]['id']}").status_code == 409
        assert visitor.post("/api/session", json={"username": "ann", "password": "!"}).status_code == 401
        assert visitor.post("/api/session/confirm", json={"password": "!"}).status_code == 401


def test_what_is_not_confirmed_changes_no_way_in(solo: Client, issuer: FakeIssuer) -> None:
    now = [solo.served.context.clock()]
    later = App(replace(solo.served.context, clock=lambda: now[0]))
    with Client(later) as anna:
        anna.post("/api/session", json={"username": "anna", "password": PASSWORD}).raise_for_status()
        add(anna, issuer)
        link(anna, issuer)
        now[0] += 11 * 60_000
        issuer.moved_s = 660
        refused = (
            anna.post(BEGIN, json={"purpose": "link"}),
            anna.post("/api/tokens", json={"name": "x"}),
            anna.post("/api/accounts", json={"username": "x", "password": PASSWORD}),
            anna.put("/api/oidc-providers/home", json=values(issuer)),
            anna.delete("/api/oidc-providers/home"),
        )
        assert {answer.json()["code"] for answer in refused} == {"confirm-identity"}
        before = anna.cookies[COOKIE]
        assert anna.post("/api/session/confirm", json={"password": "wrong"}).status_code == 401
        assert anna.post("/api/session/confirm", json={"password": PASSWORD}).status_code == 204
        assert anna.cookies[COOKIE] != before
        with Client(later, cookies={COOKIE: before}) as old:
            assert name_of(old) is None
        assert anna.post("/api/tokens", json={"name": "x"}).status_code == 201
        now[0] += 11 * 60_000
        issuer.moved_s = 22 * 60
        issuer.changes["auth_time"] = lambda now: now - 660
        assert code_of(come_back(anna, issuer, purpose="confirm")) == "not-signed-in-again"
        issuer.changes.clear()
        assert come_back(anna, issuer, purpose="confirm", back="/settings/tokens") == "/settings/tokens"
        assert anna.post("/api/tokens", json={"name": "x"}).status_code == 201
        issuer.person["sub"] = "somebody else"
        assert code_of(come_back(anna, issuer, purpose="confirm")) == "no-account"
    issuer.moved_s = 0


def test_signed_out_at_the_provider(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer)
    link(solo, issuer)
    visitor = Client(solo.served)
    come_back(visitor, issuer)

    def tell(token: str) -> int:
        with Client(solo.served, headers={}) as provider:
            return int(provider.post(f"{BEGIN}/backchannel", data={"logout_token": token}).status_code)

    wrong: dict[str, Any] = {"nonce": "x", "events": {}, "aud": "another", "iss": "x", "jti": None}
    assert {tell(issuer.logout_token(**{name: value})) for name, value in wrong.items()} == {400}
    assert tell(issuer.logout_token(sub=None, sid=None)) == 400
    assert tell(issuer.logout_token(iat=1, exp=None)) == 400
    assert tell("nonsense") == 400
    assert tell(issuer.logout_token(sid="of another", sub=None)) == 200 and name_of(visitor) == "anna"
    token = issuer.logout_token(sub=None)
    assert tell(token) == 200 and name_of(visitor) is None
    assert tell(token) == 400
    assert name_of(solo) == "anna"  # by her password
    come_back(visitor, issuer)
    assert tell(issuer.logout_token(sid=None)) == 200 and name_of(visitor) is None
    ended = [one for one in logged(solo.served) if one.kind in ("sessions_ended", "signed_in") and one.method == "oidc"]
    assert ended == 2 * [
        Seen("signed_in", "oidc", "anna", "anna"), Seen("sessions_ended", "oidc", None, "anna")
    ]  # fmt: skip


def test_the_way_back_stays_on_this_site() -> None:
    assert own_path("/activities/x?y=1#z") == "/activities/x?y=1#z"
    away = ("https://evil.example", "//evil.example", "/\\evil.example", "/a\nb", "/a\\b", "", "x", "/api/session/x")
    assert {own_path(path) for path in away} == {"/"}


def test_where_a_provider_sends_browsers_is_no_matter_of_the_request(solo: Client, issuer: FakeIssuer) -> None:
    def served(**settings: Any) -> Client:
        known = replace(solo.served.context, settings=solo.served.settings.model_copy(update=settings))
        return Client(App(known), cookies=solo.cookies)

    add(solo, issuer)
    public = served(host="0.0.0.0", public_url="https://train.example")
    begun = public.post(BEGIN, json={}, headers={"Host": "train.example", "X-Forwarded-Host": "evil.example"})
    asked = parse_qs(urlsplit(begun.json()["url"]).query)
    assert asked["redirect_uri"] == [f"https://train.example{BEGIN}/callback"]
    assert "secure" in begun.headers["set-cookie"].lower()
    unknown = served(host="0.0.0.0")
    assert unknown.post(BEGIN, json={}).json()["code"] == "no-public-address"
    assert unknown.get("/api/session").json()["providers"] == []
    assert "HOMESTRETCH_PUBLIC_URL" in unknown.get("/api/oidc-providers").json()["problem"]


def test_guessing_has_to_wait(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer)
    issuer.faults.add("verifier")
    codes = [code_of(come_back(solo, issuer)) for _ in range(21)]
    assert codes == ["sign-in-refused"] * 20 + ["too-many-tries"]


def test_few_are_under_way_in_one_browser(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer)
    with Client(solo.served) as visitor:
        for _ in range(12):
            visitor.post(BEGIN, json={}).raise_for_status()
            assert len([name for name in visitor.cookies if name.startswith("hs_oidc_")]) <= 6


def test_the_environment_sets_a_provider(solo: Client, issuer: FakeIssuer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POCKETID_ISSUER", issuer.url)
    monkeypatch.setenv("POCKETID_CLIENT_ID", "theirs")
    monkeypatch.setenv("HOMESTRETCH_OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("HOMESTRETCH_OIDC_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("HOMESTRETCH_PASSWORD_SIGN_IN", "off")
    monkeypatch.setenv("BASE_URL", ADDRESS)
    settings = Settings(data_dir=solo.served.settings.data_dir)
    assert settings.public_url == ADDRESS
    context = replace(solo.served.context, settings=settings)
    with pytest.raises(NoWayToSignIn):
        must_let_somebody_in(context)
    with Client(App(context), cookies=solo.cookies) as anna:
        (given,) = anna.get("/api/oidc-providers").json()["items"]
        assert given["locked"] and given["client_id"] == CLIENT and given["has_secret"] and SECRET not in str(given)
        assert anna.put("/api/oidc-providers/env", json=values(issuer)).status_code == 409
        assert anna.delete("/api/oidc-providers/env").status_code == 409
        assert anna.post("/api/session", json={"username": "anna", "password": PASSWORD}).status_code == 403
        issuer.redirect_uri = f"{ADDRESS}/api/session/oidc/env/callback"
        try:
            begun = anna.post("/api/session/oidc/env", json={"purpose": "link"}).json()
            assert code_of(anna.get(issuer.go(begun["url"])).headers["location"]) == ""
        finally:
            issuer.redirect_uri = f"{ADDRESS}{BEGIN}/callback"
    must_let_somebody_in(context)


def test_secrets_of_providers_get_the_new_key(solo: Client, issuer: FakeIssuer) -> None:
    add(solo, issuer)
    rotate(solo.served.context)
    link(solo, issuer)


def test_where_one_is_signed_in(solo: Client) -> None:
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    details = {"username": "anna", "password": PASSWORD}
    with Client(solo.served, client=("192.0.2.77", 1)) as phone:
        phone.post("/api/session", json=details, headers={"User-Agent": firefox}).raise_for_status()
        found = phone.get("/api/account/sessions").json()["items"]
        assert {(one["device"], one["address"], one["current"]) for one in found} == {
            ("Firefox on Linux", "192.0.2.0/24", True), ("testclient", "", False)
        }  # fmt: skip
        name = next(one["id"] for one in found if one["current"])
        other = solo.other("ben")
        assert other.delete(f"/api/account/sessions/{name}").status_code == 404
        assert other.get("/api/accounts/1/sessions").status_code == 403
        assert solo.delete("/api/account/sessions/h").status_code == 404
        assert solo.delete(f"/api/account/sessions/{name}").status_code == 204
        assert name_of(phone) is None
        phone.post("/api/session", json=details).raise_for_status()
        before = phone.cookies[COOKIE]
        phone.post("/api/session", json=details).raise_for_status()
        with Client(solo.served, cookies={COOKIE: before}) as former:
            assert name_of(former) is None  # a new sign-in ends the session before it
        assert solo.delete("/api/account/sessions").status_code == 204
        assert name_of(phone) is None and name_of(solo) == "anna"
        number = other.get("/api/session").json()["account"]["id"]
        assert len(solo.get(f"/api/accounts/{number}/sessions").json()["items"]) == 1
        assert solo.delete(f"/api/accounts/{number}/sessions").status_code == 204 and name_of(other) is None
