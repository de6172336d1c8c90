"""The library of workouts: templates and the athlete's own, built by hand or read from files, and as files."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer, as_file
from homestretch.api.shapes.base import BINARY, Problem
from homestretch.api.shapes.coach.workouts import WorkoutShape
from homestretch.errors import BadRequest
from homestretch.flow.coach import workouts as flow
from homestretch.model.documents.coach_workouts import WorkoutItem, WorkoutWhole
from homestretch.model.documents.collections import Listing
from homestretch.views.coach import workouts as views
from homestretch.views.kit.today import today

router = APIRouter(prefix="/api/coach/workouts", tags=["coach"])
#: The right that each operation needs.
RIGHTS = {
    "list_workouts": "coach: read",
    "add_workout": "coach: edit",
    "preview_workout": "coach: read",
    "import_workout": "coach: edit",
    "get_workout": "coach: read",
    "change_workout": "coach: edit",
    "remove_workout": "coach: edit",
    "restore_workout": "coach: edit",
    "get_workout_file": "coach: read",
}
type Day = Annotated[date | None, Query(alias="date")]
type Repeats = Annotated[int | None, Query(ge=1, le=200)]
type Minutes = Annotated[int | None, Query(ge=1, le=2160)]
type Word = Annotated[str | None, Query(max_length=40)]
type Suffix = Literal["fit", "zwo", "erg", "mrc", "txt", "json"]


@router.get("", response_model=Listing[WorkoutItem])
def list_workouts(asking: AthleteContext, sport: Word = None, purpose: Word = None, day: Day = None) -> Response:
    """Return the athlete's own workouts, the newest first, and the templates."""
    with asking.app.database.read() as reader:
        day = day or today(reader, asking.of, asking.context.clock())
        return answer({"items": views.workout_list(reader, asking.of, day, sport, purpose)})


@router.post("", response_model=WorkoutWhole, status_code=201)
def add_workout(body: WorkoutShape, asking: AthleteContext) -> Response:
    """Keep a workout."""
    return _whole(asking, flow.add(asking.context, asking.of, body.noun(), body.hard), status=201)


@router.post("/preview", response_model=WorkoutWhole)
def preview_workout(body: WorkoutShape, asking: AthleteContext, day: Day = None) -> Response:
    """Return what a workout comes to on a day, without keeping it."""
    with asking.app.database.read() as reader:
        day = day or today(reader, asking.of, asking.context.clock())
        return answer(views.preview(reader, asking.of, body.noun(), day))


@router.post("/file", response_model=Listing[WorkoutWhole], status_code=201)
async def import_workout(
    request: Request,
    asking: AthleteContext,
    file: Annotated[str, Query(max_length=200)] = "workout",
    name: Annotated[str | None, Query(max_length=200)] = None,
    sport: Word = None,
) -> Response:
    """Read the workouts of the file in the body into the library."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > flow.MOST_BYTES:
            raise BadRequest(reason=f"A workout's file has at most {flow.MOST_BYTES // 1_000_000} MB.")
    return await run_in_threadpool(_import, asking, bytes(data), file, name, sport)


@router.get("/{workout}", response_model=WorkoutWhole, responses={404: {"model": Problem}})
def get_workout(
    workout: str, asking: AthleteContext, repeats: Repeats = None, minutes: Minutes = None, day: Day = None
) -> Response:
    """Return a workout with its steps, and its targets by the thresholds of a day."""
    with asking.app.database.read() as reader:
        now = today(reader, asking.of, asking.context.clock())
        return answer(views.workout_whole(reader, asking.of, workout, now, repeats, minutes, day))


@router.put("/{workout}", response_model=WorkoutWhole)
def change_workout(workout: str, body: WorkoutShape, asking: AthleteContext) -> Response:
    """Replace an own workout; it keeps its id."""
    flow.change(asking.context, asking.of, workout, body.noun(), body.hard)
    return _whole(asking, workout)


@router.delete("/{workout}", status_code=204)
def remove_workout(workout: str, asking: AthleteContext) -> Response:
    """Remove an own workout; `restore` brings it back."""
    flow.remove(asking.context, asking.of, workout)
    return Response(status_code=204)


@router.post("/{workout}/restore", response_model=WorkoutWhole)
def restore_workout(workout: str, asking: AthleteContext) -> Response:
    """Bring a removed workout back."""
    flow.restore(asking.context, asking.of, workout)
    return _whole(asking, workout)


@router.get(
    "/{workout}/file.{suffix}",
    response_class=Response,
    responses={
        200: {"content": {"application/octet-stream": {"schema": BINARY}}},
        404: {"model": Problem},
        422: {"model": Problem},
    },
)
def get_workout_file(
    workout: str,
    suffix: Suffix,
    asking: AthleteContext,
    repeats: Repeats = None,
    minutes: Minutes = None,
    day: Day = None,
) -> Response:
    """Return a workout as a file for a trainer, a watch or a service; targets are by the thresholds of a day."""
    with asking.app.database.read() as reader:
        now = asking.context.clock()
        key = views.format_by_suffix(suffix)
        local = today(reader, asking.of, now)
        made = views.workout_file(reader, asking.of, workout, key, local, now, repeats, minutes, day)
    return Response(made.data, media_type=made.media_type, headers=as_file(made.name))


def _import(asking: AthleteRequest, data: bytes, file: str, name: str | None, sport: str | None) -> Response:
    found = flow.import_file(asking.context, asking.of, data, file, name=name, sport=sport)
    with asking.app.database.read() as reader:
        day = today(reader, asking.of, asking.context.clock())
        return answer({"items": [views.workout_whole(reader, asking.of, one, day) for one in found]}, 201)


def _whole(asking: AthleteRequest, workout: str, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        day = today(reader, asking.of, asking.context.clock())
        return answer(views.workout_whole(reader, asking.of, workout, day), status)
