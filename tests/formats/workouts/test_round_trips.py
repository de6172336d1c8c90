"""Any workout that is written can be read again: to the same steps, as far as the format has words for them."""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.coach.workouts.resolve import in_time
from homestretch.coach.workouts.sound import must_be_sound
from homestretch.formats import decode, sniff, workout_formats
from homestretch.model.coach.thresholds import Thresholds, whole
from homestretch.model.coach.workout import Quantity, Repeat, Step, StepKind, Steps, Target, Workout, flat
from tests.formats.workouts.threshold import WRITING

#: Each format has words for few things: a few dozen workouts show what it loses.
FEW = settings(max_examples=40, deadline=None)
THRESHOLDS = Thresholds(ftp_w=250.0, speed_mps=4.0, css_mps=1.25, lthr_bpm=165.0, max_hr_bpm=185.0)
TELLING = replace(WRITING, thresholds=THRESHOLDS)
KINDS: tuple[StepKind, ...] = ("work", "rest", "recovery", "warmup", "cooldown")
CUES = st.none() | st.text(st.sampled_from("abc äß×&<\">'é;"), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or None
)


@st.composite
def targets(draw: st.DrawFn, of: Quantity = "power", *, ramps: bool = True, rpe: bool = True) -> Target | None:
    kind = draw(st.sampled_from(["none", "pct", "pct", "ramp"] + ["rpe"] * rpe))
    if kind == "none":
        return None
    if kind == "rpe":
        low = draw(st.integers(1, 10))
        return Target("rpe", float(low), float(draw(st.integers(low, 10))))
    low, high = sorted(draw(st.lists(st.integers(20, 200), min_size=2, max_size=2)))
    if kind == "ramp" and ramps and low != high:
        ends = (low, high) if draw(st.booleans()) else (high, low)
        return Target("pct", float(ends[0]), float(ends[1]), of, ramp=True)
    return Target("pct", float(low), float(high), of)


@st.composite
def steps(draw: st.DrawFn, of: Quantity = "power", *, metres: bool = True, ramps: bool = True) -> Step:
    unit = draw(st.sampled_from(["s", "s", "m"] if metres else ["s"]))
    value = float(draw(st.integers(1, 4000)))
    rate = draw(st.none() | st.integers(40, 120).map(lambda low: (float(low), float(low + 10))))
    target = draw(targets(of, ramps=ramps))
    return Step(draw(st.sampled_from(KINDS)), "s" if unit == "s" else "m", value, target, rate, draw(CUES))


@st.composite
def workouts(draw: st.DrawFn, of: Quantity = "power", *, metres: bool = True, ramps: bool = True) -> Workout:
    one = steps(of, metres=metres, ramps=ramps)
    several = st.lists(one, min_size=1, max_size=4).map(tuple)
    item = one | st.builds(Repeat, st.integers(2, 9), several)
    sport = {"power": "ride", "speed": "run", "css": "swim"}[of]
    return Workout(
        draw(st.sampled_from(["Ramp & <go>", "3 × 8"])), sport, tuple(draw(st.lists(item, min_size=1, max_size=6)))
    )


def written(workout: Workout, key: str) -> tuple[bytes, Workout]:
    """Return the bytes of a workout, and what is read from them."""
    form = workout_formats()[key]
    fitting = in_time(workout, THRESHOLDS) if form.needs_time(workout) else workout
    data = form.encode(fitting, TELLING)
    assert data == form.encode(fitting, TELLING)
    found = decode(data, f"x.{form.suffix}")
    assert found.kind == "workout" and len(found.workouts) == 1, found
    (read,) = found.workouts
    must_be_sound(replace(read, name=read.name[:200]))
    return data, read


def watts(step: Step) -> tuple[int, int] | None:
    """Return a target in whole watts, millimetres a second, or beats: as devices have it; None without."""
    target = THRESHOLDS.absolute(step.target)
    if target is None:
        return None
    factor = 1 if target.of in ("power", "lthr", "hr_max") else 1000
    return whole(factor * min(target.low, target.high)), whole(factor * max(target.low, target.high))


@pytest.mark.parametrize("key", ["fit", "garmin"])
@pytest.mark.parametrize("of", ["power", "speed", "css"])
def test_devices_get_lengths_kinds_and_targets(key: str, of: Quantity) -> None:
    @FEW
    @given(workouts(of))
    def trip(workout: Workout) -> None:
        _, read = written(workout, key)
        before, after = [*flat(workout.steps)], [*flat(read.steps)]
        assert [(s.kind, s.end, s.end_value) for s in after] == [(s.kind, s.end, s.end_value) for s in before]
        assert [watts(step) for step in after] == [watts(step) for step in before]
        assert shape(read.steps) == shape(workout.steps) and read.sport == workout.sport
        if key == "fit":
            assert [s.cue for s in after] == [s.cue for s in before]
            assert [s.target for s in after if s.target and s.target.kind == "rpe"] == [
                s.target for s in before if s.target and s.target.kind == "rpe"
            ]

    trip()


def shape(items: Steps) -> list[int | str]:
    """Return how items are nested."""
    return [f"{item.times}x{len(item.steps)}" if isinstance(item, Repeat) else 1 for item in items]


@FEW
@given(workouts("power", metres=False))
def test_zwift_gets_middles_and_ramps(workout: Workout) -> None:
    timed = in_time(workout, THRESHOLDS)
    _, read = written(workout, "zwo")
    before, after = [*flat(timed.steps)], [*flat(read.steps)]
    assert [step.end_value for step in after] == [step.end_value for step in before]
    for old, new in zip(before, after, strict=True):
        if old.target is None:
            assert new.target is None
        elif old.target.ramp:
            assert new.target == old.target
        else:
            assert new.target is not None and new.target.low == new.target.high
            assert math.isclose(new.target.low, (old.target.low + old.target.high) / 2, abs_tol=0.01)
    assert read.name == workout.name


@pytest.mark.parametrize(("key", "off"), [("erg", 0.5 / 250 * 100 + 1e-6), ("mrc", 0.006)])
def test_trainers_get_the_course(key: str, off: float) -> None:
    @FEW
    @given(workouts("power", metres=False))
    def trip(workout: Workout) -> None:
        timed = in_time(workout, THRESHOLDS)
        data, read = written(workout, key)
        assert data.count(b"\n") == data.count(b"\r\n")
        before, after = [*flat(timed.steps)], [*flat(read.steps)]
        assert sum(s.end_value or 0 for s in after) == sum(s.end_value or 0 for s in before)
        for old, new in zip(before, after, strict=True):
            assert old.end_value == new.end_value and new.target is not None
            wanted = old.target or Target("pct", 50.0, 50.0, "power")
            middle = (wanted.low + wanted.high) / 2
            low, high = (wanted.low, wanted.high) if wanted.ramp else (middle, middle)
            assert math.isclose(new.target.low, low, abs_tol=off) and math.isclose(new.target.high, high, abs_tol=off)

    trip()


@pytest.mark.parametrize("of", ["power", "speed"])
def test_the_text_of_intervals_holds_everything(of: Quantity) -> None:
    @FEW
    @given(workouts(of))
    def trip(workout: Workout) -> None:
        data, read = written(workout, "intervals")
        same: Callable[[Step], Step] = partial(without_cue, sport=workout.sport)
        if b"Pace" in data or of == "power":
            assert [same(s) for s in flat(read.steps)] == [same(s) for s in flat(workout.steps)]
        cues = [s.cue for s in flat(read.steps)]
        assert [(c or "").strip(" ;,") for c in cues] == [(s.cue or "").strip(" ;,") for s in flat(workout.steps)]

    trip()


def without_cue(step: Step, sport: str) -> Step:
    return replace(step, cue=None)


@FEW
@given(st.binary(max_size=200), st.sampled_from(["a.zwo", "a.erg", "a.mrc", "a.txt", "a.json", "a.fit"]))
def test_bad_bytes_never_raise(data: bytes, name: str) -> None:
    found = decode(data, name)
    assert (found.kind == "workout") == bool(found.workouts)


@FEW
@given(st.sampled_from(["zwo", "erg", "mrc", "intervals", "garmin", "fit"]), st.data())
def test_damaged_files_never_raise_and_stay_sound(key: str, data: st.DataObject) -> None:
    whole_file, _ = written(data.draw(workouts("power", metres=False)), key)
    at = data.draw(st.integers(0, len(whole_file)))
    damaged = whole_file[:at] + data.draw(st.binary(max_size=8)) + whole_file[at + data.draw(st.integers(0, 9)) :]
    found = decode(damaged, f"x.{workout_formats()[key].suffix}")
    for workout in found.workouts:
        must_be_sound(workout)
    assert sniff(whole_file, f"x.{workout_formats()[key].suffix}") is not None
