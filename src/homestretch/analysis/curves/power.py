"""The power curve."""

import numpy as np

from homestretch.analysis.activity.series import Even, Series
from homestretch.analysis.curves import Curve


def _series(series: Series) -> Even | None:
    """Return power in W; pauses and gaps are zeros, and known to be."""
    power = series.elapsed_power
    return None if power is None else Even(power, np.ones(len(power)))


POWER = Curve(
    key="power",
    name="Power",
    unit="W",
    series=_series,
    dense=True,
    cite="Highest mean power over each duration of elapsed time, pauses as zeros (as GoldenCheetah).",
)
