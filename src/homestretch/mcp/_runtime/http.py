"""The MCP server at /mcp of the web server, while an administrator has it switched on; nothing is loaded before."""

import asyncio
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from homestretch.app import App
from homestretch.views.system.server_options import option_values

if TYPE_CHECKING:
    from homestretch.mcp._runtime.server import Server

PATH = "/mcp"
#: Where clients look up how to sign in (RFC 9728).
METADATA = f"/.well-known/oauth-protected-resource{PATH}"
OFF = "The MCP server is switched off. An administrator switches it on under Settings, Connect a model."
ELSEWHERE = "This request came from a page of another site."
METHODS = "Send messages by POST. This server keeps no stream open."


def routes(app: App) -> Sequence[BaseRoute]:
    """Return the routes of the MCP server, to stand before all others."""
    door = Door(app)
    return [Route(path, door, include_in_schema=False) for path in (PATH, METADATA)]


class Door:
    """Answers at /mcp: refuses while it is switched off, and puts the server together for the first one who asks."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._opening: asyncio.Task[ASGIApp] | None = None
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        refusal = await self._refusal(scope)
        if refusal is not None:
            await _refuse(send, *refusal)
            return
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        inner = await asyncio.shield(self._opening)
        await inner(scope, receive, send)

    async def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        if not await run_in_threadpool(self._is_on):
            return 404, "not-found", OFF
        if not self._is_own(Headers(scope=scope)):
            return 403, "cross-site", ELSEWHERE
        if scope["path"] == PATH and scope["method"] != "POST":
            return 405, "method-not-allowed", METHODS
        return None

    def _is_on(self) -> bool:
        with self.app.database.read() as reader:
            return option_values(reader, self.app.settings)["mcp"] == "on"

    def _is_own(self, headers: Headers) -> bool:
        """Return whether a request is of no page, or of one of our own."""
        origin = headers.get("origin")
        if origin is None:
            return True
        try:
            asking = urlsplit(origin).netloc
        except ValueError:
            return False
        return bool(asking) and asking in (headers.get("host"), urlsplit(self.app.settings.public_url or "").netloc)

    async def _open(self) -> ASGIApp:
        server, inner = await run_in_threadpool(_build, self.app)
        ready = asyncio.Event()
        self._running = asyncio.create_task(_run(server, ready))
        await ready.wait()
        return inner


async def _run(server: "Server", ready: asyncio.Event) -> None:
    """Keep the server's session manager open until this process ends."""
    async with server.session_manager.run():
        ready.set()
        await asyncio.Event().wait()


def _build(app: App) -> "tuple[Server, ASGIApp]":
    from mcp.server.transport_security import TransportSecuritySettings

    from homestretch.mcp._runtime.bearer import Bearer, auth_settings
    from homestretch.mcp._runtime.server import build

    bearer = Bearer(app)
    server = build(bearer.visitor, bearer, auth_settings(app.settings.address, PATH))
    inner = server.streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        # Hosts are the web server's to check, and origins were checked above.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return server, inner


async def _refuse(send: Send, status: int, code: str, detail: str) -> None:
    document: dict[str, object] = {"type": "about:blank", "title": code.replace("-", " "), "status": status}
    body = json.dumps({**document, "code": code, "detail": detail}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    if status == 405:
        headers.append((b"allow", b"POST"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
