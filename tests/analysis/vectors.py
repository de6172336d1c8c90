"""The published and computed numbers that our formulas must meet."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpus import real_files

VECTORS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text())


def vector(key: str) -> tuple[Any, Any]:
    """Return the input and the expected values of a vector."""
    return VECTORS[key]["input"], VECTORS[key]["expected"]


@cache
def _files() -> dict[str, Path]:
    return {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in real_files("fit")}


def real_file(sha256: str) -> Path | None:
    """Return the real file with this digest, or None where the data folder lacks it."""
    return _files().get(sha256)
