"""An activity entered by hand: a small JSON text that is kept like any other original."""

import json
import re
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from homestretch.formats import Format
from homestretch.model.moment import Moment
from homestretch.model.recording import Decoded, Recording
from homestretch.model.sport import GENERIC, Sport

_MARK = "manual activity"
_MARKED = re.compile(rb'"homestretch"\s*:\s*"%b"' % _MARK.encode())
_VERSION = 1
#: What takes longer is not an activity.
LONGEST_S = 366 * 86_400.0
#: Fields of the text by the key of the total that they are.
_TOTALS = {
    "elapsed_s": "total_elapsed_time_s",
    "moving_s": "total_moving_time_s",
    "distance_m": "total_distance_m",
    "ascent_m": "total_ascent_m",
    "calories_kcal": "total_calories_kcal",
    "avg_heart_rate_bpm": "avg_heart_rate_bpm",
}


def encode(
    *,
    sport: str,
    start: str,
    elapsed_s: float,
    nonce: str,
    sub_sport: str | None = None,
    zone: str | None = None,
    moving_s: float | None = None,
    distance_m: float | None = None,
    ascent_m: float | None = None,
    calories_kcal: float | None = None,
    avg_heart_rate_bpm: float | None = None,
    name: str | None = None,
    description: str | None = None,
) -> bytes:
    """Return an activity as canonical JSON: the same details are the same bytes, and the nonce separates twins.

    `start` is ISO 8601, with an offset or on the wall clock of `zone`. Raises ValueError if it says neither
    when nor how long.
    """
    details = {key: value for key, value in locals().items() if value is not None}
    if _start(details) is None or _amount(details, "elapsed_s") is None:
        raise ValueError("a manual activity needs a start and an elapsed time")
    text = {"homestretch": _MARK, "version": _VERSION} | details
    return (
        json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False) + "\n"
    ).encode()


def decode(data: bytes) -> Decoded:
    """Return the activity as a recording without samples; what cannot be read gives notes."""
    try:
        details = json.loads(data)
    except (ValueError, RecursionError):
        return _unread("json_damaged")
    if not isinstance(details, dict) or details.get("homestretch") != _MARK:
        return _unread("not_a_recording")
    start, elapsed = _start(details), _amount(details, "elapsed_s")
    if start is None or elapsed is None:
        return _unread("no_time")
    amounts = {total: _amount(details, field) for field, total in _TOTALS.items()}
    recording = Recording(
        sport=Sport(_text(details, "sport") or GENERIC, _text(details, "sub_sport")),
        start=start,
        end_ms=start.utc_ms + round(elapsed * 1000),
        time_ms=np.zeros(0, dtype=np.int64),
        totals={key: value for key, value in amounts.items() if value is not None},
        name=_text(details, "name"),
        description=_text(details, "description"),
    )
    return Decoded(format="manual", kind="activity", recordings=(recording,))


def _unread(note: str) -> Decoded:
    return Decoded(format="manual", kind="unknown", notes=(note,))


def _start(details: dict[str, Any]) -> Moment | None:
    """Return when it began; a wall clock that a zone shows twice is its first time, and without a zone it is UTC."""
    zone = _text(details, "zone")
    try:
        at = datetime.fromisoformat(_text(details, "start") or "")
        if at.tzinfo is None:
            at = at.replace(tzinfo=ZoneInfo(zone) if zone else UTC)
        offset = at.utcoffset() or timedelta()
        utc_ms = (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    except (ValueError, OverflowError, OSError):
        return None
    return Moment(utc_ms, int(offset.total_seconds()), zone, "file")


def _amount(details: dict[str, Any], field: str) -> float | None:
    value = details.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    sound = isfinite(value) and 0 <= value <= (LONGEST_S if field.endswith("_s") else 1e9)
    return float(value) if sound else None


def _text(details: dict[str, Any], field: str) -> str | None:
    value = details.get(field)
    return value.strip() or None if isinstance(value, str) else None


def _claims(head: bytes, name: str) -> float:
    return 1.0 if head.lstrip().startswith(b"{") and _MARKED.search(head) else 0.0


FORMAT = Format(key="manual", name="Manual activity", suffixes=(".json",), version=1, claims=_claims, decode=decode)
