"""What the demo athlete does on which day: seasons, weeks that build and weeks of rest, holidays and races."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

DAYS = 730
type Slot = Mapping[str, float]

#: For each season the chances of each kind from Monday to Sunday; what is left of 1 is rest.
_WEEKS: Mapping[str, Sequence[Slot]] = {
    "base": (
        {"strength": 0.75, "pool_swim": 0.1}, {"trainer_intervals": 0.6, "treadmill_run": 0.35},
        {"pool_swim": 0.6, "rowing": 0.2}, {"easy_run": 0.7, "trainer_endurance": 0.2}, {"strength": 0.5},
        {"trainer_endurance": 0.3, "gravel_ride": 0.3, "mountain_bike": 0.25, "hike": 0.1},
        {"long_run": 0.5, "trail_run": 0.3, "hike": 0.15},
    ),
    "build": (
        {"strength": 0.6}, {"interval_run": 0.8, "treadmill_run": 0.1}, {"pool_swim": 0.8, "rowing": 0.1},
        {"road_ride": 0.65, "trainer_intervals": 0.3}, {"easy_run": 0.55}, {"long_ride": 0.65, "gravel_ride": 0.3},
        {"long_run": 0.45, "trail_run": 0.45},
    ),
    "race": (
        {"pool_swim": 0.45}, {"interval_run": 0.6, "tempo_run": 0.25}, {"open_water_swim": 0.8}, {"road_ride": 0.9},
        {"easy_run": 0.5}, {"long_ride": 0.75, "mountain_bike": 0.2},
        {"trail_run": 0.4, "long_run": 0.35, "hike": 0.1},
    ),
    "autumn": (
        {"strength": 0.5}, {"tempo_run": 0.75}, {"pool_swim": 0.6}, {"gravel_ride": 0.45, "road_ride": 0.35},
        {"rowing": 0.3, "easy_run": 0.2}, {"mountain_bike": 0.5, "gravel_ride": 0.4},
        {"trail_run": 0.5, "hike": 0.4},
    ),
}  # fmt: skip
_SEASON_OF_MONTH = (
    "base", "base", "build", "build", "build", "race", "race", "race", "autumn", "autumn", "base", "base",
)  # fmt: skip
#: Of every fourth week this share of what was planned happens.
_REST_WEEK = 0.55
#: The place of a week of work on another continent, without training.
OVERSEAS = "overseas"
ILL_DAYS, OVERSEAS_DAYS = ((2, 10), (2, 17)), ((9, 21), (9, 26))
_ISLAND, _ALPS = ((4, 10), (4, 19)), ((8, 8), (8, 15))
_AWAY: Mapping[str, Sequence[Slot]] = {
    "island": ({"long_ride": 0.5, "road_ride": 0.45}, {"easy_run": 0.3}),
    "alps": ({"hike": 0.55, "trail_run": 0.35}, {}),
    OVERSEAS: ({},),
}
_RIDES = {"road_ride", "long_ride", "gravel_ride", "mountain_bike", "trainer_intervals", "trainer_endurance"}
#: How often a ride is recorded by the watch on the wrist too.
_TWICE = 0.18


@dataclass(frozen=True, slots=True)
class Planned:
    """A workout of a day: when it starts on the wall clock, what kind, where, which variant, and what records it."""

    seed: int
    day: date
    minute: int
    kind: str
    place: str
    variant: int
    recorders: tuple[str, ...]

    def paths(self) -> Iterator[tuple[str, str]]:
        """Yield (path, recorder) of each file of this activity."""
        for recorder in self.recorders:
            yield self.path(recorder), recorder

    def path(self, recorder: str) -> str:
        """Return the path of the file that a recorder writes."""
        clock = f"{self.minute // 60:02}{self.minute % 60:02}"
        return f"demo-{self.seed}/{self.day}T{clock}-{self.kind}-{recorder}.fit"


def two_years(seed: int, today: date) -> Iterator[Planned]:
    """Yield the workouts of the two years before `today`, the oldest first."""
    for ago in range(DAYS, 0, -1):
        yield from workouts(seed, today - timedelta(days=ago))


def workouts(seed: int, day: date) -> Iterator[Planned]:
    """Yield the workouts of a day, which depend on nothing but the seed and the day."""
    rng = np.random.default_rng([seed, day.toordinal()])
    place = place_on(day)
    slots: Sequence[Slot] = _AWAY.get(place) or [_WEEKS[_SEASON_OF_MONTH[day.month - 1]][day.weekday()]]
    if is_race(day):
        slots = [{"triathlon": 1.0}]
    elif day.isocalendar().week % 4 == 0 and place == "home":
        slots = [{kind: chance * _REST_WEEK for kind, chance in slot.items()} for slot in slots]
    for number, slot in enumerate(slots):
        kind = _drawn(rng, slot)
        minute, variant, twice = _minute(rng, day, kind, number), int(rng.integers(0, 12)), rng.random() < _TWICE
        if kind is not None and not _within(day, ILL_DAYS):
            recorders = ("bike", "wrist") if kind in _RIDES and twice else ("bike",) if kind in _RIDES else ("watch",)
            yield Planned(seed, day, minute, kind, place, variant, recorders)


def place_on(day: date) -> str:
    """Return where the athlete is on a day: at home, or away on holiday or for work."""
    away = {"island": _ISLAND, "alps": _ALPS, OVERSEAS: OVERSEAS_DAYS}
    return next((place for place, days in away.items() if _within(day, days)), "home")


def is_race(day: date) -> bool:
    """Return whether a triathlon is on: the third Sunday of June, the last of August."""
    if day.weekday() != 6:
        return False
    return (day.month == 6 and 15 <= day.day <= 21) or (day.month == 8 and day.day >= 25)


def _drawn(rng: np.random.Generator, slot: Slot) -> str | None:
    draw = rng.random()
    for kind, chance in slot.items():
        draw -= chance
        if draw < 0:
            return kind
    return None


def _minute(rng: np.random.Generator, day: date, kind: str | None, number: int) -> int:
    """Return a minute of the day: after work on weekdays (a swim before it), in the morning when there is time."""
    free = day.weekday() >= 5 or _within(day, _ISLAND) or _within(day, _ALPS)
    usual = 18 * 60 + 30 if number else 8 * 60 + 40 if free else 6 * 60 + 25 if kind == "pool_swim" else 17 * 60 + 40
    return usual + int(rng.integers(-35, 36))


def _within(day: date, days: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    return days[0] <= (day.month, day.day) <= days[1]
