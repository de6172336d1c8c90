"""What others are told of an activity's parts, against looking at every sample."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.views.privacy import metres_outside
from homestretch.views.seen import Seen

MASKS = st.lists(st.booleans(), min_size=2, max_size=30)
#: 100 samples, a second and 4 m apart; those from 20 to 29 are at a private place.
INSIDE = (np.arange(100) >= 20) & (np.arange(100) < 30)
SEEN = Seen(np.arange(100.0), INSIDE, metres_outside(4.0 * np.arange(100.0), INSIDE))


@given(inside=MASKS, ends=st.tuples(st.floats(0, 30), st.floats(0, 30)))
def test_a_stretch_is_hidden_with_any_step_that_it_shares(inside: list[bool], ends: tuple[float, float]) -> None:
    start, end = sorted(ends)
    seen = Seen(np.arange(float(len(inside))), np.array(inside), None)
    start, end = min(start, len(inside) - 1.0), min(end, len(inside) - 1.0)
    steps = zip(range(len(inside) - 1), range(1, len(inside)), strict=True)
    shared = [(a, b) for a, b in steps if (a < end and b > start) or a in (start, end) or b in (start, end)]
    sure = any(inside[at] for at in range(len(inside)) if start <= at <= end)
    assert not sure or seen.hides(start, end)
    assert not seen.hides(start, end) or any(inside[a] or inside[b] for a, b in shared)


@given(inside=MASKS, steps=st.lists(st.floats(0, 50), min_size=30, max_size=30))
def test_metres_outside_are_those_of_steps_outside(inside: list[bool], steps: list[float]) -> None:
    metres = np.cumsum([0.0, *steps])[: len(inside)]
    found = metres_outside(metres, np.array(inside))
    gone = 0.0
    for at in range(1, len(inside)):
        gone += 0.0 if inside[at] or inside[at - 1] else metres[at] - metres[at - 1]
        assert found[at] == pytest.approx(gone, abs=1e-6)


def test_climbs_outside_begin_and_end_at_metres_outside() -> None:
    before, through, after = (
        {"start_m": 4.0 * start, "end_m": 4.0 * end, "start_s": start, "end_s": end, "length_m": 4.0 * (end - start)}
        for start, end in ((2.0, 12.0), (15.0, 40.0), (50.0, 90.0))
    )
    hidden = 4.0 * 11
    assert SEEN.climbs([before, through, after]) == [
        before,
        {**after, "start_m": 200.0 - hidden, "end_m": 360.0 - hidden},
    ]


def test_best_efforts_over_a_way_inside_are_not_told() -> None:
    told = [
        {"kind": "distance", "size": 60.0, "value": 15.0, "start_s": 31.0},
        {"kind": "heart_rate", "size": 60.0, "value": 180.0, "start_s": 0.0},
        {"kind": "power", "size": 5.0, "value": 500.0, "start_s": 22.0},
    ]
    untold = [
        {"kind": "distance", "size": 60.0, "value": 15.0, "start_s": 10.0},
        {"kind": "vam", "size": 300.0, "value": 900.0, "start_s": 25.0},
    ]
    assert SEEN.medals(untold + told) == told


def test_hard_parts_inside_are_told_by_power_alone() -> None:
    parts = [
        {"kind": kind, "start_s": start, "end_s": start + 10.0, "distance_m": 40.0}
        for kind in ("power", "pace")
        for start in (25.0, 60.0)
    ]
    assert SEEN.intervals(parts) == [{**parts[0], "distance_m": None}, parts[1], parts[3]]
