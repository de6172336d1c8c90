"""What the athlete entered and set: measurements, notes, weighings with their trend, which sources to believe."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from homestretch.model.documents.health import HealthEntries, HealthEntry, HealthNotes, TrendDay, Weighing, WeightTrend
from homestretch.model.documents.health_sources import HealthPriorities, MeasuredOrigin, SharedKind
from homestretch.model.health.day_report import DEFAULT_ORDER, HAND, rank, source_order
from homestretch.model.health.kinds import KINDS
from homestretch.model.moment import DAY_MS, day_of, iso
from homestretch.store.database import Reader
from homestretch.store.queries.health_entries import priorities_of, read_entries
from homestretch.store.queries.measurements import KindOrigin, origins_measured, read_values, sources_measured
from homestretch.store.scope import Scope
from homestretch.views.health.choice import once_each
from homestretch.views.health.metrics import day_metrics_of, last_value, missing_of
from homestretch.views.health.read import Stretch, notes_of
from homestretch.views.health.trend import DERIVED

WEIGHT = "weight_kg"


def health_entries_of(reader: Reader, scope: Scope, kind: str | None, stretch: Stretch) -> HealthEntries:
    """Return what was entered by hand, of a kind or of all, the newest first."""
    scope.must("health: read")
    rows = read_entries(reader, scope.athlete_id, kind, *stretch.ends)
    items: list[HealthEntry] = [
        {
            "id": row.public_id,
            "kind": row.kind,
            "unit": KINDS[row.kind].unit,
            "day": row.day,
            "at": iso(row.at_ms),
            "value": row.value,
        }
        for row in rows
    ]
    return {"items": items}


def health_notes_of(reader: Reader, scope: Scope, stretch: Stretch) -> HealthNotes:
    """Return the notes of days, the newest first."""
    scope.must("health: read")
    return {"items": notes_of(reader, scope, stretch)[::-1]}


def weight_trend(reader: Reader, scope: Scope, stretch: Stretch, today: date) -> WeightTrend:
    """Return every weighing of days by every source, with the trend and its rate."""
    scope.must("health: read")
    seen = day_metrics_of(reader, scope, ["weight"], stretch, today)
    skipped = seen.days.count - stretch.count
    rate = seen.results["weight_rate_kg_per_week"]
    trend: list[TrendDay] = [
        {"day": day_of((seen.first + index) * DAY_MS), "value": float(value), "source": DERIVED, "device": None}
        for index, value in enumerate(seen.results["weight_trend_kg"].values)
        if index >= skipped and np.isfinite(value)
    ]
    return {
        "items": _weighings(reader, scope, stretch),
        "trend": trend,
        "rate_kg_per_week": last_value(rate),
        "rate_low": last_value(seen.results["weight_rate_low_kg_per_week"]),
        "rate_high": last_value(seen.results["weight_rate_high_kg_per_week"]),
        "missing": missing_of(rate, seen.days.count - 1),
    }


def _weighings(reader: Reader, scope: Scope, stretch: Stretch) -> list[Weighing]:
    items: list[Weighing] = [
        {
            "id": row.public_id,
            "day": row.day,
            "at": iso(row.at_ms),
            "value": row.value,
            "source": HAND,
            "device": None,
        }
        for row in read_entries(reader, scope.athlete_id, WEIGHT, *stretch.ends)
    ]
    rows = read_values(reader, scope.athlete_id, [WEIGHT], *stretch.ends)[WEIGHT]
    items += [
        {
            "id": None,
            "day": row.day,
            "at": iso(row.at_ms) if row.at_ms else None,
            "value": row.value,
            "source": row.source,
            "device": row.device or None,
        }
        for row, _ in once_each([(row, 0) for row in rows if row.source != HAND])
    ]
    return sorted(items, key=lambda item: (item["day"], item["at"] or ""), reverse=True)


def health_priorities(reader: Reader, scope: Scope) -> HealthPriorities:
    """Return the usual order of sources, and what the athlete set instead."""
    scope.must("health: read")
    chosen = priorities_of(reader, scope.athlete_id)
    order = source_order("", chosen)
    there = sources_measured(reader, scope.athlete_id)
    return {
        "usual": list(DEFAULT_ORDER),
        "all": list(chosen[""]) if "" in chosen else None,
        "kinds": [
            {"kind": kind, "name": KINDS[kind].name, "sources": list(sources)}
            for kind, sources in sorted(chosen.items())
            if kind in KINDS
        ],
        "there": sorted(there, key=lambda source: rank(source, "", order)),
        "shared": _shared(reader, scope, chosen),
    }


def _shared(reader: Reader, scope: Scope, chosen: Mapping[str, tuple[str, ...]]) -> list[SharedKind]:
    """Return the kinds that several sources or devices measure, each with them in the order that holds."""
    by_kind: dict[str, list[KindOrigin]] = {}
    for row in origins_measured(reader, scope.athlete_id):
        if row.source != HAND:
            by_kind.setdefault(row.kind, []).append(row)
    return [
        {
            "kind": kind.key,
            "name": kind.name,
            "group": kind.group,
            "combine": kind.combine,
            "chosen": kind.key in chosen,
            "origins": _in_order(rows, source_order(kind.key, chosen)),
        }
        for kind in KINDS.values()
        if len(rows := by_kind.get(kind.key, [])) > 1
    ]


def _in_order(rows: Sequence[KindOrigin], order: Sequence[str]) -> list[MeasuredOrigin]:
    """Return origins, the most believed first; a device is named only where its source has several."""
    sources = Counter(row.source for row in rows)
    ranked = sorted(rows, key=lambda row: (rank(row.source, row.device, order), row.device))
    return [
        {
            "name": row.source if sources[row.source] == 1 else f"{row.source}:{row.device}",
            "source": row.source,
            "device": row.device or None,
            "days": row.days,
            "last": row.last,
        }
        for row in ranked
    ]
