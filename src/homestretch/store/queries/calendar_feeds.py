"""Keeps and reads the secret addresses of calendars, by the digest of their token."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, select

from homestretch.store.database import Reader, Writer
from homestretch.store.queries.grants import held_by
from homestretch.store.scope import Scope
from homestretch.store.tables.coach import calendar_feeds
from homestretch.store.tables.kept import athletes


@dataclass(frozen=True, slots=True)
class StoredFeed:
    """A calendar's address: whose it is, in whose hands (its maker's, or the server's), and whether it has notes."""

    scope: Scope
    name: str
    notes: bool
    created_ms: int


def put_feed(session: Writer, scope: Scope, token: str, notes: bool, now: int) -> None:
    """Keep the digest of the token of the account's calendar, in place of the one that it had."""
    remove_feed(session, scope)
    keys = {"athlete_id": scope.athlete_id, "account_id": scope.account_id, "token_hash": _digest(token)}
    session.run(insert(calendar_feeds).values(**keys, notes=notes, created_ms=now))


def remove_feed(session: Writer, scope: Scope) -> bool:
    """Remove the address of the account's calendar; return whether there was one."""
    return bool(session.run(delete(calendar_feeds).where(_own(scope))))


def find_feed(reader: Reader, scope: Scope) -> tuple[int, bool] | None:
    """Return since when (UTC ms) the account has an address of this calendar, and whether it has notes, or None."""
    row = reader.row(select(calendar_feeds.c.created_ms, calendar_feeds.c.notes).where(_own(scope)))
    return None if row is None else (int(row.created_ms), bool(row.notes))


def feed_of_token(reader: Reader, token: str, now: int) -> StoredFeed | None:
    """Return whose calendar a token opens, or None; not once the account lost the athlete, or the athlete is gone."""
    query = (
        select(calendar_feeds, athletes.c.name)
        .join(athletes, athletes.c.id == calendar_feeds.c.athlete_id)
        .where(calendar_feeds.c.token_hash == _digest(token), athletes.c.removed_ms.is_(None))
    )
    row = reader.row(query)
    if row is None:
        return None
    scope = Scope(row.athlete_id)
    if row.account_id is not None:
        held = held_by(reader, row.account_id, now).get(row.athlete_id)
        if held is None:
            return None
        scope = held.scope(row.athlete_id, row.account_id)
    return StoredFeed(scope, row.name, bool(row.notes), row.created_ms)


def _own(scope: Scope) -> ColumnElement[bool]:
    account = calendar_feeds.c.account_id.is_not_distinct_from(scope.account_id)
    return (calendar_feeds.c.athlete_id == scope.athlete_id) & account


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
