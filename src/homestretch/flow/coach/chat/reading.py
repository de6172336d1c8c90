"""What questions are answered from: the module of flow/coach/chat that reads views, the same ones that MCP shows."""

from homestretch.coach.writing.context import Sent, build
from homestretch.flow.coach.texts.reading import Given, given_for, is_unwell, question_context, units_of
from homestretch.model.documents.coach_texts import ChatLink
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.activities.activities import activity_list
from homestretch.views.health.read import Stretch
from homestretch.views.lists.filters import Filter
from homestretch.views.tools.activities import tool_activities
from homestretch.views.tools.activity import tool_comparison, tool_detail, tool_intervals
from homestretch.views.tools.catalogue import tool_metric, tool_templates
from homestretch.views.tools.health import tool_health, tool_readiness
from homestretch.views.tools.plan import base_of, tool_plan, tool_rules
from homestretch.views.tools.training import tool_load, tool_records
from homestretch.views.tools.values import unit_of
from homestretch.views.tools.week import tool_today, tool_week

__all__ = [
    "Filter", "Given", "Sent", "Stretch", "base_of", "build", "found_links", "given_for", "is_unwell",
    "question_context", "tool_activities", "tool_comparison", "tool_detail", "tool_health", "tool_intervals",
    "tool_load", "tool_metric", "tool_plan", "tool_readiness", "tool_records", "tool_rules", "tool_templates",
    "tool_today", "tool_week", "unit_of", "units_of",
]  # fmt: skip
#: Pages by words that ask for them.
PAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Today's session and this week", "/coach", ("today", "week", "session", "workout", "coach", "next")),
    ("Rules of training", "/coach/rules", ("rule", "rules")),
    ("Calendar", "/calendar", ("calendar", "move", "plan", "easier", "change", "skip", "month")),
    ("Training load and form", "/training", ("load", "fitness", "form", "fatigue", "tired", "volume", "ctl", "tss")),
    ("Records", "/records", ("record", "records", "best", "fastest", "longest", "pb", "pr")),
    ("Health", "/health", ("sleep", "slept", "hrv", "heart", "resting", "weight", "readiness", "recovery", "health")),
    ("Gear", "/gear", ("gear", "bike", "shoes", "chain")),
    ("Activities", "/activities", ("activity", "activities", "ride", "run", "swim", "last", "yesterday")),
)
LEAST_LETTERS, MOST_WORDS, MOST_FOUND = 4, 8, 3


def found_links(reader: Reader, scope: Scope, words: list[str]) -> list[ChatLink]:
    """Return pages and activities that have something to do with words, for an athlete to look at."""
    links = [ChatLink(title=title, address=address) for title, address, about in PAGES if set(words) & set(about)]
    for word in [one for one in words if len(one) >= LEAST_LETTERS][:MOST_WORDS]:
        for one in activity_list(reader, scope, Filter(text=word), "-start", MOST_FOUND, None)["items"]:
            title = f"{one['start_local'][:10]} {one['name']}"
            links.append(ChatLink(title=title, address=f"/activities/{one['id']}"))
    return list({one["address"]: one for one in links}.values())[:10]
