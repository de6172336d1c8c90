"""Charts that athletes make: saved under a name, changed, removed and restored."""

from collections.abc import Mapping

from homestretch.errors import BadRequest, Conflict, NotFound
from homestretch.flow.runtime.context import Context, public_id
from homestretch.model.documents.history import ChartDefinition
from homestretch.store.queries.goals import add_row, chart_rows, set_values
from homestretch.store.scope import Scope
from homestretch.store.tables.saved import saved_charts

LONGEST_NAME = 100
MOST = 50


def save(context: Context, scope: Scope, name: str, definition: ChartDefinition) -> str:
    """Save a chart under a name; return its id. Raises BadRequest, Conflict."""
    scope.must("goals: edit")
    named = _name(name)
    made = {"public_id": public_id(), "athlete_id": scope.athlete_id, "account_id": scope.account_id}
    with context.database.write() as session:
        if sum(row.removed_ms is None for row in chart_rows(session, scope.athlete_id)) >= MOST:
            raise Conflict(reason=f"You have {MOST} charts. Remove one first.")
        what = {"name": named, "definition": definition, "created_ms": context.clock(), "removed_ms": None}
        add_row(session, saved_charts, {**made, **what})
    return str(made["public_id"])


def change(
    context: Context, scope: Scope, chart: str, name: str | None = None, definition: ChartDefinition | None = None
) -> None:
    """Give a chart another name, or let it show something else. Raises BadRequest, NotFound."""
    values: dict[str, object] = {} if name is None else {"name": _name(name)}
    if definition is not None:
        values["definition"] = definition
    _set(context, scope, chart, values)


def remove(context: Context, scope: Scope, chart: str) -> None:
    """Remove a chart; `restore` undoes it. Raises NotFound."""
    _set(context, scope, chart, {"removed_ms": context.clock()})


def restore(context: Context, scope: Scope, chart: str) -> None:
    """Bring a removed chart back. Raises NotFound."""
    _set(context, scope, chart, {"removed_ms": None})


def _set(context: Context, scope: Scope, chart: str, values: Mapping[str, object]) -> None:
    scope.must("goals: edit")
    with context.database.write() as session:
        rows = {row.public_id: row for row in chart_rows(session, scope.athlete_id)}
        row = rows.get(chart)
        if row is None or (row.removed_ms is not None and "removed_ms" not in values):
            raise NotFound(what="chart", id=chart)
        if values:
            set_values(session, saved_charts, row.id, values)


def _name(said: str) -> str:
    name = " ".join(said.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadRequest(reason=f"The name of a chart has 1 to {LONGEST_NAME} characters.")
    return name
