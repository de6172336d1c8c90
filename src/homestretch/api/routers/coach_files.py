"""What the coach has as one file: to keep, to take elsewhere, and to take in."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.errors import BadRequest
from homestretch.flow.coach.coach_file import MOST_BYTES
from homestretch.flow.coach.taking import take_in
from homestretch.model.documents.coach_files import CoachFile, CoachImport
from homestretch.views.coach.leaving.export import PARTS, Part, coach_file, coach_zip
from homestretch.views.kit.today import today

router = APIRouter(prefix="/api/coach", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {"export_coach": "coach: read", "import_coach": "coach: edit"}


@router.get(
    "/export",
    response_model=CoachFile,
    responses={200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}},
)
def export_coach(
    asking: AthleteContext,
    parts: Annotated[list[Part] | None, Query(max_length=4, description="By default all.")] = None,
    form: Annotated[Literal["json", "zip"], Query(alias="format")] = "json",
) -> Response:
    """Return rules, plans, workouts and planned routes as JSON, or as a zip with the routes as GPX beside it."""
    with asking.app.database.read() as reader:
        day = today(reader, asking.of, asking.context.clock())
        document = coach_file(reader, asking.of, parts or PARTS, day)
    if form == "json":
        return answer(document)
    headers = {"Content-Disposition": f'attachment; filename="coach-{day.isoformat()}.zip"'}
    return Response(coach_zip(document), media_type="application/zip", headers=headers)


@router.post("/import", response_model=CoachImport)
async def import_coach(
    request: Request,
    asking: AthleteContext,
    tried: Annotated[bool, Query(alias="try", description="Only say what would be added.")] = False,
) -> Response:
    """Add what the file in the body holds and is not there yet; its plans wait for approval."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MOST_BYTES:
            raise BadRequest(reason=f"A file of the coach has at most {MOST_BYTES // 1_000_000} MB.")
    return await run_in_threadpool(_take_in, asking, bytes(data), tried)


def _take_in(asking: AthleteRequest, data: bytes, tried: bool) -> Response:
    return answer(take_in(asking.context, asking.of, data, tried=tried))
