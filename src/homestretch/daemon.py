"""The server as a process of its own in the background: found by its PID file, recognised by its log."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from homestretch.errors import HomestretchError
from homestretch.flow.runtime.folder_lock import make_folder, owner_of
from homestretch.logs import NoLogFile
from homestretch.settings import Settings

PID_FILE, LOG_FILE = "daemon.pid", "daemon.log"
START_S, STOP_S = 30.0, 20.0


class RunsAlready(HomestretchError):
    """Homestretch is already running at {url} (process {pid})."""

    status = 409


class DidNotStart(HomestretchError):
    """Homestretch did not start. The end of {log}: {said}"""


class DidNotStop(HomestretchError):
    """Process {pid} is still running after {seconds:.0f} s. It may be finishing its work. Try again."""


@dataclass(frozen=True, slots=True)
class Daemon:
    """A server in the background."""

    pid: int
    url: str
    log: Path


def running(settings: Settings | None = None) -> Daemon | None:
    """Return the server of this data folder, however it was started, or None; a stale PID file is removed."""
    settings = settings or Settings()
    file = settings.data_dir / PID_FILE
    owner = owner_of(settings.data_dir)
    if owner is not None and owner.get("kind") == "server":
        return Daemon(int(owner["pid"]), str(owner["url"]), settings.data_dir / LOG_FILE)
    if not file.exists():
        return None
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
        log = Path(written.get("log") or settings.data_dir / LOG_FILE)
        found = Daemon(int(written["pid"]), str(written["url"]), log)
    except (ValueError, KeyError, TypeError):
        found = None
    if found is not None and _is_ours(found.pid) and not settings.sqlite:
        return found  # on SQLite the lock decides, which no other process can hold
    file.unlink(missing_ok=True)
    return None


def start(port: int | None = None, log_level: str | None = None, log_file: Path | None = None) -> Daemon:
    """Start the server, detached, and wait until it answers. Raises RunsAlready, DidNotStart, NoLogFile."""
    settings = Settings()
    found = running(settings)
    if found is not None:
        raise RunsAlready(url=found.url, pid=found.pid)
    make_folder(settings.data_dir)
    log = (log_file or settings.data_dir / LOG_FILE).absolute()
    listening = port or settings.port
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = settings.public_url or f"http://{host}:{listening}"
    command = [sys.executable, "-m", "homestretch", "serve", *(["--port", str(port)] if port else [])]
    env = {**os.environ, **({"HOMESTRETCH_LOG_LEVEL": log_level} if log_level else {})}
    try:
        with log.open("ab") as out:
            process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, env=env
            )
    except OSError as error:
        raise NoLogFile(path=log, reason=error.strerror) from error
    written = json.dumps({"pid": process.pid, "url": url, "log": str(log)})
    (settings.data_dir / PID_FILE).write_text(written, encoding="utf-8")
    reached = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else host  # noqa: S104
    until = time.monotonic() + START_S
    while not _answers(f"http://{reached}:{listening}/health"):
        if process.poll() is not None or time.monotonic() > until:
            (settings.data_dir / PID_FILE).unlink(missing_ok=True)
            raise DidNotStart(log=log, said=_tail(log))
        time.sleep(0.1)
    return Daemon(process.pid, url, log)


def stop() -> bool:
    """Signal the server to stop and wait until it has; return whether there was one. Raises DidNotStop."""
    settings = Settings()
    found = running(settings)
    if found is None:
        return False
    os.kill(found.pid, signal.SIGTERM)
    until = time.monotonic() + STOP_S
    while _lives(found.pid):
        if time.monotonic() > until:
            raise DidNotStop(pid=found.pid, seconds=STOP_S)
        time.sleep(0.1)
    (settings.data_dir / PID_FILE).unlink(missing_ok=True)
    return True


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310
            return bool(answer.status < 500)
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def _lives(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_ours(pid: int) -> bool:
    """Return whether a process is a server of ours: its number may be another's by now."""
    if not _lives(pid):
        return False
    command = Path(f"/proc/{pid}/cmdline")
    return not command.exists() or b"homestretch" in command.read_bytes()


def _tail(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "(empty)"
