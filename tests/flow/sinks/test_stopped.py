"""A sink that stopped says so, once, and no more when it works again."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import select

from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import see_all
from homestretch.flow.sinks import sinks as flow
from homestretch.flow.sinks.push import push_named
from homestretch.model.notices.words import notice_sentence
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import notifications
from tests.flow.sinks.days import at_home, at_noon, before, put


class Influx(ThreadingHTTPServer):
    """A server that takes lines, or refuses them with a status and a reason."""

    refusal: tuple[int, str] | None = None


class Handler(BaseHTTPRequestHandler):
    server: Influx

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, text = self.server.refusal or (204, "")
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def influx() -> Iterator[Influx]:
    server = Influx(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def noon(sqlite_context: Context, scope: Scope) -> Context:
    at_home(sqlite_context, scope)
    put(sqlite_context, scope, {before(2): {"steps": 5.0}})
    return at_noon(sqlite_context)


def notices(context: Context) -> list[tuple[str, bool]]:
    """Return what the notices say, and whether each was read."""
    with context.database.read() as reader:
        rows = reader.rows(select(notifications).order_by(notifications.c.id))
    return [(notice_sentence(row.code, row.details), row.seen_ms is not None) for row in rows]


def test_a_stopped_sink_is_announced_once_until_it_works(noon: Context, scope: Scope, influx: Influx) -> None:
    made = flow.add(noon, scope, flow.NewSink("influx", {"url": f"http://127.0.0.1:{influx.server_port}"}))["id"]
    influx.refusal = (401, "unauthorized")
    push_named(noon, scope, None)
    says = "Nothing is sent to InfluxDB any more: InfluxDB refused what was sent (401): unauthorized"
    assert notices(noon) == [(says, False)]
    see_all(noon, scope)
    push_named(noon, scope, None)
    assert notices(noon) == [(says, True)], "it was read, and nothing is new"
    influx.refusal = (404, "no such database")
    push_named(noon, scope, None)
    assert notices(noon) == [(says.replace("401", "404").replace("unauthorized", "no such database"), False)]
    influx.refusal = (503, "busy")
    push_named(noon, scope, None)
    assert len(notices(noon)) == 1, "what passes is not announced, and takes nothing back"
    influx.refusal = None
    flow.push_soon(noon, scope, made)
    push_named(noon, scope, None)
    assert notices(noon) == []


def test_a_removed_sink_takes_its_notice_along_and_no_other(noon: Context, scope: Scope, influx: Influx) -> None:
    settings = {"url": f"http://127.0.0.1:{influx.server_port}"}
    ids = [flow.add(noon, scope, flow.NewSink("influx", settings, user=user))["id"] for user in ("a", "b")]
    influx.refusal = (400, "no")
    push_named(noon, scope, None)
    assert len(notices(noon)) == 2
    flow.remove(noon, scope, ids[0])
    assert len(notices(noon)) == 1
