import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.activity.zones import (
    COGGAN_HEART,
    heart_bounds,
    near_threshold,
    polarisation,
    split,
    time_in_zones,
)
from homestretch.analysis.athlete.thresholds import HEART_ZONES, Profile, estimated
from homestretch.model.sport import Sport
from tests.analysis.metrics.made import DAY, effort, steps, told, vector

RUN = Sport("running")


def test_levels_of_power() -> None:
    given, expected = vector("zones.power_coggan")
    for watts, zone in zip(given["watts"], expected["zone"], strict=True):
        found = time_in_zones(effort({"power_w": steps((watts, 60))}, {"ftp_w": given["ftp"]}))["power"]
        assert [number for number, seconds in enumerate(found["seconds"], 1) if seconds] == [zone]
    bounds = time_in_zones(effort({"power_w": steps((99, 9))}, {"ftp_w": 100.0}))["power"]["bounds"]
    assert bounds == [0, *expected["bounds_pct_upper"]]


def test_bounds_by_four_methods() -> None:
    given, expected = vector("hr.zones")
    high, low, lthr = given["max"], given["rest"], given["lthr"]
    assert heart_bounds("max", RUN, high) == pytest.approx(expected["garmin_pct_max_lower"], abs=1e-6)
    assert heart_bounds("reserve", RUN, high, low) == pytest.approx(expected["karvonen_50_60_70_80_90_lower"])
    assert heart_bounds("coggan", RUN, lthr)[1:] == pytest.approx(expected["coggan_lthr_upper"], abs=1e-6)
    assert heart_bounds("friel", RUN, lthr) == pytest.approx(expected["friel_run_lthr_lower"], abs=1e-6)
    assert heart_bounds("friel", Sport("cycling"), 100)[1] == 81
    assert len(COGGAN_HEART) == 4


def test_the_method_is_the_athletes() -> None:
    heart = {"heart_rate_bpm": steps((95, 100), (168, 60))}
    own = {"max_hr_bpm": 190.0, "resting_hr_bpm": 50.0, "lthr_bpm": 168.0}
    for number, method in enumerate(HEART_ZONES):
        found = time_in_zones(effort(heart, own | {"hr_zones": float(number)}, "running"))["heart_rate"]
        assert found["method"] == method
        assert sum(found["seconds"]) + found["below"] == 160
    assert time_in_zones(effort(heart, own, "running"))["heart_rate"]["method"] == "friel"
    by_max = time_in_zones(effort(heart, {"max_hr_bpm": 190.0}, "running"))["heart_rate"]
    assert (by_max["method"], by_max["seconds"], by_max["estimated"]) == ("max", [100, 0, 0, 60, 0], False)
    guessed = time_in_zones(effort(heart, estimated(Profile({"birth_year": 1986.0}, DAY))))["heart_rate"]
    assert (guessed["method"], guessed["estimated"]) == ("max", True)


def test_pace_has_zones_on_foot_and_in_water() -> None:
    way = {"speed_mps": steps((3, 600), (4.2, 60))}
    found = time_in_zones(effort(way, {"threshold_speed_mps": 4.0}, "running"))["pace"]
    assert found["seconds"] == [600, 0, 0, 0, 0, 60, 0] or sum(found["seconds"]) == pytest.approx(660)
    assert found["seconds"][0] == pytest.approx(600)
    assert found["seconds"][5] == pytest.approx(60)
    assert "pace" not in time_in_zones(effort(way, {"threshold_speed_mps": 4.0}))
    assert "pace" in time_in_zones(effort({"speed_mps": steps((1, 99))}, {"css_mps": 1.1}, "swimming"))


def test_nothing_measured_and_nothing_known() -> None:
    assert time_in_zones(effort({"power_w": steps((99, 99)), "heart_rate_bpm": steps((99, 99))})) == {}
    assert time_in_zones(effort({}, {"ftp_w": 250.0}, t=[])) == {}


def test_what_is_found_is_json() -> None:
    made = effort({"power_w": steps((99, 99)), "heart_rate_bpm": steps((99, 99))}, {"ftp_w": 90.0, "max_hr_bpm": 180.0})
    found = time_in_zones(made)
    assert json.loads(json.dumps(found)) == found
    assert set(found) == {"power", "heart_rate", "split"}


def test_easy_moderate_and_hard() -> None:
    own = {"ftp_w": 250.0, "lthr_bpm": 100.0}
    power = {"power_w": steps((200, 800), (225, 50), (251, 150))}
    found = split(effort(power, own))
    assert found is not None
    assert (found["by"], found["seconds"]) == ("power", [800, 50, 150])
    assert found["index"] == pytest.approx(np.log10(0.8 / 0.05 * 0.15 * 100))
    numbers = told("polarisation", effort(power, own))
    assert (numbers["easy_time"], numbers["moderate_time"], numbers["hard_time"]) == (800, 50, 150)
    heart = split(effort({"heart_rate_bpm": steps((87, 10), (100, 20), (101, 30))}, own))
    assert heart is not None
    assert (heart["by"], heart["seconds"]) == ("heart_rate", [10, 20, 30])
    assert set(told("polarisation", effort(power)).values()) == {"no_threshold"}
    assert set(told("polarisation", effort({}, own, t=[])).values()) == {"no_data"}


@given(st.floats(0, 1e4), st.floats(0, 1e4), st.floats(0, 1e4))
def test_more_hard_time_at_the_cost_of_moderate_is_more_polarised(easy: float, moderate: float, hard: float) -> None:
    index = polarisation(easy, moderate, hard)
    if easy + moderate + hard == 0:
        assert index is None
        return
    assert index is not None
    assert index >= 0
    if hard == 0 or easy == 0:
        assert index == 0
    shifted = polarisation(easy, moderate / 2, hard + moderate / 2)
    if moderate > 1:
        assert shifted is not None
        assert shifted >= index


def test_a_purely_polarised_effort_has_an_index() -> None:
    assert polarisation(80, 0, 20) == pytest.approx(np.log10(0.8 / 0.01 * 0.19 * 100))
    assert polarisation(80, 15, 5) == pytest.approx(np.log10(0.8 / 0.15 * 0.05 * 100))


def test_time_near_threshold_is_what_makes_a_session_hard() -> None:
    hard = effort({"power_w": steps((150, 600), (238, 480), (260, 60))}, {"ftp_w": 250.0})
    assert near_threshold(hard, 95.0) == 540
    assert near_threshold(effort({"power_w": steps((150, 600))}), 95.0) is None
    assert told("polarisation", hard)["threshold_time"] == 540
