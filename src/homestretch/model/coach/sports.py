"""The coach's words for sports, of which rules, templates and sessions know a few."""

from collections.abc import Mapping

from homestretch.model.sport import MULTISPORT, Sport

#: FIT's sports by the coach's word, where it is not the family's name.
_WORDS: Mapping[str, str] = {
    "hiking": "hike",
    "mountaineering": "hike",
    "snowshoeing": "hike",
    "training": "strength",
    "fitness_equipment": "strength",
    MULTISPORT: "brick",
}
_FAMILIES = frozenset({"ride", "run", "walk", "swim", "row", "ski"})


def coach_sport(sport: Sport) -> str:
    """Return the coach's word for a sport; `other` where it has none."""
    if sport.sub == "strength_training":
        return "strength"
    if sport.key in _WORDS:
        return _WORDS[sport.key]
    return sport.family if sport.family in _FAMILIES else "other"
