"""An activity as formulas are given it, put together from its rows."""

from typing import Any

from sqlalchemy import Row

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.samples.samples import samples
from homestretch.model.sport import Sport
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.views.kit.privacy import privacy_mask
from homestretch.views.kit.profile import profile_used
from homestretch.views.kit.redacted import redacted
from homestretch.views.kit.samples import activity_recording


def effort_of(reader: Reader, activity: Row[Any]) -> Effort | None:
    """Return an activity with the thresholds that its metrics are based on, or None without samples."""
    if activity.primary_id is None:
        return None
    recording = activity_recording(reader, activity)
    if recording is None or len(recording.time_ms) == 0:
        return None
    cleaned = samples(recording)
    sport = Sport(activity.sport, activity.sub_sport)
    return Effort(
        cleaned, summarise(recording, cleaned), sport, profile_used(reader, activity.id), activity.rpe, activity.feel
    )


def effort_shown(reader: Reader, scope: Scope, activity: Row[Any]) -> Effort | None:
    """Return the same of what is shown of an activity, without what lies near a private place."""
    hidden = redacted(reader, activity, privacy_mask(reader, scope))
    return effort_of(reader, activity) if hidden is None else hidden.effort
