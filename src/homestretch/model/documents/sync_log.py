"""Documents about what syncs did: the log of a connection. Times are UTC ms."""

from typing import Literal, TypedDict

LogLevel = Literal["info", "warning", "error"]


class LogActivity(TypedDict):
    """An activity that a line of a log leads to."""

    id: str
    name: str


class LogLine(TypedDict):
    """A line of a connection's log: the run in which it was written, if any, and the activity made of what came.

    `quiet` is whether it says only that nothing was new.
    """

    id: str
    at_ms: int
    level: LogLevel
    code: str
    quiet: bool
    run: str | None
    text: str
    activity: LogActivity | None


class SyncLog(TypedDict):
    """Lines of a log, the newest first; `next` is where older ones begin."""

    items: list[LogLine]
    next: str | None
