"""The process that does the jobs of another: woken, started again when it dies, ended with what started it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from homestretch.jobs import process
from homestretch.jobs.process import JobProcess
from tests.served import ended
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """The file in which the process writes down what it hears."""
    return tmp_path / "mark"


@pytest.fixture
def beside(mark: Path) -> Iterator[JobProcess]:
    """A process that listens."""
    one = JobProcess("tests.jobs.listening", {"MARK": str(mark), "PYTHONPATH": str(ROOT)})
    yield one
    one.end()


def lines(mark: Path) -> list[str]:
    return mark.read_text().splitlines() if mark.exists() else []


def test_it_is_woken_and_ends(beside: JobProcess, mark: Path) -> None:
    first = beside.pid
    beside.wake()
    wait_until(lambda: lines(mark) == [f"{first} woken"], lambda: lines(mark))
    beside.end()
    assert not beside.alive and lines(mark)[-1] == f"{first} ends"
    beside.wake()


def test_one_that_dies_is_started_again(beside: JobProcess, mark: Path) -> None:
    first = beside.pid
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: beside.pid != first and beside.alive)
    beside.wake()
    wait_until(lambda: lines(mark) == [f"{beside.pid} woken"], lambda: lines(mark))


def test_what_can_t_be_started_is_tried_again(
    beside: JobProcess, mark: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(process, "REST_S", 0.05)
    monkeypatch.setattr(process, "LONGEST_BACK_OFF_S", 0.05)
    first, start = beside.pid, beside._started
    refused = iter([OSError("no memory"), OSError("no memory")])

    def refuse() -> "subprocess.Popen[bytes]":
        error = next(refused, None)
        if error is not None:
            raise error
        return start()

    monkeypatch.setattr(beside, "_started", refuse)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: beside.pid != first and beside.alive)
    assert sum("could not be started" in record.message for record in caplog.records) == 2


def test_none_is_started_once_it_is_to_end(beside: JobProcess) -> None:
    first = beside.pid
    os.kill(first, signal.SIGKILL)
    beside.end()
    assert beside.pid == first and not beside._keeper.is_alive()


def test_a_process_that_is_killed_takes_it_along(mark: Path) -> None:
    code = (
        "import sys; from homestretch.jobs.process import JobProcess\n"
        "print(JobProcess('tests.jobs.listening', {}).pid, flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "MARK": str(mark), "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdin=pipe, stdout=pipe) as one:
        assert one.stdout is not None
        pid = int(one.stdout.readline())
        one.kill()
    wait_until(lambda: ended(pid))
    assert lines(mark) == [f"{pid} ends"]
