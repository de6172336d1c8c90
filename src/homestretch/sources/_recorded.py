"""What sources need to read recordings that no file format knows: lenient values, columns as channels, moments."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from homestretch.model.channel import CHANNEL_UNITS, MISSING_32, Channel, Floats
from homestretch.model.moment import Moment
from homestretch.model.recording import Recording
from homestretch.model.sport import Sport

#: Decimals beyond the seventh are dust: of a degree that is 1 cm.
_SCALES = tuple(10.0**k for k in range(8))
_LIMIT = 2.0**31 - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Clocks show times between 1980 and 2100.
_FIRST_MS, _LAST_MS = 315_532_800_000, 4_102_444_800_000


def number(value: Any) -> float:
    """Return a finite number, NaN for anything else."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if plain and isfinite(value) else np.nan


def amount(value: Any, *, least: float = 0.0, most: float = 1e9) -> float | None:
    """Return a number within bounds, None for anything else."""
    found = number(value)
    return found if least <= found <= most else None


def text(value: Any) -> str | None:
    """Return a text that says something, without spaces around it, or None."""
    return value.strip() or None if isinstance(value, str) else None


def key_of(value: Any) -> str | None:
    """Return a provider's key of a thing, a number or a text, as text; None without one."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if whole else text(value)


def totals(
    row: Mapping[str, Any], table: Mapping[str, tuple[str, float]], above_zero: Sequence[str]
) -> dict[str, float]:
    """Return totals by a table of key: (the provider's name, its divisor); a 0 of `above_zero` is left out."""
    found = {key: (amount(row.get(name)), per) for key, (name, per) in table.items()}
    return {
        key: value / per
        for key, (value, per) in found.items()
        if value is not None and (value > 0.0 or key not in above_zero)
    }


def column(rows: Sequence[Mapping[str, Any]], name: str) -> Floats:
    """Return the numbers of a name, shape (n,), NaN where a row has none."""
    return np.array([number(row.get(name)) for row in rows], dtype=np.float64)


def channels(columns: Mapping[str, Floats], per: Mapping[str, float]) -> dict[str, Channel]:
    """Return channels of the columns (n,) that have any value; those named in `per` are divided by that."""
    return {
        key: _channel(key, values, per.get(key, 1.0)) for key, values in columns.items() if not np.isnan(values).all()
    }


def _channel(key: str, values: Floats, per: float) -> Channel:
    """Return a channel of whole numbers if a power of ten gives the values back, else of the values themselves."""
    unit, missing = CHANNEL_UNITS.get(key, ""), np.isnan(values)
    known = values[~missing]
    for scale in _SCALES:
        whole = np.rint(known * scale)
        if (np.abs(whole) <= _LIMIT).all() and (np.abs(whole / scale - known) <= 1e-9).all():
            raw = np.full(len(values), MISSING_32, dtype=np.int32)
            raw[~missing] = whole.astype(np.int32)
            return Channel(key, raw, unit, scale * per)
    return Channel(key, values / per, unit)


def instant_ms(value: Any, zone: str | None = None) -> tuple[int, int | None] | None:
    """Return UTC ms and offset in s of ISO 8601; without an offset it is on the zone's clock, or says nothing.

    A wall clock that a zone shows twice is its first time. `Z` says UTC and nothing of where somebody was.
    """
    try:
        at = datetime.fromisoformat(text(value) or "")
        aware = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone)) if zone else None
        if aware is None:
            return None
        utc_ms = (aware - _EPOCH) // timedelta(milliseconds=1)
    except (KeyError, ValueError, OverflowError, OSError):
        return None
    if not _FIRST_MS <= utc_ms < _LAST_MS:
        return None
    said = text(value) or ""
    return utc_ms, None if said.endswith(("Z", "z")) else int((aware.utcoffset() or timedelta()).total_seconds())


def day(value: Any) -> str | None:
    """Return the day (YYYY-MM-DD) that a date, or a local date and time, begins with, or None."""
    try:
        found = date.fromisoformat((text(value) or "")[:10])
    except ValueError:
        return None
    return found.isoformat() if 1980 <= found.year < 2100 else None


def zone_of(value: Any) -> str | None:
    """Return the name of a time zone that there is, or None."""
    name = text(value)
    try:
        return ZoneInfo(name).key if name else None
    except (KeyError, ValueError, OSError):
        return None  # what is no zone is a KeyError


def moment(utc_ms: int, offset_s: int | None, zone: str | None) -> Moment:
    """Return an instant with the given offset, else that of the zone."""
    if offset_s is None and zone is not None:
        offset = (_EPOCH + timedelta(milliseconds=utc_ms)).astimezone(ZoneInfo(zone)).utcoffset()
        offset_s = int((offset or timedelta()).total_seconds())
    return Moment(utc_ms, offset_s, zone, "none" if offset_s is None else "file")


def without_samples(
    sport: Sport, start: Moment, figures: Mapping[str, float], name: str | None, description: str | None, **more: Any
) -> Recording | None:
    """Return a recording of nothing but totals; None where they do not say how long it took."""
    lasted = figures.get("total_elapsed_time_s", figures.get("total_timer_time_s", figures.get("total_moving_time_s")))
    if lasted is None:
        return None
    return Recording(
        sport=sport,
        start=start,
        end_ms=start.utc_ms + round(lasted * 1000),
        time_ms=np.zeros(0, dtype=np.int64),
        totals=figures,
        name=name,
        description=description,
        **more,
    )
