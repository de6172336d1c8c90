"""The cadence curve."""

import numpy as np

from homestretch.analysis.activity.series import Even, Series
from homestretch.analysis.curves import Curve


def _series(series: Series) -> Even | None:
    """Return cadence a minute, on foot in steps; pauses and gaps are zeros, and known to be."""
    cadence = series.elapsed_cadence
    return None if cadence is None else Even(cadence, np.ones(len(cadence)))


CADENCE = Curve(
    key="cadence",
    name="Cadence",
    unit="1/min",
    series=_series,
    cite="Highest mean cadence over each duration of elapsed time, pauses as zeros.",
)
