"""What is left of the work above critical power."""

import numpy as np

from homestretch.analysis.activity.series import Series
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.derived_channels import DerivedChannel
from homestretch.analysis.measure.balance import balance
from homestretch.model.channel import Floats


def _values(series: Series, profile: Profile) -> Floats | None:
    """Return the joules left at each sample, shape (n,), or None without power or critical power."""
    cp, w_prime = profile.get("cp_w"), profile.get("w_prime_j")
    power = series.elapsed_power
    if power is None or cp is None or w_prime is None:
        return None
    left = balance(power, cp, w_prime)
    at = np.minimum(series.t.astype(np.int64), len(left) - 1)
    return left[at]


W_BALANCE = DerivedChannel(
    key="w_balance_j",
    unit="J",
    needs=("power_w",),
    values=_values,
    reads=("cp_w", "w_prime_j"),
    cite="Differential W' balance (Froncioni, Clarke, Skiba 2015), full at the start, pauses as zero power.",
)
