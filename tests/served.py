"""Real processes: commands and servers, each with a data folder of its own."""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil

from tests.waiting import wait_until

PATIENCE_S = 60


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of processes on a data folder."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith("HOMESTRETCH_")}
    ours = {"DATA_DIR": str(data), "DECODERS": "1", "MIN_FREE_MB": "0", "LOG_LEVEL": "warning", **more}
    return bare | {f"HOMESTRETCH_{key}": value for key, value in ours.items()}


def homestretch(env: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    command = [sys.executable, "-m", "homestretch", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE_S, check=False)


def inside(env: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end in this process, which is much quicker and the same in all else."""
    from homestretch.cli._runtime.main import main

    out, err, code = io.StringIO(), io.StringIO(), 0
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with (
        patch.dict(os.environ, env, clear=True), patch.object(sys, "argv", ["homestretch", *arguments]),
        redirect_stdout(out), redirect_stderr(err),
    ):  # fmt: skip
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1 if end.code else 0
        finally:
            root.handlers[:] = handlers
            root.setLevel(level)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


@contextmanager
def serving(env: dict[str, str], port: int, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """Run a server during the block."""
    command = [sys.executable, "-m", "homestretch", "serve", "--port", str(port), *arguments]
    server = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: server.poll() is not None or answers(port))
        assert server.poll() is None, server.communicate()
        yield server
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE_S)


def ended(pid: int) -> bool:
    """Return whether a process is no more; one whose parent has not heard of it yet is none."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def answers(port: int) -> bool:
    """Return whether a server answers already."""
    try:
        return ask(port, "GET", "/health")[0] == 200
    except OSError:
        return False


def ask(port: int, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
    """Return the status, the document and the headers of an answer."""
    data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    named = {"X-Homestretch": "1", "Content-Type": "application/json", **headers}
    request = Request(f"http://127.0.0.1:{port}{path}", data, named, method=method)
    try:
        with urlopen(request, timeout=PATIENCE_S) as answer:
            return answer.status, json.loads(answer.read() or b"null"), dict(answer.headers)
    except HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read() or b"null"), dict(refused.headers)
