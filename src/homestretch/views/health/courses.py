"""What was measured through a day or a night: each kind by its most believed source, with the day's activities."""

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np

from homestretch.merge.days import DeviceDay, device_days
from homestretch.model.documents.health import DayActivity, DayCourses, HealthCourse
from homestretch.model.health.day_report import rank, source_order
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Series, Spans
from homestretch.store.database import Reader
from homestretch.store.queries.activities import blocks
from homestretch.store.queries.day_reports import read_reports
from homestretch.store.queries.health_entries import priorities_of
from homestretch.store.scope import Scope
from homestretch.views.health.choice import Origin
from homestretch.views.health.read import day_bounds_ms
from homestretch.views.kit.statistics_scope import counting

type Course = Series | Spans
#: The places of kinds in the catalogue.
PLACES: Mapping[str, int] = {key: place for place, key in enumerate(KINDS)}


def day_courses(reader: Reader, scope: Scope, day: date) -> DayCourses:
    """Return what was measured through a day, and its activities.

    Nothing by the minute for those who may not see private places: a heart rate that rises says when one left home.
    """
    scope.must("health: read")
    start_ms, end_ms, offset_s = day_bounds_ms(reader, scope, day)
    whole = scope.may("privacy: read")
    return {
        "day": day.isoformat(),
        "start_ms": start_ms,
        "end_ms": end_ms,
        "offset_s": offset_s,
        "courses": courses_of(reader, scope, [day.isoformat()]) if whole else [],
        "activities": _activities(reader, scope, day) if whole else [],
    }


def courses_of(
    reader: Reader, scope: Scope, days: Iterable[str], since_ms: int | None = None, until_ms: int | None = None
) -> list[HealthCourse]:
    """Return what was measured through days, perhaps only from one instant to another (UTC ms)."""
    priorities = priorities_of(reader, scope.athlete_id)
    best: dict[str, dict[str, tuple[Origin, Course]]] = {}
    for day, reports in read_reports(reader, scope.athlete_id, days).items():
        for kind, of in _of_kinds(device_days(reports)).items():
            order = source_order(kind, priorities)
            ranked = sorted(of, key=lambda one: (rank(one[0][0], one[0][1], order), -len(one[1].values)))
            best.setdefault(kind, {})[day] = ranked[0]
    return [_course(kind, best[kind], since_ms, until_ms) for kind in sorted(best, key=PLACES.__getitem__)]


def _of_kinds(devices: Iterable[DeviceDay]) -> dict[str, list[tuple[Origin, Course]]]:
    courses: dict[str, list[tuple[Origin, Course]]] = {}
    for device in devices:
        parts: tuple[Course, ...] = (*device.series.values(), *device.spans.values())
        for part in parts:
            courses.setdefault(part.kind, []).append(((device.source, device.device), part))
    return courses


def _course(
    kind: str, parts: Mapping[str, tuple[Origin, Course]], since_ms: int | None, until_ms: int | None
) -> HealthCourse:
    ordered = [parts[day] for day in sorted(parts)]
    times = np.concatenate([part.time_ms if isinstance(part, Series) else part.start_ms for _, part in ordered])
    values = np.concatenate([part.values for _, part in ordered])
    within = np.ones(len(times), dtype=bool)
    within &= True if since_ms is None else times >= since_ms
    within &= True if until_ms is None else times <= until_ms
    source, device = ordered[-1][0]
    return {
        "key": kind,
        "name": KINDS[kind].name,
        "unit": KINDS[kind].unit,
        "source": source,
        "device": device or None,
        "time_ms": times[within].tolist(),
        "values": [None if np.isnan(value) else value for value in values[within].tolist()],
    }


def _activities(reader: Reader, scope: Scope, day: date) -> list[DayActivity]:
    """Return the activities that begin on a local day, in order."""
    return [
        {
            "id": block.public_id,
            "name": block.name,
            "sport": block.sport,
            "start_ms": block.start_ms,
            "end_ms": block.start_ms + round(1000 * (block.elapsed_s or 0.0)),
        }
        for block in blocks(reader, counting(reader, scope, day, day, legs=False))
    ]
