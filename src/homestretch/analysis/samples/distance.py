"""How far: the device's own distance mended, or the distance between the places."""

from typing import Literal

import numpy as np

from homestretch.analysis.samples.axis import Axis, Indices
from homestretch.analysis.samples.bounds import FAR_M, fastest_mps
from homestretch.model.channel import Floats, Mask
from homestretch.model.sport import FAMILIES, Sport

type DistanceSource = Literal["device", "gps"]

#: Another account agrees with a distance up to this share; shorter distances, in m, say nothing of units.
AGREES, WITNESS_M = 0.2, 100.0
#: A fall of the device's distance by more than this, in m, is a counter that began again.
RESET_M = 50.0
#: So many samples show how a distance grows.
FEWEST = 30
#: Metres in a kilometre, and the slowest that anybody gets on in m/s.
KILOMETRES, SLOWEST_MPS = 1000.0, 0.2


def in_kilometres(t: Floats, raw: Floats, sport: Sport) -> bool:
    """Return whether a device's distance (n,) at seconds t (n,) alone shows that it is in kilometres.

    It grows at most samples, yet by so little that only a thousand times as much is a speed of the sport.
    """
    known = np.flatnonzero(np.isfinite(raw))
    if sport.family not in FAMILIES or len(known) < FEWEST or t[known[-1]] <= t[known[0]]:
        return False
    mps = KILOMETRES * (raw[known[-1]] - raw[known[0]]) / (t[known[-1]] - t[known[0]])
    grows = np.count_nonzero(np.diff(raw[known]) > 0.0) > len(known) / 2
    return bool(grows and SLOWEST_MPS <= mps <= fastest_mps(sport))


def in_metres(raw: Floats, witness_m: float | None) -> tuple[Floats, str | None]:
    """Return a device's distance (n,) as cumulative metres, and a note where it was kilometres, or that of each step.

    `witness_m` is how far it was by another account: what agrees with it only when read otherwise is read so.
    """
    known = np.isfinite(raw)
    if witness_m is None or witness_m < WITNESS_M or not known.any():
        return raw, None
    whole, total = float(raw[known].max() - min(raw[known][0], 0.0)), float(raw[known].sum())
    if whole >= witness_m / 2:
        return raw, None
    for metres, scale, summed, note in (
        (total, 1.0, True, "distance_of_steps"),
        (1000.0 * whole, 1000.0, False, "distance_in_km"),
        (1000.0 * total, 1000.0, True, "distance_in_km"),
    ):
        if abs(metres - witness_m) <= AGREES * witness_m:
            return scale * (np.where(known, np.cumsum(np.where(known, raw, 0.0)), np.nan) if summed else raw), note
    return raw, None


def device_distance(t: Floats, raw: Floats, fastest_mps: float = np.inf) -> Floats | None:
    """Return the device's distance in m, never falling and known everywhere, or None where it says nothing.

    What it leaps, further than at `fastest_mps`, was not travelled.
    """
    known = np.flatnonzero(np.isfinite(raw))
    if len(known) == 0:
        return None
    d = raw[known]
    reach = fastest_mps * np.diff(t[known])
    # A counter that as a whole went further than anybody can did so in more than its great leaps.
    impossible = len(d) > 1 and d[-1] - d[0] > fastest_mps * (t[known[-1]] - t[known[0]]) + FAR_M
    leaps = np.diff(d) > (reach if impossible else reach + FAR_M)
    if leaps.any():
        d = d - np.concatenate(([0.0], np.cumsum(np.where(leaps, np.diff(d), 0.0))))
    falls = np.diff(d) < -RESET_M
    if falls.any():
        keep = ~_dips(d, falls)
        known, d = known[keep], d[keep]
        step = np.diff(d)
        d = d + np.concatenate(([0.0], np.cumsum(np.where(step < -RESET_M, -step, 0.0))))
    d = np.maximum.accumulate(d)
    if d[-1] <= 0.0:
        return None
    return d if len(known) == len(raw) else np.interp(t, t[known], d)


def _dips(d: Floats, falls: Mask) -> Mask:
    """Return the single values that fall away from two neighbours which agree: not resets but errors."""
    dips = np.zeros(len(d), dtype=bool)
    dips[1:-1] = falls[:-1] & (d[2:] >= d[:-2] - RESET_M)
    return dips


def gps_distance(axis: Axis, at: Indices, step_m: Floats, joined: Mask, moving: Mask | None = None) -> Floats:
    """Return the cumulative distance in m at every sample, shape (n,).

    `at` (k,) are the samples with a place and `step_m` (k-1,) the metres between them; what lies across
    a step that is not `joined` (n-1,) adds nothing, nor does a step that starts while not `moving` (n,).
    """
    breaks = np.concatenate(([0], np.cumsum(~joined)))[at]
    counted = breaks[1:] == breaks[:-1]
    if moving is not None:
        counted = counted & moving[at[:-1]]
    total = np.concatenate(([0.0], np.cumsum(np.where(counted, step_m, 0.0))))
    return total if len(at) == len(axis) else np.interp(axis.t, axis.t[at], total)
