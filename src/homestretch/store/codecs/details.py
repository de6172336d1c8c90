"""A recording's details (laps, lengths, sets, devices, totals, …) as packed JSON."""

from typing import Any

import orjson
import zstandard


def pack_detail(detail: dict[str, Any]) -> bytes:
    """Return a recording's details as packed JSON; NaN, which is not measured, becomes null."""
    text = orjson.dumps(detail, default=float)
    return zstandard.ZstdCompressor(level=3).compress(text)


def unpack_detail(packed: bytes) -> dict[str, Any]:
    """Return what `pack_detail` packed."""
    detail: dict[str, Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(packed))
    return detail
