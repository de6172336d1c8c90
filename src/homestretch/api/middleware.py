"""The edge of the web door: one log line per request, allowed hosts, CSRF, security headers, bounds of a request."""

import asyncio
import json
import logging
import re
import secrets
import time
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from homestretch.api.context import COOKIE, SAFE
from homestretch.app import App
from homestretch.errors import HomestretchError
from homestretch.views.system.server_options import map_origins, preset_origins

log = logging.getLogger("homestretch.request")
CSRF_HEADER = "x-homestretch"
#: Providers and mail programs send messages here, by no browser and with no cookie that would count.
FROM_PROVIDERS = re.compile(r"/api/webhooks/|/api/session/oidc/[^/]+/backchannel\Z|/api/notifications/stop/")
#: Calendars are here, each at a secret address, which no log has.
CALENDARS, SECRET = "/calendar/", "/calendar/….ics"
#: Links to activities are here, and what they show there: each address is as secret.
LINKS, SHOWN_BY_LINKS = "/s/", "/api/shared/"
#: Where the MCP server is.
MCP = "/mcp"
#: Asked by the address of a container, which no setting names; the answers say nothing about anyone.
PROBES = frozenset({"/health/live", "/health/ready"})
#: A name or an address, and perhaps a port, with nothing before or after.
HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE | re.ASCII)
#: Where the web app shows background maps to choose from, and where they are set.
MAP_PAGE, SETTINGS = "/settings/map", "/api/settings"
#: Stands in the scope of a request of which only the head is asked for, so that no file is read in vain.
HEAD_ONLY = "homestretch.head_only"
POLICY_S = 5.0
#: So long a request may pause while it is sent.
PAUSE_S = 30.0
#: Of one request's body: a list of 10,000 files to come, or a chunk of one.
MOST_BYTES = 32 << 20


class Edge:
    """ASGI middleware around everything: refuses what must not come in, and marks what goes out."""

    def __init__(self, inner: ASGIApp, app: App) -> None:
        self.inner = inner
        self.app = app
        self._policy = content_policy([])
        self._policy_from = -POLICY_S
        self._policy_asked: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = secrets.token_hex(6)
        began = time.perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._mark(MutableHeaders(scope=message), scope, request_id)
            await send(message)

        await self._keep_policy()
        refusal = self._refusal(scope, headers)
        try:
            if refusal:
                await _refuse(answer, *refusal)
            elif scope["method"] == "HEAD" and (scope["path"].startswith("/api/") or is_calendar(scope["path"])):
                await self.inner({**scope, "method": "GET", HEAD_ONLY: True}, _bounded(receive), _without_body(answer))
            else:
                await self.inner(scope, _bounded(receive), answer)
        finally:
            if scope["path"] == SETTINGS and scope["method"] not in SAFE:
                self._policy_from = -POLICY_S  # the page that is asked for next needs what was just chosen
            took = round((time.perf_counter() - began) * 1000, 1)
            details = {
                "request": request_id,
                "method": scope["method"],
                "path": _loggable(scope["path"]),
                "status": status,
                "ms": took,
            }
            log.info("request", extra=details)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str, str] | None:
        host = headers.get("host", "")
        allowed = self._allowed_hosts()
        known = not allowed or _parts(f"//{host}").hostname in allowed or scope["path"] in PROBES
        if not HOST.fullmatch(host) or not known:
            # Clients of the MCP server know 421 (Misdirected Request).
            status = 421 if scope["path"] == MCP else 400
            return status, "unknown-host", "This host name is not in HOMESTRETCH_ALLOWED_HOSTS. Add it there."
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            return 400, "bad-request", "The address contains an invalid character."
        if scope["method"] in SAFE or not scope["path"].startswith("/api") or FROM_PROVIDERS.match(scope["path"]):
            return None
        if headers.get("authorization", "").lower().startswith("bearer ") and COOKIE not in headers.get("cookie", ""):
            return None
        origin = headers.get("origin")
        if CSRF_HEADER not in headers or (origin and _parts(origin).netloc != host and origin != self._public()):
            return 403, "cross-site", "This request did not come from Homestretch's own pages."
        return None

    def _allowed_hosts(self) -> set[str]:
        settings = self.app.settings
        names = set(settings.allowed_hosts)
        public = urlsplit(settings.public_url or "").hostname
        if settings.loopback and not names and not public:
            # A page elsewhere can point its own name at this machine; only these names are ours.
            return {"127.0.0.1", "::1", "localhost", settings.host}
        return names | {public} if public else names

    def _public(self) -> str | None:
        parts = urlsplit(self.app.settings.public_url or "")
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None

    def _mark(self, headers: MutableHeaders, scope: Scope, request_id: str) -> None:
        headers["X-Request-Id"] = request_id
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
        headers["Content-Security-Policy"] = self._preview(scope) or self._policy
        if scope["path"].startswith("/api") and "cache-control" not in headers:
            headers["Cache-Control"] = "no-store"
        if scope["scheme"] == "https" or (self.app.settings.public_url or "").startswith("https:"):
            headers["Strict-Transport-Security"] = "max-age=31536000"

    @staticmethod
    def _preview(scope: Scope) -> str | None:
        """Return the policy of the page on which a background map is seen before it is chosen: of known ones only."""
        if scope["path"] != MAP_PAGE or not scope["query_string"].startswith(b"try="):
            return None
        key = scope["query_string"].removeprefix(b"try=").decode("ascii", "replace")
        return content_policy(preset_origins(key)) if preset_origins(key) else None

    async def _keep_policy(self) -> None:
        """Look at the map setting again now and then, beside the requests; the first one waits for it."""
        if time.monotonic() - self._policy_from < POLICY_S:
            return
        if self._policy_asked is None or self._policy_asked.done():
            self._policy_asked = asyncio.create_task(run_in_threadpool(self._read_policy))
        if self._policy_from < 0:
            await self._policy_asked

    def _read_policy(self) -> None:
        """Read the map setting; while the database is away, the policy stays what it was."""
        try:
            with self.app.database.read() as reader:
                origins = map_origins(reader, self.app.settings)
        except (SQLAlchemyError, HomestretchError) as error:
            log.warning("map setting unreadable", extra={"reason": str(error)})
        else:
            self._policy = content_policy(origins)
        self._policy_from = time.monotonic()


def is_calendar(path: str) -> bool:
    """Return whether a path is the secret address of a calendar."""
    return path.startswith(CALENDARS) and path.endswith(".ics")


def _loggable(path: str) -> str:
    """Return a path as the log has it: without the secret that opens a calendar or a link."""
    if is_calendar(path):
        return SECRET
    return next((f"{start}…" for start in (LINKS, SHOWN_BY_LINKS) if path.startswith(start)), path)


def _parts(address: str) -> SplitResult:
    """Return the parts of an address that a stranger sent; one that makes no sense has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def content_policy(origins: Iterable[str]) -> str:
    """Return the Content-Security-Policy; of others, only those of the background map are let in."""
    tiles = "".join(f" {origin}" for origin in sorted(set(origins)))
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src 'self' data: blob:{tiles}",
            f"connect-src 'self'{tiles}",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _bounded(receive: Receive) -> Receive:
    """Return the same, but for no more than a request may hold, and for no longer than it may pause."""
    left = MOST_BYTES
    whole = False

    async def bounded() -> Message:
        nonlocal left, whole
        if whole:  # a new caller waits for the other side to go, which may take as long as the answer does
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), PAUSE_S)
        except TimeoutError:
            reason = f"No data arrived for {PAUSE_S:.0f} seconds. Send the request again."
            raise HTTPException(408, reason, {"Connection": "close"}) from None
        left -= len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if left < 0:
            raise HTTPException(413, f"A request can have at most {MOST_BYTES >> 20} MiB. Send files in chunks.")
        return message

    return bounded


def _without_body(send: Send) -> Send:
    """Return what answers a HEAD: the head of what a GET would bring, and its end."""

    async def head_only(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body", "body": b""})

    return head_only


async def _refuse(send: Send, status: int, code: str, detail: str) -> None:
    body = json.dumps({"type": "about:blank", "title": code, "status": status, "code": code, "detail": detail}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
