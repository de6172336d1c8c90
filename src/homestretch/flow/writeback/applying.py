"""Makes approved changes at providers, each once: the one place that lets anything out."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select, update

from homestretch.errors import HomestretchError
from homestretch.flow.derive.naming import own_name
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import Occupied, lease
from homestretch.flow.runtime.notifications import notify
from homestretch.flow.runtime.secret_store import StoredSecret
from homestretch.flow.sync.back_off import back_off_after
from homestretch.flow.sync.connections import calls_of, person_of, settings_of, source_of
from homestretch.flow.sync.provider_terms import seen_there
from homestretch.flow.sync.runs import log_event, open_run
from homestretch.flow.writeback.proposals import FILE, LINK, kind_of
from homestretch.flow.writeback.session_changes import keep_sent, session_change
from homestretch.flow.writeback.states import APPLIED, APPROVED, FAILED, UNDONE
from homestretch.net.budget import (
    ChangeRejected,
    Permit,
    QuotaExhausted,
    RateLimited,
    SignInAgain,
    UnexpectedResponse,
    Unreachable,
    WebPage,
)
from homestretch.sources._seen import says
from homestretch.sources.base import CORRECTED, Answer, Change, Source, Written
from homestretch.sources.registry import allows, terms_of
from homestretch.store.database import Reader, Writer
from homestretch.store.queries import connections as stored
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.cached import items_under
from homestretch.store.queries.gear import gear_names
from homestretch.store.queries.sent_sessions import SESSION
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import arrivals, athletes, connections, proposals
from homestretch.store.tables.ops import connection_state, remote_items

#: What may be shown of a field in a sentence; the others are keys.
_WORDS = ("name", "description", "sport")
#: What a provider does not take, or answers strangely, is tried so often.
TRIES = 3
log = logging.getLogger("homestretch.applying")


class ChangedThere(ChangeRejected):
    """At {name} the value is now {now}, so nothing was sent. Approve the change again to replace it, or reject it."""


def due_changes(context: Context) -> list[int]:
    """Return the connections with approved changes to make that do not back off."""
    ready = connection_state.c.state.in_(("ready", "backed_off")) & (
        connection_state.c.retry_at_ms.is_(None) | (connection_state.c.retry_at_ms <= context.clock())
    )
    query = (
        select(proposals.c.connection_id)
        .join(connections, connections.c.id == proposals.c.connection_id)
        .join(connection_state, connection_state.c.connection_id == connections.c.id)
        .where(proposals.c.state == APPROVED, ready)
        .join(athletes, athletes.c.id == connections.c.athlete_id)
        .where(connections.c.removed_ms.is_(None), connections.c.secret.is_not(None), athletes.c.removed_ms.is_(None))
    )
    with context.database.read() as reader:
        return [row.connection_id for row in reader.rows(query.distinct().order_by(proposals.c.connection_id))]


def apply_changes(context: Context, connection_id: int) -> int:
    """Make the approved changes at a connection, the oldest first; return how many were made.

    A kill between the provider's answer and our note makes a change again, which there is no change.
    """
    try:
        with lease(context, f"sync:{connection_id}") as held:
            with context.database.read() as reader:
                row = stored.by_id(reader, connection_id)
                mine = (proposals.c.connection_id == connection_id) & (proposals.c.state == APPROVED)
                waiting = reader.rows(select(proposals).where(mine).order_by(proposals.c.id))
            if row is None or row.secret is None:
                return 0
            source = source_of(row.source)
            pause = float(settings_of(row).get("pause_s", source.limits.pause_s))
            calls = calls_of(context, source, pause_s=pause, quota_used=dict(row.quota_used), rested=held.renew)
            client = source.client(StoredSecret(context, row.id), person_of(row), calls)
            done = 0
            for proposal in waiting:
                held.renew()
                try:
                    done += _apply(context, row, source, client, proposal)
                except HomestretchError as error:
                    with context.database.write() as session:  # say why it waits
                        waits = update(proposals).where(proposals.c.id == proposal.id)
                        session.run(waits.values(note=str(error)))
                    back_off_after(context, row, None, error, {"requests": 0, "quota_used": calls.quota_used})
                    break
                _note_spent(context, connection_id, calls.quota_used)
            return done
    except Occupied:
        return 0  # a sync is at it; the next look comes soon


def _apply(context: Context, row: Row[Any], source: Source, client: Any, proposal: Row[Any]) -> int:
    if proposal.field == FILE:
        return _asked_for(context, row, proposal)
    try:
        if proposal.task is not None:
            written = source.follow(client, proposal.task)
        else:
            change = _change(context, source, proposal)
            if _is_made(context, row, source, client, change, proposal):
                written = Written(Answer("answer.json", "json", b"{}"), change.key)
            else:
                written = source.write(client, change, Permit(proposal.id))
    except HomestretchError as error:
        if _passes(error):
            raise
        _failed(context, row, proposal, error)
        return 0
    with context.database.write() as session:
        _written(session, context, row, proposal, written)
    return written.task is None


def _is_made(context: Context, row: Row[Any], source: Source, client: Any, change: Change, proposal: Row[Any]) -> bool:
    """Return whether the field already has its new value, so that nothing has to be sent.

    If it has neither that nor its value at the time of the proposal, somebody changed it at the provider: its value now
    becomes what the change replaces, and a person has to look again. Raises ChangedThere.
    """
    if change.what not in CORRECTED:
        return False
    now = source.now(client, change)
    if says(change.what, change.value, now):
        return True
    if says(change.what, proposal.before, now):
        return False
    with context.database.write() as session:
        mine = update(proposals).where(proposals.c.id == proposal.id)
        session.run(mine.values(before=seen_there(row.source, now)))
        _update_item(session, row, proposal.provider_key, proposal.field, now)
    shown = f"“{now.replace('_', ' ') if change.what == 'sport' else now}”" if now else "nothing"
    raise ChangedThere(name=source.name, now=shown if _may_say(row.source, change.what, now) else "something else")


def _may_say(source: str, what: str, now: str) -> bool:
    return not now or (what in _WORDS and allows(source, "keep"))


def _asked_for(context: Context, row: Row[Any], proposal: Row[Any]) -> int:
    """Let the next sync, which is due now, fetch what the provider has of an activity."""
    entry = (remote_items.c.connection_id == row.id) & (remote_items.c.kind == "activity")
    entry &= (remote_items.c.key == proposal.provider_key) & (remote_items.c.state != "gone")
    with context.database.write() as session:
        found = session.row(select(remote_items.c.since, remote_items.c.until, remote_items.c.digest).where(entry))
        if found is not None:
            if not found.digest:
                session.run(update(remote_items).where(entry).values(state="wanted", tries=0))
                open_run(
                    session,
                    row.id,
                    context.clock(),
                    "hand",
                    {"again": True, "since": found.since, "until": found.until},
                )
            made = {"state": APPLIED, "applied_ms": context.clock(), "note": None}
            session.run(update(proposals).where(proposals.c.id == proposal.id).values(made))
            return 1
    _failed(
        context,
        row,
        proposal,
        ChangeRejected(name=source_of(row.source).name, reason=("the activity is no longer listed there")),
    )
    return 0


def _passes(error: HomestretchError) -> bool:
    """Return whether this may be otherwise later: the provider is away, or busy, or wants the sign-in again."""
    reason = error.details.get("reason")
    away = isinstance(error, UnexpectedResponse) and isinstance(reason, int) and reason >= 500
    away |= isinstance(error, WebPage)  # a proxy or a notice in place of the provider
    return away or isinstance(error, RateLimited | QuotaExhausted | Unreachable | SignInAgain)


def _change(context: Context, source: Source, proposal: Row[Any]) -> Change:
    if proposal.field == SESSION:
        with context.database.read() as reader:
            return session_change(reader, proposal, context.clock())
    plain = Change(proposal.field, proposal.provider_key, "" if proposal.after is None else str(proposal.after))
    details = {"before": proposal.before}
    if kind_of(proposal.field) == LINK:
        return replace(plain, what="link", details=details | {"source": proposal.field.removeprefix(f"{LINK}_")})
    if proposal.field != "upload":
        return replace(plain, details=details)
    with context.database.read() as reader:
        activity = _activity(reader, proposal)
        said = _said(reader, activity)
        if not source.takes_files:
            return replace(plain, key="", details=said)
        digest, name = _original(reader, proposal, activity)
    return replace(plain, key="", value=name, data=context.archive.read(digest), details=said)


def _activity(reader: Reader, proposal: Row[Any]) -> Row[Any]:
    """Return the activity that a proposal is about. Raises ChangeRejected."""
    mine = recordings.c.athlete_id == proposal.athlete_id
    member = select(recordings.c.activity_id).where(mine, recordings.c.key == proposal.subject)
    found = reader.row(select(activities).where(activities.c.id == member.scalar_subquery()))
    if found is None:
        raise ChangeRejected(name="Homestretch", reason="the activity no longer exists here.")
    return found


def _said(reader: Reader, activity: Row[Any]) -> dict[str, Any]:
    """Return the fields of an activity to send with a new one elsewhere; `start` is local and without a zone."""
    came = (
        select(arrivals.c.provider, arrivals.c.provider_key)
        .join(recordings, recordings.c.digest == arrivals.c.digest)
        .where(recordings.c.activity_id == activity.id, arrivals.c.athlete_id == activity.athlete_id)
        .where(arrivals.c.provider_key.is_not(None), in_force())
    )
    gear = gear_names(reader, activity.athlete_id).get(activity.gear_id)
    return {
        "name": own_name(activity.name),
        "description": activity.description,
        "sport": f"{activity.sport}/{activity.sub_sport}" if activity.sub_sport else activity.sport,
        "start": datetime.fromtimestamp(activity.local_ms // 1000, UTC).replace(tzinfo=None).isoformat(),
        "distance_m": activity.distance_m,
        "elapsed_s": activity.elapsed_s,
        "moving_s": activity.moving_s,
        "gear_name": gear and gear["name"],
        "links": {row.provider: row.provider_key for row in reader.rows(came.order_by(arrivals.c.id.desc()))},
    }


def _original(reader: Reader, proposal: Row[Any], activity: Row[Any]) -> tuple[str, str]:
    """Return digest and file name of the recording that is to go. Raises ChangeRejected."""
    primary = reader.row(select(recordings).where(recordings.c.id == activity.primary_id))
    if primary is None or primary.summary["format"] not in ("fit", "tcx", "gpx"):
        raise ChangeRejected(name="Homestretch", reason="this activity has no file to send.")
    form = primary.summary["format"]
    came = (arrivals.c.athlete_id == proposal.athlete_id) & (arrivals.c.digest == primary.digest)
    path = str(reader.scalar(select(arrivals.c.path).where(came).order_by(arrivals.c.id).limit(1)) or "")
    name = path.rsplit("/", 1)[-1] or f"activity.{form}"
    return primary.digest, name if name.lower().endswith(f".{form}") else f"{name}.{form}"


def _written(session: Writer, context: Context, row: Row[Any], proposal: Row[Any], written: Written) -> None:
    now = context.clock()
    mine = update(proposals).where(proposals.c.id == proposal.id)
    answer = written.answer.data if allows(row.source, "keep") else None
    if written.task is not None:
        session.run(mine.values(task=written.task, answer=answer))
        return
    key = written.key or proposal.provider_key
    session.run(mine.values(state=APPLIED, applied_ms=now, answer=answer, provider_key=key, task=None, note=None))
    if proposal.undoes is not None:
        session.run(update(proposals).where(proposals.c.id == proposal.undoes).values(state=UNDONE))
    if proposal.field == SESSION:
        keep_sent(session, proposal, key, now)
    if kind_of(proposal.field) in CORRECTED:
        _update_item(session, row, key, proposal.field, "" if proposal.after is None else str(proposal.after))
    details = {"key": key, "field": proposal.field, "activity": _called(session, proposal), "proposal": proposal.id}
    log_event(session, row.id, now, "info", "changed_by_us", details)


def _update_item(session: Writer, row: Row[Any], key: str, field: str, now: str) -> None:
    """Set a field of an item to its value at the provider now, as the next listing will."""
    table = items_under(terms_of(row.source))
    entry = (table.c.connection_id == row.id) & (table.c.kind == "activity") & (table.c.key == key)
    found = session.row(select(table.c.details).where(entry))
    if found is None:
        return
    values: dict[str, Any] = {field: now or None}
    if field == "gear":
        values |= {"gear_name": None}
    if field == "sport":
        sport, _, kind = now.partition("/")
        values = {"sport": sport or None, "sub_sport": kind or None}
    if kind_of(field) == LINK:
        values = {"links": {**(found.details.get("links") or {}), field.removeprefix(f"{LINK}_"): now or None}}
    session.run(update(table).where(entry).values(details=found.details | values))


def _failed(context: Context, row: Row[Any], proposal: Row[Any], error: HomestretchError) -> None:
    tries = proposal.tries + 1
    over = isinstance(error, ChangeRejected) or tries >= TRIES
    log.warning("change not applied", extra={"proposal": proposal.id, "reason": type(error).__name__})
    with context.database.write() as session:
        failed = {"tries": tries, "note": str(error), "state": FAILED if over else APPROVED}
        session.run(update(proposals).where(proposals.c.id == proposal.id).values(failed))
        if over:
            called = _called(session, proposal)
            details = {"key": proposal.provider_key, "field": proposal.field, "activity": called, "text": str(error)}
            log_event(session, row.id, context.clock(), "warning", "change_failed", details)
            notify(session, row, context.clock(), "change_failed", details)


def _called(reader: Reader, proposal: Row[Any]) -> str | None:
    """Return what the activity, or the planned session, of a proposal is called here, or None."""
    if proposal.field == SESSION:
        return str((proposal.after or proposal.before or {}).get("title") or "")
    member = select(recordings.c.activity_id).where(
        recordings.c.athlete_id == proposal.athlete_id, recordings.c.key == proposal.subject
    )
    found: str | None = reader.scalar(select(activities.c.name).where(activities.c.id == member.scalar_subquery()))
    return found


def _note_spent(context: Context, connection_id: int, quota_used: dict[str, list[int]]) -> None:
    with context.database.write() as session:
        session.run(
            update(connection_state)
            .where(connection_state.c.connection_id == connection_id)
            .values(quota_used=quota_used)
        )
