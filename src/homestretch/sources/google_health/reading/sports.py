"""What Google Health calls a sport."""

from homestretch.model.sport import GENERIC, Sport
from homestretch.vendors.sport_names import sport_named

#: Its words that are not those of other services.
_SPORTS: dict[str, tuple[str, str | None]] = {
    "OUTDOOR_BIKE": ("cycling", None), "STATIONARY_BIKE": ("cycling", "indoor_cycling"),
    "SPINNING": ("cycling", "indoor_cycling"), "ASSAULT_BIKE": ("cycling", "indoor_cycling"),
    "HAND_CYCLING": ("cycling", "hand_cycling"), "ELECTRIC_BIKE": ("e_biking", None),
    "UNICYCLING": ("cycling", None), "TREADMILL": ("running", "treadmill"), "INCLINE_RUN": ("running", "treadmill"),
    "TRACK_AND_FIELD": ("running", "track"), "ORIENTEERING": ("running", None), "JOGGING": ("running", None),
    "TREADMILL_WALK": ("walking", "indoor_walking"), "INCLINE_WALK": ("walking", "indoor_walking"),
    "POWER_WALKING": ("walking", "speed_walking"), "NORDIC_WALKING": ("walking", None),
    "STROLLER_WALK": ("walking", None), "WALK_WITH_WEIGHTS": ("walking", None), "RUCKING": ("hiking", None),
    "BACKPACKING": ("hiking", None), "SWIMMING_POOL": ("swimming", "lap_swimming"),
    "SWIMMING_OPEN_WATER": ("swimming", "open_water"), "ROWING_MACHINE": ("rowing", "indoor_rowing"),
    "CANOEING": ("paddling", None), "PADDLEBOARDING": ("stand_up_paddleboarding", None),
    "CROSS_COUNTRY_SKI": ("cross_country_skiing", None), "SNOWSHOEING": ("snowshoeing", None),
    "ROLLERBLADING": ("inline_skating", None), "ROLLER_SKATING": ("inline_skating", None),
    "SKATING": ("ice_skating", None), "SPEED_SKATING": ("ice_skating", None), "KITESURFING": ("kitesurfing", None),
    "STAIRCLIMBER": ("fitness_equipment", "stair_climbing"), "JUMPING_ROPE": ("jump_rope", None),
    "INDOOR_CLIMBING": ("rock_climbing", "indoor_climbing"), "CLIMBING": ("rock_climbing", None),
    "HIIT": ("hiit", "hiit"), "CROSSFIT": ("hiit", None), "TABATA_WORKOUT": ("hiit", "tabata"),
    "INTERVAL_WORKOUT": ("hiit", None), "PICKELBALL": ("racket", "pickleball"), "RACKET_SPORTS": ("racket", None),
    "EQUESTRIAN_SPORTS": ("horseback_riding", None), "MEDITATE": ("meditation", None), "DANCING": ("dance", None),
    "ZUMBA": ("dance", None), "FOOTBALL_AMERICAN": ("american_football", None), "MOTORCYCLE": ("motorcycling", None),
    "SCUBA_DIVING": ("diving", None), "SKYDIVING": ("sky_diving", None), "WATER_SPORT": ("water_sport", None),
}  # fmt: skip
#: Words that begin or end in one of these are training with weights, yoga, and other training.
_STRENGTH = ("WEIGHT", "STRENGTH", "POWERLIFTING", "RESISTANCE", "BODY_WEIGHT", "CALISTHENICS", "CORE", "TRX")
_TRAINING = ("WORKOUT", "CARDIO", "CIRCUIT", "CROSS_TRAINING", "BOOTCAMP", "EXERCISE_CLASS", "STEP_TRAINING", "AEROBIC")


def sport_of(word: object) -> Sport:
    """Return the sport of Google's word for it; `generic` for none and for what is no sport."""
    if not isinstance(word, str):
        return Sport(GENERIC)
    if word in _SPORTS:
        return Sport(*_SPORTS[word])
    if word.startswith("YOGA"):
        return Sport("training", "yoga")
    if any(part in word for part in _STRENGTH):
        return Sport("training", "strength_training")
    if any(part in word for part in _TRAINING):
        return Sport("training")
    return sport_named(word)
