"""Keeps what apps of a phone send, exactly as received; a job decodes it as it does providers' answers."""

import orjson

from homestretch.errors import BadRequest
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.schedule import athlete_zone
from homestretch.flow.sync.connections import add_connection, source_of
from homestretch.model.moment import DAY_MS, day_number
from homestretch.registry import load
from homestretch.store.queries.connections import of_source, set_ready
from homestretch.store.queries.payloads import keep_payload
from homestretch.store.scope import Scope

#: The source that phones are, and how long after a day is over in UTC it may still be that day somewhere.
PHONE, FURTHEST_MS = "phone", 12 * 3_600_000


def receive(context: Context, scope: Scope, body: bytes) -> str:
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
