"""The filters that an account keeps under a name."""

from homestretch.model.documents.activity import SavedFilter, SavedFilters
from homestretch.store.database import Reader
from homestretch.store.queries.saved_filters import saved_filter_rows
from homestretch.store.scope import Scope


def saved_filter_list(reader: Reader, scope: Scope) -> SavedFilters:
    """Return what the account keeps for the athlete, in the order of the names."""
    rows = saved_filter_rows(reader, scope)
    items: list[SavedFilter] = [{"id": row.public_id, "name": row.name, "query": row.query} for row in rows]
    return {"items": items}
