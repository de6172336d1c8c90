"""Photos of activities: listed, added, changed and removed; and the pictures that are made of them."""

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response
from starlette.concurrency import run_in_threadpool

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.json_response import answer
from homestretch.api.shapes.activities import PhotoChange, PhotoClockChange, PhotoOrder
from homestretch.api.shapes.base import BINARY, Problem
from homestretch.flow.photos import photos as flow
from homestretch.flow.photos.copies import picture_of
from homestretch.model.documents.photos import Photo, Photos
from homestretch.model.media.photos import MOST_BYTES, VERSION, media_type
from homestretch.views.activities.activity import resolve
from homestretch.views.page import photos as views

router = APIRouter(prefix="/api", tags=["photos"], responses={404: {"model": Problem}})
#: The right that each operation needs.
RIGHTS = {
    "list_photos": "photos: read",
    "add_photo": "photos: edit",
    "order_photos": "photos: edit",
    "set_photo_clock": "photos: edit",
    "change_photo": "photos: edit",
    "remove_photo": "photos: edit",
    "restore_photo": "photos: edit",
    "get_picture": "photos: read",
    "get_photo_original": "originals: read",
}

#: A picture never changes: another way of making it has another tag.
LASTING = "private, max-age=31536000, immutable"


@router.get("/activities/{activity}/photos", response_model=Photos)
def list_photos(activity: str, asking: AthleteContext) -> Response:
    """Return the photos of an activity, in their order."""
    return _list(asking, activity)


@router.post(
    "/activities/{activity}/photos",
    response_model=Photo,
    status_code=201,
    responses={409: {"model": Problem}, 413: {"model": Problem}, 422: {"model": Problem}},
)
async def add_photo(
    activity: str, request: Request, asking: AthleteContext, name: Annotated[str, Query(max_length=1000)] = "photo"
) -> Response:
    """Add a photo (the raw body: JPEG, PNG or WebP, at most 25 MB) to an activity.

    One that the activity has already is answered as it is; one that was removed is restored.
    """
    data = bytearray()
    async for part in request.stream():
        data += part
        if len(data) > MOST_BYTES:
            break  # the flow says so
    return await run_in_threadpool(_add, asking, activity, name, bytes(data))


@router.put("/activities/{activity}/photos/order", response_model=Photos)
def order_photos(activity: str, body: PhotoOrder, asking: AthleteContext) -> Response:
    """Put photos in this order, before those that are not named."""
    with asking.app.database.read() as reader:
        row = resolve(reader, asking.of, activity)
    flow.put_in_order(asking.context, asking.of, row, body.photos)
    return _list(asking, activity)


@router.put("/activities/{activity}/photos/clock", response_model=Photos)
def set_photo_clock(activity: str, body: PhotoClockChange, asking: AthleteContext) -> Response:
    """Set what is added to the clock of the camera that some photos were taken with."""
    with asking.app.database.read() as reader:
        row = resolve(reader, asking.of, activity)
    flow.set_clock(asking.context, asking.of, row, body.photos, body.clock_s)
    return _list(asking, activity)


@router.patch("/photos/{photo}", response_model=Photo)
def change_photo(photo: str, body: PhotoChange, asking: AthleteContext) -> Response:
    """Change a photo's caption, its camera's clock, or whether the map shows it."""
    flow.change(asking.context, asking.of, photo, body.model_dump(exclude_unset=True))
    return _one(asking, photo)


@router.delete("/photos/{photo}", status_code=204)
def remove_photo(photo: str, asking: AthleteContext) -> Response:
    """Remove a photo from its activity. It can be restored."""
    flow.remove(asking.context, asking.of, photo)
    return Response(status_code=204)


@router.post("/photos/{photo}/restore", response_model=Photo)
def restore_photo(photo: str, asking: AthleteContext) -> Response:
    """Show a removed photo again."""
    flow.restore(asking.context, asking.of, photo)
    return _one(asking, photo)


@router.get(
    "/photos/{photo}/pictures/{edge}",
    response_class=Response,
    responses={
        200: {"content": {"image/webp": {"schema": BINARY}}},
        304: {"description": "The picture is what the ETag says"},
    },
)
def get_picture(photo: str, edge: Literal["320", "1024", "2048"], request: Request, asking: AthleteContext) -> Response:
    """Return a photo as a WebP picture with this longer edge in px at most, of pixels alone."""
    with asking.app.database.read() as reader:
        found = views.photo_file(reader, asking.of, photo)
    headers = {"ETag": f'"{found.digest[:32]}-{edge}-{VERSION}"', "Cache-Control": LASTING}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    path = picture_of(asking.context, found.digest, found.name, int(edge), found.beside)
    return FileResponse(path, headers=headers, media_type="image/webp")


@router.get(
    "/photos/{photo}/original",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {"schema": BINARY}}}},
)
def get_photo_original(photo: str, asking: AthleteContext) -> Response:
    """Return the file of a photo, byte for byte as it came, with all that it says of when and where."""
    with asking.app.database.read() as reader:
        found = views.photo_original(reader, asking.of, photo)
    data = asking.context.archive.read(found.digest)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}"}
    return Response(data, headers=headers, media_type=media_type(data) or "application/octet-stream")


def _add(asking: AthleteRequest, activity: str, name: str, data: bytes) -> Response:
    with asking.app.database.read() as reader:
        row = resolve(reader, asking.of, activity)
    return _one(asking, flow.add(asking.context, asking.of, row, name, data), 201)


def _one(asking: AthleteRequest, photo: str, status: int = 200) -> Response:
    with asking.app.database.read() as reader:
        return answer(views.photo_shown(reader, asking.of, photo), status)


def _list(asking: AthleteRequest, activity: str) -> Response:
    with asking.app.database.read() as reader:
        return answer(views.photo_list(reader, asking.of, activity))
