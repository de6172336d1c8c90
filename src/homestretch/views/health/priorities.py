"""Which sources are believed most, as the athlete set it."""

from homestretch.model.documents.health import HealthPriorities
from homestretch.model.health.day_report import DEFAULT_ORDER
from homestretch.model.health.kinds import KINDS
from homestretch.store.database import Reader
from homestretch.store.queries.health_entries import priorities_of
from homestretch.store.queries.measurements import sources_measured
from homestretch.store.scope import Scope


def health_priorities(reader: Reader, scope: Scope) -> HealthPriorities:
    """Return the usual order of sources, and what the athlete set instead."""
    scope.must("health: read")
    chosen = priorities_of(reader, scope.athlete_id)
    return {
        "usual": list(DEFAULT_ORDER),
        "all": list(chosen[""]) if "" in chosen else None,
        "kinds": [
            {"kind": kind, "name": KINDS[kind].name, "sources": list(sources)}
            for kind, sources in sorted(chosen.items())
            if kind in KINDS
        ],
        "there": sources_measured(reader, scope.athlete_id),
    }
