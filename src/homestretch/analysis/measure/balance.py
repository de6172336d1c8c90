"""What is left of the work above critical power, second by second."""

import numpy as np

from homestretch.analysis.athlete.leaky_integrator import leaky
from homestretch.model.channel import Floats

#: Skiba's time constant falls from SLOWEST + LEAST s towards LEAST with the watts of recovery below critical power.
_SLOWEST_S, _LEAST_S, _PER_WATT = 546.0, 316.0, 0.01
#: Below this share of W' the thresholds are wrong: no one spends more than there is.
OVERSPENT = -0.2


def balance(power: Floats, cp: float, w_prime: float) -> Floats:
    """Return the joules left after each second of power (n,) in W at 1 Hz, shape (n,); it starts full at `w_prime`.

    Above cp the excess is spent; below it the gap closes by exp(-(cp - power) / w_prime) a second
    (Froncioni and Clarke; Skiba 2015). What is not known counts as no power.
    """
    over = np.nan_to_num(power) - cp
    return w_prime - leaky(np.maximum(over, 0.0), np.maximum(-over, 0.0) / w_prime)


def balance_integral(power: Floats, cp: float, w_prime: float, tau_s: float | None = None) -> Floats:
    """Return the joules left after each second of power (n,) in W at 1 Hz, shape (n,), by Skiba's integral (2012).

    What was spent above cp comes back with one time constant, `tau_s` or the one of the power itself.
    """
    spent = np.maximum(np.nan_to_num(power) - cp, 0.0)
    constant = tau(power, cp) if tau_s is None else tau_s
    return w_prime - leaky(spent, np.full(len(spent), 1.0 / constant))


def tau(power: Floats, cp: float) -> float:
    """Return Skiba's time constant of recovery in s (2012), from the mean of the power (n,) that is below cp."""
    power = np.nan_to_num(power)
    low = power[power < cp]
    gap = cp - float(low.mean()) if len(low) else 0.0
    return _SLOWEST_S * float(np.exp(-_PER_WATT * gap)) + _LEAST_S
