"""How long was trained in which zone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from homestretch.model.documents.charts import FrameAxis, FrameBody, FrameLine
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, measures
from homestretch.views.kit.frame import Asked, Chart, line
from homestretch.views.kit.statistics_scope import counting, day, ordinal
from homestretch.views.training.volume import following, start_of

KINDS = ("heart_rate", "power", "pace", "split")
LABELS = {"heart_rate": "heart rate", "power": "power", "pace": "pace", "split": "effort"}
#: The three parts that everything is split into.
SPLIT = ("easy", "moderate", "hard")
BY = ("week", "month", "year", "all")
ESTIMATED = "Some thresholds for these zones are estimated from your best efforts. Set yours under Settings, Athlete."


def _frame(reader: Reader, scope: Scope, asked: Asked) -> FrameBody:
    kind, by = CHART.chosen(asked, "kind"), CHART.chosen(asked, "by")
    query = select(activities.c.local_ms, measures.c.zones).join(measures, measures.c.activity_id == activities.c.id)
    sums: dict[str, list[float]] = {}
    keys_of: dict[int, str] = {}
    estimated = False
    for row in reader.rows(query.where(*counting(reader, scope, asked.since, asked.until, asked.sport))):
        zones = row.zones.get(kind)
        if zones is None:
            continue
        estimated = estimated or zones["estimated"]
        number = ordinal(row.local_ms)
        key = keys_of.get(number)
        if key is None:
            key = keys_of[number] = "all" if by == "all" else start_of(day(row.local_ms), by).isoformat()
        _add(sums.setdefault(key, []), seconds(zones))
    keys = _keys(sums, by)
    deepest = max((len(one) for one in sums.values()), default=0)
    lines = [_line(kind, zone, [_at(sums.get(key, []), zone) for key in keys]) for zone in range(deepest)]
    x = FrameAxis(scale="category", unit=by, label="", values=[*keys])
    notes = [ESTIMATED] if estimated else []
    title = f"Time in {LABELS[kind]} zones"
    return FrameBody(key="zones", title=title, x=x, lines=lines, bands=[], notes=notes, details={})


def seconds(zones: Mapping[str, Any]) -> list[float]:
    """Return the seconds by zone, what lies below the first one counted to it."""
    first, *others = zones["seconds"]
    return [first + zones.get("below", 0.0), *others]


def _add(total: list[float], more: list[float]) -> None:
    """Add the seconds of each zone to those that are there."""
    total.extend([0.0] * (len(more) - len(total)))
    for zone, value in enumerate(more):
        total[zone] += value


def _at(values: list[float], i: int) -> float:
    return values[i] if i < len(values) else 0.0


def _keys(sums: Mapping[str, Any], by: str) -> list[str]:
    """Return every beginning between the first and the last that has something, also those that have nothing."""
    from datetime import date

    if by == "all" or not sums:
        return sorted(sums)
    when, last = date.fromisoformat(min(sums)), date.fromisoformat(max(sums))
    found = []
    while when <= last:
        found.append(when.isoformat())
        when = following(when, by)
    return found


def _line(kind: str, zone: int, values: list[float]) -> FrameLine:
    key = SPLIT[zone] if kind == "split" else f"z{zone + 1}"
    colour = ("z1", "z3", "z5")[zone] if kind == "split" else f"z{zone + 1}"
    return line(key, key, "s", values, style="bar", stack="zones", colour=colour)


CHART = Chart(
    key="zones",
    title="Time in zones",
    page="training",
    frame=_frame,
    asks=("since", "until", "sport", "kind", "by"),
    choices={"kind": KINDS, "by": BY},
)
