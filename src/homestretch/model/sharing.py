"""What a link shows of an activity: the one table of aspects that an athlete may hide, and what each takes with it.

A shared activity is computed from its recording as if what is hidden had not been recorded, so nothing that is computed
from it can be shown. Which fields of the answer are absent follows from the tables here too.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

type Aspect = Literal[
    "start",
    "places",
    "map",
    "elevation",
    "heart_rate",
    "power",
    "cadence",
    "speed",
    "laps",
    "gear",
    "notes",
    "calories",
    "device",
]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect.__value__)
#: What a new athlete's links hide until the athlete chooses otherwise: health, what the athlete wrote, and the hour.
HIDDEN_AT_FIRST: tuple[Aspect, ...] = ("start", "heart_rate", "notes", "calories", "device")

#: What goes with an aspect, because it would give it back: a profile of heights leads to the road, calories to power
#: and heart rate, and a distance with a time to the speed.
TAKES: Mapping[Aspect, tuple[Aspect, ...]] = {
    "map": ("places", "elevation"),
    "heart_rate": ("calories",),
    "power": ("calories",),
    "speed": ("laps",),
}

#: The channels that a link can show, with their aspects; no other channel is.
CHANNELS: Mapping[str, frozenset[Aspect]] = {
    "latitude": frozenset({"map"}),
    "longitude": frozenset({"map"}),
    "altitude_m": frozenset({"elevation"}),
    "heart_rate_bpm": frozenset({"heart_rate"}),
    "power_w": frozenset({"power"}),
    "cadence_rpm": frozenset({"cadence"}),
    "speed_mps": frozenset({"speed"}),
    "distance_m": frozenset(),
}
#: The figures that a link can show, with their aspects; of the device's totals only theirs are used.
FIGURES: Mapping[str, frozenset[Aspect]] = {
    "elapsed_s": frozenset({"speed"}),
    "timer_s": frozenset({"speed"}),
    "moving_s": frozenset({"speed"}),
    "distance_m": frozenset(),
    "ascent_m": frozenset({"elevation"}),
    "descent_m": frozenset({"elevation"}),
    "avg_hr_bpm": frozenset({"heart_rate"}),
    "max_hr_bpm": frozenset({"heart_rate"}),
    "avg_power_w": frozenset({"power"}),
    "max_power_w": frozenset({"power"}),
    "avg_cadence_rpm": frozenset({"cadence"}),
    "max_cadence_rpm": frozenset({"cadence"}),
    "avg_speed_mps": frozenset({"speed"}),
    "max_speed_mps": frozenset({"speed"}),
    "calories_kcal": frozenset({"calories"}),
}
#: The computed numbers that a link can show, with their aspects. None needs a threshold: no link shows those, nor what
#: would give them back (training load, intensity, zones). Work in kJ is about the calories, and with power the time.
METRICS: Mapping[str, frozenset[Aspect]] = {
    "weighted_power": frozenset({"power"}),
    "variability": frozenset({"power"}),
    "work": frozenset({"power", "calories", "speed"}),
    "gap_speed": frozenset({"speed", "elevation"}),
}
#: The fields of a shared activity besides its figures, with the aspects of which each is absent when one is hidden.
FIELDS: Mapping[str, frozenset[Aspect]] = {
    "name": frozenset(),  # but what was made up of the hour or the place, see views/sharing/shared.py
    "sport": frozenset(),
    "sub_sport": frozenset(),
    "indoor": frozenset(),
    "day": frozenset(),
    "start_local": frozenset({"start"}),
    "description": frozenset({"notes"}),
    "tags": frozenset({"notes"}),
    "workout_type": frozenset({"notes"}),
    "rpe": frozenset({"notes"}),
    "feel": frozenset({"notes"}),
    "gear": frozenset({"gear"}),
    "device": frozenset({"device"}),
    "track": frozenset({"map"}),
    "metrics": frozenset(),  # each by METRICS
    "laps": frozenset({"laps"}),
    "splits": frozenset({"speed"}),
    "streams": frozenset({"speed"}),  # an axis of times with distances; each channel by CHANNELS
}
#: The fields of a lap or a split besides those that are in FIGURES.
PARTS: Mapping[str, frozenset[Aspect]] = {
    "start_s": frozenset({"speed"}),
    "speed_mps": frozenset({"speed"}),
    "gap_speed_mps": frozenset({"speed", "elevation"}),
}


def hidden_with(aspects: Iterable[Aspect]) -> frozenset[Aspect]:
    """Return these aspects with all that is hidden with them."""
    found = set(aspects)
    while more := {other for aspect in found for other in TAKES.get(aspect, ())} - found:
        found |= more
    return frozenset(found)
