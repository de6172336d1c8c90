"""Today at a glance, and what a day begins with."""

from homestretch.mcp._runtime.visitor import Prompt, Resource, Tool, Visitor
from homestretch.model.documents.tools import ToolToday
from homestretch.views.tools.week import tool_today


def _today(visitor: Visitor) -> ToolToday:
    """Return today at a glance: form, the week so far, the last activities, readiness. Call this first."""
    with visitor.reading() as at:
        return tool_today(at.reader, at.scope, at.today, names=at.names, health="health" in visitor.may)


def _before_workout(date: str = "today") -> str:
    """Decide whether to train as intended on a day."""
    when = "today" if date == "today" else f"on {date}"
    return (
        f"Help me decide how to train {when}. Call `today` and, if you may, `readiness`; look at the last days with "
        "`activities` and `load`. Say in at most five sentences: how recovered I seem, measured against what is usual "
        "for me; what speaks for training as intended, easier, or not at all; and which numbers that rests on, with "
        "units. In doubt, less. If I am ill or injured, talk about return, not about missed work."
    )


TODAY = Tool(key="today", title="Read today at a glance", call=_today)
RESOURCE = Resource(key="today", title="Today at a glance", read=_today)
PROMPT = Prompt(key="before_workout", title="Before a workout", text=_before_workout)
