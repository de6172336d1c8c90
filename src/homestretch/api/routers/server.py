"""Whether the server works, for people, probes and Prometheus."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from homestretch.api.context import ByAnyone, ByCaller
from homestretch.api.json_response import answer
from homestretch.flow.runtime.heartbeats import DEAD_MS
from homestretch.model.documents.backups import ServerStatus
from homestretch.model.documents.system import Health
from homestretch.views.system.server_health import health, metrics, server_status

router = APIRouter(tags=["health"])
#: The right that each operation needs.
RIGHTS = {
    "get_health": "server: reach",
    "get_live": "server: reach",
    "get_ready": "server: reach",
    "get_metrics": "server: reach",
    "get_server_status": "server: manage",
}
#: Where a person who asks for /health wants to go.
PAGE = "/health/overview"
_NEVER = re.compile(r"q=0(\.0*)?")


@router.get("/health", response_model=Health, responses={503: {"model": Health}})
def get_health(app: ByAnyone, request: Request) -> Response:
    """Return whether database, archive, disk and jobs work; 503 when one does not.

    A browser that asks for a page is led to that of the athlete's health. Where something does not work it sees what:
    there are monitors that ask as browsers do.
    """
    found = health(app.database, app.context.archive, app.settings, jobs=app.works)
    varies = {"Vary": "Accept", "Cache-Control": "no-store"}
    if found["status"] != "ok":
        return JSONResponse(found, 503, headers=varies)
    if _asks_for_page(request.headers.get("accept", "")):
        return RedirectResponse(PAGE, 302, headers=varies)
    return JSONResponse(found, headers=varies)


@router.get("/health/live", response_class=PlainTextResponse)
def get_live(_: ByAnyone) -> PlainTextResponse:
    """Return "alive" while this process answers, whatever else may be wrong: a restart would mend nothing of that."""
    return PlainTextResponse("alive", headers={"Cache-Control": "no-store"})


@router.get("/health/ready", response_class=PlainTextResponse, responses={503: {"description": "Not ready."}})
def get_ready(app: ByAnyone) -> PlainTextResponse:
    """Return "ready" where people can be sent here, and 503 where not, for load balancers and probes.

    On a full disk they can: all is there to be read, and an import says that there is no room.
    """
    parts = health(app.database, app.context.archive, app.settings, jobs=app.works)["parts"]
    wrong = "; ".join(f"{part} {parts[part]}" for part in ("database", "archive") if parts[part] != "ok")
    return PlainTextResponse(wrong or "ready", 503 if wrong else 200, {"Cache-Control": "no-store"})


def _asks_for_page(accept: str) -> bool:
    """Return whether an Accept header names HTML, and does not rule it out."""
    items = (re.split(r"\s*;\s*", item.strip().lower()) for item in accept.split(","))
    return any(kind == "text/html" and not any(map(_NEVER.fullmatch, others)) for kind, *others in items)


@router.get("/api/server", response_model=ServerStatus)
def get_server_status(asking: ByCaller) -> Response:
    """Return the version, processes, what waits and what takes how much room."""
    app = asking.app
    found = health(app.database, app.context.archive, app.settings, jobs=app.works)
    with app.database.read() as reader:
        return answer(server_status(reader, app.settings, found["parts"], app.context.clock() - DEAD_MS))


@router.get("/metrics", response_class=PlainTextResponse)
def get_metrics(app: ByAnyone) -> PlainTextResponse:
    """Return counts in Prometheus' text format; nothing in them is personal."""
    with app.database.read() as reader:
        return PlainTextResponse(metrics(reader, app.settings), media_type="text/plain; version=0.0.4")
