"""The fake itself: an HTTP server on loopback that answers as Garmin Connect does."""

import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import unquote, urlsplit

from tests.fakes.garmin import control
from tests.fakes.garmin.account import Account
from tests.fakes.garmin.asked import Ask, Refusal, Reply, body_of, told
from tests.fakes.garmin.counts import UNKNOWN, Counts
from tests.fakes.garmin.faults import Fault, Faults, inactive
from tests.fakes.garmin.routes import Route, find
from tests.fakes.garmin.sso import Sso
from tests.fakes.garmin.tokens import Tokens


class FakeGarmin:
    """Garmin Connect on loopback, for the block in which it is entered (or from `start` to `close`).

    `accounts` are those that can sign in; `sso`, `tokens`, `faults` and `counts` are read and set as they are.
    """

    def __init__(self, *accounts: Account, port: int = 0) -> None:
        self.accounts = {one.email: one for one in accounts or (Account(),)}
        self.tokens = Tokens()
        self.sso = Sso(self.tokens, self._password_of)
        self.faults = Faults()
        self.counts = Counts()
        self.problems: list[str] = []
        self._port = port
        self._server: _Server | None = None

    @property
    def account(self) -> Account:
        """The first account."""
        return next(iter(self.accounts.values()))

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self._server is not None, "not started"
        return f"http://127.0.0.1:{self._server.server_port}"

    def _password_of(self, email: str) -> str | None:
        found = self.accounts.get(email)
        return found.password if found else None

    def fault(self, pattern: str, kind: str | int, **how: Any) -> Fault:
        """Set a fault: a path with `*` (with a method before it if it matters), its kind, and how often it strikes."""
        return self.faults.add(Fault(pattern, str(kind), **how))

    def browser_ticket(self, email: str | None = None) -> str:
        """Return the ticket that a browser would be given at the embedded sign-in, good for `{url}/sso/embed`."""
        return self.tokens.ticket(email or self.account.email, f"{self.url}/sso/embed")

    def reset(self) -> None:
        """Forget what was asked, and take all faults and prepared answers away; accounts and tokens stay."""
        self.counts.reset()
        self.faults.clear()
        self.sso.answers.clear()
        self.sso.mfa = None
        self.problems.clear()

    def start(self) -> Self:
        """Begin to listen."""
        self._server = _Server(("127.0.0.1", self._port), _Handler, self)
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def close(self) -> None:
        """Stop listening and end all connections."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.hang_up()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def reply(self, ask: Ask) -> tuple[str, Reply]:
        """Return the name of a request's route and its answer, faults and all."""
        found = find(ask.method, ask.path)
        fault = self.faults.find(ask.method, unquote(ask.path))
        if fault is not None and not fault.spoils:
            return found[0].name if found else UNKNOWN, fault.reply()
        if found is None:
            return UNKNOWN, Refusal(404, "NotFoundException", "HTTP 404 Not Found").reply()
        route, ask.parts = found
        answered = self._answer(route, ask)
        return route.name, fault.spoil(answered) if fault is not None else answered

    def _answer(self, route: Route, ask: Ask) -> Reply:
        if route.needs_token:
            ask.known = self._whose(ask)
            if ask.known is None:
                return inactive()
        try:
            return route.answer(ask)
        except Refusal as refused:
            return refused.reply()
        except Exception as problem:  # noted, so that no test takes it for Garmin's doing
            self.problems.append(f"{ask.method} {ask.path}: {problem!r}")
            return told({"fake": repr(problem)}, 599)

    def _whose(self, ask: Ask) -> Account | None:
        bearer = ask.headers.get("authorization", "").removeprefix("Bearer ")
        email = self.tokens.owner(bearer or ask.cookies().get("JWT_WEB", ""))
        return self.accounts.get(email) if email else None


class _Server(ThreadingHTTPServer):
    """The listening end; it knows its open connections, so that it can end them."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, at: tuple[str, int], handler: type[BaseHTTPRequestHandler], fake: FakeGarmin) -> None:
        self.fake = fake
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(at, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End all open connections."""
        with self._lock:
            left = list(self._open)
        for one in left:
            _end(one)

    def handle_error(self, request: Any, client_address: Any) -> None:
        problem = sys.exc_info()[1]
        if not isinstance(problem, ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other end was quicker


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version, sys_version = "cloudflare", ""

    def _serve(self) -> None:
        began, fake = time.monotonic(), cast(_Server, self.server).fake
        target = urlsplit(self.path)
        body = body_of(self)
        if body is None:
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        ask = Ask(fake, self.command, target.path, target.query, headers, body)
        if target.path.startswith(control.DOOR):
            self._send(control.answer(ask))
            return
        route, reply = fake.reply(ask)
        fake.counts.add(route, f"{self.command} {self.path}", reply.status, began)
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        """Send head and body at once."""
        if reply.how == "lost":
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body)))
        body = reply.body
        if reply.how == "cut":
            body, self.close_connection = body[: len(body) // 2], True
        cast(Any, self)._headers_buffer.append(b"\r\n" + body)
        self.flush_headers()

    do_GET = do_POST = do_PUT = do_DELETE = _serve

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
