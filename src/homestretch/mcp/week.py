"""A week: what was done in it."""

from datetime import date

from homestretch.errors import BadRequest
from homestretch.mcp._runtime.arguments import Day
from homestretch.mcp._runtime.visitor import Prompt, Resource, Tool, Visitor
from homestretch.model.documents.tools import ToolWeek
from homestretch.views.tools.week import tool_week


def _week(visitor: Visitor, day: Day = None) -> ToolWeek:
    """Return what was done in the week of a day, from Monday to Sunday: sums by sport, load, and the activities."""
    with visitor.reading() as at:
        return tool_week(at.reader, at.scope, day or at.today, names=at.names)


def _read(visitor: Visitor, monday: str) -> ToolWeek:
    """What was done in the week of a day, YYYY-MM-DD."""
    try:
        day = date.fromisoformat(monday)
    except ValueError as error:
        raise BadRequest(reason=f"{monday[:40]} is not a day. Write it as YYYY-MM-DD.") from error
    return _week(visitor, day)


def _week_review(week: str = "this week") -> str:
    """Look back at a week of training."""
    return (
        f"Review {week} of my training. Call `week`, `load` and, if you may, `health` for its days and the weeks "
        "before. Sum up in at most five points: load and time against the weeks before, the key sessions, recovery "
        "against my own usual values, and what comes next. Missed easy sessions are no failures. Give each number with "
        "its unit, and say what is missing. Suggest at most three changes for the next seven days, only where a number "
        "calls for one."
    )


WEEK = Tool(key="week", title="Read a week", call=_week)
RESOURCE = Resource(key="week/{monday}", title="A week of training", read=_read)
PROMPT = Prompt(key="week_review", title="Review a week", text=_week_review)
