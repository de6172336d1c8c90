"""The report of taking over another system's data."""

from typing import TypedDict


class TakeoverCount(TypedDict):
    """Things of one kind: how many are `new`, were `here` already, and `failed`."""

    what: str
    new: int
    here: int
    failed: int


class TakeoverFailure(TypedDict):
    """One thing that could not come over, by its name, and why."""

    what: str
    name: str
    why: str


class TakeoverLeft(TypedDict):
    """So many things that stay behind, and why."""

    what: str
    count: int
    why: str


class TakeoverReport(TypedDict):
    """What came over from a system, or would where it is only `tried`; `batch` is the import that undoes the files."""

    system: str
    tried: bool
    counts: list[TakeoverCount]
    failed: list[TakeoverFailure]
    left: list[TakeoverLeft]
    batch: str | None
