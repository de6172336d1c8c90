"""Health: days, nights, trends, entries by hand, notes."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.health import EntryChange, NewEntry, NewNote, NoteChange, PriorityBody
from homestretch.errors import BadRequest
from homestretch.flow.edit import health as flow
from homestretch.flow.sync.webhooks import receive_health as keep_message
from homestretch.model.documents.health import (
    DayCourses,
    HealthDay,
    HealthDevices,
    HealthEntries,
    HealthKinds,
    HealthNotes,
    HealthOverview,
    HealthTrend,
    Made,
    NightDetail,
    Received,
    WeightTrend,
)
from homestretch.model.documents.health_sources import HealthPriorities, TablePreview
from homestretch.model.documents.insights import HealthInsights
from homestretch.views.health import entries, trend
from homestretch.views.health.courses import day_courses
from homestretch.views.health.day import health_day, health_devices
from homestretch.views.health.insights import health_insights
from homestretch.views.health.night import night_detail
from homestretch.views.health.overview import health_overview
from homestretch.views.health.table_preview import table_preview
from homestretch.views.kit.today import today

router = APIRouter(prefix="/api/health", tags=["health"])
#: The right that each operation needs.
RIGHTS = {
    "get_health_overview": "health: read",
    "list_health_kinds": "health: read",
    "list_health_devices": "health: read",
    "get_health_day": "health: read",
    "get_health_courses": "health: read",
    "get_health_night": "health: read",
    "get_health_trend": "health: read",
    "get_weight_trend": "health: read",
    "get_health_insights": "health: read",
    "list_health_entries": "health: read",
    "add_health_entry": "health: edit",
    "change_health_entry": "health: edit",
    "remove_health_entry": "health: edit",
    "restore_health_entry": "health: edit",
    "list_health_notes": "health: read",
    "add_health_note": "health: edit",
    "change_health_note": "health: edit",
    "remove_health_note": "health: edit",
    "restore_health_note": "health: edit",
    "receive_health": "health: send",
    "preview_health_table": "health: edit",
    "get_health_priorities": "health: read",
    "set_health_priority": "health: edit",
}
#: A month of a heart rate each second is smaller, in bytes.
LARGEST = 64 << 20
type Day = Annotated[date, Path(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
type AsOf = Annotated[date | None, Query(ge=date(1990, 1, 1), le=date(2100, 12, 31))]
type From = Annotated[date | None, Query(alias="from", ge=date(1990, 1, 1), le=date(2100, 12, 31))]
type To = Annotated[date | None, Query(ge=date(1990, 1, 1), le=date(2100, 12, 31))]


@router.get("/overview", response_model=HealthOverview)
def get_health_overview(asking: AthleteContext, day: AsOf = None) -> Response:
    """Return how the athlete is on a day, by default today."""
    with asking.app.database.read() as reader:
        now = today(reader, asking.of, asking.context.clock())
        return answer(health_overview(reader, asking.of, day or now, now))


@router.get("/kinds", response_model=HealthKinds)
def list_health_kinds(asking: AthleteContext) -> Response:
    """Return the measures that there are of the athlete, with their first and last day."""
    with asking.app.database.read() as reader:
        return answer(trend.health_kinds(reader, asking.of))


@router.get("/devices", response_model=HealthDevices)
def list_health_devices(asking: AthleteContext) -> Response:
    """Return the devices that measured days and nights."""
    with asking.app.database.read() as reader:
        return answer(health_devices(reader, asking.of))


@router.get("/days/{day}", response_model=HealthDay)
def get_health_day(day: Day, asking: AthleteContext) -> Response:
    """Return what was measured on a day, and by what; one without anything has no measures."""
    with asking.app.database.read() as reader:
        return answer(health_day(reader, asking.of, day, today(reader, asking.of, asking.context.clock())))


@router.get("/days/{day}/courses", response_model=DayCourses)
def get_health_courses(day: Day, asking: AthleteContext) -> Response:
    """Return what was measured through a day, and its activities."""
    with asking.app.database.read() as reader:
        return answer(day_courses(reader, asking.of, day))


@router.get("/nights/{day}", response_model=NightDetail, responses={404: {"model": Problem}})
def get_health_night(day: Day, asking: AthleteContext) -> Response:
    """Return the night of a day of waking."""
    with asking.app.database.read() as reader:
        return answer(night_detail(reader, asking.of, day, today(reader, asking.of, asking.context.clock())))


@router.get("/trends/{key}", response_model=HealthTrend, responses={404: {"model": Problem}})
def get_health_trend(key: str, asking: AthleteContext, since: From = None, to: To = None) -> Response:
    """Return a measure over days, by default the last 90, and what was usual before each."""
    with asking.app.database.read() as reader:
        now = today(reader, asking.of, asking.context.clock())
        return answer(trend.health_trend(reader, asking.of, key, trend.stretch_of(now, since, to), now))


@router.get("/weight", response_model=WeightTrend)
def get_weight_trend(asking: AthleteContext, since: From = None, to: To = None) -> Response:
    """Return the weighings of days, by default the last 90, with their trend and its rate."""
    with asking.app.database.read() as reader:
        now = today(reader, asking.of, asking.context.clock())
        return answer(entries.weight_trend(reader, asking.of, trend.stretch_of(now, since, to), now))


@router.get("/insights", response_model=HealthInsights)
def get_health_insights(asking: AthleteContext, day: AsOf = None) -> Response:
    """Return the answers to questions about the athlete's days, as of a day, by default today."""
    with asking.app.database.read() as reader:
        return answer(health_insights(reader, asking.of, day or today(reader, asking.of, asking.context.clock())))


@router.get("/entries", response_model=HealthEntries)
def list_health_entries(
    asking: AthleteContext,
    kind: Annotated[str | None, Query(max_length=60)] = None,
    since: From = None,
    to: To = None,
) -> Response:
    """Return what was entered by hand, the newest first."""
    with asking.app.database.read() as reader:
        stretch = trend.stretch_of(today(reader, asking.of, asking.context.clock()), since, to)
        return answer(entries.health_entries_of(reader, asking.of, kind, stretch))


@router.post("/entries", response_model=Made, status_code=201)
def add_health_entry(body: NewEntry, asking: AthleteContext) -> Response:
    """Enter a measurement."""
    at_ms = None if body.at is None else round(body.at.timestamp() * 1000)
    made = flow.add_entry(asking.context, asking.of, flow.Entry(body.kind, body.value, body.day, at_ms))
    return _made(asking, made, 201)


@router.patch("/entries/{entry}", response_model=Made, responses={404: {"model": Problem}})
def change_health_entry(entry: str, body: EntryChange, asking: AthleteContext) -> Response:
    """Replace an entry by one with other fields; restoring the old one takes that back."""
    fields: flow.EntryFields = {}
    if body.value is not None:
        fields["value"] = body.value
    if body.day is not None:
        fields["day"] = body.day
    if "at" in body.model_fields_set:
        fields["at_ms"] = None if body.at is None else round(body.at.timestamp() * 1000)
    return _made(asking, flow.change_entry(asking.context, asking.of, entry, fields))


@router.delete("/entries/{entry}", status_code=204, responses={404: {"model": Problem}})
def remove_health_entry(entry: str, asking: AthleteContext) -> Response:
    """Remove an entry; `restore` brings it back."""
    flow.remove_entry(asking.context, asking.of, entry)
    return Response(status_code=204)


@router.post("/entries/{entry}/restore", status_code=204, responses={404: {"model": Problem}})
def restore_health_entry(entry: str, asking: AthleteContext) -> Response:
    """Bring an entry back that was removed or replaced."""
    flow.restore_entry(asking.context, asking.of, entry)
    return Response(status_code=204)


@router.get("/notes", response_model=HealthNotes)
def list_health_notes(asking: AthleteContext, since: From = None, to: To = None) -> Response:
    """Return the notes of days, by default of the last 90, the newest first."""
    with asking.app.database.read() as reader:
        stretch = trend.stretch_of(today(reader, asking.of, asking.context.clock()), since, to)
        return answer(entries.health_notes_of(reader, asking.of, stretch))


@router.post("/notes", response_model=Made, status_code=201)
def add_health_note(body: NewNote, asking: AthleteContext) -> Response:
    """Note something of a day or of days."""
    note = flow.Note(body.kind, body.day, body.until or body.day, body.level, body.text)
    made = flow.add_note(asking.context, asking.of, note)
    return _made(asking, made, 201)


@router.patch("/notes/{note}", response_model=Made, responses={404: {"model": Problem}})
def change_health_note(note: str, body: NoteChange, asking: AthleteContext) -> Response:
    """Replace a note by one with other fields; restoring the old one takes that back."""
    fields: flow.NoteFields = {}
    if body.kind is not None:
        fields["kind"] = body.kind
    if body.day is not None:
        fields["day"] = body.day
    if body.until is not None:
        fields["until"] = body.until
    if "level" in body.model_fields_set:
        fields["level"] = body.level
    if "text" in body.model_fields_set:
        fields["text"] = body.text
    return _made(asking, flow.change_note(asking.context, asking.of, note, fields))


@router.delete("/notes/{note}", status_code=204, responses={404: {"model": Problem}})
def remove_health_note(note: str, asking: AthleteContext) -> Response:
    """Remove a note; `restore` brings it back."""
    flow.remove_note(asking.context, asking.of, note)
    return Response(status_code=204)


@router.post("/notes/{note}/restore", status_code=204, responses={404: {"model": Problem}})
def restore_health_note(note: str, asking: AthleteContext) -> Response:
    """Bring a note back that was removed or replaced."""
    flow.restore_note(asking.context, asking.of, note)
    return Response(status_code=204)


async def _message(request: Request) -> bytes:
    """Return what was sent; what is longer than any message is not read to its end."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise BadRequest(reason="The message is too long. Send fewer days at once.")
    return body


@router.post("/receive", response_model=Received)
def receive_health(body: Annotated[bytes, Depends(_message)], asking: AthleteContext) -> Response:
    """Take what an app of a phone sends: HC Webhook (Android) or Health Auto Export (iPhone)."""
    received: Received = {"app": keep_message(asking.context, asking.of, body)}
    asking.app.wake()
    return answer(received)


@router.post("/tables/preview", response_model=TablePreview)
def preview_health_table(
    body: Annotated[bytes, Depends(_message)],
    asking: AthleteContext,
    name: Annotated[str, Query(max_length=500)] = "table.csv",
) -> Response:
    """Return the first rows of a table of measurements, and which column would be taken for what; nothing is kept.

    A first line `#homestretch {"date": 0, "month_first": false, "columns": [[1, "weight_kg", 1.0]]}` chooses them.
    """
    return answer(table_preview(asking.of, body, name))


@router.get("/priorities", response_model=HealthPriorities)
def get_health_priorities(asking: AthleteContext) -> Response:
    """Return which sources are believed most, for all kinds and for single ones."""
    with asking.app.database.read() as reader:
        return answer(entries.health_priorities(reader, asking.of))


@router.put("/priorities/{kind}", response_model=HealthPriorities)
def set_health_priority(kind: str, body: PriorityBody, asking: AthleteContext) -> Response:
    """Set which sources are believed most of a kind, or of `all`; days are derived again at once."""
    flow.set_priority(asking.context, asking.of, "" if kind == "all" else kind, body.sources)
    return get_health_priorities(asking)


def _made(asking: AthleteRequest, public_id: str, status: int = 200) -> Response:
    document: Made = {"id": public_id}
    return answer(document, status)
