"""What the demo athlete does without a sky: rollers, treadmill, rowing machine and weights."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from homestretch.demo.athlete import Form
from homestretch.demo.device import Recorder, Workout, written
from homestretch.demo.motion import stepped
from homestretch.demo.noise import heart_rate, wander
from homestretch.demo.outdoors import strides
from homestretch.model.channel import Floats
from homestretch.model.moment import Moment
from homestretch.model.recording import ExerciseSet, Recording
from homestretch.model.sport import Sport

type Steps = Sequence[tuple[float, float]]

#: Exercise, repetitions, and kg where it is lifted (None: the body's own weight).
_EXERCISES = (
    ("barbell_back_squat", 6, 80.0), ("barbell_deadlift", 5, 95.0), ("barbell_bench_press", 8, 57.5),
    ("dumbbell_row", 10, 24.0), ("kettlebell_swing", 15, 20.0), ("pull_up", 7, None), ("push_up", 18, None),
    ("dumbbell_lunge", 12, 16.0), ("plank", None, None),
)  # fmt: skip


def trainer(rng: np.random.Generator, form: Form, steps: Steps) -> Workout:
    """Return a ride on rollers that hold the power asked for; each step is a lap."""
    time_s, effort, ends = _timed(steps)
    watts = np.maximum(form.ride_w * effort * (1.0 + wander(rng, len(effort), 2.0, 0.035)), 0.0)
    speed = 8.9 * np.cbrt(watts / 200.0)
    values = {
        "heart_rate_bpm": heart_rate(rng, effort, 23.0),
        "power_w": watts,
        "cadence_rpm": 89.0 + 5.0 * (effort - 0.7) + wander(rng, len(effort), 15.0, 1.8),
        "speed_mps": speed,
        "distance_m": np.cumsum(speed),
    }
    kcal = float(watts.sum()) / 4184.0 / 0.24
    return Workout(sport=Sport("cycling", "indoor_cycling"), time_s=time_s, values=values, lap_ends=ends, kcal=kcal)


def in_the_gym(ride: Workout, before_s: int, after_s: int) -> Workout:
    """Return what a watch has of a ride on rollers: a heart, from so long before it until so long after."""
    heart = np.round(np.pad(ride.values["heart_rate_bpm"], (before_s, after_s), "edge"))
    heart[:before_s] = np.linspace(74.0, heart[before_s], before_s)
    heart[len(heart) - after_s :] = np.linspace(heart[-1], 88.0, after_s)
    time_s = np.arange(len(heart), dtype=np.float64)
    sport = Sport("training", "cardio_training")
    return Workout(sport=sport, time_s=time_s, values={"heart_rate_bpm": heart}, kcal=1.1 * ride.kcal)


def treadmill(rng: np.random.Generator, form: Form, steps: Steps) -> Workout:
    """Return a run on a treadmill; each step is a lap."""
    time_s, effort, ends = _timed(steps)
    speed = form.run_mps * effort * (1.0 + wander(rng, len(effort), 20.0, 0.008))
    values = {
        "heart_rate_bpm": heart_rate(rng, effort, 22.0),
        **strides(rng, speed),
        "speed_mps": speed,
        "distance_m": np.cumsum(speed),
    }
    kcal = 71.0 * float(speed.sum()) / 1000.0
    return Workout(sport=Sport("running", "treadmill"), time_s=time_s, values=values, lap_ends=ends, kcal=kcal)


def rowing(rng: np.random.Generator, form: Form, steps: Steps) -> Workout:
    """Return a row on a machine; pace follows from power as 2.8 m³/s³ a watt."""
    time_s, effort, ends = _timed(steps)
    watts = np.maximum(0.82 * form.ride_w * effort * (1.0 + wander(rng, len(effort), 4.0, 0.05)), 15.0)
    speed = np.cbrt(watts / 2.8)
    values = {
        "heart_rate_bpm": heart_rate(rng, effort, 20.0),
        "power_w": watts,
        "cadence_rpm": 19.0 + 7.0 * effort + wander(rng, len(effort), 20.0, 0.8),
        "speed_mps": speed,
        "distance_m": np.cumsum(speed),
    }
    kcal = float(watts.sum()) / 4184.0 / 0.22
    return Workout(sport=Sport("rowing", "indoor_rowing"), time_s=time_s, values=values, lap_ends=ends, kcal=kcal)


def strength(rng: np.random.Generator, recorder: Recorder, start: Moment, grown: float) -> Recording:
    """Return an hour with weights: four or five exercises of three sets, with rests; `grown` scales the weights."""
    sets: list[ExerciseSet] = []
    effort: list[Floats] = []
    at = 0
    for pick in rng.permutation(len(_EXERCISES))[: int(rng.integers(4, 6))].tolist():
        exercise, repetitions, weight = _EXERCISES[pick]
        for _ in range(3):
            count = None if repetitions is None else max(repetitions + int(rng.integers(-1, 2)), 1)
            active, rest = 45 if count is None else 4 * count, int(rng.integers(70, 140))
            lifted = None if weight is None else round(weight * grown * 2) / 2
            began = start.utc_ms + 1000 * at
            sets.append(
                ExerciseSet(
                    start_ms=began, duration_s=float(active), exercise=exercise, repetitions=count, weight_kg=lifted
                )
            )
            sets.append(ExerciseSet(start_ms=began + 1000 * active, duration_s=float(rest), active=False))
            effort += [np.full(active, 0.78), np.full(rest, 0.3)]
            at += active + rest
    values = {"heart_rate_bpm": heart_rate(rng, np.concatenate(effort), 20.0)}
    lifted_up = Workout(
        sport=Sport("training", "strength_training"), time_s=np.arange(float(at)), values=values, kcal=at * 0.11
    )
    return replace(written(lifted_up, recorder, start), sets=tuple(sets))


def _timed(steps: Steps) -> tuple[Floats, Floats, list[int]]:
    """Return seconds (n,), efforts (n,) and where the steps end."""
    ends = np.cumsum([seconds for seconds, _ in steps])
    time_s = np.arange(float(ends[-1]))
    return time_s, stepped(steps)(time_s), [int(end) for end in ends]
