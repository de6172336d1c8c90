"""The forty templates: length and load at the low end of their ranges, and what their text says."""

import json
from pathlib import Path
from typing import TypedDict

import pytest

from homestretch.coach.workouts.templates import TEMPLATES, sized
from homestretch.model.coach.workout import flat, read_steps, step_documents


class At(TypedDict):
    """What a template has at the low end of its range."""

    seconds: int
    load: float


class Vector(TypedDict):
    """A template's figures."""

    id: str
    at: At


VECTORS: list[Vector] = json.loads((Path(__file__).parents[1] / "vectors" / "templates.json").read_text())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_length_and_load_at_the_low_end(vector: Vector) -> None:
    template = TEMPLATES[vector["id"]]
    at = vector["at"]
    made = sized(template)
    assert made.seconds == at["seconds"]
    assert made.load == pytest.approx(at["load"], abs=0.051)


def test_steps_survive_json() -> None:
    for known in TEMPLATES.values():
        steps = known.steps()
        assert read_steps(step_documents(steps)) == steps
        assert all(step.end_value for step in flat(steps))


def test_more_repeats_and_minutes_cost_more() -> None:
    for template in TEMPLATES.values():
        low, high = template.repeats or template.minutes or (0, 0)
        sizes = [sized(template, value, value) for value in range(low, high + 1)]
        assert [size.load for size in sizes] == sorted(size.load for size in sizes)
        assert [size.seconds for size in sizes] == sorted({size.seconds for size in sizes})
