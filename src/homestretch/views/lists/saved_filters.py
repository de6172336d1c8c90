"""The filters that an account keeps under a name."""

from sqlalchemy import select

from homestretch.model.documents.activity import SavedFilter, SavedFilters
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.lists import saved_filters


def saved_filter_list(reader: Reader, scope: Scope) -> SavedFilters:
    """Return what the account keeps for the athlete, in the order of the names."""
    table = saved_filters.c
    mine = (table.athlete_id == scope.athlete_id) & (table.account_id == scope.account_id) & table.removed_ms.is_(None)
    rows = reader.rows(select(table.public_id, table.name, table.query).where(mine).order_by(table.name, table.id))
    items: list[SavedFilter] = [{"id": row.public_id, "name": row.name, "query": row.query} for row in rows]
    return {"items": items}
