"""An athlete's thresholds for workouts on a day."""

from datetime import date

from homestretch.analysis.athlete.history import History
from homestretch.coach.workouts.thresholds import thresholds_for
from homestretch.model.coach.thresholds import Thresholds
from homestretch.store.database import Reader
from homestretch.store.queries.thresholds import dated
from homestretch.store.scope import Scope


def thresholds_on(reader: Reader, scope: Scope, sport: str, day: date) -> Thresholds:
    """Return the thresholds for a sport (the coach's word) on a day."""
    return thresholds_for(History.of(*dated(reader, scope.athlete_id)), sport, day)
