"""Homestretch as a real process: a server to ask, a command to wait for, and what either takes of the machine."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import psutil

_LOOK_S = 0.1
_USER, _PASSWORD = "bench", "bench-bench-bench"


def environment(data_dir: Path) -> dict[str, str]:
    """Return the environment of a process on a data folder of its own."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("HOMESTRETCH_")}
    return {**own, "HOMESTRETCH_DATA_DIR": str(data_dir), "HOMESTRETCH_MIN_FREE_MB": "0"}


def command(data_dir: Path, *arguments: str) -> tuple[float, float]:
    """Run a command; return the seconds it took and the peak memory of it and its children in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(_line(arguments), env=environment(data_dir), stdout=subprocess.DEVNULL)
    watch = Watch(process.pid)
    code = process.wait()
    taken = time.perf_counter() - began
    peak = watch.end()
    if code:
        raise RuntimeError(f"homestretch {' '.join(arguments)} ended with {code}")
    return taken, peak


class Watch:
    """Watches the memory of a process and its children until told to end."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._peak = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """Return the peak in MB; pages that several processes share are counted once."""
        self._stop.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._stop.wait(_LOOK_S):
            self._peak = max(self._peak, memory_mb(self._process))


def memory_mb(process: psutil.Process) -> float:
    """Return the memory of a process and its children in MB, shared pages by share where the system tells."""
    total = 0.0
    with contextlib.suppress(psutil.NoSuchProcess):
        for one in (process, *process.children(recursive=True)):
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                held = one.memory_full_info()
                total += getattr(held, "pss", held.rss)
    return total / 1e6


@contextlib.contextmanager
def server(data_dir: Path, **more: str) -> Iterator[tuple[psutil.Process, str, float]]:
    """Serve a data folder, with `more` settings; yields the process, its address and the seconds until it answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    own = {"HOMESTRETCH_ADMIN_USERNAME": _USER, "HOMESTRETCH_ADMIN_PASSWORD": _PASSWORD}
    began = time.perf_counter()
    process = subprocess.Popen(
        _line(("serve", "--port", str(port), "--log-level", "warning")),
        env={**environment(data_dir), **own, **more}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not _answers(address):
            if process.poll() is not None or time.perf_counter() - began > 60:
                raise RuntimeError("the server did not come up")
            time.sleep(0.02)
        yield psutil.Process(process.pid), address, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextlib.contextmanager
def client(address: str, user: str = _USER, password: str = _PASSWORD) -> Iterator[httpx.Client]:
    """Open a client that is signed in."""
    with httpx.Client(base_url=address, headers={"x-homestretch": "1"}, timeout=60) as asking:
        asking.post("/api/session", json={"username": user, "password": password}).raise_for_status()
        yield asking


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


def _line(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "homestretch", *arguments]
