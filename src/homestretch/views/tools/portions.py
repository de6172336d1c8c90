"""Keeps answers short: so many rows, so many bytes, and a cursor to go on from."""

from collections.abc import Sequence

import orjson

from homestretch.errors import BadRequest
from homestretch.views.kit.paging import decode_cursor, encode_cursor

#: The most bytes of a document as JSON: an answer of 25 kB holds it twice, as a text and as data. The rows have less.
MOST_BYTES, ROWS_BYTES = 11_000, 9_000


def size(document: object) -> int:
    """Return the bytes of a document as JSON."""
    return len(orjson.dumps(document))


def fitting(rows: Sequence[object], most: int = ROWS_BYTES) -> int:
    """Return how many rows, from the first on, fit into so many bytes; at least one."""
    left = most
    for number, row in enumerate(rows):
        left -= size(row) + 1
        if left < 0:
            return max(number, 1)
    return len(rows)


def portion[T](rows: Sequence[T], limit: int, cursor: str | None, most: int = ROWS_BYTES) -> tuple[list[T], str | None]:
    """Return the rows from a cursor on, as many as asked for and fit, and the cursor of the next. Raises BadRequest."""
    (start,) = (0,) if cursor is None else decode_cursor(cursor, int)
    if start is None or not 0 <= start <= len(rows):
        raise BadRequest(reason="The cursor is not valid. Start again without one.")
    asked = rows[start : start + limit]
    count = fitting(asked, most) if asked else 0
    more = start + count < len(rows)
    return list(asked[:count]), encode_cursor([start + count]) if more else None


def cut_lists(lists: dict[str, list[object]], most: int = MOST_BYTES) -> list[str]:
    """Shorten lists, the longest first, until all fit into so many bytes; return the names of those shortened."""
    cut: list[str] = []
    while size(lists) > most:
        longest = max(lists, key=lambda name: size(lists[name]))
        if not lists[longest]:
            break
        del lists[longest][-max(1, len(lists[longest]) // 4) :]
        if longest not in cut:
            cut.append(longest)
    return cut
