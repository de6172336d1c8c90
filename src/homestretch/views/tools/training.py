"""Training as models are given it: load by day, curves and records."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from homestretch.analysis.curves import curves
from homestretch.errors import BadRequest, unknown
from homestretch.model.documents.charts import FrameBody, FrameFact
from homestretch.model.documents.tools import (
    ToolCurve,
    ToolCurvePoint,
    ToolLoad,
    ToolLoadDay,
    ToolRecord,
    ToolRecords,
    ToolValue,
)
from homestretch.model.documents.training import RecordList
from homestretch.store.database import Reader
from homestretch.store.queries.withheld import withheld_count
from homestretch.store.scope import Scope
from homestretch.views.kit.frame import Asked, frame
from homestretch.views.kit.statistics_scope import counting, must_be_in_order
from homestretch.views.tools.portions import portion
from homestretch.views.tools.values import hidden, value
from homestretch.views.training.fitness import daily_loads, fitness_of
from homestretch.views.training.records import all_records

OWN = "homestretch"
LOAD_DAYS, CURVE_DAYS = 42, 90
#: The durations of a curve, in s, that are given; a curve has hundreds.
DURATIONS = (1, 5, 10, 15, 30, 60, 120, 180, 300, 480, 600, 900, 1200, 1800, 2400, 3600, 5400, 7200, 10800, 14400)
#: The units of best efforts, by kind; an effort over a distance is a time.
RECORD_UNITS: Mapping[str, str] = {"distance": "s"}


def left_out(reader: Reader, scope: Scope, since: date | None, until: date | None, sport: str | None = None) -> int:
    """Return how many activities of some days are in no sum by the terms of their sources."""
    anything = replace(scope, use="show")
    return withheld_count(reader, scope, counting(reader, anything, since, until, sport), figures=True)


def tool_load(
    reader: Reader, scope: Scope, since: date | None, until: date | None, today: date, limit: int, cursor: str | None
) -> ToolLoad:
    """Return load, fitness, fatigue and form by day, the newest day first; without days the last six weeks."""
    scope.must("activities: read")
    last = min(until or today, today)
    first = since or last - timedelta(days=LOAD_DAYS - 1)
    must_be_in_order(first, until or last)
    rows = _load_days(reader, scope, first, last, today)
    items, following = portion(rows, limit, cursor)
    count = left_out(reader, scope, None, last)
    return {
        "items": items,
        "next": following,
        "total": len(rows),
        "unit": "load points a day; fitness, fatigue and form in the same unit",
        "source": OWN,
        "partial": count > 0,
        "hidden": hidden(count),
    }


def _load_days(reader: Reader, scope: Scope, first: date, last: date, today: date) -> list[ToolLoadDay]:
    days = daily_loads(reader, scope, today)
    found = fitness_of(days)
    begin, end = first.toordinal() - days.first, last.toordinal() - days.first + 1
    numbers = range(max(begin, 0), min(end, len(days.loads)))
    names = days.iso()
    rows: list[ToolLoadDay] = []
    for number in reversed(numbers):
        row: ToolLoadDay = {
            "ref": f"day:{names[number]}:load",
            "day": names[number],
            "load": round(float(days.loads[number]), 1),
            "fitness": _finite(found.fitness[number]),
            "fatigue": _finite(found.fatigue[number]),
            "form": _finite(found.form[number]),
        }
        if row["form"] is None:
            row["why"] = "too_short"
        rows.append(row)
    return rows


def tool_curve(reader: Reader, scope: Scope, kind: str, sport: str, days: int, today: date) -> ToolCurve:
    """Return the best that was held over each of some durations in the last days. Raises BadRequest."""
    scope.must("activities: read")
    if kind not in curves():
        raise unknown("kind of curve", kind, curves())
    since = today - timedelta(days=days - 1)
    found = frame(reader, scope, "curve", Asked(today=today, since=since, until=today, sport=sport, kind=kind))
    count = left_out(reader, scope, since, today, sport)
    details = found["details"]
    model = details.get("model_3p") or details.get("model_2p")
    return {
        "ref": f"curve:{kind}:{sport}",
        "kind": kind,
        "sport": sport,
        "since": since.isoformat(),
        "until": today.isoformat(),
        "unit": curves()[kind].unit,
        "source": OWN,
        "items": _points(found, kind, sport),
        "critical_power": _of_model(model, "cp", "W") if kind == "power" else None,
        "w_prime": _of_model(model, "w_prime", "J") if kind == "power" else None,
        "partial": count > 0,
        "hidden": hidden(count),
    }


def _of_model(model: FrameFact | None, key: str, unit: str) -> ToolValue:
    given = model.get(key) if isinstance(model, dict) else None
    return value(round(given, 1) if isinstance(given, float) else None, unit, "too_few_efforts", OWN)


def _points(found: FrameBody, kind: str, sport: str) -> list[ToolCurvePoint]:
    best = next((line for line in found["lines"] if line["key"] == "best"), None)
    if best is None:
        return []
    links = best["links"] or [None] * len(best["values"])
    return [
        {
            "ref": f"curve:{kind}:{sport}:{int(seconds)}",
            "seconds": int(seconds),
            "value": round(height, 3),
            "activity": None if link is None else f"activity:{link}",
        }
        for seconds, height, link in zip(found["x"]["values"], best["values"], links, strict=True)
        if height is not None and int(seconds) in DURATIONS
    ]


def tool_records(reader: Reader, scope: Scope, sport: str | None, limit: int, cursor: str | None) -> ToolRecords:
    """Return the best effort of each kind and size in a sport, by default the one with most activities."""
    scope.must("activities: read")
    found = all_records(reader, scope, sport, None, None, 1)
    classes = [one["name"] for one in found["classes"]]
    if sport is not None and sport not in classes:
        raise BadRequest(
            reason=f"There are no records of {sport[:40]}. "
            + (f"There are some of {', '.join(classes)}." if classes else "There are none yet.")
        )
    rows = [row for one in found["items"] for row in _records(found["name"] or "", one)]
    items, following = portion(rows, limit, cursor)
    return {
        "sport": found["name"],
        "classes": classes,
        "items": items,
        "next": following,
        "total": len(rows),
        "hidden": hidden(left_out(reader, scope, None, None, None if sport is None else sport.split(":")[0])),
    }


def _records(sport: str, one: RecordList) -> Sequence[ToolRecord]:
    unit = RECORD_UNITS.get(one["kind"]) or (curves()[one["kind"]].unit if one["kind"] in curves() else "")
    return [
        {
            "ref": f"record:{sport}:{one['kind']}:{one['size']:g}",
            "kind": one["kind"],
            "size": one["size"],
            "value": round(effort["value"], 3),
            "unit": unit,
            "source": OWN,
            "activity": f"activity:{effort['activity']}",
            "day": effort["day"],
        }
        for effort in one["efforts"]
    ]


def _finite(number: float) -> float | None:
    return round(float(number), 1) if np.isfinite(number) else None
