"""What is usual of any kind of measurement: its baseline and the band around it, day by day."""

from dataclasses import replace

import numpy as np

from homestretch.analysis.health.baseline import Band, band
from homestretch.analysis.health.days import DailyValues
from homestretch.analysis.health.hrv import BAND, baselines
from homestretch.model.channel import Mask
from homestretch.model.health.kinds import KINDS

#: Kinds whose logarithms are compared, within what RMSSD can be and by the band of HRV.
BY_LOGARITHM = frozenset({"hrv_night_ms", "hrv_deep_ms", "hrv_sdnn_ms"})
#: Kinds that are a change, and so may be below 0.
CHANGES = frozenset({"skin_temperature_change_c"})


def kind_band(key: str, daily: DailyValues, excluded: Mask) -> Band:
    """Return the baseline of a kind of measurement on each day, in its own unit.

    It is the mean of the 60 days before, one standard deviation to either side; of HRV the geometric mean and the
    normal range of HRV status. What several devices counted together is of no single one: it has one baseline. No
    band goes below 0 but that of a change.
    """
    if key in BY_LOGARITHM:
        ln = baselines(daily, excluded).band
        low, high = np.exp(ln.low), np.exp(ln.high)
        return Band(np.exp(ln.mean), low, high, (high - low) / (2.0 * BAND), ln.known)
    if KINDS[key].combine == "union":
        daily = replace(daily, origins=np.where(np.isnan(daily.values), -1, 0))
    usual = band(daily, excluded)
    return usual if key in CHANGES else replace(usual, low=np.maximum(usual.low, 0.0))
