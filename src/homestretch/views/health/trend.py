"""A measure over days, with the band of what was usual before each of them, and the list of measures there are."""

from datetime import date, timedelta
from math import isfinite

from homestretch.analysis.health.baseline import BASELINE_DAYS
from homestretch.analysis.health.day_metric import day_families, day_metrics
from homestretch.analysis.health.kind_band import kind_band
from homestretch.errors import NotFound
from homestretch.model.documents.health import HealthKind, HealthKinds, HealthTrend, TrendBand, TrendDay
from homestretch.model.health.kinds import KINDS
from homestretch.model.moment import days_from
from homestretch.store.database import Reader
from homestretch.store.queries.measurements import kinds_measured
from homestretch.store.scope import Scope
from homestretch.views.health.metrics import daily, day_metrics_of
from homestretch.views.health.read import Stretch, chosen_kinds, excluded_days, notes_of

#: What is shown where nobody says from when on.
USUAL_DAYS = 90
#: Homestretch itself, as the source of what it derives.
DERIVED = "homestretch"


def stretch_of(today: date, since: date | None, until: date | None) -> Stretch:
    """Return the days that are asked for; without a first one 90 days up to the last one, or today."""
    last = until or today
    return Stretch(since or last - timedelta(days=USUAL_DAYS - 1), last)


def health_trend(reader: Reader, scope: Scope, key: str, stretch: Stretch, today: date) -> HealthTrend:
    """Return a measure, or a metric of days, over days. Raises NotFound."""
    scope.must("health: read")
    if key in KINDS:
        return _measured(reader, scope, key, stretch, today)
    if key in day_metrics():
        return _derived(reader, scope, key, stretch, today)
    raise NotFound(what="measure", id=key)


def _measured(reader: Reader, scope: Scope, key: str, stretch: Stretch, today: date) -> HealthTrend:
    kind = KINDS[key]
    read = stretch.earlier(2 * BASELINE_DAYS)
    chosen = chosen_kinds(reader, scope, [key], read)[key]
    excluded = excluded_days(notes_of(reader, scope, read), read)
    usual = kind_band(key, daily(chosen, read, today), excluded)
    skipped = read.count - stretch.count
    names = days_from(stretch.first, stretch.count)
    origins = [(source, device or None) for source, device in chosen.origins]
    held = zip(names, chosen.values[skipped:].tolist(), chosen.origin[skipped:].tolist(), strict=True)
    days: list[TrendDay] = [
        {"day": day, "value": value, "source": origins[place][0], "device": origins[place][1]}
        for day, value, place in held
        if isfinite(value)
    ]
    bands = zip(names, *(of[skipped:].tolist() for of in (usual.mean, usual.low, usual.high)), strict=True)
    baseline: list[TrendBand] = [
        {"day": day, "mean": mean, "low": low, "high": high} for day, mean, low, high in bands if isfinite(mean)
    ]
    return {"key": key, "name": kind.name, "unit": kind.unit, "days": days, "baseline": baseline}


def _derived(reader: Reader, scope: Scope, key: str, stretch: Stretch, today: date) -> HealthTrend:
    metric = day_metrics()[key]
    family = next(family.key for family in day_families().values() if key in family.keys)
    seen = day_metrics_of(reader, scope, [family], stretch, today)
    values = seen.results[key].values[-stretch.count :].tolist()
    days: list[TrendDay] = [
        {"day": day, "value": value, "source": DERIVED, "device": None}
        for day, value in zip(days_from(stretch.first, stretch.count), values, strict=True)
        if isfinite(value)
    ]
    return {"key": key, "name": metric.name, "unit": metric.unit, "days": days, "baseline": []}


def health_kinds(reader: Reader, scope: Scope) -> HealthKinds:
    """Return the measures that the athlete has, and the metrics that are derived from some of them."""
    scope.must("health: read")
    there = kinds_measured(reader, scope.athlete_id)
    items: list[HealthKind] = [
        {
            "key": kind.key,
            "name": kind.name,
            "unit": kind.unit,
            "group": kind.group,
            "fold": kind.fold,
            "lower_is_better": kind.lower_is_better,
            "derived": False,
            "private": kind.private,
            "choices": list(kind.choices),
            "also_known_as": [],
            "first": there[kind.key][0],
            "last": there[kind.key][1],
        }
        for kind in KINDS.values()
        if kind.key in there
    ]
    for family in day_families().values():
        spans = [there[kind] for kind in family.reads if kind in there]
        if not spans and not (set(family.inputs) & {"nights"} and "sleep_s" in there):
            continue
        spans = spans or [there["sleep_s"]]
        items += [
            {
                "key": metric.key,
                "name": metric.name,
                "unit": metric.unit,
                "group": metric.group,
                "fold": "mean",
                "lower_is_better": metric.lower_is_better,
                "derived": True,
                "private": False,
                "choices": list(metric.choices),
                "also_known_as": list(metric.also_known_as),
                "first": min(first for first, _ in spans),
                "last": max(last for _, last in spans),
            }
            for metric in family.metrics
        ]
    return {"items": items}
