"""Writes FIT workouts: targets in the athlete's watts, beats and metres a second, ramps as ranges."""

from collections.abc import Iterator
from typing import NamedTuple

from homestretch.formats import Writing
from homestretch.formats._steps import plain, unnested
from homestretch.formats.fit.encode_summary import second_of
from homestretch.formats.fit.timeline import FILE_ID
from homestretch.formats.fit.wire import profile
from homestretch.formats.fit.wire.writer import Fields, Writer
from homestretch.formats.fit.workouts.read import (
    BEATS,
    INTENSITY,
    STEP_MESG,
    WATTS,
    WORKOUT_MESG,
    Duration,
    StepField,
    TargetType,
)
from homestretch.model.coach.thresholds import Thresholds, whole
from homestretch.model.coach.workout import Repeat, Step, Target, Workout

#: The profile that we write workouts by; a file for a device, of our own maker's number, product and serial number.
_PROFILE = 21218
_WORKOUT_FILE, _DEVELOPMENT, _PRODUCT, _SERIAL = 5, 255, 1, 1
#: FIT's sport and sub-sport of the coach's words.
_SPORTS: dict[str, tuple[str, str | None]] = {
    "ride": ("cycling", None), "run": ("running", None), "swim": ("swimming", "lap_swimming"),
    "strength": ("training", "strength_training"), "row": ("rowing", None), "ski": ("cross_country_skiing", None),
    "walk": ("walking", None), "hike": ("hiking", None), "brick": ("multisport", None),
}  # fmt: skip
_POOL_CM = 2500


class _End(NamedTuple):
    kind: int
    value: int


class _Aim(NamedTuple):
    kind: int
    low: int = 0
    high: int = 0


def encode_workout(workout: Workout, writing: Writing) -> bytes:
    """Return a workout as the bytes of a FIT file; it is the same for the same workout, thresholds and time."""
    writer = Writer(profile=_PROFILE)
    writer.message(
        FILE_ID,
        {
            0: ("enum", _WORKOUT_FILE),
            1: ("uint16", _DEVELOPMENT),
            2: ("uint16", _PRODUCT),
            3: ("uint32z", _SERIAL),
            4: ("uint32", second_of(writing.made_ms)),
        },
    )
    steps = list(_steps(workout, writing.thresholds))
    writer.message(WORKOUT_MESG, _about(workout, len(steps)))
    for fields in steps:
        writer.message(STEP_MESG, fields)
    return writer.file()


def _about(workout: Workout, count: int) -> Fields:
    sport, kind = _SPORTS.get(workout.sport, ("generic", None))
    about: dict[int, tuple[str, int | str]] = {
        4: ("enum", profile.number_of("sport", sport) or 0),
        6: ("uint16", count),
        8: ("string", plain(workout.name) or "Workout"),
    }
    if kind is not None:
        about[11] = ("enum", profile.number_of("sub_sport", kind) or 0)
    if workout.sport == "swim":
        about |= {14: ("uint16", _POOL_CM), 15: ("enum", 0)}
    return about


def _steps(workout: Workout, thresholds: Thresholds) -> Iterator[Fields]:
    """Yield the fields of each step, a repeat after those that it repeats."""
    index = 0
    for item in unnested(workout.steps):
        if isinstance(item, Step):
            yield _step(index, item, thresholds)
            index += 1
            continue
        first = index
        for step in item.steps:
            if isinstance(step, Step):
                yield _step(index, step, thresholds)
                index += 1
        yield _repeat(index, first, item)
        index += 1


def _repeat(index: int, first: int, repeat: Repeat) -> Fields:
    return {
        StepField.MESSAGE_INDEX: ("uint16", index),
        StepField.DURATION_TYPE: ("enum", Duration.REPEAT_STEPS),
        StepField.DURATION: ("uint32", first),
        StepField.TARGET: ("uint32", repeat.times),
    }


def _step(index: int, step: Step, thresholds: Thresholds) -> Fields:
    end, aim = _end(step), _aim(step, thresholds)
    fields: dict[int, tuple[str, int | str]] = {StepField.MESSAGE_INDEX: ("uint16", index)}
    if (name := _name(step)) is not None:
        fields[StepField.NAME] = ("string", name)
    fields |= {
        StepField.INTENSITY: ("enum", INTENSITY[step.kind]),
        StepField.DURATION_TYPE: ("enum", end.kind),
        StepField.DURATION: ("uint32", end.value),
        StepField.TARGET_TYPE: ("enum", aim.kind),
        StepField.TARGET: ("uint32", 0),
        StepField.LOW: ("uint32", aim.low),
        StepField.HIGH: ("uint32", aim.high),
    }
    if step.target is not None and step.target.kind == "rpe":
        fields[StepField.NOTES] = ("string", _rpe(step.target))
    return fields


def _name(step: Step) -> str | None:
    """Return what a device shows of a step: its cue, else its sport in a brick, else what it is for."""
    if step.cue:
        return plain(step.cue)
    return step.sport or (step.kind if step.kind not in ("work", "free") else None)


def _rpe(target: Target) -> str:
    low, high = whole(target.low), whole(target.high)
    return f"RPE {low}" if low == high else f"RPE {low}-{high}"


def _end(step: Step) -> _End:
    value = step.end_value or 0.0
    if step.end == "s":
        return _End(Duration.TIME, whole(1000 * value))
    if step.end == "m":
        return _End(Duration.DISTANCE, whole(100 * value))
    if step.end == "kj":
        return _End(Duration.CALORIES, whole(value))
    if step.end == "hr_below":
        return _End(Duration.HR_BELOW, whole(value) + BEATS)
    return _End(Duration.OPEN, 0)


def _aim(step: Step, thresholds: Thresholds) -> _Aim:
    """Return the target as FIT has it: a custom range; per cent only where the threshold is unknown."""
    target = thresholds.absolute(step.target)
    if target is None:
        return _without_threshold(step)
    low, high = sorted((target.low, target.high))
    if target.of == "power":
        return _Aim(TargetType.POWER, whole(low) + WATTS, whole(high) + WATTS)
    if target.of in ("lthr", "hr_max"):
        return _Aim(TargetType.HEART_RATE, whole(low) + BEATS, whole(high) + BEATS)
    if target.high <= 0:
        return _Aim(TargetType.OPEN)
    return _Aim(TargetType.SPEED, whole(1000 * low), whole(1000 * high))


def _without_threshold(step: Step) -> _Aim:
    target = step.target
    if target is not None and target.kind == "pct" and target.of in ("power", "hr_max"):
        low, high = sorted((whole(target.low), whole(target.high)))
        return _Aim(TargetType.POWER if target.of == "power" else TargetType.HEART_RATE, low, high)
    if step.cadence is not None:
        return _Aim(TargetType.CADENCE, whole(step.cadence[0]), whole(step.cadence[1]))
    return _Aim(TargetType.OPEN)
