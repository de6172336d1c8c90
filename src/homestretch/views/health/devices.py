"""The devices that measured the athlete's days and nights: what they are called, and when they were last heard of."""

from sqlalchemy import select

from homestretch.model.documents.health import HealthDeviceItem, HealthDevices
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived_days import health_devices as table


def health_devices(reader: Reader, scope: Scope) -> HealthDevices:
    """Return every device once, with the last word about each."""
    scope.must("health: read")
    columns = [table.c[name] for name in ("source", "device", "name", "synced_ms", "battery_pct")]
    order = (table.c.said_ms, table.c.original)
    query = select(*columns).where(table.c.athlete_id == scope.athlete_id, table.c.device != "").order_by(*order)
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
