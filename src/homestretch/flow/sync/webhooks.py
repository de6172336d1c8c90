"""Messages that are sent here: a provider's only makes a sync due, for anyone may send one; a phone's are kept."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import Row, update

from homestretch.errors import BadRequest, Forbidden, NotFound
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.schedule import athlete_zone
from homestretch.flow.runtime.secret_store import KeyMissing, StoredSecret
from homestretch.flow.sync.connections import add_connection, source_of
from homestretch.model.moment import DAY_MS, day_number
from homestretch.net.secret import Secret
from homestretch.registry import load
from homestretch.sources.registry import sources
from homestretch.store.database import Writer
from homestretch.store.queries import connections as stored
from homestretch.store.queries.connections import of_source, set_ready
from homestretch.store.queries.payloads import keep_payload
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import connections
from homestretch.store.tables.ops import connection_state

#: What a source answers where a message is about people that it does not name, or about several.
ANYONE = "*"
#: Messages wake a connection no sooner than so long after its last run was asked for: anybody may send hints.
APART_MS = 5 * 60_000
#: The same for unsigned messages: someone who forges them all day spends a small part of a day's quota.
UNSIGNED_APART_MS = 45 * 60_000
#: The source that phones are, and how long after a day is over in UTC it may still be that day somewhere.
PHONE, FURTHEST_MS = "phone", 12 * 3_600_000


def receive(context: Context, source: str, headers: Mapping[str, str], body: bytes) -> int:
    """Make a sync due of each connection that a message is about; return how many. Names of headers are in lower case.

    Those that are paused or synced by hand stay as they are; a connection that backs off follows afterwards. Raises
    NotFound without a connection to such a source, Forbidden where the message is not authentic for any.
    """
    webhook, known, heard = _webhook(source), 0, 0
    addressed: list[Row[Any]] = []
    for row, secret in _connected(context, source):
        whose = webhook.owner(headers, body, secret)
        known += 1
        heard += whose is not None
        if whose is not None and whose in (ANYONE, (row.remote_account or {}).get("key")):
            addressed.append(row)
    if not known:
        raise NotFound(what="source", id=source)
    if not heard:
        raise Forbidden(action="send unsigned webhooks")
    apart = APART_MS if webhook.SIGNED else UNSIGNED_APART_MS
    with context.database.write() as session:
        return sum(_wake(session, row, context.clock(), apart) for row in addressed)


def receive_health(context: Context, scope: Scope, body: bytes) -> str:
    """Keep a message; return which app it is from. Raises BadRequest for what no app sends that is known here."""
    scope.must("health: send")
    try:
        message: object = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(reason=f"This is not JSON: {error}.") from error
    decoder = load("homestretch.sources", f"{PHONE}.decode")
    app: str | None = decoder.app_of(message)
    if app is None:
        raise BadRequest(reason="This is neither a message of HC Webhook nor one of Health Auto Export.")
    key, until = decoder.key_of(app, message)
    # What is about whole days replaces what came before these days were over; anything else stays beside it.
    closed_ms = 0 if until is None else (day_number(until) + 1) * DAY_MS + FURTHEST_MS
    with context.database.write() as session:
        connection = of_source(session, scope.athlete_id, PHONE)
        if connection is None:
            _, number = add_connection(context, session, scope, source_of(PHONE))
            set_ready(session, number)
            connection = of_source(session, scope.athlete_id, PHONE)
        zone = athlete_zone(session, scope.athlete_id) or context.settings.home_zone or "UTC"
        if connection is not None:
            kind = f"{app}:{zone}"
            keep_payload(session, connection, kind, key, until, body, context.clock(), closed_ms=closed_ms)
    return app


def challenge(context: Context, source: str, query: Mapping[str, str]) -> Mapping[str, str]:
    """Return what a provider is answered that asks whether its webhooks are wanted. Raises NotFound, Forbidden."""
    webhook = _webhook(source)
    if not hasattr(webhook, "answer"):
        raise NotFound(what="webhook for", id=source)
    for _, secret in _connected(context, source):
        said: Mapping[str, str] | None = webhook.answer(query, secret)
        if said is not None:
            return said
    raise Forbidden(action="turn on instant updates that were not requested here")


def _webhook(source: str) -> Any:
    """Return the module that knows a source's messages. Raises NotFound where it sends none."""
    found = sources().get(source)
    if found is None or not found.webhooks:
        raise NotFound(what="source", id=source)
    return load("homestretch.sources", f"{source}.webhook")


def _connected(context: Context, source: str) -> Iterator[tuple[Row[Any], Secret]]:
    """Yield the connections that somebody is signed in to, with their secrets; one without its key knows nothing."""
    mine = (connections.c.source == source) & connections.c.secret.is_not(None)
    with context.database.read() as reader:
        rows = reader.rows(stored.connected(mine))
    for row in rows:
        try:
            yield row, StoredSecret(context, row.id).read()
        except KeyMissing:
            continue


def _wake(session: Writer, row: Row[Any], now: int, apart_ms: int) -> bool:
    """Let a connection be due at once, or as soon as it may be; return whether that is sooner than it was."""
    if row.schedule is None or row.paused:
        return False
    last = stored.open_run(session, row.id) or stored.last_run(session, row.id)
    due = now if last is None else max(now, min(last.asked_ms, now) + apart_ms)
    if row.next_ms is not None and row.next_ms <= due:
        return False
    session.run(update(connection_state).where(connection_state.c.connection_id == row.id).values(next_ms=due))
    return True
