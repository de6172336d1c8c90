"""What Ride with GPS calls a sport: its activity types, and FIT's numbers where those say nothing."""

from collections.abc import Mapping
from typing import Any

from homestretch.model.sport import GENERIC, Sport

_TYPES: Mapping[str, tuple[str, str | None]] = {
    "cycling:generic": ("cycling", None), "cycling:road": ("cycling", "road"),
    "cycling:gravel": ("cycling", "gravel_cycling"), "cycling:cyclocross": ("cycling", "cyclocross"),
    "cycling:mountain": ("cycling", "mountain"), "cycling:recumbent": ("cycling", "recumbent"),
    "cycling:hand_cycling": ("cycling", "hand_cycling"), "cycling:commute": ("cycling", "commuting"),
    "cycling:indoor": ("cycling", "indoor_cycling"), "cycling:virtual": ("cycling", "virtual_activity"),
    "e_biking:generic": ("e_biking", None), "e_biking:road": ("e_biking", "road"),
    "e_biking:mountain": ("e_biking", "e_bike_mountain"), "running:generic": ("running", None),
    "running:road": ("running", "street"), "running:trail": ("running", "trail"),
    "running:indoor": ("running", "indoor_running"), "walking:generic": ("walking", None),
    "walking:hiking": ("hiking", None), "walking:indoor": ("walking", "indoor_walking"),
    "walking:speed": ("walking", "speed_walking"), "swimming:generic": ("swimming", None),
    "swimming:lap": ("swimming", "lap_swimming"), "swimming:open_water": ("swimming", "open_water"),
    "snow:alpine_skiing": ("alpine_skiing", None), "snow:cross_country_skiing": ("cross_country_skiing", None),
    "snow:snowboarding": ("snowboarding", None), "snow:snowshoeing": ("snowshoeing", None),
    "driving:generic": ("driving", None), "motorcycling:generic": ("motorcycling", None),
    "motorcycling:atv": ("motorcycling", "atv"), "motorcycling:motocross": ("motorcycling", "motocross"),
    "training:generic": ("training", None), "training:strength": ("training", "strength_training"),
    "training:cardio": ("training", "cardio_training"), "training:breathing": ("training", "breathing"),
    "training:yoga": ("training", "yoga"), "training:hiit": ("training", "hiit"),
}  # fmt: skip
#: FIT's numbers of the sports and kinds that this app distinguishes.
_SPORTS = {
    1: "running", 2: "cycling", 3: "transition", 4: "fitness_equipment", 5: "swimming", 8: "tennis", 10: "training",
    11: "walking", 12: "cross_country_skiing", 13: "alpine_skiing", 14: "snowboarding", 15: "rowing",
    16: "mountaineering", 17: "hiking", 18: "multisport", 19: "paddling", 21: "e_biking", 22: "motorcycling",
    24: "driving", 25: "golf", 27: "horseback_riding", 30: "inline_skating", 31: "rock_climbing", 32: "sailing",
    33: "ice_skating", 35: "snowshoeing", 37: "stand_up_paddleboarding", 38: "surfing", 41: "kayaking",
    43: "windsurfing", 44: "kitesurfing",
}  # fmt: skip
_SUBS = {
    1: "treadmill", 2: "street", 3: "trail", 4: "track", 5: "spin", 6: "indoor_cycling", 7: "road", 8: "mountain",
    9: "downhill", 10: "recumbent", 11: "cyclocross", 12: "hand_cycling", 13: "track_cycling", 14: "indoor_rowing",
    15: "elliptical", 16: "stair_climbing", 17: "lap_swimming", 18: "open_water", 20: "strength_training",
    26: "cardio_training", 27: "indoor_walking", 28: "e_bike_fitness", 30: "casual_walking", 31: "speed_walking",
    37: "backcountry", 38: "resort", 42: "skate_skiing", 43: "yoga", 44: "pilates", 45: "indoor_running",
    46: "gravel_cycling", 47: "e_bike_mountain", 48: "commuting", 58: "virtual_activity", 70: "hiit",
}  # fmt: skip
_STATIONARY = {"cycling": "indoor_cycling", "running": "indoor_running", "walking": "indoor_walking"}


def sport_of(trip: Mapping[str, Any]) -> Sport:
    """Return a trip's sport by its type, else by FIT's numbers; one that went nowhere was indoors."""
    named = _TYPES.get(str(trip.get("activity_type")))
    key = _SPORTS.get(_number(trip.get("fit_sport")), GENERIC)
    sub = _SUBS.get(_number(trip.get("fit_sub_sport")))
    if named is not None:
        sub = named[1] or (sub if key == named[0] else None)
        key = named[0]
    if sub is None and trip.get("is_stationary") is True:
        sub = _STATIONARY.get(key)
    return Sport(key, sub)


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
