"""Garmin's workout JSON, as Garmin Connect takes and gives it.

The ids count; Garmin ignores the keys. Watts are target 2 with both values on the step; pace is target 6 in m/s, the
slower one first.
"""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from homestretch.formats import Format, WorkoutFormat, Writing
from homestretch.formats._json import BadJson, Json, Object, as_list, as_number, as_object, as_text, read_json
from homestretch.formats._steps import (
    LONGEST_M,
    LONGEST_S,
    MOST_TIMES,
    believable,
    no_workout,
    plain,
    too_long,
    unnested,
)
from homestretch.model.coach.thresholds import Thresholds, whole
from homestretch.model.coach.workout import EndUnit, Repeat, Step, StepKind, Steps, Target, Workout
from homestretch.model.recording import Decoded

KEY = "garmin_workout"


class _Named(NamedTuple):
    id: int
    key: str


_SPORTS = {
    "ride": _Named(2, "cycling"), "run": _Named(1, "running"), "swim": _Named(4, "swimming"),
    "strength": _Named(5, "strength_training"), "brick": _Named(10, "multi_sport"), "other": _Named(3, "other"),
    "walk": _Named(3, "other"), "hike": _Named(3, "other"), "row": _Named(6, "cardio_training"),
    "ski": _Named(6, "cardio_training"),
}  # fmt: skip
_SPORT_WORDS = {1: "run", 2: "ride", 3: "other", 4: "swim", 5: "strength", 6: "other", 10: "brick"}
_KINDS: dict[StepKind, _Named] = {
    "warmup": _Named(1, "warmup"), "cooldown": _Named(2, "cooldown"), "work": _Named(3, "interval"),
    "free": _Named(3, "interval"), "recovery": _Named(4, "recovery"), "rest": _Named(5, "rest"),
}  # fmt: skip
_KIND_WORDS: dict[int, StepKind] = {1: "warmup", 2: "cooldown", 3: "work", 4: "recovery", 5: "rest", 7: "work"}
_REPEAT = _Named(6, "repeat")
_ENDS: dict[EndUnit, _Named] = {
    "lap": _Named(1, "lap.button"), "s": _Named(2, "time"), "m": _Named(3, "distance"), "kj": _Named(4, "calories"),
    "hr_below": _Named(6, "heart.rate"),
}  # fmt: skip
_END_WORDS: dict[int, EndUnit] = {named.id: end for end, named in _ENDS.items()}
_ITERATIONS = _Named(7, "iterations")
_NO_TARGET, _POWER, _CADENCE = _Named(1, "no.target"), _Named(2, "power.zone"), _Named(3, "cadence")
_HEART_RATE, _SPEED, _PACE = _Named(4, "heart.rate.zone"), _Named(5, "speed.zone"), _Named(6, "pace.zone")
_POWER_ZONES = {1: (40, 55), 2: (56, 75), 3: (76, 90), 4: (91, 105), 5: (106, 120), 6: (121, 150), 7: (150, 200)}
_RATE_ZONES = {1: (50, 60), 2: (60, 70), 3: (70, 80), 4: (80, 90), 5: (90, 100)}
#: How distances are shown.
_UNIT: Object = {"unitId": 1, "unitKey": "meter", "factor": 100.0}
_POOL_M = 25.0


def encode(workout: Workout, writing: Writing) -> bytes:
    """Return a workout as Garmin's JSON."""
    return json.dumps(document(workout, writing.thresholds), ensure_ascii=False, separators=(",", ":")).encode()


def document(workout: Workout, thresholds: Thresholds) -> dict[str, Json]:
    """Return a workout as Garmin Connect takes it."""
    made: dict[str, Json] = {"workoutName": plain(workout.name) or "Workout"}
    made["sportType"] = _sport(workout.sport)
    if all(step.end == "s" for step in _every(workout.steps)):
        made["estimatedDurationInSecs"] = whole(sum(step.end_value or 0.0 for step in _every(workout.steps)))
    if workout.sport == "swim":
        made |= {"poolLength": _POOL_M, "poolLengthUnit": _UNIT}
    order = _Order()
    made["workoutSegments"] = [
        {
            "segmentOrder": number,
            "sportType": _sport(sport),
            "workoutSteps": list(_steps(steps, thresholds, order)),
        }
        for number, (sport, steps) in enumerate(_segments(workout), 1)
    ]
    return made


class _Order:
    """Numbers steps over all nesting, and groups."""

    def __init__(self) -> None:
        self.step = self.group = 0

    def next_step(self) -> int:
        """Return the next step's number."""
        self.step += 1
        return self.step

    def next_group(self) -> int:
        """Return the next group's number."""
        self.group += 1
        return self.group


def _segments(workout: Workout) -> list[tuple[str, Steps]]:
    """Return the steps of each sport in a row; only a brick has more than one."""
    found: list[tuple[str, list[Step | Repeat]]] = []
    for item in unnested(workout.steps):
        first = item if isinstance(item, Step) else next(iter(_every((item,))), None)
        sport = (first.sport if first is not None else None) or workout.sport
        if not found or found[-1][0] != sport:
            found.append((sport, []))
        found[-1][1].append(item)
    return [(sport, tuple(items)) for sport, items in found]


def _every(steps: Steps) -> Iterator[Step]:
    for item in steps:
        if isinstance(item, Step):
            yield item
        else:
            for _ in range(item.times):
                yield from _every(item.steps)


def _steps(steps: Steps, thresholds: Thresholds, order: _Order) -> Iterator[dict[str, Json]]:
    for item in steps:
        if isinstance(item, Step):
            yield _step(item, thresholds, order.next_step())
            continue
        number, group = order.next_step(), order.next_group()
        inner: list[Json] = [
            {**_step(step, thresholds, order.next_step()), "childStepId": group} for step in _every(item.steps)
        ]
        yield {
            "type": "RepeatGroupDTO",
            "stepOrder": number,
            "stepType": _typed("stepType", _REPEAT),
            "numberOfIterations": item.times,
            "smartRepeat": False,
            "endCondition": _condition(_ITERATIONS, displayable=False),
            "endConditionValue": float(item.times),
            "childStepId": group,
            "workoutSteps": inner,
        }


def _step(step: Step, thresholds: Thresholds, number: int) -> dict[str, Json]:
    made: dict[str, Json] = {
        "type": "ExecutableStepDTO",
        "stepOrder": number,
        "stepType": _typed("stepType", _KINDS[step.kind]),
        "endCondition": _condition(_ENDS[step.end], displayable=True),
    }
    if step.end_value is not None:
        made["endConditionValue"] = float(step.end_value)
    if step.end == "m":
        made["preferredEndConditionUnit"] = _UNIT
    if step.end == "hr_below":
        made["endConditionCompare"] = "lt"
    made |= _target(step, thresholds)
    if (words := _description(step, thresholds)) is not None:
        made["description"] = words
    return made


def _target(step: Step, thresholds: Thresholds) -> dict[str, Json]:
    target = thresholds.absolute(step.target)
    if target is None or max(target.low, target.high) <= 0:
        if step.cadence is not None:
            return _range(_CADENCE, *step.cadence)
        return {"targetType": _typed("workoutTargetType", _NO_TARGET)}
    low, high = sorted((target.low, target.high))
    if target.of == "power":
        return _range(_POWER, whole(low), whole(high))
    if target.of in ("lthr", "hr_max"):
        return _range(_HEART_RATE, whole(low), whole(high))
    return _range(_PACE, round(low, 4), round(high, 4))


def _range(kind: _Named, low: float, high: float) -> dict[str, Json]:
    return {
        "targetType": _typed("workoutTargetType", kind),
        "targetValueOne": float(low),
        "targetValueTwo": float(high),
    }


def _description(step: Step, thresholds: Thresholds) -> str | None:
    """Return the cue, with the target in words where Garmin has no number for it."""
    words = [step.cue] if step.cue else []
    target = step.target
    if target is not None and target.kind != "abs" and thresholds.absolute(target) is None:
        low, high = f"{target.low:g}", f"{target.high:g}"
        ends = low if low == high else f"{low}-{high}"
        words.append(f"RPE {ends}" if target.kind == "rpe" else f"{ends} %")
    return plain(", ".join(words))


def _sport(sport: str) -> dict[str, Json]:
    return _typed("sportType", _SPORTS.get(sport, _SPORTS["other"]))


def _typed(prefix: str, named: _Named) -> dict[str, Json]:
    return {f"{prefix}Id": named.id, f"{prefix}Key": named.key, "displayOrder": named.id}


def _condition(named: _Named, *, displayable: bool) -> dict[str, Json]:
    return {**_typed("conditionType", named), "displayable": displayable}


def decode(data: bytes) -> Decoded:
    """Return the workout of Garmin's JSON; steps that can't be read are left out, with a note."""
    try:
        found = read_json(data)
    except BadJson:
        return no_workout(KEY, "json_damaged")
    about = as_object(found)
    reader = _Reader(_SPORT_WORDS.get(_id(about, "sportType", "sportTypeId") or 0, "other"))
    steps = reader.segments(as_list(about.get("workoutSegments")))
    if not steps or too_long(steps):
        return no_workout(KEY, "no_steps" if not steps else "too_many_steps")
    workout = Workout(
        name=plain(as_text(about.get("workoutName"))) or "Workout",
        sport=reader.sport,
        steps=believable(steps),
        description=plain(as_text(about.get("description"))),
    )
    notes = (f"steps_unreadable:{reader.skipped}",) if reader.skipped else ()
    return Decoded(format=KEY, kind="workout", notes=notes, workouts=(workout,))


class _Reader:
    """Reads steps, and counts those that it can't."""

    def __init__(self, sport: str) -> None:
        self.sport, self.skipped = sport, 0

    def segments(self, segments: Sequence[Json]) -> Steps:
        """Return the steps of all segments; those of a brick know their sport."""
        items: list[Step | Repeat] = []
        for segment in map(as_object, segments):
            own = _SPORT_WORDS.get(_id(segment, "sportType", "sportTypeId") or 0)
            items += self.steps(as_list(segment.get("workoutSteps")), own if self.sport == "brick" else None, 0)
        return tuple(items)

    def steps(self, documents: Sequence[Json], sport: str | None, depth: int) -> list[Step | Repeat]:
        """Return steps and repeats."""
        made: list[Step | Repeat] = []
        for document in map(as_object, documents):
            inner = as_list(document.get("workoutSteps"))
            times = as_number(document.get("numberOfIterations")) or as_number(document.get("endConditionValue")) or 0
            if inner and depth < 3 and 1 <= times <= MOST_TIMES:
                made.append(Repeat(int(times), tuple(self.steps(inner, sport, depth + 1))))
            elif (step := self._step(document, sport)) is not None:
                made.append(step)
            else:
                self.skipped += 1
        return made

    def _step(self, document: Object, sport: str | None) -> Step | None:
        end = _END_WORDS.get(_id(document, "endCondition", "conditionTypeId") or 0, "lap")
        value = as_number(document.get("endConditionValue"))
        if end == "lap":
            value = None
        elif value is None or not 0 < value <= {"s": LONGEST_S, "m": LONGEST_M}.get(end, 100_000.0):
            return None
        kind = _KIND_WORDS.get(_id(document, "stepType", "stepTypeId") or 0)
        if kind is None:
            return None
        cadence = _ends(document) if _id(document, "targetType", "workoutTargetTypeId") == _CADENCE.id else None
        cue = plain(as_text(document.get("description")))
        return Step(kind, end, value, _target_of(document, sport or self.sport), cadence, cue, sport)


def _target_of(document: Object, sport: str) -> Target | None:
    kind = _id(document, "targetType", "workoutTargetTypeId")
    zone = int(as_number(document.get("zoneNumber")) or 0)
    ends = _ends(document)
    if ends is None:
        zones, of = (_POWER_ZONES, "power") if kind == _POWER.id else (_RATE_ZONES, "hr_max")
        if kind not in (_POWER.id, _HEART_RATE.id) or zone not in zones:
            return None
        low, high = zones[zone]
        return Target("pct", float(low), float(high), "power" if of == "power" else "hr_max")
    if kind in (_POWER.id, 9):
        return Target("abs", *ends, "power")
    if kind == _HEART_RATE.id:
        return Target("abs", *ends, "lthr")
    if kind in (_SPEED.id, _PACE.id):
        return Target("abs", *ends, "css" if sport == "swim" else "speed")
    return None


def _ends(document: Object) -> tuple[float, float] | None:
    one, two = as_number(document.get("targetValueOne")), as_number(document.get("targetValueTwo"))
    if one is None or two is None or max(one, two) <= 0 or min(one, two) < 0:
        return None
    return min(one, two), max(one, two)


def _id(document: Object, name: str, key: str) -> int | None:
    found = as_number(as_object(document.get(name)).get(key))
    return None if found is None else int(found)


def _claims(head: bytes, name: str) -> float:
    if not head.lstrip().startswith(b"{"):
        return 0.0
    if b'"workoutSegments"' in head:
        return 1.0
    return 0.8 if b'"workoutName"' in head and b'"sportType"' in head else 0.0


def _needs_time(workout: Workout) -> bool:
    return False


FORMAT = Format(
    key=KEY, name="Garmin workout", suffixes=(".json",), version=1, claims=_claims, decode=decode, workouts=True
)
WRITES = WorkoutFormat("garmin", "Garmin Connect (JSON)", "json", "application/json", encode, _needs_time)
