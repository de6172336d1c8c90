"""Mends what a crash may have left between the kept and the derived file, and between the disk and both."""

from sqlalchemy import delete, or_, select

from homestretch.flow.batches import forget_staging
from homestretch.flow.world import World
from homestretch.store.tables.derived import activities, outcomes, recordings, streams
from homestretch.store.tables.kept import arrivals, identities


def recover(world: World) -> None:
    """Make the derived tables agree with the kept ones; what is dropped here is derived again.

    A power cut can lose the last commit of one of SQLite's two files and not of the other.
    """
    forget_staging(world)
    with world.database.write() as session:
        mine = (identities.c.id == recordings.c.id) & (identities.c.key == recordings.c.key)
        strangers = select(recordings.c.id).where(~select(identities.c.id).where(mine).exists())
        lone = select(recordings.c.id).outerjoin(streams, streams.c.recording_id == recordings.c.id)
        arrived = (arrivals.c.athlete_id == outcomes.c.athlete_id) & (arrivals.c.digest == outcomes.c.digest)
        active = arrived & arrivals.c.undone_ms.is_(None) & arrivals.c.purged_ms.is_(None)
        unasked = select(outcomes.c.digest).where(~select(arrivals.c.id).where(active).exists())
        homeless = select(recordings.c.id).outerjoin(activities, activities.c.id == recordings.c.activity_id)
        bad = [strangers, lone.where(streams.c.recording_id.is_(None)), homeless.where(activities.c.id.is_(None))]
        wrong = select(recordings.c.digest).where(or_(*(recordings.c.id.in_(query) for query in bad)))
        digests = {row.digest for query in (wrong, unasked) for row in session.rows(query)}
        if not digests:
            return
        touched = {
            row.activity_id
            for row in session.rows(select(recordings.c.activity_id).where(recordings.c.digest.in_(digests)))
        }
        others = select(recordings.c.digest).where(recordings.c.activity_id.in_(touched))
        digests |= {row.digest for row in session.rows(others)}
        ids = [row.id for row in session.rows(select(recordings.c.id).where(recordings.c.digest.in_(digests)))]
        session.run(delete(activities).where(or_(activities.c.id.in_(touched), activities.c.primary_id.in_(ids))))
        session.run(delete(streams).where(streams.c.recording_id.in_(ids)))
        session.run(delete(recordings).where(recordings.c.id.in_(ids)))
        session.run(delete(outcomes).where(outcomes.c.digest.in_(digests)))
