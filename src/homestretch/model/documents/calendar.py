"""The calendar: months with what was done in them, and where each source stands with them."""

from typing import Literal, TypedDict

from homestretch.model.documents.activity import ActivityItem


class MonthOfSource(TypedDict):
    """The state of a month at a source: `queued`, `running`, `done` or `failed`, and its items by state."""

    state: Literal["queued", "running", "done", "failed"]
    activities: int
    have: int
    none: int
    wanted: int
    failed: int
    gone: int


class MonthDone(TypedDict):
    """What was done in a month, and by connection where each source stands with it."""

    count: int
    distance_m: float
    moving_s: float
    sources: dict[str, MonthOfSource]


class CalendarColumn(TypedDict):
    """A connection that the calendar covers."""

    connection: str
    source: str
    name: str
    label: str


class Calendar(TypedDict):
    """Months by their names (`2026-11`)."""

    months: dict[str, MonthDone]
    sources: list[CalendarColumn]


class CalendarMonth(MonthDone):
    """A month with its activities by day (`2026-11-20`)."""

    month: str
    days: dict[str, list[ActivityItem]]
    columns: list[CalendarColumn]
