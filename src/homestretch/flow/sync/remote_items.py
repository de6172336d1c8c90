"""Keeps what came from a provider: a page of its list with the items on it, and files."""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Table, Update, bindparam, func, select, update

from homestretch.flow.derive.commit import Arrival, keep_arrivals
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync.provider_terms import cache_listing, shown_in_log
from homestretch.sources.base import Answer, ItemPage, RemoteItem
from homestretch.sources.registry import sources
from homestretch.store.database import Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.cached import EXPIRED, items_under
from homestretch.store.queries.payloads import LISTING, drop_payloads, keep_payload
from homestretch.store.queries.remote_items import adopt_taken_over
from homestretch.store.tables.kept import arrivals, payloads, tombstones
from homestretch.store.tables.ops import remote_items

_NEW = ("since", "until", "version", "state", "details", "at_ms")

type Lines = list[tuple[str, str, dict[str, Any]]]


def keep_listing(session: Writer, connection: Row[Any], listed: ItemPage, now: int) -> Lines:
    """Keep a page and return what is worth a line in the log: what was changed at the provider."""
    page = listed.answer
    if not cache_listing(session, connection, listed, now):
        _take_last_word(session, connection, page.name, now)
        keep_payload(session, connection, LISTING, page.name, None, page.data, now, closed_ms=None)
    source = sources()[connection.source]
    table = items_under(source.terms)
    kinds = {entry.kind for entry in listed.items}
    known = {
        (row.kind, row.key): row
        for kind in sorted(kinds)
        for row in session.rows(
            select(table).where(
                table.c.connection_id == connection.id,
                table.c.kind == kind,
                table.c.key.in_([entry.key for entry in listed.items if entry.kind == kind]),
            )
        )
    }
    fresh = [entry for entry in listed.items if (entry.kind, entry.key) not in known]
    whole = {kind.key for kind in source.kinds if not kind.fetched}  # the list has everything about these
    session.insert_new(table, [_row(connection.id, entry, now, whole) for entry in fresh])
    if fresh:
        adopt_taken_over(session, connection.athlete_id, connection.source)
    old = [(entry, known[entry.kind, entry.key]) for entry in listed.items if (entry.kind, entry.key) in known]
    if old:
        how: dict[str, Any] = {"again": source.replaces, "whole": whole}
        session.run(_change(table), [_changed(connection.id, entry, row, now, **how) for entry, row in old])
    lines: Lines = [("info", "listed", {"count": len(listed.items), "new": len(fresh)})]
    for entry, row in old:
        if row.version is not None and row.version != entry.version:
            before, after = row.details.get("name"), entry.details.get("name")
            details = shown_in_log(connection.source, {"key": entry.key, "name": after, "before": before})
            lines.append(("info", "changed_there", details))
    return lines


def _change(table: Table) -> Update:
    """Return the statement that updates known items from a list."""
    this = (table.c.connection_id == bindparam("of")) & (table.c.kind == bindparam("a"))
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _NEW}
    return update(table).where(this, table.c.key == bindparam("b")).values(values)


def _take_last_word(session: Writer, connection: Row[Any], key: str, now: int) -> None:
    """Let a page with unchanged content be put after the pages of listings since then."""
    mine = (payloads.c.connection_id == connection.id) & (payloads.c.kind == LISTING)
    since = select(func.max(payloads.c.id)).where(mine, payloads.c.fetched_ms != now).scalar_subquery()
    drop_payloads(session, mine & (payloads.c.key == key) & (payloads.c.id < since))


def _row(connection_id: int, entry: RemoteItem, now: int, whole: Collection[str]) -> dict[str, Any]:
    state = "have" if entry.kind in whole else "wanted"
    return {
        "connection_id": connection_id,
        "kind": entry.kind,
        "key": entry.key,
        "since": entry.since,
        "until": entry.until,
        "version": entry.version,
        "state": state,
        "form": None,
        "digest": None,
        "tries": 0,
        "note": None,
        "details": dict(entry.details),
        "at_ms": now,
    }


def _changed(
    connection_id: int, entry: RemoteItem, row: Row[Any], now: int, *, again: bool, whole: Collection[str]
) -> dict[str, Any]:
    back = "have" if row.digest or entry.kind in whole else "wanted"
    state = back if row.state in ("gone", EXPIRED["state"]) else row.state
    if (again or row.form == "json") and row.version != entry.version:
        state = "wanted"  # its answer shows the change; a file of most sources never does
    # Values that a list leaves out, such as gear at some, stay as another answer gave them.
    details = {name: row.details[name] for name in ("gear", "gear_name") if name in row.details} | dict(entry.details)
    new = {"since": entry.since, "until": entry.until, "version": entry.version, "details": details}
    return {"of": connection_id, "a": entry.kind, "b": entry.key, "new_state": state, "new_at_ms": now} | {
        f"new_{name}": value for name, value in new.items()
    }


def keep_file(context: Context, session: Writer, connection: Row[Any], item: Row[Any], came: Answer) -> str:
    """Write down how a file came, unless it has come like this before or was deleted for good; return its digest."""
    source = sources()[connection.source]
    digest = hashlib.sha256(came.data).hexdigest()
    athlete, path = connection.athlete_id, f"{source.key}/{came.name}"
    gone = (tombstones.c.athlete_id == athlete) & (tombstones.c.digest == digest)
    same = (arrivals.c.connection_id == connection.id) & (arrivals.c.provider_key == item.key)
    here = (arrivals.c.athlete_id == athlete) & same & (arrivals.c.path == path)
    held = here & in_force()
    last = select(arrivals.c.digest).where(held).order_by(arrivals.c.id.desc()).limit(1)
    if session.scalar(select(tombstones.c.digest).where(gone)) is None and session.scalar(last) != digest:
        arrival = Arrival(
            digest,
            len(came.data),
            path,
            provider=source.key,
            connection_id=connection.id,
            provider_key=item.key,
            provider_version=item.version,
            terms=source.terms.forbidden,
        )
        keep_arrivals(context, session, athlete, [arrival])
    return digest


def keep_answers(
    context: Context,
    session: Writer,
    connection: Row[Any],
    item: Row[Any],
    answers: Sequence[Answer],
    now: int,
    closed_ms: int,
) -> str | None:
    """Keep what came for an item whose days are over at `closed_ms`; return the digest of the first one."""
    digests = []
    for came in answers:
        if came.file:
            digests.append(keep_file(context, session, connection, item, came))
            continue
        kind = came.kind or item.kind
        digests.append(
            keep_payload(session, connection, kind, item.key, item.until, came.data, now, closed_ms=closed_ms)
        )
    return digests[0] if digests else None


def item_update(row: Row[Any], values: dict[str, Any]) -> Update:
    """Return the statement that sets columns of an item, given its row."""
    table = remote_items.c
    this = (table.connection_id == row.connection_id) & (table.kind == row.kind) & (table.key == row.key)
    return update(remote_items).where(this).values(values)
