"""Filters of the list of activities that an account keeps under a name: kept, changed, removed and restored."""

from collections.abc import Mapping

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.texts import LONGEST_NAME
from homestretch.store.queries.saved_filters import add_saved_filter, saved_filter_count, set_saved_filter
from homestretch.store.scope import Scope

#: How many an account keeps for an athlete, and how long the query of one is at most.
MOST, LONGEST_QUERY = 200, 2000


def save_filter(context: Context, scope: Scope, name: str, query: str) -> str:
    """Keep a filter, the query of the list's address, under a name; return its public id. Raises BadRequest."""
    values = {"name": _named(name), "query": _query(query), "public_id": public_id(), "created_ms": context.clock()}
    with context.database.write() as session:
        if saved_filter_count(session, scope) >= MOST:
            raise BadRequest(reason=f"You have {MOST} saved filters. Delete one first.")
        add_saved_filter(session, scope, values)
    return str(values["public_id"])


def change_filter(context: Context, scope: Scope, shown: str, fields: Mapping[str, str]) -> None:
    """Change the name or query of a filter, by public id. Raises BadRequest, NotFound."""
    checks = {"name": _named, "query": _query}
    _set(context, scope, shown, {key: checks[key](value) for key, value in fields.items()})


def remove_filter(context: Context, scope: Scope, shown: str) -> None:
    """Remove a filter; `restore_filter` undoes it. Raises NotFound."""
    _set(context, scope, shown, {"removed_ms": context.clock()})


def restore_filter(context: Context, scope: Scope, shown: str) -> None:
    """Keep a removed filter again. Raises NotFound."""
    _set(context, scope, shown, {"removed_ms": None})


def _set(context: Context, scope: Scope, shown: str, values: Mapping[str, object]) -> None:
    with context.database.write() as session:
        if not set_saved_filter(session, scope, shown, values):
            raise NotFound(what="saved filter", id=shown)


def _named(name: str) -> str:
    found = " ".join(name.split())
    if not 0 < len(found) <= LONGEST_NAME:
        raise BadRequest(reason=f"A saved filter needs a name of at most {LONGEST_NAME} characters.")
    return found


def _query(query: str) -> str:
    if not 0 < len(query) <= LONGEST_QUERY:
        raise BadRequest(reason="There is nothing to save. Set a filter first.")
    return query
