"""How a record came to be: who held the best when, and the best of each month, with W/kg by the weight of the day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from homestretch.analysis.athlete.history import History
from homestretch.analysis.curves import curves
from homestretch.errors import NotFound
from homestretch.model.documents.history import RecordHistory, RecordMonth, RecordStep
from homestretch.store.database import Reader
from homestretch.store.queries.thresholds import dated
from homestretch.store.queries.trained import BestEffort, best_efforts_of
from homestretch.store.scope import Scope
from homestretch.views.health.read import FIRST, LAST, Stretch, chosen_kinds
from homestretch.views.kit.statistics_scope import counting, day
from homestretch.views.training.records import NOT_REFUSED

WEIGHT = "weight_kg"
#: How long a weighing stands for the days after it.
WEIGHED_DAYS = 60


def record_history(reader: Reader, scope: Scope, name: str, kind: str, size: float) -> RecordHistory:
    """Return the history of the record of a class, a kind and a size. Raises NotFound."""
    rows = best_efforts_of(reader, name, kind, size, [NOT_REFUSED, *counting(reader, scope)])
    if not rows:
        raise NotFound(what="record", id=f"{name} {kind} {size:g}")
    steps, months = _steps_among(rows), _best_of_months(rows)
    weights = _weights(reader, scope, [day(row.local_ms) for row in (*steps, *months.values())], kind)
    return {
        "name": name,
        "kind": kind,
        "size": size,
        "unit": "s" if kind == "distance" else curves()[kind].unit,
        "steps": _steps(steps, weights),
        "months": [_month(month, row, weights) for month, row in months.items()],
    }


def _steps_among(rows: Sequence[BestEffort]) -> list[BestEffort]:
    """Return the efforts that were better than all before: a later one that is as good is not."""
    found: list[BestEffort] = []
    for row in rows:
        if not found or row.goodness > found[-1].goodness:
            found.append(row)
    return found


def _best_of_months(rows: Sequence[BestEffort]) -> dict[str, BestEffort]:
    """Return the best effort of each month, by the month."""
    found: dict[str, BestEffort] = {}
    for row in rows:
        month = day(row.local_ms).isoformat()[:7]
        if month not in found or row.goodness > found[month].goodness:
            found[month] = row
    return dict(sorted(found.items()))


def _steps(rows: Sequence[BestEffort], weights: Mapping[date, float]) -> list[RecordStep]:
    nexts = [*(day(row.local_ms) for row in rows[1:]), None]
    return [
        {
            "day": day(row.local_ms).isoformat(),
            "value": abs(row.goodness),
            "gain": None if before is None else row.goodness - before.goodness,
            "held_days": None if until is None else (until - day(row.local_ms)).days,
            "per_kg": _per_kg(row, weights),
            "activity": row.public_id,
            "name": row.name,
            "start_s": row.start_s,
        }
        for before, row, until in zip([None, *rows[:-1]], rows, nexts, strict=True)
    ]


def _month(month: str, row: BestEffort, weights: Mapping[date, float]) -> RecordMonth:
    return {
        "month": month,
        "day": day(row.local_ms).isoformat(),
        "value": abs(row.goodness),
        "per_kg": _per_kg(row, weights),
        "activity": row.public_id,
    }


def _per_kg(row: BestEffort, weights: Mapping[date, float]) -> float | None:
    weight = weights.get(day(row.local_ms))
    return None if weight is None else float(row.goodness / weight)


def _weights(reader: Reader, scope: Scope, days: Sequence[date], kind: str) -> dict[date, float]:
    """Return the weight of days in kg where power is meant: the last weighing before, else the one that was set.

    Weighings are of those only who may see health.
    """
    if kind != "power":
        return {}
    history = History.of(dated(reader, scope.athlete_id)[0])
    stated = {one: history.values("", one.isoformat()).get(WEIGHT) for one in days}
    found = {one: value for one, value in stated.items() if value is not None}
    within = [one for one in days if FIRST <= one <= LAST]
    if not within or not scope.may("health: read"):
        return found
    first = max(min(within) - timedelta(days=WEIGHED_DAYS), FIRST)
    weighed = chosen_kinds(reader, scope, [WEIGHT], Stretch(first, max(within)))[WEIGHT].values
    at = np.maximum.accumulate(np.where(np.isfinite(weighed), np.arange(len(weighed)), -1))
    for one in within:
        place = (one - first).days
        if at[place] >= 0 and place - at[place] <= WEIGHED_DAYS:
            found[one] = float(weighed[at[place]])
    return found
