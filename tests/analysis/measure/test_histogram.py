"""Histograms: no second is lost or made, zones hold the time in zones, and no file is bad enough to spoil one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.activity.zones import time_in_zones
from homestretch.analysis.measure.histogram import KINDS, MOST_BINS, Histogram, histogram
from tests.analysis.metrics.made import effort, steps

CHANNELS = {"heart_rate": "heart_rate_bpm", "power": "power_w", "speed": "speed_mps", "cadence": "cadence_rpm"}
#: What files hold: what is true, what is not, and what is no number.
VALUES = st.one_of(
    st.floats(-1e4, 1e7), st.sampled_from((0.0, float("nan"), float("inf"), 150.0, 151.5, 65535.0, -1.0))
)


def total(found: Histogram) -> float:
    return found.beyond_s + sum(float(seconds.sum()) for seconds in found.zones.values())


def test_a_bin_holds_what_lies_in_it() -> None:
    found = histogram(effort({"heart_rate_bpm": steps((100, 10), (101.9, 20), (102, 30), (107, 40))}), "heart_rate")
    assert found is not None and found.unit == "bpm"
    assert found.edges.tolist() == [100, 102, 104, 106, 108]
    assert found.zones[None].tolist() == [30, 30, 0, 40] and found.beyond_s == 0


@pytest.mark.parametrize(
    ("kind", "profile"),
    [("power", {"ftp_w": 233.0}), ("heart_rate", {"lthr_bpm": 163.0}), ("heart_rate", {"max_hr_bpm": 190.0})],
)
def test_zones_hold_what_the_time_in_zones_holds(kind: str, profile: dict[str, float]) -> None:
    made = effort({CHANNELS[kind]: 60.0 + 7 * np.arange(600) % 140}, profile)
    found, zones = histogram(made, kind), time_in_zones(made)[kind]  # type: ignore[literal-required]
    assert found is not None and found.beyond_s == pytest.approx(0.0)
    by_zone = [
        float(found.zones[number].sum()) if number in found.zones else 0.0
        for number in range(len(zones["seconds"]) + 1)
    ]
    assert by_zone == pytest.approx([zones["below"], *zones["seconds"]])


def test_what_lies_on_an_upper_bound_is_below_it() -> None:
    found = histogram(effort({"power_w": steps((110, 30), (150, 30))}, {"ftp_w": 200.0}), "power")
    assert found is not None and {zone: s.sum() for zone, s in found.zones.items()} == {1: 30, 2: 30}


def test_a_spike_leaves_room_for_the_rest() -> None:
    watts = np.full(7200, 200.0) + np.arange(7200) % 50
    watts[3000:3004] = 2400.0
    found = histogram(effort({"power_w": watts}), "power")
    assert found is not None and found.beyond_s == 4.0
    assert found.edges[0] >= 190 and found.edges[-1] <= 270


def test_a_grade_may_be_below_zero() -> None:
    metres = np.arange(3600) * 3.0
    heights = 500 + 60 * np.sin(metres / 800)
    made = effort({"distance_m": metres, "speed_mps": np.full(3600, 3.0), "altitude_m": heights}, sport="running")
    found = histogram(made, "grade")
    assert found is not None and found.edges[0] < -3 and found.edges[-1] > 3


def test_what_was_not_measured_has_none() -> None:
    made = effort({"heart_rate_bpm": steps((120, 60))})
    assert [kind for kind in KINDS if histogram(made, kind)] == ["heart_rate"]
    assert histogram(effort({"cadence_rpm": steps((0, 60))}), "cadence") is None


@given(
    st.lists(VALUES, max_size=60),
    st.sampled_from(sorted(CHANNELS)),
    st.sampled_from(("running", "cycling", "swimming")),
)
def test_no_second_is_lost_or_made(values: list[float], kind: str, sport: str) -> None:
    profile = {"ftp_w": 250.0, "max_hr_bpm": 190.0, "threshold_speed_mps": 4.0, "css_mps": 1.2}
    made = effort({CHANNELS[kind]: values}, profile, sport)
    for one in ("pace", kind):
        found = histogram(made, one)
        if found is None:
            continue
        held = KINDS[one].held(made)
        assert held is not None and total(found) == pytest.approx(float(held.seconds.sum()), abs=1e-6)
        assert 1 <= len(found.edges) - 1 <= MOST_BINS
        assert all((seconds >= 0).all() and np.isfinite(seconds).all() for seconds in found.zones.values())
