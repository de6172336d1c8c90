"""Where activities begin, and which followed the same route: conditions of filters.

Another activity may say where; one that the viewer may not see, or that came near a private place, says nothing.
"""

import math
from typing import NamedTuple

from sqlalchemy import ColumnElement, select

from homestretch.errors import BadRequest
from homestretch.store.database import Reader
from homestretch.store.queries.listed import begins_within, on_route_of
from homestretch.store.queries.withheld import allowed, figures_allowed
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.kit.privacy import privacy_mask, untouched

FARTHEST_M = 100_000.0


def around(reader: Reader, scope: Scope, where: str, within_m: float) -> ColumnElement[bool]:
    """Return the condition that an activity begins within so many m of a place: see `Filter`. Raises BadRequest."""
    if not 0 < within_m <= FARTHEST_M:
        raise BadRequest(reason=f"An activity can begin within 1 to {FARTHEST_M:,.0f} m of a place.")
    return begins_within(*_place(reader, scope, where), within_m)


def along(reader: Reader, scope: Scope, public_id: str) -> ColumnElement[bool]:
    """Return the condition that an activity followed the route of another one. Raises BadRequest."""
    return on_route_of(scope.athlete_id, _seen(reader, scope, public_id).id)


def _place(reader: Reader, scope: Scope, where: str) -> tuple[float, float]:
    if "," not in where:
        begin = _seen(reader, scope, where)
        if begin.start_latitude is None or begin.start_longitude is None:
            raise BadRequest(reason="Where this activity begins was not recorded. Choose another one.")
        return begin.start_latitude, begin.start_longitude
    try:
        latitude, longitude = (float(part) for part in where.split(","))
    except ValueError:
        latitude = longitude = math.nan
    if not (abs(latitude) <= 90.0 and abs(longitude) <= 180.0):
        raise BadRequest(reason="A place is a latitude and a longitude in degrees, such as 60.17,24.94.")
    return latitude, longitude


class _Begin(NamedTuple):
    id: int
    start_latitude: float | None
    start_longitude: float | None


def _seen(reader: Reader, scope: Scope, public_id: str) -> _Begin:
    """Return where an activity begins, if the viewer may know it. Raises BadRequest."""
    table = activities.c
    mine = [table.athlete_id == scope.athlete_id, table.public_id == public_id, *allowed(scope)]
    if not scope.may("activities: see removed"):
        mine += [table.deleted.is_(False), table.hidden.is_(False)]
    mine += [*untouched(privacy_mask(reader, scope)), *figures_allowed(scope)]
    row = reader.row(select(*(table[name] for name in _Begin._fields)).where(*mine))
    if row is None:
        raise BadRequest(reason="There is no such activity, or where it went is hidden. Choose another one.")
    return _Begin._make(row)
