"""Where activities begin, and which followed the same route: conditions of filters.

Another activity may say where; one that the viewer may not see, or that came near a private place, says nothing.
"""

import math
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select

from homestretch.errors import BadRequest
from homestretch.store.database import Reader
from homestretch.store.queries.withheld import allowed, figures_allowed
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, route_members
from homestretch.views.kit.privacy import privacy_mask, untouched

METRES_PER_DEGREE = 111_195.0
FARTHEST_M = 100_000.0


def around(reader: Reader, scope: Scope, where: str, within_m: float) -> ColumnElement[bool]:
    """Return the condition that an activity begins within so many m of a place: see `Filter`. Raises BadRequest."""
    if not 0 < within_m <= FARTHEST_M:
        raise BadRequest(reason=f"An activity can begin within 1 to {FARTHEST_M:,.0f} m of a place.")
    latitude, longitude = _place(reader, scope, where)
    table, tall = activities.c, within_m / METRES_PER_DEGREE
    apart = func.abs(table.start_longitude - longitude)
    east = case((apart > 180.0, 360.0 - apart), else_=apart) * math.cos(math.radians(latitude))
    north = table.start_latitude - latitude
    return and_(
        table.start_latitude.between(latitude - tall, latitude + tall), north * north + east * east <= tall * tall
    )


def along(reader: Reader, scope: Scope, public_id: str) -> ColumnElement[bool]:
    """Return the condition that an activity followed the route of another one. Raises BadRequest."""
    route = select(route_members.c.route_id).where(route_members.c.activity_id == _seen(reader, scope, public_id).id)
    members = select(route_members.c.activity_id).where(
        route_members.c.athlete_id == scope.athlete_id, route_members.c.route_id == route.scalar_subquery()
    )
    leg = activities.alias()
    legs = select(leg.c.parent_id).where(leg.c.id.in_(members), leg.c.parent_id.is_not(None))
    return or_(activities.c.id.in_(members), activities.c.id.in_(legs))


def _place(reader: Reader, scope: Scope, where: str) -> tuple[float, float]:
    if "," not in where:
        row = _seen(reader, scope, where)
        if row.start_latitude is None:
            raise BadRequest(reason="Where this activity begins was not recorded. Choose another one.")
        return row.start_latitude, row.start_longitude
    try:
        latitude, longitude = (float(part) for part in where.split(","))
    except ValueError:
        latitude = longitude = math.nan
    if not (abs(latitude) <= 90.0 and abs(longitude) <= 180.0):
        raise BadRequest(reason="A place is a latitude and a longitude in degrees, such as 60.17,24.94.")
    return latitude, longitude


def _seen(reader: Reader, scope: Scope, public_id: str) -> Row[Any]:
    """Return an activity's row that says where, if the viewer may know it. Raises BadRequest."""
    table = activities.c
    mine = [table.athlete_id == scope.athlete_id, table.public_id == public_id, *allowed(scope)]
    if not scope.may("activities: see removed"):
        mine += [table.deleted.is_(False), table.hidden.is_(False)]
    mine += [*untouched(privacy_mask(reader, scope)), *figures_allowed(scope)]
    row = reader.row(select(table.id, table.start_latitude, table.start_longitude).where(*mine))
    if row is None:
        raise BadRequest(reason="There is no such activity, or where it went is hidden. Choose another one.")
    return row
