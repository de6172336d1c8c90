"""What a workout that a person builds, or a file brings, must be."""

from homestretch.coach.workouts.load import total_seconds
from homestretch.errors import BadRequest
from homestretch.model.coach.rule import SPORTS
from homestretch.model.coach.workout import Repeat, Step, Steps, Target, Workout, flat

LONGEST_NAME, LONGEST_CUE, LONGEST_DESCRIPTION, MOST_TAGS = 200, 200, 20_000, 20
MOST_STEPS, MOST_TIMES, DEEPEST = 2000, 200, 3
LONGEST_S = 36 * 3600.0
#: Metres count as a slow swimmer covers them.
LONGEST_TOTAL_S = 7 * 86_400.0
#: The longest step by its unit.
_LONGEST = {"s": LONGEST_S, "m": 500_000.0, "kj": 100_000.0, "hr_below": 250.0}
_ENDS = {"s": "seconds", "m": "metres", "kj": "kilojoules", "hr_below": "beats a minute"}
#: The highest target by its kind and what it is of.
_MOST = {"power": 5000.0, "speed": 30.0, "css": 5.0, "lthr": 250.0, "hr_max": 250.0}
_MOST_PCT, _MOST_CADENCE = 1000.0, 300.0


def must_be_sound(workout: Workout) -> None:
    """Raise BadRequest, with a sentence, for a workout that can't be done or kept."""
    if not 0 < len(workout.name.strip()) <= LONGEST_NAME:
        raise BadRequest(reason=f"A workout's name has 1 to {LONGEST_NAME} characters.")
    if workout.sport not in SPORTS:
        raise BadRequest(reason=f"The sport must be one of {', '.join(SPORTS)}.")
    if len(workout.description or "") > LONGEST_DESCRIPTION or len(workout.tags) > MOST_TAGS:
        raise BadRequest(
            reason=f"A workout has at most {LONGEST_DESCRIPTION} characters of description and {MOST_TAGS} tags."
        )
    _steps_must_be_sound(workout.steps, 0)
    if not any(True for _ in flat(workout.steps)):
        raise BadRequest(reason="A workout needs at least one step.")
    if _count(workout.steps) > MOST_STEPS:
        raise BadRequest(reason=f"A workout has at most {MOST_STEPS} steps, repeats counted each time.")
    if total_seconds(workout.steps, "swim") > LONGEST_TOTAL_S:
        raise BadRequest(reason="A workout lasts at most a week.")


def _count(steps: Steps) -> int:
    return sum(1 if isinstance(item, Step) else item.times * _count(item.steps) for item in steps)


def _steps_must_be_sound(steps: Steps, depth: int) -> None:
    for item in steps:
        if isinstance(item, Repeat):
            if not 1 <= item.times <= MOST_TIMES or not item.steps:
                raise BadRequest(reason=f"A repeat has steps, and is done 1 to {MOST_TIMES} times.")
            if depth >= DEEPEST:
                raise BadRequest(reason=f"Repeats can be nested {DEEPEST} deep.")
            _steps_must_be_sound(item.steps, depth + 1)
        else:
            _step_must_be_sound(item)


def _step_must_be_sound(step: Step) -> None:
    if step.end == "lap":
        if step.end_value is not None:
            raise BadRequest(reason="A step that the lap button ends has no length.")
    elif step.end_value is None or not 0 < step.end_value <= _LONGEST[step.end]:
        raise BadRequest(reason=f"A step's length is above 0 and at most {_LONGEST[step.end]:g} {_ENDS[step.end]}.")
    if step.cadence is not None and not 0 < step.cadence[0] <= step.cadence[1] <= _MOST_CADENCE:
        raise BadRequest(reason=f"A cadence is from low to high, at most {_MOST_CADENCE:g}.")
    if len(step.cue or "") > LONGEST_CUE:
        raise BadRequest(reason=f"A cue has at most {LONGEST_CUE} characters.")
    if step.sport is not None and step.sport not in SPORTS:
        raise BadRequest(reason=f"The sport of a step must be one of {', '.join(SPORTS)}.")
    if step.target is not None:
        _target_must_be_sound(step.target)


def _target_must_be_sound(target: Target) -> None:
    low, high = min(target.low, target.high), max(target.low, target.high)
    if target.kind == "rpe":
        if not 1 <= low <= high <= 10:
            raise BadRequest(reason="RPE is from 1 to 10.")
        return
    if target.of is None:
        raise BadRequest(reason="A target in numbers must say what it is of: power, speed, css, lthr or hr_max.")
    most = _MOST_PCT if target.kind == "pct" else _MOST[target.of]
    if not 0 <= low <= high <= most:
        raise BadRequest(reason=f"A target is from 0 to {most:g}.")
    if not target.ramp and target.low > target.high:
        raise BadRequest(reason="A target goes from its lower to its higher end, unless it is a ramp.")
