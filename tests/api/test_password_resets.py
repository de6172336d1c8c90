"""Links that set a new password: an administrator makes one and learns nothing, it works once and for a day."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest

from homestretch.app import App
from homestretch.errors import HomestretchError
from homestretch.flow.accounts import accounts
from homestretch.flow.accounts.credentials import resets
from homestretch.flow.accounts.credentials.tokens import caller_of_token
from homestretch.model.moment import DAY_MS
from tests.api.client import PASSWORD, Client
from tests.api.test_second_factor import Phone

NEW = "quite another one"
LOOK, SET = "/api/password-reset/look", "/api/password-reset"


@dataclass
class Place:
    """A server with an administrator, Ann, and Ben, whose number is `ben`; both share a clock with it."""

    ann: Client
    ben: Client
    number: int
    phone: Phone

    def link(self) -> str:
        """Return the token of a new link for Ben."""
        answer = self.ann.post(f"/api/accounts/{self.number}/reset-link")
        assert answer.status_code == 201, answer.text
        path, _, token = answer.json()["path"].partition("#")
        assert path == "/reset"
        return str(token)

    def reset(self, token: str, password: str = NEW, *, keep_tokens: bool = False) -> tuple[int, str]:
        """Set a new password by a link, as whoever has it; return the status and the error's code."""
        body = {"token": token, "password": password, "keep_tokens": keep_tokens}
        answer = Client(self.ann.served).post(SET, json=body)
        return answer.status_code, "" if answer.status_code == 204 else answer.json()["code"]

    def looked(self, token: str) -> int:
        """Look at a link; return the status."""
        return Client(self.ann.served).post(LOOK, json={"token": token}).status_code


def served(app: App) -> Iterator[Place]:
    phone = Phone()
    with Client(App(replace(app.context, clock=lambda: phone.now_ms))) as ann:
        ann.set_up("ann")
        with ann.other("ben") as ben:
            yield Place(ann, ben, int(ben.get("/api/session").json()["account"]["id"]), phone)


@pytest.fixture
def place(app: App) -> Iterator[Place]:
    yield from served(app)


@pytest.fixture
def plain(sqlite_app: App) -> Iterator[Place]:
    yield from served(sqlite_app)


def test_a_link_sets_a_password_once(place: Place) -> None:
    access = place.ben.post("/api/tokens", json={"name": "watch"}).json()["token"]
    token = place.link()
    assert [one["code"] for one in place.ben.get("/api/notifications").json()["items"]] == ["reset_link_made"]
    shown = Client(place.ann.served).post(LOOK, json={"token": token})
    assert shown.json() == {"username": "ben"}
    assert place.looked(token) == 200, "looking changes nothing"
    assert place.reset(token, "trustno1") == (400, "common-password")
    assert place.reset(token, "Benjamin"[:3] + "12345") == (400, "weak-password")
    assert place.reset(token) == (204, "")
    assert place.reset(token) == (404, "no-reset")
    assert place.looked(token) == 404
    assert place.ben.get("/api/session").json()["state"] == "signed_out"
    again = Client(place.ann.served)
    assert again.post("/api/session", json={"username": "ben", "password": PASSWORD}).status_code == 401
    assert again.post("/api/session", json={"username": "ben", "password": NEW}).json()["state"] == "signed_in"
    assert again.get("/api/notifications").json()["items"][0]["code"] == "password_reset"
    with place.ann.served.database.read() as reader:
        assert caller_of_token(reader, access) is None


def test_access_tokens_stay_for_whoever_keeps_them(plain: Place) -> None:
    access = plain.ben.post("/api/tokens", json={"name": "watch"}).json()["token"]
    assert plain.reset(plain.link(), keep_tokens=True) == (204, "")
    with plain.ann.served.database.read() as reader:
        assert caller_of_token(reader, access) is not None


def test_two_at_once_set_one_password(place: Place) -> None:
    token, context = place.link(), place.ann.served.context

    def enter(password: str) -> str:
        try:
            resets.set_password(context, token, password, keep_tokens=False, address="")
        except HomestretchError as error:
            return error.code
        return "set"

    with ThreadPoolExecutor(3) as pool:
        outcomes = list(pool.map(enter, (f"{NEW} {number}" for number in range(3))))
    assert sorted(outcomes) == ["no-reset", "no-reset", "set"]


def test_a_link_ends(plain: Place) -> None:
    first, second = plain.link(), plain.link()
    assert [plain.looked(one) for one in (first, second)] == [404, 200], "a new one ends the former"
    plain.phone.now_ms += DAY_MS
    assert plain.looked(second) == 404
    plain.ann.post("/api/session/confirm", json={"password": PASSWORD}).raise_for_status()
    third = plain.link()
    change = {"current": PASSWORD, "new": "a third password"}
    plain.ben.post("/api/account/password", json=change).raise_for_status()
    assert plain.looked(third) == 404, "whoever knows the password needs no link"
    fourth = plain.link()
    accounts.make_admin(plain.ann.served.context, plain.number, True)
    (ann,) = (one for one in plain.ann.get("/api/accounts").json()["items"] if one["username"] == "ann")
    accounts.make_admin(plain.ann.served.context, int(ann["id"]), False)
    assert plain.looked(fourth) == 404, "who made it may not any more"


def test_a_second_factor_is_asked_for_afterwards(plain: Place) -> None:
    plain.phone.set_up(plain.ben)
    assert plain.reset(plain.link()) == (204, "")
    visitor = Client(plain.ann.served)
    state = visitor.post("/api/session", json={"username": "ben", "password": NEW}).json()
    assert state["state"] == "second_factor"
    assert visitor.get("/api/activities").status_code == 401
    assert visitor.post("/api/session/code", json={"code": plain.phone.wait()}).json()["state"] == "signed_in"


def test_only_administrators_who_have_shown_who_they_are_make_one(plain: Place) -> None:
    path = f"/api/accounts/{plain.number}/reset-link"
    assert plain.ben.post(path).status_code == 403
    assert plain.ann.post("/api/accounts/99/reset-link").status_code == 404
    plain.phone.now_ms += 11 * 60_000
    assert plain.ann.post(path).json()["code"] == "confirm-identity"


def test_waiting_after_wrong_passwords_ends_with_a_new_one(plain: Place) -> None:
    visitor = Client(plain.ann.served)
    for _ in range(6):
        barred = visitor.post("/api/session", json={"username": "ben", "password": "no"})
    assert barred.status_code == 429
    plain.reset(plain.link())
    assert visitor.post("/api/session", json={"username": "ben", "password": NEW}).status_code == 200


def test_guessing_links_has_to_wait(plain: Place) -> None:
    statuses = [plain.looked("x" * 43) for _ in range(22)]
    assert statuses[0] == 404 and statuses[-1] == 429
    store = b"".join(file.read_bytes() for file in plain.ann.served.settings.data_dir.glob("*.db*"))
    plain.phone.now_ms += 60 * 60_000
    plain.ann.post("/api/session/confirm", json={"password": PASSWORD}).raise_for_status()
    token = plain.link()
    assert b"password_resets" in store and token.encode() not in store
