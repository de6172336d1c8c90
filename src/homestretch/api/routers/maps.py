"""Background maps of one's own: files of map tiles, of which a browser asks for ranges of bytes."""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response, StreamingResponse
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from homestretch.api.context import ByCaller
from homestretch.api.middleware import HEAD_ONLY
from homestretch.api.shapes.base import BINARY, Problem
from homestretch.maps.files import open_map

router = APIRouter(prefix="/api/maps", tags=["settings"])
#: The right that each operation needs.
RIGHTS = {
    "get_map": "server: read",
}

MEDIA_TYPE = "application/vnd.pmtiles"
CHUNK = 1 << 20
#: One range: the others that a request may ask for (RFC 9110, 14.2) no map does, and it gets the whole file.
_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


@router.get(
    "/{name}",
    response_class=Response,
    responses={
        200: {"content": {MEDIA_TYPE: {"schema": BINARY}}},
        206: {"description": "The range that was asked for", "content": {MEDIA_TYPE: {"schema": BINARY}}},
        304: {"description": "The file is what the ETag says"},
        416: {"model": Problem, "description": "The range begins behind the end of the file"},
    },
)
def get_map(name: Annotated[str, Path(max_length=300)], request: Request, asking: ByCaller) -> Response:
    """Return a background map from the folder `maps`, or one range of its bytes."""
    with ExitStack() as closing:
        file = closing.enter_context(open_map(asking.app.settings.maps_dir, name))
        state = os.fstat(file.fileno())
        size, tag = state.st_size, f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
        headers = {"ETag": tag, "Accept-Ranges": "bytes", "Cache-Control": "private, no-cache"}
        if _names(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        only_head = HEAD_ONLY in request.scope  # to which no range applies
        ranged = not only_head and request.headers.get("if-range", tag) == tag
        span = _span(request.headers.get("range", ""), size) if ranged else None
        if span is not None and not span:
            raise HTTPException(
                416, f"The range is outside the file, which has {size} bytes.", {"Content-Range": f"bytes */{size}"}
            )
        where = range(size) if span is None else span
        # Tiles are compressed already: marked here, so that nothing compresses them again.
        headers |= {"Content-Length": str(len(where)), "Content-Encoding": "identity"}
        if only_head:
            return Response(headers=headers, media_type=MEDIA_TYPE)
        if span is not None:
            headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{size}"
        closing.pop_all()
        return _Part(file, where, 200 if span is None else 206, headers)


def _names(header: str, tag: str) -> bool:
    """Return whether a list of ETags holds this one, or stands for any."""
    return header.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in header.split(","))


def _span(asked: str, size: int) -> range | None:
    """Return the bytes that a Range asks for: none of them where it begins behind the end; None for no single range."""
    match = _RANGE.fullmatch(asked.strip())
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        return range(max(0, size - int(suffix)), size)
    if last and int(last) < int(first):
        return None
    return range(min(int(first), size), min(int(last) + 1, size) if last else size)


class _Part(StreamingResponse):
    """A range of a file's bytes; whatever becomes of the one who asked, the file is closed."""

    def __init__(self, file: BinaryIO, where: range, status: int, headers: dict[str, str]) -> None:
        super().__init__(_chunks(file, where), status, headers, MEDIA_TYPE)
        self.file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self.file:
            await super().__call__(scope, receive, send)


def _chunks(file: BinaryIO, where: range) -> Iterator[bytes]:
    file.seek(where.start)
    left = len(where)
    while left and (data := file.read(min(CHUNK, left))):
        left -= len(data)
        yield data
