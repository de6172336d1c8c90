"""A day: what was measured, who says so and what others say, its night and its notes; the devices of all days."""

from datetime import date

import numpy as np
from sqlalchemy import select

from homestretch.merge.sleeps import asleep_s
from homestretch.model.documents.health import (
    HealthDay,
    HealthDeviceItem,
    HealthDevices,
    HealthMeasure,
    HealthNight,
    SourceValue,
)
from homestretch.model.health.kinds import KINDS
from homestretch.model.moment import iso, local_iso
from homestretch.store.database import Reader
from homestretch.store.queries.measurements import SourceNight
from homestretch.store.scope import Scope
from homestretch.store.tables.derived_days import health_devices as devices_table
from homestretch.views.health.choice import Chosen, Origin
from homestretch.views.health.read import Stretch, chosen_kinds, chosen_nights, is_partial, notes_of


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
    """Return a kind's value of a day with its provenance; None without a value."""
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


def health_devices(reader: Reader, scope: Scope) -> HealthDevices:
    """Return every device once, with the last word about each."""
    scope.must("health: read")
    columns = [devices_table.c[name] for name in ("source", "device", "name", "synced_ms", "battery_pct")]
    order = (devices_table.c.said_ms, devices_table.c.original)
    query = (
        select(*columns)
        .where(devices_table.c.athlete_id == scope.athlete_id, devices_table.c.device != "")
        .order_by(*order)
    )
    items: dict[tuple[str, str], HealthDeviceItem] = {}
    for row in reader.rows(query):
        unnamed: HealthDeviceItem = {
            "source": row.source,
            "device": row.device,
            "name": None,
            "synced": None,
            "battery_pct": None,
        }
        item = items.setdefault((row.source, row.device), unnamed)
        item["name"] = row.name or item["name"]
        item["synced"] = iso(row.synced_ms) or item["synced"]
        if row.battery_pct is not None:
            item["battery_pct"] = row.battery_pct
    return {"items": [items[key] for key in sorted(items)]}
