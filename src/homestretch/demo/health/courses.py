"""What a watch sees of the demo athlete through a day: heart rate, stress, Body Battery, steps."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from homestretch.demo.health.life import EFFORTS, Life, life
from homestretch.demo.health.night import Night, night
from homestretch.demo.noise import wander
from homestretch.model.channel import Floats, Mask

#: Minutes between two values of a series, and of what is counted.
EVERY_MIN, COUNTED_MIN = 5, 15
DAY_MIN = 1440
#: Beats per minute of a workout, easy and hard, and steps per minute by kind.
_EASY_BPM, _HARD_BPM = 134.0, 152.0
_CADENCE = {"run": 164.0, "hike": 98.0}
#: What a watch makes of not being able to tell stress from movement.
MOVING = -2.0


@dataclass(frozen=True, slots=True, eq=False)
class Courses:
    """A day from midnight on: values each 5 min (288,), and what was counted in each quarter of an hour (96,)."""

    heart_bpm: Floats
    stress: Floats
    battery: Floats
    respiration_brpm: Floats
    steps: Floats
    active_kcal: Floats
    hard_min: Floats


def courses(seed: int, of: Night) -> Courses:
    """Return what is seen of the day that begins with a night."""
    rng = np.random.default_rng([seed, of.day.toordinal(), 13])
    today, after = life(seed, of.day), night(seed, of.day + timedelta(days=1))
    minute = EVERY_MIN * np.arange(1.0, DAY_MIN / EVERY_MIN + 1.0)
    asleep = (minute <= of.wake_min) | (minute > after.bed_min + DAY_MIN)
    moving, hard = _working_out(today, minute)
    count = len(minute)
    calm = of.rest_bpm + 3.0 + 3.0 * np.cos(np.pi * minute / max(of.wake_min, 1)) + wander(rng, count, 4.0, 1.2)
    awake = of.rest_bpm + 19.0 + 7.0 * today.illness + wander(rng, count, 5.0, 5.0)
    effort = np.where(hard, _HARD_BPM, _EASY_BPM) + wander(rng, count, 3.0, 6.0)
    stress = np.where(asleep, 14.0 + 34.0 * today.illness, 31.0 + 20.0 * today.illness) + wander(rng, count, 4.0, 8.0)
    breath = np.where(asleep, of.respiration_brpm, of.respiration_brpm + 1.6) + wander(rng, count, 6.0, 0.35)
    steps = _steps(rng, today, asleep, moving)
    counted = COUNTED_MIN // EVERY_MIN
    return Courses(
        heart_bpm=np.where(moving, effort, np.where(asleep, calm, awake)),
        stress=np.where(moving, MOVING, np.clip(stress, 1.0, 99.0)),
        battery=_battery(seed, of, after, minute),
        respiration_brpm=breath,
        steps=steps.reshape(-1, counted).sum(axis=1),
        active_kcal=(0.035 * steps + np.where(moving, np.where(hard, 55.0, 40.0), 0.0))
        .reshape(-1, counted)
        .sum(axis=1),
        hard_min=(EVERY_MIN * (moving & hard)).reshape(-1, counted).sum(axis=1).astype(np.float64),
    )


def _working_out(today: Life, minute: Floats) -> tuple[Mask, Mask]:
    """Return in which values (n,) the athlete works out, and in which hard."""
    moving, hard = np.zeros(len(minute), dtype=bool), np.zeros(len(minute), dtype=bool)
    for one in today.workouts:
        _, length, is_hard = EFFORTS[one.kind]
        during = (minute > one.minute) & (minute <= one.minute + length)
        moving |= during
        hard |= during & is_hard
    return moving, hard


def _steps(rng: np.random.Generator, today: Life, asleep: Mask, moving: Mask) -> Floats:
    """Return the steps of each five minutes, (n,): many short walks, few when ill, and what is done on foot."""
    walking = rng.gamma(0.35, 110.0, len(asleep)) * (1.0 - 0.7 * min(1.0, 1.4 * today.illness))
    steps = np.where(asleep | moving, 0.0, walking)
    cadence = max((value for key, value in _CADENCE.items() for one in today.workouts if key in one.kind), default=0.0)
    return np.rint(np.where(moving, EVERY_MIN * cadence, steps))


def waking_battery(seed: int, of: Night) -> float:
    """Return the Body Battery at waking: what sleep gave back, less strain, drink and illness."""
    before = life(seed, of.day - timedelta(days=1))
    today = life(seed, of.day)
    charged = 88.0 + 0.12 * (of.asleep_min - 440) - 0.09 * (before.load - 62.0) - 16.0 * before.drank
    return float(np.clip(charged - 42.0 * today.illness + 4.0 * today.noise, 14.0, 100.0))


def _battery(seed: int, of: Night, after: Night, minute: Floats) -> Floats:
    """Return the Body Battery at minutes of a day (n,): it falls from waking to bed, and rises from bed to waking."""
    before = night(seed, of.day - timedelta(days=1))
    at = [of.bed_min, of.wake_min, after.bed_min + DAY_MIN, after.wake_min + DAY_MIN]
    level = [_evening(seed, before), waking_battery(seed, of), _evening(seed, of), waking_battery(seed, after)]
    return np.interp(minute, at, level)


def _evening(seed: int, of: Night) -> float:
    """Return the Body Battery at the end of the day that begins with a night."""
    today = life(seed, of.day)
    return max(5.0, 0.62 * waking_battery(seed, of) - 0.16 * today.load - 8.0 * today.illness - 6.0)
