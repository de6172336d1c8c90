"""Reads what was kept of a sheet: a row as a recording without samples, and what it calls its gear."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from homestretch.model.health.measurement import Title, Wellness
from homestretch.model.moment import Moment
from homestretch.model.recording import Decoded, Recording
from homestretch.model.sport import GENERIC, Sport
from homestretch.sources.spreadsheet._rows import FORM

#: Goes up with every change of what is returned here; what was kept is then decoded again.
VERSION = 1
KINDS: Mapping[str, Any] = {}
_LONGEST_S = 366 * 86_400.0
_OWN = {"elapsed_s": "total_elapsed_time_s", "moving_s": "total_moving_time_s", "distance_m": "total_distance_m"}


def decode(kind: str, payload: bytes) -> Wellness:
    """Return what the rows call their activities and gear; the sheet as it was says nothing that its rows don't.

    Bad data gives notes and never raises: `unknown_kind`.
    """
    if kind not in ("activities", "activity"):
        return Wellness(notes=("unknown_kind",))
    found = _document(payload) or {}
    rows = found.get("rows")
    return Wellness(
        titles=tuple(
            Title(row["key"], _text(row, "name"), _text(row, "description"), _text(row, "gear"))
            for row in (rows if isinstance(rows, list) else [])
            if isinstance(row, dict) and isinstance(row.get("key"), str)
        )
    )


def recording(data: bytes) -> Decoded:
    """Return a row as a recording without samples; bad data gives notes and never raises.

    A row without a time of day begins at noon, and says so.
    """
    row = _document(data)
    if row is None or row.get("sheet_row") != FORM:
        return Decoded(format="spreadsheet", kind="unknown", notes=("unreadable",))
    start = _start(row)
    if start is None:
        return Decoded(format="spreadsheet", kind="unknown", notes=("no_time",))
    given = row.get("totals")
    given = given if isinstance(given, dict) else {}
    totals = {key: value for key in given if (value := _amount(given, key)) is not None}
    totals |= {name: value for key, name in _OWN.items() if (value := _amount(row, key)) is not None}
    elapsed = min(totals.get("total_elapsed_time_s") or totals.get("total_moving_time_s") or 0.0, _LONGEST_S)
    made = Recording(
        sport=Sport(_text(row, "sport") or GENERIC, _text(row, "sub_sport")),
        start=start,
        end_ms=start.utc_ms + round(1000 * elapsed),
        time_ms=np.zeros(0, dtype=np.int64),
        totals=totals,
        name=_text(row, "name"),
        description=_text(row, "description"),
        date_only=row.get("date_only") is True,
        links=_links(row),
    )
    return Decoded(format="spreadsheet", kind="activity", recordings=(made,))


def _document(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _start(row: Mapping[str, Any]) -> Moment | None:
    """Return when it began: on the clock of the row's zone, else with the offset that it says, else of none known."""
    zone = _text(row, "zone")
    try:
        at = datetime.fromisoformat(_text(row, "start") or "")
        if row.get("date_only") is True:
            at = datetime.combine(date.fromisoformat(str(row["start"])[:10]), time(12))
        own = ZoneInfo(zone) if zone else None
        aware = at if at.tzinfo is not None else at.replace(tzinfo=own or UTC)
        utc_ms = (aware - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
        offset = aware.utcoffset()
    except (ValueError, OverflowError, OSError, KeyError):
        return None
    if at.tzinfo is None and own is None:
        return Moment(utc_ms)
    seconds = None if offset is None else int(offset.total_seconds())
    return Moment(utc_ms, seconds, zone if at.tzinfo is None else None, "file" if at.tzinfo is not None else "home")


def _amount(of: Mapping[str, Any], key: str) -> float | None:
    value = of.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value) if -1e4 < value < 1e9 and (value >= 0 or key.endswith("_c")) else None


def _links(row: Mapping[str, Any]) -> dict[str, str]:
    given = row.get("links")
    return {str(key): str(value) for key, value in given.items() if value} if isinstance(given, dict) else {}


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    return value.strip() or None if isinstance(value, str) else None
