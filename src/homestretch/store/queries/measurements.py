"""Writes and reads what devices say of days: values, nights, totals of several devices, and revisions of days."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, func, select

from homestretch.model.health.kinds import KINDS
from homestretch.model.health.night import Night
from homestretch.store.codecs.day_reports import night_of_rows, stage_rows
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.derived_days import day_fingerprints, day_reports, day_totals, measurements, nights
from homestretch.store.tables.kept import athletes, connections, payloads
from homestretch.store.tables.ops import connection_state, day_revisions

PORTION = 500
#: The format of devices' own files, and among how many of the newest reports one is looked for.
DEVICE_FILES, NEWEST = "fit", 50
_NIGHT = tuple(
    field.name for field in dataclasses.fields(Night) if field.name not in ("day", "device", "nap", "stages")
)


class DayValue(NamedTuple):
    """A value that a device says of a day: the day's own (`at_ms` 0), or one of several."""

    kind: str
    day: str
    source: str
    device: str
    at_ms: int
    value: float


class KindOrigin(NamedTuple):
    """A source and device that measured a kind: on how many days, and the last of them."""

    kind: str
    source: str
    device: str
    days: int
    last: str


@dataclass(frozen=True, slots=True)
class DayTotal:
    """A day's total of several devices, with each one's part as (source, device, part), the most believed first."""

    kind: str
    day: str
    value: float
    shares: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class SourceNight:
    """A night, and which source and device say so."""

    source: str
    device: str
    night: Night


def replace_days(
    session: Writer,
    athlete_id: int,
    days: Collection[str],
    values: Sequence[DayValue],
    totals: Sequence[DayTotal],
    sleeps: Sequence[SourceNight],
) -> None:
    """Write what devices say of these days, instead of what was there."""
    for portion in batched(sorted(days), PORTION):
        for table in (measurements, day_totals, nights):
            session.run(delete(table).where(table.c.athlete_id == athlete_id, table.c.day.in_(portion)))
    of = {"athlete_id": athlete_id}
    session.put(measurements, [{**of, **value._asdict()} for value in values])
    session.put(day_totals, [{**of, **dataclasses.asdict(total)} for total in totals])
    session.put(nights, [{**of, **_night_row(one)} for one in sleeps])


def put_fingerprints(session: Writer, athlete_id: int, days: Collection[str], fingerprints: Mapping[str, str]) -> None:
    """Write what the fold of these days depended on, instead of what was there; those without one have no reports."""
    table = day_fingerprints
    for portion in batched(sorted(days), PORTION):
        session.run(delete(table).where(table.c.athlete_id == athlete_id, table.c.day.in_(portion)))
    rows = [{"athlete_id": athlete_id, "day": day, "fingerprint": one} for day, one in sorted(fingerprints.items())]
    session.put(table, rows)


def read_fingerprints(reader: Reader, athlete_id: int) -> dict[str, str]:
    """Return what the fold of each day depended on."""
    table = day_fingerprints.c
    rows = reader.rows(select(table.day, table.fingerprint).where(table.athlete_id == athlete_id))
    return {row.day: row.fingerprint for row in rows}


def _night_row(one: SourceNight) -> dict[str, Any]:
    night = one.night
    fields = {name: getattr(night, name) for name in _NIGHT}
    return {"day": night.day, "source": one.source, "device": one.device, **fields, "stages": stage_rows(night)}


def read_values(
    reader: Reader, athlete_id: int, kinds: Collection[str], since: str, until: str
) -> dict[str, list[DayValue]]:
    """Return what devices say of kinds from one day to another, both included, by kind, in order of day and time."""
    table = measurements.c
    query = select(*(table[name] for name in DayValue._fields)).where(
        table.athlete_id == athlete_id, table.kind.in_(sorted(kinds)), table.day.between(since, until)
    )
    values: dict[str, list[DayValue]] = {kind: [] for kind in kinds}
    rows = reader.rows(query.order_by(table.kind, table.day, table.source, table.device, table.at_ms))
    for kind, of_kind in groupby(rows, itemgetter(0)):
        values[kind] = list(map(DayValue._make, of_kind))
    return values


def read_totals(
    reader: Reader, athlete_id: int, kinds: Collection[str], since: str, until: str
) -> dict[str, list[DayTotal]]:
    """Return the totals of several devices by kind."""
    table = day_totals.c
    query = select(day_totals).where(
        table.athlete_id == athlete_id, table.kind.in_(sorted(kinds)), table.day.between(since, until)
    )
    totals: dict[str, list[DayTotal]] = {kind: [] for kind in kinds}
    for row in reader.rows(query):
        shares = tuple((source, device, value) for source, device, value in row.shares)
        totals[row.kind].append(DayTotal(row.kind, row.day, row.value, shares))
    return totals


def read_nights(reader: Reader, athlete_id: int, since: str, until: str, *, stages: bool = True) -> list[SourceNight]:
    """Return each device's nights from one day of waking to another, both included, in order of day.

    Their stages, which are most of the work, may be left out.
    """
    table = nights.c
    columns = [table.source, table.device, table.day, *(table[name] for name in _NIGHT), *([table.stages] * stages)]
    where = (table.athlete_id == athlete_id) & table.day.between(since, until)
    rows = reader.rows(select(*columns).where(where).order_by(table.day, table.source, table.device))
    return [SourceNight(row.source, row.device, _night(row, row.stages if stages else ())) for row in rows]


def _night(row: Row[Any], stages: Sequence[Sequence[int | str]]) -> Night:
    return night_of_rows(dict(zip(_NIGHT, row[3:], strict=False)), stages, row.day, row.device)


def kinds_measured(reader: Reader, athlete_id: int) -> dict[str, tuple[str, str]]:
    """Return the kinds that were ever measured, with their first and last day: a seek for each, never a scan."""
    table = measurements.c
    ends = []
    for kind in KINDS:
        where = (table.athlete_id == athlete_id) & (table.kind == kind)
        ends += [
            select(fold(table.day)).where(where).scalar_subquery().label(f"{kind} {name}")
            for name, fold in (("first", func.min), ("last", func.max))
        ]
    (row,) = reader.rows(select(*ends))
    days = row._mapping
    return {kind: (days[f"{kind} first"], days[f"{kind} last"]) for kind in KINDS if days[f"{kind} first"] is not None}


def last_said_ms(reader: Reader, athlete_id: int, day: str) -> int | None:
    """Return when anything was said last of a day, UTC ms; None where nothing was."""
    where = (day_reports.c.athlete_id == athlete_id) & (day_reports.c.day == day)
    said_ms: int | None = reader.scalar(select(func.max(day_reports.c.said_ms)).where(where))
    return said_ms


def last_synced_ms(reader: Reader, athlete_id: int, sources: Collection[str]) -> int | None:
    """Return when one of these sources was synced or sent something last, or a device's own file ends, UTC ms.

    What is typed in, by hand or in a table, is no sync. None before the first one.
    """
    theirs = (connections.c.athlete_id == athlete_id) & connections.c.source.in_(sorted(sources))
    good = select(func.max(connection_state.c.good_ms)).join(
        connections, connections.c.id == connection_state.c.connection_id
    )
    sent = select(payloads.c.fetched_ms).join(connections, connections.c.id == payloads.c.connection_id)
    newest = select(day_reports.c.said_ms, day_reports.c.source, day_reports.c.original).where(
        day_reports.c.athlete_id == athlete_id
    )
    files = newest.order_by(day_reports.c.day.desc()).limit(NEWEST).subquery()
    by_device = select(func.max(files.c.said_ms)).where(
        files.c.source == DEVICE_FILES, ~files.c.original.startswith("payload:")
    )
    times = [
        reader.scalar(good.where(theirs)),
        reader.scalar(sent.where(payloads.c.athlete_id == athlete_id, theirs).order_by(payloads.c.id.desc()).limit(1)),
        reader.scalar(by_device),
    ]
    return max((int(one) for one in times if one is not None), default=None)


def home_zone(reader: Reader, athlete_id: int) -> str | None:
    """Return the zone that the athlete set."""
    zone: str | None = reader.scalar(select(athletes.c.home_zone).where(athletes.c.id == athlete_id))
    return zone


def home_zones(reader: Reader) -> dict[int, str | None]:
    """Return the zone that each athlete set."""
    return {row.id: row.home_zone for row in reader.rows(select(athletes.c.id, athletes.c.home_zone))}


def sources_measured(reader: Reader, athlete_id: int) -> list[str]:
    """Return the sources that say something of any day, in order of their keys."""
    query = select(day_reports.c.source).where(day_reports.c.athlete_id == athlete_id).distinct()
    return sorted(row.source for row in reader.rows(query))


def origins_measured(reader: Reader, athlete_id: int) -> list[KindOrigin]:
    """Return which sources and devices measured each kind, on how many days and until when, in order of their keys."""
    table = measurements.c
    of = (table.kind, table.source, table.device)
    query = select(*of, func.count(table.day.distinct()).label("days"), func.max(table.day).label("last"))
    rows = reader.rows(query.where(table.athlete_id == athlete_id).group_by(*of).order_by(*of))
    return [KindOrigin._make(row) for row in rows]


def revise(session: Writer, athlete_id: int, digests: Mapping[str, str]) -> None:
    """Give each day whose digest is another one than before the next revision; "" is the digest of an empty day."""
    table = day_revisions.c
    before: dict[str, str] = {}
    for portion in batched(sorted(digests), PORTION):
        query = select(table.day, table.digest).where(table.athlete_id == athlete_id, table.day.in_(portion))
        before |= {row.day: row.digest for row in session.rows(query)}
    changed = [day for day in sorted(digests) if before.get(day, "") != digests[day]]
    if not changed:
        return
    last = session.scalar(select(func.max(table.revision)).where(table.athlete_id == athlete_id)) or 0
    of = {"athlete_id": athlete_id}
    rows = [{**of, "day": day, "revision": last + n, "digest": digests[day]} for n, day in enumerate(changed, 1)]
    session.put(day_revisions, rows)


def days_since_revision(reader: Reader, athlete_id: int, revision: int) -> list[tuple[str, int]]:
    """Return the days that changed after a revision, with theirs, in the order of the changes."""
    table = day_revisions.c
    query = select(table.day, table.revision).where(table.athlete_id == athlete_id, table.revision > revision)
    return [(row.day, row.revision) for row in reader.rows(query.order_by(table.revision))]
