"""Pages of collections: `{items, next, total}` with opaque cursors."""

import base64
import binascii
import json
from typing import Any

from homestretch.errors import BadRequest

MOST = 500


def encode_cursor(position: list[Any]) -> str:
    """Return a position in a collection as an opaque text."""
    return base64.urlsafe_b64encode(json.dumps(position, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[Any]:
    """Return the position, a list of `length` values. Raises BadRequest for anything else."""
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise BadRequest(reason="This cursor is not one that a list gave out.") from error
    if not isinstance(position, list) or len(position) != length or any(isinstance(v, list | dict) for v in position):
        raise BadRequest(reason="This cursor is not one that a list gave out.")
    return position


def page(items: list[Any], limit: int, total: int, position: list[Any] | None) -> dict[str, Any]:
    """Return a page; `items` hold one more than `limit` where there is a next one, starting after `position`."""
    more = len(items) > limit
    following = encode_cursor(position) if more and position is not None else None
    return {"items": items[:limit], "next": following, "total": total}
