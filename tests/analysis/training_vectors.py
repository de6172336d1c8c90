"""The numbers that curves, records, models of power and of running, and fitness must meet."""

import json
from pathlib import Path
from typing import Any

VECTORS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("training_vectors.json").read_text())


def vector(key: str) -> tuple[Any, Any]:
    """Return the input and the expected values of a vector."""
    return VECTORS[key]["input"], VECTORS[key]["expected"]
