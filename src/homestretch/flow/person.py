"""Reads what reckoning asks of an athlete."""

from sqlalchemy import select

from homestretch.flow.reckon import Person
from homestretch.store.database import Reader
from homestretch.store.tables.kept import athletes
from homestretch.store.thresholds import stated


def person_of(reader: Reader, athlete_id: int) -> Person:
    """Return what reckoning asks of an athlete today."""
    home = reader.scalar(select(athletes.c.home_zone).where(athletes.c.id == athlete_id))
    return Person(home, stated(reader, athlete_id))
