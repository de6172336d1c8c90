"""Runs of a sync as they are asked for and ended, and their log."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from homestretch.errors import BadRequest, Conflict
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.schedule import athlete_zone, next_run
from homestretch.sources.registry import sources
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import connections as stored
from homestretch.store.scope import Scope
from homestretch.store.tables.ops import connection_state, remote_items, runs, sync_lines

#: The log of a connection holds so many lines.
KEEP_LINES = 5000
#: What makes a run one of a part of what there is.
PARTS = frozenset({"listing", "kind", "again", "since", "until"})


def open_run(session: Writer, connection_id: int, now: int, reason: str, asked: Mapping[str, Any]) -> int:
    """Open a run, unless one is open, and return its id."""
    found = stored.open_run(session, connection_id)
    if found is not None:
        return int(found.id)
    return session.add(
        insert(runs).values(
            connection_id=connection_id,
            reason=reason,
            state="waiting",
            asked=dict(asked),
            asked_ms=now,
            listed=bool(asked.get("again")),
            requests=0,
            fetched=0,
            empty=0,
            failed=0,
        )
    )


def begin_run(context: Context, row: Row[Any]) -> Row[Any] | None:
    """Return the run to continue, or None where it was stopped in between and is not due.

    A run that is due again lists again, so that new items come first.
    """
    now = context.clock()
    with context.database.write() as session:
        run = stored.open_run(session, row.id)
        part = run is not None and not PARTS.isdisjoint(run.asked)  # which does not stand for a whole sync
        turn = None if part else next_run(row, athlete_zone(session, row.athlete_id), now)
        if turn is not None:
            session.run(update(connection_state).where(connection_state.c.connection_id == row.id).values(next_ms=turn))
            if run is not None and run.listed and not run.asked.get("again"):
                session.run(
                    update(runs).where(runs.c.id == run.id).values(listed=False, asked=without_place(run.asked))
                )
        if run is None and turn is not None:
            open_run(session, row.id, now, "schedule" if row.good_ms else "first", {})
        found = stored.open_run(session, row.id)
        if found is not None and found.began_ms is None:
            session.run(update(runs).where(runs.c.id == found.id).values(state="running", began_ms=now))
        return found


def without_place(asked: Mapping[str, object]) -> dict[str, object]:
    """Return what a run was asked without where its listing had come to."""
    passing = ("start", "floor", "listing_ms", "step", "checked", "changed_since", "signed_in")
    return {name: value for name, value in asked.items() if name not in passing}


def stop_run(session: Writer, connection_id: int, now: int) -> None:
    """End the open run where it stands; what is left is still wanted, and the next run goes on with it."""
    mine = (runs.c.connection_id == connection_id) & runs.c.state.in_(stored.OPEN)
    session.run(update(runs).where(mine).values(state="stopped", ended_ms=now))


def log_event(session: Writer, connection_id: int, now: int, level: str, code: str, details: Mapping[str, Any]) -> None:
    """Write a line into a connection's log."""
    row = {"connection_id": connection_id, "at_ms": now, "level": level, "code": code, "details": dict(details)}
    number = session.add(insert(sync_lines).values(row))
    if number % 500 == 0:
        mine = sync_lines.c.connection_id == connection_id
        keep = select(sync_lines.c.id).where(mine).order_by(sync_lines.c.id.desc()).offset(KEEP_LINES).limit(1)
        session.run(delete(sync_lines).where(mine, sync_lines.c.id <= (session.scalar(keep) or 0)))


def sync_now(
    context: Context,
    scope: Scope,
    connection: str,
    *,
    since: str | None = None,
    until: str | None = None,
    backfill: bool = False,
    kind: str | None = None,
    listing: bool = False,
) -> int:
    """Ask for a run by hand and return its id; look again at the days named, or with `backfill` at everything.

    With `kind` only that is fetched, with `listing` nothing: the run ends when it knows what there is.

    Raises Conflict without a sign-in, or while a run with another request is open.
    """
    scope.must("sources: sync")
    if since and until and since > until:
        raise BadRequest(reason=f"{since} is after {until}.")
    given = {"since": since, "until": until, "whole": backfill, "kind": kind, "listing": listing}
    asked = {name: value for name, value in given.items() if value}
    with context.database.write() as session:
        row = _ready(session, scope, connection)
        found = stored.open_run(session, row.id)
        if found is not None and asked and found.state == "waiting":
            changed = {"reason": "hand", "asked": _both(found.asked, asked)}
            session.run(update(runs).where(runs.c.id == found.id).values(changed))
        elif found is not None and asked:
            raise Conflict(reason="A sync is running. Stop it or wait until it is done.")
        return open_run(session, row.id, context.clock(), "hand", asked)


def _both(waiting: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is asked for by two wishes: of two stretches of days the one that covers both, else the newer."""
    if not {"since", "until"} <= waiting.keys() & asked.keys():
        return dict(asked)
    days = {"since": min(waiting["since"], asked["since"]), "until": max(waiting["until"], asked["until"])}
    return {**asked, **days}


def _ready(session: Reader, scope: Scope, connection: str) -> Row[Any]:
    row = stored.find(session, scope, connection)
    if row.state in ("sign_in", "question"):
        raise Conflict(reason=f"Sign in to {row.label} first.")
    if row.paused:
        raise Conflict(reason=f"{row.label} is paused. Resume it first.")
    return row


def stop(context: Context, scope: Scope, connection: str) -> None:
    """Stop the open run; nothing is lost."""
    scope.must("sources: sync")
    with context.database.write() as session:
        row, now = stored.find(session, scope, connection), context.clock()
        stop_run(session, row.id, now)
        turn = next_run(row, athlete_zone(session, row.athlete_id), now)
        if turn is not None:  # the one that the run stood for
            session.run(update(connection_state).where(connection_state.c.connection_id == row.id).values(next_ms=turn))


def refetch_days(
    context: Context, scope: Scope, connection: str, since: str, until: str, kind: str | None = None
) -> int:
    """Want the items of these days (of one kind, or all) again, and open a run for them; return how many."""
    scope.must("sources: sync")
    if since > until:
        raise BadRequest(reason=f"{since} is after {until}.")
    with context.database.write() as session:
        row = _ready(session, scope, connection)
        days = (
            (remote_items.c.connection_id == row.id) & (remote_items.c.until >= since) & (remote_items.c.since <= until)
        )
        fetched = {one.key for one in sources()[row.source].kinds if one.fetched}
        of = days & remote_items.c.kind.in_(fetched if kind is None else fetched & {kind})
        wanted = session.run(
            update(remote_items).where(of, remote_items.c.state != "gone").values(state="wanted", tries=0)
        )
        if wanted:
            open_run(session, row.id, context.clock(), "hand", {"again": True, "since": since, "until": until})
        return wanted
