import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.samples.moving import moving_mask, stop_rule
from homestretch.analysis.samples.samples import samples
from homestretch.model.recording import Pause
from homestretch.model.sport import Sport
from tests.analysis.made import START_MS, recording
from tests.analysis.vectors import vector


def test_stops_are_taken_out() -> None:
    rule, expected = vector("moving.rule")
    t = np.array([*range(250), *range(280, 300)])
    v = np.full(300, 5.0)
    v[100:110], v[150:190] = 0.0, 0.2
    made = samples(
        recording(t, {"speed_mps": v[t], "latitude": np.full(270, 50.0), "longitude": np.full(270, 14.0)},
                  pauses=(Pause(START_MS + 249_000, START_MS + 280_000),))
    )  # fmt: skip
    assert stop_rule(Sport("cycling")).v_stop == rule["v_stop"]
    assert made.elapsed_s[-1] == expected["elapsed_s"]
    assert made.recorded_s == pytest.approx(expected["recorded_s"], abs=1)
    assert made.moving_s == pytest.approx(expected["moving_s"], abs=1)


def test_rules_follow_the_family() -> None:
    assert stop_rule(Sport("running", "trail")).v_stop == 0.5
    assert stop_rule(Sport("hiking")).t_min == 10.0
    assert stop_rule(Sport("e_biking"), strava_like=True).v_stop == 2.15
    assert stop_rule(Sport("yoga"), strava_like=True).t_min == 15.0


def test_indoors_any_sign_of_movement_counts() -> None:
    power = np.concatenate((np.full(60, 150.0), np.zeros(60)))
    assert samples(recording(np.arange(120), {"power_w": power})).moving_s == 60
    assert samples(recording(np.arange(120), {"heart_rate_bpm": np.full(120, 99.0)})).moving_s == 120


def slow_moving(slow: list[bool], weight: list[float], t_min: float) -> list[bool]:
    moving = [w > 0 for w in weight]
    i = 0
    while i < len(slow):
        j = i
        while j < len(slow) and slow[j]:
            j += 1
        if j > i and sum(weight[i:j]) >= t_min:
            moving[i:j] = [False] * (j - i)
        i = max(j, i + 1)
    return moving


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4)), max_size=50), st.integers(1, 8))
def test_moving_agrees_with_a_slow_reading_of_the_rule(steps: list[tuple[bool, int]], t_min: int) -> None:
    slow, weight = [s for s, _ in steps], [float(w) for _, w in steps]
    found = moving_mask(np.array(slow, dtype=bool), np.array(weight), t_min)
    assert found.tolist() == slow_moving(slow, weight, t_min)
