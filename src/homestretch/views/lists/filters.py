"""Which activities a list shows: the filter that the API, the web app, the CLI and exports share.

A filter by figures or places finds nothing that is hidden from the viewer: what came near a private place, or what
the terms of a source withhold, has no figure and no place there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from sqlalchemy import ColumnElement

from homestretch.errors import BadRequest
from homestretch.model.editable import WORKOUT_TYPES, clean_tag
from homestretch.store.database import Reader
from homestretch.store.queries.gear import NONE
from homestretch.store.queries.listed import TIME_S, done_on, given_by, tagged
from homestretch.store.queries.withheld import allowed, figures_allowed
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities
from homestretch.vendors.sport_names import must_be_sport
from homestretch.views.kit.privacy import privacy_mask, untouched
from homestretch.views.kit.statistics_scope import must_be_in_order, sports_of
from homestretch.views.lists.places import along, around

type YesNoAll = Literal["true", "false", "all"]
#: What of an activity was recorded.
type Has = Literal["heart_rate", "power", "track"]

DAY_MS = 86_400_000
MOST_IDS = 10_000
_RECORDED = {"heart_rate": "avg_hr_bpm", "power": "avg_power_w", "track": "start_latitude"}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which activities: `since` and `until` are inclusive local dates; `text` words must all occur.

    `sport` is a sport, or with `or_family` also a family of sports. `gear` is the public id of an item that they or
    legs of theirs were done on, or `none`. Distances are m, times s, both ends inclusive. All `tags` must be there;
    `workout_type` is one of WORKOUT_TYPES or `none`; `source` is a provider, or `file`. `near` is where they begin
    within `within_m`: `latitude,longitude`, or the public id of an activity that began there. `route` is the public
    id of an activity on the same route. `ids` are public ids.
    """

    sport: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    hidden: YesNoAll = "false"
    deleted: bool = False
    gear: str | None = None
    or_family: bool = False
    distance_from: float | None = None
    distance_to: float | None = None
    time_from: float | None = None
    time_to: float | None = None
    tags: tuple[str, ...] = ()
    workout_type: str | None = None
    source: str | None = None
    has: tuple[Has, ...] = ()
    near: str | None = None
    within_m: float = 1000.0
    route: str | None = None
    ids: tuple[str, ...] | None = None


def conditions(reader: Reader, scope: Scope, what: Filter) -> list[ColumnElement[bool]]:
    """Return the filter as conditions, the scope first; legs are shown through their parents.

    Raises BadRequest, Forbidden.
    """
    if what.deleted or what.hidden != "false":
        scope.must("activities: see removed")
    table = activities.c
    found = [table.athlete_id == scope.athlete_id, table.deleted.is_(what.deleted), table.parent_id.is_(None)]
    found += allowed(scope)
    if what.hidden != "all":
        found.append(table.hidden.is_(what.hidden == "true"))
    found += _when_and_which(what)
    found += _chosen(scope, what)
    of_figures = [*_figures(what), *_places(reader, scope, what)]
    if of_figures:
        found += [*of_figures, *untouched(privacy_mask(reader, scope)), *figures_allowed(scope)]
    words = (what.text or "").lower().split()
    return found + [table.search.contains(word, autoescape=True) for word in words]


def _when_and_which(what: Filter) -> list[ColumnElement[bool]]:
    must_be_in_order(what.since, what.until)
    table, found = activities.c, []
    if what.sport:
        must_be_sport(what.sport, or_family=what.or_family)
        found.append(table.sport.in_(sports_of(what.sport)) if what.or_family else table.sport == what.sport)
    if what.since:
        found.append(table.local_ms >= _midnight_ms(what.since))
    if what.until:
        found.append(table.local_ms < _midnight_ms(what.until) + DAY_MS)
    if what.ids is not None:
        if len(what.ids) > MOST_IDS:
            raise BadRequest(reason=f"At most {MOST_IDS:,} activities can be named at once. Use filters instead.")
        found.append(table.public_id.in_(what.ids))
    return found


def _chosen(scope: Scope, what: Filter) -> list[ColumnElement[bool]]:
    """Return the conditions for what people and sources said: gear, tags, the type of workout, the source.

    Raises BadRequest, Forbidden.
    """
    table, found = activities.c, []
    if what.gear:
        found.append(table.gear_id.is_(None) if what.gear == NONE else done_on(scope.athlete_id, what.gear))
    found += [tagged(scope.athlete_id, clean_tag(tag)) for tag in what.tags]
    if what.workout_type:
        if what.workout_type not in (*WORKOUT_TYPES, NONE):
            raise BadRequest(reason=f"Workout types are {', '.join(WORKOUT_TYPES)}, or {NONE}.")
        none = what.workout_type == NONE
        found.append(table.workout_type.is_(None) if none else table.workout_type == what.workout_type)
    if what.source:
        scope.must("originals: read")
        found.append(given_by(scope.athlete_id, what.source, scope.use))
    return found


def _figures(what: Filter) -> list[ColumnElement[bool]]:
    table = activities.c
    found = [*_between("distance", table.distance_m, what.distance_from, what.distance_to),
             *_between("time", TIME_S, what.time_from, what.time_to)]  # fmt: skip
    return found + [table[_RECORDED[name]].is_not(None) for name in what.has]


def _between(
    name: str, column: ColumnElement[float | None], least: float | None, most: float | None
) -> Sequence[ColumnElement[bool]]:
    if least is not None and most is not None and least > most:
        raise BadRequest(reason=f"The smallest {name} is larger than the largest. Change one of them.")
    found: list[ColumnElement[bool]] = [] if least is None else [column >= least]
    return found if most is None else [*found, column <= most]


def _places(reader: Reader, scope: Scope, what: Filter) -> list[ColumnElement[bool]]:
    found = [] if what.near is None else [around(reader, scope, what.near, what.within_m)]
    return found if what.route is None else [*found, along(reader, scope, what.route)]


def _midnight_ms(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
