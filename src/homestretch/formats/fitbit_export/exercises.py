"""Workouts of the export: lists of a hundred (`exercise-0.json`), since Google Health also tables (`UserExercises_…`).

Both say of each workout when it was, its sport and its totals. Unlike the rest of the JSON, the lists state times in
UTC: the time of the last change, which a server sets, follows the end of a workout by seconds.
"""

import json
import re
from collections.abc import Mapping, Sequence
from math import isfinite

import numpy as np

from homestretch.formats._points import american_ms, iso_ms
from homestretch.formats.fitbit_export.tables import Row, header_of, offset_s, rows_of
from homestretch.model.channel import MILE_M
from homestretch.model.moment import Moment
from homestretch.model.recording import Device, Recording
from homestretch.vendors.sport_names import sport_named

#: The key of a workout at Fitbit: the same in every export.
LINK = "fitbit"
_LIST = re.compile(r"(?:^|/)exercise-\d+\.json(?:/|$)")
_TABLE = {"exercise_start", "exercise_end", "activity_name"}
_UNITS = {"kilometer": 1000.0, "mile": MILE_M}
#: Fitbit's words that no one else has, as others say them.
_WORDS = {
    "outdoor bike": "bike", "spinning": "indoor cycling", "outdoor walk": "walk", "outdoor run": "run",
    "weights": "strength training", "structured workout": "workout", "aerobic workout": "workout",
    "circuit training": "workout", "bootcamp": "workout", "interval workout": "high intensity interval training",
    "stairclimber": "stair stepper", "kickboxing": "boxing", "martial arts": "mixed martial arts",
}  # fmt: skip
_LONGEST_S = 7 * 86_400.0

type Object = Mapping[str, object]


def claims(head: bytes, name: str) -> bool:
    """Return whether a file holds workouts, by its name and how it begins."""
    listed = _LIST.search(name) is not None and head.lstrip()[:1] == b"["
    return listed or set(header_of(head)) >= _TABLE


def read(data: bytes, names: Sequence[str]) -> list[Recording | None] | None:
    """Return the workouts of a file, None in the place of one that has no time; None for another kind of file."""
    if set(header_of(data)) >= _TABLE:
        return [_of_row(session, row) for session, row in enumerate(rows_of(data))]
    if not any(_LIST.search(name) for name in names):
        return None
    try:
        listed = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return [_of_entry(session, _object(one)) for session, one in enumerate(listed if isinstance(listed, list) else [])]


def _of_entry(session: int, of: Object) -> Recording | None:
    start_ms, elapsed_ms = american_ms(of.get("startTime")), _number(of.get("duration"))
    if start_ms is None or elapsed_ms is None:
        return None
    scale = _UNITS.get(str(of.get("distanceUnit")).lower())
    distance, active_ms = _number(of.get("distance")), _number(of.get("activeDuration"))
    source = _object(of.get("source"))
    return _recording(
        session, Moment(start_ms), elapsed_ms / 1000, of.get("activityName"), of.get("logId"), source.get("name"),
        {
            "total_timer_time_s": None if active_ms is None else active_ms / 1000,
            "total_distance_m": None if scale is None or distance is None else distance * scale,
            "total_ascent_m": _number(of.get("elevationGain")),
            "total_calories_kcal": _number(of.get("calories")),
            "avg_heart_rate_bpm": _number(of.get("averageHeartRate")),
        },
    )  # fmt: skip


def _of_row(session: int, row: Row) -> Recording | None:
    start, end = iso_ms(row.get("exercise_start")), iso_ms(row.get("exercise_end"))
    if start is None or end is None:
        return None
    offset = offset_s(row.get("utc_offset", ""))
    moment = Moment(start[0]) if offset is None else Moment(start[0], offset, None, "file")
    millimetres = _number(row.get("tracker_total_distance_mm"))
    return _recording(
        session, moment, (end[0] - start[0]) / 1000, row.get("activity_name"), row.get("exercise_id"),
        row.get("data_source"),
        {
            "total_distance_m": None if millimetres is None else millimetres / 1000,
            "total_calories_kcal": _number(row.get("tracker_total_calories")),
            "avg_heart_rate_bpm": _number(row.get("tracker_avg_heart_rate")),
            "max_heart_rate_bpm": _number(row.get("tracker_peak_heart_rate")),
        },
    )  # fmt: skip


def _recording(
    session: int,
    start: Moment,
    elapsed_s: float,
    sport: object,
    key: object,
    device: object,
    totals: Mapping[str, float | None],
) -> Recording | None:
    """Return a workout without samples; None for one that takes no time, or longer than a week."""
    if not 0.0 < elapsed_s <= _LONGEST_S:
        return None
    word = sport.strip() if isinstance(sport, str) else ""
    return Recording(
        session=session,
        part=session,  # each is a workout by itself, and no leg of another
        sport=sport_named(_WORDS.get(word.lower(), word)),
        start=start,
        end_ms=start.utc_ms + round(1000 * elapsed_s),
        time_ms=np.zeros(0, np.int64),
        devices=_devices(device),
        totals={"total_elapsed_time_s": elapsed_s, **{name: round(v, 3) for name, v in totals.items() if v}},
        links={LINK: str(key)} if isinstance(key, (str, int)) and key else {},
    )


def _devices(name: object) -> tuple[Device, ...]:
    known = isinstance(name, str) and name.strip()
    return (Device(role="recorder", manufacturer="Fitbit", product=str(name).strip()),) if known else ()


def _object(value: object) -> Object:
    return value if isinstance(value, dict) else {}


def _number(value: object) -> float | None:
    """Return a number above 0, as itself or as text; None for anything else."""
    try:
        number = float(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else 0.0
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) and number > 0.0 else None
