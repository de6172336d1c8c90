"""Pages of collections: `{items, next, total}` with opaque cursors."""

import base64
import binascii
import math
from typing import Any

import orjson

from homestretch.errors import BadRequest
from homestretch.model.documents.collections import Page

MOST = 500


def encode_cursor(position: list[Any]) -> str:
    """Return a position in a collection as an opaque text."""
    return base64.urlsafe_b64encode(orjson.dumps(position)).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type) -> list[Any]:
    """Return the position: a value of each of the kinds, or None. Raises BadRequest for anything else."""
    try:
        position = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadRequest(reason="The cursor is not valid. Start again without one.") from error
    fits = isinstance(position, list) and len(position) == len(kinds)
    if not fits or not all(_is(kind, value) for kind, value in zip(kinds, position, strict=True)):
        raise BadRequest(reason="The cursor is not valid. Start again without one.")
    return list(position)


def _is(kind: type, value: Any) -> bool:
    """Return whether a database takes the value for one of the kind."""
    if value is None:
        return True
    if kind is str:
        return isinstance(value, str) and "\0" not in value and value.isprintable()
    if isinstance(value, bool) or not isinstance(value, int if kind is int else int | float):
        return False
    return abs(value) < (1 << 63 if kind is int else math.inf)


def page[T](items: list[T], limit: int, total: int, position: list[Any] | None) -> Page[T]:
    """Return a page; `items` hold one more than `limit` where there is a next one, starting after `position`."""
    more = len(items) > limit
    following = encode_cursor(position) if more and position is not None else None
    return {"items": items[:limit], "next": following, "total": total}
