"""The API's shapes of differences between sources, and of changes that may be made there."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from homestretch.api.shapes.activities import ActivityItem
from homestretch.api.shapes.base import Page, Shape

Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Number = Annotated[str, Field(pattern=r"^\d{1,18}$")]
Value = str | float | None


class ComparedSource(BaseModel):
    """A column of the grid: a connection, what can be changed there, and whether it was not asked for a week.

    Where it `takes_files`, a new activity there is made from a recording. Its values may be set here where we may keep
    them for good (`keeps`).
    """

    connection: str
    source: str
    name: str
    label: str
    writes: list[str]
    takes_files: bool
    keeps: bool
    stale: bool


class ComparedField(BaseModel):
    """A field's values here and there; for gear the source's key, with names to show."""

    here: Value
    there: Value
    here_name: str | None = None
    there_name: str | None = None
    same: bool


class ComparedCell(BaseModel):
    """An activity at a source: `ok`, it `differs`, or it is `missing` there or was `deleted` there.

    It is `unknown` where the source's list is not whole, or may not be kept any longer. It is `fetchable` where the
    source's own recording could be here and is not.
    """

    state: Literal["ok", "differs", "missing", "deleted", "unknown"]
    key: str | None
    url: str | None
    stale: bool
    fetchable: bool
    fields: dict[str, ComparedField]


class ComparedItem(BaseModel):
    """An activity, and by connection each source's values."""

    activity: ActivityItem
    cells: dict[str, ComparedCell]


class OnlyThere(BaseModel):
    """What a source has and we have not, or do not recognise."""

    connection: str
    source: str
    key: str
    day: str
    name: str | None
    sport: str | None
    distance_m: float | None
    elapsed_s: float | None
    state: str
    url: str | None


class Compared(BaseModel):
    """The grid of a month, or the row of an activity."""

    month: str
    sources: list[ComparedSource]
    items: list[ComparedItem]
    others: list[OnlyThere]


class Proposal(BaseModel):
    """A change at a provider that awaits a decision, or its outcome.

    Once applied, a change that is not `reversible` can't be undone from here; an applied one that can be is `undoable`.
    """

    id: str
    connection: str
    source: str
    source_name: str
    activity: str | None
    activity_name: str | None
    start: str | None
    key: str
    url: str | None
    field: str
    before: Any
    after: Any
    state: str
    note: str | None
    made: str
    decided: str | None
    applied: str | None
    reversible: bool
    undoable: bool


class ProposalPage(Page[Proposal]):
    """Proposals, the newest first."""


class NewProposals(Shape):
    """Propose the changes that give sources our values: of a month or an activity, for some connections or fields."""

    month: Month | None = None
    activity: str | None = None
    connections: list[str] = Field(default=[], max_length=50)
    fields: list[str] = Field(default=[], max_length=10)


class Numbers(Shape):
    """Proposals, by number."""

    ids: Annotated[list[Number], Field(min_length=1, max_length=500)]
