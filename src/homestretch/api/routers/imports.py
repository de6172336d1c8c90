"""Imports: declare files, send them in chunks, follow them, undo them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.shapes.base import Number, Page, Problem
from homestretch.api.shapes.imports import Batch, DeclaredFiles, Item, NewBatch, Received
from homestretch.errors import BadRequest
from homestretch.flow.imports import batches as flow
from homestretch.views.system import imports as views

router = APIRouter(prefix="/api/imports", tags=["imports"])
#: The right that each operation needs.
RIGHTS = {
    "list_imports": "imports: read",
    "open_import": "imports: write",
    "get_import": "imports: read",
    "declare_files": "imports: write",
    "list_items": "imports: read",
    "upload": "imports: write",
    "close_import": "imports: write",
    "undo_import": "imports: write",
    "redo_import": "imports: write",
}

type Limit = Annotated[int, Query(ge=1, le=500)]
type Status = Literal["expected", "arriving", "waiting", "imported", "duplicate", "skipped", "failed", "container"]


@router.get("", response_model=Page[Batch])
def list_imports(asking: AthleteContext, limit: Limit = 50, cursor: str | None = None) -> object:
    """Return imports, the newest first."""
    with asking.app.database.read() as reader:
        return views.batch_list(reader, asking.of, asking.context.clock(), limit, cursor)


@router.post("", response_model=Batch, status_code=201)
def open_import(body: NewBatch, asking: AthleteContext) -> object:
    """Start an import, with the files that are going to be sent."""
    number = flow.open_batch(asking.context, asking.of, body.origin)
    if body.files:
        flow.declare(asking.context, asking.of, number, [(file.path, file.size) for file in body.files])
    return _batch(asking, number)


@router.get("/{batch}", response_model=Batch)
def get_import(batch: Number, asking: AthleteContext) -> object:
    """Return where an import stands."""
    return _batch(asking, batch)


@router.post("/{batch}/files", response_model=Batch)
def declare_files(batch: Number, body: DeclaredFiles, asking: AthleteContext) -> object:
    """Declare more files that are going to be sent."""
    flow.declare(asking.context, asking.of, batch, [(file.path, file.size) for file in body.files])
    return _batch(asking, batch)


@router.get("/{batch}/items", response_model=Page[Item])
def list_items(
    batch: Number, asking: AthleteContext, status: Status | None = None, limit: Limit = 100, cursor: str | None = None
) -> object:
    """Return an import's files and the outcome of each."""
    with asking.app.database.read() as reader:
        return views.item_list(reader, asking.of, batch, status, limit=limit, cursor=cursor)


@router.put("/{batch}/upload", response_model=Received, responses={409: {"model": Problem}})
async def upload(
    batch: Number,
    request: Request,
    asking: AthleteContext,
    path: Annotated[str, Query(max_length=2000)],
    size: Annotated[int, Query(ge=0, le=1 << 50)],
    offset: Annotated[int, Query(ge=0, le=1 << 50)] = 0,
) -> object:
    """Send a chunk (the raw body, at most 8 MiB) of a file, going on where the last one ended."""
    chunk = bytearray()
    async for part in request.stream():
        chunk += part
        if len(chunk) > flow.CHUNK:
            raise BadRequest(reason="A chunk can have at most 8 MiB.")
    return await run_in_threadpool(_receive, asking, batch, path, size, offset, bytes(chunk))


@router.post("/{batch}/close", response_model=Batch)
def close_import(batch: Number, asking: AthleteContext) -> object:
    """Close an import: nothing more will be sent."""
    flow.close(asking.context, asking.of, batch)
    return _batch(asking, batch)


@router.post("/{batch}/undo", response_model=Batch)
def undo_import(batch: Number, asking: AthleteContext) -> object:
    """Take the import back; its bytes stay in the archive."""
    flow.undo(asking.context, asking.of, batch)
    return _batch(asking, batch)


@router.post("/{batch}/redo", response_model=Batch)
def redo_import(batch: Number, asking: AthleteContext) -> object:
    """Bring an undone import again."""
    flow.redo(asking.context, asking.of, batch)
    asking.app.wake()
    return _batch(asking, batch)


def _receive(asking: AthleteRequest, batch: int, path: str, size: int, offset: int, chunk: bytes) -> dict[str, object]:
    received = flow.receive(asking.context, asking.of, batch, path, size, offset, chunk)
    return {"path": path, "size": size, "received": received, "complete": received == size}


def _batch(asking: AthleteRequest, number: int) -> dict[str, object]:
    with asking.app.database.read() as reader:
        return views.batch(reader, asking.of, number, asking.context.clock())
