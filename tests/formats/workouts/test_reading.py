"""Workout files as others write them: sorted values, missing units, comments, laps, zones, and what can't be read."""

import json

import pytest

from homestretch.formats import decode
from homestretch.model.coach.workout import Quantity, Repeat, Step, Target, Workout, flat
from homestretch.model.notes import sentence


def only(data: bytes | str, name: str = "x") -> Workout:
    """Return the one workout of a file."""
    (workout,) = decode(data.encode() if isinstance(data, str) else data, name).workouts
    return workout


def zwift(inner: str, sport: str = "bike") -> Workout:
    return only(f"<workout_file><sportType>{sport}</sportType><workout>{inner}</workout></workout_file>")


def targets(workout: Workout) -> list[tuple[float, float, bool] | None]:
    """Return the targets of every step: low, high, and whether it is a ramp."""
    return [None if s.target is None else (s.target.low, s.target.high, s.target.ramp) for s in flat(workout.steps)]


@pytest.mark.parametrize("ends", ['PowerLow="0.75" PowerHigh="0.40"', 'PowerLow="0.40" PowerHigh="0.75"'])
def test_a_cooldown_goes_down_whichever_way_its_values_stand(ends: str) -> None:
    """Zwift's editor writes the start as PowerLow; others sort the two."""
    assert targets(zwift(f'<Cooldown Duration="300" {ends}/>')) == [(75.0, 40.0, True)]


def test_a_ramp_goes_as_it_is_written() -> None:
    found = zwift(
        '<Ramp Duration="60" PowerLow="1.2" PowerHigh="0.5"/><Warmup Duration="60" PowerLow=".4" PowerHigh=".7"/>'
    )
    assert targets(found) == [(120.0, 50.0, True), (40.0, 70.0, True)]


def test_zwift_files_of_others_are_read() -> None:
    inner = (
        '<SteadyState Duration="60" PowerLow="0.8" PowerHigh="0.9" Cadence="90"/>'
        '<FreeRide Duration="30" FlatRoad="1"><textevent timeoffset="5" message="go &amp; play"/></FreeRide>'
        '<MaxEffort Duration="10"/><SolidState Duration="20" Power="95"/><Nonsense/>'
        '<IntervalsT Repeat="2" OnDuration="30" OffDuration="15" PowerOnLow="1.1" PowerOnHigh="1.2" OffPower="0.5" '
        'CadenceResting="80"><textevent timeoffset="31" message="easy"/></IntervalsT>'
    )
    found = zwift(inner)
    first, free, most, percent, repeat = found.steps
    assert isinstance(first, Step) and (first.target, first.cadence) == (
        Target("pct", 80.0, 90.0, "power"),
        (90.0, 90.0),
    )
    assert isinstance(free, Step) and (free.kind, free.target, free.cue) == ("free", None, "go & play")
    assert isinstance(most, Step) and most.target is None
    assert isinstance(percent, Step) and percent.target == Target("pct", 95.0, 95.0, "power")
    assert isinstance(repeat, Repeat) and repeat.times == 2
    assert repeat.steps == (
        Step("work", "s", 30.0, Target("pct", 110.0, 120.0, "power")),
        Step("rest", "s", 15.0, Target("pct", 50.0, 50.0, "power"), (80.0, 80.0), "easy"),
    )


def test_a_run_of_zwift_is_of_pace_and_may_be_in_metres() -> None:
    found = only(
        "<workout_file><sportType>run</sportType><durationType>distance</durationType><tags><tag>hills</tag></tags>"
        '<workout><SteadyState Duration="1000" Power="1"/></workout></workout_file>'
    )
    assert found.steps == (Step("work", "m", 1000.0, Target("pct", 100.0, 100.0, "speed")),)
    assert (found.sport, found.tags) == ("run", ("hills",))


def course(units: str, rows: str, header: str = "") -> str:
    return f"[COURSE HEADER]\n{header}{units}\n[END COURSE HEADER]\n[COURSE DATA]\n{rows}[END COURSE DATA]\n"


def test_the_watts_of_an_erg_are_per_cent_where_it_says_of_what() -> None:
    rows = "0 100\n10 200\n10 250 ; hard\nLAP\n12,5\t250\nnonsense\n"
    assert targets(only(course("MINUTES WATTS", rows, "FTP = 250\n"))) == [(40.0, 80.0, True), (100.0, 100.0, False)]
    plain = only(course("MINUTES WATTS", rows))
    assert [s.target.kind for s in flat(plain.steps) if s.target] == ["abs", "abs"]
    assert [s.end_value for s in flat(plain.steps)] == [600.0, 150.0]
    noted = decode(course("MINUTES WATTS", rows).encode(), "x").notes
    assert noted == ("row_unreadable:1",) and sentence(noted[0]) == "Unreadable rows, left out: 1."


@pytest.mark.parametrize("units", ["MINUTES PERCENT", "minutes  ftp", "MINUTES PERCENTAGE"])
def test_an_mrc_is_in_per_cent(units: str) -> None:
    found = decode(course(units, "0.00\t50.00\t\n5.00\t50.00\n5.00\t90.00\tLAP\n6.00\t90.00\n").encode(), "x")
    assert found.format == "mrc"
    assert targets(found.workouts[0]) == [(50.0, 50.0, False), (90.0, 90.0, False)]


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("10m 50%", Step("work", "s", 600.0, Target("pct", 50.0, 50.0, "power"))),
        ("400m 50%", Step("work", "s", 24_000.0, Target("pct", 50.0, 50.0, "power"))),
        ("1h30 60-70%", Step("work", "s", 5400.0, Target("pct", 60.0, 70.0, "power"))),
        ("1m30s 90% FTP", Step("work", "s", 90.0, Target("pct", 90.0, 90.0, "power"))),
        ("30s 200-220w 100rpm", Step("work", "s", 30.0, Target("abs", 200.0, 220.0, "power"), (100.0, 100.0))),
        ("400mtr 100% Pace", Step("work", "m", 400.0, Target("pct", 100.0, 100.0, "speed"))),
        ("1km 5:00-4:00/km pace", Step("work", "m", 1000.0, Target("abs", 3.333333, 4.166667, "speed"))),
        ("5m 85-90% LTHR", Step("work", "s", 300.0, Target("pct", 85.0, 90.0, "lthr"))),
        ("5m 70% HR", Step("work", "s", 300.0, Target("pct", 70.0, 70.0, "hr_max"))),
        ("20m Z2", Step("work", "s", 1200.0, Target("pct", 56.0, 75.0, "power"))),
        ("5m ramp 60-40%", Step("work", "s", 300.0, Target("pct", 60.0, 40.0, "power", ramp=True))),
        ("easy spin 5m freeride", Step("free", "s", 300.0, cue="easy spin")),
        ("Press lap 5m 60%", Step("work", "lap", None, Target("pct", 60.0, 60.0, "power"))),
        ("2m 50% intensity=rest", Step("rest", "s", 120.0, Target("pct", 50.0, 50.0, "power"))),
    ],
)
def test_lines_of_intervals(line: str, step: Step) -> None:
    assert only(f"- {line}\n", "plan.txt").steps == (step,)


def test_a_swim_is_in_metres_and_of_css() -> None:
    found = only("Main 4x\n- 100mtr 1:45/100m pace\n- 20s intensity=rest\n", "swim.txt")
    assert found.sport == "swim"
    (repeat,) = found.steps
    assert isinstance(repeat, Repeat) and repeat.times == 4
    (swum, rest) = repeat.steps
    assert isinstance(swum, Step) and swum.target == Target("abs", 0.952381, 0.952381, "css")
    assert rest == Step("rest", "s", 20.0)


def test_a_blank_line_ends_a_repeat() -> None:
    found = only("3x\n- 1m 120%\n- 1m 50%\n\n- 10m 60%\n", "x.txt")
    assert [item.times if isinstance(item, Repeat) else 1 for item in found.steps] == [3, 1]


PEAKS = {
    "title": "Over-unders", "workoutTypeValueId": 2, "structure": json.dumps({
        "primaryIntensityMetric": "percentOfFtp",
        "structure": [
            {"type": "step", "length": {"value": 1, "unit": "repetition"}, "steps": [
                {"name": "Warm up", "length": {"value": 600, "unit": "second"}, "intensityClass": "warmUp",
                 "targets": [{"minValue": 50, "maxValue": 60}]}]},
            {"type": "repetition", "length": {"value": 4, "unit": "repetition"}, "steps": [
                {"name": "Hard", "length": {"value": 2, "unit": "minute"}, "intensityClass": "active",
                 "targets": [{"minValue": 105}, {"minValue": 85, "maxValue": 95, "unit": "roundOrStridePerMinute"}]},
                {"name": "legs only", "length": {"value": 60, "unit": "second"}, "intensityClass": "rest"},
                {"name": "lost", "length": {"value": 1, "unit": "furlong"}}]},
        ]}),
}  # fmt: skip


def test_trainingpeaks_is_read() -> None:
    found = decode(json.dumps([PEAKS, {"nothing": 1}]).encode(), "x.json")
    assert found.notes == ("steps_unreadable:1",)
    (workout,) = found.workouts
    assert (workout.name, workout.sport) == ("Over-unders", "ride")
    assert workout.steps == (
        Step("warmup", "s", 600.0, Target("pct", 50.0, 60.0, "power")),
        Repeat(
            4,
            (
                Step("work", "s", 120.0, Target("pct", 105.0, 105.0, "power"), (85.0, 95.0)),
                Step("rest", "s", 60.0, cue="legs only"),
            ),
        ),
    )


def test_a_pace_of_trainingpeaks_is_of_the_sport() -> None:
    block = {"length": {"value": 1, "unit": "kilometer"}, "targets": [{"value": 95}]}
    known: tuple[tuple[int | None, str, Quantity], ...] = (
        (3, "run", "speed"),
        (1, "swim", "css"),
        (None, "run", "speed"),
    )
    for number, sport, of in known:
        document = {
            "primaryIntensityMetric": "percentOfThresholdPace",
            "structure": [block],
            "workoutTypeValueId": number,
        }
        (workout,) = decode(json.dumps(document).encode(), "x.json").workouts
        assert workout.sport == sport
        assert workout.steps == (Step("work", "m", 1000.0, Target("pct", 95.0, 95.0, of)),)


@pytest.mark.parametrize(
    "data",
    [
        b"<workout_file/>", b"<workout_file><workout><Steady", b'{"workoutSegments": [{"workoutSteps": [{}]}]}',
        b'{"workoutName": "x", "sportType": {}, "workoutSegments"', b'{"primaryIntensityMetric": 1, "structure": "["}',
        course("MINUTES WATTS", "0 100\n").encode(), course("MINUTES WATTS", "9 1\n1 2\n").encode(),
    ],
)  # fmt: skip
def test_what_can_t_be_read_says_so_in_a_sentence(data: bytes) -> None:
    found = decode(data, "x.json")
    assert found.workouts == () and found.kind == "unknown"
    assert all(sentence(note).endswith(".") and " " in sentence(note) for note in found.notes) and found.notes


def test_a_file_that_would_last_for_weeks_is_refused() -> None:
    steps = '<IntervalsT Repeat="200" OnDuration="90000" OffDuration="90000" OnPower="1" OffPower="0.5"/>'
    found = decode(f"<workout_file><workout>{steps}</workout></workout_file>".encode(), "x.zwo")
    assert (found.workouts, found.notes) == ((), ("too_many_steps",))
