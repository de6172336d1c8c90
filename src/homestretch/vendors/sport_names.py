"""What files and services call a sport: Garmin's words, Strava's numbers and words, those of phones."""

import re

from homestretch.errors import BadRequest, unknown
from homestretch.model.sport import FAMILIES, GENERIC, MULTISPORT, TRANSITION, Sport

_SPORTS: dict[str, tuple[str, str | None]] = {
    "cycling": ("cycling", None), "biking": ("cycling", None), "ride": ("cycling", None), "bike": ("cycling", None),
    "bicycle": ("cycling", None), "road_biking": ("cycling", "road"), "road_cycling": ("cycling", "road"),
    "mountain_biking": ("cycling", "mountain"), "mountain_bike": ("cycling", "mountain"),
    "mountain_bike_ride": ("cycling", "mountain"), "mtb": ("cycling", "mountain"),
    "downhill_biking": ("cycling", "downhill"), "gravel_cycling": ("cycling", "gravel_cycling"),
    "gravel_ride": ("cycling", "gravel_cycling"), "cyclocross": ("cycling", "cyclocross"),
    "track_cycling": ("cycling", "track_cycling"), "indoor_cycling": ("cycling", "indoor_cycling"),
    "virtual_ride": ("cycling", "virtual_activity"), "virtual_cycling": ("cycling", "virtual_activity"),
    "recumbent_cycling": ("cycling", "recumbent"), "commuting": ("cycling", "commuting"),
    "e_biking": ("e_biking", None), "e_bike": ("e_biking", None), "e_bike_ride": ("e_biking", None),
    "e_bike_fitness": ("e_biking", "e_bike_fitness"), "e_bike_mountain": ("e_biking", "e_bike_mountain"),
    "running": ("running", None), "run": ("running", None), "jogging": ("running", None),
    "street_running": ("running", "street"), "road_running": ("running", "street"),
    "trail_running": ("running", "trail"), "trail_run": ("running", "trail"), "track_running": ("running", "track"),
    "treadmill_running": ("running", "treadmill"), "treadmill": ("running", "treadmill"),
    "indoor_running": ("running", "indoor_running"), "virtual_run": ("running", "virtual_activity"),
    "walking": ("walking", None), "walk": ("walking", None), "casual_walking": ("walking", "casual_walking"),
    "speed_walking": ("walking", "speed_walking"), "indoor_walking": ("walking", "indoor_walking"),
    "hiking": ("hiking", None), "hike": ("hiking", None), "trekking": ("hiking", None),
    "mountaineering": ("mountaineering", None), "snow_shoe": ("snowshoeing", None),
    "snowshoeing": ("snowshoeing", None), "snowshoe": ("snowshoeing", None),
    "swimming": ("swimming", None), "swim": ("swimming", None), "lap_swimming": ("swimming", "lap_swimming"),
    "pool_swimming": ("swimming", "lap_swimming"), "open_water_swimming": ("swimming", "open_water"),
    "open_water_swim": ("swimming", "open_water"), "track_ride": ("cycling", "track_cycling"),
    "rowing": ("rowing", None), "indoor_rowing": ("rowing", "indoor_rowing"), "kayaking": ("kayaking", None),
    "canoeing": ("paddling", None), "paddling": ("paddling", None),
    "stand_up_paddling": ("stand_up_paddleboarding", None),
    "stand_up_paddleboarding": ("stand_up_paddleboarding", None), "sup": ("stand_up_paddleboarding", None),
    "sailing": ("sailing", None), "sail": ("sailing", None), "surfing": ("surfing", None),
    "windsurfing": ("windsurfing", None), "windsurf": ("windsurfing", None), "kitesurf": ("kitesurfing", None),
    "cross_country_skiing": ("cross_country_skiing", None), "nordic_ski": ("cross_country_skiing", None),
    "skate_skiing": ("cross_country_skiing", "skate_skiing"), "roller_ski": ("cross_country_skiing", None),
    "alpine_skiing": ("alpine_skiing", None), "alpine_ski": ("alpine_skiing", None), "skiing": ("alpine_skiing", None),
    "resort_skiing": ("alpine_skiing", "resort"), "backcountry_ski": ("alpine_skiing", "backcountry"),
    "backcountry_skiing": ("alpine_skiing", "backcountry"), "snowboarding": ("snowboarding", None),
    "snowboard": ("snowboarding", None), "ice_skating": ("ice_skating", None), "ice_skate": ("ice_skating", None),
    "inline_skating": ("inline_skating", None), "inline_skate": ("inline_skating", None),
    "strength_training": ("training", "strength_training"), "weight_training": ("training", "strength_training"),
    "yoga": ("training", "yoga"), "elliptical": ("fitness_equipment", "elliptical"), "workout": ("training", None),
    "rock_climbing": ("rock_climbing", None), "horseback_riding": ("horseback_riding", None), "golf": ("golf", None),
    "tennis": ("tennis", None), "multi_sport": ("multisport", None), "multisport": ("multisport", None),
    "transition": ("transition", None), "driving": ("driving", None), "motorcycling": ("motorcycling", None),
    # the rest of Strava's words
    "e_mountain_bike_ride": ("e_biking", "e_bike_mountain"), "handcycle": ("cycling", "hand_cycling"),
    "velomobile": ("cycling", "recumbent"), "virtual_row": ("rowing", "virtual_activity"),
    "high_intensity_interval_training": ("hiit", "hiit"), "crossfit": ("hiit", None),
    "pilates": ("training", "pilates"), "stair_stepper": ("fitness_equipment", "stair_climbing"),
    "physical_therapy": ("training", None), "dance": ("dance", None), "skateboard": ("skateboarding", None),
    "wheelchair": ("wheelchair_push_walk", None), "soccer": ("soccer", None), "football_soccer": ("soccer", None),
    "badminton": ("racket", "badminton"), "pickleball": ("racket", "pickleball"), "padel": ("racket", "padel"),
    "racquetball": ("racket", "racquetball"), "squash": ("racket", "squash"),
    "table_tennis": ("racket", "table_tennis"),
    "basketball": ("basketball", None), "volleyball": ("volleyball", None), "cricket": ("cricket", None),
    # Strava's numbers, as its exports had them until 2022
    "1": ("cycling", None), "2": ("alpine_skiing", None), "4": ("hiking", None), "7": ("cross_country_skiing", None),
    "9": ("running", None), "10": ("walking", None), "12": ("snowboarding", None), "13": ("snowshoeing", None),
    "16": ("swimming", None), "17": ("cycling", "virtual_activity"),
}  # fmt: skip
#: FIT's sports that no file or service calls otherwise.
_FIT = """american_football archery baseball boating boxing canoeing disc_golf diving fishing floor_climbing flying
    geocaching grinding hang_gliding hockey hunting jump_rope jumpmaster lacrosse meditation mixed_martial_arts mobility
    motor_sports para_sport pool_apnea rafting rugby shooting sky_diving snorkeling snowmobiling tactical team_sport
    video_gaming wakeboarding wakesurfing water_skiing water_sport water_tubing wheelchair_push_run winter_sport"""
#: Every sport that an activity can be.
SPORTS = frozenset({GENERIC, MULTISPORT, TRANSITION, *_FIT.split(), *(key for key, _ in _SPORTS.values())})
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def sport_named(name: str | None) -> Sport:
    """Return the sport that a file names: `TrailRun`, `trail running` and `trail_running` are one; else `generic`."""
    words = "_".join(word.lower() for word in _WORD.findall(name or ""))
    key, sub = _SPORTS.get(words) or _SPORTS.get(words.replace("_", "")) or (GENERIC, None)
    return Sport(key, sub)


def must_be_sport(word: str, *, or_family: bool = False) -> None:
    """Raise BadRequest, with the nearest right word, for what is no sport (or family of sports, where one may be)."""
    if word not in SPORTS and not (or_family and word in FAMILIES):
        meant = sport_named(word).key
        if meant != GENERIC:
            raise BadRequest(reason=f"Unknown sport: {word[:40]}. Did you mean {meant}?")
        raise unknown("sport", word, [*SPORTS, *(FAMILIES if or_family else ())])
