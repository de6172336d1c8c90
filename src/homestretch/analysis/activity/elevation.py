"""Climbing: how high, how much up and down; turning points after smoothing, or a dead band on the raw altitude."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

import numpy as np

from homestretch.analysis.samples.grid import linear_grid
from homestretch.model.channel import Floats
from homestretch.model.recording import Device

type AltitudeSource = Literal["baro", "gps"]

#: Makers whose recorders write no serial number; what they write is no telephone's.
_BAROMETRIC = frozenset(
    {
        "suunto",
        "coros",
        "coros_byte",
        "sigmasport",
        "tomtom",
        "osynce",
        "srm",
        "bryton",
        "bryton_sensors",
        "lezyne",
        "hammerhead",
        "wahoo_fitness",
        "polar_electro",
    }
)
#: Garmin's models without a barometer: those to which Runalyze's list of devices (its repository `devices`, June 2025)
#: gives none, and that count no floors. A vivoactive HR counts them, and its files name the barometer; so does a
#: vivosmart HR+. What stands after an underscore is a region or an edition, unless it is the number of another model.
_GPS_ONLY = re.compile(
    r"(?:edge_?(?:20|25|200|205)|edge_touring|edge_explore|"
    r"fr(?:10|15|25|30|35|45|50|55|60|70|110|210|220|225|230|235l?|245m?|301|305|310xt|405|410|610|620|630|735xt)|"
    r"vivo_?active|venusq2?|venusq2?music|swim2?|lily2?|bounce2?)(?:_(?!hr|\d{3}).*)?"
)
#: Seconds of smoothing, and metres by which altitude must turn back before it has turned.
SMOOTH_S = {"baro": 15.0, "gps": 31.0}
TURN_M = {"baro": 2.0, "gps": 5.0}
#: Satellites' altitude wanders for minutes. So many times its noise, below and above the smoothing, is a turn: what
#: turns a flat hour's 131 m (5 m of noise that lasts a minute) into 40 and leaves hills as they are. Below QUIET_M an
#: altitude is as smooth as one from a map or a barometer.
NOISE_S, NOISE_FAST, NOISE_SLOW, QUIET_M = 121.0, 15.0, 10.0, 0.6
SPLIT_S = 3600.0
#: Altitude that changes by more than STEP_M faster than STEP_MPS was set again, not climbed.
STEP_M = 20.0
STEP_MPS = 10.0
DEADBAND_M = 3.0
_NOTHING = np.zeros(1)


def altitude_source(devices: Iterable[Device]) -> AltitudeSource:
    """Return `baro` where a barometer is named or the recorder is a model that has one, by its maker and model.

    A recorder with a serial number is a purpose-built device, not a telephone. Models known to have no barometer
    count as `gps`, whatever their number.
    """
    return "baro" if any("barom" in d.role or (d.role == "recorder" and _has_barometer(d)) for d in devices) else "gps"


def _has_barometer(recorder: Device) -> bool:
    if recorder.manufacturer == "garmin" and _GPS_ONLY.fullmatch(recorder.product or ""):
        return False
    return recorder.serial not in {None, "", "0"} or recorder.manufacturer in _BAROMETRIC


def gain_and_loss(t: Floats, altitude: Floats, source: AltitudeSource = "baro") -> tuple[float, float] | None:
    """Return metres up and down, both positive, of altitudes (n,) at seconds t (n,), or None where nothing is known."""
    missing = np.isnan(altitude)
    if missing.any():
        t, altitude = t[~missing], altitude[~missing]
    if len(t) == 0:
        return None
    altitude = without_steps(t, altitude)
    up = down = 0.0
    gaps = np.flatnonzero(t[1:] - t[:-1] > SPLIT_S) + 1
    for begin, end in pairwise((0, *gaps.tolist(), len(t))):
        if end - begin > 1:
            even, step = linear_grid(t[begin:end], altitude[begin:end])
            drawn = smooth(even, round(SMOOTH_S[source] / step))
            rise, fall = zigzag(drawn, turn_m(even, drawn, step, source))
            up, down = up + rise, down + fall
    return up, down


def turn_m(even: Floats, drawn: Floats, step: float, source: AltitudeSource) -> float:
    """Return by how many metres an altitude must turn back before it has turned: by satellites, by its noise.

    Noise shows twice: as what smoothing took away, and as what a longer smoothing still takes away; hills show but in
    the second, so the smaller one counts. `even` (m,) and `drawn` (m,) are the altitude every `step` s, raw and smooth.
    """
    if source == "baro" or len(even) * step < 5.0 * NOISE_S:  # too short to separate noise from a hill
        return TURN_M[source]
    fast = _spread(even - drawn)
    if fast <= QUIET_M:
        return TURN_M[source]
    slow = _spread(drawn - smooth(drawn, round(NOISE_S / step)))
    return max(TURN_M[source], min(NOISE_FAST * fast, NOISE_SLOW * slow))


def _spread(x: Floats) -> float:
    """Return the standard deviation of a noise around zero, from its median: outliers do not count."""
    return float(np.median(np.abs(x))) * 1.4826


def without_steps(t: Floats, altitude: Floats) -> Floats:
    """Return the altitude with jumps that no one climbs (a recalibration, a seam of a terrain model) taken out."""
    rise = altitude[1:] - altitude[:-1]
    size = np.abs(rise)
    if size.max(initial=0.0) <= STEP_M:
        return altitude
    jump = (size > STEP_M) & (size > STEP_MPS * (t[1:] - t[:-1]))
    return np.asarray(altitude - np.concatenate((_NOTHING, np.cumsum(np.where(jump, rise, 0.0)))))


def smooth(x: Floats, width: int) -> Floats:
    """Return the centred moving mean over `width` values, fewer at the edges."""
    half, n = width // 2, len(x)
    if half < 1 or n == 0:
        return x
    total = np.concatenate((_NOTHING, np.cumsum(x)))
    if n <= 2 * half:
        at = np.arange(n)
        low, high = np.maximum(at - half, 0), np.minimum(at + half + 1, n)
        return np.asarray((total[high] - total[low]) / (high - low))
    found = np.empty(n)
    np.subtract(total[2 * half + 1 :], total[: -2 * half - 1], out=found[half:-half])
    found[half:-half] /= 2 * half + 1
    found[:half] = total[half + 1 : 2 * half + 1] / np.arange(half + 1, 2 * half + 1)
    found[-half:] = (total[-1] - total[n - 2 * half : -half - 1]) / np.arange(2 * half, half, -1)
    return found


def zigzag(altitude: Floats, turn: float) -> tuple[float, float]:
    """Return metres up and down between the extremes that a move of `turn` m or more back from them confirms."""
    low = high = start = None
    rising: bool | None = None
    up = down = 0.0
    for x in turning_points(altitude).tolist():
        if low is None or high is None or start is None:
            low = high = start = x
        elif rising is None:
            low, high = min(low, x), max(high, x)
            if x - low >= turn:
                rising, start, high = True, low, x
            elif high - x >= turn:
                rising, start, low = False, high, x
        elif rising:
            if x > high:
                high = x
            elif high - x >= turn:
                up += high - start
                rising, start, low = False, high, x
        elif x < low:
            low = x
        elif x - low >= turn:
            down += start - low
            rising, start, high = True, low, x
    if rising is not None and low is not None and high is not None and start is not None:
        up, down = (up + high - start, down) if rising else (up, down + start - low)
    return up, down


def turning_points(x: Floats) -> Floats:
    """Return the first value, those where a series turns, and the last: all that extremes can be."""
    if len(x) < 3:
        return x
    step = x[1:] - x[:-1]
    moved = step.nonzero()[0]
    falling = step[moved] < 0.0
    turn = moved[1:][falling[1:] != falling[:-1]]
    return np.concatenate((x[:1], x[turn], x[-1:]))


def deadband(altitude: Floats, band: float = DEADBAND_M) -> tuple[float, float]:
    """Return metres up and down, counted whenever altitude leaves a band around the last counted one.

    The rule of GoldenCheetah; it loses `band` at every turn, and serves comparison.
    """
    up = down = 0.0
    reference: float | None = None
    for x in altitude[~np.isnan(altitude)].tolist():
        if reference is None:
            reference = x
        elif x > reference + band:
            up, reference = up + x - reference, x
        elif x < reference - band:
            down, reference = down + reference - x, x
    return up, down
