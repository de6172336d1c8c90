"""A week, and today, as models are given them."""

from collections import defaultdict
from datetime import date, timedelta
from typing import cast

from homestretch.coach.writing.words import plain_words
from homestretch.model.documents.tools import ToolActivity, ToolReadiness, ToolToday, ToolValue, ToolWeek
from homestretch.store.database import Reader
from homestretch.store.queries.tool_rows import athlete_name, sums_by_sport
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.kit.statistics_scope import counting, family_of, metric_rows
from homestretch.views.lists.filters import Filter
from homestretch.views.tools.activities import tool_activities
from homestretch.views.tools.health import tool_readiness
from homestretch.views.tools.portions import cut_lists
from homestretch.views.tools.training import left_out
from homestretch.views.tools.values import value
from homestretch.views.training.fitness import load_state

SUMS = {"moving_s": "s", "distance_m": "m", "ascent_m": "m"}
#: Today shows so many of the last activities.
LATEST = 5
STATES = ("load", "fitness", "fatigue", "form", "ramp", "monotony", "strain", "acute_chronic")


def tool_week(reader: Reader, scope: Scope, monday: date, *, names: bool = True, most: int = 8_000) -> ToolWeek:
    """Return what was done from a Monday to the Sunday after it; any other day is taken for that of its week."""
    scope.must("activities: read")
    first = monday - timedelta(days=monday.weekday())
    last = first + timedelta(days=6)
    page = tool_activities(reader, scope, Filter(since=first, until=last), 100, None, names=names)
    sums = _sums(reader, scope, first, last)
    total: dict[str, float] = defaultdict(float)
    for of in sums.values():
        for key, amount in of.items():
            total[key] += amount
    lists: dict[str, list[object]] = {"activities": list(page["items"])}
    truncated = cut_lists(lists, most)
    if page["next"] is not None and "activities" not in truncated:
        truncated.append("activities")
    return {
        "ref": f"week:{first.isoformat()}",
        "monday": first.isoformat(),
        "values": _values(total),
        "by_sport": {family: _values(of) for family, of in sorted(sums.items())},
        "activities": cast(list[ToolActivity], lists["activities"]),
        "partial": left_out(reader, scope, first, last) > 0,
        "hidden": page["hidden"],
        "truncated": truncated,
    }


def _sums(reader: Reader, scope: Scope, first: date, last: date) -> dict[str, dict[str, float]]:
    """Return sums and load by sport family; a multisport activity counts by its legs."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sport, sums in sums_by_sport(reader, counting(reader, scope, first, last)).items():
        for key, amount in sums.items():
            found[family_of(sport)][key] += amount
    for row in metric_rows(reader, scope, "load", activities.c.sport, since=first, until=last):
        found[family_of(row.sport)]["load"] += row.value
    return found


def _values(sums: dict[str, float]) -> dict[str, ToolValue]:
    """Return sums; of a week without anything they are true zeros."""
    found = {"count": value(int(sums.get("count", 0.0)), "activities")}
    found |= {key: value(float(sums.get(key, 0.0)), unit) for key, unit in SUMS.items()}
    return {**found, "load": value(float(sums.get("load", 0.0)), "")}


def tool_today(reader: Reader, scope: Scope, today: date, *, names: bool = True, health: bool = True) -> ToolToday:
    """Return today at a glance; readiness only where the caller may see health."""
    scope.must("activities: read")
    state = load_state(reader, scope, today)
    readiness, why = _readiness(reader, scope, today, names=names, health=health)
    latest = tool_activities(reader, scope, Filter(), LATEST, None, names=names)["items"]
    lists: dict[str, list[object]] = {"latest": list(latest)}
    truncated = cut_lists(lists, 2_500)
    return {
        "ref": f"day:{today.isoformat()}",
        "day": today.isoformat(),
        "athlete": (plain_words(athlete_name(reader, scope)) if names else None) or "Athlete",
        "form": {key: value(cast(float | None, state.get(key)), "", "too_short") for key in STATES},
        "form_zone": state.get("zone"),
        "week": tool_week(reader, scope, today, names=names, most=3_000),
        "latest": cast(list[ToolActivity], lists["latest"]),
        "readiness": readiness,
        "why_no_readiness": why,
        "truncated": truncated,
    }


def _readiness(
    reader: Reader, scope: Scope, today: date, *, names: bool, health: bool
) -> tuple[ToolReadiness | None, str | None]:
    if not health:
        return None, "This token may not see health."
    if not scope.may("health: read"):
        return None, "This account may not see this athlete's health."
    return tool_readiness(reader, scope, today, today, names=names), None
