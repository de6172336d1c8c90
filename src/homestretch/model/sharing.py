"""What links lead to and show: the one table of aspects that an athlete may hide, and what each takes with it.

A shared activity is computed from its recording as if what is hidden had not been recorded, so nothing that is computed
from it can be shown, and a planned route from its line likewise. Which fields of an answer are absent follows from the
tables here too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from homestretch.errors import BadRequest

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
#: What a link leads to: an activity, a planned route, or the activities of a range of days.
type SubjectKind = Literal["activity", "route", "range"]
KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind.__value__)
#: Between the first and the last day of a range, and how many days it has at most.
TO, MOST_DAYS = "..", 366
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
    "kind": frozenset(),
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
#: The fields of an activity in a range. Its figures are those of the whole recording, and how much was climbed is read
#: from heights over time: it goes with the times.
RANGE_FIELDS: Mapping[str, frozenset[Aspect]] = {**FIELDS, "ascent_m": frozenset({"elevation", "speed"})}
#: The fields of a shared route.
ROUTE_FIELDS: Mapping[str, frozenset[Aspect]] = {
    "kind": frozenset(),
    "name": frozenset(),  # but what was made up of the place, as for activities
    "sport": frozenset(),
    "length_m": frozenset(),
    "gain_m": frozenset({"elevation"}),
    "profile": frozenset({"map"}),  # its heights go with elevation
    "sections": frozenset({"elevation"}),  # where they begin is where the grade changes
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a link leads to: an activity or a planned route by its public id, a range by its days (`range_of`)."""

    kind: SubjectKind
    id: str


def range_of(first: date, last: date) -> Subject:
    """Return a range of days, both inclusive."""
    return Subject("range", f"{first}{TO}{last}")


def days_of(subject: Subject) -> tuple[date, date]:
    """Return the first and the last day of a range. Raises BadRequest."""
    first, _, last = subject.id.partition(TO)
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise BadRequest(reason=f"A range is two days, such as 2026-05-01{TO}2026-05-31.") from None
    if not 0 <= (days[1] - days[0]).days < MOST_DAYS:
        raise BadRequest(reason=f"A range has its first day first, and at most {MOST_DAYS} days.")
    return days


def hidden_with(aspects: Iterable[Aspect]) -> frozenset[Aspect]:
    """Return these aspects with all that is hidden with them."""
    found = set(aspects)
    while more := {other for aspect in found for other in TAKES.get(aspect, ())} - found:
        found |= more
    return frozenset(found)
