"""Activities like another one: those that followed its route, then those about as long from the same place."""

from heapq import nsmallest

from homestretch.model.documents.similar import Likeness, SimilarActivities, SimilarActivity
from homestretch.store.database import Reader
from homestretch.store.queries.samples import Stored
from homestretch.store.queries.similar import Candidate, Compared, as_long, compared, on_route, way_of
from homestretch.store.queries.withheld import figures_withheld
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.views.kit.privacy import near_ids, privacy_mask
from homestretch.views.kit.statistics_scope import counting, day, family_of, sports_of
from homestretch.views.lists.places import around
from homestretch.views.places.routes import ONE_WAY

MOST = 10
#: Begun within so many m of the same place, so much shorter or longer, and so much less or more ascent, or so many m.
NEAR_M = 500.0
LONGER = 0.1
STEEPER = 0.25
STEEPER_M = 30.0
#: How much less alike another sport of the same family is: as much as half of what the length may differ.
OTHER_SPORT = 0.5
#: The other way round a route is another matter; who went it so is like those who did too.
OTHER_WAY = ("reversed", "both")


def similar_activities(reader: Reader, scope: Scope, activity: Stored) -> SimilarActivities:
    """Return the activities like one (its row): the latest on its route, then those about as long, most alike first."""
    if near_ids(reader, privacy_mask(reader, scope), [activity]) or figures_withheld(reader, scope, [activity.id]):
        return {"same_route": 0, "items": []}
    ways = OTHER_WAY if way_of(reader, activity.id) == "reversed" else ONE_WAY
    count, ids = on_route(reader, counting(reader, scope), activity.id, ways, MOST)
    found: dict[int, Likeness] = dict.fromkeys(ids, "route")
    if len(found) < MOST:
        likely = [one for one in _as_long(reader, scope, activity) if one.id not in found and one.id != activity.id]
        best = nsmallest(MOST - len(found), likely, key=lambda one: (_apart(one, activity), -one.local_ms, one.id))
        found |= dict.fromkeys((one.id for one in best), "place")
    rows = compared(reader, list(found))
    return {"same_route": count, "items": [_item(rows[number], why) for number, why in found.items()]}


def _as_long(reader: Reader, scope: Scope, activity: Stored) -> list[Candidate]:
    """Return what began near its start and is about as long, with about as much ascent where both have that."""
    if activity.start_latitude is None or not activity.distance_m:
        return []
    place = f"{activity.start_latitude},{activity.start_longitude}"
    where = [
        *counting(reader, scope),
        activities.c.sport.in_(sports_of(family_of(activity.sport))),
        around(reader, scope, place, NEAR_M),
    ]
    metres = ((1.0 - LONGER) * activity.distance_m, (1.0 + LONGER) * activity.distance_m)
    return [one for one in as_long(reader, where, metres) if _as_steep(one, activity)]


def _as_steep(one: Candidate, activity: Stored) -> bool:
    if one.ascent_m is None or activity.ascent_m is None:
        return True
    return bool(abs(one.ascent_m - activity.ascent_m) <= max(STEEPER_M, STEEPER * activity.ascent_m))


def _apart(one: Candidate, activity: Stored) -> float:
    """Return how unlike two are: 0 where length, ascent and sport are the same, 1 for each at its bound."""
    longer = abs(one.distance_m - activity.distance_m) / (LONGER * activity.distance_m)
    both = one.ascent_m is not None and activity.ascent_m is not None
    bound = max(STEEPER_M, STEEPER * (activity.ascent_m or 0.0))
    steeper = abs((one.ascent_m or 0.0) - activity.ascent_m) / bound if both else 0.5
    return float(longer + steeper + OTHER_SPORT * (one.sport != activity.sport))


def _item(row: Compared, why: Likeness) -> SimilarActivity:
    return {
        "activity": row.public_id,
        "name": row.name,
        "day": day(row.local_ms).isoformat(),
        "sport": row.sport,
        "why": why,
        "distance_m": row.distance_m,
        "moving_s": row.moving_s,
        "elapsed_s": row.elapsed_s,
        "ascent_m": row.ascent_m,
        "avg_speed_mps": row.avg_speed_mps,
        "avg_hr_bpm": row.avg_hr_bpm,
        "avg_power_w": row.avg_power_w,
    }
