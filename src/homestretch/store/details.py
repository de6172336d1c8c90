"""A recording's details (laps, lengths, sets, devices, totals, …) as packed JSON."""

import json
from typing import Any

import zstandard


def pack_detail(detail: dict[str, Any]) -> bytes:
    """Return a recording's details as packed JSON."""
    text = json.dumps(detail, separators=(",", ":"), default=float, allow_nan=False)
    return zstandard.ZstdCompressor(level=3).compress(text.encode())


def unpack_detail(packed: bytes) -> dict[str, Any]:
    """Return what `pack_detail` packed."""
    detail: dict[str, Any] = json.loads(zstandard.ZstdDecompressor().decompress(packed))
    return detail
