"""What intervals.icu calls a sport, there and back."""

from collections.abc import Mapping
from typing import Any

from homestretch.model.sport import Sport
from homestretch.vendors.sport_names import sport_named

_INDOORS = {"cycling": "indoor_cycling", "running": "treadmill", "walking": "indoor_walking"}
#: Its word for each sport of ours, by its kind first.
_WORDS: Mapping[tuple[str, str | None], str] = {
    ("cycling", None): "Ride", ("cycling", "mountain"): "MountainBikeRide",
    ("cycling", "gravel_cycling"): "GravelRide", ("cycling", "cyclocross"): "Cyclocross",
    ("cycling", "track_cycling"): "TrackRide", ("cycling", "virtual_activity"): "VirtualRide",
    ("e_biking", None): "EBikeRide", ("e_biking", "e_bike_mountain"): "EMountainBikeRide", ("running", None): "Run",
    ("running", "trail"): "TrailRun", ("running", "virtual_activity"): "VirtualRun", ("walking", None): "Walk",
    ("hiking", None): "Hike", ("snowshoeing", None): "Snowshoe", ("swimming", None): "Swim",
    ("swimming", "open_water"): "OpenWaterSwim", ("rowing", None): "Rowing", ("kayaking", None): "Kayaking",
    ("paddling", None): "Canoeing", ("stand_up_paddleboarding", None): "StandUpPaddling", ("sailing", None): "Sail",
    ("surfing", None): "Surfing", ("windsurfing", None): "Windsurf", ("kitesurfing", None): "Kitesurf",
    ("cross_country_skiing", None): "NordicSki", ("alpine_skiing", None): "AlpineSki",
    ("alpine_skiing", "backcountry"): "BackcountrySki", ("snowboarding", None): "Snowboard",
    ("ice_skating", None): "IceSkate", ("inline_skating", None): "InlineSkate", ("training", None): "Workout",
    ("training", "strength_training"): "WeightTraining", ("training", "yoga"): "Yoga",
    ("training", "pilates"): "Pilates", ("fitness_equipment", "elliptical"): "Elliptical",
    ("rock_climbing", None): "RockClimbing", ("golf", None): "Golf", ("tennis", None): "Tennis",
    ("transition", None): "Transition", ("generic", None): "Other",
}  # fmt: skip


def sport_of(activity: Mapping[str, Any]) -> Sport:
    """Return an activity's sport; on a trainer it was indoors."""
    kind = activity.get("type")
    found = sport_named(kind if isinstance(kind, str) else None)
    if found.sub is None and activity.get("trainer") is True:
        return Sport(found.key, _INDOORS.get(found.key))
    return found


def word_for(said: str) -> str | None:
    """Return its word for a sport of ours, `cycling` or `cycling/mountain`, or None."""
    key, _, sub = said.partition("/")
    return _WORDS.get((key, sub or None)) or _WORDS.get((key, None))
