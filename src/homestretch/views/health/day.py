"""A day: what was measured, who says so and what others say, its night, its notes, and what was measured through it."""

from collections.abc import Iterable
from datetime import date

import numpy as np

from homestretch.merge.days import device_days, rank
from homestretch.merge.sleeps import asleep_s
from homestretch.model.documents.health import (
    DayActivity,
    DayCourses,
    HealthCourse,
    HealthDay,
    HealthMeasure,
    HealthNight,
    SourceValue,
)
from homestretch.model.health.day_report import source_order
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Series, Spans
from homestretch.model.moment import local_iso
from homestretch.store.database import Reader
from homestretch.store.queries.day_reports import read_reports
from homestretch.store.queries.measurements import SourceNight, priorities_of
from homestretch.store.scope import Scope
from homestretch.views.health.choice import Chosen, Origin
from homestretch.views.health.read import Stretch, chosen_kinds, chosen_nights, day_bounds_ms, is_partial, notes_of
from homestretch.views.kit.statistics_scope import started_between


def health_day(reader: Reader, scope: Scope, day: date, today: date) -> HealthDay:
    """Return everything that is known of a day; one of which nothing is known has no measures."""
    scope.must("health: read")
    stretch = Stretch(day, day)
    chosen = chosen_kinds(reader, scope, list(KINDS), stretch)
    measures = {key: measure_of(one, 0) for key, one in chosen.items()}
    nights = chosen_nights(reader, scope, chosen["sleep_s"], stretch)
    return {
        "day": day.isoformat(),
        "partial": is_partial(reader, scope, day, today),
        "measures": {key: measure for key, measure in measures.items() if measure is not None},
        "night": night_document(nights[0]) if nights else None,
        "notes": notes_of(reader, scope, stretch),
    }


def measure_of(chosen: Chosen, index: int) -> HealthMeasure | None:
    """Return a kind's value of a day with its provenance; None where there is none."""
    if not np.isfinite(chosen.values[index]):
        return None
    origin = chosen.origin_on(index)
    shares = chosen.shares.get(index) or ((*origin, float(chosen.values[index])),)
    used = [_source_value((source, device), value) for source, device, value in shares]
    taken = {(source, device) for source, device, _ in shares}
    return {
        "value": float(chosen.values[index]),
        "unit": KINDS[chosen.kind].unit,
        "source": origin[0],
        "device": origin[1] or None,
        "used": used,
        "alternatives": [
            _source_value(other, float(value))
            for other, value in zip(chosen.origins, chosen.table[:, index], strict=True)
            if np.isfinite(value) and other not in taken
        ],
    }


def _source_value(origin: Origin, value: float) -> SourceValue:
    return {"source": origin[0], "device": origin[1] or None, "value": value}


def night_document(one: SourceNight) -> HealthNight:
    """Return a night as it is shown."""
    night = one.night
    return {
        "day": night.day,
        "start": local_iso(night.start_ms, night.offset_s),
        "end": local_iso(night.end_ms, night.offset_s),
        "asleep_s": asleep_s(night),
        "stages": {
            "deep_s": night.deep_s,
            "light_s": night.light_s,
            "rem_s": night.rem_s,
            "awake_s": night.awake_s,
        },
        "naps_s": night.naps_s,
        "score": night.score,
        "source": one.source,
        "device": one.device or None,
    }


def day_courses(reader: Reader, scope: Scope, day: date) -> DayCourses:
    """Return what was measured through a day, each kind by its most believed source, with the day's activities."""
    from homestretch.views.health.night import night_detail

    scope.must("health: read")
    start_ms, end_ms, offset_s = day_bounds_ms(reader, scope, day)
    return {
        "day": day.isoformat(),
        "start_ms": start_ms,
        "end_ms": end_ms,
        "offset_s": offset_s,
        "courses": courses_of(reader, scope, [day.isoformat()]),
        "activities": _activities(reader, scope, day),
        "night": night_detail(reader, scope, day),
    }


def courses_of(reader: Reader, scope: Scope, days: Iterable[str], since_ms: int = 0, until_ms: int = 1 << 62) -> list[HealthCourse]:
    """Return what was measured through days, between two instants (UTC ms): each kind by its most believed source."""
    priorities = priorities_of(reader, scope.athlete_id)
    best: dict[str, dict[str, tuple[Origin, Series | Spans]]] = {}
    for day, reports in read_reports(reader, scope.athlete_id, days).items():
        for device in device_days(reports):
            parts: tuple[Series | Spans, ...] = (*device.series.values(), *device.spans.values())
            for part in parts:
                order = source_order(part.kind, priorities)
                origin = (device.source, device.device)
                held = best.setdefault(part.kind, {}).get(day)
                if held is None or (rank(origin[0], order), -len(part.values)) < (rank(held[0][0], order), -len(held[1].values)):
                    best[part.kind][day] = origin, part
    return [_course(kind, of, since_ms, until_ms) for kind, of in sorted(best.items(), key=lambda one: list(KINDS).index(one[0]))]


def _course(kind: str, parts: dict[str, tuple[Origin, Series | Spans]], since_ms: int, until_ms: int) -> HealthCourse:
    ordered = [parts[day] for day in sorted(parts)]
    times = np.concatenate([part.time_ms if isinstance(part, Series) else part.start_ms for _, part in ordered])
    values = np.concatenate([part.values for _, part in ordered])
    within = (times >= since_ms) & (times <= until_ms)
    origin = ordered[-1][0]
    return {
        "key": kind,
        "name": KINDS[kind].name,
        "unit": KINDS[kind].unit,
        "source": origin[0],
        "device": origin[1] or None,
        "time_ms": times[within].tolist(),
        "values": [value if value == value else None for value in values[within].tolist()],
    }


def _activities(reader: Reader, scope: Scope, day: date) -> list[DayActivity]:
    """Return the activities that begin on a local day, in order."""
    return [
        {
            "id": row.public_id,
            "name": row.name,
            "sport": row.sport,
            "start_ms": row.start_ms,
            "end_ms": row.start_ms + round(1000 * (row.elapsed_s or 0.0)),
        }
        for row in started_between(reader, scope, day, day)
    ]
