"""What files say of days and of gear: reports of days, and the gear in archives' own lists."""

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import delete, func, select

from homestretch.flow.derive.days.derive_days import derive_days
from homestretch.flow.derive.decode.decode_original import DecodeResult
from homestretch.merge.local_days import placed
from homestretch.model.health.day_report import day_reports
from homestretch.model.moment import DAY_MS, day_number
from homestretch.store.database import Writer
from homestretch.store.queries.day_reports import days_of_originals, forget_reports, put_devices, put_reports
from homestretch.store.queries.measurements import home_zone
from homestretch.store.tables.derived import listed_gear, remote_gear


def keep_days(session: Writer, athlete_id: int, prepared: Sequence[DecodeResult]) -> None:
    """Keep what files say of days and of gear; what the same files said before is forgotten by then."""
    days: set[str] = set()
    zone = home_zone(session, athlete_id)
    for file in prepared:
        said_ms = _said_ms(file)
        wellness = placed(file.wellness, zone)
        put_reports(session, athlete_id, list(day_reports(wellness, file.digest, file.format, said_ms)))
        put_devices(session, athlete_id, file.digest, file.format, said_ms, file.wellness.devices)
        days |= wellness.days
    derive_days(session, athlete_id, days)
    _keep_gear(session, athlete_id, [one for one in prepared if one.wellness.gear])


def forget_days(session: Writer, athlete_id: int, digests: Collection[str]) -> None:
    """Forget what these files say of days and of gear; what others say of the same holds then."""
    derive_days(session, athlete_id, forget_reports(session, athlete_id, digests))
    mine = (listed_gear.c.athlete_id == athlete_id) & listed_gear.c.digest.in_(list(digests))
    sources = {row.source for row in session.rows(select(listed_gear.c.source).where(mine).distinct())}
    session.run(delete(listed_gear).where(mine))
    for source in sorted(sources):
        _equip(session, athlete_id, source)


def rewrite_days(session: Writer, athlete_id: int, digests: Collection[str]) -> None:
    """Derive again what these files say of days and of gear, whose reports are still there."""
    derive_days(session, athlete_id, days_of_originals(session, athlete_id, digests))
    query = select(listed_gear.c.source).where(listed_gear.c.athlete_id == athlete_id).distinct()
    for row in session.rows(query):
        _equip(session, athlete_id, row.source)


def _said_ms(file: DecodeResult) -> int:
    """Return when a file says what it says: as it states, else the end of its last day."""
    if file.wellness.said_ms is not None:
        return file.wellness.said_ms
    return (day_number(max(file.wellness.days)) + 1) * DAY_MS if file.wellness.days else 0


def _keep_gear(session: Writer, athlete_id: int, lists: Sequence[DecodeResult]) -> None:
    for one in lists:
        mine = (listed_gear.c.athlete_id == athlete_id) & (listed_gear.c.digest == one.digest)
        session.run(delete(listed_gear).where(mine))
        of = {"athlete_id": athlete_id, "digest": one.digest, "source": one.format}
        session.put(listed_gear, [{**of, **asdict(item)} for item in one.wellness.gear])
    for source in sorted({one.format for one in lists}):
        _equip(session, athlete_id, source)


def _equip(session: Writer, athlete_id: int, source: str) -> None:
    """Put the gear of a source's lists; of several lists the one whose gear has gone furthest has the word."""
    mine = (remote_gear.c.athlete_id == athlete_id) & (remote_gear.c.source == source)
    session.run(delete(remote_gear).where(mine))
    theirs = (listed_gear.c.athlete_id == athlete_id) & (listed_gear.c.source == source)
    gone = func.sum(listed_gear.c.distance_m).over(partition_by=listed_gear.c.digest)
    rows = session.rows(select(listed_gear).where(theirs).order_by(func.coalesce(gone, 0.0), listed_gear.c.digest))
    items = {row.key: {name: value for name, value in row._asdict().items() if name != "digest"} for row in rows}
    session.put(remote_gear, list(items.values()))
