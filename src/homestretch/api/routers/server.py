"""Whether the server works, for people, probes and Prometheus."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse

from homestretch.api.context import ByAnyone
from homestretch.model.documents.system import Health
from homestretch.views.system.server_health import health, metrics

router = APIRouter(tags=["health"])
#: The right that each operation needs.
RIGHTS = {
    "get_health": "server: reach",
    "get_metrics": "server: reach",
}


@router.get("/health", response_model=Health, responses={503: {"model": Health}})
def get_health(app: ByAnyone) -> JSONResponse:
    """Return whether database, archive, disk and jobs work; 503 when one does not."""
    found = health(app.database, app.context.archive, app.settings, jobs=app.works)
    return JSONResponse(found, 200 if found["status"] == "ok" else 503)


@router.get("/metrics", response_class=PlainTextResponse)
def get_metrics(app: ByAnyone) -> PlainTextResponse:
    """Return counts in Prometheus' text format; nothing in them is personal."""
    with app.database.read() as reader:
        return PlainTextResponse(metrics(reader, app.settings), media_type="text/plain; version=0.0.4")
