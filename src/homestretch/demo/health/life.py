"""What happens to the demo athlete beside training: illness, travel, drinks, late meals; by seed and day alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from homestretch.demo.calendar import ILL_DAYS, OVERSEAS, OVERSEAS_DAYS, Planned, place_on, workouts
from homestretch.demo.places import ALPS, HOME, ISLAND

OVERSEAS_ZONE = "America/New_York"
_ZONES: Mapping[str, str] = {place.name: place.zone for place in (HOME, ISLAND, ALPS)} | {OVERSEAS: OVERSEAS_ZONE}
#: What a workout of each kind comes to: load, minutes, and whether the heart is driven hard.
EFFORTS: Mapping[str, tuple[float, int, bool]] = {
    "road_ride": (80.0, 85, False), "long_ride": (165.0, 200, False), "gravel_ride": (95.0, 110, False),
    "mountain_bike": (90.0, 90, True), "trainer_intervals": (85.0, 70, True), "trainer_endurance": (65.0, 90, False),
    "easy_run": (50.0, 45, False), "tempo_run": (80.0, 50, True), "long_run": (100.0, 95, False),
    "trail_run": (100.0, 95, True), "hike": (90.0, 190, False), "interval_run": (90.0, 60, True),
    "treadmill_run": (65.0, 45, True), "pool_swim": (55.0, 50, False), "open_water_swim": (60.0, 40, True),
    "strength": (35.0, 55, False), "rowing": (50.0, 45, True), "triathlon": (230.0, 160, True),
}  # fmt: skip
USUAL_LOAD = 62.0
#: How ill the athlete is from the night before the first symptoms on, 0 to 1.
_ILLNESS = (0.6, 1.0, 1.0, 0.85, 0.65, 0.45, 0.3, 0.2, 0.1)
#: How far the body's clock is from that of the place, 0 to 1, from a flight on.
_JET_LAG = (1.0, 0.75, 0.5, 0.25)
#: How often the watch is left on its charger.
_FORGOTTEN = 0.02
_EVE_OF_ILLNESS = (ILL_DAYS[0][0], ILL_DAYS[0][1] - 1)
_FLIGHTS = (OVERSEAS_DAYS[0], (OVERSEAS_DAYS[1][0], OVERSEAS_DAYS[1][1] + 1))
FRIDAY, SATURDAY = 4, 5


@dataclass(frozen=True, slots=True)
class Life:
    """A day: its workouts and their load, illness and jet lag (0 to 1), where the athlete is, drinks and late meals.

    `noise` is what has no known reason, in standard deviations; `worn` is whether the watch was.
    """

    day: date
    workouts: tuple[Planned, ...]
    load: float
    illness: float
    jet_lag: float
    zone: str
    away: bool
    drank: bool
    ate_late: bool
    noise: float
    worn: bool


@lru_cache(maxsize=64)
def life(seed: int, day: date) -> Life:
    """Return what happens on a day."""
    rng = np.random.default_rng([seed, day.toordinal(), 11])
    planned = tuple(workouts(seed, day))
    place, illness = place_on(day), _on_day_of(_ILLNESS, day, _EVE_OF_ILLNESS)
    chances = rng.random(3)
    evening_out = day.weekday() in (FRIDAY, SATURDAY)
    return Life(
        day=day,
        workouts=planned,
        load=sum(EFFORTS[one.kind][0] for one in planned),
        illness=illness,
        jet_lag=max(_on_day_of(_JET_LAG, day, flight) for flight in _FLIGHTS),
        zone=_ZONES[place],
        away=place != HOME.name,
        drank=bool(chances[0] < (0.3 if evening_out else 0.06)) and not illness,
        ate_late=bool(chances[1] < (0.12 if evening_out else 0.05)) and not illness,
        noise=float(rng.normal(0.0, 1.0)),
        worn=bool(chances[2] > _FORGOTTEN),
    )


def _on_day_of(course: Sequence[float], day: date, first: tuple[int, int]) -> float:
    """Return the value of a course that begins on a day of each year (month, day), 0 before and after it."""
    index = (day - date(day.year, *first)).days
    return course[index] if 0 <= index < len(course) else 0.0
