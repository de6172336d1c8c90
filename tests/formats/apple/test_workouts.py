"""Workouts of Apple's export: what each says, and whatever stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch import formats
from homestretch.formats.apple_health.sports import sport_of
from homestretch.model.recording import Recording
from homestretch.model.sport import GENERIC
from tests.formats.apple import made
from tests.formats.apple.made import MIDNIGHT, MINUTE, export, workout

START = MIDNIGHT + 5 * 60 * MINUTE  # 07:00 in UTC+2


def read(*elements: str) -> Recording:
    """Return the only recording of an export."""
    (recording,) = formats.decode(export(*elements), "Workout.xml").recordings
    return recording


def test_a_run_of_today() -> None:
    found = read(workout(
        "Running",
        made.statistics("DistanceWalkingRunning", "km", sum=5.2),
        made.statistics("HeartRate", "count/min", average=151, minimum=90, maximum=176),
        made.statistics("ActiveEnergyBurned", "kJ", sum=1339),
        '<MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>',
        '<MetadataEntry key="HKElevationAscended" value="12300 cm"/>',
        made.event("Pause", "07:10:00"), made.event("Resume", "07:12:00"),
        made.event("Lap", "07:00:00", minutes=10), made.event("Segment", "07:00:00", minutes=5),
        made.route("/workout-routes/route_2026-06-10_7.00am.gpx"),
    ))  # fmt: skip
    assert (found.sport.key, found.sport.sub) == ("running", None)
    assert (found.start.utc_ms, found.start.offset_s, found.start.zone) == (START, 7200, "Europe/Berlin")
    assert found.end_ms == START + 32 * MINUTE
    assert found.totals == {
        "total_elapsed_time_s": 1920, "total_timer_time_s": 1800, "total_distance_m": 5200, "total_ascent_m": 123,
        "total_calories_kcal": pytest.approx(320.03, abs=0.01), "avg_heart_rate_bpm": 151, "max_heart_rate_bpm": 176,
    }  # fmt: skip
    assert [(one.start_ms - START, one.end_ms - START) for one in found.pauses] == [(10 * MINUTE, 12 * MINUTE)]
    assert [one.elapsed_s for one in found.laps] == [600]
    assert found.links == {"apple_route": "route_2026-06-10_7.00am"}
    assert found.devices[0].product == "Watch6,2" and found.devices[0].manufacturer == "Apple Inc."


def test_a_swim_as_exports_wrote_it_before() -> None:
    found = read(workout(
        "Swimming", '<MetadataEntry key="HKSwimmingLocationType" value="1"/>',
        '<MetadataEntry key="HKLapLength" value="25 m"/>', totalDistance="1000", totalDistanceUnit="yd",
        totalEnergyBurned="200", totalEnergyBurnedUnit="Cal",
    ))  # fmt: skip
    assert (found.sport.sub, found.pool_length_m) == ("lap_swimming", 25)
    assert found.totals["total_distance_m"] == pytest.approx(914.4) and found.totals["total_calories_kcal"] == 200
    assert found.start.offset_s is None, "the printed offset is that of the phone today"


def test_parts_of_a_workout_keep_their_statistics() -> None:
    part = made.statistics("DistanceCycling", "km", sum=20)
    activity = f'<WorkoutActivity uuid="1" startDate="2026-06-10 07:00:00 +0200" duration="10">{part}</WorkoutActivity>'
    found = read(workout("SwimBikeRun", activity, made.statistics("DistanceCycling", "km", sum=21)))
    assert found.totals["total_distance_m"] == 21_000 and found.sport.key == "multisport"


@pytest.mark.parametrize(("word", "indoor", "sport"), [
    ("Running", True, ("running", "indoor_running")), ("Cycling", True, ("cycling", "indoor_cycling")),
    ("Hiking", True, ("hiking", None)), ("Elliptical", False, ("fitness_equipment", "elliptical")),
    ("CrossCountrySkiing", False, ("cross_country_skiing", None)), ("Pickleball", False, ("racket", "pickleball")),
    ("TraditionalStrengthTraining", True, ("training", "strength_training")), ("Yoga", True, ("training", "yoga")),
    ("Other", False, (GENERIC, None)), ("SomethingNew", False, (GENERIC, None)),
])  # fmt: skip
def test_sports(word: str, indoor: bool, sport: tuple[str, str | None]) -> None:
    found = sport_of(f"HKWorkoutActivityType{word}", indoor=indoor)
    assert (found.key, found.sub) == sport


def test_without_times_it_is_none() -> None:
    found = formats.decode(export(workout("Running").replace("endDate", "end")), "Workout.xml")
    assert found.recordings == () and found.notes == ("no_time",)


@given(
    st.text(max_size=200), st.sampled_from(["value", "duration", "startDate", "type", "path", "key", "average", "date"])
)
def test_whatever_is_written_in_it(text: str, name: str) -> None:
    whole = workout(
        "Running", made.statistics("HeartRate", "count/min", average=151), made.event("Pause", "07:10:00"),
        made.route("/workout-routes/route_2026-06-10_7.00am.gpx"), '<MetadataEntry key="HKLapLength" value="25 m"/>',
    )  # fmt: skip
    begin = whole.index(f'{name}="') + len(name) + 2
    data = export(whole[:begin] + text + whole[whole.index('"', begin) :])
    decoded = formats.decode(data, "Workout.xml")
    assert decoded.format == "apple_health" and len(decoded.recordings) <= 1
