"""Answers as JSON, made once, and files to save: the shape is declared by the route, and tests check it for each."""

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi.responses import Response


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a document as JSON; NaN and infinite numbers become null."""
    return Response(orjson.dumps(body), status, headers, media_type="application/json")


def as_file(name: str) -> dict[str, str]:
    """Return the header by which a browser saves an answer as a file, in a name that every file system takes."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name)
    return {"Content-Disposition": f'attachment; filename="{plain}"'}
