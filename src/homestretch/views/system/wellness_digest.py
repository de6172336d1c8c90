"""Sources' values of days as lines of a digest: keys and rounded values, never which payload gave them last."""

import hashlib
from collections.abc import Iterator

import numpy as np
from sqlalchemy import select

from homestretch.store.codecs.streams import unpack
from homestretch.store.database import Reader
from homestretch.store.tables.derived import remote_gear
from homestretch.store.tables.derived_days import intraday, measurements, nights
from homestretch.views.system.measures_digest import DECIMALS, line


def wellness_lines(reader: Reader) -> Iterator[str]:
    """Yield a line for each value, night, item of gear and course of a day. Raises BadStream."""
    for kind, table in (("measurement", measurements), ("night", nights), ("gear", remote_gear)):
        for row in reader.rows(select(table)):
            yield line(kind, {name: value for name, value in row._asdict().items() if name != "digest"})
    for row in reader.rows(select(intraday)):
        time_ms, channels = unpack(row.blob)
        made = hashlib.blake2b(np.ascontiguousarray(time_ms).tobytes(), digest_size=12)
        for key, channel in channels.items():
            # Whatever the bits of a NaN, it says the same.
            values = channel.values()
            made.update(key.encode() + np.where(np.isnan(values), np.nan, np.round(values, DECIMALS)).tobytes())
        where = {name: getattr(row, name) for name in ("athlete_id", "source", "kind", "day")}
        yield line("intraday", {**where, "course": made.hexdigest()})
