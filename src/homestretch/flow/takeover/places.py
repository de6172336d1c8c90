"""Segments of another system, each by its line."""

from collections.abc import Sequence

from homestretch.flow.edit.segments import from_gpx
from homestretch.flow.takeover.reading.items import FoundSegment
from homestretch.flow.takeover.taking import Taking
from homestretch.store.queries.takeover import segment_names


def take_segments(taking: Taking, found: Sequence[FoundSegment]) -> None:
    """Add segments; one of the same name and sport, also a deleted one, is not added again."""
    with taking.context.database.read() as reader:
        known = set(segment_names(reader, taking.scope.athlete_id))
    context, scope = taking.context, taking.scope
    taking.each(
        "segments",
        found,
        lambda one: one.name,
        lambda one: (" ".join(one.name.split()), one.family) in known,
        lambda one: from_gpx(context, scope, one.gpx, f"{one.name}.gpx", one.family, one.name),
    )
