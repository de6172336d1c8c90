"""A fake provider with OAuth 2: allows at once, trades codes for tokens that rotate, and answers what it is asked."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qs, urlencode, urlsplit


class FakeOAuth:
    """The provider, for the block in which it is entered."""

    def __init__(self, lasts_s: float = 3600.0) -> None:
        self.lasts_s = lasts_s
        self.refuses = False
        self.codes: dict[str, dict[str, str]] = {}
        self.access: dict[str, float] = {}
        self.refresh: str | None = None
        self.reused = 0
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        cast(Any, self.server).fake = self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.server.shutdown()
        self.server.server_close()

    def allow(self, address: str) -> str:
        """Return where a browser is sent back to by somebody who allows (or refuses) what is asked at an address."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'scope': asked['scope']})}"

    def grant(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Trade a code or a refresh token for tokens; each is good once."""
        if form.get("client_secret") != "hush":
            return 401, {"error": "invalid_client"}
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] != self.refresh:
                self.reused += 1
                return 400, {"error": "invalid_grant"}
            return 200, self._issue()
        asked = self.codes.pop(form.get("code", ""), None)
        made = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or asked["code_challenge"] != made.decode().rstrip("="):
            return 400, {"error": "invalid_grant"}
        if asked["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "redirect_uri_mismatch"}
        return 200, self._issue()

    def _issue(self) -> dict[str, Any]:
        access, self.refresh = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        self.access[access] = time.time() + self.lasts_s
        return {"access_token": access, "refresh_token": self.refresh, "expires_in": self.lasts_s, "scope": "read"}


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        status, document = self._fake.grant({name: values[0] for name, values in parse_qs(body).items()})
        self._send(status, document)

    def do_GET(self) -> None:
        fake = self._fake
        fake.asked.append(self.path)
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if fake.access.get(bearer, 0) < time.time():
            self._send(401, {"error": "invalid_token"})
        else:
            self._send(200, {"path": self.path}, {"X-Limit": "100", "X-Usage": str(40 + len(fake.asked))})

    @property
    def _fake(self) -> FakeOAuth:
        found: FakeOAuth = cast(Any, self.server).fake
        return found

    def _send(self, status: int, document: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
