"""What every fake provider stands on: a server on loopback with routes, faults, counts, and a list of problems."""

import json
import re
import socket
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, NamedTuple, Self, cast
from urllib.parse import parse_qs, unquote, urlsplit

from tests.fakes.garmin.asked import Reply, body_of, told
from tests.fakes.garmin.counts import UNKNOWN, Counts
from tests.fakes.garmin.faults import Fault, Faults


@dataclass(slots=True)
class Asked:
    """A request: `parts` are the named parts of its path; header names are in lower case."""

    method: str
    path: str
    raw_query: str
    headers: dict[str, str]
    body: bytes
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def query(self) -> dict[str, str]:
        """The query's first values by name."""
        return {name: values[0] for name, values in parse_qs(self.raw_query, keep_blank_values=True).items()}

    def json(self) -> dict[str, Any]:
        """Return the body's document, empty where there is none."""
        try:
            found = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def form(self) -> dict[str, str]:
        """Return the fields of a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode(), keep_blank_values=True).items()}

    def parts_of_form(self) -> dict[str, tuple[str, bytes]]:
        """Return file name and bytes of each part of a multipart form (RFC 7578), by the part's name."""
        marker = self.headers.get("content-type", "").partition("boundary=")[2].strip('"').encode()
        found: dict[str, tuple[str, bytes]] = {}
        for part in self.body.split(b"--" + marker) if marker else ():
            head, _, content = part.partition(b"\r\n\r\n")
            named = re.search(rb'name="([^"]*)"(?:; filename="([^"]*)")?', head)
            if named is not None:
                name, file = named[1].decode(), (named[2] or b"").decode()
                found[name] = (file, content.removesuffix(b"\r\n"))
        return found


class Route(NamedTuple):
    """A path with named parts, and what answers it; who is not known there gets no answer unless it is `open`.

    A part `{name}` ends at a slash, a part `{name*}` only with the path.
    """

    method: str
    template: str
    answer: Callable[[Asked], Reply]
    open: bool = False

    def match(self, ask: Asked) -> dict[str, str] | None:
        """Return the named parts of a request's path, or None where it is another's."""
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(self.template))
        pattern = re.sub(r"\\\{(\w+)\\\*\\\}", r"(?P<\1>.+)", pattern)
        found = re.fullmatch(pattern, ask.path) if ask.method == self.method else None
        return None if found is None else {name: unquote(value) for name, value in found.groupdict().items()}


class Site:
    """A provider on loopback, for the block in which it is entered; `faults` and `counts` are read and set."""

    #: Where it is to listen; 0 takes any port that is free.
    port = 0

    def __init__(self) -> None:
        self.faults, self.counts = Faults(), Counts()
        self.problems: list[str] = []
        self._server: _Server | None = None

    def routes(self) -> Iterable[Route]:
        """Return all that there is."""
        raise NotImplementedError

    def refusal(self, ask: Asked) -> Reply | None:
        """Return what is said to whom it does not know, or None."""
        raise NotImplementedError

    def headers(self) -> tuple[tuple[str, str], ...]:
        """Return the headers that every answer has."""
        return ()

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self._server is not None, "not started"
        return f"http://127.0.0.1:{self._server.server_port}"

    def fault(self, pattern: str, kind: str | int, **how: Any) -> Fault:
        """Set a fault: a path with `*` (with a method before it if it matters), its kind, and how often it strikes."""
        return self.faults.add(Fault(pattern, str(kind), **how))

    def __enter__(self) -> Self:
        self._server = _Server(self)
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.hang_up()
            self._server = None

    def reply(self, ask: Asked) -> tuple[str, Reply]:
        """Return the name of a request's route and its answer, faults and all."""
        found = next(((one, parts) for one in self.routes() if (parts := one.match(ask)) is not None), None)
        name = UNKNOWN if found is None else f"{found[0].method} {found[0].template}"
        fault = self.faults.find(ask.method, unquote(ask.path))
        if fault is not None and not fault.spoils:
            return name, fault.reply()
        if found is None:
            self.problems.append(f"{ask.method} {ask.path} is nothing that it has")
            return name, told({"error": "Not Found"}, 404)
        answered = self._answer(found[0], ask, found[1])
        return name, fault.spoil(answered) if fault is not None else answered

    def _answer(self, route: Route, ask: Asked, parts: dict[str, str]) -> Reply:
        ask.parts = parts
        try:
            refusal = None if route.open else self.refusal(ask)
            return refusal or route.answer(ask)
        except Exception as problem:  # noted, so that no test takes it for the provider's doing
            self.problems.append(f"{ask.method} {ask.path}: {problem!r}")
            return told({"fake": repr(problem)}, 599)


class _Server(ThreadingHTTPServer):
    """The listening end; it knows its open connections, so that it can end them."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, site: Site) -> None:
        self.site = site
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(("127.0.0.1", site.port), _Handler)

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
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the other end was quicker

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version, sys_version = "cloudflare", ""

    def _serve(self) -> None:
        began, site = time.monotonic(), cast(_Server, self.server).site
        target = urlsplit(self.path)
        body = body_of(self)
        if body is None:
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        route, reply = site.reply(Asked(self.command, target.path, target.query, headers, body))
        site.counts.add(route, f"{self.command} {self.path}", reply.status, began)
        self._send(site, reply)

    def _send(self, site: Site, reply: Reply) -> None:
        if reply.how == "lost":
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in (*site.headers(), *reply.headers):
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body)))
        body = reply.body
        if reply.how == "cut":
            body, self.close_connection = body[: len(body) // 2], True
        cast(Any, self)._headers_buffer.append(b"\r\n" + (b"" if self.command == "HEAD" else body))
        self.flush_headers()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _serve

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
