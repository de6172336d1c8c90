"""Documents about imports."""

from typing import Literal, TypedDict

from homestretch.model.documents.notes import Note

ItemStatus = Literal["expected", "arriving", "waiting", "imported", "duplicate", "skipped", "failed", "container"]


class ItemCounts(TypedDict):
    """How many files of an import are in each state; a container counts as what is in it."""

    expected: int
    arriving: int
    waiting: int
    imported: int
    duplicate: int
    skipped: int
    failed: int


class Batch(TypedDict):
    """An import: where it stands, the counts of its files by status, and what they hold.

    Several `recordings` may be merged to one of the `activities`, which are counted as lists show them; of so many
    `days` the files have health data.
    """

    id: str
    origin: str
    state: Literal["receiving", "running", "done", "undone"]
    created_at: str
    finished_at: str | None
    counts: ItemCounts
    files: int
    bytes: int
    bytes_received: int
    recordings: int
    activities: int
    merged: int
    days: int
    rate_per_s: float | None
    eta_s: float | None
    note: str | None


class Reported(TypedDict):
    """A file of an import as its report names it: its outcome, its activities, and notes."""

    path: str
    status: ItemStatus
    activities: list[str]
    notes: list[Note]


class Item(Reported):
    """A file of an import and its status; of its `size` in bytes so many are `received`."""

    size: int
    received: int


class Made(TypedDict, total=False):
    """What an import's files hold: recordings in activities, of which some were merged, and days of health data."""

    recordings: int
    activities: int
    merged: int
    days: int


class ImportReport(Made):
    """What an import came to, file by file; one that was only tried has no `batch` and made nothing."""

    batch: str | None
    files: int
    imported: int
    skipped: int
    failed: int
    duplicates: int
    items: list[Reported]


class Received(TypedDict):
    """How much of a file is here."""

    path: str
    size: int
    received: int
    complete: bool
