"""Links that set a new password: made by administrators, who learn nothing, or mailed; each works once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest

from homestretch.app import App
from homestretch.errors import HomestretchError
from homestretch.flow.accounts import accounts
from homestretch.flow.accounts.credentials import resets
from homestretch.flow.accounts.credentials.tokens import caller_of_token
from homestretch.flow.jobs.reset_mails import JOB
from homestretch.model.moment import DAY_MS
from homestretch.store.queries import password_resets as stored
from homestretch.store.queries.security_events import Which, events_before
from tests.api.client import PASSWORD, Client
from tests.api.security import logged
from tests.api.test_second_factor import Phone
from tests.fakes.mail import MailSink, code_in, mail_sink, text_of

NEW = "quite another one"
LOOK, SET, MAIL = "/api/password-reset/look", "/api/password-reset", "/api/password-reset/mail"


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


@pytest.fixture
def mail(plain: Place) -> Iterator[MailSink]:
    """The server's e-mail; Ben has confirmed ben@example.com, and entered another address."""
    with mail_sink() as made:
        server = {"host": "127.0.0.1", "port": made.port, "security": "none", "sender": "hs@example.com"}
        plain.ann.put("/api/mail", json=server).raise_for_status()
        for address in ("ben@example.com", "other@example.com"):
            body = {"way": "email", "settings": {"to": address}}
            answer = plain.ben.post("/api/notifications/channels", json=body).json()
            if address == "ben@example.com":
                path = f"/api/notifications/channels/{answer['channels'][0]['id']}/confirm"
                plain.ben.post(path, json={"proof": code_in(made)}).raise_for_status()
        made.taken.clear()
        yield made


def asked(place: Place, name: str) -> int:
    """Ask for a link by e-mail from a browser of its own, and let the job answer; return the status."""
    visitor = Client(place.ann.served, client=("127.0.0.1", 1))
    status = visitor.post(MAIL, json={"name": name}).status_code
    for arguments in JOB.due(place.ann.served.context):
        JOB.run(place.ann.served.context, arguments)
    return status


def mailed(mail: MailSink) -> str:
    """Return the token of the link in the newest letter."""
    (line,) = (one for one in text_of(mail.taken[-1]).splitlines() if "/reset#" in one)
    assert line.startswith("http://127.0.0.1:8080/reset#")
    return line.partition("#")[2]


def test_a_link_comes_by_mail_to_confirmed_addresses_only(plain: Place, mail: MailSink) -> None:
    assert Client(plain.ann.served).get("/api/session").json()["mails_links"] is True
    assert asked(plain, "BEN") == 204
    assert [letter["To"] for letter in mail.taken] == ["ben@example.com"]
    first = mailed(mail)
    assert plain.looked(first) == 200
    assert asked(plain, "Ben@Example.com") == 204
    assert (len(mail.taken), plain.looked(first)) == (2, 404), "a new one ends the former"
    assert asked(plain, "other@example.com") == 204 and len(mail.taken) == 2, "not confirmed"
    assert plain.reset(mailed(mail)) == (204, "")
    assert plain.ben.get("/api/session").json()["state"] == "signed_out"
    visitor = Client(plain.ann.served)
    assert visitor.post("/api/session", json={"username": "ben", "password": NEW}).json()["state"] == "signed_in"
    assert visitor.get("/api/notifications").json()["items"][0]["code"] == "password_reset"
    kinds = [(one.kind, one.method, one.about) for one in logged(plain.ann.served)][-4:]
    assert kinds == [("reset_link_mailed", "server", "ben")] * 2 + [
        ("password_reset", "link", "ben"), ("signed_in", "password", "ben")
    ]  # fmt: skip
    with plain.ann.served.database.read() as reader:
        (mailed_last, *_) = events_before(reader, Which(kinds=["reset_link_mailed"]), None, 10)
    assert mailed_last.address == "127.0.0.0/24"
    assert asked(plain, "ben") == 204
    plain.phone.now_ms += 3_600_001
    assert plain.looked(mailed(mail)) == 404, "an hour"


def test_who_asks_by_mail_learns_nothing(plain: Place, mail: MailSink) -> None:
    stranger = Client(plain.ann.served)
    names = ("ben", "ann", "nobody here", "ben@example.com", "other@example.com")
    answers = [stranger.post(MAIL, json={"name": name}) for name in names]
    assert {(one.status_code, one.content) for one in answers} == {(204, b"")}
    assert mail.taken == [], "no answer waits for a mail"
    with plain.ann.served.database.read() as reader:
        assert len(stored.requests(reader)) == len(names), "each is written down, whoever it is about"
    for arguments in JOB.due(plain.ann.served.context):
        JOB.run(plain.ann.served.context, arguments)
    assert len(mail.taken) == 2 and JOB.due(plain.ann.served.context) == []


def test_links_by_mail_have_to_wait(plain: Place, mail: MailSink) -> None:
    statuses = [asked(plain, "ben") for _ in range(7)]
    assert statuses[-1] == 429 and len(mail.taken) == 5
    assert asked(plain, "ben@example.com") == 204 and len(mail.taken) == 5, "so has the account"
    statuses = [asked(plain, f"somebody {number}") for number in range(20)]
    assert statuses[0] == 204 and statuses[-1] == 429, "so has an address"


def test_a_link_by_mail_does_not_pass_the_second_factor(plain: Place, mail: MailSink) -> None:
    plain.phone.set_up(plain.ben)
    asked(plain, "ben")
    assert plain.reset(mailed(mail)) == (204, "")
    state = Client(plain.ann.served).post("/api/session", json={"username": "ben", "password": NEW}).json()
    assert state["state"] == "second_factor"


def test_without_a_mail_server_or_an_address_nothing_is_mailed(plain: Place) -> None:
    visitor = Client(plain.ann.served)
    assert visitor.get("/api/session").json()["mails_links"] is False
    answer = visitor.post(MAIL, json={"name": "ben"})
    assert (answer.status_code, answer.json()["code"]) == (409, "no-links-by-mail")


def test_a_mail_server_that_is_away_breaks_nothing(plain: Place, mail: MailSink) -> None:
    mail.refusal = "550 no"
    assert asked(plain, "ben") == 204 and mail.taken == []
    mail.refusal = None
    assert asked(plain, "ben") == 204 and plain.looked(mailed(mail)) == 200
