"""Channels that are computed when somebody looks at an activity."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row

from homestretch.analysis.activity.series import Series
from homestretch.analysis.derived_channels import DerivedChannel, derived_channels
from homestretch.analysis.samples.samples import Samples
from homestretch.model.channel import Floats
from homestretch.model.documents.activity import ChannelInfo
from homestretch.model.sport import Sport
from homestretch.store.database import Reader
from homestretch.views.kit.profile import profile_used


def derivable_channels(reader: Reader, activity: Row[Any], recorded: Collection[str]) -> list[ChannelInfo]:
    """Return the channels that can be computed from the recorded ones with the thresholds known."""
    if activity.primary_id is None:
        return []
    known = profile_used(reader, activity.id).values
    return [
        {"key": one.key, "unit": one.unit}
        for one in _of(activity)
        if set(one.needs) <= set(recorded) and set(one.reads) <= known.keys()
    ]


def derived_values(
    reader: Reader, activity: Row[Any], cleaned: Samples, keys: Collection[str] | None
) -> dict[str, tuple[str, Floats]]:
    """Return (unit, values (n,)) of the channels named (None: all) that can be computed."""
    wanted = [one for one in _of(activity) if keys is None or one.key in keys]
    wanted = [one for one in wanted if set(one.needs) <= cleaned.recording.channels.keys()]
    if not wanted:
        return {}
    sport = Sport(activity.sport, activity.sub_sport)
    series, profile = Series(cleaned, sport), profile_used(reader, activity.id)
    found = {one.key: (one.unit, one.values(series, profile)) for one in wanted}
    return {key: (unit, values) for key, (unit, values) in found.items() if values is not None}


def needed_for(keys: Collection[str]) -> set[str]:
    """Return the recorded channels from which those of the keys that are computed are computed."""
    return {need for one in derived_channels().values() if one.key in keys for need in one.needs}


def _of(activity: Row[Any]) -> list[DerivedChannel]:
    family = Sport(activity.sport, activity.sub_sport).family
    return [one for one in derived_channels().values() if one.sports is None or family in one.sports]
