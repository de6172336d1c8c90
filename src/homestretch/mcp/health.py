"""Health: measures by day, and readiness."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from homestretch.mcp._runtime.arguments import Cursor, Day, From, Limit, To
from homestretch.mcp._runtime.visitor import Tool, Visitor
from homestretch.model.documents.tools import ToolHealth, ToolReadiness
from homestretch.views.health.read import Stretch
from homestretch.views.tools.health import MOST_KINDS, tool_health, tool_readiness

DAYS = 14
Kinds = Annotated[
    tuple[Annotated[str, Field(max_length=60)], ...],
    Field(max_length=MOST_KINDS, description="Keys of measures, such as sleep_s, hrv_night_ms, weight_kg."),
]


def _health(
    visitor: Visitor, from_: From = None, to: To = None, kinds: Kinds = (), limit: Limit = 100, cursor: Cursor = None
) -> ToolHealth:
    """Return measures by day (sleep, HRV, resting heart rate, weight …), what was usual, and which there are."""
    with visitor.reading() as at:
        until = to or at.today
        stretch = Stretch(from_ or until - timedelta(days=DAYS - 1), until)
        return tool_health(at.reader, at.scope, stretch, kinds, at.today, limit, cursor, names=at.names)


def _readiness(visitor: Visitor, date: Day = None) -> ToolReadiness:
    """Return how ready the athlete is on a day: the score, its parts, the night, what is off, notes such as ill."""
    with visitor.reading() as at:
        return tool_readiness(at.reader, at.scope, date or at.today, at.today, names=at.names)


HEALTH = Tool(key="health", title="Read health measures", call=_health, needs="health")
READINESS = Tool(key="readiness", title="Read readiness", call=_readiness, needs="health")
