"""What metrics mean, and which templates of sessions there are."""

from typing import Annotated

from pydantic import Field

from homestretch.mcp._runtime.arguments import Cursor, Limit
from homestretch.mcp._runtime.visitor import Tool, Visitor
from homestretch.model.documents.tools import ToolMetric, ToolTemplates
from homestretch.views.tools.catalogue import tool_metric, tool_templates

Word = Annotated[str | None, Field(max_length=60)]


def _explain_metric(
    visitor: Visitor, key: Annotated[str, Field(max_length=60, description="Its key or name; NP and TSS work too.")]
) -> ToolMetric:
    """Explain a metric: its names elsewhere, unit, how far to trust it, and where the formula comes from."""
    return tool_metric(key)


def _templates(
    visitor: Visitor, sport: Word = None, purpose: Word = None, limit: Limit = 60, cursor: Cursor = None
) -> ToolTemplates:
    """List templates of sessions with length, load and steps (10m@50-70r: 10 min from 50 to 70 % of threshold)."""
    return tool_templates(sport, purpose, limit, cursor)


EXPLAIN = Tool(key="explain_metric", title="Explain a metric", call=_explain_metric)
TEMPLATES = Tool(key="templates", title="List templates of sessions", call=_templates)
