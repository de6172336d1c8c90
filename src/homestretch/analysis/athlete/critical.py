"""Critical power: models of how long a power can be held, fitted to the best of many efforts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import exp
from operator import mul

import numpy as np

from homestretch.model.channel import Floats, Mask

#: Durations in s that a model is fitted to: two parameters know no sprint, three do.
FIT_2P_S, FIT_3P_S = (120.0, 1200.0), (1.0, 1200.0)
#: A point this far below the first fit was no greatest effort; it is left out, in so many rounds.
SHORTFALL, ROUNDS = 0.05, 3
#: The fewest points, and how many times longer the longest is than the shortest.
FEWEST, SPAN = 3, 3.0
#: What a critical power (W) and the work above it (J) can be.
CP_W, W_PRIME_J = (50.0, 600.0), (5000.0, 50_000.0)
#: Best efforts of 20 to 60 minutes (s) reach at least this share of a model's value: an hour is seldom
#: ridden as hard as can be, 20 minutes nearly are.
SUSTAINED = {1200.0: 0.95, 3600.0: 0.80}
#: A critical power is dropped if its standard error is a larger share than this.
UNSURE = 0.05
#: Where Morton's k is sought, from -300 to -0.5 s, as the logarithms of its size; and how closely.
_SOUGHT = np.linspace(np.log(0.5), np.log(300.0), 48)
_ROOT_STEPS, _ROOT_HAIR = 60, 1e-8
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


#: A line of watts over 1/(t - k): cp, w_prime and k.
type Line = tuple[float, float, float]
type Fit = Callable[[Floats, Floats], Line | None]


def critical_power(t: Floats, p: Floats) -> Model | None:
    """Return the model of two parameters for the best watts p (n,) over t (n,) s, or None where none fits.

    Linear in 1/t, so least squares on power (Monod and Scherrer 1965), over 2 to 20 minutes.
    """
    return _of_maximal(t, p, FIT_2P_S, lambda s, w: _line(s, w, 0.0))


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
    every = np.isfinite(p) & (p > 0.0)
    t, p = t[every], p[every]
    long = (t >= min(SUSTAINED)) & (t <= max(SUSTAINED))
    held = t[long], p[long]
    known = (t >= window[0]) & (t <= window[1])
    t, p = t[known], p[known]
    line = _guarded(t, p, fit)
    for _ in range(ROUNDS):
        if line is None:
            return None
        maximal: Mask = p >= (1.0 - SHORTFALL) * _watts(line, t)
        if maximal.all():
            break
        t, p = t[maximal], p[maximal]
        line = _guarded(t, p, fit)
    model = None if line is None else _model(line, t, p, by_work=fit is _by_work)
    if model is None or model.cp_se > UNSURE * model.cp or not sustained(model, *held):
        return None
    return model


def sustained(model: Model, t: Floats, p: Floats) -> bool:
    """Return whether best watts p (n,) over t (n,) s of 20 to 60 minutes bear out a model."""
    least = np.interp(np.log(t), np.log(list(SUSTAINED)), list(SUSTAINED.values()))
    return bool((p >= least * predict(model, t)).all())


def _guarded(t: Floats, p: Floats, fit: Fit) -> Line | None:
    if len(t) < FEWEST or t.max() < SPAN * t.min():
        return None
    line = fit(t, p)
    if line is None or not (CP_W[0] <= line[0] <= CP_W[1] and W_PRIME_J[0] <= line[1] <= W_PRIME_J[1]):
        return None
    return line


def _line(t: Floats, p: Floats, k: float) -> Line:
    """Return the least squares line of a k."""
    u, n = 1.0 / (t - k), len(t)
    mean_u, mean_p = float(u.sum()) / n, float(p.sum()) / n
    off = u - mean_u
    w_prime = float(off @ p) / float(off @ off)
    return mean_p - w_prime * mean_u, w_prime, k


def _model(line: Line, t: Floats, p: Floats, *, by_work: bool) -> Model:
    """Return a fitted line with its errors; k was free too unless it is 0."""
    cp, w_prime, k = line
    u, ones = 1.0 / (t - k), np.ones(len(t))
    residual = p - cp - w_prime * u
    if by_work:
        errors = _errors(np.stack((t, ones), axis=1), residual * t)
    else:
        columns = [ones, u] if k == 0.0 else [ones, u, w_prime * u * u]
        errors = _errors(np.stack(columns, axis=1), residual)
    return Model(cp, w_prime, k, float(errors[0]), float(errors[1]), float(np.sqrt((residual**2).mean())), len(t))


def _errors(slopes: Floats, residual: Floats) -> Floats:
    """Return the standard errors of parameters with slopes (n, k) at the residuals (n,); NaN where there are none."""
    n, k = slopes.shape
    if n <= k:
        return np.full(k, np.nan)
    # Scaled columns: watts and joules differ by five orders.
    size = np.sqrt((slopes * slopes).sum(axis=0))
    scaled = slopes / size
    try:
        covariance = np.linalg.inv(scaled.T @ scaled) * float(residual @ residual) / (n - k)
    except np.linalg.LinAlgError:
        return np.full(k, np.nan)
    return np.asarray(np.sqrt(covariance.diagonal()) / size)


def _by_work(t: Floats, p: Floats) -> Line:
    off, work = t - t.mean(), p * t
    cp = float(off @ work) / float(off @ off)
    return cp, float(work.mean() - cp * t.mean()), 0.0


def _morton(t: Floats, p: Floats) -> Line | None:
    """Return the best line of any k, or None where the best k lies on its bounds: no sprint shows it."""
    misfit, v = _misfit(t, p), p - p.sum() / len(p)
    slope = partial(_slope, t.tolist(), v.tolist())
    best = int(np.argmin(misfit))
    begin = best - 1 if slope(float(_SOUGHT[best])) > 0.0 else best
    if begin < 0 or begin + 1 == len(_SOUGHT):
        return None
    root = _root(slope, float(_SOUGHT[begin]), float(_SOUGHT[begin + 1]))
    return None if root is None else _line(t, p, -exp(root))


def _misfit(t: Floats, p: Floats) -> Floats:
    """Return the sum of squares that the best line leaves for each k that is sought."""
    u = 1.0 / (t + np.exp(_SOUGHT)[:, None])
    off = u - (u.sum(axis=1) / len(t))[:, None]
    return np.asarray(p @ p - p.sum() ** 2 / len(p) - (off @ p) ** 2 / (off * off).sum(axis=1))


def _slope(t: list[float], v: list[float], x: float) -> float:
    """Return how that sum changes with x = log(-k), over 2; v are the watts less their mean, so cp needs none."""
    k = -exp(x)
    u = [1.0 / (s - k) for s in t]
    mean = sum(u) / len(u)
    off = [a - mean for a in u]
    w_prime = sum(map(mul, off, v)) / sum(map(mul, off, off))
    return float(-k * w_prime * sum(a * a * (b - w_prime * c) for a, b, c in zip(u, v, off, strict=True)))


def _root(f: Callable[[float], float], a: float, b: float) -> float | None:
    """Return where f rises through zero between a and b, None where it does not: false position, the Illinois way."""
    fa, fb = f(a), f(b)
    if not fa < 0.0 < fb:
        return None
    for _ in range(_ROOT_STEPS):
        x = b - fb * (b - a) / (fb - fa)
        fx = f(x)
        if abs(x - b) < _ROOT_HAIR or fx == 0.0:
            return x
        a, fa = (b, fb) if (fx < 0.0) != (fb < 0.0) else (a, fa / 2.0)
        b, fb = x, fx
    return b


def predict(model: Model, t: Floats) -> Floats:
    """Return the watts that can be held for t (n,) s."""
    return _watts((model.cp, model.w_prime, model.k), t)


def _watts(line: Line, t: Floats) -> Floats:
    cp, w_prime, k = line
    return np.asarray(cp + w_prime / (t - k))


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

    Each from 3 minutes to an hour is converted to an hour by a generic curve, and the highest counts: our own choice.
    """
    known = np.flatnonzero((durations >= EFTP_S[0]) & (durations <= EFTP_S[1]) & np.isfinite(values) & (values > 0.0))
    if len(known) == 0:
        return None
    hourly = values[known] / eftp_ratio(durations[known])
    at = int(np.argmax(hourly))
    return float(hourly[at]), float(durations[known[at]])


def ftp_of_twenty_minutes(watts: float) -> float:
    """Return the threshold power in W for a best mean of 20 minutes: 95 %."""
    return _TWENTY_MINUTES * watts
