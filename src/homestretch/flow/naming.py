"""The name of an activity that nobody named."""

from collections.abc import Iterable

from homestretch.model.given_names import Given, given
from homestretch.model.sport import Sport

_WORDS = {
    "cycling": "Ride", "e_biking": "E-Bike Ride", "running": "Run", "walking": "Walk", "hiking": "Hike",
    "swimming": "Swim", "rowing": "Row", "multisport": "Multisport", "transition": "Transition",
    "training": "Workout", "fitness_equipment": "Workout", "generic": "Activity",
    "cross_country_skiing": "Cross-Country Ski", "alpine_skiing": "Alpine Ski",
}  # fmt: skip
_KINDS = {
    ("running", "trail"): "Trail Run", ("running", "treadmill"): "Treadmill Run", ("running", "track"): "Track Run",
    ("cycling", "mountain"): "Mountain Bike Ride", ("cycling", "gravel_cycling"): "Gravel Ride",
    ("cycling", "indoor_cycling"): "Indoor Ride", ("cycling", "virtual_activity"): "Virtual Ride",
    ("swimming", "lap_swimming"): "Pool Swim", ("swimming", "open_water"): "Open-Water Swim",
    ("training", "strength_training"): "Strength Training", ("training", "yoga"): "Yoga",
}  # fmt: skip
_PARTS = ((5, "Night"), (11, "Morning"), (14, "Lunch"), (18, "Afternoon"), (22, "Evening"), (24, "Night"))


def own_name(name: str | None) -> str | None:
    """Return what a recording is called, unless that was made up by a device or a service."""
    return None if given(name) is Given.NOT else " ".join((name or "").split())


def best_name(names: Iterable[str | None]) -> str | None:
    """Return the first of the names that a person gave, else the first that perhaps one did, else None."""
    return max((name for name in names if given(name)), key=given, default=None)


def default_name(sport: Sport, local_ms: int) -> str:
    """Return a name by the part of the day and the sport, such as `Morning Run`."""
    hour = local_ms // 3_600_000 % 24
    part = next(name for until, name in _PARTS if hour < until)
    word = _KINDS.get((sport.key, sport.sub or ""), _WORDS.get(sport.key, sport.key.replace("_", " ").title()))
    return f"{part} {word}"
