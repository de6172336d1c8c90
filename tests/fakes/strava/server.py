"""The fake itself: an HTTP server on loopback that answers as Strava does, limits, scopes, faults and all."""

import base64
import re
import secrets
import threading
import time
from collections.abc import Callable
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.fakes.garmin.asked import Reply, body_of, told
from tests.fakes.garmin.counts import UNKNOWN, Counts
from tests.fakes.garmin.faults import Fault, Faults
from tests.fakes.strava.account import Account
from tests.fakes.strava.uploads import Uploads

CLIENT_ID, CLIENT_SECRET = "4711", "hush"
SCOPES = ("read", "activity:read", "activity:read_all", "profile:read_all", "activity:write")


def fault(status: int, resource: str, field: str, code: str, message: str, *headers: tuple[str, str]) -> Reply:
    """Return a Fault of the published schema."""
    error = {"resource": resource, "field": field, "code": code}
    return told({"message": message, "errors": [error]}, status, *headers)


class FakeStrava:
    """Strava on loopback, for the block in which it is entered; what it was asked that does not exist is a problem."""

    def __init__(self, account: Account | None = None) -> None:
        self.account = account or Account()
        self.uploads = Uploads(self.account)
        self.scopes: tuple[str, ...] = SCOPES
        self.refuses = self.inactive = self.revoked = False
        self.lasts_s = 21_600
        self.codes: set[str] = set()
        self.access: dict[str, float] = {}
        self.refresh: str | None = None
        self.limits, self.reads = [200, 2000], [100, 1000]
        self.used, self.read = [0, 0], [0, 0]
        self.with_limits = True
        self.faults, self.counts = Faults(), Counts()
        self.problems: list[str] = []
        self.bodies: list[bytes] = []
        #: Where it tells of what is new, and how it asks such a place whether it wants that.
        self.places: dict[int, str] = {}
        self.ask: Callable[[str, dict[str, str]], object] = lambda _url, _query: None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        cast(Any, self.server).fake = self

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.server.shutdown()
        self.server.server_close()

    def fault(self, pattern: str, kind: str | int, **how: Any) -> Fault:
        """Set a fault: a path with `*`, its kind, and how often it strikes."""
        return self.faults.add(Fault(pattern, str(kind), **how))

    def allow(self, address: str) -> str:
        """Return where a browser comes back to from an address to allow at; scopes may have been unticked."""
        split = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(split.query).items()}
        if (split.scheme, split.netloc, split.path) != ("https", "www.strava.com", "/oauth/authorize"):
            self.problems.append(f"allow at {address}")
        wanted = {"client_id", "redirect_uri", "response_type", "approval_prompt", "scope", "state"}
        if set(asked) != wanted or " " in asked["scope"] or not set(asked["scope"].split(",")) <= set(SCOPES):
            self.problems.append(f"asked {asked}")
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({'state': asked['state'], 'error': 'access_denied'})}"
        code = secrets.token_hex(20)
        self.codes.add(code)
        ticked = ",".join(scope for scope in asked["scope"].split(",") if scope in self.scopes)
        return f"{asked['redirect_uri']}?{urlencode({'state': asked['state'], 'code': code, 'scope': ticked})}"

    def grant(self, form: dict[str, str]) -> Reply:
        """Trade a code or a refresh token for tokens; a refresh token is good until the next one."""
        if form.get("client_id") != CLIENT_ID or form.get("client_secret") != CLIENT_SECRET:
            return fault(401, "Application", "client_secret", "invalid", "Bad Request")
        if form.get("grant_type") == "authorization_code" and form.get("code") in self.codes:
            self.codes.discard(form["code"])
            return told({**self._issue(), "athlete": self.account.athlete()})
        if form.get("grant_type") == "refresh_token" and form.get("refresh_token") == self.refresh and not self.revoked:
            return told(self._issue())
        return fault(400, "RefreshToken", "refresh_token", "invalid", "Bad Request")

    def _issue(self) -> dict[str, Any]:
        access, self.refresh = secrets.token_hex(20), secrets.token_hex(20)
        self.access[access] = time.time() + self.lasts_s
        expires = int(time.time() + self.lasts_s)
        return {"token_type": "Bearer", "expires_at": expires, "expires_in": self.lasts_s,
                "refresh_token": self.refresh, "access_token": access}  # fmt: skip

    def reply(self, method: str, target: str, headers: dict[str, str], body: bytes) -> tuple[str, Reply]:
        """Return the name of a request's route and its answer."""
        split = urlsplit(target)
        struck = self.faults.find(method, split.path)
        if struck is not None and not struck.spoils:
            return f"{method} {split.path}", struck.reply()
        route, answer = self._answer(method, split.path, split.query, headers, body)
        if route == UNKNOWN:
            self.problems.append(f"{method} {target}")
        return route, struck.spoil(answer) if struck is not None else answer

    def _answer(self, method: str, path: str, query: str, headers: dict[str, str], body: bytes) -> tuple[str, Reply]:
        if (method, path) == ("POST", "/oauth/token"):
            return "POST /oauth/token", self.grant({name: one[0] for name, one in parse_qs(body.decode()).items()})
        if (method, path) == ("POST", "/oauth/revoke"):
            return "POST /oauth/revoke", self._revoke(headers, parse_qs(body.decode()))
        if "access_token" in query or b"access_token" in body:
            self.problems.append("a token outside its header")
        limits = self._count(method)
        refusal = self._refusal(method, headers)
        route, answer = ("refused", refusal) if refusal else self._routed(method, path, query, headers, body)
        return route, Reply(answer.status, answer.body, answer.kind, (*answer.headers, *limits), answer.how)

    def _revoke(self, headers: dict[str, str], form: dict[str, list[str]]) -> Reply:
        """End all tokens of the person: the application shows who it is by HTTP Basic."""
        known = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if headers.get("authorization") != f"Basic {known}":
            return fault(401, "Application", "client_secret", "invalid", "Authorization Error")
        if form.get("token", [""])[0] not in {self.refresh, *self.access}:
            return fault(400, "Token", "token", "invalid", "Bad Request")
        self.revoked = True
        return told({})

    def _refusal(self, method: str, headers: dict[str, str]) -> Reply | None:
        if self.used[0] > self.limits[0] or (method == "GET" and self.read[0] > self.reads[0]):
            return fault(429, "Application", "rate limit", "exceeded", "Rate Limit Exceeded")
        if self.inactive:
            return fault(403, "Application", "Status", "Inactive", "Forbidden")
        token = headers.get("authorization", "").removeprefix("Bearer ")
        if self.revoked or self.access.get(token, 0) < time.time():
            return fault(401, "Athlete", "access_token", "invalid", "Authorization Error")
        lacking = "activity:write" if method != "GET" else "activity:read"
        if not any(scope.startswith(lacking) for scope in self.scopes):
            name = "activity:write_permission" if method != "GET" else "activity:read_permission"
            return fault(401, "AccessToken", name, "missing", "Authorization Error")
        return None

    def _count(self, method: str) -> tuple[tuple[str, str], ...]:
        for counts in (self.used, *([self.read] if method == "GET" else [])):
            counts[0] += 1
            counts[1] += 1
        pairs = (("X-RateLimit", self.limits, self.used), ("X-ReadRateLimit", self.reads, self.read))
        told_ = [(f"{name}-{what}", ",".join(map(str, values))) for name, most, used in pairs
                 for what, values in (("Limit", most), ("Usage", used))]  # fmt: skip
        return tuple(told_) if self.with_limits else ()

    def _routed(self, method: str, path: str, query: str, headers: dict[str, str], body: bytes) -> tuple[str, Reply]:
        path = path.removeprefix("/api/v3")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if (method, path) == ("GET", "/athlete"):
            return "GET /athlete", told(self.account.athlete())
        if (method, path) == ("GET", "/athlete/activities"):
            return "GET /athlete/activities", self._list(asked)
        if found := re.fullmatch(r"/activities/(\d+)", path):
            return f"{method} /activities/{{id}}", self._activity(method, int(found[1]), headers, body)
        if (method, path) == ("POST", "/uploads"):
            return "POST /uploads", self.uploads.take(_parts(headers, body))
        if path.startswith("/push_subscriptions"):
            return self._subscribed(method, path, asked or {k: v[0] for k, v in parse_qs(body.decode()).items()})
        if method == "GET" and (found := re.fullmatch(r"/uploads/(\d+)", path)):
            return "GET /uploads/{id}", self.uploads.told(int(found[1]))
        return UNKNOWN, fault(404, "resource", "path", "invalid", "Record Not Found")

    def _subscribed(self, method: str, path: str, asked: dict[str, str]) -> tuple[str, Reply]:
        """Answer about the one place that an application may have; a new one is asked whether it wants that."""
        route = f"{method} {re.sub('[0-9]+', '{id}', path)}"
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return route, fault(401, "Application", "client_secret", "invalid", "Authorization Error")
        number = path.rpartition("/")[2]
        if method == "GET":
            return route, told([{"id": key, "callback_url": url} for key, url in self.places.items()])
        if method == "DELETE":
            gone = self.places.pop(int(number), None)
            return route, Reply(204) if gone else fault(404, "PushSubscription", "id", "invalid", "Not Found")
        if self.places:
            return route, fault(400, "PushSubscription", "", "already exists", "Bad Request")
        query = {"hub.mode": "subscribe", "hub.challenge": "15f7d1a9", "hub.verify_token": asked["verify_token"]}
        if self.ask(asked["callback_url"], query) != {"hub.challenge": "15f7d1a9"}:
            return route, fault(400, "PushSubscription", "callback url", "GET to callback URL does not return 200", "")
        self.places[120475 + len(self.counts.hits)] = asked["callback_url"]
        return route, told({"id": 120475}, 201)

    def _list(self, asked: dict[str, str]) -> Reply:
        if not set(asked) <= {"before", "after", "page", "per_page"} or not all(v.isdigit() for v in asked.values()):
            self.problems.append(f"list {asked}")
        number = {name: int(value) for name, value in asked.items()}
        if number.get("per_page", 30) > 200:
            return fault(400, "Activity", "per_page", "too large", "Bad Request")
        page = self.account.listed(
            number.get("before"), number.get("after"), number.get("page", 1), number.get("per_page", 30)
        )
        return told(page)

    def _activity(self, method: str, number: int, headers: dict[str, str], body: bytes) -> Reply:
        import json

        found = self.account.activities.get(number)
        if found is None:
            return fault(404, "Activity", "", "not found", "Record Not Found")
        if method == "PUT":
            fields = {"name": "name", "description": "description", "gear_id": "gear", "sport_type": "sport_type"}
            if "json" not in headers.get("content-type", ""):
                self.problems.append("a change that is no JSON")
            said = json.loads(body)
            if not said or not set(said) <= set(fields):
                self.problems.append(f"changed {said}")
            if said.get("sport_type") == "Nonsense":
                return fault(400, "UpdatableActivity", "sport_type", "invalid", "Bad Request")
            self.account.change(number, **{fields[name]: value for name, value in said.items()})
        return told(self.account.activities[number].detail())


def _parts(headers: dict[str, str], body: bytes) -> dict[str, tuple[str | None, bytes]]:
    """Return the parts of a multipart form by name: the file's name, and the bytes."""
    whole = BytesParser().parsebytes(b"Content-Type: " + headers["content-type"].encode() + b"\r\n\r\n" + body)
    found = {}
    for part in whole.get_payload():
        one = cast(Any, part)
        found[str(one.get_param("name", header="content-disposition"))] = (
            one.get_filename(), one.get_payload(decode=True) or b"",
        )  # fmt: skip
    return found


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def _serve(self) -> None:
        began, fake = time.monotonic(), cast(FakeStrava, cast(Any, self.server).fake)
        body = body_of(self)
        if body is None:
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        route, reply = fake.reply(self.command, self.path, headers, body)
        fake.counts.add(route, f"{self.command} {self.path}", reply.status, began)
        fake.bodies.append(reply.body)
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        if reply.how == "lost":
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in (*reply.headers, ("Content-Type", reply.kind), ("Content-Length", str(len(reply.body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body[: len(reply.body) // 2] if reply.how == "cut" else reply.body)
        self.close_connection = reply.how == "cut"

    do_GET = do_POST = do_PUT = do_DELETE = _serve

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
