"""What the demo athlete swims: lengths of a pool, and out to a buoy in a lake."""

from dataclasses import replace

import numpy as np

from homestretch.demo.athlete import Form
from homestretch.demo.device import Recorder, Workout, written
from homestretch.demo.motion import Effort, travel
from homestretch.demo.noise import heart_rate, wander
from homestretch.demo.outdoors import placed
from homestretch.demo.places import Course
from homestretch.model.channel import Floats
from homestretch.model.moment import Moment
from homestretch.model.recording import Length, Recording
from homestretch.model.sport import Sport

POOL_M = 25.0
#: kcal that a metre swum takes.
_KCAL_PER_M = 0.29


def open_water(rng: np.random.Generator, form: Form, course: Course, effort: Effort, warmth_c: float) -> Workout:
    """Return a swim in a lake, whose satellites see the arm only now and then."""
    trip = travel(course, lambda level, _: 0.97 * form.swim_mps * level, effort)
    values = placed(rng, course, trip)
    del values["altitude_m"]
    values |= {
        "heart_rate_bpm": heart_rate(rng, trip.effort, 15.0) - 6.0,
        "cadence_rpm": 29.0 + wander(rng, len(trip.time_s), 40.0, 1.0),
        "temperature_c": np.full(len(trip.time_s), max(warmth_c, 17.0)),
    }
    kcal = float(trip.distance_m[-1]) * _KCAL_PER_M
    return Workout(sport=Sport("swimming", "open_water"), time_s=trip.time_s, values=values, kcal=kcal)


def pool_swim(rng: np.random.Generator, form: Form, recorder: Recorder, start: Moment) -> Recording:
    """Return a swim in a pool: warming up, a main set of hundreds or two hundreds with rests, and easy lengths."""
    metres = int(rng.choice([100, 200]))
    main = [(metres, 0.97, "freestyle")] * int(rng.integers(1000, 1801) // metres)
    blocks = [(300, 0.85, "freestyle"), (100, 0.75, "backstroke"), *main, (200, 0.78, "breaststroke")]
    lengths: list[Length] = []
    effort: list[Floats] = []
    distance: list[Floats] = []
    ends, at, gone = [], 0, 0.0
    for block, (length_m, level, stroke) in enumerate(blocks):
        for _ in range(round(length_m / POOL_M)):
            pace = form.swim_mps * level * (0.8 if stroke != "freestyle" else 1.0)
            seconds = max(round(POOL_M / pace * (1.0 + rng.normal(0.0, 0.025))), 12)
            strokes = round(seconds * (0.62 if stroke == "freestyle" else 0.5))
            lengths.append(_length(start, at, seconds, stroke, strokes))
            effort.append(np.full(seconds, level))
            distance.append(gone + POOL_M * np.arange(1, seconds + 1) / seconds)
            at, gone = at + seconds, gone + POOL_M
        rest = int(rng.integers(15, 36)) if block < len(blocks) - 1 else 0
        if rest:
            lengths.append(Length(start_ms=start.utc_ms + 1000 * at, elapsed_s=float(rest), active=False))
            effort.append(np.full(rest, 0.2))
            distance.append(np.full(rest, gone))
            at += rest
        ends.append(at)
    way = np.concatenate(distance)
    values = {
        "heart_rate_bpm": heart_rate(rng, np.concatenate(effort), 18.0) - 8.0,
        "distance_m": way,
        "speed_mps": np.diff(way, prepend=0.0),
    }
    sport = Sport("swimming", "lap_swimming")
    totals = {"pool_length_m": POOL_M, "num_active_lengths": float(sum(one.active for one in lengths))}
    swum = Workout(
        sport=sport, time_s=np.arange(float(at)), values=values, lap_ends=ends, kcal=gone * _KCAL_PER_M, totals=totals
    )
    return replace(written(swum, recorder, start), lengths=tuple(lengths), pool_length_m=POOL_M)


def _length(start: Moment, at: int, seconds: int, stroke: str, strokes: int) -> Length:
    return Length(start_ms=start.utc_ms + 1000 * at, elapsed_s=float(seconds), stroke=stroke, strokes=strokes)
