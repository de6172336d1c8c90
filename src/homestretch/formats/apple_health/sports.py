"""What Apple Health calls a sport."""

from homestretch.model.sport import MULTISPORT, TRANSITION, Sport
from homestretch.vendors.sport_names import sport_named

_PREFIX = "HKWorkoutActivityType"
#: Its words that are not those of other services.
_SPORTS: dict[str, tuple[str, str | None]] = {
    "TraditionalStrengthTraining": ("training", "strength_training"),
    "FunctionalStrengthTraining": ("training", "strength_training"), "CoreTraining": ("training", "strength_training"),
    "CrossTraining": ("training", None), "MixedCardio": ("training", None), "MixedMetabolicCardioTraining":
    ("training", None), "StepTraining": ("training", None), "Barre": ("training", None),
    "Flexibility": ("training", "flexibility_training"), "Cooldown": ("training", None),
    "PreparationAndRecovery": ("training", None), "MindAndBody": ("training", None), "TaiChi": ("training", None),
    "Gymnastics": ("training", None), "WaterFitness": ("training", None), "FitnessGaming": ("training", None),
    "HighIntensityIntervalTraining": ("hiit", "hiit"), "JumpRope": ("jump_rope", None),
    "StairClimbing": ("fitness_equipment", "stair_climbing"), "Stairs": ("fitness_equipment", "stair_climbing"),
    "CardioDance": ("dance", None), "SocialDance": ("dance", None), "DanceInspiredTraining": ("dance", None),
    "HandCycling": ("cycling", "hand_cycling"), "TrackAndField": ("running", "track"),
    "WheelchairWalkPace": ("wheelchair_push_walk", None), "WheelchairRunPace": ("wheelchair_push_run", None),
    "PaddleSports": ("paddling", None), "SurfingSports": ("surfing", None), "WaterSports": ("water_sport", None),
    "WaterPolo": ("water_sport", None), "UnderwaterDiving": ("diving", None),
    "DownhillSkiing": ("alpine_skiing", None), "SnowSports": ("winter_sport", None),
    "SkatingSports": ("ice_skating", None), "EquestrianSports": ("horseback_riding", None),
    "Climbing": ("rock_climbing", None), "Kickboxing": ("boxing", None), "MartialArts": ("mixed_martial_arts", None),
    "Softball": ("baseball", None), "DiscSports": ("disc_golf", None),
    "SwimBikeRun": (MULTISPORT, None), "Transition": (TRANSITION, None),
}  # fmt: skip
#: What is done indoors, or on which water.
_INDOORS = {
    "running": "indoor_running", "cycling": "indoor_cycling", "walking": "indoor_walking", "rowing": "indoor_rowing",
}  # fmt: skip
_WATERS = {"1": "lap_swimming", "2": "open_water"}


def sport_of(word: str, *, indoor: bool = False, water: str | None = None) -> Sport:
    """Return the sport of Apple's word for it; `water` is 1 for a pool and 2 for open water."""
    name = word.removeprefix(_PREFIX)
    sport = Sport(*_SPORTS[name]) if name in _SPORTS else sport_named(name)
    if sport.key == "swimming" and sport.sub is None:
        return Sport(sport.key, _WATERS.get(water or ""))
    if indoor and sport.sub is None and sport.key in _INDOORS:
        return Sport(sport.key, _INDOORS[sport.key])
    return sport
