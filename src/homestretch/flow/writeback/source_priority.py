"""Which sources are believed first, for every field and channel; asked about beforehand without changing anything."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from homestretch.errors import BadRequest
from homestretch.flow.derive.activities import refresh
from homestretch.flow.derive.matching import portions
from homestretch.flow.edit.edits import record_edit
from homestretch.flow.runtime.context import Context
from homestretch.flow.writeback.proposals import look_again
from homestretch.model.documents.matches import OrderPreview
from homestretch.model.figures import KEYS
from homestretch.sources.registry import sources
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.arrivals import in_force
from homestretch.store.queries.edits import OF_ALL
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import arrivals

#: Sources without a description: files that were imported, and manual entries.
OWN_SOURCES = ("file", "manual")


def order_sources(context: Context, scope: Scope, order: Sequence[str]) -> None:
    """Set the source priority; sources that are not named come last. Raises BadRequest."""
    with context.database.write() as session:
        _order(session, context, scope, order)


def order_preview(context: Context, scope: Scope, order: Sequence[str]) -> OrderPreview:
    """Return what an order would change, and change nothing: how many `activities`, of them the `names`, and how many
    open `proposals`. Raises BadRequest.
    """
    with context.database.write() as session:
        tried = session.connection.begin_nested()
        changed = _order(session, context, scope, order)
        tried.rollback()
    return changed


def _order(session: Writer, context: Context, scope: Scope, order: Sequence[str]) -> OrderPreview:
    scope.must("matches: answer")
    known = {*sources(), *OWN_SOURCES}
    unknown = [source for source in order if source not in known and source.rpartition("_")[0] not in known]
    if unknown or len(set(order)) != len(order):
        wrong = ", ".join(unknown) or "a source twice"
        raise BadRequest(reason=f"Name each source once, out of {', '.join(sorted(known))}. You named {wrong}.")
    record_edit(session, context, scope, OF_ALL, "set", "source_order", list(order) or None)
    of = select(recordings.c.activity_id).where(recordings.c.athlete_id == scope.athlete_id)
    several = of.group_by(recordings.c.activity_id).having(func.count() > 1)
    mine = select(recordings.c.id, recordings.c.activity_id).where(
        recordings.c.activity_id.in_(several) | recordings.c.digest.in_(_with_several_sources(scope))
    )
    rows = session.rows(mine.where(recordings.c.athlete_id == scope.athlete_id))
    ids = sorted({row.activity_id for row in rows if row.activity_id is not None})
    before = _shown(session, ids)
    refresh(session, scope.athlete_id, [row.id for row in rows])
    after = _shown(session, ids)
    return {
        "activities": sum(before[one] != after.get(one) for one in before),
        "names": sum(before[one][0] != after[one][0] for one in before if one in after),
        "proposals": look_again(session, scope.athlete_id),
    }


def _shown(session: Reader, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Return what a person sees of activities, by id; the name first."""
    columns = [activities.c[name] for name in ("name", "description", "sport", "sub_sport", "start_ms", *KEYS)]
    query = select(activities.c.id, *columns)
    return {row[0]: row[1:] for part in portions(ids) for row in session.rows(query.where(activities.c.id.in_(part)))}


def _with_several_sources(scope: Scope) -> Select[Any]:
    """Return the query for the originals that came from several sources: their names may differ."""
    mine = (arrivals.c.athlete_id == scope.athlete_id) & in_force()
    by = select(arrivals.c.digest).where(mine).group_by(arrivals.c.digest)
    return by.having(func.count(arrivals.c.provider.distinct()) > 1)
