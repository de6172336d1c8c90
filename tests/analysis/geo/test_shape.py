"""The shape of a route and where it leads: drawn in metres, turned round, and cut."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.geo.shape import TOWARDS, shape_of

NORTH_M = 111_195.0
CIRCLE = [(2000.0 - 2000.0 * np.cos(t), 2000.0 * np.sin(t)) for t in np.linspace(0.0, 2.0 * np.pi, 40)]
OUT = [(0.0, 0.0), (1500.0, 300.0), (4000.0, 0.0)]
BACK = [*OUT, (1500.0, 330.0), (20.0, 10.0)]
TO_THE_EAST: Any = (
    (CIRCLE, "loop"), (OUT, "one_way"), (BACK, "out_and_back"),
    ([(0.0, 0.0), (2000.0, 0.0), (5000.0, 1200.0), (5000.0, -1200.0), (2000.0, 0.0), (0.0, 0.0)], "loop"),
)  # fmt: skip


def places(line: Any, turned: float = 0.0, latitude: float = 60.0, longitude: float = 25.0) -> Any:
    """Return latitudes and longitudes of corners in m, turned by so many degrees to the left."""
    x, y = np.array(line).T
    angle = np.radians(turned)
    east, north = x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)
    return latitude + north / NORTH_M, longitude + east / (NORTH_M * np.cos(np.radians(latitude)))


@pytest.mark.parametrize(("line", "shape"), TO_THE_EAST)
@pytest.mark.parametrize("eighth", range(8))
def test_a_route_has_a_shape_and_leads_somewhere(line: Any, shape: str, eighth: int) -> None:
    towards = TOWARDS[(TOWARDS.index("east") - eighth) % 8]
    assert shape_of(*places(line, 45.0 * eighth)) == (shape, towards)
    longitudes = places(line, 45.0 * eighth, longitude=179.99)[1]
    over = (longitudes + 180.0) % 360.0 - 180.0
    assert shape_of(places(line, 45.0 * eighth)[0], over) == (shape, towards)


def test_laps_around_the_start_lead_nowhere_in_particular() -> None:
    eight = [*CIRCLE, *((-x, y) for x, y in CIRCLE)]
    assert shape_of(*places(eight)) == ("loop", None)
    corners = [(-50.0, 30.0), (50.0, 30.0), (50.0, -30.0), (-50.0, -30.0), (-50.0, 30.0)]
    found = shape_of(*places([(0.0, 0.0), *corners * 5, (0.0, 0.0)]))
    assert found is not None and found[0] == "loop"


@given(st.lists(st.tuples(st.floats(-85.0, 85.0), st.floats(-180.0, 180.0)), max_size=6))
def test_whatever_the_line_it_has_a_shape_or_no_length(line: list[tuple[float, float]]) -> None:
    latitude, longitude = np.array(line).reshape(-1, 2).T
    found = shape_of(latitude, longitude)
    if len(line) < 2 or len(set(line)) == 1:
        assert found is None
    else:
        assert found is None or (found[0] in ("loop", "out_and_back", "one_way") and found[1] in (None, *TOWARDS))
