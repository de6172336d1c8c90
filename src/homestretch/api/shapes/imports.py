"""Documents about imports."""

from typing import Literal

from pydantic import BaseModel, Field

from homestretch.api.shapes.base import Note, Shape


class DeclaredFile(Shape):
    """A file that is going to be sent."""

    path: str = Field(max_length=2000)
    size: int = Field(ge=0, le=1 << 50)


class NewBatch(Shape):
    """An import to start."""

    origin: Literal["upload"] = "upload"
    files: list[DeclaredFile] = Field(default=[], max_length=10_000)


class DeclaredFiles(Shape):
    """More files that are going to be sent."""

    files: list[DeclaredFile] = Field(max_length=10_000)


class Batch(BaseModel):
    """An import: where it stands, the counts of its files by status, and what they hold.

    Several `recordings` may be merged to one of the `activities`, which are counted as lists show them.
    """

    id: str
    origin: str
    state: Literal["receiving", "running", "done", "undone"]
    created_at: str
    finished_at: str | None
    counts: dict[str, int]
    files: int
    bytes: int
    bytes_received: int
    recordings: int
    activities: int
    merged: int
    rate_per_s: float | None
    eta_s: float | None
    note: str | None


class Item(BaseModel):
    """A file of an import and its status."""

    path: str
    status: Literal["expected", "arriving", "waiting", "imported", "duplicate", "skipped", "failed", "container"]
    size: int
    received: int
    activities: list[str]
    notes: list[Note]


class Received(BaseModel):
    """How much of a file is here."""

    path: str
    size: int
    received: int
    complete: bool
