"""What the terms of sources withhold from the use that a scope is for, such as giving data to a language model.

An activity is there while one of its recordings may be used. Its figures may be used when no withheld recording gave
any of them: those that may not be blended gave none.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, or_, select

from homestretch.store.database import Reader
from homestretch.store.queries.arrivals import forbidden, forbids
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, recordings
from homestretch.store.tables.kept import arrivals

type Conditions = list[ColumnElement[bool]]


def allowed(scope: Scope) -> Conditions:
    """Return the conditions for the activities that are there for a use; none where everything may be shown."""
    if scope.use == "show":
        return []
    one, other = recordings.alias(), recordings.alias()
    free = select(other.c.id).where(
        other.c.activity_id == one.c.activity_id, ~forbids(other.c.digest, scope.athlete_id, scope.use)
    )
    gone = _limited(scope, one).where(~free.exists())
    leg, present = activities.alias(), activities.alias()
    # A multisport activity is there while one of its legs is.
    with_leg = select(present.c.parent_id).where(present.c.parent_id.is_not(None), present.c.id.not_in(gone))
    of_legs = select(leg.c.parent_id).where(leg.c.parent_id.is_not(None), leg.c.id.in_(gone))
    parents = of_legs.where(leg.c.parent_id.not_in(with_leg))
    return [_home().not_in(gone), activities.c.id.not_in(parents)]


def figures_allowed(scope: Scope) -> Conditions:
    """Return the conditions for the activities whose figures may be used; none where everything may be shown."""
    if scope.use == "show":
        return []
    gave = _gave(scope)
    leg = activities.alias()
    parents = select(leg.c.parent_id).where(leg.c.parent_id.is_not(None), leg.c.id.in_(gave))
    return [_home().not_in(gave), activities.c.id.not_in(parents)]


def _home() -> ColumnElement[int]:
    """Return the activity that has the recordings: what was split off has none of its own."""
    return func.coalesce(activities.c.split_from_id, activities.c.id)


def is_allowed(reader: Reader, scope: Scope, activity_id: int) -> bool:
    """Return whether an activity is there for the use."""
    terms = allowed(scope)
    return not terms or reader.row(select(activities.c.id).where(activities.c.id == activity_id, *terms)) is not None


def figures_withheld(reader: Reader, scope: Scope, ids: Collection[int]) -> set[int]:
    """Return which of some activities have figures of a recording that may not be used."""
    terms = figures_allowed(scope)
    if not terms or not ids:
        return set()
    return set(ids) - {row.id for row in reader.rows(select(activities.c.id).where(activities.c.id.in_(ids), *terms))}


def one_withheld(reader: Reader, scope: Scope, home_id: int, primary_id: int | None) -> bool:
    """Return whether the figures of one activity may not be used, by the activity that has its recordings.

    Its own recordings are asked about and no other, so it takes as long however many there are.
    """
    own = reader.rows(select(recordings.c.id, recordings.c.digest).where(recordings.c.activity_id == home_id))
    withheld = forbidden(reader, scope.athlete_id, {row.digest for row in own}, scope.use)
    unblended = forbidden(reader, scope.athlete_id, withheld, "blend")
    return any(row.digest in withheld and (row.id == primary_id or row.digest not in unblended) for row in own)


def withheld_count(
    reader: Reader, scope: Scope, wanted: Sequence[ColumnElement[bool]], *, figures: bool = False
) -> int:
    """Return how many of the activities that fit some conditions are not there, or whose figures are not."""
    terms = figures_allowed(scope) if figures else allowed(scope)
    if not terms:
        return 0
    query = select(func.count()).select_from(activities).where(*wanted, ~and_(*terms))
    return int(reader.scalar(query) or 0)


def _limited(scope: Scope, one: FromClause) -> Select[tuple[int]]:
    """Return the query for the activities of the recordings that may not be used."""
    terms = arrivals.alias()
    some = select(terms.c.digest).where(terms.c.athlete_id == scope.athlete_id, terms.c.terms.contains(scope.use))
    return select(one.c.activity_id).where(
        one.c.athlete_id == scope.athlete_id,
        one.c.activity_id.is_not(None),
        one.c.digest.in_(some),
        forbids(one.c.digest, scope.athlete_id, scope.use),
    )


def _gave(scope: Scope) -> Select[tuple[int]]:
    """Return the query for the activities to which a recording gave something that may not be used."""
    one, of = recordings.alias(), activities.alias()
    is_primary = select(of.c.id).where(of.c.id == one.c.activity_id, of.c.primary_id == one.c.id).exists()
    return _limited(scope, one).where(or_(is_primary, ~forbids(one.c.digest, scope.athlete_id, "blend")))
