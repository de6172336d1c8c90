"""An activity as formulas are given it, put together from its rows."""

from typing import Any

from sqlalchemy import Row, select

from homestretch.analysis.effort import Effort
from homestretch.analysis.samples import samples
from homestretch.analysis.summary import summarise
from homestretch.analysis.thresholds import Profile
from homestretch.model.sport import Sport
from homestretch.store.database import Reader
from homestretch.store.tables.derived import measures
from homestretch.views.streams import stored_recording


def effort_of(reader: Reader, activity: Row[Any]) -> Effort | None:
    """Return an activity with the thresholds that its numbers were told from, or None where nothing was recorded."""
    if activity.primary_id is None:
        return None
    recording = stored_recording(reader, activity.primary_id)
    if recording is None or len(recording.time_ms) == 0:
        return None
    cleaned = samples(recording)
    sport = Sport(activity.sport, activity.sub_sport)
    return Effort(
        cleaned, summarise(recording, cleaned), sport, _profile(reader, activity.id), activity.rpe, activity.feel
    )


def _profile(reader: Reader, activity_id: int) -> Profile:
    held = reader.scalar(select(measures.c.profile).where(measures.c.activity_id == activity_id)) or {}
    values = {key: value for key, (value, _) in held.items()}
    return Profile(values, estimates=frozenset(key for key, (_, estimated) in held.items() if estimated))
