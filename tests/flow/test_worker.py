"""Worker processes stay light: what decodes needs no database and no settings."""

import subprocess
import sys
from pathlib import Path

from homestretch.flow.decoders import Decoders


def test_a_worker_loads_what_decodes_and_nothing_else() -> None:
    code = "import homestretch.__main__, homestretch.flow.worker, homestretch.flow.prepare, sys\nprint(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in answer.stdout.split()}
    assert "numpy" in loaded
    assert not loaded & {"sqlalchemy", "pydantic", "pydantic_settings", "typer", "rich", "lxml", "tzfpy", "dbos"}


def test_a_worker_knows_of_one_thread_before_it_loads_anything(decoders: Decoders) -> None:
    """Set by its parent: what it inherits holds for NumPy whenever that is loaded."""
    [(_, _, inherited)] = decoders.run(_inherited, lambda _, note: note, [(None, "OPENBLAS_NUM_THREADS")])
    assert inherited == "1"


def _inherited(name: str) -> str | None:
    """What the process was begun with, whatever was set since."""
    told = Path("/proc/self/environ").read_bytes().split(b"\0")
    return next((one.partition(b"=")[2].decode() for one in told if one.startswith(name.encode())), None)
