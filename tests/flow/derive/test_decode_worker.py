"""Worker processes stay light: what decodes needs no database and no settings."""

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np

from homestretch.flow.derive.decode.decoders import Decoders


def test_a_worker_loads_what_decodes_and_nothing_else() -> None:
    decode = "homestretch.flow.derive.decode"
    code = f"import homestretch.__main__, {decode}.decode_worker, {decode}.decode_original, sys\nprint(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in answer.stdout.split()}
    assert "numpy" in loaded
    assert not loaded & {"sqlalchemy", "pydantic", "pydantic_settings", "typer", "rich", "lxml", "tzfpy", "dbos"}


def test_a_worker_computes_in_one_thread(decoders: Decoders) -> None:
    """Also where its main module loaded NumPy before it was told anything."""
    [(_, _, threads)] = decoders.run(_threads, lambda _, note: note, [(None, 200_000)])
    assert threads == "0 of NumPy's own"


def _threads(n: int) -> str:
    """How many threads a worker has that are not Python's, once it has computed."""
    assert np.ones(n) @ np.ones(n) == n
    return f"{len(list(Path('/proc/self/task').iterdir())) - threading.active_count()} of NumPy's own"
