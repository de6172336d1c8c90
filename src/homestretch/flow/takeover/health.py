"""Measurements of days that were entered or kept in another system: entered here, each once."""

from collections.abc import Sequence

from homestretch.flow.edit.health import Entry, add_entry
from homestretch.flow.takeover.reading.items import FoundValue
from homestretch.flow.takeover.taking import Taking
from homestretch.store.queries.takeover import entered_values


def take_values(taking: Taking, found: Sequence[FoundValue]) -> None:
    """Enter measurements; one that was entered of the same kind and time, and perhaps removed since, is not again."""
    with taking.context.database.read() as reader:
        known = entered_values(reader, taking.scope.athlete_id)
    taking.each(
        "measurements",
        found,
        lambda one: f"{one.kind} of {one.day}",
        lambda one: (one.kind, one.day.isoformat(), one.at_ms) in known,
        lambda one: add_entry(taking.context, taking.scope, Entry(one.kind, one.value, one.day, one.at_ms)),
    )
