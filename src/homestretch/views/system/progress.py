"""What runs in the background for an athlete, and a mark that changes with anything."""

from sqlalchemy import func, select

from homestretch.model.documents.training import WorkLeft
from homestretch.store.database import Reader
from homestretch.store.queries.watermarks import CHANGED, watermark
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import measures, tracks
from homestretch.store.tables.kept import segments


def work_left(reader: Reader, scope: Scope) -> WorkLeft:
    """Return how many activities are still to be measured, compared with segments, and placed on routes."""
    mine = tracks.c.athlete_id == scope.athlete_id
    newest = select(func.max(segments.c.revision)).where(
        segments.c.athlete_id == scope.athlete_id, segments.c.deleted_ms.is_(None)
    )
    behind = tracks.c.segments_seen < func.coalesce(newest.scalar_subquery(), 0)
    count = select(func.count())
    return {
        "measure": reader.scalar(count.where(measures.c.athlete_id == scope.athlete_id, measures.c.stale)),
        "segments": reader.scalar(count.where(mine, behind)),
        "routes": reader.scalar(count.where(mine, tracks.c.routed.is_(False))),
    }


def list_mark(reader: Reader, scope: Scope) -> str | None:
    """Return something that is another after every change of the athlete's activities and their numbers."""
    return watermark(reader, scope.athlete_id, CHANGED)
