"""The published and computed numbers that our geometry must meet, and the real files that some of them are of."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import real_files

VECTORS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text())


def vector(key: str) -> tuple[Any, Any]:
    """Return the input and the expected values of a vector."""
    return VECTORS[key]["input"], VECTORS[key]["expected"]


def real_named(end: str) -> Path:
    """Return the real file whose name ends so, or skip the test where the data folder lacks it."""
    found = real_files("fit", "gpx", "tcx", suffix=end)
    if not found:
        pytest.skip("the real file is not here")
    return found[0]
