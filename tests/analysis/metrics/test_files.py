"""The real files, through our own decoder, against numbers calculated apart from us."""

import pytest

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.metrics.endurance import power_drift
from homestretch.analysis.metrics.heart import edwards_s
from homestretch.formats import decode
from tests.analysis.metrics.made import VECTORS, effort_of, told, vector
from tests.analysis.vectors import real_file

FILES = [key for key in VECTORS if key.startswith("file.")]


def real_effort(key: str) -> Effort:
    given, expected = vector(key)
    path = real_file(given["sha256"])
    if path is None:
        pytest.skip("the real file is not here")
    params = expected["hr"]["params"]
    own = {"max_hr_bpm": params["hrmax"], "resting_hr_bpm": params["hrrest"], "lthr_bpm": params["lthr"]}
    ftp = {"ftp_w": float(expected["power"]["ftp_used"])} if "power" in expected else {}
    return effort_of(decode(path.read_bytes(), path.name).recordings[0], own | ftp)


@pytest.mark.parametrize("key", FILES)
def test_heart(key: str) -> None:
    made, expected = real_effort(key), vector(key)[1]["hr"]
    found = told("heart", made)
    assert found["trimp"] == pytest.approx(expected["trimp_male"], rel=0.002)
    assert found["hr_load"] == pytest.approx(expected["hrss"], rel=0.002)
    assert found["trimp_edwards"] == pytest.approx(expected["edwards"], rel=0.002)
    held = made.series.heart_rate_held
    assert held is not None
    assert held.mean == pytest.approx(expected["avg"], rel=0.002)
    assert edwards_s(held, expected["params"]["hrmax"]) == pytest.approx(expected["edwards_zone_s"], abs=0.5, rel=0.002)


@pytest.mark.parametrize("key", [key for key in FILES if "power" in VECTORS[key]["expected"]])
def test_power(key: str) -> None:
    made, expected = real_effort(key), vector(key)[1]["power"]
    found = told("power", made)
    assert made.series.recorded_power is not None
    assert len(made.series.recorded_power) == pytest.approx(expected["n_1hz"], abs=1)
    assert found["weighted_power"] == pytest.approx(expected["np"], rel=0.002)
    assert found["xpower"] == pytest.approx(expected["xpower"], rel=0.002)
    assert found["work"] == pytest.approx(expected["work_kJ"], rel=0.002)
    assert found["variability"] == pytest.approx(expected["VI"], rel=0.002)
    assert found["intensity"] == pytest.approx(expected["IF"], rel=0.002)
    assert found["power_load"] == pytest.approx(expected["TSS"], rel=0.002)
    assert told("endurance", made)["efficiency"] == pytest.approx(expected["EF_np_over_avghr"], rel=0.002)
    assert made.series.once(power_drift) == pytest.approx(expected["decoupling_pct"], rel=0.002, abs=0.001)


@pytest.mark.parametrize("key", [key for key in FILES if "power" in VECTORS[key]["expected"]])
def test_what_the_device_said_is_near(key: str) -> None:
    found, device = told("power", real_effort(key)), vector(key)[1]["device"]
    assert found["weighted_power"] == pytest.approx(device["normalized_power"], abs=1.5)
    assert found["power_load"] == pytest.approx(device["training_stress_score"], rel=0.01)


@pytest.mark.parametrize("key", FILES)
def test_every_real_ride_has_a_load_from_its_best_source(key: str) -> None:
    found, power = told("load", real_effort(key)), "power" in vector(key)[1]
    assert found["load_source"] == (0.0 if power else 3.0)
    assert found["load"] == told("power" if power else "heart", real_effort(key))["power_load" if power else "hr_load"]
