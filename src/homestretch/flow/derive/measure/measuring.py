"""Measures again what is due: after a changed threshold or formula, a merge, a retyped sport."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, exists, select

from homestretch.analysis.athlete.history import History
from homestretch.analysis.measure.measure import read
from homestretch.flow.derive.compute.athlete_inputs import history_of
from homestretch.flow.derive.compute.compute import Share, Stored, compute_stored, not_computed
from homestretch.flow.derive.compute.fingerprints import subject_of
from homestretch.flow.derive.decode.decoders import Decoders
from homestretch.flow.derive.measure.estimates import athletes_to_estimate, estimate
from homestretch.flow.derive.measure.measures import (
    Done,
    keep,
    mark_all_stale,
    mark_of,
    mark_unmeasured,
    marks_of_today,
)
from homestretch.flow.runtime.athlete_lock import lock_athlete
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.watermarks import set_watermark
from homestretch.store.database import Reader
from homestretch.store.queries.corrected import corrected_rows
from homestretch.store.queries.measured import incomplete
from homestretch.store.queries.samples import samples_of
from homestretch.store.queries.watermarks import marks_of_all, watermark
from homestretch.store.tables.derived import activities, measures, recordings, streams
from homestretch.store.tables.kept import athletes

JOB = "measure"
COMMIT_EVERY = 64


def unmeasured_athletes(context: Context) -> list[int]:
    """Return the athletes with something to measure, or to check for staleness."""
    with context.database.read() as reader:
        left = exists().where(measures.c.athlete_id == athletes.c.id, measures.c.stale)
        due = {row.id for row in reader.rows(select(athletes.c.id).where(left))}
        due |= athletes_to_estimate(reader)
        known = marks_of_all(reader, JOB)
        return [one for one, today in sorted(marks_of_today(reader).items()) if one in due or known.get(one) != today]


def forget_incomplete(context: Context) -> int:
    """Let what has lost rows be measured again; return of how many activities that is."""
    with context.database.snapshot() as reader:
        lost = incomplete(reader)
    with context.database.write() as session:
        for row in session.rows(select(athletes.c.id).order_by(athletes.c.id)) if lost else ():
            lock_athlete(session, row.id)
        mark_unmeasured(session, lost)
    return len(lost)


def measure_due(context: Context, athlete_id: int, decoders: Decoders) -> int:
    """Measure what is due of an athlete, and again what other estimates change; return how often one was measured.

    It ends: the best efforts that thresholds are estimated from depend on none.
    """
    count = _measure_due(context, athlete_id, decoders)
    while estimate(context, athlete_id):
        count += _measure_due(context, athlete_id, decoders)
    return count


def _measure_due(context: Context, athlete_id: int, decoders: Decoders) -> int:
    _take_notice(context, athlete_id)
    count = 0
    ids = _due(context, athlete_id)
    for at in range(0, len(ids), COMMIT_EVERY):
        portion = _portion(context, athlete_id, ids[at : at + COMMIT_EVERY])
        done = [(row, computed) for row, _, computed in decoders.run(compute_stored, not_computed, portion)]
        with context.database.write() as session:
            lock_athlete(session, athlete_id)
            keep(session, athlete_id, [Done(row, r.fingerprints, r.profile, r.measured) for row, r in done])
        count += len(done)
    return count


def _take_notice(context: Context, athlete_id: int) -> None:
    """Judge all activities if thresholds or formulas have changed since that was done last."""
    with context.database.read() as reader:
        today = mark_of(reader, athlete_id)
        if watermark(reader, athlete_id, JOB) == today:
            return
    with context.database.write() as session:
        lock_athlete(session, athlete_id)
        today = mark_of(session, athlete_id)
        mark_all_stale(session, athlete_id)
        set_watermark(session, athlete_id, JOB, today)


def _due(context: Context, athlete_id: int) -> list[int]:
    """Return the activities that are due, the newest first."""
    query = select(measures.c.activity_id).where(measures.c.athlete_id == athlete_id, measures.c.stale)
    with context.database.read() as reader:
        return [row.activity_id for row in reader.rows(query.order_by(measures.c.activity_id.desc()))]


def _portion(context: Context, athlete_id: int, ids: Sequence[int]) -> list[tuple[dict[str, Any], Stored]]:
    """Return those of the activities that still are due: (activity row, what is to be measured)."""
    query = (
        select(activities, measures.c.computed)
        .join(measures, measures.c.activity_id == activities.c.id)
        .where(measures.c.stale, activities.c.source.is_not(None), activities.c.id.in_(ids))
    )
    with context.database.read() as reader:
        history = history_of(reader, athlete_id)
        return list(_stored(reader, reader.rows(query), history))


def _stored(reader: Reader, rows: Sequence[Row[Any]], history: History) -> Iterator[tuple[dict[str, Any], Stored]]:
    by_hand = corrected_rows(reader, [row.id for row in rows])
    for row in rows:
        if row.id in by_hand:
            yield _of(row, by_hand[row.id], (), history)
    rows = [row for row in rows if row.id not in by_hand]
    plain = {row.primary_id: row for row in rows if not row.provenance.get("given")}
    query = select(recordings, streams.c.blob).join(streams, streams.c.recording_id == recordings.c.id)
    for found in reader.rows(query.where(recordings.c.id.in_(plain))):
        yield _of(plain[found.id], found, (), history)
    for row in rows:
        if row.provenance.get("given") and (whole := samples_of(reader, row)) is not None:
            own, others = whole
            given = tuple(Share(o.summary, o.detail, o.blob, (o.start_ms, o.end_ms), names) for o, names in others)
            yield _of(row, own, given, history)


def _of(row: Row[Any], own: Row[Any], given: tuple[Share, ...], history: History) -> tuple[dict[str, Any], Stored]:
    activity = row._asdict()
    span = (own.start_ms, own.end_ms)
    had = read(activity["computed"])
    subject = subject_of(activity)
    return activity, Stored(subject, had, subject.profile(history), own.summary, own.detail, own.blob, span, given)
