"""The files of the demo athlete: each made from its own path, the same bytes every time."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from math import cos, pi
from typing import Any

import numpy as np

from homestretch.analysis.zone import offset_at
from homestretch.demo import indoors
from homestretch.demo.athlete import Form, form
from homestretch.demo.calendar import Planned, two_years, workouts
from homestretch.demo.device import GYM, RECORDERS, Recorder, Workout, written
from homestretch.demo.health.devices import DAY, health_paths
from homestretch.demo.health.files import made_of_health
from homestretch.demo.motion import steady
from homestretch.demo.outdoors import hike, ride, run
from homestretch.demo.places import ALPS, HOME, ISLAND, LAKE, Place, loop, straight, track
from homestretch.demo.water import open_water, pool_swim
from homestretch.errors import NotFound
from homestretch.formats.fit.encode import encode
from homestretch.model.moment import Moment
from homestretch.model.recording import Recording
from homestretch.model.sport import TRANSITION, Sport

_PLACES: Mapping[str, Place] = {place.name: place for place in (HOME, ISLAND, ALPS)}
#: The kinds that a watch once recorded as something else; how long it ran before and after, in s.
_ROLLERS = ("trainer_intervals", "trainer_endurance")
_BEFORE_S, _AFTER_S = 540, 720
_PATH = re.compile(r"demo-(\d+)/(\d{4}-\d\d-\d\d)T(\d{4})-(\w+)-(\w+)\.fit")
#: Metres of the loops of each kind; a variant is always the same loop.
_LOOPS = {
    "road_ride": (29_000, 36_000, 42_000), "long_ride": (62_000, 78_000, 95_000, 118_000),
    "gravel_ride": (32_000, 45_000, 58_000), "mountain_bike": (18_000, 26_000), "easy_run": (6_000, 8_000),
    "tempo_run": (9_000, 11_000), "long_run": (14_000, 17_000, 21_200), "trail_run": (9_500, 14_000, 19_000),
    "hike": (8_000, 11_000, 15_000),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Making:
    """What a workout is made of: chance, form, plan, place, warmth, the device and the moment it is started at."""

    rng: np.random.Generator
    form: Form
    planned: Planned
    place: Place
    warmth_c: float
    recorder: Recorder
    start: Moment

    def loop(self, kind: str) -> Any:
        """Return the loop of the kind that the plan's variant names."""
        lengths = _LOOPS[kind]
        number = self.planned.variant % len(lengths)
        return loop(self.place, 10 * list(_LOOPS).index(kind) + number, float(lengths[number]))


def paths(seed: int, today: date) -> list[str]:
    """Return the paths of all files of the two years before `today`, activities and days, the oldest first.

    The watch recorded the last ride on rollers as a gym workout: a person is asked whether they are one.
    """
    activities = activity_paths(seed, today)
    dated = [(parts_of(path).day, path) for path in activities[:-1]]
    dated = sorted([*dated, *health_paths(seed, today)], key=lambda one: one[0])
    return [*(path for _, path in dated), *activities[-1:]]


def activity_paths(seed: int, today: date) -> list[str]:
    """Return the paths of the files of activities, the gym workout last."""
    all_planned = list(two_years(seed, today))
    last = [planned.path(GYM.key) for planned in all_planned if planned.kind in _ROLLERS][-1:]
    return [path for planned in all_planned for path, _ in planned.paths()] + last


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a file's path."""

    seed: int
    day: date
    clock: str
    kind: str
    recorder: str

    @property
    def is_day(self) -> bool:
        """Whether the file is of a day, not of an activity."""
        return self.kind == DAY


def parts_of(path: str) -> Parts:
    """Return the parts of a file's path. Raises NotFound for a path that is not a demo file's."""
    found = _PATH.search(path)
    if found is None:
        raise NotFound(what="demo file", id=path)
    seed, day, clock, kind, recorder = found.groups()
    return Parts(int(seed), date.fromisoformat(day), clock, kind, recorder)


def made(path: str) -> bytes:
    """Return the FIT bytes of a file by its path. Raises NotFound for one that was never planned."""
    parts = parts_of(path)
    of_health = made_of_health(parts.seed, parts.day, parts.clock, parts.kind, parts.recorder)
    if of_health is not None:
        return of_health
    for planned in workouts(parts.seed, parts.day):
        in_the_gym = [(planned.path(GYM.key), GYM.key)] if planned.kind in _ROLLERS else []
        for own, recorder in (*planned.paths(), *in_the_gym):
            if own == path:
                return encode(*_recordings(planned, RECORDERS[recorder]))
    raise NotFound(what="demo file", id=path)


def _recordings(planned: Planned, recorder: Recorder) -> Sequence[Recording]:
    place = _PLACES[planned.place]
    midnight = datetime(planned.day.year, planned.day.month, planned.day.day, tzinfo=UTC)
    wall_ms = round((midnight + timedelta(minutes=planned.minute)).timestamp() * 1000)
    offset = offset_at(place.zone, wall_ms) or 0
    rng = np.random.default_rng([planned.seed, planned.day.toordinal(), planned.minute])
    start = Moment(wall_ms - 1000 * offset + 1000 * int(rng.integers(0, 60)), offset, zone_source="file")
    making = Making(rng, form(planned.day), planned, place, _warmth(rng, planned, place), recorder, start)
    return KINDS[planned.kind](making)


def _warmth(rng: np.random.Generator, planned: Planned, place: Place) -> float:
    """Return °C: a year's wave, a day's wave, weather, and a degree less every 150 m."""
    year = cos(2 * pi * (planned.day.timetuple().tm_yday - 205) / 365.25)
    day = cos(2 * pi * (planned.minute - 15 * 60) / 1440)
    return 11.5 + 10.0 * year + 4.0 * day + float(rng.normal(0.0, 3.0)) - (place.height_m - HOME.height_m) / 150.0


def _recorded(making: Making, workout: Workout) -> Sequence[Recording]:
    """Return the workout as its device records it; the watch on the wrist is started last."""
    if making.recorder is GYM:
        early = replace(making.start, utc_ms=making.start.utc_ms - 1000 * _BEFORE_S)
        return [written(indoors.in_the_gym(workout, _BEFORE_S, _AFTER_S), making.recorder, early)]
    late = 4 + making.planned.variant if making.recorder.key == "wrist" else 0
    return [written(workout, making.recorder, making.start, late)]


def _ride(surface: str, sub: str, effort: float) -> Callable[[Making], Sequence[Recording]]:
    def make(making: Making) -> Sequence[Recording]:
        level = effort + float(making.rng.normal(0.0, 0.025))
        course = making.loop(making.planned.kind)
        done = ride(making.rng, making.form, course, surface, steady(level), warmth_c=making.warmth_c, sub=sub)
        return _recorded(making, done)

    return make


def _run(effort: float, sub: str | None = None) -> Callable[[Making], Sequence[Recording]]:
    def make(making: Making) -> Sequence[Recording]:
        level = effort + float(making.rng.normal(0.0, 0.015))
        course = making.loop(making.planned.kind)
        return _recorded(making, run(making.rng, making.form, course, steady(level), warmth_c=making.warmth_c, sub=sub))

    return make


def _track_run(making: Making) -> Sequence[Recording]:
    hard = ((90.0, 1.06), (75.0, 0.62)) if making.planned.variant % 2 else ((220.0, 1.02), (100.0, 0.6))
    steps = [(720.0, 0.78), *hard * int(making.rng.integers(6, 9)), (600.0, 0.7)]
    rounds = making.form.run_mps * sum(seconds * effort for seconds, effort in steps) / 400.0
    done = run(making.rng, making.form, track(float(round(rounds))), steps, warmth_c=making.warmth_c, sub="track")
    return _recorded(making, done)


def _treadmill(making: Making) -> Sequence[Recording]:
    steps = [(600.0, 0.78), *((180.0, 0.98), (120.0, 0.75)) * int(making.rng.integers(5, 8)), (420.0, 0.7)]
    return _recorded(making, indoors.treadmill(making.rng, making.form, steps))


def _trainer(hard: bool) -> Callable[[Making], Sequence[Recording]]:
    def make(making: Making) -> Sequence[Recording]:
        sets = (((480.0, 0.97), (240.0, 0.5)) * 4, ((180.0, 1.1), (180.0, 0.5)) * 6, ((40.0, 1.25), (20.0, 0.45)) * 20)
        block = sets[making.planned.variant % 3] if hard else ((1500.0, 0.72), (60.0, 0.5)) * 3
        steps = [(600.0, 0.58), (240.0, 0.75), *block, (480.0, 0.5)]
        return _recorded(making, indoors.trainer(making.rng, making.form, steps))

    return make


def _rowing(making: Making) -> Sequence[Recording]:
    steps = [(300.0, 0.6), *((420.0, 0.85), (90.0, 0.4)) * int(making.rng.integers(3, 6)), (240.0, 0.55)]
    return _recorded(making, indoors.rowing(making.rng, making.form, steps))


def _pool(making: Making) -> Sequence[Recording]:
    return [pool_swim(making.rng, making.form, making.recorder, making.start)]


def _lake(making: Making) -> Sequence[Recording]:
    course = straight(LAKE, float(1200 + 400 * (making.planned.variant % 4)))
    return _recorded(making, open_water(making.rng, making.form, course, steady(0.92), making.warmth_c))


def _strength(making: Making) -> Sequence[Recording]:
    grown = making.form.ride_w / 230.0
    return [indoors.strength(making.rng, making.recorder, making.start, grown)]


def _hike(making: Making) -> Sequence[Recording]:
    return _recorded(making, hike(making.rng, making.loop("hike"), warmth_c=making.warmth_c))


def _triathlon(making: Making) -> Sequence[Recording]:
    """Return the legs of an Olympic distance at the lake, with the changes between them."""
    rng, fit, warm = making.rng, making.form, making.warmth_c
    legs = (
        open_water(rng, fit, straight(LAKE, 1500.0), steady(1.02), warm),
        _change(rng, 140),
        ride(rng, fit, loop(LAKE, 90, 40_000.0), "road", steady(0.93), warmth_c=warm, sub="road"),
        _change(rng, 75),
        run(rng, fit, loop(LAKE, 91, 10_000.0), steady(0.95), warmth_c=warm),
    )
    found: list[Recording] = []
    start = making.start
    for session, leg in enumerate(legs):
        found.append(replace(written(leg, making.recorder, start), session=session))
        start = Moment(found[-1].end_ms, start.offset_s, zone_source="file")
    return [replace(leg, file_key=found[0].file_key) for leg in found]


def _change(rng: np.random.Generator, seconds: int) -> Workout:
    """Return the time between two legs: a person in a hurry who hardly moves for the watch."""
    heart = 150.0 + 6.0 * np.sin(np.arange(seconds) / 20.0) + rng.normal(0.0, 1.0)
    return Workout(sport=Sport(TRANSITION), time_s=np.arange(float(seconds)), values={"heart_rate_bpm": heart})


KINDS: Mapping[str, Callable[[Making], Sequence[Recording]]] = {
    "road_ride": _ride("road", "road", 0.78), "long_ride": _ride("road", "road", 0.68),
    "gravel_ride": _ride("gravel", "gravel_cycling", 0.72), "mountain_bike": _ride("trail", "mountain", 0.76),
    "trainer_intervals": _trainer(hard=True), "trainer_endurance": _trainer(hard=False), "easy_run": _run(0.76),
    "tempo_run": _run(0.9), "long_run": _run(0.79), "trail_run": _run(0.76, "trail"), "interval_run": _track_run,
    "treadmill_run": _treadmill, "pool_swim": _pool, "open_water_swim": _lake, "hike": _hike, "strength": _strength,
    "rowing": _rowing, "triathlon": _triathlon,
}  # fmt: skip
