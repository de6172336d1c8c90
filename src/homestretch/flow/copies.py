"""Copies of activity files in a folder of the athlete's choice, under names that say what they are."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homestretch.errors import HomestretchError
from homestretch.sources import Answer


class CannotCopy(HomestretchError):
    """The folder {folder} for copies of activity files can't be written ({reason}); mend it, or clear the setting."""

    status = 409


def copy_file(folder: str, key: str, facts: Mapping[str, Any], answer: Answer, number: int = 1) -> Path:
    """Write a file as `activity_{key}_{start}.{form}`, whole or not at all, and return where. Raises CannotCopy.

    The second file of an activity, and those after it, have their number behind the start.
    """
    digits = "".join(c for c in str(facts.get("start") or "") if c.isdigit())[:14]
    start, count = f"{digits[:8]}T{digits[8:]}" if digits else "", str(number) if number > 1 else ""
    name = "_".join(part for part in ("activity", key, start, count) if part)
    place = Path(folder).expanduser() / f"{name}.{answer.form}"
    part = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(answer.data)
        part.replace(place)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise CannotCopy(folder=folder, reason=error.strerror) from error
    return place
