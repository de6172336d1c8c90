"""Charts that athletes make: saved under a name, changed, removed and restored."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select, update

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.runtime.context import Context, public_id
from homestretch.store.scope import Scope
from homestretch.store.tables.training import saved_charts

LONGEST_NAME = 100
MOST = 50


def save(context: Context, scope: Scope, name: str, definition: Mapping[str, Any]) -> str:
    """Save a chart under a name; return its id. Raises BadRequest, Conflict."""
    scope.must("goals: edit")
    named = _name(name)
    made = {"public_id": public_id(), "athlete_id": scope.athlete_id, "account_id": scope.account_id}
    mine = (saved_charts.c.athlete_id == scope.athlete_id) & saved_charts.c.removed_ms.is_(None)
    with context.database.write() as session:
        if (session.scalar(select(func.count()).select_from(saved_charts).where(mine)) or 0) >= MOST:
            raise Conflict(reason=f"You have {MOST} charts. Remove one first.")
        what = {"name": named, "definition": dict(definition), "created_ms": context.clock(), "removed_ms": None}
        session.add(insert(saved_charts), {**made, **what})
    return str(made["public_id"])


def change(
    context: Context, scope: Scope, chart: str, name: str | None = None, definition: Mapping[str, Any] | None = None
) -> None:
    """Give a chart another name, or let it show something else. Raises BadRequest, NotFound."""
    values: dict[str, Any] = {} if name is None else {"name": _name(name)}
    if definition is not None:
        values["definition"] = dict(definition)
    _set(context, scope, chart, values)


def remove(context: Context, scope: Scope, chart: str) -> None:
    """Remove a chart; `restore` undoes it. Raises NotFound."""
    _set(context, scope, chart, {"removed_ms": context.clock()})


def restore(context: Context, scope: Scope, chart: str) -> None:
    """Bring a removed chart back. Raises NotFound."""
    _set(context, scope, chart, {"removed_ms": None})


def _set(context: Context, scope: Scope, chart: str, values: Mapping[str, Any]) -> None:
    scope.must("goals: edit")
    mine = (saved_charts.c.public_id == chart) & (saved_charts.c.athlete_id == scope.athlete_id)
    with context.database.write() as session:
        row = session.row(select(saved_charts.c.id, saved_charts.c.removed_ms).where(mine))
        if row is None or (row.removed_ms is not None and "removed_ms" not in values):
            raise NotFound(what="chart", id=chart)
        if values:
            session.run(update(saved_charts).where(mine).values(values))


def _name(said: str) -> str:
    name = " ".join(said.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadRequest(reason=f"The name of a chart has 1 to {LONGEST_NAME} characters.")
    return name
