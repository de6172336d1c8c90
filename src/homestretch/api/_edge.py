"""The edge of the web door: one log line per request, allowed hosts, CSRF, security headers."""

import json
import logging
import secrets
import time
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from homestretch.api._asking import COOKIE, SAFE
from homestretch.app import App
from homestretch.views.options import map_setting

log = logging.getLogger("homestretch.request")
CSRF_HEADER = "x-homestretch"
#: Providers send messages here, by no browser and with no cookie that would count.
HOOKS = "/api/webhooks/"
POLICY_S = 5.0
#: Of one request's body: a list of 10,000 files to come, or a chunk of one.
MOST_BYTES = 32 << 20


class Edge:
    """ASGI middleware around everything: refuses what must not come in, and marks what goes out."""

    def __init__(self, inner: ASGIApp, app: App) -> None:
        self.inner = inner
        self.app = app
        self._policy: tuple[float, str] = (-POLICY_S, "")

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

        refusal = self._refusal(scope, headers)
        try:
            if refusal:
                await _refuse(answer, *refusal)
            else:
                await self.inner(scope, _bounded(receive), answer)
        finally:
            took = round((time.perf_counter() - began) * 1000, 1)
            facts = {
                "request": request_id,
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "ms": took,
            }
            log.info("request", extra=facts)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str, str] | None:
        host = headers.get("host", "")
        allowed = self._allowed_hosts()
        if allowed and _parts(f"//{host}").hostname not in allowed:
            return 400, "unknown-host", "This host name is not one of HOMESTRETCH_ALLOWED_HOSTS."
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            return 400, "bad-request", "This address has a character in it that means nothing."
        if scope["method"] in SAFE or not scope["path"].startswith("/api") or scope["path"].startswith(HOOKS):
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
        headers["Content-Security-Policy"] = self._content_policy()
        if scope["path"].startswith("/api") and "cache-control" not in headers:
            headers["Cache-Control"] = "no-store"
        if scope["scheme"] == "https" or (self.app.settings.public_url or "").startswith("https:"):
            headers["Strict-Transport-Security"] = "max-age=31536000"

    def _content_policy(self) -> str:
        made, policy = self._policy
        if time.monotonic() - made > POLICY_S:
            with self.app.database.read() as reader:
                setting = map_setting(reader, self.app.settings)
            policy = content_policy([setting["url"]] if setting["kind"] != "none" and setting["url"] else [])
            self._policy = (time.monotonic(), policy)
        return policy


def _parts(address: str) -> SplitResult:
    """Return the parts of an address that a stranger sent; one that makes no sense has none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def content_policy(tile_urls: Iterable[str]) -> str:
    """Return the Content-Security-Policy; only the hosts of the tile setting are let in."""
    hosts = sorted({f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}" for parts in map(urlsplit, tile_urls)})
    tiles = "".join(f" {host}" for host in hosts)
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
    """Return the same, but for no more than a request may hold."""
    left = MOST_BYTES

    async def bounded() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, f"A request has at most {MOST_BYTES >> 20} MiB; send files in chunks.")
        return message

    return bounded


async def _refuse(send: Send, status: int, code: str, detail: str) -> None:
    body = json.dumps({"type": "about:blank", "title": code, "status": status, "code": code, "detail": detail}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
