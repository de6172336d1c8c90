"""The files of the specification: written byte for byte, and read back to the same workout."""

import json
from dataclasses import replace
from datetime import date

import pytest

from homestretch.formats import decode, workout_formats
from homestretch.formats.ical import CalendarEvent, encode_calendar
from homestretch.model.coach.workout import Repeat, Step, Steps, flat
from tests.formats.workouts.threshold import FILES, MADE_MS, THRESHOLD, WRITING, file_bytes, power

#: The file of each format.
NAMES = {"zwo": "3x8.zwo", "erg": "3x8.erg", "mrc": "3x8.mrc", "intervals": "3x8.txt", "fit": "3x8.fit.hex"}


@pytest.mark.parametrize("key", NAMES)
def test_files_are_equal_byte_for_byte(key: str) -> None:
    assert workout_formats()[key].encode(THRESHOLD, WRITING) == file_bytes(NAMES[key])


def test_garmin_s_json_is_equal() -> None:
    made = workout_formats()["garmin"].encode(THRESHOLD, WRITING)
    assert json.loads(made) == json.loads(FILES["3x8.garmin.json"])


@pytest.mark.parametrize("key", [*NAMES, "garmin"])
def test_files_are_read_by_their_content(key: str) -> None:
    data = file_bytes(NAMES.get(key, "3x8.garmin.json"))
    for name in ("x", "workout.xyz"):
        found = decode(data, name)
        assert (found.kind, found.recordings, found.notes) == ("workout", (), ())
        (workout,) = found.workouts
        assert [step.end_value for step in flat(workout.steps)] == [600.0, *(480.0, 240.0) * 3, 300.0]
        assert isinstance(workout.steps[1], Repeat) and workout.steps[1].times == 3
        assert [item.kind for item in workout.steps if isinstance(item, Step)] == ["warmup", "cooldown"]
        assert (workout.name, workout.sport) == ("Workout" if key == "intervals" else "3x8 threshold", "ride")


def test_the_text_of_intervals_holds_everything_but_the_name() -> None:
    (workout,) = decode(file_bytes("3x8.txt")).workouts
    assert workout.steps == THRESHOLD.steps
    (zwift,) = decode(file_bytes("3x8.zwo")).workouts
    assert (zwift.name, zwift.description, zwift.tags) == ("3x8 threshold", "3 x 8 min at threshold", ("threshold",))
    assert zwift.steps == with_middles(THRESHOLD.steps)


def with_middles(steps: Steps) -> Steps:
    """Return steps as ZWO holds them: the middle of each range."""
    made: list[Step | Repeat] = []
    for item in steps:
        if isinstance(item, Repeat):
            made.append(Repeat(item.times, with_middles(item.steps)))
        elif item.target is None or item.target.ramp:
            made.append(item)
        else:
            middle = (item.target.low + item.target.high) / 2
            rate = None if item.cadence is None else (sum(item.cadence) / 2,) * 2
            made.append(replace(item, target=power(middle, middle), cadence=rate))
    return tuple(made)


def test_the_calendar_is_equal() -> None:
    event = CalendarEvent(
        uid="s_2026-12-01_1@homestretch",
        day=date(2026, 12, 1),
        summary="Ride: 3x8 threshold (51 min, load 58)",
        sequence=7,
        stamp_ms=MADE_MS,
        categories=("Ride", "threshold"),
        lines=("Purpose: threshold.", "10 min 50-70 %; 3 x (8 min 95-100 %, 4 min 50-60 %); 5 min 60-40 %"),
        url="https://home.example/coach/plan/9f2c/s_2026-12-01_1",
    )
    made = encode_calendar("Homestretch plan", [event])
    assert made.replace(b"\r\n", b"\n") == file_bytes("plan.ics").replace(b"\r\n", b"\n")
    assert made.count(b"\r\n") == made.count(b"\n") and max(map(len, made.split(b"\r\n"))) <= 75


def test_a_timed_event_is_an_instant_and_a_removed_one_is_cancelled() -> None:
    event = CalendarEvent(
        uid="s", day=date(2026, 7, 1), summary="Lauf – „früh“; " * 9, sequence=1, stamp_ms=MADE_MS, start="07:30",
        zone="Europe/Prague", minutes=50, cancelled=True,
    )  # fmt: skip
    lines = encode_calendar("p", [event]).decode().split("\r\n")
    assert {"DTSTART:20260701T053000Z", "DTEND:20260701T062000Z", "STATUS:CANCELLED"} <= set(lines)
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = "\r\n".join(lines).replace("\r\n ", "")
    assert "SUMMARY:" + ("Lauf – „früh“\\; " * 9).rstrip() in whole
