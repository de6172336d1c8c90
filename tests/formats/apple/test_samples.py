"""Samples of Apple's workouts: from the records in their time, as they come out of a whole export."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch import formats
from homestretch.formats.apple_health.portions import portions
from homestretch.model.recording import Decoded, Recording
from tests.formats.apple.made import MIDNIGHT, MINUTE, export, quantity, workout

START = MIDNIGHT + 5 * 60 * MINUTE  # 07:00 in UTC+2


def split(*elements: str) -> Decoded:
    """Return what the portion of the only workout of an export gives."""
    made = dict(portions(io.BytesIO(export(*elements)), io.BytesIO))
    (name,) = [name for name in made if name.startswith("Workout")]
    return formats.decode(made[name], name)


def read(*elements: str) -> Recording:
    """Return the only recording of an export that is split."""
    (recording,) = split(*elements).recordings
    return recording


def at(seconds: int) -> str:
    """Return the time of day so many seconds into the workout."""
    return f"07:{seconds // 60:02}:{seconds % 60:02}"


def beats(*seconds: int, **of: str) -> list[str]:
    """Return records of heart rate, the rate being 100 and the seconds."""
    return [quantity("HeartRate", 100 + one, "count/min", at(one), **of) for one in seconds]


def rows(recording: Recording, key: str) -> list[tuple[float, float]]:
    """Return a channel's samples, as seconds into the workout and values."""
    values = recording.values(key)
    assert values is not None
    known = ~np.isnan(values)
    return list(zip(((recording.time_ms[known] - START) / 1000).tolist(), values[known].tolist(), strict=True))


def test_heart_rate_is_that_of_its_records() -> None:
    found = read(*beats(0, 5, 10, 16), workout("Running"))
    assert rows(found, "heart_rate_bpm") == [(0, 100), (5, 105), (10, 110), (16, 116)]
    assert set(found.channels) == {"heart_rate_bpm"}


def test_days_have_the_records_from_their_own_portion_alone() -> None:
    made = split(*beats(0, 5, 10), workout("Running"))
    assert (made.kind, made.wellness.series, made.wellness.measurements) == ("activity", (), ())


def test_a_value_holds_between_other_channels_but_not_over_a_gap() -> None:
    power = [quantity("RunningPower", 200 + k, "W", at(k), at(k + 3)) for k in (0, 3, 6, 60, 63)]
    found = read(*beats(1, 6, 11), *power, workout("Running"))
    assert rows(found, "heart_rate_bpm") == [(1, 101), (3, 101), (6, 106), (11, 111)]
    assert rows(found, "power_w") == [(0, 200), (1, 200), (3, 203), (6, 206), (11, 206), (60, 260), (63, 263)]


def test_distance_and_speed_in_any_unit() -> None:
    """A distance is what came since the record before; between two it grows evenly."""
    ways = [quantity("DistanceCycling", "0.05", "km", at(k), at(k + 10)) for k in (0, 10, 20)]
    speeds = [quantity("CyclingSpeed", 18, "km/hr", at(k), at(k + 5)) for k in (5, 15)]
    found = read(*ways, *speeds, workout("Cycling"))
    assert rows(found, "distance_m") == [(0, 0), (5, 25), (10, 50), (15, 75), (20, 100), (30, 150)]
    assert {value for _, value in rows(found, "speed_mps")} == {5.0}


def test_the_device_of_the_workout_says_its_samples() -> None:
    phone = beats(0, 2, 4, 6, 8, 10, sourceName="Phone")
    assert rows(read(*phone, *beats(1, 6), workout("Running")), "heart_rate_bpm") == [(1, 101), (6, 106)]
    assert len(rows(read(*phone, workout("Running")), "heart_rate_bpm")) == 6


def test_a_rate_now_and_then_is_no_sample() -> None:
    found = read(*beats(0, 300, 600), workout("Yoga"))
    assert len(found.time_ms) == 0 and not found.channels


def test_the_same_record_twice_counts_once() -> None:
    way = quantity("DistanceWalkingRunning", 20, "m", at(0), at(10))
    found = read(way, way, quantity("DistanceWalkingRunning", 30, "m", at(10), at(20)), workout("Running"))
    assert rows(found, "distance_m") == [(0, 0), (10, 20), (20, 50)]


@given(st.text(max_size=60), st.sampled_from(["value", "unit", "startDate", "endDate", "type", "sourceName"]))
def test_whatever_is_written_in_a_record(text: str, name: str) -> None:
    one = quantity("HeartRate", 120, "count/min", at(3))
    begin = one.index(f'{name}="') + len(name) + 2
    odd = one[:begin] + text.replace("\n", " ") + one[one.index('"', begin) :]
    made = dict(portions(io.BytesIO(export(*beats(0, 5), odd, *beats(10, 15), workout("Running"))), io.BytesIO))
    for portion, data in made.items():
        for found in formats.decode(data, portion).recordings:
            assert all(len(channel) == len(found.time_ms) for channel in found.channels.values())
            assert (np.diff(found.time_ms) > 0).all()


@pytest.mark.parametrize("end", ["2026-06-10 07:00:00 +0200", "2027-06-10 07:00:00 +0200", "soon"])
def test_a_workout_without_an_end_of_its_own_day_has_none(end: str) -> None:
    days = [quantity("HeartRate", 60, "count/min", f"2026-06-{day:02} 08:00:00") for day in range(10, 20)]
    made = split(*days, workout("Running", endDate=end))
    assert all(len(one.time_ms) == 0 for one in made.recordings)
