"""Columns: decimal numbers of a text file as the smallest integers that give them back."""

from collections.abc import Mapping

import numpy as np

from homestretch.model.channel import CHANNEL_UNITS, MISSING_32, SEMICIRCLES_PER_DEGREE, Channel, Floats

#: Places that are no whole semicircles are kept to 1e-7 degrees (1 cm).
DEGREE_SCALE = 1e7
_MOST_DECIMALS = 4
_LIMIT = 2.0**31 - 1
#: Units of the keys that are not every format's.
_UNITS = {"water_temperature_c": "°C", "depth_m": "m", "course_deg": "deg", "step_m": "m"}


def channels(columns: Mapping[str, Floats]) -> dict[str, Channel]:
    """Return channels of the columns that have any value at all, shape (n,) each, by key."""
    return {key: channel(key, _wrapped(key, values)) for key, values in columns.items() if not np.isnan(values).all()}


def _wrapped(key: str, values: Floats) -> Floats:
    """Return longitudes that go on beyond 180 degrees, as some write a way over the date line, as others write them."""
    if key != "longitude" or not (beyond := (np.abs(values) > 180.0) & (np.abs(values) <= 540.0)).any():
        return values
    return np.where(beyond, np.mod(values + 180.0, 360.0) - 180.0, values)


def channel(key: str, values: Floats) -> Channel:
    """Return a channel of values, NaN where not measured, without loss beyond the file's own decimals."""
    unit = CHANNEL_UNITS.get(key, _UNITS.get(key, ""))
    known = values[~np.isnan(values)]
    scale = _degree_scale(known) if key in {"latitude", "longitude"} else _decimal_scale(known)
    if scale is None:
        return Channel(key, values, unit)
    whole = np.rint(values * scale)
    outside = ~(np.abs(whole) <= _LIMIT)
    raw = np.where(outside, MISSING_32, np.where(outside, 0.0, whole)).astype(np.int32)
    return Channel(key, raw, unit, scale)


def _degree_scale(known: Floats) -> float:
    """Return semicircles if every place is one (Garmin writes its own out in full), else 1e-7 degrees."""
    with np.errstate(over="ignore"):
        off = np.abs(np.rint(known * SEMICIRCLES_PER_DEGREE) / SEMICIRCLES_PER_DEGREE - known)
    return SEMICIRCLES_PER_DEGREE if (off < 1e-11).all() and (np.abs(known) < 180.0).all() else DEGREE_SCALE


def _decimal_scale(known: Floats) -> float | None:
    """Return the power of ten whose integers give all values back, or None if none up to 1e4 does.

    Single-precision numbers written out in full (18.799999237060547) are the shortest decimal that is the same one.
    """
    for scale in (10.0**k for k in range(_MOST_DECIMALS + 1)):
        if _gives_back(known, scale, single=False):
            return scale
    with np.errstate(over="ignore"):
        single = known.astype(np.float32).astype(np.float64)
    if (single != known).any():
        return None
    return next((10.0**k for k in range(_MOST_DECIMALS + 1) if _gives_back(known, 10.0**k, single=True)), None)


def _gives_back(known: Floats, scale: float, *, single: bool) -> bool:
    whole = np.rint(known * scale)
    if not (np.abs(whole) <= _LIMIT).all():
        return False
    back = whole / scale
    if single:
        return bool((back.astype(np.float32) == known.astype(np.float32)).all())
    return bool((np.abs(back - known) <= 1e-9).all())
