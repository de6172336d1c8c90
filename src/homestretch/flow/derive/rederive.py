"""Derives again what today's code would derive otherwise: originals without an outcome at its version."""

from collections.abc import Collection, Sequence
from itertools import batched
from typing import Any

from sqlalchemy import Row, Select, delete, func, or_, select, update

from homestretch.errors import HomestretchError
from homestretch.flow.derive.activities import forget, refresh
from homestretch.flow.derive.commit import keep_outcomes
from homestretch.flow.derive.compute.athlete_inputs import person_of
from homestretch.flow.derive.compute.compute import AthleteInputs
from homestretch.flow.derive.decode.archive_index import put_titles
from homestretch.flow.derive.decode.archive_wellness import rewrite_days
from homestretch.flow.derive.decode.decode_original import LOST, DecodeResult, DecodeTask, current_versions
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.leases import lease
from homestretch.sources.registry import sources
from homestretch.store.database import Writer
from homestretch.store.queries.arrivals import earlier, in_force, names_of, replaced
from homestretch.store.tables.columns import derived_metadata
from homestretch.store.tables.derived import known_as, listed, listed_gear, outcomes, recordings, streams
from homestretch.store.tables.derived_days import day_reports, health_devices, intraday
from homestretch.store.tables.kept import arrivals, athletes

COMMIT_EVERY = 64
PORTION = 500
#: What decoding an original gives; all else follows from that.
OF_ORIGINALS = (outcomes, recordings, listed, listed_gear)
#: What an original says of days and devices, by the original.
OF_DAYS = (day_reports, intraday, health_devices)
#: What goes with a recording.
OF_RECORDINGS = (streams, known_as)


def stale(athlete_id: int | None = None) -> Select[Any]:
    """Return the query for the arrivals of what has no outcome of today's code, and that no later answer replaces."""
    home = select(func.coalesce(athletes.c.home_zone, "")).where(athletes.c.id == outcomes.c.athlete_id)
    at_home = or_(outcomes.c.zone.is_(None), outcomes.c.zone == home.correlate(outcomes).scalar_subquery())
    fresh = outcomes.c.version.in_(list(current_versions().values())) & at_home
    mine = (outcomes.c.athlete_id == arrivals.c.athlete_id) & (outcomes.c.digest == arrivals.c.digest) & fresh
    query = (
        select(arrivals)
        .select_from(arrivals.outerjoin(outcomes, mine))
        .where(in_force(), outcomes.c.digest.is_(None))
        .where(~replaced())
        .order_by(arrivals.c.id)
    )
    return query if athlete_id is None else query.where(arrivals.c.athlete_id == athlete_id)


def stale_athletes(context: Context) -> list[int]:
    """Return the athletes with something to derive."""
    with context.database.read() as reader:
        ids = stale().with_only_columns(arrivals.c.athlete_id).order_by(None).distinct()
        return [row.athlete_id for row in reader.rows(ids)]


class OriginalsLost(HomestretchError):
    """{count} originals are missing or damaged in the archive. Run `homestretch verify` to list and fix them."""


def rederive(context: Context, athlete_id: int, decoders: Decoders, wait_s: float = 0.0) -> int:
    """Derive what is to be derived for the athlete; return how many originals that was.

    Raises Occupied, and OriginalsLost once all others are done: what was derived before of those that the archive
    cannot give stays, and they are still to be derived.
    """
    with lease(context, f"derive:{athlete_id}", wait_s=wait_s) as held:
        with context.database.read() as reader:
            came: dict[str, list[Row[Any]]] = {}
            for row in reader.rows(stale(athlete_id)):
                came.setdefault(row.digest, []).append(row)
            names = names_of(reader, athlete_id)
            person = person_of(reader, athlete_id)
        works = (_work(rows, names[digest], person) for digest, rows in came.items())
        portion: list[tuple[Row[Any], DecodeResult]] = []
        lost = 0
        for row, _, prepared in decoders.each(context.archive, works, held.renew):
            if prepared.kind == LOST:
                lost += 1
                continue
            portion.append((row, prepared))
            if len(portion) == COMMIT_EVERY:
                _commit(context, athlete_id, portion)
                portion = []
                held.renew()
        _commit(context, athlete_id, portion)
    if lost:
        raise OriginalsLost(count=lost)
    return len(came)


def _work(rows: Sequence[Row[Any]], names: set[str], person: AthleteInputs) -> tuple[Row[Any], DecodeTask]:
    """Return the task for an original, and the arrival that it is done by, given how it came.

    An answer that only its source can read is read by that source, no matter how it came again.
    """
    answers = [row for row in rows if row.provider in sources() and sources()[row.provider].records]
    row = (answers or rows)[-1]
    others = tuple(sorted(names - {row.path}))
    return row, DecodeTask(
        row.digest, row.path, person=person, provider=row.provider, provider_key=row.provider_key, others=others
    )


def clear(context: Context, lost: Collection[str] = ()) -> None:
    """Drop everything derived; it is then to be derived again. What was decoded of `lost` originals stays."""
    with context.database.write() as session:
        for table in derived_metadata.sorted_tables:
            if not lost or table not in (*OF_ORIGINALS, *OF_DAYS, *OF_RECORDINGS):
                session.run(delete(table))
        if lost:
            _clear_all_but(session, frozenset(lost))


def _clear_all_but(session: Writer, lost: frozenset[str]) -> None:
    """Drop everything decoded from all other originals, and derive the rest without them."""
    for name, tables in (("digest", OF_ORIGINALS), ("original", OF_DAYS)):
        for table in tables:
            of = table.c[name]
            digests = set(session.connection.scalars(select(of).distinct())) - lost
            for portion in batched(sorted(digests), PORTION):
                session.run(delete(table).where(of.in_(portion)))
    for table in OF_RECORDINGS:
        session.run(delete(table).where(table.c.recording_id.not_in(select(recordings.c.id))))
    session.run(update(recordings).values(activity_id=None))
    for row in session.rows(select(athletes.c.id)):
        rewrite_days(session, row.id, lost)
        put_titles(session, row.id)
        mine = select(recordings.c.id).where(recordings.c.athlete_id == row.id)
        refresh(session, row.id, [one.id for one in session.rows(mine)])


def _commit(context: Context, athlete_id: int, portion: Sequence[tuple[Row[Any], DecodeResult]]) -> None:
    with context.database.write() as session:
        old = [digest for row, _ in portion for digest in earlier(session, row)]
        forget(session, athlete_id, old)
        keep_outcomes(context, session, athlete_id, [prepared for _, prepared in portion])
