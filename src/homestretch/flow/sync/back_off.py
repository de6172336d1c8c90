"""Whose turn it is to be synced, and how long a connection rests after something went wrong."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, update

from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import World
from homestretch.flow.runtime.notifications import notify
from homestretch.flow.runtime.schedule import athlete_zones, next_turn
from homestretch.flow.runtime.secret_store import KeyMissing
from homestretch.flow.sync.provider_terms import revoke
from homestretch.flow.sync.runs import say
from homestretch.net.budget import PATIENCE, REST_S, Refused, SignInAgain, Spent
from homestretch.sources.registry import allows
from homestretch.store.queries import connections as stored
from homestretch.store.tables.kept import connections
from homestretch.store.tables.ops import runs, standings

#: No rest is longer; one that is was written by a clock that went wrong.
LONGEST_REST_S = 86_400.0
#: After a fault of the network or the provider: so long, and twice as long each time, up to an hour.
FAULT_REST_S, LONGEST_FAULT_REST_S = 15.0, 3600.0
#: After a refusal that names no time.
REFUSAL_REST_S, LEAST_REST_S = 60.0, 5.0
#: Whoever rests this long is worth a notice.
NOTABLE_S = 600.0


def rests(row: Row[Any], now: int) -> bool:
    """Return whether a connection rests at an instant."""
    return row.rest_until_ms is not None and now < row.rest_until_ms <= now + 1000 * LONGEST_REST_S


def due_connections(world: World) -> list[int]:
    """Return the connections whose turn it is: a run is open or its time has come, and nothing holds it back."""
    now = world.clock()
    ready = standings.c.state.in_(("ready", "resting")) & connections.c.secret.is_not(None)
    with world.database.read() as reader:
        rows = reader.rows(stored.connected(ready, connections.c.paused.is_(False)))
        running, zones = stored.with_open_runs(reader), athlete_zones(reader)

    def has_work(row: Row[Any]) -> bool:
        return row.id in running or next_turn(row, zones.get(row.athlete_id), now) is not None

    return [row.id for row in rows if not rests(row, now) and has_work(row)]


def rest_after(
    world: World, row: Row[Any], run: Row[Any] | None, error: HomestretchError, spent: Mapping[str, Any]
) -> None:
    """Write down that a run, or a change that is no run, can't go on, why, and when it will.

    Without a sign-in a run ends here.
    """
    number = None if run is None else run.id
    now = world.clock()
    with world.database.write() as session:
        current = stored.by_id(session, row.id)
        if current is None:
            return
        session.run(update(runs).where(runs.c.id == number).values(requests=runs.c.requests + spent["requests"]))
        standing = {"reason": str(error), "spent": spent["spent"]}
        if isinstance(error, SignInAgain | KeyMissing):
            standing |= {"state": "sign_in", "rest_until_ms": None}
            ended = {"state": "failed", "ended_ms": now, "note": str(error)}
            session.run(update(runs).where(runs.c.id == number, runs.c.state.in_(stored.OPEN)).values(ended))
            say(session, row.id, now, "error", "sign_in_needed", {"text": str(error)})
            notify(session, current, now, "sign_in_needed", {"text": str(error)})
            if isinstance(error, SignInAgain) and not allows(row.source, "keep"):
                revoke(session, row.id)
        else:
            refusals = current.refusals + 1
            seconds = rest_s(error, refusals)
            until = now + int(1000 * seconds)
            standing |= {"state": "resting", "rest_until_ms": until, "refusals": refusals}
            say(session, row.id, now, "warning", "resting", {"text": str(error), "until_ms": until, "code": error.code})
            if seconds >= NOTABLE_S:
                notify(session, current, now, "paused_until", {"text": str(error), "until_ms": until})
        session.run(update(standings).where(standings.c.connection_id == row.id).values(standing))


def rest_s(error: HomestretchError, refusals: int) -> float:
    """Return for how many seconds a connection rests after an error, the `refusals`-th one in a row."""
    if isinstance(error, Spent):
        return min(LONGEST_REST_S, float(error.facts["after_s"]) + 1)
    if isinstance(error, Refused):
        said = error.after_s
        seconds = max(LEAST_REST_S, REFUSAL_REST_S * 2.0 ** min(refusals - 1, 10) if said is None else said)
        return min(LONGEST_REST_S, max(seconds, REST_S) if refusals >= PATIENCE else seconds)
    return min(LONGEST_FAULT_REST_S, FAULT_REST_S * 2.0 ** min(refusals - 1, 10))
