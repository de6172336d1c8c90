import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homestretch.analysis.athlete.leaky_integrator import leaky


@given(
    st.lists(st.tuples(st.floats(0, 1e4), st.sampled_from([0.0, 1e-3, 0.1, 3.0, 900.0])), max_size=700),
    st.floats(0, 1e4),
)
@settings(deadline=None)
def test_step_by_step(steps: list[tuple[float, float]], first: float) -> None:
    level, expected = first, []
    for gain, decay in steps:
        level = level * math.exp(-decay) + gain
        expected.append(level)
    gains, decays = np.array(steps, dtype=np.float64).reshape(-1, 2).T
    assert leaky(gains, decays, first) == pytest.approx(expected, rel=1e-9, abs=1e-9)
