import numpy as np
import pytest

from homestretch.analysis.activity.grade import grade_cost
from homestretch.analysis.measure.metric import LowConfidence
from homestretch.analysis.metrics.pace import mean_speed
from tests.analysis.metrics.made import effort, steps, told, vector


def hill(n: int = 1200, speed: float = 3.0, grade: float = 0.0) -> dict[str, object]:
    way = speed * np.arange(n)
    return {"speed_mps": np.full(n, speed), "distance_m": way, "altitude_m": 300 + grade * way}


def test_hills_are_averaged_as_speed() -> None:
    given, expected = vector("run.gap_pace")
    parts = given["segments"]
    speed = steps(*[(p["v_mps"], p["dt_s"]) for p in parts])
    cost = grade_cost(steps(*[(p["grade_pct"] / 100, p["dt_s"]) for p in parts]))
    np.testing.assert_allclose((speed * cost)[::60], expected["gap_speed_mps"], rtol=1e-6)
    mean = mean_speed(speed * cost, np.ones(180), np.ones(180, dtype=bool))
    assert mean == pytest.approx(expected["mean_gap_speed_mps"], rel=1e-6)


def test_load_from_pace() -> None:
    given, expected = vector("tss.run_swim")
    run = given["run"]
    made = effort(hill(run["dur_s"], run["ngp_mps"]), {"threshold_speed_mps": run["threshold_mps"]}, "running")
    found = told("pace", made)
    assert found["ngp"] == pytest.approx(run["ngp_mps"])
    assert found["run_load"] == pytest.approx(expected["rTSS"], rel=1e-6)
    assert found["run_intensity"] == pytest.approx(0.9)


@pytest.mark.parametrize(("grade", "factor"), [(0.0, 1.0), (0.10, 1.48), (-0.08, 0.875)])
def test_uphill_is_harder_than_it_is_fast(grade: float, factor: float) -> None:
    found = told("pace", effort(hill(grade=grade), sport="running"))
    assert found["gap_speed"] == pytest.approx(3 * factor, rel=0.01)
    assert found["gap_pace"] == pytest.approx(1000 / 3 / factor, rel=0.01)
    assert found["pace_variation"] == pytest.approx(0, abs=5)


def test_stops_slow_no_one_down() -> None:
    speed = steps((3, 600), (0, 300), (3, 600))
    channels = {"speed_mps": speed, "distance_m": np.cumsum(speed), "altitude_m": np.full(1500, 200.0)}
    here = {"latitude": np.full(1500, 50.0), "longitude": np.full(1500, 14.0)}
    found = told("pace", effort(channels | here, sport="running"))
    assert found["gap_speed"] == pytest.approx(3)
    assert found["pace_coverage"] == pytest.approx(100)


def test_without_altitude_outdoors_the_hills_are_not_known_and_indoors_there_are_none() -> None:
    flat = {"speed_mps": np.full(900, 3.0)}
    outdoors, indoors = effort(flat, sport="running"), effort(flat, sport="running", sub="treadmill")
    found = told("pace", outdoors)["gap_speed"]
    assert isinstance(found, LowConfidence)
    assert found.reason == "partial"
    assert not isinstance(told("pace", indoors)["gap_speed"], LowConfidence)


def test_no_speed_no_pace() -> None:
    assert set(told("pace", effort({"heart_rate_bpm": steps((140, 900))}, sport="running")).values()) == {"no_data"}
    assert told("pace", effort(hill(), sport="running"))["run_load"] == "no_threshold"
