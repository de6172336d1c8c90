"""Reads the athlete's inputs of computations."""

from sqlalchemy import select

from homestretch.analysis.athlete.history import History
from homestretch.flow.derive.compute.compute import AthleteInputs
from homestretch.store.database import Reader
from homestretch.store.queries.thresholds import dated
from homestretch.store.tables.kept import athletes


def person_of(reader: Reader, athlete_id: int) -> AthleteInputs:
    """Return an athlete's inputs of computations today."""
    home = reader.scalar(select(athletes.c.home_zone).where(athletes.c.id == athlete_id))
    return AthleteInputs(home, history_of(reader, athlete_id))


def history_of(reader: Reader, athlete_id: int) -> History:
    """Return what was stated of an athlete by date, and what is estimated where nothing was."""
    return History.of(*dated(reader, athlete_id))
