"""Forgets what is of no use any more: lists of old imports, old runs and calls, old notices, sessions, throttles.

What was sent to a language model and came back is deleted after the days that are set; that it was stays.
"""

from sqlalchemy import ColumnElement, Table, delete, exists, select

from homestretch.flow.runtime.context import Context
from homestretch.jobs.job import Arguments, Job
from homestretch.store.queries.model_retention import delete_old_contexts, has_old_contexts
from homestretch.store.queries.security_events import KEEP_MS as KEEP_EVENTS_MS
from homestretch.store.queries.shares import old_opens
from homestretch.store.tables.ops import batches, items, notifications, runs, sessions, spent, throttles, tool_calls
from homestretch.store.tables.saved import security_events, share_opens

DAY_MS = 86_400_000
KEEP_LISTS_MS = 180 * DAY_MS
KEEP_CALLS_MS = 90 * DAY_MS


def _old(now: int) -> dict[Table, ColumnElement[bool]]:
    ended = select(batches.c.id).where(batches.c.finished_ms < now - KEEP_LISTS_MS)
    return {
        items: items.c.batch_id.in_(ended),
        sessions: sessions.c.expires_ms < now,
        spent: spent.c.until_ms < now,
        runs: runs.c.ended_ms < now - KEEP_LISTS_MS,
        notifications: notifications.c.at_ms < now - KEEP_LISTS_MS,
        tool_calls: tool_calls.c.at_ms < now - KEEP_CALLS_MS,
        throttles: throttles.c.until_ms < now - DAY_MS,
        share_opens: old_opens(now - KEEP_CALLS_MS),
        security_events: security_events.c.at_ms < now - KEEP_EVENTS_MS,
    }


def _due(context: Context) -> list[Arguments]:
    with context.database.read() as reader:
        found = any(reader.scalar(select(exists().where(old))) for old in _old(context.clock()).values())
        return [{}] if found or has_old_contexts(reader, context.clock()) else []


def _run(context: Context, _arguments: Arguments) -> None:
    for table, old in _old(context.clock()).items():
        with context.database.write() as session:
            session.run(delete(table).where(old))
    with context.database.write() as session:
        delete_old_contexts(session, context.clock())


JOB = Job("retention", "Cleaning up", 3600.0, _due, _run)
