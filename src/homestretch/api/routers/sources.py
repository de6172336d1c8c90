"""Sources: providers, the athlete's connections to them, and their syncs."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.sources import Again, ConnectionChange, NewAnswer, NewConnection, NewSignIn, NewSync
from homestretch.errors import Forbidden
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync import runs
from homestretch.flow.writeback import proposals as proposing
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.coverage import Gaps, SourceEntry
from homestretch.model.documents.sources import Asked, Connection, Connections, Losses, Wanted
from homestretch.model.documents.sync_log import LogLevel, SyncLog
from homestretch.views.sources import coverage as gap_view
from homestretch.views.sources import purge_preview as loss_view
from homestretch.views.sources import sources as view
from homestretch.views.sources import sync_log

router = APIRouter(prefix="/api/sources", tags=["sources"], responses={404: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "list_sources": "sources: list",
    "connect": "sources: sign in",
    "get_connection": "sources: read",
    "answer_question": "sources: sign in",
    "sign_in_again": "sources: sign in",
    "change_connection": "sources: set",
    "preview_purge": "sources: read",
    "disconnect": "sources: sign in",
    "sync_now": "sources: sync",
    "subscribe_webhook": "sources: sign in",
    "stop_sync": "sources: sync",
    "refetch_days": "sources: sync",
    "get_coverage": "sources: read",
    "list_source_items": "sources: read",
    "get_log": "sources: read",
}


type Since = Annotated[date, Query(alias="from")]
type Before = Annotated[int | None, Query(ge=1, lt=1 << 63)]
type Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("", response_model=Connections)
def list_sources(asking: AthleteContext) -> Response:
    """Return the athlete's connections as they stand, and every provider there is."""
    with asking.app.database.read() as reader:
        items = view.connection_list(reader, asking.of, asking.context.clock())
    return answer({"items": items, "available": view.available(asking.context.settings.public_url)})


@router.post("", response_model=Connection, status_code=201, responses={422: {"model": Problem}})
def connect(body: NewConnection, asking: AthleteContext) -> Response:
    """Sign in to a provider; the answer may hold a question, which `answer` answers."""
    return _shown(asking, flow.sign_in(asking.context, asking.of, body.source, body.method, body.answers), 201)


@router.get("/{connection}", response_model=Connection)
def get_connection(connection: str, asking: AthleteContext) -> Response:
    """Return a connection as it stands."""
    return _shown(asking, connection)


@router.post("/{connection}/answer", response_model=Connection, responses={422: {"model": Problem}})
def answer_question(connection: str, body: NewAnswer, asking: AthleteContext) -> Response:
    """Answer what the provider asks; after a wrong code it may be tried again."""
    return _shown(asking, flow.answer(asking.context, asking.of, connection, body.answers))


@router.post("/{connection}/sign-in", response_model=Connection, responses={422: {"model": Problem}})
def sign_in_again(connection: str, body: NewSignIn, asking: AthleteContext) -> Response:
    """Sign in to a connection's account again."""
    with asking.app.database.read() as reader:
        key = view.connection(reader, asking.of, connection, asking.context.clock())["source"]
    return _shown(asking, flow.sign_in(asking.context, asking.of, key, body.method, body.answers, connection))


@router.patch("/{connection}", response_model=Connection, responses={422: {"model": Problem}})
def change_connection(connection: str, body: ConnectionChange, asking: AthleteContext) -> Response:
    """Change settings or schedule; pause or resume."""
    given = body.model_fields_set
    if asking.caller.by_token and flow.names_place(asking.context, asking.of, connection, body.settings or {}):
        raise Forbidden(action="use a path on the server with a token. Sign in")
    flow.change(
        asking.context,
        asking.of,
        connection,
        settings=body.settings,
        schedule=body.schedule,
        by_hand="schedule" in given and body.schedule is None,
        paused=body.paused,
    )
    asking.app.wake()
    return _shown(asking, connection)


@router.get("/{connection}/purge-preview", response_model=Losses)
def preview_purge(connection: str, asking: AthleteContext) -> Response:
    """Return what a disconnect with `purge` would delete."""
    with asking.app.database.read() as reader:
        return answer(loss_view.losses(reader, asking.of, connection))


@router.delete("/{connection}", status_code=204)
def disconnect(connection: str, asking: AthleteContext, purge: bool = False) -> Response:
    """Forget the sign-in; with `purge` also what came by this connection alone."""
    flow.disconnect(asking.context, asking.of, connection, purge=purge)
    return Response(status_code=204)


@router.post("/{connection}/sync", response_model=Connection, status_code=202, responses={409: {"model": Problem}})
def sync_now(connection: str, body: NewSync, asking: AthleteContext) -> Response:
    """Sync now, in the background; one at a time."""
    since, until = (None if day is None else day.isoformat() for day in (body.since, body.until))
    runs.sync_now(asking.context, asking.of, connection, since=since, until=until, backfill=body.backfill)
    asking.app.wake()
    return _shown(asking, connection, 202)


@router.post("/{connection}/webhook", response_model=Asked, status_code=202)
def subscribe_webhook(connection: str, asking: AthleteContext) -> Response:
    """Ask the provider for instant updates (webhooks); the proposals show the status."""
    number = proposing.ask_for_messages(asking.context, asking.of, connection)
    asking.app.wake()
    return answer({"proposal": str(number)}, 202)


@router.post("/{connection}/stop", response_model=Connection)
def stop_sync(connection: str, asking: AthleteContext) -> Response:
    """Stop the running sync; the next one continues where it was."""
    runs.stop(asking.context, asking.of, connection)
    return _shown(asking, connection)


@router.post("/{connection}/refetch", response_model=Wanted, responses={409: {"model": Problem}})
def refetch_days(connection: str, body: Again, asking: AthleteContext) -> Response:
    """Fetch what is of these days again."""
    wanted = runs.refetch_days(
        asking.context, asking.of, connection, body.since.isoformat(), body.until.isoformat(), body.kind
    )
    asking.app.wake()
    return answer({"wanted": wanted})


@router.get("/{connection}/coverage", response_model=Gaps)
def get_coverage(connection: str, asking: AthleteContext, since: Since, to: date) -> Response:
    """Return what we have of the provider, day by day and kind by kind."""
    with asking.app.database.read() as reader:
        return answer(gap_view.gaps(reader, asking.of, connection, since, to))


@router.get("/{connection}/items", response_model=Listing[SourceEntry])
def list_source_items(
    connection: str,
    asking: AthleteContext,
    which: Literal["all", "missing", "downloaded"] = "all",
    kind: str = "activity",
    limit: Limit = 100,
) -> Response:
    """Return what the provider has of a kind, the newest first."""
    with asking.app.database.read() as reader:
        return answer({"items": gap_view.entry_list(reader, asking.of, connection, which, kind, limit)})


@router.get("/{connection}/log", response_model=SyncLog)
def get_log(
    connection: str,
    asking: AthleteContext,
    level: LogLevel | None = None,
    before: Before = None,
    limit: Limit = 50,
) -> Response:
    """Return the log from a level up, the newest lines first."""
    with asking.app.database.read() as reader:
        return answer(sync_log.log(reader, asking.of, connection, level, before, limit))


def _shown(asking: AthleteRequest, connection: str, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        return answer(view.connection(reader, asking.of, connection, asking.context.clock()), status)
