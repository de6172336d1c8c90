"""What links lead to, whatever it is: whether it may be shared, and what a link to it shows."""

from collections.abc import Iterable

from homestretch.model.documents.sharing import Shared
from homestretch.model.sharing import Aspect, Subject, days_of, range_of
from homestretch.store.database import Reader
from homestretch.views.sharing.range import shared_range
from homestretch.views.sharing.route import shareable_route, shared_route
from homestretch.views.sharing.shared import shareable, shared_activity


def shareable_subject(reader: Reader, athlete_id: int, subject: Subject) -> Subject:
    """Return what a link may lead to, as links name it. Raises NotFound, Conflict, BadRequest, ForbiddenByTerms."""
    if subject.kind == "activity":
        return Subject("activity", shareable(reader, athlete_id, subject.id).public_id)
    if subject.kind == "route":
        return Subject("route", shareable_route(reader, athlete_id, subject.id).public_id)
    return range_of(*days_of(subject))


def shown(reader: Reader, athlete_id: int, subject: Subject, aspects: Iterable[Aspect]) -> Shared:
    """Return what a link shows that hides these aspects. Raises as `shareable_subject` does."""
    if subject.kind == "activity":
        return shared_activity(reader, athlete_id, subject.id, aspects)
    if subject.kind == "route":
        return shared_route(reader, athlete_id, subject.id, aspects)
    return shared_range(reader, athlete_id, subject, aspects)
