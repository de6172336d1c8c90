"""Charts of one's own: any figure or metric over time or over another one, by activity, day, week, month or year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from sqlalchemy import ColumnElement

from homestretch.analysis.measure.metric import Fold, metrics
from homestretch.errors import unknown
from homestretch.model.documents.charts import FrameAxis, FrameBody
from homestretch.model.documents.history import ChartDefinition, ChartValue, SavedChart, SavedCharts
from homestretch.store.database import Reader
from homestretch.store.queries.goals import ChartRow, chart_rows
from homestretch.store.queries.trained import OneValue, values_of
from homestretch.store.scope import Scope
from homestretch.vendors.sport_names import must_be_sport
from homestretch.views.kit.frame import line
from homestretch.views.kit.statistics_scope import counting, day, is_of
from homestretch.views.training.volume import following, start_of

#: Figures of an activity and what people note: key, name, unit, decimals, and how it folds over days.
_FIGURES: tuple[tuple[str, str, str, int, Fold], ...] = (
    ("count", "Activities", "", 0, "sum"),
    ("distance_m", "Distance", "m", 0, "sum"),
    ("moving_s", "Moving time", "s", 0, "sum"),
    ("elapsed_s", "Elapsed time", "s", 0, "sum"),
    ("ascent_m", "Ascent", "m_up", 0, "sum"),
    ("descent_m", "Descent", "m_up", 0, "sum"),
    ("calories_kcal", "Calories", "kcal", 0, "sum"),
    ("avg_speed_mps", "Average speed", "m/s", 2, "mean"),
    ("max_speed_mps", "Maximum speed", "m/s", 2, "max"),
    ("avg_hr_bpm", "Average heart rate", "bpm", 0, "mean"),
    ("max_hr_bpm", "Maximum heart rate", "bpm", 0, "max"),
    ("avg_power_w", "Average power", "W", 0, "mean"),
    ("max_power_w", "Maximum power", "W", 0, "max"),
    ("avg_cadence_rpm", "Average cadence", "1/min", 0, "mean"),
    ("avg_temperature_c", "Temperature", "°C", 0, "mean"),
    ("rpe", "Perceived effort (RPE)", "", 1, "mean"),
    ("feel", "Feeling", "", 1, "mean"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """What falls into one place of a chart: values with their times (s) as weights, and an activity if it is one."""

    x: list[tuple[float, float]]
    y: list[tuple[float, float]]
    activity: str | None = None


@cache
def chart_values() -> Mapping[str, ChartValue]:
    """Return everything that a chart may show, by key."""
    found: dict[str, ChartValue] = {
        key: {"key": key, "name": name, "unit": unit, "decimals": decimals, "fold": fold, "lower_is_better": False}
        for key, name, unit, decimals, fold in _FIGURES
    }
    for metric in metrics().values():
        if not metric.choices:
            found[metric.key] = {
                "key": metric.key,
                "name": metric.name,
                "unit": metric.unit,
                "decimals": metric.decimals,
                "fold": metric.fold,
                "lower_is_better": metric.lower_is_better,
            }
    return found


def custom_chart(reader: Reader, scope: Scope, what: ChartDefinition, today: date) -> FrameBody:
    """Return what a chart of one's own shows up to a day. Raises BadRequest for an unknown value or sport."""
    y = described(what["y"])
    x = None if what["x"] is None else described(what["x"])
    since = None if what["days"] is None else today - timedelta(days=min(what["days"], today.toordinal()) - 1)
    parts = _parts(reader, scope, what, since, today)
    title = y["name"] if x is None else f"{y['name']} over {x['name'].lower()}"
    if x is None:
        return _over_time(what, y, parts, title)
    places = [(_folded(part.x, x["fold"]), _folded(part.y, y["fold"]), part.activity) for part in parts.values()]
    points = sorted(
        ((at, value, link) for at, value, link in places if at is not None and value is not None),
        key=lambda point: (point[0], point[1]),
    )
    shown = line(
        "value", y["name"], y["unit"], [value for _, value, _ in points], style="points", decimals=y["decimals"],
        links=[link for _, _, link in points] if what["by"] == "activity" else None,
    )  # fmt: skip
    axis = FrameAxis(scale="linear", unit=x["unit"], label=x["name"], values=[at for at, _, _ in points])
    return FrameBody(key="custom", title=title, x=axis, lines=[shown], bands=[], notes=[], details={})


def checked(what: ChartDefinition) -> ChartDefinition:
    """Return a definition that can be drawn. Raises BadRequest."""
    described(what["y"])
    if what["x"] is not None:
        described(what["x"])
    if what["sport"] is not None:
        must_be_sport(what["sport"], or_family=True)
    return what


def described(key: str) -> ChartValue:
    """Return what a value is. Raises BadRequest."""
    found = chart_values().get(key)
    if found is None:
        raise unknown("value", key, chart_values())
    return found


def saved_list(reader: Reader, scope: Scope) -> SavedCharts:
    """Return the charts of an athlete."""
    rows = chart_rows(reader, scope.athlete_id)
    removed = sorted((row.removed_ms, row.id, row) for row in rows if row.removed_ms is not None)
    shown = [row for row in rows if row.removed_ms is None]
    return {"items": [_saved(row) for row in shown], "removed": [_saved(row) for _, _, row in reversed(removed)]}


def _saved(row: ChartRow) -> SavedChart:
    return {"id": row.public_id, "name": row.name, "definition": row.definition}


def _over_time(what: ChartDefinition, y: ChartValue, parts: Mapping[str, Part], title: str) -> FrameBody:
    """Return a value over time: of days one after another, of periods side by side, none left out."""
    by = what["by"]
    keys = list(parts) if by in ("activity", "day") else _every(sorted(parts), by)
    values = [_folded(parts[key].y, y["fold"]) if key in parts else None for key in keys]
    summed = y["fold"] == "sum" and by != "activity"
    style: Literal["bar", "points", "line"] = "bar" if summed else "points" if by in ("activity", "day") else "line"
    links = [parts[key].activity for key in keys] if by == "activity" else None
    shown = line("value", y["name"], y["unit"], values, style=style, decimals=y["decimals"], links=links)
    scale: Literal["date", "category"] = "date" if by in ("activity", "day") else "category"
    days: list[float | str] = [key[:10] for key in keys]
    axis = FrameAxis(scale=scale, unit="" if scale == "date" else by, label="", values=days)
    return FrameBody(key="custom", title=title, x=axis, lines=[shown], bands=[], notes=[], details={})


def _every(starts: Sequence[str], by: str) -> list[str]:
    """Return the first days of all periods from the first to the last."""
    found: list[str] = []
    begin = date.fromisoformat(starts[0]) if starts else date.max
    while starts and begin <= date.fromisoformat(starts[-1]):
        found.append(begin.isoformat())
        begin = following(begin, by)
    return found


def _parts(reader: Reader, scope: Scope, what: ChartDefinition, since: date | None, until: date) -> dict[str, Part]:
    """Return the values by place, in order of time: a day, the first day of a period, or a day and an activity."""
    legs = what["sport"] is not None or "count" not in (what["y"], what["x"])
    wanted = counting(reader, scope, since, until, what["sport"], legs=legs)
    values = {name: _rows(reader, key, wanted) for name, key in (("y", what["y"]), ("x", what["x"])) if key}
    found: dict[str, Part] = {}
    for row in values["y"]:
        place = _place(row, what["by"])
        found.setdefault(place, Part([], [], row.public_id)).y.append((row.value, _weight(row)))
    for row in values.get("x", ()):
        part = found.get(_place(row, what["by"]))
        if part is not None:
            part.x.append((row.value, _weight(row)))
    return found


def _rows(reader: Reader, key: str, wanted: Sequence[ColumnElement[bool]]) -> list[OneValue]:
    """Return the activities that have a value, in order of time."""
    is_metric = key in metrics()
    return values_of(reader, None if is_metric or key == "count" else key, is_of(key) if is_metric else None, wanted)


def _place(row: OneValue, by: str) -> str:
    when = day(row.local_ms)
    if by in ("activity", "day"):
        return when.isoformat() + (row.public_id if by == "activity" else "")
    return start_of(when, by).isoformat()


def _weight(row: OneValue) -> float:
    return float(row.moving_s or row.elapsed_s or 1.0)


def _folded(values: Sequence[tuple[float, float]], fold: Fold) -> float | None:
    """Return values with their weights as one: a mean is by time."""
    if not values:
        return None
    numbers = [value for value, _ in values]
    if fold == "mean":
        whole = sum(weight for _, weight in values)
        return float(sum(value * weight for value, weight in values) / whole)
    if fold == "sum":
        return float(sum(numbers))
    return float(max(numbers) if fold == "max" else min(numbers) if fold == "min" else numbers[-1])
