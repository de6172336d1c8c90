"""Activities as models are given them: a page of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from homestretch.analysis.measure.metric import metrics as described
from homestretch.coach.writing.words import plain_words
from homestretch.model.documents.activity import ActivityItem
from homestretch.model.documents.tools import ToolActivities, ToolActivity, ToolValue
from homestretch.store.database import Reader
from homestretch.store.queries.tool_rows import activity_keys, metric_reasons, metric_values
from homestretch.store.queries.withheld import figures_withheld, withheld_count
from homestretch.store.scope import Scope
from homestretch.views.activities.activities import activity_list
from homestretch.views.kit.provenance import provenance_of
from homestretch.views.lists.filters import Filter, conditions
from homestretch.views.tools.portions import fitting
from homestretch.views.tools.values import BY_TERMS, hidden, unit_of, value

#: The figures of a list; the other ones are in the activity itself.
FIGURES = ("moving_s", "distance_m", "ascent_m", "avg_hr_bpm", "avg_power_w")
LOAD = "load"


@dataclass(frozen=True, slots=True)
class About:
    """What a row needs besides its activity: the source, the load, and whether terms withhold its figures."""

    source: str | None = None
    load: float | None = None
    no_load: str | None = None
    withheld: bool = False


def tool_activities(
    reader: Reader, scope: Scope, what: Filter, limit: int, cursor: str | None, *, names: bool = True
) -> ToolActivities:
    """Return a page of activities, the newest first, of so many at most as fit."""
    scope.must("activities: read")
    found = activity_list(reader, scope, what, "-start", limit, cursor)
    items = tool_items(reader, scope, found["items"], names=names)
    count = fitting(items)
    if count < len(items):
        found = activity_list(reader, scope, what, "-start", count, cursor)
    anything = replace(scope, use="show")
    left_out = withheld_count(reader, scope, conditions(reader, anything, what))
    return {"items": items[:count], "next": found["next"], "total": found["total"], "hidden": hidden(left_out)}


def tool_items(
    reader: Reader, scope: Scope, items: Sequence[ActivityItem], *, names: bool = True
) -> list[ToolActivity]:
    """Return activities of a list as models are given them."""
    about = _about(reader, scope, [item["id"] for item in items])
    return [tool_activity(item, about.get(item["id"], About()), names=names) for item in items]


def tool_activity(item: ActivityItem, about: About, *, names: bool = True) -> ToolActivity:
    """Return an activity as models are given it: one whose figures are withheld has only a sport and a time."""
    values = {key: _figure(key, item, withheld=about.withheld) for key in FIGURES}
    load = None if about.withheld else about.load
    values[LOAD] = value(load, described()[LOAD].unit, BY_TERMS if about.withheld else about.no_load)
    return {
        "ref": f"activity:{item['id']}",
        "id": item["id"],
        "day": item["start_local"][:10],
        "start_local": item["start_local"],
        "name": plain_words(item["name"]) if names and not about.withheld else None,
        "sport": item["sport"],
        "sub_sport": item["sub_sport"],
        "indoor": item["indoor"],
        "source": None if about.withheld else about.source,
        "values": values,
    }


def _figure(key: str, item: ActivityItem, *, withheld: bool) -> ToolValue:
    given = cast(Mapping[str, float | None], item)[key]
    return value(None if withheld else given, unit_of(key), BY_TERMS if withheld else None)


def _about(reader: Reader, scope: Scope, ids: Sequence[str]) -> dict[str, About]:
    keys = activity_keys(reader, scope, ids)
    numbers = [key.id for key in keys]
    withheld = figures_withheld(reader, scope, numbers)
    loads = metric_values(reader, scope, described()[LOAD].number, numbers)
    reasons = metric_reasons(reader, LOAD, [number for number in numbers if number not in loads])
    came = provenance_of(reader, scope, [key.digest for key in keys if key.digest is not None])
    return {
        key.public_id: About(
            next((one.source for one in came.get(key.digest or "", [])), None),
            loads.get(key.id),
            reasons.get(key.id),
            key.id in withheld,
        )
        for key in keys
    }
