"""Proposed changes at providers, as a person judges them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, select

from homestretch.model.documents.coach_sending import SentDocument
from homestretch.model.documents.compare import Proposal, ProposalPage
from homestretch.model.moment import iso
from homestretch.sources._seen import is_digest
from homestretch.sources.base import CORRECTED
from homestretch.sources.registry import sources
from homestretch.store.database import Reader
from homestretch.store.queries.sent_sessions import SESSION, Record
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import connections, proposals
from homestretch.views.kit.provenance import page_of


def proposal_list(
    reader: Reader, scope: Scope, states: list[str], limit: int, numbers: Sequence[int] | None = None
) -> ProposalPage:
    """Return proposals in these states (none: all), or of these numbers, the newest first.

    Who may only look gets none.
    """
    if not scope.may("proposals: make"):
        return {"items": [], "next": None, "total": 0}
    mine = proposals.c.athlete_id == scope.athlete_id
    if states:
        mine &= proposals.c.state.in_(states)
    if numbers is not None:
        mine &= proposals.c.id.in_(numbers)
    total = reader.scalar(select(func.count()).select_from(proposals).where(mine))
    query = (
        select(proposals, connections.c.source, connections.c.label, connections.c.public_id.label("connection"))
        .join(connections, connections.c.id == proposals.c.connection_id)
        .where(mine)
        .order_by(proposals.c.id.desc())
        .limit(limit)
    )
    rows = reader.rows(query)
    named = _activities(reader, scope, [row.subject for row in rows])
    return {"items": [_item(row, named.get(row.subject)) for row in rows], "next": None, "total": total}


def _activities(reader: Reader, scope: Scope, subjects: list[str]) -> dict[str, Row[Any]]:
    columns = (recordings.c.key, activities.c.public_id, activities.c.name, activities.c.start_ms)
    query = select(*columns).join(activities, activities.c.id == recordings.c.activity_id)
    mine = (recordings.c.athlete_id == scope.athlete_id) & recordings.c.key.in_(subjects)
    return {row.key: row for row in reader.rows(query.where(mine))}


def _item(row: Row[Any], activity: Row[Any] | None) -> Proposal:
    if row.field == SESSION:
        return _session(row)
    corrects = row.field.partition("_")[0] in CORRECTED
    reversible = corrects and not is_digest(row.before)
    return {
        "id": str(row.id),
        "connection": row.connection,
        "source": row.source,
        "source_name": sources()[row.source].name,
        "activity": None if activity is None else activity.public_id,
        "activity_name": None if activity is None else activity.name,
        "start": None if activity is None else iso(activity.start_ms),
        "key": row.provider_key,
        "url": page_of(row.source, row.provider_key or None),
        "field": row.field,
        "before": None if is_digest(row.before) or not corrects else row.before or "",
        "after": row.after,
        "state": row.state,
        "note": row.note,
        "made": iso(row.made_ms),
        "decided": iso(row.decided_ms),
        "applied": iso(row.applied_ms),
        "reversible": reversible or row.field == "file",
        "undoable": row.state == "applied" and reversible,
    }


def _session(row: Record) -> Proposal:
    """Return a change of a planned session: its values are the session in words, empty where it is not there."""
    document = row.after or row.before or {}
    return {
        "id": str(row.id),
        "connection": row.connection,
        "source": row.source,
        "source_name": sources()[row.source].name,
        "activity": None,
        "activity_name": document.get("title"),
        "start": None,
        "key": row.provider_key,
        "url": None,
        "field": row.field,
        "before": _in_words(row.before),
        "after": _in_words(row.after),
        "state": row.state,
        "note": row.note,
        "made": iso(row.made_ms),
        "decided": iso(row.decided_ms),
        "applied": iso(row.applied_ms),
        "reversible": True,
        "undoable": row.state == "applied",
    }


def _in_words(session: SentDocument | None) -> str:
    return "" if session is None else f"{session['title']}, {session['minutes']} min, {session['date']}"
