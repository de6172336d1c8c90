"""Parts of gear: fitted, changed, removed, restored, and serviced. A service can be undone."""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.runtime.context import Context, public_id
from homestretch.store.database import Reader
from homestretch.store.queries.gear import find_gear
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import components, services

LONGEST_NAME = 200
LONGEST_NOTE = 2000
#: What an amount may be at most: m, s, m, s, days.
MOST = {"distance_m": 1e9, "time_s": 1e9, "every_m": 1e8, "every_s": 1e8, "every_days": 36_600}
INTERVALS = ("every_m", "every_s", "every_days")


def fit(context: Context, scope: Scope, item: str, name: str, since: date, fields: Mapping[str, Any]) -> str:
    """Add a component to an item of gear from a day on; return its public id. Raises BadRequest, NotFound."""
    scope.must("gear: edit")
    shown = public_id()
    row = {"distance_m": 0.0, "time_s": 0.0, **dict.fromkeys(INTERVALS), "until": None}
    with context.database.write() as session:
        owner = find_gear(session, scope, item)
        values = row | _values({**fields, "name": name, "since": since}, None)
        made = {"public_id": shown, "athlete_id": scope.athlete_id, "gear_id": owner.id, "created_ms": context.clock()}
        session.run(insert(components).values({**made, **values}))
    return shown


def change(context: Context, scope: Scope, item: str, component: str, fields: Mapping[str, Any]) -> None:
    """Change a component: its name, days, intervals, what it had done before. Raises BadRequest, NotFound."""
    scope.must("gear: edit")
    with context.database.write() as session:
        row = find_component(session, scope, item, component)
        values = _values(fields, row)
        served = session.scalar(select(func.min(services.c.day)).where(_services(row.id)))
        if served is not None and values.get("since", row.since) > served:
            raise BadRequest(reason=f"{row.name} was serviced on {served}. It can't be fitted after that.")
        if values:
            session.run(update(components).where(components.c.id == row.id).values(values))


def remove(context: Context, scope: Scope, item: str, component: str) -> None:
    """Remove a component, as if it had never been there; `restore` undoes it. Raises NotFound."""
    scope.must("gear: edit")
    with context.database.write() as session:
        row = find_component(session, scope, item, component)
        session.run(update(components).where(components.c.id == row.id).values(removed_ms=context.clock()))


def restore(context: Context, scope: Scope, item: str, component: str) -> None:
    """Bring a removed component back, with its services. Raises NotFound."""
    scope.must("gear: edit")
    with context.database.write() as session:
        row = find_component(session, scope, item, component, removed=True)
        session.run(update(components).where(components.c.id == row.id).values(removed_ms=None))


def service(context: Context, scope: Scope, item: str, component: str, day: date, note: str | None = None) -> int:
    """Write down that a component was serviced on a day; return the number of that. Raises BadRequest, NotFound."""
    scope.must("gear: edit")
    said = (note or "").strip() or None
    if len(said or "") > LONGEST_NOTE:
        raise BadRequest(reason=f"A note has at most {LONGEST_NOTE} characters.")
    with context.database.write() as session:
        row = find_component(session, scope, item, component)
        if day.isoformat() < row.since:
            raise BadRequest(reason=f"{row.name} was fitted on {row.since}. It can't be serviced before that.")
        made = {"athlete_id": scope.athlete_id, "component_id": row.id, "made_ms": context.clock()}
        return session.add(insert(services).values({**made, "day": day.isoformat(), "note": said}))


def revert(context: Context, scope: Scope, item: str, component: str, number: int) -> None:
    """Undo a service. Raises NotFound."""
    scope.must("gear: edit")
    with context.database.write() as session:
        row = find_component(session, scope, item, component)
        mine = (services.c.id == number) & _services(row.id)
        if not session.run(update(services).where(mine).values(removed_ms=context.clock())):
            raise NotFound(what="service", id=number)


def find_component(reader: Reader, scope: Scope, item: str, component: str, *, removed: bool = False) -> Row[Any]:
    """Return a component of an item of gear, with `removed` also one that is no more. Raises NotFound."""
    owner = find_gear(reader, scope, item)
    named = (components.c.public_id == component) & (components.c.athlete_id == scope.athlete_id)
    row = reader.row(select(components).where(named & (components.c.gear_id == owner.id)))
    if row is None or (row.removed_ms is not None and not removed):
        raise NotFound(what="component", id=component)
    return row


def _services(component: int) -> ColumnElement[bool]:
    """Return what the services of a component have that hold."""
    return (services.c.component_id == component) & services.c.removed_ms.is_(None)


def _values(fields: Mapping[str, Any], known: Row[Any] | None) -> dict[str, Any]:
    """Return the columns for the values given. Raises BadRequest."""
    values = dict(fields)
    if "name" in values:
        values["name"] = " ".join((values["name"] or "").split())
        if not 0 < len(values["name"]) <= LONGEST_NAME:
            raise BadRequest(reason=f"A component's name has 1 to {LONGEST_NAME} characters.")
    for name, most in MOST.items():
        amount = values.get(name)
        if amount is None and name in INTERVALS:
            continue
        if name in values and not (amount is not None and isfinite(amount) and 0 <= amount <= most):
            raise BadRequest(reason=f"{name} can't be {amount}.")
        if name in INTERVALS and amount == 0:
            raise BadRequest(reason="An interval must be more than 0. Leave it out if there is none.")
    for name in ("since", "until"):
        if values.get(name) is not None:
            values[name] = values[name].isoformat()
    since, until = (values.get(name, getattr(known, name, None)) for name in ("since", "until"))
    if since is None:
        raise BadRequest(reason="Enter the date the component was fitted.")
    if until is not None and until < since:
        raise BadRequest(reason="A component can't be removed before it was fitted.")
    return values
