import numpy as np
import pytest

from homestretch.analysis.athlete.thresholds import Profile, estimated
from homestretch.analysis.metrics.vo2 import (
    by_power,
    by_runalyze,
    by_swain,
    oxygen_cost,
    oxygen_share,
    speed_share,
    uth,
)
from tests.analysis.metrics.made import DAY, effort, steps, told, vector

OWN = {"max_hr_bpm": 190.0, "resting_hr_bpm": 50.0, "weight_kg": 70.0}


def run(bpm: float, seconds: int = 1800, **own: float) -> dict[str, object]:
    v = 1000 / 300
    channels = {"speed_mps": steps((v, seconds)), "distance_m": v * np.arange(seconds)} | {
        "altitude_m": steps((200, seconds)), "heart_rate_bpm": steps((bpm, seconds)),
    }  # fmt: skip
    return dict(told("vo2", effort(channels, OWN | own, sport="running")))


def test_from_pace_and_heart_rate() -> None:
    given, expected = vector("run.vo2max.hr")
    speed, share = 1000 / given["pace_s_per_km"], given["hr"] / given["hrmax"]
    assert share == pytest.approx(expected["hr_fraction"], rel=1e-6)
    assert speed_share(share) == pytest.approx(expected["pct_vvo2max"], rel=1e-6)
    assert oxygen_cost(speed) == pytest.approx(expected["vo2_cost"], rel=1e-6)
    assert oxygen_share(share) == pytest.approx(expected["swain_pct_vo2max"], rel=1e-6)
    assert by_swain(speed, share) == pytest.approx(expected["vo2max_swain"], rel=1e-6)
    found = run(given["hr"])
    assert found["vo2max_run_swain"] == pytest.approx(expected["vo2max_swain"], rel=1e-4)
    assert found["vo2max_run"] == pytest.approx(by_runalyze(speed, share), rel=1e-4)


def test_only_suitable_runs_tell() -> None:
    assert run(150, seconds=1100)["vo2max_run"] == "too_short"
    assert run(110)["vo2max_run"] == "partial"
    assert run(150)["vo2max_ride"] == "no_data"
    assert told("vo2", effort({"speed_mps": steps((3, 1800))}, OWN, "running"))["vo2max_run"] == "no_data"


def test_from_five_minutes_all_out() -> None:
    power = steps((150, 600), (350, 300), (100, 600))
    hard, easy = steps((140, 800), (185, 200), (130, 500)), steps((140, 1500))
    found = told("vo2", effort({"power_w": power, "heart_rate_bpm": hard}, OWN))
    assert found["vo2max_ride"] == pytest.approx(10.8 * 350 / 70 + 7) == by_power(350, 70)
    assert told("vo2", effort({"power_w": power, "heart_rate_bpm": easy}, OWN))["vo2max_ride"] == "partial"
    assert told("vo2", effort({"power_w": power}, {"weight_kg": 70.0, "ftp_w": 300.0}))["vo2max_ride"] == by_power(
        350, 70
    )
    assert told("vo2", effort({"power_w": power[:299]}, OWN))["vo2max_ride"] == "too_short"
    assert told("vo2", effort({"power_w": power}, {"ftp_w": 300.0}))["vo2max_ride"] == "no_threshold"


def test_from_heart_rates_alone_if_both_were_measured() -> None:
    given, expected = vector("hr.vo2max.uth")
    assert uth(given["hrmax"], given["hrrest"]) == pytest.approx(expected["vo2max"], abs=1e-6)
    assert run(150)["vo2max_uth"] == pytest.approx(expected["vo2max"], abs=1e-6)
    guessed = estimated(Profile({"birth_year": 1980.0}, DAY))
    assert told("vo2", effort({"power_w": steps((99, 99))}, guessed))["vo2max_uth"] == "no_threshold"
