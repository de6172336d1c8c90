"""Sections: end to end, the same by any order of cuts, and what a climb is."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.coach.routes.ground import ground_of
from homestretch.coach.routes.sections import sections
from tests.coach.routes.lines import climb, loop, straight

LOOP = ground_of(loop(4000, 60.0))


def test_a_climb_between_flats_is_one_section() -> None:
    ground = ground_of(climb(3000.0, 0.07))
    first, up, last = sections(ground)
    assert (first.kind, up.kind, last.kind) == ("flat", "climb", "flat")
    assert up.start_m == pytest.approx(1000.0, abs=61.0) and up.length_m == pytest.approx(3000.0, abs=121.0)
    assert up.grade == pytest.approx(0.07, abs=0.004) and up.steepest == pytest.approx(0.07, abs=0.001)
    assert up.gain_m == pytest.approx(210.0, abs=3.0) and up.category == "3"


def test_a_long_descent_is_cut_from_the_flat() -> None:
    at = np.arange(0.0, 6001.0, 20.0)
    flat, down = sections(ground_of(straight(800.0 - np.clip(at - 3000.0, 0.0, None) * 0.05)))
    assert (flat.kind, down.kind) == ("flat", "down") and down.start_m == pytest.approx(3000.0, abs=110.0)


def test_without_heights_there_is_one_section_and_no_grade() -> None:
    (only,) = sections(ground_of(straight(np.full(200, np.nan))))
    assert (only.kind, only.gain_m, only.grade, only.steepest) == ("unknown", None, None, None)
    assert len(sections(ground_of(straight(np.full(200, np.nan))), [1000.0])) == 2


def test_a_line_without_length_has_no_ground() -> None:
    with pytest.raises(ValueError, match="no length"):
        ground_of(straight(np.full(5, 100.0), step_m=0.0))


@settings(max_examples=60, deadline=None)
@given(cuts=st.lists(st.floats(100.0, 59_000.0), max_size=8), data=st.data())
def test_sections_add_up_to_the_route_whatever_the_cuts(cuts: list[float], data: st.DataObject) -> None:
    found = sections(LOOP, cuts)
    assert found[0].start_m == 0.0 and found[-1].end_m == LOOP.length_m
    assert all(before.end_m == after.start_m for before, after in pairwise(found))
    assert sum(one.length_m for one in found) == pytest.approx(LOOP.length_m)
    assert sum(one.gain_m or 0.0 for one in found) == pytest.approx(LOOP.climbed(0.0, LOOP.length_m))
    assert {cut for cut in cuts if 0.0 < cut < LOOP.length_m} <= {one.start_m for one in found}
    assert sections(LOOP, data.draw(st.permutations(cuts))) == found


def test_gain_is_that_between_turning_points() -> None:
    at = np.arange(0.0, 20_001.0, 20.0)
    ground = ground_of(straight(500.0 + 100.0 * np.sin(2.0 * np.pi * at / 5000.0)))
    assert ground.climbed(0.0, ground.length_m) == pytest.approx(4 * 200.0, rel=0.02)
    noise = np.random.default_rng(1).normal(0.0, 1.0, len(at))
    flat = ground_of(straight(500.0 + noise))
    assert flat.climbed(0.0, flat.length_m) < 60.0


def test_a_part_of_a_climb_has_no_category() -> None:
    ground = ground_of(climb(3000.0, 0.07))
    assert [(one.kind, one.category) for one in sections(ground, [2500.0])] == [
        ("flat", None), ("climb", None), ("climb", None), ("flat", None),
    ]  # fmt: skip
