"""Workouts of Fitbit's export: lists in UTC in the profile's unit, tables with offsets, and whatever stands in them."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch import formats
from homestretch.model.recording import Decoded, Recording

LIST = "Takeout/Fitbit/Global Export Data/exercise-0.json"
TABLE = "Takeout/Google Health/Health Fitness Data_GoogleData/UserExercises_2026-05-01.csv"
#: 2026-06-10 16:39 UTC.
START = 1_781_109_540_000
RUN: dict[str, Any] = {
    "logId": 384529004, "activityName": "Run", "activityTypeId": 90009, "averageHeartRate": 149, "calories": 306,
    "distance": 5.25, "distanceUnit": "Kilometer", "duration": 1843000, "activeDuration": 1800000, "steps": 4510,
    "source": {"type": "tracker", "name": "Charge 5", "id": "1"}, "logType": "tracker", "elevationGain": 54.864,
    "lastModified": "06/10/26 17:11:30", "startTime": "06/10/26 16:39:00", "hasGps": False,
}  # fmt: skip
COLUMNS = (
    "exercise_id,exercise_start,exercise_end,utc_offset,activity_name,log_type,tracker_total_calories,"
    "tracker_total_distance_mm,tracker_avg_heart_rate,tracker_peak_heart_rate,data_source"
)


def decoded(*rows: Any) -> Decoded:
    """Return what a list of these rows gives."""
    return formats.decode(json.dumps(list(rows)).encode(), LIST)


def read(**of: Any) -> Recording:
    """Return a run of a list that differs so."""
    (one,) = decoded(RUN | of).recordings
    return one


def test_a_run_of_a_list() -> None:
    found = read()
    assert (found.start.utc_ms, found.end_ms) == (START, START + 1_843_000)
    assert (found.sport.key, found.start.offset_s, len(found.time_ms)) == ("running", None, 0)
    assert found.totals == {
        "total_elapsed_time_s": 1843, "total_timer_time_s": 1800, "total_distance_m": 5250, "total_ascent_m": 54.864,
        "total_calories_kcal": 306, "avg_heart_rate_bpm": 149,
    }  # fmt: skip
    assert found.links == {"fitbit": "384529004"} and found.devices[0].product == "Charge 5"


def test_a_distance_is_in_the_unit_that_is_named_or_not_known() -> None:
    assert read(distance=2, distanceUnit="Mile").totals["total_distance_m"] == pytest.approx(3218.688)
    assert "total_distance_m" not in read(distanceUnit="Furlong").totals


@pytest.mark.parametrize(("word", "sport"), [
    ("Outdoor Bike", ("cycling", None)), ("Spinning", ("cycling", "indoor_cycling")), ("Walk", ("walking", None)),
    ("Treadmill", ("running", "treadmill")), ("Weights", ("training", "strength_training")),
    ("Yoga", ("training", "yoga")), ("Interval Workout", ("hiit", "hiit")), ("Swim", ("swimming", None)),
    ("Sport", ("generic", None)),
])  # fmt: skip
def test_sports(word: str, sport: tuple[str, str | None]) -> None:
    assert (read(activityName=word).sport.key, read(activityName=word).sport.sub) == sport


def test_every_row_that_can_be_read_is_a_workout() -> None:
    found = decoded(RUN, RUN | {"startTime": "soon"}, None, RUN | {"startTime": "06/11/26 16:39:00"})
    assert [one.session for one in found.recordings] == [0, 3] and found.notes == ("no_time",)
    assert (found.format, found.kind) == ("fitbit_export", "activity")


def test_a_table_says_when_on_the_local_clock() -> None:
    row = f"{77},2026-06-10T16:39:00Z,2026-06-10T17:09:00Z,+05:30,Outdoor Walk,AUTO,190,2500000,110,131,Charge 5"
    made = formats.decode(f"{COLUMNS}\n{row}\n".encode(), TABLE)
    (one,) = made.recordings
    assert (one.sport.key, one.start.utc_ms, one.start.offset_s) == ("walking", START, 19_800)
    assert one.totals == {
        "total_elapsed_time_s": 1800, "total_distance_m": 2500, "total_calories_kcal": 190, "avg_heart_rate_bpm": 110,
        "max_heart_rate_bpm": 131,
    }  # fmt: skip
    assert one.links == {"fitbit": "77"}


@given(st.sampled_from([*RUN]), st.recursive(st.none() | st.floats() | st.text() | st.integers(), st.lists))
def test_whatever_stands_in_a_list(name: str, value: object) -> None:
    assert len(decoded(RUN | {name: value}).recordings) <= 1


@given(st.sampled_from(COLUMNS.split(",")), st.text(max_size=40))
def test_whatever_stands_in_a_table(column: str, text: str) -> None:
    cells = dict.fromkeys(COLUMNS.split(","), "1") | {
        "exercise_start": "2026-06-10T16:39:00Z", "exercise_end": "2026-06-10T17:09:00Z", column: json.dumps(text),
    }  # fmt: skip
    made = formats.decode(f"{COLUMNS}\n{','.join(cells.values())}\n".encode(), TABLE)
    assert (made.format, made.kind) == ("fitbit_export", "activity")
