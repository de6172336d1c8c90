"""Copies of activity files in a folder of the athlete's choice, under descriptive names."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from homestretch import files
from homestretch.errors import BadRequest, HomestretchError
from homestretch.flow.runtime.server_paths import must_not_be_own
from homestretch.settings import Settings
from homestretch.sources.base import Answer


class CannotCopy(HomestretchError):
    """Activity files can't be saved to the folder {folder} ({reason}). Make it writable or clear the setting."""

    status = 409


def copy_file(
    settings: Settings, folder: str, key: str, details: Mapping[str, Any], answer: Answer, number: int = 1
) -> Path:
    """Write a file as `activity_{key}_{start}.{form}`, whole or not at all, and return where. Raises CannotCopy.

    The second file of an activity, and those after it, have their number behind the start.
    """
    digits = "".join(c for c in str(details.get("start") or "") if c.isdigit())[:14]
    start, count = f"{digits[:8]}T{digits[8:]}" if digits else "", str(number) if number > 1 else ""
    name = "_".join(part for part in ("activity", key, start, count) if part)
    place = files.named(folder) / f"{name}.{answer.form}"
    part = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        must_not_be_own(settings, place.parent)  # it may have become a link since it was named
        place.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with part.open("xb") as file:
            file.write(answer.data)
        part.chmod(place.parent.stat().st_mode & 0o666)  # who may look into the folder may read what is in it
        part.replace(place)
    except BadRequest as error:
        raise CannotCopy(folder=folder, reason="it is inside the data folder") from error
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise CannotCopy(folder=folder, reason=error.strerror) from error
    return place
