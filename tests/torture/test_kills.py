"""Kills the command and the server at random moments of an import: everything is there once, whatever was killed.

The short form runs in every test run; `make torture` runs the long one.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from homestretch.formats.fit.encode import encode
from tests.formats import golden
from tests.served import answers, inside
from tests.waiting import wait_until

FULL = os.environ.get("HOMESTRETCH_TORTURE") == "full"
FILES, KILLS = (2000, 20) if FULL else (100, 3)
#: When a process is killed, in seconds after its start: at times at once, at times deep in the work.
EARLY_S, LATE_S = (0.2, 2.0), (1.5, 5.0 if FULL else 3.5)
SEED = int(os.environ.get("HOMESTRETCH_TORTURE_SEED", "7"))
PATIENCE_S = 600 if FULL else 180

pytestmark = pytest.mark.torture


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of FIT files, an hour apart: half of them loose, half in a zip, every tenth one in both."""
    folder = tmp_path_factory.mktemp("export")
    (folder / "loose").mkdir()
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        for number in range(FILES):
            data = encode(golden.run(60, golden.START_MS + number * 3_600_000))
            if number % 2 == 0:
                (folder / "loose" / f"{number}.fit").write_bytes(data)
            if number % 2 == 1 or number % 10 == 0:
                archive.writestr(f"activities/{number}.fit", data)
    return folder


@pytest.fixture(params=["sqlite", "postgres"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of processes that share one data folder and one database."""
    found = {**os.environ, "HOMESTRETCH_DATA_DIR": str(tmp_path / "data"), "HOMESTRETCH_DECODERS": "2"}
    found |= {"HOMESTRETCH_MIN_FREE_MB": "0", "HOMESTRETCH_LOG_LEVEL": "error"}
    if request.param == "postgres":
        found["HOMESTRETCH_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    return found


def homestretch(environment: dict[str, str], *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "homestretch", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def answer(environment: dict[str, str], *arguments: str) -> Any:
    done = inside(environment, *arguments)
    assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]
    return json.loads(done.stdout)


def kill(process: "subprocess.Popen[str]", *, all_at_once: bool = False) -> None:
    """Kill a process, or as a power cut would all that it started too; else see that those end by themselves."""
    children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.send_signal(signal.SIGKILL)
    for child in children if all_at_once else ():
        with suppress(psutil.NoSuchProcess):
            child.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()
    _, alive = psutil.wait_procs(children, timeout=15)
    assert alive == []


def kill_worker(server: "subprocess.Popen[str]") -> None:
    """Kill the process that does a server's jobs; the server starts another one."""
    for worker in psutil.Process(server.pid).children():
        worker.kill()


def forget_jobs(environment: dict[str, str]) -> None:
    """Delete the jobs database: it is disposable."""
    for file in Path(environment["HOMESTRETCH_DATA_DIR"]).glob("jobs.db*"):
        file.unlink()


def check(environment: dict[str, str]) -> None:
    """Everything is there once."""
    verified = answer(environment, "verify", "--json")
    assert verified["missing"] == [] and verified["corrupt"] == []
    # The zip itself is not kept: its members are.
    assert verified["originals"] == FILES
    found, cursor = [], None
    while True:
        page = answer(environment, "activities", "--json", "--limit", "500", *(("--cursor", cursor) if cursor else ()))
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(found) == len({a["id"] for a in found}) == FILES
    assert len({a["start"] for a in found}) == FILES
    rebuilt = answer(environment, "rebuild", "--json") if not FULL else {"derived_digest": verified["derived_digest"]}
    assert rebuilt["derived_digest"] == verified["derived_digest"]


def moments() -> Iterator[float]:
    """Yield when to kill."""
    chance = random.Random(SEED)
    while True:
        yield chance.choice((chance.uniform(*EARLY_S), chance.uniform(*LATE_S)))


def test_killing_the_command(environment: dict[str, str], export: Path) -> None:
    """The command is killed and started again."""
    for _, after in zip(range(KILLS), moments(), strict=False):
        process = homestretch(environment, "import", str(export), "--json")
        time.sleep(after)
        kill(process)
        forget_jobs(environment)
    report = answer(environment, "import", str(export), "--json")
    assert report["failed"] == 0
    assert report["imported"] + report["duplicates"] == report["files"]
    check(environment)


def test_killing_the_server(environment: dict[str, str], export: Path, unused_port: int) -> None:
    """The command hands its work to a server, which is killed and started again until it is done."""
    environment = {**environment, "HOMESTRETCH_PORT": str(unused_port)}
    server = homestretch(environment, "serve")
    wait_for(unused_port, server)
    follower = homestretch(environment, "import", str(export), "--json")
    handed_over(environment, follower)
    kill(follower)
    for number, after in zip(range(KILLS), moments(), strict=False):
        time.sleep(after)
        if number % 3 == 0:
            kill_worker(server)
            continue
        kill(server, all_at_once=number % 3 == 1)
        forget_jobs(environment)
        server = homestretch(environment, "serve")
        wait_for(unused_port, server)
    wait_until(lambda: not gauge(unused_port, "homestretch_imports_running"), within_s=PATIENCE_S)
    # Segments, routes and the heat map may still follow: whoever opens the folder next brings them to an end.
    kill(server)
    again = answer(environment, "import", str(export), "--json")
    assert (again["imported"], again["duplicates"], again["failed"]) == (0, again["files"], 0)
    check(environment)


def handed_over(environment: dict[str, str], follower: "subprocess.Popen[str]") -> None:
    """Wait until the import is in the database, from where the server takes it."""
    port = int(environment["HOMESTRETCH_PORT"])
    wait_until(lambda: follower.poll() is not None or gauge(port, "homestretch_imports_running"), within_s=PATIENCE_S)
    assert follower.poll() in (None, 0)


def wait_for(port: int, server: "subprocess.Popen[str]") -> None:
    wait_until(lambda: server.poll() is not None or answers(port), within_s=PATIENCE_S)
    assert server.poll() is None


def gauge(port: int, name: str) -> float:
    from urllib.request import urlopen

    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as response:
        lines = response.read().decode().splitlines()
    return float(next(line.split()[1] for line in lines if line.startswith(f"{name} ")))
