"""The thresholds that an activity's metrics are based on."""

from sqlalchemy import select

from homestretch.analysis.athlete.thresholds import Profile
from homestretch.store.database import Reader
from homestretch.store.tables.derived import measures


def profile_used(reader: Reader, activity_id: int) -> Profile:
    """Return what held of the athlete when an activity was measured, estimates named as such."""
    held = reader.scalar(select(measures.c.profile).where(measures.c.activity_id == activity_id)) or {}
    values = {key: value for key, (value, _) in held.items()}
    return Profile(values, estimates=frozenset(key for key, (_, estimated) in held.items() if estimated))
