"""Private places: circles that an athlete keeps to themselves, added, changed, removed and restored."""

import secrets
from typing import Any

from sqlalchemy import insert, select, update

from homestretch.errors import BadRequest, NotFound
from homestretch.flow.runtime.context import Context
from homestretch.store.database import Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import privacy_zones

#: How large a circle may be, in m: smaller ones hide nothing, larger ones whole countries.
SMALLEST_M, LARGEST_M = 50.0, 20_000.0
LONGEST_NAME = 200


def add(context: Context, scope: Scope, name: str, latitude: float, longitude: float, radius_m: float) -> int:
    """Keep a circle (degrees, m) private; return its number. Raises BadRequest."""
    scope.must("privacy: edit")
    circle = _checked({"name": name, "latitude": latitude, "longitude": longitude, "radius_m": radius_m})
    made = {"athlete_id": scope.athlete_id, "created_ms": context.clock(), "secret": secrets.token_hex(16)}
    with context.database.write() as session:
        return session.add(insert(privacy_zones), {**circle, **made, "removed_ms": None})


def change(context: Context, scope: Scope, zone: int, fields: dict[str, Any]) -> None:
    """Change fields of a circle: name, latitude, longitude, radius_m. Raises BadRequest, NotFound."""
    scope.must("privacy: edit")
    _set(context, scope, zone, _checked(fields))


def remove(context: Context, scope: Scope, zone: int) -> None:
    """Keep a circle private no longer; `restore` undoes it."""
    scope.must("privacy: edit")
    _set(context, scope, zone, {"removed_ms": context.clock()})


def restore(context: Context, scope: Scope, zone: int) -> None:
    """Keep a removed circle private again."""
    scope.must("privacy: edit")
    _set(context, scope, zone, {"removed_ms": None})


def _set(context: Context, scope: Scope, zone: int, values: dict[str, Any]) -> None:
    with context.database.write() as session:
        _must_be_mine(session, scope, zone)
        if values:
            session.run(update(privacy_zones).where(privacy_zones.c.id == zone).values(values))


def _must_be_mine(session: Writer, scope: Scope, zone: int) -> None:
    mine = (privacy_zones.c.id == zone) & (privacy_zones.c.athlete_id == scope.athlete_id)
    if session.row(select(privacy_zones.c.id).where(mine)) is None:
        raise NotFound(what="private place", id=zone)


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    found = dict(fields)
    if "name" in found:
        found["name"] = " ".join(found["name"].split())
        if len(found["name"]) > LONGEST_NAME:
            raise BadRequest(reason=f"The name of a private place can have at most {LONGEST_NAME} characters.")
    # Written so that what is no number at all is refused too.
    if not -90.0 <= found.get("latitude", 0.0) <= 90.0 or not -180.0 <= found.get("longitude", 0.0) <= 180.0:
        raise BadRequest(reason="Latitude must be -90 to 90 degrees and longitude -180 to 180.")
    if not SMALLEST_M <= found.get("radius_m", SMALLEST_M) <= LARGEST_M:
        raise BadRequest(reason=f"The radius of a private place must be {SMALLEST_M:g} m to {LARGEST_M / 1000:g} km.")
    return found
