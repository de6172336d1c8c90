"""No query of a hot path looks through a whole table that grows: each is explained by SQLite, in a store of 10,000."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event

from homestretch.analysis.measure.metric import metrics as described
from homestretch.app import all_jobs
from homestretch.flow.derive.decode.decode_original import current_versions
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.derive_pending import derive_pending
from homestretch.flow.runtime.context import Context
from homestretch.formats import gpx
from homestretch.formats.fit.encode import encode
from homestretch.store.database import Database
from homestretch.store.tables.columns import derived_metadata, kept_metadata
from homestretch.store.tables.derived import activities, measures, metrics, outcomes, recordings, streams
from homestretch.store.tables.kept import arrivals, edits, identities, originals
from tests.api.asking import ask
from tests.api.client import Client, routes
from tests.flow.courses import ROAD, along
from tests.formats import golden
from tests.store.rows import put_rows

MANY = 10_000
#: Tables that hold a few rows for each person, source, item of gear, or job, however long they record.
SMALL = {
    "accounts", "athletes", "grants", "sessions", "tokens", "settings", "throttles", "leases", "heartbeats", "marks",
    "connections", "connection_state", "segments", "privacy_zones", "gear", "gear_aliases", "components", "services",
    "spent", "oidc_providers", "logins", "second_factors", "recovery_codes", "passkeys", "password_resets",
    "reset_requests", "remote_gear", "heat_classes", "thresholds", "demos", "sinks", "sink_state", "health_priorities",
    "rule_versions", "plans", "plan_versions", "session_links", "workouts",
    "prompts", "prompt_active", "prompt_runs", "model_agreements", "conversations", "calendar_feeds", "sent_sessions",
    "planned_routes", "route_files", "session_routes", "saved_filters", "goals", "saved_charts",
    "weather_choices", "notification_channels", "notification_wishes", "backup_runs", "shares", "share_defaults",
}  # fmt: skip
GROWING = {table.name for metadata in (kept_metadata, derived_metadata) for table in metadata.sorted_tables} - SMALL
#: Streams until it is hung up; counts everything there is, for whoever watches the machine; writes a file of each;
#: hands everything out; shows an administrator the whole log.
NOT_ASKED = {
    "follow", "get_metrics", "export_activity_files", "export_athlete_data", "finish_oidc", "list_security_events",
    "export_security_events",
}  # fmt: skip
#: Look for work in the whole store: what an update would derive otherwise, every 10 s; workouts and routes that
#: are not in the library, every minute; what is too old, every hour.
LOOK_AT_ALL = {"rederive", "retention", "workouts", "planned_routes"}
type Plans = dict[str, Any]
type Row = dict[str, Any]


@pytest.fixture
def anna(solo: Client) -> Client:
    """Whoever has the ids, on SQLite."""
    return solo


@contextmanager
def asked(database: Database) -> Iterator[Plans]:
    """Collect every statement that is sent during the block, each with parameters of its own."""
    found: Plans = {}

    def hear(_c: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        found.setdefault(statement, parameters[0] if many else parameters)

    engines = (database.reading, database.writing)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield found
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


def looked_through(database: Database, plans: Plans, *, of_one: bool = False) -> str:
    """Return which tables that grow are looked through, and in which statements.

    Of one thing not even all rows of an athlete are to be looked through, save what people said, which is little.
    """
    found = set()
    with database.read() as reader:
        for statement, parameters in plans.items():
            if not re.match("(SELECT|INSERT|UPDATE|DELETE|WITH)", statement.lstrip()):
                continue
            called = {name: table for table, name in re.findall(r'(\w+) AS "?(\w+)"?', statement)}
            for row in reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                whole = re.match(r"SCAN (?:derived\.)?(\w+)", row[-1])
                owned = re.match(r"SEARCH (?:derived\.)?(\w+) .*\(athlete_id=\?\)$", row[-1]) if of_one else None
                table = whole or (owned if owned and owned[1] != "edits" else None)
                if table and called.get(table[1], table[1]) in GROWING:
                    found.add(f"{row[-1]}: {' '.join(statement.split())}")
    return "\n".join(sorted(found))


def fill(context: Context, athlete_id: int) -> None:
    """Put 10,000 activities of long ago into a store, of a kind that nothing is to be done for."""
    numbers = range(1000, 1000 + MANY)
    mine: Row = {"athlete_id": athlete_id}
    version = current_versions()["fit"]
    with context.database.write() as session:
        digests = {number: f"{number:064x}" for number in numbers}
        put_rows(session, originals, [{"digest": digests[n]} for n in numbers])
        put_rows(session, arrivals, [{**mine, "id": n, "digest": digests[n], "provider": "file"} for n in numbers])
        keyed: list[Row] = [{**mine, "id": n, "key": f"{digests[n]}:0"} for n in numbers]
        put_rows(session, identities, [{**row, "public_id": f"long ago {row['id']}"} for row in keyed])
        put_rows(session, edits, [{**mine, "id": n, "subject": "x", "verb": "set", "field": "x"} for n in numbers])
        put_rows(session, outcomes, [{**mine, "digest": digests[n], "version": version} for n in numbers])
        timed = [{**row, "start_ms": 10**8 * row["id"], "end_ms": 10**8 * row["id"] + 10**6} for row in keyed]
        put_rows(session, recordings, [
            {**row, "activity_id": row["id"], "digest": digests[row["id"]]} for row in timed
        ])  # fmt: skip
        put_rows(session, streams, [{"recording_id": n} for n in numbers])
        shown = {**mine, "sport": "transition"}
        put_rows(session, activities, [
            {**shown, "id": row["id"], "public_id": f"long ago {row['id']}", "primary_id": row["id"],
             "start_ms": row["start_ms"], "local_ms": row["start_ms"]}
            for row in timed
        ])  # fmt: skip
        put_rows(session, measures, [{**mine, "activity_id": n} for n in numbers])
        load = described()["load"].number
        put_rows(session, metrics, [{**mine, "activity_id": n, "metric": load, "value": 1.0} for n in numbers])


def test_nothing_looks_through_what_grows(
    solo: Client,
    ids: dict[str, str],
    decoders: Decoders,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Client, "check", lambda *_: None)  # what was put in bulk is no activity that one could show
    context = solo.served.context
    athlete = int(solo.get("/api/session").json()["athletes"][0]["id"])
    fill(context, athlete)
    with asked(context.database) as of_all:
        for route in routes():
            if "GET" in (route.methods or ()) and "{activity}" not in route.path and route.name not in NOT_ASKED:
                assert ask(solo, route, ids).status_code in (200, 404, 503), route.name
        for chart in solo.get("/api/charts").json()["items"]:
            if chart["page"] == "activity":
                continue  # what is of one activity looks at its samples alone
            shown = solo.get(f"/api/charts/{chart['key']}", params={"from": "2026-01-01", "sport": "run"})
            assert shown.status_code == 200, shown.text
        run = golden.run(400, golden.START_MS + 10**8)
        batch = solo.upload(decoders, run_fit=encode(run), run_gpx=gpx.encode(run), road_fit=encode(along(ROAD, 3)))
        derive_pending(context, athlete, decoders)
        threshold = {"value": 250, "valid_from": "2026-01-01"}
        solo.put("/api/thresholds/ftp_w", json=threshold).raise_for_status()
        derive_pending(context, athlete, decoders)
        solo.post(f"/api/imports/{batch}/undo").raise_for_status()
        for job in all_jobs().values():
            if job.key not in LOOK_AT_ALL:
                job.due(context)
    with asked(context.database) as of_one:
        for route in routes():
            if "GET" in (route.methods or ()) and "{activity}" in route.path:
                assert ask(solo, route, ids).status_code == 200, route.name
    assert len(of_all) > 100 and len(of_one) > 10
    assert looked_through(context.database, of_all) == ""
    assert looked_through(context.database, of_one, of_one=True) == ""
