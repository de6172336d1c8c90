"""The process that does the jobs of a server, so that neither waits for the other's Python."""

import contextlib
import logging
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

#: A process that died is started again after so long, twice as long each time, up to a minute; one that has run for
#: so long begins with the shortest again.
REST_S, LONGEST_BACK_OFF_S, STEADY_S = 1.0, 60.0, 60.0
#: What runs when it is to end may go on for so long; then it is cut off, and begins again at the next start.
END_S = 5.0
log = logging.getLogger("homestretch.jobs")


class JobProcess:
    """Runs a Python module beside this process: wakes it when something is due, starts it again when it dies.

    The module waits for signals with `heard`. Its standard input ends when this process does, however that ends.
    """

    def __init__(self, module: str, environment: Mapping[str, str], kept_open: Sequence[int] = ()) -> None:
        self._command = [sys.executable, "-m", module]
        self._environment = {**os.environ, **environment}
        self._kept_open = kept_open
        self._ending = threading.Event()
        self._lock = threading.Lock()
        self._process = self._started()
        self._keeper = threading.Thread(target=self._keep, name="job process", daemon=True)
        self._keeper.start()

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def wake(self) -> None:
        """Let it look at once for what has just become due; one that is not there looks when it starts."""
        door = self._process.stdin
        if door is not None:
            with contextlib.suppress(BlockingIOError, BrokenPipeError, ValueError):
                os.write(door.fileno(), b"\n")

    def end(self) -> None:
        """Let it end, and wait until it has."""
        self._ending.set()
        with self._lock:
            process = self._process
        self._close_door(process)
        try:
            process.wait(timeout=END_S + 2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._keeper.join(timeout=5)

    def _started(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(  # noqa: S603
            self._command, env=self._environment, stdin=subprocess.PIPE, pass_fds=self._kept_open, bufsize=0
        )
        if process.stdin is not None:
            os.set_blocking(process.stdin.fileno(), False)
        return process

    def _keep(self) -> None:
        """Start it again whenever it dies, until it is to end."""
        rest = REST_S
        while True:
            began = time.monotonic()
            code = self._process.wait()
            if time.monotonic() - began > STEADY_S:
                rest = REST_S
            if self._ending.is_set():
                return
            log.error("job process died", extra={"exit_code": code, "again_in_s": rest})
            if self._ending.wait(rest):
                return
            rest = min(LONGEST_BACK_OFF_S, 2 * rest)
            with self._lock:
                if self._ending.is_set():
                    return
                self._close_door(self._process)
                try:
                    self._process = self._started()
                except OSError:  # no memory or no process number is left: it is tried again
                    log.exception("job process could not be started", extra={"again_in_s": rest})

    @staticmethod
    def _close_door(process: "subprocess.Popen[bytes]") -> None:
        if process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()


def heard(seconds: float) -> bytes | None:
    """Wait for a word of the process that this one works for: nothing (None), to look at once, or its end (b"")."""
    ready, _, _ = select.select([0], [], [], seconds)
    return os.read(0, 65_536) if ready else None
