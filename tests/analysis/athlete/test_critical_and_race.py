from typing import Any

import numpy as np
import pytest

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.athlete.thresholds import Profile, estimated
from homestretch.analysis.athlete.vdot import race_time, vdot
from homestretch.analysis.measure.metric import LowConfidence, Values, families, measure
from homestretch.analysis.samples.samples import samples
from tests.analysis.made import recording


def told(key: str, t: Any, channels: Any, sport: str = "cycling", profile: Profile | None = None) -> Values:
    made = recording(t, channels, sport)
    cleaned = samples(made)
    effort = Effort(cleaned, summarise(made, cleaned), made.sport, profile or Profile())
    return measure(effort, families()[key])


def test_a_ride_that_goes_all_out_shows_its_model() -> None:
    # After two minutes that spend W', critical power: over every longer time the best is the first, cp t + W'.
    power = np.concatenate((np.full(120, 250 + 20_000 / 120), np.full(1080, 250.0), np.zeros(900)))
    found = told("critical", np.arange(len(power)), {"power_w": power})
    assert found["cp"] == pytest.approx(250)
    assert found["w_prime"] == pytest.approx(20_000)
    assert found["ftp_20min"] == pytest.approx(0.95 * (250 + 20_000 / 1200))
    assert found["eftp"] == pytest.approx((250 + 20_000 / 180) / 1.3381674357)
    assert found["w_bal_min"] == "no_threshold"


def test_what_is_left_by_the_athletes_thresholds() -> None:
    power = np.concatenate((np.full(60, 350.0), np.full(600, 100.0)))
    stated = Profile({"cp_w": 250.0, "w_prime_j": 20_000.0})
    found = told("critical", np.arange(660), {"power_w": power}, profile=stated)
    assert found["w_bal_min"] == pytest.approx(14_000)
    assert not isinstance(found["w_bal_min"], LowConfidence)
    guessed = told("critical", np.arange(660), {"power_w": power}, profile=estimated(Profile({"ftp_w": 255.0})))
    assert isinstance(guessed["w_bal_min"], LowConfidence)
    assert guessed["w_bal_min"].reason == "no_threshold"


def test_easy_short_and_powerless_rides_say_why_not() -> None:
    steady = told("critical", np.arange(3600), {"power_w": np.full(3600, 180.0)})
    assert (steady["cp"], steady["w_prime"], steady["p_max"]) == ("partial",) * 3
    assert steady["eftp"] == pytest.approx(180)
    short = told("critical", np.arange(100), {"power_w": np.full(100, 180.0)})
    assert (short["eftp"], short["cp"]) == ("too_short", "too_short")
    assert set(told("critical", np.arange(100), {"heart_rate_bpm": np.full(100, 120)}).values()) == {"no_data"}
    for n in (0, 1, 2):
        told("critical", np.arange(n), {"power_w": np.full(n, 200.0)})
        told("race", np.arange(n), {"distance_m": 3.0 * np.arange(n)}, "running")


def test_the_best_stretch_of_a_run() -> None:
    speed = np.concatenate((np.full(900, 2.5), np.full(1200, 5000 / 1200), np.full(900, 2.5)))
    found = told("race", np.arange(3001), {"distance_m": np.concatenate(([0.0], np.cumsum(speed)))}, "running")
    assert found["vdot"] == pytest.approx(vdot(5000, 1200), rel=1e-4)
    assert found["race_5k"] == pytest.approx(1200, abs=0.2)
    assert found["race_marathon"] == pytest.approx(race_time(vdot(5000, 1200), 42_195) or 0, rel=1e-4)
    assert set(told("race", np.arange(60), {"distance_m": 3.0 * np.arange(60)}, "running").values()) == {"too_short"}
    assert set(told("race", np.arange(60), {"heart_rate_bpm": np.full(60, 120)}, "running").values()) == {"no_data"}
