"""The climbing curve."""

import numpy as np

from homestretch.analysis.activity.series import Even, Series
from homestretch.analysis.curves import Curve


def _series(series: Series) -> Even | None:
    """Return the climbing speed in m/h, from the smoothed altitude."""
    altitude = series.elapsed_altitude
    if altitude is None or len(altitude) < 2 or series.sport.indoor:
        return None
    return Even(3600.0 * np.diff(altitude), np.ones(len(altitude) - 1))


VAM = Curve(
    key="vam",
    name="Climbing speed",
    unit="m/h",
    series=_series,
    sports=frozenset({"ride", "run", "walk"}),
    cite="Highest elevation gain (end minus start) over each duration of elapsed time (VAM, after Ferrari).",
)
