"""Keeps and reads what payloads say of somebody's days: values as rows, what was measured through a day as a blob."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

import numpy as np
import orjson
import zstandard
from sqlalchemy import Row, Table, delete, select

from homestretch.model.channel import MISSING_32, Channel, Floats, Raw
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Measurement, RemoteGear, Series, Wellness
from homestretch.model.health.night import Night, Stage
from homestretch.store.codecs.streams import pack, unpack
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.derived_days import intraday, measurements, nights

PORTION = 500
VALUE = "value"
#: Values become integers of the coarsest of these scales that loses nothing of them.
SCALES = (1.0, 10.0, 100.0, 1000.0)
_NIGHT = tuple(one.name for one in dataclasses.fields(Night) if one.name != "stages")


def put_wellness(session: Writer, athlete_id: int, source: str, digest: str, wellness: Wellness) -> None:
    """Write what the payload `digest` of a source says; of several values, the one put last holds.

    So payloads are put in the order in which they were fetched. Writing the same again changes nothing.
    """
    of = {"athlete_id": athlete_id, "source": source, "digest": digest}
    session.put(measurements, _last(measurements, ({**of, **_measurement(one)} for one in wellness.measurements)))
    session.put(nights, _last(nights, ({**of, **_night(one)} for one in wellness.nights)))
    session.put(intraday, _last(intraday, ({**of, **_series(one)} for one in wellness.series)))


def forget_wellness(session: Writer, athlete_id: int, digests: Iterable[str]) -> list[str]:
    """Forget the values of payloads; return the days that lost something, in order.

    Other payloads' values of these days are then to be put again, for only the last value was kept.
    """
    digests = list(digests)
    days = days_said(session, athlete_id, digests)
    for portion in batched(digests, PORTION):
        for table in (measurements, nights, intraday):
            session.run(delete(table).where(table.c.athlete_id == athlete_id, table.c.digest.in_(portion)))
    return sorted(days)


def days_said(reader: Reader, athlete_id: int, digests: Iterable[str]) -> set[str]:
    """Return the days on which payloads have the last word."""
    days: set[str] = set()
    for portion in batched(digests, PORTION):
        for table in (measurements, nights, intraday):
            theirs = (table.c.athlete_id == athlete_id) & table.c.digest.in_(portion)
            days |= {row.day for row in reader.rows(select(table.c.day).where(theirs).distinct())}
    return days


def read_series(reader: Reader, athlete_id: int, source: str, kind: str, day: str) -> Series | None:
    """Return what a source measured of a kind through a day, or None. Raises BadStream."""
    mine = (intraday.c.athlete_id == athlete_id) & (intraday.c.source == source)
    blob = reader.scalar(select(intraday.c.blob).where(mine, intraday.c.kind == kind, intraday.c.day == day))
    if blob is None:
        return None
    time_ms, channels = unpack(blob)
    return Series(kind, day, time_ms, channels[VALUE].values())


def read_measurements(
    reader: Reader, athlete_id: int, source: str, kind: str, since: str, until: str
) -> list[Measurement]:
    """Return what a source measured of a kind from one day to another, both included, in order of time."""
    mine = (measurements.c.athlete_id == athlete_id) & (measurements.c.source == source)
    within = measurements.c.day.between(since, until)
    query = select(measurements).where(mine, measurements.c.kind == kind, within)
    rows = reader.rows(query.order_by(measurements.c.day, measurements.c.at_ms))
    return [Measurement(row.kind, row.day, row.value, row.at_ms or None) for row in rows]


def read_nights(reader: Reader, athlete_id: int, source: str, since: str, until: str) -> list[Night]:
    """Return the nights by a source from one day of waking to another, both included, in order."""
    mine = (nights.c.athlete_id == athlete_id) & (nights.c.source == source)
    query = select(nights).where(mine, nights.c.day.between(since, until)).order_by(nights.c.day)
    return [_night_of(row) for row in reader.rows(query)]


def read_days(
    reader: Reader, athlete_id: int, kind: str, since: str, until: str, order: Sequence[str]
) -> list[Measurement]:
    """Return the measurements of a kind from one day to another: each day by one source, the first in `order`.

    So a day that several sources have is there once. Sources that are not in `order` come after, by their keys.
    """
    mine = (measurements.c.athlete_id == athlete_id) & (measurements.c.kind == kind)
    rows = reader.rows(select(measurements).where(mine, measurements.c.day.between(since, until)))
    chosen = _chosen(rows, order)
    return [
        Measurement(row.kind, row.day, row.value, row.at_ms or None)
        for row in sorted(rows, key=lambda row: (row.day, row.at_ms))
        if chosen[row.day] == row.source
    ]


def read_all_nights(reader: Reader, athlete_id: int, since: str, until: str, order: Sequence[str]) -> list[Night]:
    """Return the nights from one day of waking to another, each by one source, as `read_days` chooses."""
    rows = reader.rows(select(nights).where(nights.c.athlete_id == athlete_id, nights.c.day.between(since, until)))
    chosen = _chosen(rows, order)
    return [_night_of(row) for row in sorted(rows, key=lambda row: row.day) if chosen[row.day] == row.source]


def pack_wellness(wellness: Wellness) -> bytes:
    """Return values, nights and gear, packed; courses are left out."""
    document = {"measurements": wellness.measurements, "nights": wellness.nights, "gear": wellness.gear}
    return zstandard.ZstdCompressor(level=3).compress(orjson.dumps(document))


def unpack_wellness(packed: bytes) -> Wellness:
    """Return what `pack_wellness` packed."""
    document = orjson.loads(zstandard.ZstdDecompressor().decompress(packed))
    return Wellness(
        measurements=tuple(Measurement(**one) for one in document["measurements"]),
        nights=tuple(
            Night(**{**one, "stages": tuple(Stage(**stage) for stage in one["stages"])}) for one in document["nights"]
        ),
        gear=tuple(RemoteGear(**one) for one in document["gear"]),
    )


def _chosen(rows: Iterable[Row[Any]], order: Sequence[str]) -> dict[str, str]:
    """Return the source that has the word of each day."""
    rank = {source: place for place, source in enumerate(order)}
    chosen: dict[str, str] = {}
    for source, day in sorted(
        {(row.source, row.day) for row in rows}, key=lambda one: (rank.get(one[0], len(rank)), one)
    ):
        chosen.setdefault(day, source)
    return chosen


def _last(table: Table, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows, of those with one key the last, in the order of their keys."""
    keys = [column.name for column in table.primary_key]
    held = {tuple(row[key] for key in keys): row for row in rows}
    return [held[key] for key in sorted(held)]


def _measurement(one: Measurement) -> dict[str, Any]:
    return {"kind": one.kind, "day": one.day, "at_ms": one.at_ms or 0, "value": one.value}


def _night(one: Night) -> dict[str, Any]:
    stages = [[stage.start_ms - one.start_ms, stage.end_ms - one.start_ms, stage.stage] for stage in one.stages]
    return {**{name: getattr(one, name) for name in _NIGHT}, "stages": stages}


def _night_of(row: Row[Any]) -> Night:
    values: Mapping[str, Any] = {name: getattr(row, name) for name in _NIGHT}
    start_ms = row.start_ms
    return Night(**values, stages=tuple(Stage(start_ms + a, start_ms + b, stage) for a, b, stage in row.stages))


def _series(one: Series) -> dict[str, Any]:
    raw, scale = _integers(one.values)
    unit = KINDS[one.kind].unit if one.kind in KINDS else ""
    return {"kind": one.kind, "day": one.day, "blob": pack(one.time_ms, [Channel(VALUE, raw, unit, scale)])}


def _integers(values: Floats) -> tuple[Raw, float]:
    """Return values as int32 with their scale, or as they are with 1 where that would change one of them."""
    known = ~np.isnan(values)
    plain = np.where(known, values, 0.0)
    for scale in SCALES:
        with np.errstate(over="ignore"):
            scaled = np.rint(plain * scale)
        if np.all(np.abs(scaled) < -MISSING_32) and np.array_equal(scaled / scale, plain):
            return np.where(known, scaled, MISSING_32).astype(np.int32), scale
    return values, 1.0
