"""Rides, runs and hikes of the demo athlete: from a course and a mood to what happened."""

from collections.abc import Sequence

import numpy as np

from homestretch.demo.athlete import WEIGHT_KG, Form
from homestretch.demo.device import Workout
from homestretch.demo.motion import Effort, Halt, Trip, on_foot, pushing, riding, stepped, travel
from homestretch.demo.noise import heart_rate, wander
from homestretch.demo.places import METRES_PER_DEGREE, Course
from homestretch.model.channel import Floats
from homestretch.model.sport import Sport

#: kcal from J of work at the pedals (a quarter of what is burnt arrives there), and from kg and km on foot.
_KCAL_PER_J, _KCAL_PER_KG_KM = 1.0 / 4184.0 / 0.24, 1.02
_COASTING_GRADE = -0.035


def ride(
    rng: np.random.Generator, form: Form, course: Course, surface: str, effort: Effort, *, warmth_c: float, sub: str
) -> Workout:
    """Return a ride with power: stops at crossings, a rest on a long one, coasting downhill."""
    trip = travel(course, riding(form.ride_w, surface), effort, _halts(rng, course, per_km=0.08, rest_after_m=55_000))
    watts = _pedalled(rng, trip, form.ride_w)
    turning = watts > 0.0
    cadence = np.where(turning, np.clip(88.0 - 220.0 * np.maximum(trip.grade, 0.0), 55.0, 96.0), 0.0)
    cadence = np.where(turning, cadence + wander(rng, len(cadence), 9.0, 3.0), 0.0)
    values = {
        **placed(rng, course, trip),
        "heart_rate_bpm": heart_rate(rng, watts / form.ride_w, warmth_c),
        "power_w": watts,
        "cadence_rpm": cadence,
        "temperature_c": warmth_c + wander(rng, len(watts), 900.0, 1.5),
    }
    ends = np.searchsorted(trip.distance_m, np.arange(10_000.0, trip.distance_m[-1], 10_000.0)).tolist()
    kcal = float(watts.sum()) * _KCAL_PER_J
    return _workout(Sport("cycling", sub), trip, values, ends, "distance", kcal)


def run(
    rng: np.random.Generator,
    form: Form,
    course: Course,
    steps: Sequence[tuple[float, float]] | Effort,
    *,
    warmth_c: float,
    sub: str | None = None,
) -> Workout:
    """Return a run; where it is made of steps (seconds, effort) each is a lap, else each kilometre."""
    effort = steps if callable(steps) else stepped(steps)
    trip = travel(course, on_foot(form.run_mps), effort, _halts(rng, course, per_km=0.05, rest_after_m=30_000))
    strain = trip.effort * np.where(trip.speed_mps > 0.6, 1.0 + 1.2 * np.maximum(trip.grade, 0.0), 0.2)
    strain = strain * (1.0 + wander(rng, len(strain), 25.0, 0.03))
    values = {
        **placed(rng, course, trip),
        "heart_rate_bpm": heart_rate(rng, strain, warmth_c),
        **strides(rng, trip.speed_mps),
        "power_w": np.maximum(1.04 * WEIGHT_KG * trip.speed_mps * (1.0 + 2.5 * trip.grade), 0.0),
        "temperature_c": warmth_c + 4.0 + wander(rng, len(strain), 900.0, 1.0),
    }
    if callable(steps):
        ends = np.searchsorted(trip.distance_m, np.arange(1000.0, trip.distance_m[-1], 1000.0)).tolist()
        return _workout(Sport("running", sub), trip, values, ends, "distance", _foot_kcal(trip))
    ends = np.searchsorted(trip.time_s, np.cumsum([seconds for seconds, _ in steps])).tolist()
    return _workout(Sport("running", sub), trip, values, ends, "manual", _foot_kcal(trip))


def hike(rng: np.random.Generator, course: Course, *, warmth_c: float) -> Workout:
    """Return a hike with a look around here and there and a long rest at the top."""
    top = float(np.argmax(course.altitude_m)) / len(course.altitude_m)
    halts = [*_halts(rng, course, per_km=0.5, rest_after_m=1e9), Halt(min(max(top, 0.2), 0.8), 1500, paused=True)]
    trip = travel(course, on_foot(1.35), lambda t: np.ones(len(t)), halts)
    strain = np.where(trip.speed_mps > 0.3, 0.42 + 1.6 * np.maximum(trip.grade, 0.0), 0.1)
    values = {
        **placed(rng, course, trip),
        "heart_rate_bpm": heart_rate(rng, np.minimum(strain, 0.85), warmth_c),
        "cadence_rpm": np.where(trip.speed_mps > 0.3, 52.0 + wander(rng, len(strain), 30.0, 3.0), 0.0),
    }
    return _workout(Sport("hiking"), trip, values, [], "manual", 0.8 * _foot_kcal(trip))


def strides(rng: np.random.Generator, speed: Floats) -> dict[str, Floats]:
    """Return cadence (turns a minute) and a chest strap's running dynamics, for speeds (n,)."""
    running = speed > 1.2
    cadence = np.where(running, 76.0 + 3.4 * speed, np.where(speed > 0.4, 56.0, 0.0))
    cadence = np.where(cadence > 0.0, cadence + wander(rng, len(speed), 12.0, 0.7), 0.0)
    return {
        "cadence_rpm": cadence,
        "vertical_oscillation_mm": np.where(running, 92.0 - 2.0 * speed + wander(rng, len(speed), 15.0, 2.0), np.nan),
        "stance_time_ms": np.where(running, 330.0 - 24.0 * speed + wander(rng, len(speed), 15.0, 4.0), np.nan),
    }


def _workout(
    sport: Sport, trip: Trip, values: dict[str, Floats], ends: list[int], trigger: str, kcal: float
) -> Workout:
    return Workout(
        sport=sport, time_s=trip.time_s, values=values, pauses=trip.pauses, lap_ends=ends, trigger=trigger, kcal=kcal
    )


def placed(rng: np.random.Generator, course: Course, trip: Trip) -> dict[str, Floats]:
    """Return where the trip was, as satellites and a barometer see it, and how far and fast."""
    count = len(trip.time_s)
    east, north = (rng.normal(0.0, 1.0) + wander(rng, count, 25.0, 1.3) for _ in range(2))
    latitude = np.interp(trip.distance_m, course.distance_m, course.latitude)
    longitude = np.interp(trip.distance_m, course.distance_m, course.longitude)
    altitude = np.interp(trip.distance_m, course.distance_m, course.altitude_m)
    return {
        "latitude": latitude + north / METRES_PER_DEGREE,
        "longitude": longitude + east / (METRES_PER_DEGREE * np.cos(np.radians(latitude[0]))),
        "altitude_m": altitude + rng.normal(0.0, 3.0) + wander(rng, count, 600.0, 1.5),
        "distance_m": trip.distance_m,
        "speed_mps": np.maximum(trip.speed_mps, 0.0),
    }


def _pedalled(rng: np.random.Generator, trip: Trip, threshold_w: float) -> Floats:
    """Return watts: what the effort asks for, never quite even, none at a stop or down a slope."""
    even = threshold_w * trip.effort * pushing(trip.grade)
    uneven = even * (1.0 + wander(rng, len(even), 3.0, 0.16) + wander(rng, len(even), 45.0, 0.07))
    freewheeling = (trip.speed_mps < 1.0) | (trip.grade < _COASTING_GRADE) | (wander(rng, len(even), 7.0, 1.0) > 1.9)
    return np.where(freewheeling, 0.0, np.maximum(uneven, 0.0))


def _halts(rng: np.random.Generator, course: Course, *, per_km: float, rest_after_m: float) -> list[Halt]:
    length = float(course.distance_m[-1])
    count = int(rng.poisson(per_km * length / 1000.0))
    halts = [Halt(float(rng.uniform(0.03, 0.97)), int(rng.integers(8, 55))) for _ in range(count)]
    if length > rest_after_m:
        halts.append(Halt(float(rng.uniform(0.45, 0.65)), int(rng.integers(500, 1500)), paused=True))
    return halts


def _foot_kcal(trip: Trip) -> float:
    return WEIGHT_KG * float(trip.distance_m[-1]) / 1000.0 * _KCAL_PER_KG_KM
