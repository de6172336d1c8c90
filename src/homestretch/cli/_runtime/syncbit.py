"""What SyncBit was set to by environment variables, as settings of a Google Health connection."""

import json
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
)
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


def _last_day(state: str) -> str:
    """Return the last day that SyncBit fetched whole. Raises BadRequest."""
    try:
        return date.fromisoformat(json.loads(state)["last_successful_date"][:10]).isoformat()
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest(reason=f"This is no {STATE} of SyncBit: it has no last_successful_date.") from error
