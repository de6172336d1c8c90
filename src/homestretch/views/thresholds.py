"""What was stated of an athlete by date, what holds today, and what their activities suggest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, desc, select

from homestretch.analysis.history import History
from homestretch.analysis.thresholds import THRESHOLDS, believable
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, bests, metrics
from homestretch.store.thresholds import threshold_rows
from homestretch.views.counted import counted, day


@dataclass(frozen=True, slots=True)
class Rule:
    """A threshold that activities can suggest: from the highest of a metric, or of a best effort, in some days."""

    threshold: str
    family: str
    days: int
    margin: float
    metric: str | None = None
    best: tuple[str, float] | None = None


#: A suggestion is made once the activities show so much more (`margin`, a share) than was stated.
RULES = (
    Rule("ftp_w", "ride", 90, 0.01, metric="eftp"),
    Rule("max_hr_bpm", "", 180, 0.005, best=("heart_rate", 5.0)),
)


def thresholds(reader: Reader, scope: Scope, today: date) -> list[dict[str, Any]]:
    """Return every threshold: what it is, its history, what holds today by sport family, and a suggestion if any."""
    rows = threshold_rows(reader, scope.athlete_id)
    history = History.of((row.key, row.family, row.valid_from, row.value) for row in rows)
    suggested = _suggestions(reader, scope, history, today)
    return [
        {
            "key": one.key, "name": one.name, "unit": one.unit, "low": one.low, "high": one.high,
            "by_sport": one.by_sport, "note": one.note,
            "now": _now(rows, history, one.key, today),
            "history": _history([row for row in rows if row.key == one.key]),
            "suggestions": [s for s in suggested if s["key"] == one.key],
        }
        for one in THRESHOLDS.values()
    ]  # fmt: skip


def _now(rows: Sequence[Row[Any]], history: History, key: str, today: date) -> dict[str, float]:
    families = sorted({row.family for row in rows if row.key == key})
    found = {family: history.values(family, today.isoformat()).get(key) for family in families}
    return {family: value for family, value in found.items() if value is not None}


def _history(rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """Return what was said, the newest day first; what was taken back is not there."""
    last = {(row.family, row.valid_from): row for row in rows}
    held = [row for row in last.values() if row.value is not None]
    return [
        {"family": row.family, "valid_from": row.valid_from, "value": row.value}
        for row in sorted(held, key=lambda row: (row.valid_from, row.family), reverse=True)
    ]


def _suggestions(reader: Reader, scope: Scope, history: History, today: date) -> list[dict[str, Any]]:
    found = []
    for rule in RULES:
        best = _highest(reader, scope, rule, today)
        stated = history.values(rule.family, today.isoformat()).get(rule.threshold)
        if best is None or not believable(rule.threshold, best.value):
            continue
        if stated is None or best.value > stated * (1.0 + rule.margin):
            found.append({
                "key": rule.threshold, "family": rule.family, "value": round(best.value), "stated": stated,
                "activity": best.public_id, "name": best.name, "day": day(best.local_ms).isoformat(),
                "days": rule.days,
            })  # fmt: skip
    return found


def _highest(reader: Reader, scope: Scope, rule: Rule, today: date) -> Row[Any] | None:
    """Return the activity of the last days that shows most: (value, public_id, name, local_ms)."""
    shown = (activities.c.public_id, activities.c.name, activities.c.local_ms)
    since = today - timedelta(days=rule.days)
    if rule.metric is not None:
        query = select(metrics.c.value, *shown).join(activities, activities.c.id == metrics.c.activity_id)
        query = query.where(metrics.c.metric == rule.metric)
    else:
        kind, size = rule.best or ("", 0.0)
        query = select(bests.c.goodness.label("value"), *shown)
        query = query.join(activities, activities.c.id == bests.c.activity_id)
        query = query.where(bests.c.athlete_id == scope.athlete_id, bests.c.kind == kind, bests.c.size == size)
    query = query.where(*counted(scope, since, today, rule.family or None))
    return reader.row(query.order_by(desc("value"), activities.c.start_ms).limit(1))
