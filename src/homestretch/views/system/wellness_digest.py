"""What devices say of days as lines of a digest: keys and rounded values, never which original said it."""

import hashlib
from collections.abc import Iterator

import numpy as np
from sqlalchemy import select

from homestretch.store.codecs.streams import unpack
from homestretch.store.database import Reader
from homestretch.store.tables.derived import remote_gear
from homestretch.store.tables.derived_days import day_totals, health_devices, intraday, measurements, nights
from homestretch.views.system.measures_digest import DECIMALS, line

TABLES = {
    "measurement": measurements, "total": day_totals, "night": nights, "device": health_devices, "gear": remote_gear,
}  # fmt: skip
#: Says by which original, and when, something came.
ORIGIN = ("original", "said_ms")


def wellness_lines(reader: Reader) -> Iterator[str]:
    """Yield a line for each value, total, night, device, item of gear and course of a day. Raises BadStream."""
    for kind, table in TABLES.items():
        for row in reader.rows(select(table)):
            yield line(kind, {name: value for name, value in row._asdict().items() if name not in ORIGIN})
    for row in reader.rows(select(intraday)):
        time_ms, channels = unpack(row.blob)
        course = hashlib.blake2b(np.ascontiguousarray(time_ms).tobytes(), digest_size=12)
        for key, channel in channels.items():
            # Whatever the bits of a NaN, it says the same.
            values = channel.values()
            course.update(key.encode() + np.where(np.isnan(values), np.nan, np.round(values, DECIMALS)).tobytes())
        where = {name: getattr(row, name) for name in ("athlete_id", "source", "device", "kind", "day", "spans")}
        yield line("intraday", {**where, "course": course.hexdigest()})
