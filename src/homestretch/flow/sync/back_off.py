"""Which connections are due, and how long one backs off after an error."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, update

from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import notify
from homestretch.flow.runtime.schedule import athlete_zones, next_run
from homestretch.flow.runtime.secret_store import KeyMissing
from homestretch.flow.sync.provider_terms import revoke
from homestretch.flow.sync.runs import log_event
from homestretch.net.budget import (
    PATIENCE,
    REST_S,
    AccessDenied,
    NotGranted,
    QuotaExhausted,
    RateLimited,
    SignInAgain,
)
from homestretch.sources.registry import allows
from homestretch.store.queries import connections as stored
from homestretch.store.tables.kept import connections
from homestretch.store.tables.ops import connection_state, runs

#: No rest is longer; one that is was written by a clock that went wrong.
LONGEST_BACK_OFF_S = 86_400.0
#: After a fault of the network or the provider: so long, and twice as long each time, up to an hour.
FAULT_REST_S, LONGEST_FAULT_REST_S = 15.0, 3600.0
#: Refusals in a row double the rest, up to this.
LONGEST_REFUSAL_REST_S = 21_600.0
#: What denies everything may be a fault of the provider's, so it is asked once more, after so long.
DENIED_REST_S = 600.0
#: After a refusal that names no time.
REFUSAL_REST_S, LEAST_REST_S = 60.0, 5.0
#: A connection that backs off for this long is worth a notification.
NOTABLE_S = 600.0


def is_backing_off(row: Row[Any], now: int) -> bool:
    """Return whether a connection rests at an instant."""
    return row.retry_at_ms is not None and now < row.retry_at_ms <= now + 1000 * LONGEST_BACK_OFF_S


def due_connections(context: Context) -> list[int]:
    """Return the connections that are due: a run is open or its time has come, and nothing holds it back."""
    now = context.clock()
    ready = connection_state.c.state.in_(("ready", "backed_off")) & connections.c.secret.is_not(None)
    with context.database.read() as reader:
        rows = reader.rows(stored.connected(ready, connections.c.paused.is_(False)))
        running, zones = stored.with_open_runs(reader), athlete_zones(reader)

    def has_work(row: Row[Any]) -> bool:
        return row.id in running or next_run(row, zones.get(row.athlete_id), now) is not None

    return [row.id for row in rows if not is_backing_off(row, now) and has_work(row)]


def back_off_after(
    context: Context, row: Row[Any], run: Row[Any] | None, error: HomestretchError, quota_used: Mapping[str, Any]
) -> None:
    """Write down that a run, or a change that is no run, can't go on, why, and when it will.

    Without a sign-in a run ends here.
    """
    number = None if run is None else run.id
    now = context.clock()
    with context.database.write() as session:
        current = stored.by_id(session, row.id)
        if current is None:
            return
        session.run(update(runs).where(runs.c.id == number).values(requests=runs.c.requests + quota_used["requests"]))
        standing = {"reason": str(error), "quota_used": quota_used["quota_used"]}
        if isinstance(error, SignInAgain | KeyMissing | NotGranted) or (
            isinstance(error, AccessDenied) and current.refusals
        ):
            standing |= {"state": "sign_in", "retry_at_ms": None}
            ended = {"state": "failed", "ended_ms": now, "note": str(error)}
            session.run(update(runs).where(runs.c.id == number, runs.c.state.in_(stored.OPEN)).values(ended))
            log_event(session, row.id, now, "error", "sign_in_needed", {"text": str(error)})
            notify(session, current, now, "sign_in_needed", {"text": str(error)})
            if isinstance(error, SignInAgain) and not allows(row.source, "keep"):
                revoke(session, row.id)
        else:
            refusals = current.refusals + 1
            seconds = back_off_s(error, refusals)
            until = now + int(1000 * seconds)
            standing |= {"state": "backed_off", "retry_at_ms": until, "refusals": refusals}
            log_event(
                session,
                row.id,
                now,
                "warning",
                "backed_off",
                {"text": str(error), "until_ms": until, "code": error.code},
            )
            if seconds >= NOTABLE_S:
                notify(session, current, now, "paused_until", {"text": str(error), "until_ms": until})
        session.run(update(connection_state).where(connection_state.c.connection_id == row.id).values(standing))


def back_off_s(error: HomestretchError, refusals: int) -> float:
    """Return for how many seconds a connection rests after an error, the `refusals`-th one in a row."""
    if isinstance(error, QuotaExhausted):
        return min(LONGEST_BACK_OFF_S, float(error.details["after_s"]) + 1)
    if isinstance(error, AccessDenied):
        return DENIED_REST_S
    if isinstance(error, RateLimited):
        said = error.after_s
        doubled = min(LONGEST_REFUSAL_REST_S, REFUSAL_REST_S * 2.0 ** min(refusals - 1, 10))
        seconds = max(LEAST_REST_S, doubled if said is None else said)
        if refusals >= PATIENCE:
            seconds = max(seconds, min(LONGEST_REFUSAL_REST_S, REST_S * 2.0 ** min(refusals - PATIENCE, 10)))
        return min(LONGEST_BACK_OFF_S, seconds)
    return min(LONGEST_FAULT_REST_S, FAULT_REST_S * 2.0 ** min(refusals - 1, 10))
