"""Copies of activity files in a folder of the athlete's choice, under names that say what they are."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homestretch.errors import HomestretchError
from homestretch.sources import Answer


class CannotCopy(HomestretchError):
    """The folder {folder} for copies of activity files can't be written ({reason}); mend it, or clear the setting."""

    status = 409


def copy_file(folder: str, key: str, facts: Mapping[str, Any], answer: Answer) -> Path:
    """Write a file as `activity_{key}_{start}.{form}`, whole or not at all, and return where. Raises CannotCopy."""
    digits = "".join(c for c in str(facts.get("start") or "") if c.isdigit())[:14]
    name = "_".join(part for part in ("activity", key, f"{digits[:8]}T{digits[8:]}" if digits else "") if part)
    place = Path(folder).expanduser() / f"{name}.{answer.form}"
    part = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(answer.data)
        part.replace(place)
    except OSError as error:
        raise CannotCopy(folder=folder, reason=error.strerror) from error
    return place
