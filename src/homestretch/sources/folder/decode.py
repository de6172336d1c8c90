"""Reads what was written down of a folder: its files come as files, so there is nothing in it but what went wrong."""

from collections.abc import Mapping
from typing import Any

import orjson

from homestretch.model.health.measurement import Wellness

#: Goes up with every change of what `decode` returns; payloads are then decoded again.
VERSION = 2
KINDS: Mapping[str, Any] = {}


def decode(kind: str, payload: bytes) -> Wellness:
    """Return the notes in the inventory of a folder; bad data gives notes and never raises.

    Notes: `leads_out:`, `too_large_to_read:` and `not_readable:` with the path of what was left out, `json_damaged`,
    `unknown_kind`.
    """
    if kind not in ("activities", "activity", "wellness"):
        return Wellness(notes=("unknown_kind",))
    if not payload.strip():
        return Wellness()
    try:
        said = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return Wellness(notes=("json_damaged",))
    notes = said.get("notes") if isinstance(said, dict) else None
    return Wellness(notes=tuple(str(note) for note in notes) if isinstance(notes, list) else ())
