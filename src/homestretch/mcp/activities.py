"""Activities: the list, one whole, its intervals, two side by side."""

from typing import Annotated

from pydantic import Field

from homestretch.mcp._runtime.arguments import Cursor, From, Id, Limit, Sport, To
from homestretch.mcp._runtime.visitor import Prompt, Resource, Tool, Visitor
from homestretch.model.documents.tools import ToolActivities, ToolActivityDetail, ToolComparison, ToolIntervals
from homestretch.views.lists.filters import Filter
from homestretch.views.tools.activities import tool_activities
from homestretch.views.tools.activity import tool_comparison, tool_detail, tool_intervals


def _activities(
    visitor: Visitor,
    from_: From = None,
    to: To = None,
    sport: Sport = None,
    text: Annotated[str | None, Field(max_length=200, description="Words that the name or sport has.")] = None,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> ToolActivities:
    """List activities, the newest first, with their main figures and training load."""
    what = Filter(sport=sport, since=from_, until=to, text=text, or_family=True)
    with visitor.reading() as at:
        return tool_activities(at.reader, at.scope, what, limit, cursor, names=at.names)


def _activity(visitor: Visitor, id: Id) -> ToolActivityDetail:
    """Return one activity: all figures, computed metrics, thresholds, time in zones, how it felt."""
    with visitor.reading() as at:
        return tool_detail(at.reader, at.scope, id, names=at.names)


def _intervals(visitor: Visitor, id: Id, limit: Limit = 100, cursor: Cursor = None) -> ToolIntervals:
    """Return the hard parts that were detected in an activity, and its laps."""
    with visitor.reading() as at:
        return tool_intervals(at.reader, at.scope, id, limit, cursor)


def _compare(
    visitor: Visitor, id: Id, with_: Annotated[Id, Field(alias="with", description="The id of the other activity.")]
) -> ToolComparison:
    """Compare two activities: figures and metrics side by side, and the second less the first."""
    with visitor.reading() as at:
        return tool_comparison(at.reader, at.scope, id, with_, names=at.names)


def _read(visitor: Visitor, id: str) -> ToolActivityDetail:
    """An activity with everything that was computed of it."""
    return _activity(visitor, id)


def _after_workout(id: str) -> str:
    """Look back at a workout that was just done."""
    return (
        f"Look back at the activity {id}. Call `activity` and `intervals` for it, and `activities` to find one or two "
        "of the same kind to `compare` it with. Say first whether its purpose was met, as far as that is known. Then "
        "one thing that went well and one to watch, each with its numbers and units. Judge hard parts one by one, not "
        "by the average of the whole. If something was not measured, say so. Ask one question only if the answer would "
        "change the next days."
    )


LIST = Tool(key="activities", title="List activities", call=_activities)
ONE = Tool(key="activity", title="Read an activity", call=_activity)
INTERVALS = Tool(key="intervals", title="Read the intervals of an activity", call=_intervals)
COMPARE = Tool(key="compare", title="Compare two activities", call=_compare)
RESOURCE = Resource(key="activity/{id}", title="An activity", read=_read)
PROMPT = Prompt(key="after_workout", title="After a workout", text=_after_workout)
