"""Differences between sources, and the changes that would end them."""

from typing import Literal, NotRequired, TypedDict

from homestretch.model.documents.activity import ActivityItem
from homestretch.model.documents.collections import Page

#: What a field says; of gear that is a key.
Value = str | float | None


class ComparedSource(TypedDict):
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


class ComparedField(TypedDict):
    """A field's values here and there; for gear the source's key, with names to show."""

    here: Value
    there: Value
    here_name: NotRequired[str | None]
    there_name: NotRequired[str | None]
    same: bool


class ComparedCell(TypedDict):
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


class ComparedItem(TypedDict):
    """An activity, and by connection each source's values."""

    activity: ActivityItem
    cells: dict[str, ComparedCell]


class OnlyThere(TypedDict):
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


class Compared(TypedDict):
    """The grid of a month, or the row of an activity."""

    month: str
    sources: list[ComparedSource]
    items: list[ComparedItem]
    others: list[OnlyThere]


class Proposal(TypedDict):
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
    before: Value
    after: Value
    state: str
    note: str | None
    made: str
    decided: str | None
    applied: str | None
    reversible: bool
    undoable: bool


#: Proposals, the newest first.
type ProposalPage = Page[Proposal]
