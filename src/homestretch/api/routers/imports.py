"""Imports: declare files, send them in chunks, follow them, undo them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from homestretch.api.context import AthleteContext, AthleteRequest
from homestretch.api.shapes.base import Number, Problem
from homestretch.api.shapes.imports import DeclaredFiles, NewBatch
from homestretch.errors import BadRequest
from homestretch.flow.imports import batches as flow
from homestretch.model.documents.collections import Page
from homestretch.model.documents.imports import Batch, Item, ItemStatus, Received
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


@router.get("")
def list_imports(asking: AthleteContext, limit: Limit = 50, cursor: str | None = None) -> Page[Batch]:
    """Return imports, the newest first."""
    with asking.app.database.read() as reader:
        return views.batch_list(reader, asking.of, asking.context.clock(), limit, cursor)


@router.post("", status_code=201)
def open_import(body: NewBatch, asking: AthleteContext) -> Batch:
    """Start an import, with the files that are going to be sent."""
    number = flow.open_batch(asking.context, asking.of, body.origin)
    if body.files:
        flow.declare(asking.context, asking.of, number, [(file.path, file.size) for file in body.files])
    return _batch(asking, number)


@router.get("/{batch}")
def get_import(batch: Number, asking: AthleteContext) -> Batch:
    """Return where an import stands."""
    return _batch(asking, batch)


@router.post("/{batch}/files")
def declare_files(batch: Number, body: DeclaredFiles, asking: AthleteContext) -> Batch:
    """Declare more files that are going to be sent."""
    flow.declare(asking.context, asking.of, batch, [(file.path, file.size) for file in body.files])
    return _batch(asking, batch)


@router.get("/{batch}/items")
def list_items(
    batch: Number,
    asking: AthleteContext,
    status: ItemStatus | None = None,
    limit: Limit = 100,
    cursor: str | None = None,
) -> Page[Item]:
    """Return an import's files and the outcome of each."""
    with asking.app.database.read() as reader:
        return views.item_list(reader, asking.of, batch, status, limit=limit, cursor=cursor)


@router.put("/{batch}/upload", responses={409: {"model": Problem}})
async def upload(
    batch: Number,
    request: Request,
    asking: AthleteContext,
    path: Annotated[str, Query(max_length=2000)],
    size: Annotated[int, Query(ge=0, le=1 << 50)],
    offset: Annotated[int, Query(ge=0, le=1 << 50)] = 0,
) -> Received:
    """Send a chunk (the raw body, at most 8 MiB) of a file, going on where the last one ended."""
    chunk = bytearray()
    async for part in request.stream():
        chunk += part
        if len(chunk) > flow.CHUNK:
            raise BadRequest(reason="A chunk can have at most 8 MiB.")
    return await run_in_threadpool(_receive, asking, batch, path, size, offset, bytes(chunk))


@router.post("/{batch}/close")
def close_import(batch: Number, asking: AthleteContext) -> Batch:
    """Close an import: nothing more will be sent."""
    flow.close(asking.context, asking.of, batch)
    return _batch(asking, batch)


@router.post("/{batch}/undo")
def undo_import(batch: Number, asking: AthleteContext) -> Batch:
    """Take the import back; its bytes stay in the archive."""
    flow.undo(asking.context, asking.of, batch)
    return _batch(asking, batch)


@router.post("/{batch}/redo")
def redo_import(batch: Number, asking: AthleteContext) -> Batch:
    """Bring an undone import again."""
    flow.redo(asking.context, asking.of, batch)
    asking.app.wake()
    return _batch(asking, batch)


def _receive(asking: AthleteRequest, batch: int, path: str, size: int, offset: int, chunk: bytes) -> Received:
    received = flow.receive(asking.context, asking.of, batch, path, size, offset, chunk)
    return {"path": path, "size": size, "received": received, "complete": received == size}


def _batch(asking: AthleteRequest, number: int) -> Batch:
    with asking.app.database.read() as reader:
        return views.batch(reader, asking.of, number, asking.context.clock())
