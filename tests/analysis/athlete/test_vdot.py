import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.athlete.vdot import (
    critical_swim_speed,
    predictions,
    race_time,
    riegel,
    riegel_exponent,
    training_paces,
    valid,
    vdot,
)
from tests.analysis.training_vectors import VECTORS, vector


@pytest.mark.parametrize("key", [k for k in VECTORS if k.startswith("run.vdot.") and k != "run.vdot.inverse"])
def test_vdot_of_races(key: str) -> None:
    given, expected = vector(key)
    assert vdot(given["distance_m"], given["time_s"]) == pytest.approx(expected["vdot"], abs=1e-6)


def test_the_published_table() -> None:
    table = vector("pub.vdot_table")[0]["table_time_s"]
    cells = [(float(v), float(m), s) for v, row in table.items() for m, s in row.items()]
    assert len(cells) == 48
    for value, metres, seconds in cells:
        assert vdot(metres, seconds) == pytest.approx(value, abs=0.1)


def test_times_of_a_vdot() -> None:
    given, expected = vector("run.vdot.inverse")
    for metres, seconds in expected["times_s"].items():
        assert race_time(given["vdot"], float(metres)) == pytest.approx(seconds, abs=1e-4)
    assert race_time(1e6, 5000) is None
    assert race_time(-100, 42_195) is None


@given(st.floats(25, 85), st.floats(1500, 42_195))
@settings(deadline=None)
def test_a_time_has_the_vdot_it_was_sought_for(value: float, metres: float) -> None:
    seconds = race_time(value, metres)
    assert seconds is not None
    assert vdot(metres, seconds) == pytest.approx(value, abs=1e-5)


def test_paces_rise() -> None:
    paces = training_paces(50)
    assert list(paces) == ["easy", "marathon", "threshold", "interval", "repetition"]
    assert 1000 / paces["threshold"][0] == pytest.approx(257, abs=3)
    flat = [speed for pair in paces.values() for speed in pair]
    assert flat == sorted(flat)


def test_riegel_and_ones_own_exponent() -> None:
    given, expected = vector("run.riegel")
    for metres, seconds in expected["t_s"].items():
        assert riegel(given["d1"], given["t1"], float(metres)) == pytest.approx(seconds, abs=1e-6)
    own = {m: riegel(5000, 1200, m, 1.08) for m in (3000.0, 5000.0, 21_097.5)}
    assert riegel_exponent(own) == pytest.approx(1.08)
    assert riegel_exponent({5000.0: 1200.0}) is None
    assert riegel_exponent({5000.0: 1200.0, 10_000.0: 2000.0}) == 1.01


def test_predictions_say_what_is_doubtful() -> None:
    table = predictions(10_000, 2481)
    assert table["marathon"]["riegel"].doubtful
    assert not table["half_marathon"]["vdot"].doubtful
    assert table["10k"]["vdot"].seconds == pytest.approx(2481, abs=1e-3)
    assert table["5k"]["riegel"].seconds == pytest.approx(1189.967140023)
    assert valid(1200)
    assert not valid(200)


def test_critical_swim_speed() -> None:
    given, expected = vector("swim.css")
    found = critical_swim_speed(given["t400_s"], given["t200_s"])
    assert found == pytest.approx(expected["css_mps"])
    assert 100 / (found or 0) == pytest.approx(expected["pace_s_per_100m"])
    assert critical_swim_speed(190, 400) is None
