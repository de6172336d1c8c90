"""Thresholds that were set in another system, each from its day on."""

from collections.abc import Sequence

from homestretch.flow.edit.thresholds import state
from homestretch.flow.takeover.reading.items import FoundThreshold
from homestretch.flow.takeover.taking import Taking
from homestretch.store.queries.thresholds import threshold_rows


def take_thresholds(taking: Taking, found: Sequence[FoundThreshold]) -> None:
    """State thresholds; one that was ever stated here from the same day on, and perhaps taken back, is not again."""
    with taking.context.database.read() as reader:
        rows = threshold_rows(reader, taking.scope.athlete_id)
    known = {(row.key, row.family, row.valid_from) for row in rows}
    taking.each(
        "thresholds",
        found,
        lambda one: f"{one.key} of {one.valid_from}",
        lambda one: (one.key, one.family, one.valid_from.isoformat()) in known,
        lambda one: state(taking.context, taking.scope, one.key, one.value, one.valid_from, one.family),
    )
