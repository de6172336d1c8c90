"""Days sent to a real InfluxDB, by its line protocol."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from homestretch.flow.runtime.context import Context
from homestretch.flow.sinks import sinks as flow
from homestretch.flow.sinks.push import due_sinks, push_named
from homestretch.store.scope import Scope
from tests.flow.sinks.days import at_home, at_noon, before, put, years
from tests.others import influxdb


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with influxdb(tmp_path_factory.mktemp("influx")) as url:
        yield url


@pytest.fixture
def noon(sqlite_context: Context, scope: Scope) -> Context:
    at_home(sqlite_context, scope)
    return at_noon(sqlite_context)


def asked(server: str, question: str, database: str = "health") -> list[list[object]]:
    """Return the rows that InfluxDB answers."""
    body = urlencode({"q": question, "db": database}).encode()
    with urlopen(Request(f"{server}/query", body)) as reply:
        (result,) = json.loads(reply.read())["results"]
    assert "error" not in result, result
    return [row for series in result.get("series", []) for row in series["values"]]


def test_ten_years_arrive_and_a_corrected_day_replaces_itself(noon: Context, scope: Scope, server: str) -> None:
    asked(server, "CREATE DATABASE health")
    days = years(10)
    put(noon, scope, days)
    settings = {"url": server, "database": "health"}
    flow.add(noon, scope, flow.NewSink("influx", settings, user="Anna = B, C"))
    (done,) = push_named(noon, scope, None)
    assert done["error"] is None and done["samples"] == len(days), "a line for each day"
    count = "SELECT COUNT(steps) FROM health_daily WHERE \"user\" = 'Anna = B, C'"
    assert [row[1] for row in asked(server, count)] == [len(days)]
    last = "SELECT steps, source, device FROM health_daily WHERE source = 'fit' ORDER BY time DESC LIMIT 1"
    assert asked(server, last)[0][1:] == [days[before(1)]["steps"], "fit", "4711"]

    put(noon, scope, {before(1): {**days[before(1)], "steps": 12_345.0}})
    assert due_sinks(noon) != []
    push_named(noon, scope, None)
    assert due_sinks(noon) == [] and asked(server, last)[0][1] == 12_345.0
    assert [row[1] for row in asked(server, count)] == [len(days)], "and is there once"


def test_what_is_refused_stops_the_sink_with_its_reason(noon: Context, scope: Scope, server: str) -> None:
    put(noon, scope, {before(2): {"steps": 5.0}})
    flow.add(noon, scope, flow.NewSink("influx", {"url": server, "database": "nowhere"}))
    (done,) = push_named(noon, scope, None)
    assert done["error"] is not None and "404" in done["error"] and "database not found" in done["error"]
    assert due_sinks(noon) == []


def test_a_password_is_asked_for(noon: Context, scope: Scope, tmp_path: Path) -> None:
    put(noon, scope, {before(2): {"steps": 5.0}})
    with influxdb(tmp_path, auth=True) as url:
        asked(url, "CREATE USER anna WITH PASSWORD 'right' WITH ALL PRIVILEGES")
        rights = urlencode({"q": "CREATE DATABASE health", "u": "anna", "p": "right"})
        urlopen(Request(f"{url}/query?{rights}", b"")).close()
        settings = {"url": url, "database": "health", "username": "anna"}
        made = flow.add(noon, scope, flow.NewSink("influx", settings, password="wrong"))["id"]
        (done,) = push_named(noon, scope, None)
        assert done["error"] is not None and "401" in done["error"] and "right" not in done["error"]
        flow.change(noon, scope, made, flow.SinkChange(password="right"))
        (done,) = push_named(noon, scope, None)
        assert done["error"] is None and done["samples"] == 1
