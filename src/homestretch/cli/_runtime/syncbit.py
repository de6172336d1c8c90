"""What SyncBit was set to by environment variables, as settings of a Google Health connection."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from homestretch.errors import BadRequest

_FALSE = frozenset({"0", "false", "no", "off", ""})
_SECOND = "1sec"
STATE = "sync_state.json"
LEAST_MINUTES = 15


@dataclass(frozen=True, slots=True)
class SyncBitSettings:
    """Settings and schedule for a connection, and the variables that they came from."""

    settings: Mapping[str, str]
    schedule: str | None
    names: tuple[str, ...]


def _switch(value: str) -> str:
    return "false" if value.strip().lower() in _FALSE else "true"


def _reread(value: str) -> str:
    return "yesterday" if _switch(value) == "false" else "both"


def _detail(value: str) -> str:
    return "all" if value.strip().lower() == _SECOND else "minutes"


#: SyncBit's variable, our setting, and how its value is written here.
_SETTINGS: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("BACKFILL_START_DATE", "since", str.strip),
    ("INCLUDE_TODAY_DATA", "reread", _reread),
    ("ENABLE_INTRADAY_COLLECTION", "intraday", _switch),
    ("ENABLE_INTRADAY_COLLECTION", "heart_rate", _switch),
    ("INTRADAY_HEART_RATE_DETAIL", "heart_rate_detail", _detail),
    ("COLLECT_SLEEP", "sleep", _switch),
    ("COLLECT_HRV", "hrv", _switch),
    ("COLLECT_BREATHING_RATE", "respiration", _switch),
    ("COLLECT_CARDIO_FITNESS", "vo2max", _switch),
    ("COLLECT_TEMPERATURE", "skin_temperature", _switch),
)
#: Levels of a log, by the words of Python's.
LEVELS = {
    "debug": "debug", "info": "info", "warning": "warning", "warn": "warning", "error": "error", "critical": "error",
}  # fmt: skip
_INTERVAL = "SYNC_INTERVAL_MINUTES"


def syncbit_settings(environment: Mapping[str, str | None], state: str | None = None) -> SyncBitSettings:
    """Return what an environment sets for SyncBit; its interval is at least a quarter of an hour here.

    `state` is the content of its sync_state.json: health data is then fetched from its last day on. Raises BadRequest.
    """
    found = {ours: write(value) for name, ours, write in _SETTINGS if (value := environment.get(name))}
    minutes = (environment.get(_INTERVAL) or "").strip()
    schedule = f"every {max(int(minutes), LEAST_MINUTES)}m" if minutes.isdecimal() else None
    names = dict.fromkeys(name for name, _, _ in _SETTINGS if environment.get(name))
    if state is not None:
        found["since"] = _last_day(state)
        names[STATE] = None
    return SyncBitSettings(found, schedule, (*names, *((_INTERVAL,) if schedule else ())))


def log_level(given: str | None, environment: Mapping[str, str | None]) -> str | None:
    """Return the level of the log that is given, or that SyncBit was set to (LOG_LEVEL) where we are set to none.

    Raises BadRequest for a word that is no level; SyncBit's is then left alone.
    """
    if given is not None:
        if given.lower() not in LEVELS:
            raise BadRequest(reason=f"--log-level is one of debug, info, warning and error, not {given[:20]}.")
        return LEVELS[given.lower()]
    if environment.get("HOMESTRETCH_LOG_LEVEL"):
        return None
    found = LEVELS.get((environment.get("LOG_LEVEL") or "").strip().lower())
    if found is not None:
        print("homestretch: LOG_LEVEL is used as HOMESTRETCH_LOG_LEVEL. Rename it when you can.", file=sys.stderr)
    return found


def _last_day(state: str) -> str:
    """Return the last day that SyncBit fetched whole. Raises BadRequest."""
    try:
        return date.fromisoformat(json.loads(state)["last_successful_date"][:10]).isoformat()
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest(reason=f"This is no {STATE} of SyncBit: it has no last_successful_date.") from error
