"""Starting and waiting: `--help`, `make setup` again, a server until it answers and while nothing happens."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.report import Row
from benchmarks.running import command, memory_mb, server

_ROOT = Path(__file__).parents[1]
_ROUNDS = 5
_SETTLE_S, _IDLE_S = 4.0, 20.0


def rows() -> list[Row]:
    """Return the seconds until things are there, and what an idle server takes."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        found = [Row("homestretch --help", min(command(home, "--help")[0] for _ in range(_ROUNDS)), "s", 0.4)]
        if shutil.which("make") and (_ROOT / ".make" / "installed").exists():
            found.append(Row("make setup, again", _setup_s(), "s", 2))
        with server(home / "first") as (_, _, ready):
            found.append(Row("a first server until /health answers", ready, "s"))
        with server(home / "first") as (process, _, ready):
            found.append(Row("a server again until /health answers", ready, "s", 6))
            time.sleep(_SETTLE_S)
            quota_used = sum(process.cpu_times()[:2])
            time.sleep(_IDLE_S)
            busy = (sum(process.cpu_times()[:2]) - quota_used) / _IDLE_S
            found.append(Row("idle server, memory", memory_mb(process), "MB", 150))
            found.append(Row("idle server, share of a core", 100 * busy, "%", 2))
    return found


def _setup_s() -> float:
    began = time.perf_counter()
    subprocess.run(["make", "setup"], cwd=_ROOT, check=True, capture_output=True)
    return time.perf_counter() - began
