"""Activities: listed, shown, changed, deleted, entered by hand, and downloaded as files."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from sqlalchemy import Row

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.filter_query import Wanted
from homestretch.api.json_response import answer, as_file
from homestretch.api.shapes.activities import ActivityChange, NewActivity
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.numbers import RecordChange
from homestretch.errors import HomestretchError
from homestretch.flow.edit import edits
from homestretch.flow.imports.manual_entry import enter
from homestretch.model.documents.activity import (
    Activity,
    ActivitySummary,
    FilterChoices,
    ListedActivity,
    Neighbours,
    Streams,
)
from homestretch.model.documents.analysis import Analysis
from homestretch.model.documents.collections import Page
from homestretch.views.activities import activities as lists
from homestretch.views.activities import activity as views
from homestretch.views.activities.export import gpx_of
from homestretch.views.activities.streams import streams_json
from homestretch.views.exports.activity_archive import Contents, archive_of
from homestretch.views.exports.activity_table import table_of
from homestretch.views.lists.neighbours import neighbours
from homestretch.views.page.activity_analysis import analysis_of

router = APIRouter(prefix="/api/activities", tags=["activities"])
#: The right that each operation needs.
RIGHTS = {
    "list_activities": "activities: read",
    "summarise_activities": "activities: read",
    "list_filter_choices": "activities: read",
    "export_activity_table": "activities: read",
    "export_activity_files": "activities: read",
    "enter_activity": "activities: edit",
    "get_activity": "activities: read",
    "change_activity": "activities: edit",
    "refuse_record": "activities: edit",
    "delete_activity": "activities: edit",
    "restore_activity": "activities: edit",
    "undo_last_edit": "activities: edit",
    "get_neighbours": "activities: read",
    "get_streams": "activities: read",
    "get_analysis": "activities: read",
    "get_original": "originals: read",
    "get_gpx": "activities: read",
}

type Limit = Annotated[int, Query(ge=1, le=500)]

#: How OpenAPI describes bytes.
BYTES = {"schema": {"type": "string", "format": "binary"}}


class Changed(HomestretchError):
    """Someone changed this activity. Review the new version and try again."""

    status = 412


@router.get("", response_model=Page[ListedActivity])
def list_activities(
    asking: AthleteContext,
    what: Wanted,
    sort: str = "-start",
    limit: Limit = 100,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Return a page of activities; legs of a multisport are shown through it."""
    with asking.app.database.read() as reader:
        return answer(lists.activity_list(reader, asking.of, what, sort, limit, cursor))


@router.get("/summary", response_model=ActivitySummary)
def summarise_activities(asking: AthleteContext, what: Wanted) -> Response:
    """Return counts and sums of the filtered activities."""
    with asking.app.database.read() as reader:
        return answer(lists.activity_summary(reader, asking.of, what))


@router.get("/choices", response_model=FilterChoices)
def list_filter_choices(asking: AthleteContext) -> Response:
    """Return what there is to filter activities by: tags, workout types, sources."""
    with asking.app.database.read() as reader:
        return answer(lists.filter_choices(reader, asking.of))


@router.get("/table.csv", response_class=Response, responses={200: {"content": {"text/csv": BYTES}}})
def export_activity_table(asking: AthleteContext, what: Wanted, sort: str = "-start") -> Response:
    """Return the filtered list as CSV in UTF-8, SI units."""
    lines = table_of(asking.app.database, asking.of, what, sort)
    return StreamingResponse(lines, media_type="text/csv", headers=as_file("activities.csv"))


@router.get("/files.zip", response_class=Response, responses={200: {"content": {"application/zip": BYTES}}})
def export_activity_files(asking: AthleteContext, what: Wanted, contents: Contents = "originals") -> Response:
    """Return the originals of the filtered activities, or their tracks as GPX, as a zip; a list says what is left out.

    Originals need the right to see them.
    """
    with asking.app.database.read() as reader:
        ids = lists.matching_ids(reader, asking.of, what)
    parts = archive_of(asking.app.database, asking.context.archive, asking.of, ids, contents)
    return StreamingResponse(parts, media_type="application/zip", headers=as_file(f"{contents}.zip"))


@router.post("", response_model=Activity, status_code=201)
def enter_activity(
    body: NewActivity,
    asking: AthleteContext,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """Enter an activity by hand; the same Idempotency-Key enters it once."""
    public_id = enter(asking.context, asking.of, body.model_dump(), idempotency_key)
    return _activity(asking, public_id, status=201)


@router.get("/{activity}", response_model=Activity, responses={404: {"model": Problem}})
def get_activity(activity: str, request: Request, asking: AthleteContext) -> Response:
    """Return an activity whole; the id of any recording in it leads to it."""
    with asking.app.database.read() as reader:
        found, tag = views.tagged(reader, asking.of, activity)
    if found["id"] != activity:
        return RedirectResponse(str(request.url).replace(f"/{activity}", f"/{found['id']}", 1), 307)
    if {tag, "*"} & set(_tags(request.headers.get("if-none-match", ""))):
        return Response(status_code=304, headers={"ETag": tag})
    return answer(found, headers={"ETag": tag})


@router.patch("/{activity}", response_model=Activity, responses={412: {"model": Problem}})
def change_activity(
    activity: str, body: ActivityChange, asking: AthleteContext, if_match: Annotated[str | None, Header()] = None
) -> Response:
    """Change fields of an activity; with If-Match only if it still is what you saw."""
    row = _row(asking, activity)
    if if_match is not None and not any(tag == "*" or views.is_of(tag, views.revision(row)) for tag in _tags(if_match)):
        raise Changed
    edits.change(asking.context, asking.of, row.id, body.model_dump(exclude_unset=True))
    return _activity(asking, activity)


@router.put("/{activity}/refused", response_model=Activity)
def refuse_record(activity: str, body: RecordChange, asking: AthleteContext) -> Response:
    """Refuse a quantity of an activity, such as its power, as a record, or accept it again."""
    edits.refuse(asking.context, asking.of, _row(asking, activity).id, body.quantity, refused=body.refused)
    return _activity(asking, activity)


@router.delete("/{activity}", status_code=204)
def delete_activity(activity: str, asking: AthleteContext, for_good: bool = False) -> Response:
    """Delete an activity so that it can be restored, or for good, bytes and all."""
    act = edits.remove_for_good if for_good else edits.remove
    act(asking.context, asking.of, _row(asking, activity).id)
    return Response(status_code=204)


@router.post("/{activity}/restore", response_model=Activity)
def restore_activity(activity: str, asking: AthleteContext) -> Response:
    """Show a deleted activity again."""
    edits.restore(asking.context, asking.of, _row(asking, activity).id)
    return _activity(asking, activity)


@router.post("/{activity}/undo", response_model=Activity)
def undo_last_edit(activity: str, asking: AthleteContext) -> Response:
    """Undo the last edit of the activity."""
    edits.undo_last(asking.context, asking.of, _row(asking, activity).id)
    return _activity(asking, activity)


@router.get("/{activity}/neighbours", response_model=Neighbours)
def get_neighbours(activity: str, asking: AthleteContext, what: Wanted) -> Response:
    """Return the activities before and after this one, by start, among the filtered ones."""
    with asking.app.database.read() as reader:
        row = views.resolve(reader, asking.of, activity)
        return answer(neighbours(reader, asking.of, what, row))


@router.get("/{activity}/streams", response_model=Streams)
def get_streams(
    activity: str,
    asking: AthleteContext,
    channels: Annotated[str | None, Query(max_length=2000)] = None,
    points: Annotated[int | None, Query(ge=2, le=1_000_000)] = None,
) -> Response:
    """Return the activity's samples, all of them unless `points` bounds their number."""
    row = _row(asking, activity)
    keys = None if channels is None else [key for key in channels.split(",") if key]
    with asking.app.database.read() as reader:
        body = streams_json(reader, asking.of, row, keys, points)
    return Response(body, media_type="application/json")


@router.get("/{activity}/analysis", response_model=Analysis)
def get_analysis(activity: str, asking: AthleteContext, imperial: bool = False) -> Response:
    """Return what was computed of the activity: metrics, zones, climbs, intervals, splits (miles if `imperial`), …"""
    with asking.app.database.read() as reader:
        row = views.resolve(reader, asking.of, activity)
        return answer(analysis_of(reader, asking.of, row, imperial))


@router.get(
    "/{activity}/original",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": BYTES}}, 404: {"model": Problem}},
)
def get_original(activity: str, asking: AthleteContext, recording: str | None = None) -> Response:
    """Return the original file of a recording, byte for byte as it came."""
    with asking.app.database.read() as reader:
        digest, name = views.original_of(reader, asking.of, activity, recording)
    data = asking.context.archive.read(digest)
    return StreamingResponse(iter((data,)), media_type="application/octet-stream", headers=as_file(name))


@router.get(
    "/{activity}/gpx",
    response_class=Response,
    responses={200: {"content": {"application/gpx+xml": BYTES}}, 404: {"model": Problem}},
)
def get_gpx(activity: str, asking: AthleteContext) -> Response:
    """Return the activity as GPX 1.1."""
    row = _row(asking, activity)
    with asking.app.database.read() as reader:
        data = gpx_of(reader, asking.of, row)
    return Response(data, media_type="application/gpx+xml", headers=as_file(f"{row.public_id}.gpx"))


def _tags(header: str) -> list[str]:
    """Return the tags of If-Match or If-None-Match; proxies that pack answers make them weak."""
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]


def _row(asking: AthleteRequest, public_id: str) -> Row[Any]:
    with asking.app.database.read() as reader:
        return views.resolve(reader, asking.of, public_id)


def _activity(asking: AthleteRequest, public_id: str, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        found, tag = views.tagged(reader, asking.of, public_id)
    return answer(found, status, {"ETag": tag})
