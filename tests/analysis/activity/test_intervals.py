from typing import Any

import numpy as np
import pytest

from homestretch.analysis.activity.effort import Effort
from homestretch.analysis.activity.intervals import hard_spans, intervals
from homestretch.analysis.activity.splits import KILOMETRE, MILE, splits
from homestretch.analysis.activity.summary import summarise
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.samples.samples import samples
from homestretch.model.recording import Pause
from tests.analysis.made import START_MS, recording


def effort(
    t: Any, channels: Any, sport: str = "cycling", values: dict[str, float] | None = None, **more: Any
) -> Effort:
    made = recording(t, channels, sport, **more)
    cleaned = samples(made)
    return Effort(cleaned, summarise(made, cleaned), made.sport, Profile(values or {}))


def blocks(easy: float, hard: float, repeats: int = 5, work: int = 180, rest: int = 240) -> Any:
    return np.concatenate(([easy] * 600, np.tile([hard] * work + [easy] * rest, repeats), [easy] * 600)).astype(float)


def test_work_is_found_with_and_without_a_threshold() -> None:
    power = blocks(150, 320)
    n = len(power)
    channels = {"power_w": power, "heart_rate_bpm": np.full(n, 150.0), "distance_m": 9.0 * np.arange(n)}
    for values in ({}, {"ftp_w": 280.0, "cp_w": 270.0}):
        found = intervals(effort(np.arange(n), channels, values=values))
        assert len(found) == 5
        for i, one in enumerate(found):
            assert one.kind == "power"
            assert one.start_s == pytest.approx(600 + 420 * i)
            assert one.end_s - one.start_s == pytest.approx(180)
            assert one.mean == pytest.approx(320)
            assert one.distance_m == pytest.approx(9 * (one.end_s - one.start_s))
            assert one.avg_hr_bpm == pytest.approx(150)
            assert one.above_threshold == (pytest.approx(50 * 180) if values else None)
            assert one.described()["highest"] == 320
    assert intervals(effort(np.arange(n), channels, values={"ftp_w": 400.0})) == []


def test_runs_go_by_pace() -> None:
    speed = blocks(2.5, 4.5, repeats=3)
    t = np.arange(len(speed))
    found = intervals(effort(t, {"distance_m": np.cumsum(speed), "speed_mps": speed}, "running"))
    assert [one.kind for one in found] == ["pace"] * 3
    assert found[0].mean == pytest.approx(4.5, rel=0.03)
    assert intervals(effort(t, {"distance_m": 3.0 * t}, "running")) == []


def test_short_breaks_join_and_short_efforts_do_not_count() -> None:
    x = np.full(600, 100.0)
    x[100:160] = x[172:240] = 300
    x[400:412] = 400
    assert len(hard_spans(x, 100, None, 0.85, 1.15)) == 1
    begin, end = hard_spans(x, 100, None, 0.85, 1.15)[0]
    assert begin == 100
    assert end == 240
    for nothing in (np.zeros(0), np.zeros(1), np.zeros(172_800), np.full(100, np.nan)):
        assert hard_spans(nothing, 100, None, 0.85, 1.15) == []
    assert intervals(effort([], {})) == []
    assert intervals(effort([0], {"power_w": [200.0]})) == []


def test_splits_of_an_even_run() -> None:
    t = np.arange(0, 1001)
    channels = {
        "distance_m": 3.3 * t,
        "speed_mps": np.full(1001, 3.3),
        "heart_rate_bpm": 120.0 + t / 100,
        "altitude_m": 100 + 0.05 * t,
    }
    run = effort(t, channels, "running")
    found = splits(run, KILOMETRE)
    assert [one.distance_m for one in found] == pytest.approx([1000, 1000, 1000, 300])
    assert [one.elapsed_s for one in found] == pytest.approx([303.0303, 303.0303, 303.0303, 90.9091], abs=1e-3)
    assert sum(one.moving_s for one in found) == pytest.approx(1000)
    assert found[1].speed_mps == pytest.approx(3.3)
    assert found[1].gap_speed_mps is not None
    assert found[1].gap_speed_mps > 3.3
    assert found[1].avg_hr_bpm == pytest.approx(120 + 4.545, abs=0.02)
    assert found[1].avg_power_w is None
    assert found[1].ascent_m == pytest.approx(15, abs=1.5)
    assert found[1].descent_m == 0
    assert len(splits(run, MILE)) == 3
    assert splits(run, 100_000)[0].distance_m == pytest.approx(3300)


def test_pauses_and_stops_are_elapsed_but_not_in_motion() -> None:
    t = np.concatenate((np.arange(0, 300), np.arange(400, 700)))
    pause = Pause(START_MS + 299_000, START_MS + 400_000)
    d = np.concatenate((4.0 * np.arange(300), 4.0 * np.arange(299, 599)))
    first, second, last = splits(effort(t, {"distance_m": d}, "running", pauses=(pause,)), 1000)
    assert (first.elapsed_s, first.moving_s) == pytest.approx((250, 250))
    assert second.elapsed_s == pytest.approx(351, abs=1)
    assert second.moving_s == pytest.approx(250, abs=2)
    assert second.speed_mps == pytest.approx(4, rel=0.02)
    assert last.start_s == pytest.approx(first.elapsed_s + second.elapsed_s)


def test_no_way_no_splits() -> None:
    assert splits(effort([], {})) == []
    assert splits(effort([0], {"distance_m": [5.0]})) == []
    assert splits(effort(np.arange(100), {"power_w": np.full(100, 200.0)})) == []
    with pytest.raises(ValueError, match="long"):
        splits(effort([], {}), 0)


def test_a_power_held_at_the_limit_is_no_reason_to_fall() -> None:
    """Means of equal values may be rounded above them, though none of them is."""
    for held in np.linspace(100.0, 300.0, 97):
        x = np.concatenate((np.full(200, held), np.zeros(300)))
        hard_spans(x, 50.0, held / 0.85, 0.85, 1.15)
        hard_spans(np.concatenate((np.full(90, 400.0), x)), 50.0, held / 0.85, 0.85, 1.15)
