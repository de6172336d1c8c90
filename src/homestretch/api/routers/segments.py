"""Segments: drawn, imported, named, deleted; their times."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.base import Problem
from homestretch.api.shapes.places import NewSegment, SegmentChange
from homestretch.errors import BadRequest
from homestretch.flow.edit import segments as flow
from homestretch.model.documents.collections import Listing
from homestretch.model.documents.places import SegmentItem, SegmentWhole
from homestretch.views.activities.activity import resolve
from homestretch.views.places.segments import segment_list, segment_whole

router = APIRouter(prefix="/api/segments", tags=["segments"])
#: The right that each operation needs.
RIGHTS = {
    "list_segments": "segments: read",
    "draw_segment": "segments: edit",
    "import_segment": "segments: edit",
    "get_segment": "segments: read",
    "rename_segment": "segments: edit",
    "delete_segment": "segments: edit",
    "restore_segment": "segments: edit",
}

#: A file with a segment is no larger than this, in bytes.
LARGEST = 20_000_000


@router.get("", response_model=Listing[SegmentItem])
def list_segments(asking: AthleteContext) -> Response:
    """Return the athlete's segments, the newest first."""
    with asking.app.database.read() as reader:
        return answer({"items": segment_list(reader, asking.of)})


@router.post("", response_model=SegmentWhole, status_code=201)
def draw_segment(body: NewSegment, asking: AthleteContext) -> Response:
    """Draw a segment along a stretch of an activity; its times are looked for in the background."""
    with asking.app.database.read() as reader:
        activity_id = resolve(reader, asking.of, body.activity).id
    made = flow.draw(asking.context, asking.of, activity_id, body.name, body.start_s, body.end_s)
    return _whole(asking, made, status=201)


@router.post("/file", response_model=SegmentWhole, status_code=201)
async def import_segment(
    request: Request,
    asking: AthleteContext,
    family: Annotated[str, Query(max_length=20)],
    file: Annotated[str, Query(max_length=200)] = "segment.gpx",
    name: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Take the track in the body, a GPX or another file with places, as a segment."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST:
            raise BadRequest(reason=f"A segment's file has at most {LARGEST // 1_000_000} MB.")
    return await run_in_threadpool(_import, asking, bytes(data), file, family, name)


@router.get("/{segment}", response_model=SegmentWhole, responses={404: {"model": Problem}})
def get_segment(
    segment: str,
    asking: AthleteContext,
    since: Annotated[date | None, Query(alias="from")] = None,
    until: Annotated[date | None, Query(alias="to")] = None,
) -> Response:
    """Return a segment with its times, ranked."""
    with asking.app.database.read() as reader:
        return answer(segment_whole(reader, asking.of, segment, since, until))


@router.patch("/{segment}", response_model=SegmentWhole)
def rename_segment(segment: str, body: SegmentChange, asking: AthleteContext) -> Response:
    """Give a segment another name."""
    flow.rename(asking.context, asking.of, segment, body.name)
    return _whole(asking, segment)


@router.delete("/{segment}", status_code=204)
def delete_segment(segment: str, asking: AthleteContext) -> Response:
    """Delete a segment; `restore` brings it back."""
    flow.remove(asking.context, asking.of, segment)
    return Response(status_code=204)


@router.post("/{segment}/restore", response_model=SegmentWhole)
def restore_segment(segment: str, asking: AthleteContext) -> Response:
    """Bring a deleted segment back."""
    flow.restore(asking.context, asking.of, segment)
    return _whole(asking, segment)


def _import(asking: AthleteRequest, data: bytes, file: str, family: str, name: str | None) -> Response:
    return _whole(asking, flow.from_gpx(asking.context, asking.of, data, file, family, name), status=201)


def _whole(asking: AthleteRequest, segment: str, status: int = 200) -> Response:
    asking.app.wake()
    with asking.app.database.read() as reader:
        return answer(segment_whole(reader, asking.of, segment), status)
