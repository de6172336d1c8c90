"""A preview of what a disconnect would delete."""

from sqlalchemy import Select, func, select

from homestretch.model.documents.sources import Losses
from homestretch.store.database import Reader
from homestretch.store.queries import connections as stored
from homestretch.store.queries.arrivals import only_by
from homestretch.store.scope import Scope
from homestretch.store.tables.cached import cached_items
from homestretch.store.tables.derived import recordings
from homestretch.store.tables.kept import arrivals, payloads


def losses(reader: Reader, scope: Scope, public_id: str) -> Losses:
    """Return how many activities have files that came by a connection, and how many of them and of files only so.

    `days` are those that its answers are about, `payloads` the answers. `cached` are the activities of which only the
    source's list is here, which its terms delete with the sign-in in any case. Raises NotFound.
    """
    row = stored.find(reader, scope, public_id)
    came = (arrivals.c.connection_id == row.id) & arrivals.c.purged_ms.is_(None)
    only = only_by(row.id)
    of = select(func.count(recordings.c.activity_id.distinct())).where(recordings.c.athlete_id == scope.athlete_id)
    listed = (cached_items.c.connection_id == row.id) & (cached_items.c.kind == "activity")
    days = func.count(payloads.c.key.distinct()).filter(payloads.c.until.is_not(None))
    answers = select(func.count().label("number"), days.label("days")).where(payloads.c.connection_id == row.id)
    (of_answers,) = reader.rows(answers)
    return {
        "activities": _count(reader, of.where(recordings.c.digest.in_(select(arrivals.c.digest).where(came)))),
        "only_here": _count(reader, of.where(recordings.c.digest.in_(only))),
        "files": _count(reader, select(func.count()).select_from(only.subquery())),
        "days": of_answers.days,
        "cached": _count(reader, select(func.count()).where(listed)),
        "payloads": of_answers.number,
    }


def _count(reader: Reader, query: Select[int]) -> int:
    return int(reader.scalar(query) or 0)
