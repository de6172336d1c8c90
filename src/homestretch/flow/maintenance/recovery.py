"""Mends what a crash may have left between the kept and the derived file, and between the disk and both."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, func, or_, select

from homestretch.flow.derive.matching import forget_pairs
from homestretch.flow.derive.measure.measures import forget_measures
from homestretch.flow.imports.staging import forget_staging
from homestretch.flow.runtime.context import Context
from homestretch.flow.sync.provider_terms import expire
from homestretch.store.database import Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.corrected import forget_homeless_corrected
from homestretch.store.queries.identities import resolved, successor
from homestretch.store.tables.derived import activities, known_as, measures, outcomes, recordings, streams
from homestretch.store.tables.kept import arrivals, edits, identities


def recover(context: Context) -> None:
    """Make the derived tables agree with the kept ones; what is dropped here is derived again.

    A power cut can lose the last commits of one of SQLite's two files and not of the other.
    """
    forget_staging(context)
    expire(context)
    with context.database.write() as session:
        _recover_activities(session)
        _forget_homeless(session)


def _recover_activities(session: Writer) -> None:
    digests = _unfounded(session) | _of_activities(session, _edited_otherwise(session))
    if not digests:
        return
    touched = {row.activity_id for row in _recordings(session, digests)}
    parents = activities.c.parent_id.in_(
        select(activities.c.parent_id).where(activities.c.id.in_(touched), activities.c.parent_id.is_not(None))
    )
    touched |= {row.id for row in session.rows(select(activities.c.id).where(parents))}
    digests |= _of_activities(session, touched)
    ids = [row.id for row in _recordings(session, digests)]
    forget_pairs(session, ids)
    for table in (streams, known_as):
        session.run(delete(table).where(table.c.recording_id.in_(ids)))
    session.run(delete(recordings).where(recordings.c.id.in_(ids)))
    session.run(delete(outcomes).where(outcomes.c.digest.in_(digests)))
    home = func.coalesce(activities.c.split_from_id, activities.c.id)
    member = select(recordings.c.id).where(recordings.c.activity_id == home).exists()
    session.run(delete(activities).where(activities.c.primary_id.is_not(None), ~member))
    legs = activities.alias()
    leg = select(legs.c.id).where(legs.c.parent_id == activities.c.id).exists()
    session.run(delete(activities).where(activities.c.primary_id.is_(None), ~leg))


def _forget_homeless(session: Writer) -> None:
    """Drop what was made of activities that are no more; all that was computed has a row in `measures`."""
    gone = select(measures.c.activity_id).where(measures.c.activity_id.not_in(select(activities.c.id)))
    forget_measures(session, [row.activity_id for row in session.rows(gone)])
    forget_homeless_corrected(session)


def _unfounded(session: Writer) -> set[str]:
    """Return the originals of which something is derived that the kept tables know nothing of, or only in part."""
    mine = (identities.c.id == recordings.c.id) & (identities.c.key == recordings.c.key)
    strangers = select(recordings.c.id).where(~select(identities.c.id).where(mine).exists())
    lone = select(recordings.c.id).outerjoin(streams, streams.c.recording_id == recordings.c.id)
    arrived = (arrivals.c.athlete_id == outcomes.c.athlete_id) & (arrivals.c.digest == outcomes.c.digest)
    active = arrived & in_force()
    unasked = select(outcomes.c.digest).where(~select(arrivals.c.id).where(active).exists())
    homeless = select(recordings.c.id).outerjoin(activities, activities.c.id == recordings.c.activity_id)
    bad = [strangers, lone.where(streams.c.recording_id.is_(None)), homeless.where(activities.c.id.is_(None))]
    wrong = select(recordings.c.digest).where(or_(*(recordings.c.id.in_(query) for query in bad)))
    return {row.digest for query in (wrong, unasked) for row in session.rows(query)}


def _edited_otherwise(session: Writer) -> set[int]:
    """Return the activities whose last edit is not the one that their row was made with."""
    key = (recordings.c.athlete_id == edits.c.athlete_id) & (recordings.c.key == edits.c.subject)
    last = func.max(edits.c.id).label("last")
    of_members = select(recordings.c.activity_id, last).join(edits, key).group_by(recordings.c.activity_id)
    by_successors = resolved(["id"]).join(recordings, recordings.c.id == successor.c.id)
    of_gone = by_successors.with_only_columns(recordings.c.activity_id, last).group_by(recordings.c.activity_id)
    named = (identities.c.athlete_id == edits.c.athlete_id) & (identities.c.key == edits.c.subject)
    of_parents = (
        select(activities.c.id, last)
        .join(identities, identities.c.id == activities.c.id)
        .join(edits, named)
        .where(or_(activities.c.primary_id.is_(None), activities.c.split_from_id.is_not(None)))
    )
    said = {row.activity_id: row.last for row in session.rows(of_members)}
    for row in session.rows(of_gone):
        said[row.activity_id] = max(row.last, said.get(row.activity_id, row.last))
    said |= {row.id: row.last for row in session.rows(of_parents.group_by(activities.c.id))}
    heard = select(activities.c.id, activities.c.edit_id).where(activities.c.edit_id.is_not(None))
    shown = {row.id: row.edit_id for row in session.rows(heard)}
    return {activity for activity in said.keys() | shown.keys() if said.get(activity) != shown.get(activity)}


def _of_activities(session: Writer, found: set[int]) -> set[str]:
    """Return the originals that the activities, what they were split from, or the legs of them, were made of."""
    whole = select(activities.c.split_from_id).where(activities.c.id.in_(found))
    found = found | {row.split_from_id for row in session.rows(whole)} - {None}
    of = or_(recordings.c.activity_id.in_(found), activities.c.parent_id.in_(found))
    query = select(recordings.c.digest).join(activities, activities.c.id == recordings.c.activity_id, isouter=True)
    return {row.digest for row in session.rows(query.where(of))} if found else set()


def _recordings(session: Writer, digests: set[str]) -> Sequence[Row[Any]]:
    query = select(recordings.c.id, recordings.c.activity_id).where(recordings.c.digest.in_(digests))
    return session.rows(query)
