"""Keeps and reads day reports: what originals say of days, as rows; what was measured through a day as blobs."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, update

from homestretch.model.health.day_report import DayReport
from homestretch.model.health.measurement import HealthDevice, Series, Spans, Wellness
from homestretch.store.codecs.day_reports import pack_course, pack_values, unpack_series, unpack_spans, unpack_values
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.derived_days import day_reports, health_devices, intraday
from homestretch.store.tables.ops import batches, items

PORTION = 500
#: What the originals that are payloads are called: this and their id.
PAYLOAD = "payload:"


def put_reports(session: Writer, athlete_id: int, reports: Sequence[DayReport]) -> None:
    """Keep reports; those that were kept of the same originals are to be forgotten before."""
    session.put(day_reports, [_row(athlete_id, report) for report in reports])
    session.put(intraday, [row for report in reports for row in _courses(athlete_id, report)])


def put_devices(
    session: Writer, athlete_id: int, original: str, source: str, said_ms: int, devices: Iterable[HealthDevice]
) -> None:
    """Keep what an original says of devices."""
    rows = [
        {
            "athlete_id": athlete_id,
            "source": source,
            "device": device.key,
            "original": original,
            "said_ms": said_ms,
            "name": device.name,
            "synced_ms": device.synced_ms,
            "battery_pct": device.battery_pct,
        }
        for device in devices
    ]
    session.put(health_devices, rows)


def forget_reports(session: Writer, athlete_id: int, originals: Collection[str]) -> set[str]:
    """Forget what these originals say, and return the days that they said something of."""
    days: set[str] = set()
    for portion in batched(sorted(originals), PORTION):
        where = _of(day_reports, athlete_id) & day_reports.c.original.in_(portion)
        of = days_of_originals(session, athlete_id, portion)
        for part in batched(sorted(of), PORTION):
            there = _of(intraday, athlete_id) & intraday.c.day.in_(part) & intraday.c.original.in_(portion)
            session.run(delete(intraday).where(there))
        session.run(delete(day_reports).where(where))
        session.run(
            delete(health_devices).where(_of(health_devices, athlete_id), health_devices.c.original.in_(portion))
        )
        days |= of
    return days


def originals_of_payloads(reader: Reader, athlete_id: int) -> set[str]:
    """Return the payloads with reports on days."""
    theirs = day_reports.c.original.startswith(PAYLOAD, autoescape=True)
    query = select(day_reports.c.original).where(_of(day_reports, athlete_id), theirs)
    return {row.original for row in reader.rows(query.distinct())}


def supersede(session: Writer, athlete_id: int, originals: Sequence[str]) -> set[str]:
    """Write down that later answers supersede these payloads; return the days of which that is new."""
    days: set[str] = set()
    for portion in batched(originals, PORTION):
        held = _of(day_reports, athlete_id) & day_reports.c.original.in_(portion) & ~day_reports.c.superseded
        days |= {row.day for row in session.rows(select(day_reports.c.day).where(held).distinct())}
        session.run(update(day_reports).where(held).values(superseded=True))
    return days


def devices_of_payloads(reader: Reader, athlete_id: int) -> set[str]:
    """Return the payloads that say something of devices."""
    theirs = health_devices.c.original.startswith(PAYLOAD, autoescape=True)
    query = select(health_devices.c.original).where(_of(health_devices, athlete_id), theirs)
    return {row.original for row in reader.rows(query.distinct())}


def days_of_originals(reader: Reader, athlete_id: int, originals: Collection[str]) -> set[str]:
    """Return the days that these originals say something of."""
    days: set[str] = set()
    for portion in batched(sorted(originals), PORTION):
        where = _of(day_reports, athlete_id) & day_reports.c.original.in_(portion)
        days |= {row.day for row in reader.rows(select(day_reports.c.day).where(where).distinct())}
    return days


def days_of_import(reader: Reader, batch_id: int) -> int:
    """Return of how many days the files of an import say something."""
    joined = day_reports.join(items, items.c.digest == day_reports.c.original).join(
        batches, (batches.c.id == items.c.batch_id) & (batches.c.athlete_id == day_reports.c.athlete_id)
    )
    query = select(func.count(day_reports.c.day.distinct())).select_from(joined).where(items.c.batch_id == batch_id)
    return int(reader.scalar(query) or 0)


def days_with_reports(reader: Reader, athlete_id: int) -> list[str]:
    """Return every day that an original says something of, in order."""
    query = select(day_reports.c.day).where(_of(day_reports, athlete_id)).distinct()
    return sorted(row.day for row in reader.rows(query))


def read_reports(
    reader: Reader, athlete_id: int, days: Iterable[str], kinds: Collection[str] | None = None
) -> dict[str, list[DayReport]]:
    """Return the reports on each of these days; of what was measured through them only these kinds, or all (None).

    Raises BadStream.
    """
    reports: dict[str, list[DayReport]] = {}
    for portion in batched(sorted(set(days)), PORTION):
        rows = reader.rows(select(day_reports).where(_of(day_reports, athlete_id), day_reports.c.day.in_(portion)))
        where = _of(intraday, athlete_id) & intraday.c.day.in_(portion)
        if kinds is not None:
            where &= intraday.c.kind.in_(list(kinds))
        courses: dict[tuple[str, ...], list[Any]] = {}
        for course in reader.rows(select(intraday).where(where)):
            courses.setdefault((course.day, course.original, course.source, course.device), []).append(course)
        for row in rows:
            content = _content(row, courses.get((row.day, row.original, row.source, row.device), ()))
            reports.setdefault(row.day, []).append(
                DayReport(
                    original=row.original,
                    source=row.source,
                    device=row.device,
                    day=row.day,
                    said_ms=row.said_ms,
                    place=row.place,
                    superseded=row.superseded,
                    content=content,
                )
            )
    return reports


def _content(row: Any, courses: Iterable[Any]) -> Wellness:
    values, sleeps = unpack_values(row.blob, row.day, row.device)
    series = [unpack_series(one.blob, one.kind, one.day, one.device) for one in courses if not one.spans]
    spans = [unpack_spans(one.blob, one.kind, one.day, one.device) for one in courses if one.spans]
    return Wellness(measurements=values, nights=sleeps, series=tuple(series), spans=tuple(spans))


def _row(athlete_id: int, report: DayReport) -> dict[str, Any]:
    return {
        "athlete_id": athlete_id,
        "original": report.original,
        "day": report.day,
        "source": report.source,
        "device": report.device,
        "said_ms": report.said_ms,
        "place": report.place,
        "superseded": report.superseded,
        "blob": pack_values(report.content),
    }


def _courses(athlete_id: int, report: DayReport) -> Iterator[dict[str, Any]]:
    courses: tuple[Series | Spans, ...] = (*report.content.series, *report.content.spans)
    for course in courses:
        yield {
            "athlete_id": athlete_id,
            "day": report.day,
            "original": report.original,
            "source": report.source,
            "device": report.device,
            "kind": course.kind,
            "spans": isinstance(course, Spans),
            "blob": pack_course(course),
        }


def _of(table: Table, athlete_id: int) -> ColumnElement[bool]:
    return table.c.athlete_id == athlete_id
