"""Server-sent events: the one async router (45 open streams of threads would starve every other request)."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from homestretch.api.context import AthleteContext, AthleteRequest, RequestContext, caller_of
from homestretch.errors import NotFound
from homestretch.model.documents.imports import Batch
from homestretch.model.documents.sources import Connection
from homestretch.model.documents.training import WorkLeft
from homestretch.views.coach.plans import plans_mark
from homestretch.views.people.notices import unseen
from homestretch.views.sources.sources import connection_list, standing_mark
from homestretch.views.system.imports import active_batches, newest_batch
from homestretch.views.system.progress import list_mark, work_left

router = APIRouter(prefix="/api/events", tags=["events"])
#: The right that each operation needs.
RIGHTS = {
    "follow": "progress: read",
}

LOOK_S = 0.7
PING_S = 15.0
#: Sources are looked at every so many looks: of twenty years of days it takes a moment to count what is here.
SOURCES_EVERY = 3


@router.get("", response_class=StreamingResponse)
async def follow(request: Request, asking: AthleteContext) -> StreamingResponse:
    """Follow imports (`batch`), the athlete's `activities`, what is left to do (`work`), sources, notices and plans."""
    return StreamingResponse(
        _events(request, asking), media_type="text/event-stream", headers={"Cache-Control": "no-cache"}
    )


async def _events(request: Request, asking: AthleteRequest) -> AsyncIterator[str]:
    seen: dict[str, dict[str, object]] = {}
    work: WorkLeft | None = None
    stood = ""
    sent = looks = 0
    quiet = 0.0
    # An import may be over before it is looked at; every import that began after this one is reported all the same.
    after, mark, planned = await run_in_threadpool(_begin, asking)
    yield ": hello\n\n"
    while not asking.app.closing and not await request.is_disconnected():
        # Ends as soon as the caller has signed out or may no longer see this athlete.
        if looks % SOURCES_EVERY == 0 and not await run_in_threadpool(_may_follow, request, asking):
            return
        found, now_mark, left = await run_in_threadpool(_look, asking, list(seen), after)
        for batch in found:
            key = {k: v for k, v in batch.items() if k not in ("rate_per_s", "eta_s")}
            if seen.get(batch["id"]) != key:
                seen[batch["id"]] = key
                quiet = 0.0
                yield f"event: batch\ndata: {json.dumps(batch)}\n\n"
        if now_mark != mark:
            mark = now_mark
            yield f"event: activities\ndata: {json.dumps({'athlete': str(asking.of.athlete_id)})}\n\n"
        if left != work:
            work = left
            yield f"event: work\ndata: {json.dumps(left)}\n\n"
        if looks % SOURCES_EVERY == 0:
            stand, sources, news, plan = await run_in_threadpool(_sources, asking, stood)
            if stand != stood:
                stood = stand
                yield f"event: sources\ndata: {json.dumps({'items': sources})}\n\n"
            if plan != planned:
                planned = plan
                yield f"event: plans\ndata: {json.dumps({'athlete': str(asking.of.athlete_id)})}\n\n"
            if news != sent:
                sent = news
                yield f"event: notices\ndata: {json.dumps({'unseen': news})}\n\n"
        looks += 1
        quiet += LOOK_S
        if quiet >= PING_S:
            quiet = 0.0
            yield ": ping\n\n"
        await asyncio.sleep(LOOK_S)


def _may_follow(request: Request, asking: AthleteRequest) -> bool:
    caller = caller_of(request)
    if caller is None or caller.account_id != asking.caller.account_id:
        return False
    with asking.app.database.read() as reader, contextlib.suppress(NotFound):
        return RequestContext(asking.app, caller).scope(reader, str(asking.of.athlete_id)) == asking.of
    return False


def _begin(asking: AthleteRequest) -> tuple[int, str | None, str]:
    with asking.app.database.read() as reader:
        return newest_batch(reader, asking.of), list_mark(reader, asking.of), plans_mark(reader, asking.of)


def _look(asking: AthleteRequest, known: list[str], after: int) -> tuple[list[Batch], str | None, WorkLeft]:
    with asking.app.database.read() as reader:
        seen = asking.of.may("imports: read")
        found = active_batches(reader, asking.of, asking.context.clock(), known, after) if seen else []
        return found, list_mark(reader, asking.of), work_left(reader, asking.of)


def _sources(asking: AthleteRequest, stood: str) -> tuple[str, list[Connection], int, str]:
    """Return a mark of how sources stand and, where it is a new one, the sources; unseen notices; a mark of plans."""
    with asking.app.database.read() as reader:
        stand = standing_mark(reader, asking.of)
        items = connection_list(reader, asking.of, asking.context.clock()) if stand != stood else []
        return stand, items, unseen(reader, asking.of), plans_mark(reader, asking.of)
