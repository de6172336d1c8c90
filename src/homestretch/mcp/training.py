"""Training: load and form by day, curves, records."""

from typing import Annotated

from pydantic import Field

from homestretch.mcp._runtime.arguments import Cursor, From, Limit, To
from homestretch.mcp._runtime.visitor import Tool, Visitor
from homestretch.model.documents.tools import ToolCurve, ToolLoad, ToolRecords
from homestretch.views.tools.training import CURVE_DAYS, tool_curve, tool_load, tool_records

Family = Annotated[str, Field(max_length=60, description="A family of sports: ride, run, swim, walk, row, ski.")]


def _load(visitor: Visitor, from_: From = None, to: To = None, limit: Limit = 60, cursor: Cursor = None) -> ToolLoad:
    """Return training load, fitness (CTL), fatigue (ATL) and form (TSB) by day, the newest first."""
    with visitor.reading() as at:
        return tool_load(at.reader, at.scope, from_, to, at.today, limit, cursor)


def _curve(
    visitor: Visitor,
    kind: Annotated[str, Field(description="power, heart_rate, speed, gap, cadence or vam.")] = "power",
    sport: Family = "ride",
    days: Annotated[int, Field(ge=1, le=3660, description="How many days up to today.")] = CURVE_DAYS,
) -> ToolCurve:
    """Return the best that was held over durations from 1 s to 4 h in the last days, and critical power."""
    with visitor.reading() as at:
        return tool_curve(at.reader, at.scope, kind, sport, days, at.today)


def _records(
    visitor: Visitor,
    sport: Annotated[str | None, Field(max_length=60, description="A class of records, such as run or ride.")] = None,
    limit: Limit = 60,
    cursor: Cursor = None,
) -> ToolRecords:
    """Return personal records of a sport; without one of the sport with most activities."""
    with visitor.reading() as at:
        return tool_records(at.reader, at.scope, sport, limit, cursor)


LOAD = Tool(key="load", title="Read training load", call=_load)
CURVE = Tool(key="curve", title="Read a curve of best efforts", call=_curve)
RECORDS = Tool(key="records", title="Read personal records", call=_records)
