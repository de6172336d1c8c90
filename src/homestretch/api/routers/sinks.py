"""Sinks: where an athlete's days are sent; and /metrics/health, which Prometheus fetches."""

from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import PlainTextResponse, Response

from homestretch.api.context import AthleteContext, ByAnyone, ByCaller
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.health import NewSink, SinkChange
from homestretch.errors import NotFound
from homestretch.flow.sinks import push
from homestretch.flow.sinks import sinks as flow
from homestretch.model.documents.sinks import NewSinkMade, SinkCheck, SinkDocument, SinkKinds, Sinks
from homestretch.views.sinks import sinks as views

router = APIRouter(tags=["sinks"])
#: The right that each operation needs.
RIGHTS = {
    "list_sinks": "sinks: read",
    "list_sink_kinds": "server: read",
    "add_sink": "sinks: set",
    "change_sink": "sinks: set",
    "remove_sink": "sinks: set",
    "push_sink": "sinks: set",
    "check_sink": "sinks: set",
    "get_health_metrics": "server: reach",
}


@router.get("/api/sinks", response_model=Sinks)
def list_sinks(asking: AthleteContext) -> Response:
    """Return where the athlete's days are sent, and how far each sink is."""
    with asking.app.database.read() as reader:
        return answer(views.list_sinks(reader, asking.of, asking.context.clock()))


@router.get("/api/sinks/kinds", response_model=SinkKinds)
def list_sink_kinds(asking: ByCaller) -> Response:
    """Return everything that days can be sent to, with its settings."""
    return answer(views.sink_kinds())


@router.post("/api/sinks", response_model=NewSinkMade, status_code=201)
def add_sink(body: NewSink, asking: AthleteContext) -> Response:
    """Add a sink; what there is goes out at once. A `token` is shown only here."""
    new = flow.NewSink(body.sink, body.settings, body.password, body.kinds, body.user)
    made = flow.add(asking.context, asking.of, new)
    asking.app.wake()
    return answer(made, 201)


@router.patch("/api/sinks/{sink}", response_model=SinkDocument, responses={404: {"model": Problem}})
def change_sink(sink: str, body: SinkChange, asking: AthleteContext) -> Response:
    """Change a sink, pause it or let it go on."""
    everything = "kinds" in body.model_fields_set and body.kinds is None
    change = flow.SinkChange(body.settings, body.password, body.kinds, everything, body.paused)
    flow.change(asking.context, asking.of, sink, change)
    asking.app.wake()
    with asking.app.database.read() as reader:
        return answer(views.sink_document(reader, asking.of, sink, asking.context.clock()))


@router.delete("/api/sinks/{sink}", status_code=204, responses={404: {"model": Problem}})
def remove_sink(sink: str, asking: AthleteContext) -> Response:
    """Remove a sink; what was sent stays where it is."""
    flow.remove(asking.context, asking.of, sink)
    return Response(status_code=204)


@router.post(
    "/api/sinks/{sink}/push", response_model=SinkDocument, status_code=202, responses={404: {"model": Problem}}
)
def push_sink(sink: str, asking: AthleteContext) -> Response:
    """Compare everything again and send what is missing, also where the sink was stopped; the job does it."""
    flow.push_soon(asking.context, asking.of, sink)
    asking.app.wake()
    with asking.app.database.read() as reader:
        return answer(views.sink_document(reader, asking.of, sink, asking.context.clock()), 202)


@router.post("/api/sinks/{sink}/check", response_model=SinkCheck, responses={404: {"model": Problem}})
def check_sink(sink: str, asking: AthleteContext) -> Response:
    """Compare what is there with what we hold."""
    (check,) = push.check_named(asking.context, asking.of, sink)
    return answer(check)


@router.get("/metrics/health", response_class=PlainTextResponse, responses={404: {"model": Problem}})
def get_health_metrics(app: ByAnyone, authorization: Annotated[str, Header(max_length=300)] = "") -> PlainTextResponse:
    """Return an athlete's newest whole day in Prometheus' text format, to who has the token of such a sink."""
    token = authorization.removeprefix("Bearer ").strip()
    with app.database.read() as reader:
        text = views.health_metrics(reader, flow.digest(token), app.context.clock())
    if text is None:
        raise NotFound(what="sink with this", id="token")
    return PlainTextResponse(text, media_type="text/plain; version=0.0.4")
