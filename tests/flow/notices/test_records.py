"""New records are said once for each activity of late, and not of what was imported or began a short while ago."""

from dataclasses import replace

from homestretch.flow.jobs.records import JOB
from homestretch.flow.notices.records import LEAST
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.watermarks import touch
from homestretch.model.moment import DAY_MS
from homestretch.store.queries.watermarks import MEASURED
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, bests
from homestretch.views.people.notices import notice_list
from tests.store.rows import put_rows

NOW = 1_790_000_000_000


def put(context: Context, scope: Scope, number: int, days_ago: int, **efforts: float) -> None:
    """Keep a run with the best efforts of these sizes."""
    start = NOW - days_ago * DAY_MS
    with context.database.write() as session:
        ride = {
            "id": number,
            "public_id": f"a{number}",
            "primary_id": number,
            "parent_id": None,
            "name": f"Run {number}",
        }
        same = {"athlete_id": scope.athlete_id, "start_ms": start}
        put_rows(session, activities, [{**same, **ride, "local_ms": start, "name": f"Run {number}"}])
        of = {**same, "activity_id": number, "class": "run"}
        kinds = {"km5": ("distance", 5000.0), "m2": ("distance", 3218.688), "h1": ("power", 3600.0),
                 "heart": ("heart_rate", 60.0)}  # fmt: skip
        rows = [
            {**of, "kind": kinds[name][0], "size": kinds[name][1], "goodness": value} for name, value in efforts.items()
        ]
        put_rows(session, bests, rows)
        touch(session, scope.athlete_id, MEASURED)


def said(context: Context, scope: Scope) -> list[tuple[str, str | None]]:
    """Let the job run until it is not due any more; return the notices, the newest first."""
    for arguments in JOB.due(context):
        JOB.run(context, arguments)
    assert JOB.due(context) == []
    with context.database.read() as reader:
        return [(one["text"], one["page"]) for one in notice_list(reader, scope)["items"]]


def test_records_of_late_are_said_once(context: Context, scope: Scope) -> None:
    context = replace(context, clock=lambda: NOW)
    put(context, scope, 1, 400, km5=-1300.0, m2=-800.0, h1=200.0, heart=180.0)
    put(context, scope, 2, 1, km5=-1290.0)
    assert said(context, scope) == [], "of the first few each would be one"
    for number in range(3, LEAST + 1):
        put(context, scope, number, 300)
    put(context, scope, 50, 9, km5=-1250.0)
    assert said(context, scope) == [], "what is older is no news, and better"
    put(context, scope, 51, 2, km5=-1200.0, m2=-700.0, h1=250.0, heart=190.0)
    put(context, scope, 52, 1, km5=-1210.0)
    expected = [("New records in Run 51: 5 km, 1 h power.", "/activities/a51")]
    assert said(context, scope) == expected
    put(context, scope, 53, 1)
    assert said(context, scope) == expected


def test_a_better_activity_has_its_own_notice(sqlite_context: Context, scope: Scope) -> None:
    context = replace(sqlite_context, clock=lambda: NOW)
    for number in range(1, LEAST + 1):
        put(context, scope, number, 300, km5=-1300.0 - number)
    put(context, scope, 51, 2, km5=-1200.0)
    put(context, scope, 52, 1, km5=-1100.0)
    assert [page for _, page in said(context, scope)] == ["/activities/a52"]
