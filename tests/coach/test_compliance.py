"""How a done session agrees with its plan, and where its intervals lie in a recording."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.coach.compliance import DoneSession, DoneStep, Planned, WorkStep, band, colour, compliance
from homestretch.coach.step_windows import measured_steps, work_steps
from homestretch.coach.workouts.templates import TEMPLATES
from homestretch.model.channel import Floats
from homestretch.model.coach.workout import flat

VECTOR = json.loads((Path(__file__).parent / "vectors" / "compliance.json").read_text())
CASES = [*zip(VECTOR["in"], VECTOR["out"], strict=True)]


@pytest.mark.parametrize(("case", "expected"), CASES, ids=lambda one: one.get("name", ""))
def test_scores_equal_the_vectors(case: dict[str, Any], expected: dict[str, Any]) -> None:
    plan, done = case["planned"], case["done"]
    work = tuple(WorkStep(one["i"], one["lo"], one["hi"], one["seconds"]) for one in plan.get("work", []))
    held = tuple(DoneStep(one["i"], one["value"], one["seconds"]) for one in done.get("work", []))
    made = compliance(Planned(plan["minutes"], plan["load"], work), DoneSession(done["minutes"], done["load"], held))
    assert {
        "duration": made.duration, "load": made.load, "work": made.work, "total": made.total, "label": made.label,
        "notes": [*made.notes], "basis": [*made.basis], "tp_colour": made.colour,
        "steps": [{"i": one.i, "score": one.score, **({"side": one.side} if one.side else {})} for one in made.steps],
    } == expected  # fmt: skip


@given(st.floats(0, 3), st.floats(0, 3))
def test_a_band_never_rises_away_from_its_middle(a: float, b: float) -> None:
    near, far = sorted((a, b), key=lambda x: abs(x - 1))
    if (near - 1) * (far - 1) >= 0:
        assert 0 <= band(far, (0.9, 1.1, 0.5, 1.6)) <= band(near, (0.9, 1.1, 0.5, 1.6)) <= 100


@pytest.mark.parametrize(
    ("ratio", "expected"), [(0.49, "red"), (0.5, "yellow"), (0.8, "green"), (1.2, "green"), (1.21, "yellow"),
                            (1.5, "yellow"), (1.51, "red")],
)  # fmt: skip
def test_colours_by_length(ratio: float, expected: str) -> None:
    assert colour(ratio) == expected


STEPS = TEMPLATES["R7"].steps(3)
FTP = 250.0


def ride(late: int = 0, watts: tuple[float, ...] = (244.0, 246.0, 241.0)) -> Floats:
    """Return a recording of R7 at FTP 250, begun so many seconds late, with the watts of its three intervals."""
    pieces = [np.full(late, 120.0)] if late else []
    works = iter(watts)
    for step in flat(STEPS):
        seconds = round(step.end_value or 0)
        pieces.append(np.full(seconds, next(works) if step.kind == "work" else 140.0))
    noise = np.random.default_rng(1).normal(0, 15, sum(len(one) for one in pieces))
    return np.maximum(np.concatenate(pieces) + noise, 0.0)


def test_work_steps_have_watts() -> None:
    assert [(one.i, one.low, one.high, one.seconds) for one in work_steps(STEPS, "ride", {"power": FTP})] == [
        (0, 237.5, 250.0, 480.0), (1, 237.5, 250.0, 480.0), (2, 237.5, 250.0, 480.0),
    ]  # fmt: skip
    assert work_steps(STEPS, "ride", {}) == ()


@pytest.mark.parametrize("late", [0, 45, 300])
def test_intervals_are_found_by_their_shape(late: int) -> None:
    made = measured_steps(STEPS, "ride", {"power": FTP}, ride(late))
    assert [one.i for one in made] == [0, 1, 2]
    assert [one.value for one in made] == pytest.approx([244, 246, 241], abs=5)
    assert [one.seconds for one in made] == pytest.approx([480] * 3, abs=15)


def test_an_interval_that_was_left_out_is_missing() -> None:
    made = measured_steps(STEPS, "ride", {"power": FTP}, ride(watts=(245.0, 244.0, 140.0)))
    assert [one.i for one in made] == [0, 1]


def test_laps_are_the_steps_where_they_agree() -> None:
    edges = np.cumsum([0, *(round(step.end_value or 0) for step in flat(STEPS))]).tolist()
    laps = [*pairwise(edges)]
    made = measured_steps(STEPS, "ride", {"power": FTP}, ride(), laps)
    assert [one.seconds for one in made] == [480.0] * 3
    extra = measured_steps(STEPS, "ride", {"power": FTP}, ride(), [*laps, (edges[-1], edges[-1] + 30)])
    assert extra == made
    shifted = [(start // 2, end // 2) for start, end in laps]
    assert len(measured_steps(STEPS, "ride", {"power": FTP}, ride(), shifted)) == 3


def test_no_sensor_measures_nothing() -> None:
    assert measured_steps(STEPS, "ride", {"power": FTP}, np.full(3000, np.nan)) == ()
    assert measured_steps(STEPS, "ride", {"power": FTP}, np.zeros(0)) == ()
