"""The numbers of an activity, each with its unit, or why it is missing, and the version of what made it."""

from typing import Any

from sqlalchemy import Row, Select, select

from homestretch.analysis.measure.metric import by_number, families
from homestretch.analysis.measure.metric import metrics as described
from homestretch.model.documents.analysis import Computed, MetricValue
from homestretch.model.documents.training import MetricInfo
from homestretch.store.database import Reader
from homestretch.store.tables.derived import measures, metrics
from homestretch.views.kit.redacted import Redacted


def metrics_of(reader: Reader, activity: Row[Any], hidden: Redacted | None = None) -> Computed:
    """Return the metrics of an activity, the thresholds they are based on, what was found, and whether more is to come.

    If part of the activity is `hidden`, they are those of the rest.
    """
    row = reader.row(select(measures).where(measures.c.activity_id == activity.id))
    if row is None:
        return {"metrics": {}, "thresholds": {}, "measuring": False, "zones": {}, "climbs": [], "intervals": []}
    known = by_number()
    if hidden is None:
        values = {
            known[found.metric].key: found.value
            for found in reader.rows(_values(activity.athlete_id, activity.id))
            if found.metric in known
        }
        reasons, parts = row.reasons, {**row.found, "zones": row.zones}
    else:
        measured = hidden.measured()
        values, reasons, parts = measured.values, measured.reasons, {"zones": {}, **measured.found}
    versions = {metric.key: family.version for family in families().values() for metric in family.metrics}
    shown = {
        key: _number(key, values.get(key), reasons.get(key), versions[key])
        for key in described()
        if key in values or key in reasons
    }
    return {
        "metrics": shown,
        "thresholds": {key: {"value": value, "estimated": guess} for key, (value, guess) in row.profile.items()},
        "measuring": row.stale,
        "zones": parts["zones"],
        "climbs": parts.get("climbs", []),
        "intervals": parts.get("intervals", []),
    }


def catalogue() -> list[MetricInfo]:
    """Return what every metric is: its names, unit, decimals, how it folds, how far to trust it, and who says so."""
    return [
        {
            "key": metric.key,
            "name": metric.name,
            "also_known_as": list(metric.also_known_as),
            "unit": metric.unit,
            "decimals": metric.decimals,
            "fold": metric.fold,
            "trust": metric.trust,
            "cite": metric.cite,
            "family": family.key,
            "version": family.version,
            "lower_is_better": metric.lower_is_better,
            "choices": list(metric.choices),
            "reads": list(family.reads),
        }
        for family in families().values()
        for metric in family.metrics
    ]


def _values(athlete_id: int, activity_id: int) -> Select[tuple[int, float]]:
    mine = (metrics.c.athlete_id == athlete_id) & (metrics.c.activity_id == activity_id)
    return select(metrics.c.metric, metrics.c.value).where(mine)


def _number(key: str, value: float | None, reason: str | None, version: int) -> MetricValue:
    metric = described()[key]
    shown: float | str | None = value
    if value is not None and metric.choices:
        shown = metric.choices[int(value)]
    return {"value": shown, "unit": metric.unit, "reason": reason, "version": version}
