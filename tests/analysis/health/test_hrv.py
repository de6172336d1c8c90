"""The variability of beat intervals, against the vectors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homestretch.analysis.health.hrv import believable, variability

#: Vector hrv.rr.
INTERVALS = np.array([500.0, 510, 530, 550, 560])
#: Vector pub.hrv.runalyze: shares are of the ten beats, none of which was taken out there.
RUNALYZE = np.array([500.0, 510, 550, 650, 610, 510, 500, 500, 400, 500])


def test_vector_hrv_rr() -> None:
    found = variability(INTERVALS)
    assert found is not None
    assert found.mean_ms == pytest.approx(530, abs=1e-6) and found.sdnn_ms == pytest.approx(25.495097568, abs=1e-6)
    assert found.rmssd_ms == pytest.approx(15.811388301, abs=1e-6)
    assert found.ln_rmssd == pytest.approx(2.760730459, abs=1e-6)


def test_vector_pub_hrv_runalyze() -> None:
    found = variability(np.delete(RUNALYZE, 9))  # the jump from 400 to 500 is more than 20 %: no beat of ours
    assert found is not None
    step = np.abs(np.diff(RUNALYZE))
    assert np.count_nonzero(step > 20) / 10 == 0.6 and np.count_nonzero(step > 50) / 10 == 0.4
    assert found.pnn20 == pytest.approx((6 - 1) / 9) and found.pnn50 == pytest.approx((4 - 1) / 9)


def test_a_beat_taken_out_parts_its_neighbours() -> None:
    odd = np.array([800.0, 810, 1500, 805, 800, 795, 800, 810, 805, 800])
    assert believable(odd).tolist() == [True, True, False, False, *[True] * 6]
    found = variability(odd)
    assert found is not None and found.rmssd_ms < 12
    assert variability(np.array([800.0, 1500, 800, 1500, 800])) is None


@given(st.lists(st.floats(300, 2000), max_size=40))
def test_any_beats_are_taken(values: list[float]) -> None:
    found = variability(np.array(values))
    assert found is None or (found.rmssd_ms >= 0 and 0 <= found.pnn50 <= found.pnn20 <= 1)
