"""What a stranger may send that no page does: it is refused in plain words, and the server goes on."""

import asyncio
import base64
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from homestretch.api import connection_limits, middleware
from homestretch.api.connection_limits import Connection
from homestretch.api.middleware import POLICY_S
from homestretch.flow.accounts import passwords
from homestretch.flow.accounts.passwords import CommonPassword, WeakPassword, hash_password, is_right
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.store.database import Database, sqlite_url
from tests.api.client import PASSWORD, Client

TRACK = '<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>{name}</name><trkseg>{points}</trkseg></trk></gpx>'


def nested(depth: int) -> str:
    """Return a document so deep."""
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    "value", [nested(60), nested(3_000), nested(200_000), "1" * 20, "NaN", '"\\ud800"', '"\\u0000"']
)
def test_a_document_that_no_database_holds_is_refused(solo: Client, value: str) -> None:
    headers = {"Content-Type": "application/json"}
    for method, path, body in (
        ("POST", "/api/session", f'{{"username": {value}, "password": "x"}}'),
        ("PATCH", "/api/account", f'{{"preferences": {{"units": {value}}}}}'),
    ):
        answer = solo.request(method, path, content=body, headers=headers)
        refused = answer.status_code in (400, 401, 422)
        assert refused or (value == "NaN" and answer.status_code == 200), answer.text
    assert solo.get("/api/session").json()["state"] == "signed_in"


def test_the_place_in_a_list_is_one_that_was_given_out(solo: Client) -> None:
    for text in (nested(20_000), "1" * 400, '"\\ud800"'):
        cursor = base64.urlsafe_b64encode(text.encode()).decode()
        assert solo.get("/api/activities", params={"cursor": cursor}).json()["code"] in ("bad-request", "invalid")


@pytest.mark.parametrize("source", ["strava", "intervals", "ridewithgps"])
def test_a_message_of_nobody_is_passed_over(solo: Client, source: str) -> None:
    for body in (nested(200_000), '{"secret": "\\ud800"}', '{"owner_id": 1e400}', "\xff"):
        assert solo.post(f"/api/webhooks/{source}", content=body.encode("latin-1")).status_code in (200, 403, 404)


@pytest.mark.parametrize(
    "host", ["x@127.0.0.1:8080", "127.0.0.1:8080@x", "127.0.0.1:8080/x", "127.0.0.1 x", "", "[::1", "127.0.0.1:port"]
)
def test_a_host_is_a_name_and_a_port(solo: Client, host: str) -> None:
    assert solo.get("/api/session", headers={"Host": host}).json()["code"] == "unknown-host"


def test_a_head_is_that_of_the_answer(solo: Client) -> None:
    for path in ("/api/session", "/api/activities", "/api/openapi.json"):
        whole, head = solo.get(path), solo.head(path)
        assert head.status_code == 200 and head.content == b""
        assert head.headers["content-type"] == whole.headers["content-type"]
    assert solo.head("/api/activities/none").status_code == 404


def test_a_name_fills_no_page(solo: Client, decoders: Decoders) -> None:
    points = "".join(
        f'<trkpt lat="48" lon="{8 + n / 1e4}"><time>2024-05-01T08:00:{n:02}Z</time></trkpt>' for n in range(9)
    )
    solo.upload(decoders, ride_gpx=TRACK.format(name="long " * 1_000_000, points=points).encode())
    (listed,) = solo.get("/api/activities").json()["items"]
    assert listed["name"].startswith("long long") and len(listed["name"]) == 200


@pytest.mark.parametrize(
    "password",
    [
        "        ",
        "password",
        "Passwort1!",
        "12345678",
        "19840229",
        "aaaaaaaa",
        "annaanna",
        "Anna2024!",
        "qwertyuiop1",
        "short",
    ],
)
def test_what_is_guessed_first_is_no_password(password: str) -> None:
    with pytest.raises(WeakPassword):
        hash_password(password, "anna")


@pytest.mark.parametrize("username", ["running.man@example.org", "Running.Man"])
def test_a_name_is_no_password_with_or_without_its_domain(username: str) -> None:
    with pytest.raises(WeakPassword, match="user name"):
        hash_password("Running.Man7", username)
    hash_password("running far man", username)


@pytest.mark.parametrize("password", ["1q2w3e4r", "1Q2w3e4R", " iloveyou ", "trustno1"])
def test_the_most_used_passwords_are_refused(solo: Client, password: str) -> None:
    """One that was taken before goes on: only new ones are looked at."""
    change = {"current": PASSWORD, "new": password}
    asked = [
        solo.post("/api/account/password", json=change),
        solo.post("/api/accounts", json={"username": "ben", "password": password}),
    ]
    assert [(one.status_code, one.json()["code"]) for one in asked] == [(400, "common-password")] * 2
    assert asked[0].json()["detail"] == "This password is among the most used. Choose another."
    with pytest.raises(CommonPassword):
        hash_password(password, "anna")
    assert is_right(password, passwords._hasher().hash(password))


def test_a_token_ends_with_the_password_unless_it_is_kept(solo: Client) -> None:
    def change(current: str, new: str, *, keep: bool) -> int:
        token = solo.post("/api/tokens", json={"name": "watch", "scope": "read"}).json()["token"]
        body = {"current": current, "new": new, "keep_tokens": keep}
        assert solo.post("/api/account/password", json=body).status_code == 204
        solo.post("/api/session", json={"username": "anna", "password": new}).raise_for_status()
        stranger = Client(solo.served)
        answer = stranger.get("/api/activities", headers={"Authorization": f"Bearer {token}"})
        return int(answer.status_code)

    assert change(PASSWORD, "another one", keep=True) == 200
    assert change("another one", "the next one", keep=False) == 401


def test_pages_come_while_the_database_is_away(solo: Client, monkeypatch: pytest.MonkeyPatch, unused_port: int) -> None:
    """The policy that goes with each answer stays what it was; what needs the database says that it is away."""
    before = solo.get("/").headers["content-security-policy"]
    away = Database(f"postgresql://nobody@127.0.0.1:{unused_port}/nothing")
    monkeypatch.setattr(solo.served, "context", replace(solo.served.context, database=away))
    monkeypatch.setattr(middleware, "POLICY_S", -POLICY_S)
    page, health, data = solo.get("/"), solo.get("/health"), solo.get("/api/activities")
    assert page.status_code == 200 and page.headers["content-security-policy"] == before
    assert health.status_code == 503 and health.json()["parts"]["database"].startswith("can't be read")
    assert data.status_code == 503 and data.json()["code"] == "database-unreachable"


def test_a_database_that_breaks_off_breaks_no_page(
    solo: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The first page of a server does not need the map setting, however reading that ends."""
    empty = Database(sqlite_url(tmp_path))
    monkeypatch.setattr(solo.served, "context", replace(solo.served.context, database=empty))
    assert Client(solo.served).get("/").status_code == 200
    empty.close()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: a", b""),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 200_000, b"HTTP/1.1 400"),
        (b"GET /" + b"x" * 200_000, b"HTTP/1.1 400"),
        (b"POST /api/session HTTP/1.1\r\nHost: a\r\nX-Homestretch: 1\r\nContent-Length: 9\r\n\r\n{", b"HTTP/1.1 408"),
    ],
)
def test_a_request_that_is_never_whole_is_not_waited_for(
    solo: Client, monkeypatch: pytest.MonkeyPatch, sent: bytes, said: bytes
) -> None:
    monkeypatch.setattr(connection_limits, "HEAD_S", 0.2)
    monkeypatch.setattr(middleware, "PAUSE_S", 0.2)
    monkeypatch.setattr(middleware.Edge, "_allowed_hosts", lambda _: set())
    config = Config(solo.api, lifespan="off", log_config=None)

    async def answered() -> bytes:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Connection(config, ServerState(), {}), "127.0.0.1", 0)
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            found = b""
            with suppress(ConnectionError):  # what is still being sent is cut off
                writer.write(sent)
                while part := await asyncio.wait_for(reader.read(100), 20):
                    found += part
            writer.close()
            return found

    assert asyncio.run(answered()).startswith(said)
