"""Second factors: codes that work once, half a session that can do nothing else, recovery codes, and who has to."""

import base64
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from homestretch.api.rights import needed
from homestretch.app import App
from homestretch.errors import HomestretchError
from homestretch.flow.accounts import second_factors as flow
from homestretch.flow.accounts import totp
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import rotate
from homestretch.model.rights import ACCESS
from homestretch.store.database import Database
from tests.api.asking import ask
from tests.api.client import PASSWORD, Client, routes
from tests.api.security import logged

COOKIE, HALF = "homestretch_session", "homestretch_half"
MINE, CODE = "/api/account/second-factor", "/api/session/code"
AT_DOOR = "/api/session/second-factor"
START_MS = 1_800_000_000_000


@dataclass
class Phone:
    """An authenticator app, and the clock that it shares with the server."""

    now_ms: int = START_MS
    secret: str = ""
    codes: list[str] = field(default_factory=list)

    def code(self, later: int = 0) -> str:
        """Return the code of now, or of some steps later."""
        return totp.code_at(self.secret, self.now_ms // totp.STEP_MS + later)

    def wait(self, steps: int = 1) -> str:
        """Wait for another code and return it."""
        self.now_ms += steps * totp.STEP_MS
        return self.code()

    def set_up(self, client: Client, at: str = MINE) -> None:
        """Take the secret that the server offers, and send a first code."""
        offered = client.post(at)
        assert offered.status_code == 200, offered.text
        self.secret = offered.json()["secret"]
        answer = client.put(at, json={"code": self.code()})
        assert answer.status_code == 200, answer.text
        self.codes = answer.json()["codes"]


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def ann(app: App, phone: Phone) -> Iterator[Client]:
    """The administrator with an app on her phone, signed in, on each of the two databases."""
    with Client(App(replace(app.context, clock=lambda: phone.now_ms))) as client:
        client.set_up("ann")
        phone.set_up(client)
        yield client


@pytest.fixture
def plain(sqlite_app: App, phone: Phone) -> Iterator[Client]:
    """The administrator without a second factor, where the database makes no difference."""
    with Client(App(replace(sqlite_app.context, clock=lambda: phone.now_ms))) as client:
        client.set_up("ann")
        yield client


def another(client: Client, **options: Any) -> Client:
    """Return another browser at the same server."""
    return Client(client.served, **options)


def half(client: Client, name: str = "ann") -> Client:
    """Return a browser that has given the right password and no code."""
    visitor = another(client)
    answer = visitor.post("/api/session", json={"username": name, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return visitor


def give(visitor: Client, code: str) -> tuple[int, str]:
    """Give a code; return the status, and the state or the code of the error."""
    answer = visitor.post(CODE, json={"code": code})
    found = answer.json()
    return answer.status_code, found["state"] if answer.status_code == 200 else found["code"]


def test_codes_are_those_of_the_rfc() -> None:
    """RFC 6238, appendix B, of which apps show the last six digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    vectors = {
        59: 94287082, 1111111109: 7081804, 1111111111: 14050471, 1234567890: 89005924, 2000000000: 69279037,
        20000000000: 65353130,
    }  # fmt: skip
    for seconds, expected in vectors.items():
        assert totp.code_at(secret, seconds // 30) == f"{expected % 10**6:06}"


def test_an_app_is_offered_a_whole_secret(plain: Client) -> None:
    offered = plain.post(MINE).json()
    assert len(base64.b32decode(offered["secret"])) == 20
    parts = urlsplit(offered["address"])
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Homestretch%3Aann")
    asked = {key: value[0] for key, value in parse_qs(parts.query).items()}
    assert asked == {"secret": offered["secret"], "issuer": "Homestretch"}
    assert not plain.get(MINE).json()["on"], "an offer alone is nothing"
    assert plain.put(MINE, json={"code": "12345"}).json()["code"] == "wrong-factor"
    assert half(plain).get("/api/session").json()["state"] == "signed_in"


def test_an_address_fits_into_a_picture_whatever_the_name() -> None:
    assert len(totp.address(totp.new_secret(), "\N{RUNNER}" * 64)) <= 666


def test_in_two_steps_and_off_again(ann: Client, phone: Phone) -> None:
    assert ann.get(MINE).json() | {"since": ""} == {
        "on": True, "since": "", "codes_left": 10, "required": False, "offered": True,
    }  # fmt: skip
    visitor = half(ann)
    state = visitor.get("/api/session").json()
    assert (state["state"], state["account"], state["athletes"]) == ("second_factor", None, [])
    assert give(visitor, phone.code()) == (400, "wrong-factor"), "the first code is used"
    assert give(visitor, phone.wait()) == (200, "signed_in")
    assert visitor.get("/api/session").json()["account"]["second_factor"]
    assert HALF not in visitor.cookies
    assert ann.delete(MINE).status_code == 204
    assert ann.get(MINE).json()["codes_left"] == 0
    assert half(ann).get("/api/session").json()["state"] == "signed_in"


def test_a_clock_may_be_a_step_off(ann: Client, phone: Phone) -> None:
    phone.wait(10)
    assert give(half(ann), phone.code(-2)) == (400, "wrong-factor")
    assert give(half(ann), phone.code(2)) == (400, "wrong-factor")
    assert give(half(ann), phone.code(-1)) == (200, "signed_in")
    spaced = phone.code(1)
    assert give(half(ann), f" {spaced[:3]} {spaced[3:]}") == (200, "signed_in")
    assert give(half(ann), phone.code()) == (400, "wrong-factor"), "a later one was used"


def test_a_code_works_once_also_after_a_restart(ann: Client, phone: Phone) -> None:
    code = phone.wait()
    assert give(half(ann), code) == (200, "signed_in")
    before = ann.served.context
    again = Database(before.database.url)
    restarted = Client(App(replace(before, database=again)))
    assert give(half(restarted), code) == (400, "wrong-factor")
    assert give(half(restarted), phone.wait()) == (200, "signed_in")
    again.close()


def _enter(context: Context, token: str, code: str) -> str:
    try:
        flow.enter(context, token, code, agent="", address="")
    except HomestretchError as error:
        return error.code
    return "in"


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_two_at_once_are_let_in_once(ann: Client, phone: Phone, kind: str) -> None:
    context = ann.served.context
    code = phone.wait() if kind == "app" else phone.codes[0]
    account = int(ann.get("/api/session").json()["account"]["id"])
    tokens = [flow.begin_half(context, account) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda token: _enter(context, token, code), tokens))
    assert sorted(outcomes) == ["in", "wrong-factor", "wrong-factor", "wrong-factor"]


def test_recovery_codes_work_once(ann: Client, phone: Phone) -> None:
    assert len({*phone.codes}) == 10 and all(len(code.replace("-", "")) == 24 for code in phone.codes)
    assert give(half(ann), phone.codes[0].lower()) == (200, "signed_in")
    assert give(half(ann), phone.codes[0]) == (400, "wrong-factor")
    assert ann.get(MINE).json()["codes_left"] == 9
    renewed = ann.post(f"{MINE}/recovery-codes").json()["codes"]
    assert ann.get(MINE).json()["codes_left"] == 10
    assert give(half(ann), phone.codes[1]) == (400, "wrong-factor"), "of the former ones"
    assert give(half(ann), renewed[1].replace("-", " ")) == (200, "signed_in")


def test_half_a_session_can_do_nothing_else(anna: Client, ids: dict[str, str]) -> None:
    """The token of half a session, however it is sent, is nobody's for every route."""
    half_token = flow.begin_half(anna.served.context, int(anna.get("/api/session").json()["account"]["id"]))
    visitor = another(anna)
    visitor.cookies.set(HALF, half_token)
    visitor.cookies.set(COOKIE, half_token)
    bearer = another(anna, headers={"X-Homestretch": "1", "Authorization": f"Bearer {half_token}"})
    for route in routes():
        if ACCESS.get(needed()[route.name]) != "anyone":
            assert ask(visitor, route, ids).status_code == 401, route.name
            assert ask(bearer, route, ids).status_code == 401, route.name
    assert all(one["current"] for one in anna.get("/api/account/sessions").json()["items"])


def test_half_a_session_ends(ann: Client, phone: Phone) -> None:
    late, out, changed = half(ann), half(ann), half(ann)
    assert out.delete("/api/session").json()["state"] == "signed_out"
    phone.now_ms += 60_000
    assert give(out, phone.code()) == (400, "sign-in-ended")
    changing = {"current": PASSWORD, "new": "another long one"}
    assert ann.post("/api/account/password", json=changing).status_code == 204
    assert give(changed, phone.code()) == (400, "sign-in-ended")
    again = another(ann)
    again.post("/api/session", json={"username": "ann", "password": "another long one"}).raise_for_status()
    assert give(late, phone.code()) == (400, "sign-in-ended")
    phone.now_ms += 300_000
    assert give(again, phone.code()) == (400, "sign-in-ended")
    assert again.get("/api/session").json()["state"] == "signed_out"
    assert give(another(ann), phone.code()) == (400, "sign-in-ended"), "without a password"


def test_a_password_alone_changes_no_second_factor(ann: Client, phone: Phone) -> None:
    visitor = half(ann)
    assert visitor.post(AT_DOOR).json()["code"] == "sign-in-ended"
    assert visitor.put(AT_DOOR, json={"code": phone.wait()}).json()["code"] == "sign-in-ended"
    assert give(visitor, phone.code()) == (200, "signed_in")


def test_nothing_says_who_has_one_before_the_password(ann: Client) -> None:
    ann.post("/api/accounts", json={"username": "ben", "password": PASSWORD}).raise_for_status()
    asked = [{"username": who, "password": "no"} for who in ("ann", "ben")]
    tried = [another(ann).post("/api/session", json=body) for body in asked]
    assert tried[0].status_code == tried[1].status_code == 401
    assert tried[0].json() == tried[1].json()
    assert tried[0].headers.get("set-cookie") == tried[1].headers.get("set-cookie") is None


def test_guessing_codes_has_to_wait(ann: Client, phone: Phone) -> None:
    for _ in range(5):
        assert give(half(ann), "000000") == (400, "wrong-factor")
    barred = half(ann).post(CODE, json={"code": phone.wait(0)})
    assert barred.status_code == 429 and int(barred.headers["retry-after"]) == 2
    phone.now_ms += 2000
    assert give(half(ann), phone.codes[0]) == (200, "signed_in")
    assert give(half(ann), "000000") == (400, "wrong-factor"), "the right one began the count anew"


def test_confirming_who_one_is_asks_for_a_code(ann: Client, phone: Phone) -> None:
    phone.now_ms += 11 * 60_000
    asked = ann.delete(MINE)
    assert asked.json()["code"] == "confirm-identity"
    assert ann.get("/api/account/logins").json()["second_factor"]
    password = {"password": PASSWORD}
    assert ann.post("/api/session/confirm", json=password).json()["code"] == "wrong-factor"
    changing = {"current": PASSWORD, "new": "another long one"}
    assert ann.post("/api/account/password", json=changing).json()["code"] == "confirm-identity"
    assert ann.post("/api/session/confirm", json=password | {"code": phone.code()}).status_code == 204
    assert ann.post("/api/session/confirm", json=password | {"code": phone.code()}).json()["code"] == "wrong-factor"
    assert ann.delete(MINE).status_code == 204


def test_another_app_takes_the_place_of_the_first(ann: Client, phone: Phone) -> None:
    elsewhere, former = half(ann), replace(phone)
    assert give(elsewhere, phone.wait()) == (200, "signed_in")
    offered = ann.post(MINE).json()["secret"]
    assert give(half(ann), phone.wait()) == (200, "signed_in"), "nothing changed before a first code"
    phone.secret = offered
    assert ann.put(MINE, json={"code": phone.code()}).status_code == 200
    assert elsewhere.get("/api/session").json()["state"] == "signed_out"
    assert ann.get("/api/session").json()["state"] == "signed_in"
    former.now_ms = phone.now_ms
    phone.wait()
    assert give(half(ann), former.wait()) == (400, "wrong-factor")
    assert give(half(ann), phone.code()) == (200, "signed_in")
    assert ann.put(MINE, json={"code": phone.code()}).status_code == 409, "nothing is offered"


def test_new_keys_keep_apps(ann: Client, phone: Phone) -> None:
    rotate(ann.served.context)
    assert give(half(ann), phone.wait()) == (200, "signed_in")


def set_policy(client: Client, policy: str | None) -> Any:
    return client.patch("/api/settings", json={"second_factor": policy})


def test_whoever_must_have_one_sets_it_up_first(plain: Client, phone: Phone) -> None:
    with plain.other("ben") as ben:
        assert set_policy(plain, "everyone").json()["code"] == "conflict", "an administrator begins with their own"
        assert set_policy(plain, "hardly").status_code == 400
        phone.set_up(plain)
        assert set_policy(plain, "administrators").status_code == 200
        assert ben.get("/api/activities").status_code == 200
        assert set_policy(plain, "everyone").status_code == 200
        assert ben.get("/api/activities").status_code == 401, "a session by password alone holds no longer"
        visitor = half(plain, "ben")
        assert visitor.get("/api/session").json()["state"] == "second_factor_setup"
        assert visitor.get("/api/activities").status_code == 401
        assert give(visitor, "000000") == (400, "wrong-factor")
        his = Phone(phone.now_ms)
        his.set_up(visitor, AT_DOOR)
        assert visitor.get("/api/session").json()["account"]["username"] == "ben"
        assert visitor.get("/api/activities").status_code == 200
        assert visitor.delete(MINE).status_code == 409, "who has to have one keeps it"
        assert set_policy(plain, None).status_code == 200
        assert visitor.delete(MINE).status_code == 204


def test_a_policy_needs_a_person_who_has_confirmed(plain: Client, phone: Phone) -> None:
    phone.now_ms += 11 * 60_000
    assert set_policy(plain, "everyone").json()["code"] == "confirm-identity"


def test_the_environment_decides(sqlite_app: App, phone: Phone) -> None:
    settings = sqlite_app.context.settings.model_copy(update={"second_factor": "administrators"})
    strict = App(replace(sqlite_app.context, settings=settings, clock=lambda: phone.now_ms))
    with Client(strict) as client:
        assert client.set_up("ann")["state"] == "second_factor_setup"
        assert client.get("/api/accounts").status_code == 401
        phone.set_up(client, AT_DOOR)
        assert client.get("/api/accounts").status_code == 200
        assert [one.kind for one in logged(strict)] == ["account_made", "second_factor_on", "signed_in"]
        assert set_policy(client, "nobody").status_code == 409
        with client.other("ben") as ben:
            assert ben.get("/api/session").json()["state"] == "signed_in"


def test_tokens_go_on_where_one_has_to_be_set_up(plain: Client, phone: Phone) -> None:
    with plain.other("ben") as ben:
        token = ben.post("/api/tokens", json={"name": "script"}).json()["token"]
        phone.set_up(plain)
        set_policy(plain, "everyone")
        program = another(plain, headers={"Authorization": f"Bearer {token}"})
        assert program.get("/api/activities").status_code == 200
        assert program.get(MINE).status_code == 403


def test_the_shell_removes_one(ann: Client) -> None:
    account = int(ann.get("/api/session").json()["account"]["id"])
    assert flow.remove_by_hand(ann.served.context, account)
    assert not flow.remove_by_hand(ann.served.context, account)
    assert ann.get("/api/session").json()["state"] == "signed_out"
    assert half(ann).get("/api/session").json()["state"] == "signed_in"


def test_no_secret_or_code_is_in_the_log_or_the_store(
    plain: Client, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    phone.set_up(plain)
    visitor = half(plain)
    token = visitor.cookies.get(HALF)
    code, recovery = phone.wait(), phone.codes[0]
    assert give(visitor, "999999")[0] == 400
    assert give(visitor, code)[0] == 200
    assert give(half(plain), recovery)[0] == 200
    said = " ".join(str(vars(record)) for record in caplog.records if record.name.startswith("homestretch"))
    assert "recovery code used" in said
    secrets = (phone.secret, code, "999999", token, *phone.codes, recovery.replace("-", ""))
    assert [one for one in secrets if one and one in said] == []
    store = b"".join(file.read_bytes() for file in plain.served.context.settings.data_dir.glob("*.db*"))
    assert b"recovery_codes" in store, "this is the store"
    kept = (phone.secret, *phone.codes, recovery.replace("-", ""), token or "")
    assert [one for one in kept if one.encode() in store] == []
