"""FIT workouts: steps with custom or zone targets, and steps that say which others are repeated."""

import re
from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple

from homestretch.formats._steps import LONGEST_M, LONGEST_S, MOST_TIMES, believable, plain, too_long
from homestretch.formats.fit.part import Message, Part
from homestretch.formats.fit.wire import profile
from homestretch.model.coach.workout import EndUnit, Quantity, Repeat, Step, StepKind, Steps, Target, Workout

#: The kind of file, and the numbers of its messages.
WORKOUT, WORKOUT_MESG, STEP_MESG = "workout", 26, 27


class StepField(IntEnum):
    """Field numbers of a workout's step."""

    MESSAGE_INDEX = 254
    NAME = 0
    DURATION_TYPE = 1
    DURATION = 2
    TARGET_TYPE = 3
    TARGET = 4
    LOW = 5
    HIGH = 6
    INTENSITY = 7
    NOTES = 8


class Duration(IntEnum):
    """How a step ends: FIT's numbers; repeats are steps too."""

    TIME = 0
    DISTANCE = 1
    HR_BELOW = 2
    CALORIES = 4
    OPEN = 5
    REPEAT_STEPS = 6
    REPETITION_TIME = 28


class TargetType(IntEnum):
    """What a step's target is of: FIT's numbers."""

    SPEED = 0
    HEART_RATE = 1
    OPEN = 2
    CADENCE = 3
    POWER = 4


#: A custom power is watts + 1000, a custom heart rate beats + 100; below are per cent.
WATTS, BEATS = 1000, 100
#: FIT's number of what each kind of step is for; 5 is an interval, as some write work.
INTENSITY: Mapping[StepKind, int] = {"work": 0, "rest": 1, "warmup": 2, "cooldown": 3, "recovery": 4, "free": 0}
_KINDS: Mapping[int, StepKind] = {0: "work", 1: "rest", 2: "warmup", 3: "cooldown", 4: "recovery", 5: "work"}
#: The coach's word for FIT's sports.
SPORTS = {
    "cycling": "ride", "e_biking": "ride", "running": "run", "swimming": "swim", "training": "strength",
    "rowing": "row", "cross_country_skiing": "ski", "alpine_skiing": "ski", "walking": "walk", "hiking": "hike",
    "multisport": "brick",
}  # fmt: skip
#: Power above 7 and of the averages: what FIT's lists call 3 s, 10 s, 30 s and lap power.
_POWERS = (4, 7, 8, 9, 10)
_SPEEDS, _RATES = (0, 12), (1, 13)
#: Coggan's zones of power in per cent of FTP, and shares of maximum heart rate.
_POWER_ZONES = {1: (40, 55), 2: (56, 75), 3: (76, 90), 4: (91, 105), 5: (106, 120), 6: (121, 150), 7: (150, 200)}
_RATE_ZONES = {1: (50, 60), 2: (60, 70), 3: (70, 80), 4: (80, 90), 5: (90, 100)}
RPE = re.compile(r"^RPE (?P<low>\d{1,2})(?:-(?P<high>\d{1,2}))?$")


class _Placed(NamedTuple):
    """An item and the number of its first step in the file."""

    first: int
    item: Step | Repeat


def read_workouts(part: Part) -> list[Workout]:
    """Return the workout of a part, if it has any steps that can be read."""
    about = next(iter(part.messages(WORKOUT_MESG)), None)
    steps = _items(part.messages(STEP_MESG))
    if not steps or too_long(steps):
        return []
    sport_number = None if about is None else about.number_of(4)
    sport = SPORTS.get(profile.named("sport", sport_number) or "", "other") if sport_number is not None else "other"
    name = plain(about.text(8)) if about is not None else None
    description = plain(about.text(17)) if about is not None else None
    return [Workout(name or "Workout", sport, believable(_of_sport(steps, sport)), description)]


def _of_sport(steps: Steps, sport: str) -> Steps:
    """Return steps with speeds as those of the water, for swims."""
    if sport != "swim":
        return steps
    return tuple(
        Repeat(item.times, _of_sport(item.steps, sport)) if isinstance(item, Repeat) else _in_water(item)
        for item in steps
    )


def _in_water(step: Step) -> Step:
    target = step.target
    if target is None or target.of != "speed":
        return step
    return Step(step.kind, step.end, step.end_value, Target(target.kind, target.low, target.high, "css"), step.cadence,
                step.cue)  # fmt: skip


def _items(messages: list[Message]) -> Steps:
    placed: list[_Placed] = []
    for number, message in enumerate(messages):
        index = message.number_of(StepField.MESSAGE_INDEX)
        index = number if index is None else index
        if message.number_of(StepField.DURATION_TYPE) == Duration.REPEAT_STEPS:
            first = message.number_of(StepField.DURATION)
            times = message.number_of(StepField.TARGET) or 1
            inner = [one for one in placed if first is not None and one.first >= first]
            if inner and 1 <= times <= MOST_TIMES:
                placed = [one for one in placed if one not in inner]
                placed.append(_Placed(inner[0].first, Repeat(times, tuple(one.item for one in inner))))
        elif (step := _step(message)) is not None:
            placed.append(_Placed(index, step))
    return tuple(one.item for one in placed)


def _step(message: Message) -> Step | None:
    end, value = _end(message)
    if end is None:
        return None
    name, notes = plain(message.text(StepField.NAME)), plain(message.text(StepField.NOTES))
    intensity = message.number_of(StepField.INTENSITY)
    target = _target(message)
    kind = _KINDS.get(intensity if intensity is not None else 0, "work")
    if (rpe := RPE.match(notes or "")) is not None and target is None:
        target = Target("rpe", float(rpe["low"]), float(rpe["high"] or rpe["low"]))
        notes = None
    cue = name if name not in (*INTENSITY, kind) else None
    step = Step(kind, end, value, target, _cadence(message), plain("; ".join(word for word in (cue, notes) if word)))
    if step.kind == "work" and step.target is None and end not in ("s", "m") and not step.cue:
        return Step("free", end, value, cadence=step.cadence)
    return step


def _end(message: Message) -> tuple[EndUnit | None, float | None]:
    """Return how a step ends; (None, None) where its length is impossible."""
    kind = message.number_of(StepField.DURATION_TYPE)
    value = message.number_of(StepField.DURATION) or 0
    if kind in (Duration.TIME, Duration.REPETITION_TIME):
        return ("s", value / 1000) if 0 < value <= 1000 * LONGEST_S else (None, None)
    if kind == Duration.DISTANCE:
        return ("m", value / 100) if 0 < value <= 100 * LONGEST_M else (None, None)
    if kind == Duration.CALORIES and value > 0:
        return "kj", float(value)  # a rider burns about a kilocalorie for each kilojoule of work
    if kind == Duration.HR_BELOW and value > BEATS:
        return "hr_below", float(value - BEATS)
    return "lap", None


def _target(message: Message) -> Target | None:
    kind, zone = message.number_of(StepField.TARGET_TYPE), message.number_of(StepField.TARGET) or 0
    ends = message.number_of(StepField.LOW), message.number_of(StepField.HIGH)
    known = [end for end in ends if end is not None]
    low, high = min(known, default=0), max(known, default=0)
    if kind in _POWERS:
        return _of_zone(_POWER_ZONES.get(zone), "power") if zone else _custom(low, high, WATTS, "power", "power")
    if kind in _RATES:
        return _of_zone(_RATE_ZONES.get(zone), "hr_max") if zone else _custom(low, high, BEATS, "lthr", "hr_max")
    if kind in _SPEEDS and not zone and high > 0:
        return Target("abs", low / 1000, high / 1000, "speed")
    return None


def _of_zone(zone: tuple[int, int] | None, of: Quantity) -> Target | None:
    return None if zone is None else Target("pct", float(zone[0]), float(zone[1]), of)


def _custom(low: int, high: int, offset: int, of: Quantity, of_percent: Quantity) -> Target | None:
    if high <= 0:
        return None
    if high >= offset:
        return Target("abs", float(max(low - offset, 0)), float(high - offset), of)
    return Target("pct", float(low), float(high), of_percent)


def _cadence(message: Message) -> tuple[float, float] | None:
    if message.number_of(StepField.TARGET_TYPE) != TargetType.CADENCE:
        return None
    low, high = message.number_of(StepField.LOW), message.number_of(StepField.HIGH)
    return None if low is None or high is None else (float(min(low, high)), float(max(low, high)))
