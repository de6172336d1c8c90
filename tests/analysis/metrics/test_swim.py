import numpy as np
import pytest

from homestretch.analysis.activity.effort import Effort
from homestretch.model.recording import Length
from tests.analysis.made import START_MS
from tests.analysis.metrics.made import effort, steps, told, vector


def pool(seconds: float, strokes: int | None, pool_m: float = 25.0, count: int = 4, rest_s: float = 0.0) -> Effort:
    each = seconds + rest_s
    swum = [
        Length(start_ms=START_MS + round(1000 * i * each), elapsed_s=seconds, strokes=strokes) for i in range(count)
    ]
    rests = [
        Length(start_ms=START_MS + round(1000 * (i * each + seconds)), elapsed_s=rest_s, active=False)
        for i in range(count if rest_s else 0)
    ]
    totals = {"total_distance_m": pool_m * count, "total_timer_time_s": each * count}
    end = START_MS + round(1000 * each * count)
    return effort(
        {}, {"css_mps": 1.0}, "swimming", "lap_swimming", t=[], totals=totals, end_ms=end, pool_length_m=pool_m,
        lengths=(*swum, *rests),
    )  # fmt: skip


def test_swolf_and_pace() -> None:
    given, expected = vector("swim.swolf")
    found = told("swim", pool(given["length_s"], given["strokes"], given["pool_m"]))
    assert found["swolf"] == expected["swolf"]
    assert found["swolf25"] == expected["swolf25"]
    assert found["swim_pace"] == pytest.approx(expected["pace_s_per_100m"])
    assert found["strokes_per_length"] == 18
    assert found["stroke_distance"] == pytest.approx(25 / 18)
    assert found["stroke_rate"] == pytest.approx(18 / 24 * 60)


def test_rests_at_the_wall_are_not_swum() -> None:
    found = told("swim", pool(25.0, 20, 50.0, rest_s=15.0))
    assert found["swim_rest"] == 60
    assert found["swim_pace"] == pytest.approx(50)
    assert found["swolf25"] == pytest.approx(45 / 2)
    assert found["swim_intensity"] == pytest.approx(2.0)


def test_load_of_a_swim() -> None:
    given, expected = vector("tss.run_swim")
    swim = given["swim"]
    totals = {"total_distance_m": float(swim["distance_m"]), "total_timer_time_s": float(swim["moving_s"])}
    own = {"css_mps": swim["threshold_m_per_min"] / 60}
    found = told("swim", effort({}, own, "swimming", t=[], totals=totals, end_ms=START_MS + swim["moving_s"] * 1000))
    assert found["swim_intensity"] == pytest.approx(expected["swim_IF"], rel=1e-6)
    assert found["swim_load"] == pytest.approx(expected["sTSS"], rel=1e-6)


def test_in_open_water_strokes_are_told_by_the_watch() -> None:
    n = 1200
    channels = {"distance_m": np.arange(n) * 1.0, "cadence_rpm": steps((0, 100), (30, n - 100))}
    found = told("swim", effort(channels, sport="swimming", sub="open_water"))
    assert found["stroke_rate"] == pytest.approx(30)
    assert found["stroke_distance"] == pytest.approx(2, rel=0.01)
    assert found["swolf"] == found["swim_rest"] == found["strokes_per_length"] == "no_data"
    assert found["swim_load"] == "no_threshold"


def test_lengths_without_strokes_have_no_swolf() -> None:
    found = told("swim", pool(24.0, None))
    assert (found["swolf"], found["stroke_rate"], found["stroke_distance"]) == ("no_data",) * 3
    assert found["swim_rest"] == 0
