"""The activities before and after one, by start, among those that a filter leaves."""

from typing import Any

from sqlalchemy import Row

from homestretch.model.documents.activity import Neighbour, Neighbours
from homestretch.store.database import Reader
from homestretch.store.queries.activities import Beside, beside, place_of
from homestretch.store.scope import Scope
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.statistics_scope import day
from homestretch.views.lists.filters import Filter, conditions
from homestretch.views.lists.ordering import order_by


def neighbours(reader: Reader, scope: Scope, what: Filter, activity: Row[Any]) -> Neighbours:
    """Return the activities before and after one (its row), as a list of this filter has them.

    The activity itself need not be in it; a leg has the neighbours of the whole. Raises BadRequest, Forbidden.
    """
    by = order_by("start", privacy_mask(reader, scope)).by
    wanted = conditions(reader, scope, what)
    whole = activity.parent_id or activity.id
    place = place_of(reader, by, whole)
    return {
        "previous": _shown(beside(reader, wanted, by, place, whole, later=False)),
        "next": _shown(beside(reader, wanted, by, place, whole, later=True)),
    }


def _shown(row: Beside | None) -> Neighbour | None:
    if row is None:
        return None
    return {"id": row.public_id, "name": row.name, "sport": row.sport, "day": day(row.local_ms).isoformat()}
