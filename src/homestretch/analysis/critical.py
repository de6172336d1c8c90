"""Critical power: models of how long a power can be held, fitted to the best of many efforts."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from homestretch.analysis.gaps import Mask
from homestretch.model.channel import Floats

#: Durations in s that a model is fitted to: two parameters know no sprint, three do.
FIT_2P_S, FIT_3P_S = (120.0, 1200.0), (1.0, 1200.0)
#: A point this far below the first fit was no greatest effort; it is left out, in so many rounds.
SHORTFALL, ROUNDS = 0.05, 3
#: The fewest points, and how many times longer the longest is than the shortest.
FEWEST, SPAN = 3, 3.0
#: What a critical power (W) and the work above it (J) can be.
CP_W, W_PRIME_J = (50.0, 600.0), (3000.0, 60_000.0)
#: Where Morton's k is sought, in s.
_K_S = (-300.0, -0.5)
#: Durations in s from which threshold power is estimated, and the generic curve's two constants.
EFTP_S = (180.0, 3600.0)
_EFTP_W_S, _EFTP_K_S = 75.0, 25.0
_TWENTY_MINUTES = 0.95


@dataclass(frozen=True, slots=True)
class Model:
    """Power = cp + w_prime / (t - k): watts, joules, seconds; k is 0 for two parameters, below it for three.

    `cp_se` and `w_prime_se` are standard errors (NaN without a spare point), `rmse` is in W, `n` counts points.
    """

    cp: float
    w_prime: float
    k: float
    cp_se: float
    w_prime_se: float
    rmse: float
    n: int

    @property
    def p_max(self) -> float | None:
        """The power that can be held for no time at all, in W; None for two parameters."""
        return self.cp - self.w_prime / self.k if self.k < 0.0 else None


type Fit = Callable[[Floats, Floats], Model | None]


def critical_power(t: Floats, p: Floats) -> Model | None:
    """Return the model of two parameters for the best watts p (n,) over t (n,) s, or None where it can't be told.

    Linear in 1/t, so least squares on power (Monod and Scherrer 1965), over 2 to 20 minutes.
    """
    return _of_maximal(t, p, FIT_2P_S, lambda s, w: _fitted(s, w, 0.0, free=2))


def critical_power_by_work(t: Floats, p: Floats) -> Model | None:
    """Return the model of two parameters as the line of work over time: least squares on work; else the same."""
    return _of_maximal(t, p, FIT_2P_S, _by_work)


def critical_power_3p(t: Floats, p: Floats) -> Model | None:
    """Return Morton's model of three parameters (1996) for best watts p (n,) over t (n,) s up to 20 minutes, or None.

    For each k the other two follow by linear least squares, so k alone is sought, between bounds.
    """
    return _of_maximal(t, p, FIT_3P_S, _morton)


def _of_maximal(t: Floats, p: Floats, window: tuple[float, float], fit: Fit) -> Model | None:
    """Fit, leave out what lies too far below the fit to have been a greatest effort, and fit again."""
    known = (t >= window[0]) & (t <= window[1]) & np.isfinite(p) & (p > 0.0)
    t, p = t[known], p[known]
    model = _guarded(t, p, fit)
    for _ in range(ROUNDS):
        if model is None:
            return None
        maximal: Mask = p >= (1.0 - SHORTFALL) * np.asarray(predict(model, t))
        if maximal.all():
            break
        t, p = t[maximal], p[maximal]
        model = _guarded(t, p, fit)
    return model


def _guarded(t: Floats, p: Floats, fit: Fit) -> Model | None:
    if len(t) < FEWEST or t.max() < SPAN * t.min():
        return None
    model = fit(t, p)
    if model is None or not (CP_W[0] <= model.cp <= CP_W[1] and W_PRIME_J[0] <= model.w_prime <= W_PRIME_J[1]):
        return None
    return model


def _fitted(t: Floats, p: Floats, k: float, free: int) -> Model:
    """Return the least squares model of a k, with errors for so many free parameters."""
    u = 1.0 / (t - k)
    mean_u, mean_p = float(u.mean()), float(p.mean())
    spread = float(((u - mean_u) ** 2).sum())
    w_prime = float(((u - mean_u) * (p - mean_p)).sum()) / spread
    cp = mean_p - w_prime * mean_u
    residual = p - cp - w_prime * u
    columns = [np.ones(len(t)), u] if free == 2 else [np.ones(len(t)), u, w_prime * u * u]
    errors = _errors(np.stack(columns, axis=1), residual)
    return Model(cp, w_prime, k, errors[0], errors[1], float(np.sqrt((residual**2).mean())), len(t))


def _errors(slopes: Floats, residual: Floats) -> Floats:
    """Return the standard errors of parameters with slopes (n, k) at the residuals (n,); NaN without a spare point."""
    n, k = slopes.shape
    if n <= k:
        return np.full(k, np.nan)
    # Scaled columns: watts and joules differ by five orders.
    size = np.linalg.norm(slopes, axis=0)
    size[size == 0.0] = 1.0
    covariance = np.linalg.pinv((slopes / size).T @ (slopes / size)) * float(residual @ residual) / (n - k)
    return np.asarray(np.sqrt(np.diag(covariance)) / size)


def _by_work(t: Floats, p: Floats) -> Model:
    spread = t - t.mean()
    work = p * t
    cp = float((spread * work).sum() / (spread**2).sum())
    w_prime = float(work.mean() - cp * t.mean())
    errors = _errors(np.stack((t, np.ones(len(t))), axis=1), work - w_prime - cp * t)
    rmse = float(np.sqrt(((p - cp - w_prime / t) ** 2).mean()))
    return Model(cp, w_prime, 0.0, float(errors[0]), float(errors[1]), rmse, len(t))


def _morton(t: Floats, p: Floats) -> Model | None:
    """Return the best model of three parameters, or None where the best k lies on its bounds: no sprint shows it."""
    low, high = np.log(-_K_S[1]), np.log(-_K_S[0])
    ks = np.linspace(low, high, 48)
    for _ in range(7):
        best = int(np.argmin(_misfit(t, p, -np.exp(ks))))
        step = ks[1] - ks[0]
        ks = np.linspace(max(ks[best] - step, low), min(ks[best] + step, high), 16)
    k = float(ks[int(np.argmin(_misfit(t, p, -np.exp(ks))))])
    return None if min(k - low, high - k) < 1e-6 else _fitted(t, p, -float(np.exp(k)), free=3)


def _misfit(t: Floats, p: Floats, ks: Floats) -> Floats:
    """Return the sum of squares that least squares leaves for each k (m,), shape (m,)."""
    u = 1.0 / (t - ks[:, None])
    u -= u.mean(axis=1, keepdims=True)
    v = p - p.mean()
    return np.asarray((v @ v) - (u @ v) ** 2 / (u**2).sum(axis=1))


def predict(model: Model, t: Floats) -> Floats:
    """Return the watts that can be held for t (n,) s."""
    return np.asarray(model.cp + model.w_prime / (t - model.k))


def time_to_exhaustion(model: Model, p: Floats) -> Floats:
    """Return how many seconds p (n,) watts can be held: infinite up to critical power, zero from the greatest on."""
    over = np.maximum(p - model.cp, 0.0)
    t = np.divide(model.w_prime, over, out=np.full(np.shape(p), np.inf), where=over > 0.0) + model.k
    return np.asarray(np.maximum(t, 0.0))


def eftp_ratio(t: Floats) -> Floats:
    """Return by what the generic power curve lies at t (n,) s above that of an hour."""
    return np.asarray((1.0 + _EFTP_W_S / (t + _EFTP_K_S)) / (1.0 + _EFTP_W_S / (EFTP_S[1] + _EFTP_K_S)))


def eftp(durations: Floats, values: Floats) -> tuple[float, float] | None:
    """Return the threshold power in W that best watts (n,) over durations (n,) in s show, and the s that shows it.

    Each from 3 minutes to an hour is brought to an hour by a generic curve, and the highest counts: our own choice.
    """
    known = np.flatnonzero((durations >= EFTP_S[0]) & (durations <= EFTP_S[1]) & np.isfinite(values) & (values > 0.0))
    if len(known) == 0:
        return None
    told = values[known] / eftp_ratio(durations[known])
    at = int(np.argmax(told))
    return float(told[at]), float(durations[known[at]])


def ftp_of_twenty_minutes(watts: float) -> float:
    """Return the threshold power in W that the best mean of 20 minutes stands for: 95 % of it."""
    return _TWENTY_MINUTES * watts
