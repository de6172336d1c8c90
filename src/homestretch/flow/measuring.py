"""Measures again what is due: after a changed threshold or formula, a merge, a retyped sport."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, exists, select

from homestretch.analysis.history import Stated
from homestretch.analysis.measure import read
from homestretch.flow.alone import alone
from homestretch.flow.decoders import Decoders
from homestretch.flow.marks import put_mark
from homestretch.flow.measures import Done, judge_all, keep, mark_of
from homestretch.flow.reckon import Stored, not_reckoned, reckon_stored
from homestretch.flow.subject import subject_of
from homestretch.flow.world import World
from homestretch.store.database import Reader
from homestretch.store.marks import mark
from homestretch.store.tables.derived import activities, measures, recordings, streams
from homestretch.store.tables.kept import athletes
from homestretch.store.thresholds import stated

JOB = "measure"
COMMIT_EVERY = 64


def unmeasured_athletes(world: World) -> list[int]:
    """Return the athletes of whom something is to be measured, or to be judged whether it is."""
    found = []
    with world.database.read() as reader:
        for row in reader.rows(select(athletes.c.id)):
            due = select(exists().where(measures.c.athlete_id == row.id, measures.c.due))
            if mark(reader, row.id, JOB) != mark_of(reader, row.id) or reader.scalar(due):
                found.append(row.id)
    return found


def measure_due(world: World, athlete_id: int, decoders: Decoders) -> int:
    """Measure what is due of an athlete; return of how many activities that was."""
    _take_notice(world, athlete_id)
    count = 0
    while portion := _portion(world, athlete_id):
        done = [(row, reckoned) for row, _, reckoned in decoders.run(reckon_stored, not_reckoned, portion)]
        with world.database.write() as session:
            alone(session, athlete_id)
            keep(session, athlete_id, [Done(row, r.prints, r.profile, r.measured) for row, r in done])
        count += len(done)
    return count


def _take_notice(world: World, athlete_id: int) -> None:
    """Judge all activities if thresholds or formulas have changed since that was done last."""
    with world.database.read() as reader:
        today = mark_of(reader, athlete_id)
        if mark(reader, athlete_id, JOB) == today:
            return
    with world.database.write() as session:
        alone(session, athlete_id)
        today = mark_of(session, athlete_id)
        judge_all(session, athlete_id)
        put_mark(session, athlete_id, JOB, today)


def _portion(world: World, athlete_id: int) -> list[tuple[dict[str, Any], Stored]]:
    """Return some of what is due, the newest first: (activity row, what is to be measured)."""
    wanted = (measures.c.athlete_id == athlete_id) & measures.c.due
    query = (
        select(activities, measures.c.have)
        .join(measures, measures.c.activity_id == activities.c.id)
        .where(wanted, activities.c.source.is_not(None))
        .order_by(activities.c.id.desc())
        .limit(COMMIT_EVERY)
    )
    with world.database.read() as reader:
        said = stated(reader, athlete_id)
        rows = reader.rows(query)
        return list(_stored(reader, rows, said))


def _stored(reader: Reader, rows: Sequence[Row[Any]], said: Stated) -> Iterator[tuple[dict[str, Any], Stored]]:
    wanted = {row.primary_id: row for row in rows}
    query = select(recordings, streams.c.blob).join(streams, streams.c.recording_id == recordings.c.id)
    for found in reader.rows(query.where(recordings.c.id.in_(wanted))):
        activity = wanted[found.id]._asdict()
        subject = subject_of(activity)
        span = (found.start_ms, found.end_ms)
        yield activity, Stored(subject, read(activity["have"]), said, found.summary, found.detail, found.blob, span)
