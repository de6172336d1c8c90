"""What runs in the background for an athlete, and a mark that changes with anything."""

from typing import Any

from sqlalchemy import Select, func, select

from homestretch.store.database import Reader
from homestretch.store.queries.watermarks import CHANGED, watermark
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import measures, tracks
from homestretch.store.tables.kept import segments


def work_left(reader: Reader, scope: Scope) -> dict[str, int]:
    """Return how many activities are still to be measured, compared with segments, and placed on routes."""
    mine = tracks.c.athlete_id == scope.athlete_id
    newest = select(func.max(segments.c.revision)).where(
        segments.c.athlete_id == scope.athlete_id, segments.c.deleted_ms.is_(None)
    )
    behind = tracks.c.segments_seen < func.coalesce(newest.scalar_subquery(), 0)
    queries: dict[str, Select[Any]] = {
        "measure": select(func.count()).where(measures.c.athlete_id == scope.athlete_id, measures.c.stale),
        "segments": select(func.count()).where(mine, behind),
        "routes": select(func.count()).where(mine, tracks.c.routed.is_(False)),
    }
    return {key: int(reader.scalar(query) or 0) for key, query in queries.items()}


def list_mark(reader: Reader, scope: Scope) -> str | None:
    """Return something that is another after every change of the athlete's activities and their numbers."""
    return watermark(reader, scope.athlete_id, CHANGED)
