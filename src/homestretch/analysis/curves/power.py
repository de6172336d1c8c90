"""The power curve."""

import numpy as np

from homestretch.analysis.curves import Curve
from homestretch.analysis.effort import Effort
from homestretch.analysis.series import Even


def _series(effort: Effort) -> Even | None:
    """Return power in W; pauses and gaps are zeros, and known to be."""
    power = effort.series.elapsed_power
    return None if power is None else Even(power, np.ones(len(power)))


POWER = Curve(
    key="power",
    name="Power",
    unit="W",
    series=_series,
    dense=True,
    cite="Highest mean power over each duration of elapsed time, pauses as zeros (as GoldenCheetah).",
)
