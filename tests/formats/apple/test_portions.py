"""Apple's XML in portions: every element in one of them with its own bytes, whatever the size of the whole."""

import io
import tempfile
import tracemalloc
from collections.abc import Iterator
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from homestretch.formats.apple_health.portions import portions
from homestretch.formats.apple_health.records import decode
from homestretch.formats.apple_health.samples import COPIES
from homestretch.model.health.measurement import Wellness
from tests.formats.apple.made import HEAD, ROOT, export, quantity, sleep, workout


def split(data: bytes) -> dict[str, bytes]:
    """Return the portions of an export by name."""
    return dict(portions(io.BytesIO(data), io.BytesIO))


def body(portion: bytes) -> str:
    """Return a portion without the root around it."""
    return portion.removeprefix(b"<HealthData>\n").removesuffix(b"</HealthData>\n").decode()


WORKOUT = (
    ' <Workout workoutActivityType="HKWorkoutActivityTypeRunning" startDate="2026-06-10 07:00:00 +0200">\n'
    '  <WorkoutEvent type="HKWorkoutEventTypePause"/>\n </Workout>\n'
)


def test_portions_are_of_one_type_and_month_or_year() -> None:
    beats = [quantity("HeartRate", 50 + k, "count/min", f"2026-0{k}-01 08:00:00") for k in (5, 6, 5)]
    weights = [quantity("BodyMass", 70 + k, "kg", f"2026-0{k}-01 08:00:00") for k in (5, 6)]
    night = sleep("AsleepCore", "00:00:00", "06:00:00", "Europe/Berlin")
    made = split(export(*beats, *weights, night, WORKOUT))
    assert {name: body(data) for name, data in made.items() if name != "head.xml"} == {
        "HeartRate-2026-05.xml": beats[0] + beats[2], "HeartRate-2026-06.xml": beats[1],
        "BodyMass-2026.xml": "".join(weights), "SleepAnalysis-2026.xml": night,
        "Workout-2026-06-10-07-00-00.xml": WORKOUT,
    }  # fmt: skip
    assert made["head.xml"].decode() == HEAD + ROOT + "</HealthData>\n"


def test_workouts_are_portions_by_themselves() -> None:
    """Also two that began together, which are perhaps one workout of two devices."""
    later = WORKOUT.replace("07:00:00", "18:30:00")
    made = split(export(WORKOUT, WORKOUT.replace("Running", "Walking"), later))
    assert {name: body(data) for name, data in made.items() if name != "head.xml"} == {
        "Workout-2026-06-10-07-00-00.xml": WORKOUT,
        "Workout-2026-06-10-07-00-00-2.xml": WORKOUT.replace("Running", "Walking"),
        "Workout-2026-06-10-18-30-00.xml": later,
    }


def test_a_workout_has_copies_of_the_records_in_its_time() -> None:
    """Whatever lies between them, in the order of the export; and once in their own portions."""
    times = ("06:59:59", "07:00:00", "07:10:00", "07:31:59", "07:32:00")
    beats = [quantity("HeartRate", 100 + k, "count/min", at) for k, at in enumerate(times)]
    other = quantity("HeartRate", 60, "count/min", "2026-06-12 07:10:00")
    power = quantity("RunningPower", 210, "W", "07:10:00", "07:10:03")
    whole = workout("Running")
    made = split(export(beats[0], other, *beats[1:], quantity("BodyMass", 70, "kg", "07:10:00"), power, whole))
    assert made["Workout-2026-06-10-07-00-00.xml"].decode() == (
        f"{COPIES.decode()}\n{beats[1]}{beats[2]}{beats[3]}{power}{whole}</HealthData>\n"
    )
    assert body(made["HeartRate-2026-06.xml"]) == "".join([beats[0], other, *beats[1:]])


def test_an_export_grows_little_by_copies() -> None:
    """Ten thousand workouts at one time do not copy all records each."""
    beats = [quantity("HeartRate", 120, "count/min", f"07:{k // 60:02}:{k % 60:02}") for k in range(600)]
    data = export(*beats, *[workout("Running")] * 1_000)
    assert sum(map(len, split(data).values())) < 4 * len(data)


def test_a_portion_that_comes_again_has_the_same_bytes() -> None:
    old = [quantity("BodyMass", 70, "kg", f"202{year}-05-01 08:00:00") for year in range(3, 6)]
    new = quantity("BodyMass", 69, "kg", "2026-06-01 08:00:00")
    before, after = split(export(*old)), split(export(*old, new))
    assert {name: after[name] for name in before if name != "head.xml"} == {
        name: data for name, data in before.items() if name != "head.xml"
    }


def test_a_type_that_comes_back_has_portions_of_other_names() -> None:
    mass, rest = quantity("BodyMass", 70, "kg"), quantity("RestingHeartRate", 50, "count/min")
    made = split(export(mass, rest, mass))
    assert set(made) == {"BodyMass-2026.xml", "RestingHeartRate-2026.xml", "BodyMass-2026-2.xml", "head.xml"}


def test_an_element_that_is_never_closed_ends_where_the_next_begins() -> None:
    open_one = sleep("AsleepCore", "00:00:00", "06:00:00", "Europe/Berlin").replace(" </Record>\n", "")
    made = split(export(open_one, quantity("BodyMass", 70, "kg")))
    assert body(made["SleepAnalysis-2026.xml"]) == open_one and "BodyMass-2026.xml" in made


def values(parts: list[Wellness]) -> list[object]:
    """Return everything that is said, in a fixed order."""
    found: list[object] = [one for part in parts for one in (*part.measurements, *part.nights)]
    for part in parts:
        found += [(one.kind, one.day, one.device, one.time_ms.tolist(), one.values.tolist()) for one in part.series]
        found += [(one.kind, one.day, one.device, one.start_ms.tolist(), one.values.tolist()) for one in part.spans]
    return sorted(found, key=repr)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([("HeartRate", "count/min"), ("BodyMass", "kg"), ("StepCount", "count")]),
            st.integers(1, 9), st.integers(1, 28), st.integers(1, 150),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_portions_say_what_the_whole_says(rows: list[tuple[tuple[str, str], int, int, int]]) -> None:
    elements = [
        quantity(kind, value, unit, f"2026-0{month}-{day:02} 12:00:00")
        for (kind, unit), month, day, value in sorted(rows)
    ]
    whole = export(*elements)
    parts = [decode(data).wellness for data in split(whole).values()]
    assert values(parts) == values([decode(whole).wellness])


def test_memory_does_not_grow_with_the_export() -> None:
    """40 MB in a few MB: what is held lies in files."""

    def lines() -> Iterator[bytes]:
        yield ROOT.encode()
        for month in range(1, 7):
            line = quantity("HeartRate", 60, "count/min", f"2026-0{month}-01 08:00:00").encode()
            for _ in range(20_000):
                yield line

    tracemalloc.start()
    try:
        sizes = [len(data) for _, data in portions(lines(), partial(tempfile.SpooledTemporaryFile, 1 << 16))]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(sizes) == 7 and sum(sizes) > 35e6
    assert peak < 3 * max(sizes)
