"""The samples of one recording with channels of others that ran beside it, clocks aligned first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from homestretch.model.channel import Channel, Floats, Times
from homestretch.model.recording import Recording

#: Clocks are looked for so far apart, in s, and a shift is believed from this correlation on.
FURTHEST_S, SURE = 120, 0.8
#: The channels that both have, the most distinctive first, show how far the clocks are apart.
DISTINCTIVE = ("heart_rate_bpm", "power_w", "speed_mps", "altitude_m", "cadence_rpm")
#: A sample holds so long where another recording has none, and never longer than this many of its usual steps.
HOLD_S, HOLD_STEPS = 5.0, 3.0
#: What changes smoothly is drawn between samples up to so far apart; anything else holds.
SMOOTH = frozenset({"latitude", "longitude", "altitude_m", "distance_m", "temperature_c", "core_temperature_c"})
SMOOTH_S = 30.0
#: Fewer common seconds show nothing about clocks.
LEAST_S = 60


@dataclass(frozen=True, slots=True)
class Given:
    """A recording and the channels that it gives."""

    recording: Recording
    channels: tuple[str, ...]


def needed(channels: Sequence[str]) -> set[str]:
    """Return the channels to read of a recording that is to give some."""
    return {*channels, *DISTINCTIVE}


def assemble[Row](
    own: Row,
    others: Iterable[tuple[Row, tuple[str, ...]]],
    keys: Iterable[str] | None,
    read: Callable[[Row, Iterable[str] | None], Recording],
) -> Recording:
    """Return a recording with the channels named (None: all), those among them that others give taken from these.

    `read` returns of a recording, however it is kept, the channels named: no more of them is read than is needed.
    """
    wanted = None if keys is None else set(keys)
    giving = [(one, names) for one, names in others if wanted is None or wanted & set(names)]
    given = [Given(read(one, needed(names)), names) for one, names in giving]
    fused = fuse(read(own, wanted if wanted is None or not given else wanted | needed(())), given)
    if wanted is None:
        return fused
    return replace(fused, channels={key: channel for key, channel in fused.channels.items() if key in wanted})


def fuse(own: Recording, others: Sequence[Given]) -> Recording:
    """Return a recording with the channels that others give, on its own samples; NaN where they measured nothing."""
    channels = dict(own.channels)
    for other in others:
        lag = lag_ms(own, other.recording)
        for key in other.channels:
            channel = other.recording.channels.get(key)
            if channel is not None:
                values = _moved(other.recording.time_ms + lag, channel.values(), own.time_ms, key)
                channels[key] = Channel(key, values, channel.unit)
    return replace(own, channels=channels)


def lag_ms(own: Recording, other: Recording) -> int:
    """Return what is to be added to the other's clock: where a channel that both have agrees best, else 0.

    Correlation at 1 s over lags of at most 120 s (specification: analysis §9.4).
    """
    for key in DISTINCTIVE:
        a, b = own.values(key), other.values(key)
        if a is None or b is None:
            continue
        found = _lag_s(_seconds(own.time_ms, a), _seconds(other.time_ms, b))
        if found is not None:
            return found * 1000
    return 0


def _seconds(time_ms: Times, values: Floats) -> tuple[int, Floats]:
    """Return the first whole second and the values at each from there on, NaN where nothing was measured."""
    known = np.isfinite(values)
    if not known.any():
        return 0, np.empty(0)
    at = time_ms[known] / 1000.0
    first, last = int(at[0]), int(at[-1])
    grid = np.arange(first, min(last, first + 7 * 86_400) + 1, dtype=np.float64)
    return first, _drawn(at, values[known], grid)  # held values would be half a step late


def _lag_s(one: tuple[int, Floats], other: tuple[int, Floats]) -> int | None:
    """Return the lag at which the other agrees best, or None where none is sure.

    All lags at once, by the Fourier transforms of values, squares and of what is known.
    """
    (first, a), (second, b) = one, other
    begin, end = max(first, second) - FURTHEST_S, min(first + len(a), second + len(b)) + FURTHEST_S
    if end - begin - 2 * FURTHEST_S < LEAST_S:
        return None
    x, y = _window(first, a, begin, end), _window(second, b, begin, end)
    size = 1 << (2 * len(x) - 1).bit_length()
    known_x, known_y = np.isfinite(x), np.isfinite(y)
    x, y = np.where(known_x, x - np.nanmean(x), 0.0), np.where(known_y, y - np.nanmean(y), 0.0)

    def products(p: Floats, q: Floats) -> Floats:
        whole = np.fft.irfft(np.fft.rfft(p, size) * np.conj(np.fft.rfft(q, size)), size)
        return np.concatenate((whole[-FURTHEST_S:], whole[: FURTHEST_S + 1]))

    kx, ky = known_x.astype(np.float64), known_y.astype(np.float64)
    n = np.maximum(np.round(products(kx, ky)), 0.0)
    sx, sy, sxy = products(x, ky), products(kx, y), products(x, y)
    sxx, syy = products(x * x, ky), products(kx, y * y)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = (sxx - sx * sx / n) * (syy - sy * sy / n)
        r = np.where((n >= LEAST_S) & (spread > 1e-6), (sxy - sx * sy / n) / np.sqrt(np.maximum(spread, 1e-12)), -1.0)
    best = int(np.argmax(np.round(r, 6) - 1e-6 * np.abs(np.arange(-FURTHEST_S, FURTHEST_S + 1))))
    return best - FURTHEST_S if r[best] >= SURE else None


def _window(first: int, values: Floats, begin: int, end: int) -> Floats:
    found = np.full(end - begin, np.nan)
    low, high = max(first, begin), min(first + len(values), end)
    if high > low:
        found[low - begin : high - begin] = values[low - first : high - first]
    return found


def _moved(time_ms: Times, values: Floats, to_ms: Times, key: str) -> Floats:
    """Return values as they were at other times."""
    known = np.isfinite(values)
    if not known.any():
        return np.full(len(to_ms), np.nan)
    at, to = time_ms[known] / 1000.0, to_ms / 1000.0
    return (_drawn if key in SMOOTH else _held)(at, values[known], to)


def _drawn(at: Floats, values: Floats, to: Floats) -> Floats:
    """Return what lies between the values, where they are near enough to each other."""
    if len(at) < 2:
        return _held(at, values, to)
    after = np.clip(np.searchsorted(at, to), 1, len(at) - 1)
    wide = at[after] - at[after - 1] > SMOOTH_S
    near = np.minimum(np.abs(to - at[after]), np.abs(to - at[after - 1])) <= HOLD_S
    outside = (to < at[0] - HOLD_S) | (to > at[-1] + HOLD_S)
    return np.where(outside | (wide & ~near), np.nan, np.interp(to, at, values))


def _held(at: Floats, values: Floats, to: Floats) -> Floats:
    """Return the last value before each time, where it is not too old."""
    usual = float(np.median(np.diff(at))) if len(at) > 1 else HOLD_S
    last = np.searchsorted(at, to + 0.5, side="right") - 1
    held = values[np.maximum(last, 0)]
    fresh = (last >= 0) & (to - at[np.maximum(last, 0)] <= max(HOLD_S, HOLD_STEPS * usual))
    return np.where(fresh, held, np.nan)
