"""Signing in by a proxy's header: it counts only from a proxy, with its secret, and gives nobody any rights."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import uvicorn

from homestretch.api.connection_limits import Connection
from homestretch.api.context import PEER
from homestretch.api.server import create_api
from homestretch.app import App
from homestretch.flow.accounts.credentials.proxy import must_be_whole
from homestretch.settings import WrongSettings
from tests.api.client import PASSWORD, Client
from tests.api.security import Seen, logged

SECRET = "0123456789abcdef0123456789abcdef"
SAYS = {"Remote-User": "Ben", "X-Homestretch-Proxy-Secret": SECRET}
SET = {"trusted_header": "Remote-User", "trusted_header_secret": SECRET, "trusted_proxies": ("10.1.0.0/16",)}


def with_header(app: App, **changes: Any) -> App:
    """Return the same server with the header on."""
    given = {name: getattr(app.settings, name) for name in ("data_dir", "database_url", "min_free_mb", "decoders")}
    settings = type(app.settings)(**given | SET | changes)
    return App(replace(app.context, settings=settings))


class Behind(Client):
    """A browser whose requests come over a connection from an address."""

    def __init__(self, app: App, peer: str) -> None:
        super().__init__(app)
        inner = self._transport.app  # type: ignore[attr-defined]

        async def connected(scope: Any, receive: Any, send: Any) -> None:
            await inner({**scope, PEER: peer}, receive, send)

        self._transport.app = connected  # type: ignore[attr-defined]


@pytest.fixture
def server(sqlite_app: App) -> Iterator[App]:
    """A server with the header on, its administrator Ann, and Ben."""
    with Client(sqlite_app) as ann:
        ann.set_up("ann")
        ann.other("ben").close()
    yield with_header(sqlite_app)


def test_a_proxy_signs_in_who_has_an_account(server: App) -> None:
    ben = Behind(server, "10.1.2.3")
    assert ben.get("/api/session").json()["proxy_user"] is None
    shown = ben.get("/api/session", headers=SAYS).json()
    assert (shown["state"], shown["proxy_user"]) == ("signed_out", "Ben"), "nothing happens by itself"
    state = ben.post("/api/session/proxy", headers=SAYS).json()
    assert (state["state"], state["account"]["username"], state["account"]["is_admin"]) == ("signed_in", "ben", False)
    assert logged(server)[-1] == Seen("signed_in", "proxy", "ben", "ben")
    assert ben.get("/api/activities", headers=SAYS).status_code == 200
    items = ben.get("/api/account/sessions", headers=SAYS).json()["items"]
    assert {one["by"] for one in items} == {"proxy", "password"}
    # It holds for whoever the proxy names, and only so long.
    assert ben.get("/api/activities").status_code == 401
    assert ben.get("/api/activities", headers={**SAYS, "Remote-User": "ann"}).status_code == 401
    # The proxy is not asked again: what changes how people sign in needs the password.
    assert ben.post("/api/tokens", headers=SAYS, json={"name": "x"}).json()["code"] == "confirm-identity"
    assert ben.post("/api/session/confirm", headers=SAYS, json={"password": PASSWORD}).status_code == 204
    assert ben.post("/api/tokens", headers=SAYS, json={"name": "x"}).status_code == 201
    assert ben.delete("/api/session", headers=SAYS).headers["clear-site-data"] == '"cache"'
    assert ben.get("/api/session", headers=SAYS).json()["state"] == "signed_out"


def test_nobody_is_made_by_a_header(server: App) -> None:
    carl = Behind(server, "10.1.2.3")
    for name in ("carl", "ben@example.com", ""):
        answer = carl.post("/api/session/proxy", headers={**SAYS, "Remote-User": name})
        assert (answer.status_code, answer.json()["code"]) == (403, "no-proxy-user")
    assert logged(server)[-1] == Seen("sign_in_refused", "proxy", None, None, 3)


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("10.2.0.1", SAYS),
        ("127.0.0.1", {**SAYS, "X-Forwarded-For": "10.1.2.3"}),
        ("", SAYS),
        ("10.1.2.3", {"Remote-User": "Ben"}),
        ("10.1.2.3", {**SAYS, "X-Homestretch-Proxy-Secret": SECRET[:-1] + "0"}),
        ("10.1.2.3", {**SAYS, "X-Homestretch-Proxy-Secret": ""}),
    ],
)
def test_forged_headers_are_refused(server: App, peer: str, headers: dict[str, str]) -> None:
    eve = Behind(server, peer)
    assert eve.get("/api/session", headers=headers).json()["proxy_user"] is None
    assert eve.post("/api/session/proxy", headers=headers).status_code == 403


def test_a_header_beside_the_proxy_s_own_is_refused(server: App) -> None:
    """A proxy that adds its header and lets a visitor's through names two people."""
    eve = Behind(server, "10.1.2.3")
    twice = [*SAYS.items(), ("Remote-User", "ann"), ("X-Homestretch", "1")]
    assert eve.post("/api/session/proxy", headers=twice).status_code == 403


def test_the_header_is_off_unless_it_is_set(sqlite_app: App) -> None:
    with Client(sqlite_app) as ann:
        ann.set_up("ann")
    eve = Behind(sqlite_app, "127.0.0.1")
    assert eve.post("/api/session/proxy", headers={**SAYS, "Remote-User": "ann"}).status_code == 403


@contextmanager
def running(app: App) -> Iterator[int]:
    """Run the server's own connections on a port of this machine, with its proxies as it has them."""
    config = uvicorn.Config(
        create_api(app), http=Connection, log_config=None, proxy_headers=True,
        forwarded_allow_ips=list(app.settings.trusted_proxies), lifespan="off",
    )  # fmt: skip
    made = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=made.run, args=([listener],), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        made.should_exit = True
        thread.join()


def known(port: int, headers: dict[str, str]) -> Any:
    """Return who the server takes for named by a proxy."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/api/session", headers={"Host": "127.0.0.1", **headers})
    return json.loads(connection.getresponse().read())["proxy_user"]


def test_the_connection_itself_counts_and_not_what_it_says(server: App) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    with running(with_header(server, trusted_proxies=("127.0.0.1",))) as port:
        assert known(port, {**SAYS, **forwarded}) == "Ben"
        assert known(port, {"Remote-User": "Ben", **forwarded}) is None
    with running(with_header(server, trusted_proxies=("192.0.2.1",))) as port:
        assert known(port, {**SAYS, "X-Forwarded-For": "192.0.2.1"}) is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"trusted_header_secret": None}, "32 characters"),
        ({"trusted_header_secret": "short"}, "32 characters"),
        ({"trusted_header": None}, "HOMESTRETCH_TRUSTED_HEADER is not"),
        ({"trusted_header": "Remote User"}, "not the name of a header"),
        ({"trusted_proxies": ()}, "needs the proxies"),
        *(({"trusted_proxies": (one,)}, "lets in too many") for one in ("*", "0.0.0.0/0", "::/0", "128.0.0.0/1", "me")),
    ],
)
def test_half_a_configuration_does_not_start(server: App, changes: dict[str, Any], says: str) -> None:
    must_be_whole(server.settings)
    with pytest.raises(WrongSettings, match=says):
        must_be_whole(with_header(server, **changes).settings)
