"""The numbers that the derived figures of health must meet."""

import json
from pathlib import Path
from typing import Any

VECTORS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text())


def vector(key: str) -> tuple[Any, Any]:
    """Return the input and the expected values of a vector."""
    return VECTORS[key]["input"], VECTORS[key]["expected"]
