"""What others read in our files: Garmin's own FIT decoder, fitdecode, and garminconnect's model of a workout."""

import io
import json
from typing import Any

import fitdecode
import pytest
from garmin_fit_sdk import Decoder, Stream
from garminconnect.workout import CyclingWorkout, RunningWorkout, SwimmingWorkout

from homestretch.coach.workouts.templates import TEMPLATES
from homestretch.formats import workout_formats
from homestretch.model.coach.workout import Repeat, flat
from tests.formats.workouts.test_round_trips import TELLING
from tests.formats.workouts.threshold import THRESHOLD, WRITING


@pytest.mark.parametrize("key", TEMPLATES)
def test_garmin_s_decoder_reads_every_template(key: str) -> None:
    workout = TEMPLATES[key].workout()
    data = workout_formats()["fit"].encode(workout, TELLING)
    decoder = Decoder(Stream.from_byte_array(bytearray(data)))
    assert decoder.check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read()
    assert errors == [] and messages["file_id_mesgs"][0]["type"] == "workout"
    steps: list[Any] = [*messages["workout_step_mesgs"]]
    assert messages["workout_mesgs"][0]["num_valid_steps"] == len(steps)
    assert [step["message_index"] for step in steps] == list(range(len(steps)))
    repeats = [item.times for item in workout.steps if isinstance(item, Repeat)]
    assert [s["repeat_steps"] for s in steps if s["duration_type"] == "repeat_until_steps_cmplt"] == repeats
    lengths = [s["duration_time"] for s in steps if s["duration_type"] == "time"]
    once = [s.end_value for item in workout.steps for s in (item.steps if isinstance(item, Repeat) else (item,))
            if not isinstance(s, Repeat) and s.end == "s"]  # fmt: skip
    assert lengths == once


def test_fitdecode_reads_the_steps() -> None:
    data = workout_formats()["fit"].encode(THRESHOLD, WRITING)
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    assert [frame.name for frame in frames] == ["file_id", "workout", *["workout_step"] * 5]
    work = frames[3]
    assert (work.get_value("custom_target_power_low"), work.get_value("custom_target_power_high")) == (1238, 1250)


@pytest.mark.parametrize(
    ("sport", "model"), [("ride", CyclingWorkout), ("run", RunningWorkout), ("swim", SwimmingWorkout)]
)
def test_garminconnect_takes_every_template(sport: str, model: type[CyclingWorkout]) -> None:
    for template in TEMPLATES.values():
        if template.sport != sport:
            continue
        document = json.loads(workout_formats()["garmin"].encode(template.workout(), TELLING))
        document.setdefault("estimatedDurationInSecs", 0)
        read = model.model_validate(document)
        assert read.workoutName and len(read.workoutSegments) == 1
        orders = list(numbers(document["workoutSegments"][0]["workoutSteps"]))
        assert orders == list(range(1, len(orders) + 1))
        for step in (s for s in flat(template.steps()) if s.end == "m"):
            assert step.end_value and '"preferredEndConditionUnit"' in json.dumps(document)


def numbers(steps: list[dict[str, object]]) -> list[int]:
    """Return the order of steps over all nesting."""
    found: list[int] = []
    for step in steps:
        found.append(int(str(step["stepOrder"])))
        inner = step.get("workoutSteps")
        if isinstance(inner, list):
            found += numbers(inner)
    return found
