"""SyncBit: the series that it wrote to VictoriaMetrics, as an export, and how far it came.

Its series as origox/syncbit has them at 4f71eef (2026-01-07), src/victoria_writer.py and src/sync_state.py.
"""

from pathlib import Path

import orjson

from homestretch import files
from homestretch.flow.takeover.reading.folder import Files
from homestretch.flow.takeover.reading.items import Found, FoundFile, NotItsStore, StoreUnreadable, System
from homestretch.flow.takeover.reading.tables import chosen_user
from homestretch.formats import sniff

NAME = "SyncBit"
FORMAT = "syncbit_export"
STATE = "sync_state.json"
_SUFFIXES = (".jsonl", ".json", ".txt", ".jsonl.gz", ".json.gz", ".gz")
_HEAD = 4096
MOST_STATE = 1_000_000


def read(path: Path, user: str | None, _scratch: Path) -> Found:
    """Return the exports of its series, and say on which day it stopped."""
    chosen_user(NAME, {}, user)
    found = Found()
    there = {path.name: path} if path.is_file() else Files(path, NAME).ending(*_SUFFIXES)
    for inside, place in there.items():
        if place.name == STATE:
            _leave_state(place, found)
        elif place.suffix == ".gz" or _is_export(place):
            found.files.append(FoundFile(f"syncbit/{inside}", place))
    if not found.files:
        reason = "it holds no export of VictoriaMetrics with series that begin with fitbit_"
        raise NotItsStore(path=path, system=NAME, reason=reason)
    found.leave("tokens", 1, "Fitbit's own interface is off. Connect Google Health instead.")
    return found


def _is_export(place: Path) -> bool:
    try:
        with files.opened(place) as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise StoreUnreadable(path=place, system=NAME, reason=error.strerror or str(error)) from error
    form = sniff(head, place.name)
    return form is not None and form.key == FORMAT


def _leave_state(place: Path, found: Found) -> None:
    try:
        state: object = orjson.loads(files.read(place, MOST_STATE))
    except (OSError, orjson.JSONDecodeError) as error:
        raise StoreUnreadable(path=place, system=NAME, reason=str(error)) from error
    last = state.get("last_successful_date") if isinstance(state, dict) else None
    why = f"It came to {last}. `homestretch connect google-health --syncbit-state {STATE}` goes on from there."
    found.leave("sync state", 1, why)


SYSTEM = System("syncbit", NAME, "An export of its series from VictoriaMetrics, and sync_state.json.", read)
