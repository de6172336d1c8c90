"""Targets in the athlete's units, by the thresholds of the day; and workouts that no one can do are refused."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.athlete.history import History
from homestretch.coach.workouts.resolve import effort, in_time, is_hard, of_sport, resolve_step
from homestretch.coach.workouts.sound import must_be_sound
from homestretch.coach.workouts.templates import TEMPLATES
from homestretch.coach.workouts.thresholds import thresholds_for
from homestretch.coach.workouts.wording import in_words
from homestretch.errors import BadRequest
from homestretch.model.coach.thresholds import Thresholds
from homestretch.model.coach.workout import Repeat, Step, Target, Workout, flat

KNOWN = Thresholds(ftp_w=250.0, speed_mps=4.0, css_mps=1.25, lthr_bpm=160.0, max_hr_bpm=180.0)
STATED = (
    ("ftp_w", "ride", "2026-01-01", 250.0),
    ("ftp_w", "ride", "2026-06-01", 270.0),
    ("ftp_w", "run", "2026-01-01", 300.0),
    ("threshold_speed_mps", "run", "2026-01-01", 4.0),
    ("css_mps", "", "2026-01-01", 1.2),
)


def test_the_thresholds_are_those_of_the_day() -> None:
    history = History.of(STATED)
    assert thresholds_for(history, "ride", date(2026, 5, 31)).ftp_w == 250.0
    assert thresholds_for(history, "ride", date(2026, 6, 1)).ftp_w == 270.0
    brick = thresholds_for(history, "brick", date(2026, 6, 1))
    assert (brick.ftp_w, brick.speed_mps, brick.css_mps) == (270.0, 4.0, 1.2)
    assert thresholds_for(History.of(()), "ride", date(2026, 6, 1)).ftp_w is None


def test_a_step_has_watts_and_seconds() -> None:
    step = Step("work", "s", 480.0, Target("pct", 95.0, 100.0, "power"))
    found = resolve_step(step, "ride", KNOWN)
    assert (found.seconds, found.low, found.high, found.low_pct) == (480.0, 237.5, 250.0, 95.0)
    unknown = resolve_step(step, "ride", Thresholds())
    assert (unknown.low, unknown.high_pct) == (None, 100.0)
    watts = resolve_step(Step("work", "s", 60.0, Target("abs", 200.0, 250.0, "power")), "ride", KNOWN)
    assert (watts.low_pct, watts.high_pct) == (80.0, 100.0)
    metres = resolve_step(Step("work", "m", 1000.0, Target("pct", 100.0, 100.0, "speed")), "run", KNOWN)
    assert metres.seconds == 250.0
    swum = resolve_step(Step("work", "m", 100.0, Target("pct", 100.0, 100.0, "css"), sport="swim"), "brick", KNOWN)
    assert swum.seconds == 80.0


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_template_is_sound_and_fits_a_trainer(key: str) -> None:
    template = TEMPLATES[key]
    workout = template.workout()
    must_be_sound(workout)
    timed = in_time(workout, KNOWN)
    assert all(step.end == "s" for step in flat(timed.steps))
    assert all(step.target is None or step.target.kind != "rpe" for step in flat(timed.steps))
    own = effort(workout, KNOWN)
    assert own.minutes * 60 >= own.seconds > 60 * (own.minutes - 1) - 0.5 and own.load > 0


def test_watts_cost_what_their_per_cent_cost() -> None:
    pct = TEMPLATES["R7"].workout()
    steps = tuple(
        Repeat(item.times, tuple(absolute(inner) for inner in item.steps))
        if isinstance(item, Repeat)
        else absolute(item)
        for item in pct.steps
    )
    assert effort(Workout("w", "ride", steps), KNOWN) == effort(pct, KNOWN)


def absolute(step: Step | Repeat) -> Step:
    assert isinstance(step, Step)
    return Step(step.kind, step.end, step.end_value, KNOWN.absolute(step.target))


def test_hard_is_eight_minutes_near_threshold_or_a_high_rpe() -> None:
    def ride(seconds: float, pct: float) -> Workout:
        return Workout("x", "ride", (Repeat(2, (Step("work", "s", seconds, Target("pct", pct, pct, "power")),)),))

    assert is_hard(ride(240.0, 96.0), KNOWN) and not is_hard(ride(239.0, 96.0), KNOWN)
    assert not is_hard(ride(900.0, 95.0), KNOWN)
    assert is_hard(Workout("x", "strength", (Step("work", "s", 60.0, Target("rpe", 7.0, 7.0)),)), KNOWN)


def test_a_workout_of_another_sport_is_of_that_sport_s_threshold() -> None:
    swim = of_sport(TEMPLATES["R7"].workout(), "swim")
    assert {step.target.of for step in flat(swim.steps) if step.target} == {"css"}


def test_the_words_are_those_of_the_calendar() -> None:
    assert in_words(TEMPLATES["R7"].steps()) == "10 min 50-70 %; 3 x (8 min 95-100 %, 4 min 50-60 %); 5 min 60-40 %"
    assert in_words(TEMPLATES["N8"].steps()).startswith("15 min 65-75 %; 4 x (1 km 105-108 %, 2 min 30 s 50-60 %)")
    assert in_words((Step("work", "lap", None, Target("rpe", 6.0, 6.0)),)) == "until the lap button RPE 6"


STEP = Step("work", "s", 60.0)
BAD = [
    Workout("", "ride", (STEP,)), Workout("x" * 201, "ride", (STEP,)), Workout("x", "chess", (STEP,)),
    Workout("x", "ride", ()), Workout("x", "ride", (Repeat(0, (STEP,)),)), Workout("x", "ride", (Repeat(2, ()),)),
    Workout("x", "ride", (Repeat(200, (Repeat(200, (STEP,)),)),)),
    Workout("x", "ride", (Step("work", "s", 0.0),)), Workout("x", "ride", (Step("work", "s", None),)),
    Workout("x", "ride", (Step("work", "s", float("nan")),)), Workout("x", "ride", (Step("work", "lap", 5.0),)),
    Workout("x", "ride", (Step("work", "s", 60.0, Target("pct", 100.0, 90.0, "power")),)),
    Workout("x", "ride", (Step("work", "s", 60.0, Target("pct", 0.0, float("inf"), "power")),)),
    Workout("x", "ride", (Step("work", "s", 60.0, Target("rpe", 0.0, 11.0)),)),
    Workout("x", "ride", (Step("work", "s", 60.0, Target("pct", 1.0, 2.0)),)),
    Workout("x", "ride", (Step("work", "s", 60.0, None, (90.0, 80.0)),)),
    Workout("x", "ride", (Repeat(100, (Step("work", "s", 100_000.0),)),)),
]  # fmt: skip


@pytest.mark.parametrize("workout", BAD)
def test_a_workout_that_can_t_be_done_is_refused_with_a_sentence(workout: Workout) -> None:
    with pytest.raises(BadRequest) as error:
        must_be_sound(workout)
    assert str(error.value).endswith(".")


@given(st.floats(50, 600), st.floats(1, 300), st.floats(1, 300), st.booleans())
def test_per_cent_and_figures_are_each_other_s_way_back(ftp: float, low: float, high: float, ramp: bool) -> None:
    target = Target("pct", low, high, "power", ramp)
    known = Thresholds(ftp_w=ftp)
    back = known.percent(known.absolute(target))
    assert back is not None and back.ramp == ramp
    assert math.isclose(back.low, low, abs_tol=1e-4) and math.isclose(back.high, high, abs_tol=1e-4)
