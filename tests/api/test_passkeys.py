"""Passkeys: added after one has shown who one is, good for one host and one challenge, two factors in one."""

import logging
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pytest

from homestretch.app import App
from homestretch.errors import HomestretchError
from homestretch.flow.accounts.credentials import passkeys as flow
from homestretch.flow.accounts.credentials.answers import PasskeyAnswer
from homestretch.settings import Settings
from homestretch.store.database import Reader
from homestretch.store.queries.passkeys import relying_party
from homestretch.views.system.doctor import examine
from tests.api.authenticator import Authenticator, decoded, encoded
from tests.api.client import PASSWORD, Client

MINE, DOOR, CONFIRM = "/api/account/passkeys", "/api/session/passkey", "/api/session/confirm/passkey"
HERE = "http://localhost:8080"
START_MS = 1_800_000_000_000


@dataclass
class Clock:
    now_ms: int = START_MS


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ann(app: App, clock: Clock) -> Iterator[Client]:
    """The administrator, signed in at a host with a name, on each of the two databases."""
    with Client(App(replace(app.context, clock=lambda: clock.now_ms)), base_url=HERE) as client:
        client.set_up("ann")
        yield client


@pytest.fixture
def plain(sqlite_app: App, clock: Clock) -> Iterator[Client]:
    """The same where the database makes no difference."""
    with Client(App(replace(sqlite_app.context, clock=lambda: clock.now_ms)), base_url=HERE) as client:
        client.set_up("ann")
        yield client


def another(client: Client, **options: Any) -> Client:
    """Return another browser at the same server."""
    return Client(client.served, **{"base_url": HERE} | options)


def added(client: Client, key: Authenticator, name: str = "Phone", **changed: Any) -> Any:
    """Add a passkey; return the answer."""
    asked = client.post(f"{MINE}/options")
    assert asked.status_code == 200, asked.text
    found = asked.json()
    return client.post(MINE, json={"name": name, "state": found["state"], **key.make(found["options"], **changed)})


def signed_in(visitor: Client, key: Authenticator, **changed: Any) -> Any:
    """Sign in with a passkey; return the answer."""
    asked = visitor.post(f"{DOOR}/options").json()
    return visitor.post(DOOR, json={"state": asked["state"], **key.use(asked["options"], **changed)})


def notices(client: Client) -> list[str]:
    """Return the codes of one's notices, the newest first."""
    return [one["code"] for one in client.get("/api/notifications").json()["items"]]


def test_one_is_added_used_renamed_and_removed(ann: Client, clock: Clock) -> None:
    key = Authenticator()
    assert ann.get(MINE).json() == {"items": [], "problem": None, "offered": True}
    assert not ann.get("/api/session").json()["passkeys"]
    answer = added(ann, key, " Phone ")
    assert answer.status_code == 201, answer.text
    (mine,) = answer.json()["items"]
    assert (mine["name"], mine["synced"], mine["used_at"]) == ("Phone", False, None)
    visitor = another(ann)
    assert visitor.get("/api/session").json()["passkeys"]
    clock.now_ms += 60_000
    state = signed_in(visitor, key).json()
    assert (state["state"], state["account"]["username"]) == ("signed_in", "ann")
    assert visitor.get("/api/account/sessions").json()["items"][0]["by"] == "passkey"
    assert visitor.patch(f"{MINE}/{mine['id']}", json={"name": "Old phone"}).status_code == 204
    assert visitor.patch(f"{MINE}/{mine['id']}", json={"name": " "}).status_code == 400
    (mine,) = visitor.get(MINE).json()["items"]
    assert mine["name"] == "Old phone" and mine["used_at"] > mine["created_at"]
    assert visitor.delete(f"{MINE}/{mine['id']}").status_code == 204
    assert visitor.delete(f"{MINE}/{mine['id']}").status_code == 404
    assert signed_in(another(ann), key).json()["code"] == "unknown-passkey"
    assert notices(ann) == ["passkey_removed", "passkey_added"]


def test_an_answer_counts_once(ann: Client) -> None:
    key = Authenticator(counts=False)
    added(ann, key).raise_for_status()
    visitor = another(ann)
    asked = visitor.post(f"{DOOR}/options").json()
    body = {"state": asked["state"], **key.use(asked["options"])}
    assert visitor.post(DOOR, json=body).status_code == 200
    assert another(ann).post(DOOR, json=body).json()["code"] == "challenge-over"
    other = visitor.post(f"{DOOR}/options").json()
    assert visitor.post(DOOR, json=body | {"state": other["state"]}).json()["code"] == "passkey-refused"
    asked = ann.post(f"{MINE}/options").json()
    new = {"name": "x", "state": asked["state"], **Authenticator().make(asked["options"])}
    assert [ann.post(MINE, json=new).status_code for _ in range(2)] == [201, 400]
    assert len(ann.get(MINE).json()["items"]) == 2


@pytest.mark.parametrize("counts", [True, False])
def test_two_at_once_are_let_in_once(ann: Client, counts: bool) -> None:
    key = Authenticator(counts=counts)
    added(ann, key).raise_for_status()
    context = ann.served.context
    asked = flow.begin_sign_in(context, HERE)
    answer = PasskeyAnswer(**key.use(dict(asked["options"])))

    def enter(_: int) -> str:
        try:
            flow.sign_in(context, asked["state"], answer, HERE, agent="", address="")
        except HomestretchError as error:
            return error.code
        return "in"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(enter, range(4))).count("in") == 1


def test_a_challenge_ends_and_is_for_one_thing(ann: Client, clock: Clock) -> None:
    key = Authenticator()
    added(ann, key).raise_for_status()
    visitor = another(ann)
    asked = visitor.post(f"{DOOR}/options").json()
    clock.now_ms += flow.LASTS_MS
    late = visitor.post(DOOR, json={"state": asked["state"], **key.use(asked["options"])})
    assert late.json()["code"] == "challenge-over"
    asked = visitor.post(f"{DOOR}/options").json()
    answer = {"state": asked["state"], **key.use(asked["options"])}
    assert ann.post(CONFIRM, json=answer).json()["code"] == "challenge-over"
    assert visitor.post(DOOR, json=answer | {"state": "forged"}).json()["code"] == "challenge-over"
    asked = ann.post(f"{MINE}/options").json()
    with ann.other("ben") as ben:
        moved = {"name": "x", "state": asked["state"], **Authenticator().make(asked["options"])}
        assert ben.post(MINE, json=moved).json()["code"] == "challenge-over"


def test_what_was_made_or_signed_elsewhere_is_refused(plain: Client) -> None:
    key = Authenticator()
    for changed in ({"origin": "https://evil.example"}, {"origin": "http://localhost:9"}, {"rp_id": "evil.example"}):
        assert added(plain, key, **changed).json()["code"] == "passkey-refused"
    assert added(plain, Authenticator(verifies=False)).json()["code"] == "passkey-refused"
    added(plain, key).raise_for_status()
    visitor = another(plain)
    assert signed_in(visitor, key, origin="https://evil.example").json()["code"] == "passkey-refused"
    assert signed_in(visitor, replace(key, rp_id="evil.example")).json()["code"] == "passkey-refused"
    assert signed_in(visitor, replace(key, verifies=False)).json()["code"] == "passkey-refused"
    forged = replace(key, key=Authenticator().key)
    assert signed_in(visitor, forged).json()["code"] == "passkey-refused"
    assert signed_in(visitor, Authenticator()).json()["code"] == "unknown-passkey"
    assert signed_in(visitor, replace(key, handle="")).json()["code"] == "unknown-passkey"
    assert visitor.get("/api/session").json()["state"] == "signed_out"
    assert signed_in(visitor, key).status_code == 200


def test_a_counter_only_grows(plain: Client) -> None:
    key = Authenticator()
    added(plain, key).raise_for_status()
    assert signed_in(another(plain), key).status_code == 200
    cloned = replace(key, count=0)
    assert signed_in(another(plain), key).status_code == 200
    assert signed_in(another(plain), cloned).json()["code"] == "passkey-refused"
    assert signed_in(another(plain), replace(key, counts=False, count=0)).json()["code"] == "passkey-refused"
    synced = Authenticator(counts=False)
    added(plain, synced).raise_for_status()
    assert [signed_in(another(plain), synced).status_code for _ in range(2)] == [200, 200]


def test_another_s_passkey_confirms_nothing(plain: Client, clock: Clock) -> None:
    mine, theirs = Authenticator(), Authenticator()
    plain.post("/api/accounts", json={"username": "ben", "password": PASSWORD}).raise_for_status()
    ben = another(plain)
    ben.post("/api/session", json={"username": "ben", "password": PASSWORD}).raise_for_status()
    assert ben.post(f"{CONFIRM}/options").status_code == 404
    added(plain, mine).raise_for_status()
    added(ben, theirs).raise_for_status()
    clock.now_ms += 11 * 60_000
    assert plain.post(f"{MINE}/options").json()["code"] == "confirm-identity"
    number = plain.get(MINE).json()["items"][0]["id"]
    assert plain.delete(f"{MINE}/{number}").json()["code"] == "confirm-identity"
    asked = plain.post(f"{CONFIRM}/options").json()
    assert [one["id"] for one in asked["options"]["allowCredentials"]] == [encoded(mine.id)]
    answer = {"state": asked["state"], **theirs.use(asked["options"])}
    assert plain.post(CONFIRM, json=answer).json()["code"] == "unknown-passkey"
    answer = {"state": asked["state"], **mine.use(asked["options"]), "user_handle": None}
    assert ben.post(CONFIRM, json=answer).json()["code"] == "challenge-over"
    assert plain.post(CONFIRM, json=answer).status_code == 204
    assert plain.delete(f"{MINE}/{number}").status_code == 204
    assert added(plain, replace(theirs)).json()["code"] == "conflict"


def test_one_account_has_so_many_and_each_is_there_once(plain: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "MOST", 2)
    key = Authenticator()
    added(plain, key).raise_for_status()
    asked = plain.post(f"{MINE}/options").json()["options"]
    assert [one["id"] for one in asked["excludeCredentials"]] == [encoded(key.id)]
    assert asked["user"]["id"] == key.handle, "an account has one handle"
    assert added(plain, replace(key)).json()["code"] == "conflict"
    waiting = plain.post(f"{MINE}/options").json()
    added(plain, Authenticator()).raise_for_status()
    late = {"name": "x", "state": waiting["state"], **Authenticator().make(waiting["options"])}
    assert plain.post(MINE, json=late).json()["code"] == "conflict"
    assert plain.post(f"{MINE}/options").json()["code"] == "conflict"


def set_policy(client: Client, policy: str | None) -> None:
    client.patch("/api/settings", json={"second_factor": policy}).raise_for_status()


def test_a_passkey_is_the_second_factor_that_is_asked_for(plain: Client) -> None:
    key = Authenticator()
    assert plain.patch("/api/settings", json={"second_factor": "everyone"}).status_code == 409
    added(plain, key).raise_for_status()
    set_policy(plain, "everyone")
    assert plain.get("/api/activities").status_code == 401, "a password alone does not do any more"
    visitor = another(plain)
    state = visitor.post("/api/session", json={"username": "ann", "password": PASSWORD}).json()
    assert state["state"] == "passkey"
    refused = visitor.post("/api/session/second-factor").json()
    assert refused["code"] == "sign-in-ended", "a password alone sets up no app beside a passkey"
    assert signed_in(visitor, key).json()["state"] == "signed_in"
    assert "homestretch_half" not in visitor.cookies
    assert visitor.get("/api/activities").status_code == 200
    assert not visitor.get("/api/account/second-factor").json()["required"]
    assert visitor.post("/api/session/confirm", json={"password": PASSWORD}).json()["code"] == "conflict"
    asked = visitor.post(f"{CONFIRM}/options").json()
    answer = {"state": asked["state"], **key.use(asked["options"])}
    assert visitor.post(CONFIRM, json=answer).status_code == 204


def test_where_a_provider_says_who_may_there_are_none(plain: Client) -> None:
    key = Authenticator()
    added(plain, key).raise_for_status()
    settings = plain.served.settings.model_copy(update={"password_sign_in": "off"})
    off = Client(App(replace(plain.served.context, settings=settings)), base_url=HERE)
    assert not off.get("/api/session").json()["passkeys"]
    assert off.post(f"{DOOR}/options").json()["code"] == "passwords-off"
    off.cookies = plain.cookies
    assert not off.get(MINE).json()["offered"]


def party(reader: Reader, public: str | None, asked_at: str) -> Any:
    return relying_party(reader, Settings(public_url=public), asked_at)


@pytest.mark.parametrize(
    ("public", "asked_at", "host", "says"),
    [
        (None, HERE, "localhost", None),
        (None, "https://train.example", "train.example", None),
        (None, "http://127.0.0.1:8080", "127.0.0.1", "http://localhost:8080"),
        (None, "http://[::1]:8080", "::1", "http://localhost:8080"),
        (None, "https://192.168.1.5", "192.168.1.5", "by its name"),
        (None, "http://nas.lan:8080", "nas.lan", "https"),
        ("https://train.example/", "https://train.example", "train.example", None),
        ("https://train.example", "http://train.example", "train.example", None),
        ("https://train.example", "https://192.168.1.5", "train.example", "Open https://train.example"),
        ("https://train.example", "https://other.example", "train.example", "Open https://train.example"),
        ("https://example.org", "https://train.example.org", "example.org", None),
        (None, "https://train.example:8443", "train.example", None),
        ("https://example.org", "https://badexample.org", "example.org", "Open https://example.org"),
        ("http://10.0.0.1:8080", "http://10.0.0.1:8080", "10.0.0.1", "by its name"),
    ],
)
def test_where_they_work_is_said(
    sqlite_app: App, public: str | None, asked_at: str, host: str, says: str | None
) -> None:
    with sqlite_app.database.read() as reader:
        found = party(reader, public, asked_at)
    assert found.id == host
    assert found.problem is None if says is None else says in (found.problem or "")


def test_the_first_one_decides_for_which_host_they_are(plain: Client) -> None:
    added(plain, Authenticator()).raise_for_status()
    with plain.served.database.read() as reader:
        moved = party(reader, "https://train.example", "https://train.example")
    assert moved.id == "localhost" and "made for localhost" in moved.problem
    settings = plain.served.settings
    (found,) = (one for one in examine(settings, None, START_MS) if one["check"] == "passkeys")
    assert found["status"] == "ok"
    elsewhere = settings.model_copy(update={"public_url": "https://train.example"})
    (found,) = (one for one in examine(elsewhere, None, START_MS) if one["check"] == "passkeys")
    assert found["status"] == "warn" and "made for localhost and do not work at https://train.example" in found["says"]
    at_address = another(plain, base_url="http://127.0.0.1:8080")
    at_address.post("/api/session", json={"username": "ann", "password": PASSWORD}).raise_for_status()
    assert at_address.post(f"{MINE}/options").json()["detail"].startswith("Passkeys need a name, and 127.0.0.1 is")


def test_a_proxy_may_ask_by_another_name_and_a_stranger_may_not(plain: Client) -> None:
    settings = plain.served.settings.model_copy(update={"public_url": "https://train.example", "allowed_hosts": ("b",)})
    app = App(replace(plain.served.context, settings=settings))
    behind = Client(app, base_url="https://b")
    behind.post("/api/session", json={"username": "ann", "password": PASSWORD}).raise_for_status()
    assert behind.post(f"{MINE}/options").json()["code"] == "passkeys-unusable"
    behind.headers["origin"] = "https://train.example"
    key = Authenticator("https://train.example")
    added(behind, key).raise_for_status()
    assert signed_in(behind, key).status_code == 200
    elsewhere = {"origin": "https://evil.train.example", "authorization": "Bearer x"}
    stranger = Client(app, base_url="https://train.example", headers=elsewhere)
    taken = signed_in(stranger, key, origin="https://evil.train.example")
    assert taken.json()["code"] == "passkey-refused"


def test_what_is_no_answer_at_all_is_refused(plain: Client) -> None:
    """Bytes changed, cut and made up at random: a plain refusal, never an error of ours."""
    chance = random.Random(5)
    key = Authenticator()
    made = plain.post(f"{MINE}/options").json()
    whole = key.make(made["options"])
    context, (account,) = plain.served.context, plain.get("/api/accounts").json()["items"]
    tried = []
    for _ in range(120):
        name = chance.choice(["id", "client_data", "attestation"])
        data = bytearray(decoded(whole[name]))
        data[chance.randrange(len(data))] = chance.randrange(256)
        cut = bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
        tried.append({"name": "x", "state": made["state"], **whole, name: encoded(cut)})
    tried += [{"name": "x", "state": made["state"], **whole, "attestation": text} for text in ("", "é", "=", "A")]
    for body in tried:
        assert plain.post(MINE, json=body).status_code in (201, 400, 409), body
    assert len(plain.get(MINE).json()["items"]) <= 1
    assert flow.remove_by_hand(context, int(account["id"])) <= 1
    added(plain, key).raise_for_status()
    asked = another(plain).post(f"{DOOR}/options").json()
    answer = key.use(asked["options"])
    for name in ("client_data", "authenticator_data", "signature"):
        for text in ("", "A", encoded(b"{}"), encoded(b"\xff" * 40), answer[name][:-3]):
            refused = another(plain).post(DOOR, json={"state": asked["state"], **answer, name: text})
            assert refused.json()["code"] in ("passkey-refused", "too-many-tries"), refused.text


def test_neither_key_nor_challenge_is_in_the_log(plain: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    key = Authenticator()
    added(plain, key).raise_for_status()
    asked = plain.post(f"{DOOR}/options").json()
    answer = key.use(asked["options"], origin="https://evil.example")
    assert plain.post(DOOR, json={"state": asked["state"], **answer}).status_code == 400
    said = " ".join(str(vars(record)) for record in caplog.records if record.name.startswith("homestretch"))
    assert "passkey refused" in said
    assert [one for one in (asked["state"], asked["options"]["challenge"], answer["signature"]) if one in said] == []
