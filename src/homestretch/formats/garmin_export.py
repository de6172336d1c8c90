"""Garmin's export of an account: the list of its activities, `…_summarizedActivities.json`, and its lists of days.

The files beside it are called by numbers of uploads, which this list does not know; so each activity in it
is a recording without samples, which finds its file as any two recordings of one workout find each other.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

import numpy as np

from homestretch.formats import Format
from homestretch.formats._garmin_days import claims, wellness
from homestretch.formats._steps import file_text
from homestretch.model.moment import FIRST_MS, LAST_MS, Moment
from homestretch.model.recording import Decoded, Recording
from homestretch.vendors.sport_names import sport_named

KEY = "garmin_export"
_MARK = "summarizedActivitiesExport"
_MARKED = re.compile(rf'"{_MARK}"\s*:')
_LONGEST_S = 366 * 86_400.0
#: No watch was worn before; clocks that were never set show 1989 or 1970.
_EARLIEST_MS = int(datetime(1990, 1, 1, tzinfo=UTC).timestamp() * 1000)
#: Its figures by the key of the total, and the factor to SI (cm, ms; speeds are written as a tenth).
_TOTALS = {
    "total_timer_time_s": ("duration", 1e-3), "total_moving_time_s": ("movingDuration", 1e-3),
    "total_distance_m": ("distance", 1e-2), "total_ascent_m": ("elevationGain", 1e-2),
    "total_descent_m": ("elevationLoss", 1e-2), "min_altitude_m": ("minElevation", 1e-2),
    "max_altitude_m": ("maxElevation", 1e-2), "avg_speed_mps": ("avgSpeed", 10.0), "max_speed_mps": ("maxSpeed", 10.0),
    "avg_heart_rate_bpm": ("avgHr", 1.0), "max_heart_rate_bpm": ("maxHr", 1.0), "avg_power_w": ("avgPower", 1.0),
    "max_power_w": ("maxPower", 1.0),
}  # fmt: skip


def decode(data: bytes) -> Decoded:
    """Return each activity of the list as a recording without samples; what can't be read is counted in notes.

    A multisport activity gives its legs only. A list of days gives their wellness values.
    """
    text = file_text(data)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return Decoded(format=KEY, kind="unknown", notes=("json_damaged",))
    return _activities(found) if _MARKED.search(text) else _days(found)


def _days(found: Any) -> Decoded:
    days = wellness(found)
    counts = {"measurements": len(days.measurements), "nights": len(days.nights)}
    contents = {name: count for name, count in counts.items() if count}
    return Decoded(format=KEY, kind="wellness", notes=days.notes, contents=contents, wellness=days)


def _activities(found: Any) -> Decoded:
    notes: Counter[str] = Counter()
    recordings: dict[int, Recording] = {}
    listed = 0
    for item in _items(found):
        listed += 1
        if item.get("parent") is True:
            continue
        one = _recording(item)
        if isinstance(one, Recording):
            recordings[one.session] = one
        else:
            notes[one] += 1
    return Decoded(
        format=KEY,
        kind="list",
        recordings=tuple(recordings.values()),
        notes=tuple(f"{note}:{count}" for note, count in sorted(notes.items())),
        contents={"listed": listed},
    )


def _items(found: Any) -> Iterator[Mapping[str, Any]]:
    for part in found if isinstance(found, list) else [found]:
        inner = part.get(_MARK) if isinstance(part, dict) else None
        for item in inner if isinstance(inner, list) else []:
            if isinstance(item, dict):
                yield item


def _recording(item: Mapping[str, Any]) -> Recording | str:
    """Return an activity, or the note that says why it can't be read."""
    key = item.get("activityId")
    if isinstance(key, bool) or not isinstance(key, int) or not 0 < key < 1 << 62:
        return "row_unreadable"
    begun = _amount(item, "startTimeGmt") or _amount(item, "beginTimestamp")
    elapsed = _amount(item, "elapsedDuration") or _amount(item, "duration")
    if begun is None or elapsed is None or not _EARLIEST_MS <= begun <= LAST_MS or elapsed > _LONGEST_S * 1000:
        return "no_time"
    start = round(begun)
    totals = {name: value * factor for name, (of, factor) in _TOTALS.items() if (value := _amount(item, of))}
    return Recording(
        session=key,
        part=key,
        sport=sport_named(_word(item)),
        start=Moment(start, *_offset(item, start)),
        end_ms=start + round(elapsed),
        time_ms=np.zeros(0, dtype=np.int64),
        totals={"total_elapsed_time_s": elapsed / 1000, **totals},
        name=_text(item, "name"),
        description=_text(item, "description"),
        links={"garmin": str(key)},
    )


def _offset(item: Mapping[str, Any], start: int) -> tuple[int | None, None, Any]:
    """Return by how many seconds the wall clock was ahead, where clocks are: by whole quarters of an hour."""
    local = _amount(item, "startTimeLocal")
    ahead = None if local is None or not FIRST_MS <= local <= LAST_MS else round((local - start) / 1000)
    if ahead is None or ahead % 900 or abs(ahead) > 14 * 3600:
        return None, None, "none"
    return ahead, None, "file"


def _word(item: Mapping[str, Any]) -> str | None:
    """Return Garmin's word for the kind of activity, else for its sport."""
    kind = item.get("activityType")
    word = kind.get("typeKey") if isinstance(kind, dict) else kind
    if isinstance(word, str) and sport_named(word).key != "generic":
        return word
    return _text(item, "sportType")


def _amount(item: Mapping[str, Any], key: str) -> float | None:
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e15 and isfinite(value) and value >= 0 else None


def _text(item: Mapping[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _claims(head: bytes, name: str) -> float:
    text = file_text(head).lstrip()
    if not text.startswith(("[", "{")):
        return 0.0
    return 1.0 if _MARKED.search(text) else claims(text, name)


FORMAT = Format(key=KEY, name="Garmin export", suffixes=(".json",), version=4, claims=_claims, decode=decode)
