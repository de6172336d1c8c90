"""The MCP server at /mcp of a real web server: switched on by an administrator, with tokens."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tests.mcp.clients import Answer, call_with
from tests.served import ask, environment, serving

TAKES = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


class Served:
    """A server with the administrator anna signed in, and ben."""

    def __init__(self, port: int) -> None:
        self.port = port
        _, _, headers = ask(port, "POST", "/api/setup", {"username": "anna", "password": "long enough"})
        self.anna = {"Cookie": headers["set-cookie"].partition(";")[0]}
        self.api("POST", "/api/accounts", {"username": "ben", "password": "long enough"})

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Ask the API as anna, or with headers of one's own."""
        return ask(self.port, method, path, body, **(headers or self.anna))

    def token(self, scope: str, *may: str) -> str:
        """Make a token of anna's."""
        status, document, _ = self.api("POST", "/api/tokens", {"name": "x", "scope": scope, "may": list(may)})
        assert status == 201 and document["may"] == list(may)
        return str(document["token"])

    def post(self, body: Any = PING, **headers: str) -> tuple[int, Any, dict[str, str]]:
        """Send a message as a client that is no library."""
        return ask(self.port, "POST", "/mcp", body, **{**TAKES, **headers})

    def call(self, token: str, name: str, query: str = "", **arguments: Any) -> Answer:
        """Call a tool with the client library."""

        async def asked() -> Answer:
            headers = {"Authorization": f"Bearer {token}"}
            async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
                address = f"http://127.0.0.1:{self.port}/mcp{query}"
                async with Client(streamable_http_client(address, http_client=http)) as client:
                    return await call_with(client, name, arguments)

        return asyncio.run(asked())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    data: Path = tmp_path_factory.mktemp("served") / "data"
    with serving(environment(data), port):
        yield Served(port)


def test_it_is_off_until_an_administrator_switches_it_on(served: Served) -> None:
    token = served.token("mcp")
    status, document, _ = served.post(Authorization=f"Bearer {token}")
    assert status == 404 and "switched off" in document["detail"]
    assert served.api("PATCH", "/api/settings", {"mcp": "loud"})[0] == 400
    assert served.api("PATCH", "/api/settings", {"mcp": "on"})[0] == 200
    assert not served.call(token, "today").failed
    assert served.api("PATCH", "/api/settings", {"mcp": None})[0] == 200
    assert served.post(Authorization=f"Bearer {token}")[0] == 404
    assert served.api("PATCH", "/api/settings", {"mcp": "on"})[0] == 200


def test_who_is_not_let_in(served: Served) -> None:
    served.api("PATCH", "/api/settings", {"mcp": "on"})
    bearer = {"Authorization": f"Bearer {served.token('mcp')}"}
    status, _, headers = served.post()
    assert status == 401 and "resource_metadata=" in headers["www-authenticate"]
    assert served.post(Authorization="Bearer hs_wrong")[0] == 401
    assert served.post(Cookie=served.anna["Cookie"])[0] == 401  # a page that a browser is led to is no client
    assert served.post(**bearer, Host="evil.example")[0] == 421
    assert served.post(**bearer, Origin="http://evil.example")[0] == 403
    assert served.post(**bearer, Origin="null")[0] == 403
    assert served.post(**bearer, Accept="text/html")[0] == 406
    assert served.post([PING], **bearer)[0] == 400
    assert ask(served.port, "GET", "/mcp", None, **TAKES, **bearer)[0] == 405
    assert served.post(**bearer, Origin=f"http://127.0.0.1:{served.port}")[0] == 200
    status, document, _ = ask(served.port, "GET", "/.well-known/oauth-protected-resource/mcp")
    assert status == 200 and document["resource"].endswith("/mcp")


def test_what_tokens_may(served: Served) -> None:
    served.api("PATCH", "/api/settings", {"mcp": "on"})
    assert served.call(served.token("mcp"), "health").failed
    assert not served.call(served.token("mcp", "health"), "health").failed
    assert not served.call(served.token("read"), "health").failed
    # Tokens that send health data read nothing, and one for MCP opens nothing else.
    assert served.post(Authorization=f"Bearer {served.token('health')}")[0] == 403
    mcp = {"Authorization": f"Bearer {served.token('mcp', 'health', 'propose')}"}
    assert served.api("GET", "/api/activities", **mcp)[0] == 403
    assert served.api("POST", "/api/tokens", {"name": "x", "scope": "read", "may": ["health"]})[0] == 400


def test_only_one_s_own_athletes(served: Served) -> None:
    served.api("PATCH", "/api/settings", {"mcp": "on"})
    token = served.token("mcp", "health")
    assert served.call(token, "today").document["athlete"] == "anna"
    assert served.call(token, "today", "?athlete=anna").document["athlete"] == "anna"
    for other in ("ben", "2", "99"):
        answer = served.call(token, "today", f"?athlete={other}")
        assert answer.failed and answer.text == f"No athlete {other} was found."


def test_a_revoked_token_is_none(served: Served) -> None:
    served.api("PATCH", "/api/settings", {"mcp": "on"})
    token = served.token("mcp")
    last = served.api("GET", "/api/tokens")[1]["items"][-1]
    assert served.post(Authorization=f"Bearer {token}")[0] == 200
    served.api("DELETE", f"/api/tokens/{last['id']}")
    assert served.post(Authorization=f"Bearer {token}")[0] == 401
