"""The activities that statistics count: an athlete's own, neither deleted nor hidden, legs instead of their parents."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select

from homestretch.analysis.measure.metric import metrics as described
from homestretch.errors import BadRequest
from homestretch.model.sport import FAMILIES, Sport
from homestretch.store.database import Reader
from homestretch.store.queries.withheld import figures_allowed
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, metrics
from homestretch.vendors.sport_names import must_be_sport
from homestretch.views.kit.privacy import privacy_mask, untouched

DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()


def counting(
    reader: Reader,
    scope: Scope,
    since: date | None = None,
    until: date | None = None,
    family: str | None = None,
    *,
    legs: bool = True,
) -> list[ColumnElement[bool]]:
    """Return the conditions for what is counted between two local days (inclusive), of one sport family or all.

    Of a multisport activity its legs are counted, or without `legs` the whole as one. What came near a place
    that is hidden from the viewer does not count: a sum would reveal it. Raises BadRequest for an unknown sport.
    """
    return [*everywhere(scope, since, until, family, legs=legs), *untouched(privacy_mask(reader, scope))]


def everywhere(
    scope: Scope,
    since: date | None = None,
    until: date | None = None,
    family: str | None = None,
    *,
    legs: bool = True,
) -> list[ColumnElement[bool]]:
    """Return the same with what came near a hidden place: for views of places, which hide it themselves."""
    if family is not None:
        must_be_sport(family, or_family=True)
    table = activities.c
    found = [
        table.athlete_id == scope.athlete_id,
        table.deleted.is_(False),
        table.hidden.is_(False),
        table.primary_id.is_not(None) if legs else table.parent_id.is_(None),
    ]
    if since is not None:
        found.append(table.local_ms >= midnight_ms(since))
    if until is not None:
        found.append(table.local_ms < midnight_ms(until) + DAY_MS)
    if family is not None:
        found.append(table.sport.in_(sports_of(family)))
    return [*found, *figures_allowed(scope)]


def must_be_in_order(since: date | None, until: date | None) -> None:
    """Raise BadRequest where the first day is after the last one: nothing would be found, and nothing said."""
    if since is not None and until is not None and since > until:
        raise BadRequest(reason=f"The first day, {since}, is after the last day, {until}.")


def sports_of(family: str) -> list[str]:
    """Return the sports of a family."""
    return list(FAMILIES.get(family, (family,)))


def family_of(sport: str) -> str:
    """Return the family of a sport."""
    return Sport(sport).family


def is_of(metric: str) -> ColumnElement[bool]:
    """Return the condition that a row of `metrics` has this metric of the activity beside it."""
    same = (metrics.c.athlete_id == activities.c.athlete_id) & (metrics.c.activity_id == activities.c.id)
    return same & (metrics.c.metric == described()[metric].number)


def metric_rows(reader: Reader, scope: Scope, metric: str, *columns: Any, **what: Any) -> list[Row[Any]]:
    """Return (local_ms, value, the columns named) of what is counted and has the metric, in order of time."""
    query = (
        select(activities.c.local_ms, metrics.c.value, *columns)
        .join(metrics, is_of(metric))
        .where(*counting(reader, scope, **what))
        .order_by(activities.c.local_ms, activities.c.id)
    )
    return list(reader.rows(query))


def ordinal(local_ms: int) -> int:
    """Return the day's number in the calendar (1 is 0001-01-01) of milliseconds on the local clock."""
    return local_ms // DAY_MS + _EPOCH


def day(local_ms: int) -> date:
    """Return the day of milliseconds on the local clock."""
    return date.fromordinal(max(1, min(ordinal(local_ms), date.max.toordinal())))


def midnight_ms(when: date) -> int:
    """Return the start of a local day in milliseconds on the local clock."""
    return int(datetime(when.year, when.month, when.day, tzinfo=UTC).timestamp() * 1000)
