"""What is of no use any more is forgotten, and nothing else."""

from dataclasses import replace
from functools import partial

from sqlalchemy import func, select

from homestretch.flow.accounts import accounts
from homestretch.flow.accounts.sessions import open_by_password
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.jobs.retention import DAY_MS, JOB, KEEP_LISTS_MS
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import remind
from homestretch.formats.fit.encode import encode
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import arrivals
from homestretch.store.tables.ops import batches, items, notifications, sessions, throttles
from tests.formats import golden
from tests.taking import take_in


def counts(context: Context) -> list[int]:
    with context.database.read() as reader:
        tables = (items, sessions, throttles, notifications, batches, arrivals)
        return [int(reader.scalar(select(func.count()).select_from(table))) for table in tables]


def test_what_is_old_is_forgotten(context: Context, scope: Scope, decoders: Decoders) -> None:
    take_in(context, scope, decoders, {"run.fit": encode(golden.run(30))})
    open_by_password(context, accounts.set_up(context, "anna", "long enough"))
    with context.database.write() as session:
        session.put(throttles, [{"key": "name:x", "failures": 1, "until_ms": context.clock()}])
        remind(session, scope.athlete_id, context.clock(), "service_due", {})  # which no one has seen
    assert JOB.due(context) == []
    began = context.clock()
    for later, left in (
        (2 * DAY_MS, [1, 1, 0, 1, 1, 1]),
        (31 * DAY_MS, [1, 0, 0, 1, 1, 1]),
        (KEEP_LISTS_MS, [0, 0, 0, 0, 1, 1]),
    ):
        then = replace(context, clock=partial(int, began + later + 60_000))
        assert list(JOB.due(then)) == [{}]
        JOB.run(then, {})
        assert JOB.due(then) == []
        assert counts(context) == left
