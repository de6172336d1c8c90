"""Reads JSON whose shape is not ours: nothing is believed to be there."""

import json
from collections.abc import Mapping, Sequence

from homestretch.formats._steps import file_text

type Json = str | float | int | bool | Sequence["Json"] | Mapping[str, "Json"] | None
type Object = Mapping[str, Json]


class BadJson(ValueError):
    """The bytes are no JSON."""


def read_json(data: bytes) -> Json:
    """Return what JSON says. Raises BadJson."""
    return parse_json(file_text(data))


def parse_json(text: str) -> Json:
    """Return what a text of JSON says. Raises BadJson."""
    try:
        found: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadJson from error
    return found


def as_object(found: Json) -> Object:
    """Return an object, an empty one for anything else."""
    return found if isinstance(found, Mapping) else {}


def as_list(found: Json) -> Sequence[Json]:
    """Return a list, an empty one for anything else."""
    return found if isinstance(found, list) else ()


def as_text(found: Json) -> str | None:
    """Return a text, None for anything else."""
    return found if isinstance(found, str) else None


def as_number(found: Json) -> float | None:
    """Return a finite number below a thousand million, None for anything else."""
    if isinstance(found, bool) or not isinstance(found, int | float) or not abs(found) < 1e9:
        return None
    return float(found)
