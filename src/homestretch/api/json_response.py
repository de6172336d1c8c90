"""Answers as JSON, made once: their shape is declared by the route, and tests check it for every route."""

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi.responses import Response


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a document as JSON; NaN and infinite numbers become null."""
    return Response(orjson.dumps(body), status, headers, media_type="application/json")
