"""Notifies, once, that a component of gear is due for service."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from homestretch.analysis.athlete.wear import Day, part_of, wear
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.notifications import remind
from homestretch.flow.runtime.schedule import athlete_zone
from homestretch.flow.runtime.watermarks import set_watermark
from homestretch.store.database import Reader
from homestretch.store.queries.gear import Gears, components_of, services_of, used_days
from homestretch.store.queries.watermarks import watermark
from homestretch.store.tables.kept import components

CODE = "service_due"


def athletes_to_remind(context: Context) -> list[int]:
    """Return the athletes with a reminder to send."""
    with context.database.read() as reader:
        rows = reader.rows(select(components.c.athlete_id).where(components.c.removed_ms.is_(None)).distinct())
        return [row.athlete_id for row in rows if any(_unannounced(reader, row.athlete_id, context.clock()))]


def remind_due(context: Context, athlete_id: int) -> int:
    """Leave a notice of each component that became due, once until it is serviced; return how many."""
    now = context.clock()
    with context.database.write() as session:
        found = list(_unannounced(session, athlete_id, now))
        for component, item, state in found:
            remind(session, athlete_id, now, CODE, {"component": component.name, "gear": item.name})
            set_watermark(session, athlete_id, _job(component), state)
    return len(found)


def _unannounced(reader: Reader, athlete_id: int, now: int) -> Iterator[tuple[Row[Any], Row[Any], str]]:
    """Yield the components that are due and not announced yet: with the item, and the reminder's key."""
    items = {number: row for number, row in Gears.of(reader, athlete_id).items.items() if row.retired_ms is None}
    fitted = [row for row in components_of(reader, athlete_id) if row.gear_id in items and row.until is None]
    if not fitted:
        return
    days, done = used_days(reader, athlete_id), services_of(reader, athlete_id)
    zone = ZoneInfo(athlete_zone(reader, athlete_id) or "UTC")
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone).date().toordinal() - 719_163
    for row in fitted:
        used = [Day(one.day, one.distance_m, one.time_s, one.activities) for one in days.get(row.gear_id, ())]
        services = done.get(row.id, [])
        state = f"{services[-1].id if services else 0} {row.every_m} {row.every_s} {row.every_days}"
        if wear(part_of(row, services), used, today).due and watermark(reader, athlete_id, _job(row)) != state:
            yield row, items[row.gear_id], state


def _job(component: Row[Any]) -> str:
    return f"service {component.public_id}"
