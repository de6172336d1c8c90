"""The engine: what is due is done, once at a time, again when it fails, and by others when its process dies."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import make_url

from homestretch.jobs import engine as engines
from homestretch.jobs.engine import JobEngine, postgres_jobs, sqlite_jobs
from homestretch.jobs.job import Arguments, Job, Postponed
from tests.waiting import wait_until

type Start = Callable[..., JobEngine]


@dataclass
class Work:
    """Work to be done, and a record of how it went."""

    left: list[int]
    fail: int = 0
    takes_s: float = 0.0
    why: Exception = field(default_factory=lambda: RuntimeError("not today"))
    done: list[int] = field(default_factory=list)
    now: list[int] = field(default_factory=list)
    together: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def jobs(self, share: float = 1.0) -> Mapping[str, Job]:
        return {"job": Job("job", "Job", 0.0, self.due, self.run, share=share)}

    def due(self, _context: object) -> list[Arguments]:
        return [{"n": n} for n in self.left]

    def run(self, _context: object, arguments: Arguments) -> None:
        n = arguments["n"]
        with self.lock:
            self.now.append(n)
            self.together = max(self.together, self.now.count(n))
        time.sleep(self.takes_s)
        with self.lock:
            self.now.remove(n)
            if self.fail:
                self.fail -= 1
                raise self.why
            self.done.append(n)
            if n in self.left:
                self.left.remove(n)


def until(what: Callable[[], object], engine: JobEngine) -> None:
    """Tick until it is so."""

    def ticked() -> object:
        engine.tick()
        return what()

    wait_until(ticked, lambda: engine.jobs["job"].due(None))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "POLL_S", 0.1)
    monkeypatch.setattr(engines, "POLL_SEVERAL_S", dict.fromkeys(engines.AT_ONCE, 0.1))


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the engine keeps its own."""
    if request.param == "sqlite":
        return str(tmp_path / "jobs.db")
    url: str = request.getfixturevalue("postgres_url")
    return make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


@pytest.fixture
def start() -> Iterator[Start]:
    """Start engines, one after the other, and stop the last one."""
    running: list[JobEngine] = []

    def begin(jobs: Mapping[str, Job], place: str, executor: str = "live") -> JobEngine:
        for engine in running:
            engine.stop()
        running[:] = []
        database = postgres_jobs(place) if place.startswith("postgresql") else sqlite_jobs(Path(place))
        running.append(JobEngine(jobs, None, database, executor))
        running[0].start()
        return running[0]

    yield begin
    for engine in running:
        engine.stop()


def test_what_is_due_is_done_and_never_twice_at_once(place: str, start: Start) -> None:
    work = Work([1, 2, 3], takes_s=0.2)
    engine = start(work.jobs(), place)
    until(lambda: not work.left, engine)
    assert set(work.done) == {1, 2, 3}
    assert work.together == 1


def test_a_question_that_fails_keeps_no_other_job_from_its_work(
    tmp_path: Path, start: Start, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_context: object) -> list[Arguments]:
        raise RuntimeError("not today")

    work = Work([1])
    engine = start({"first": Job("first", "First", 0.0, fails, work.run), **work.jobs()}, str(tmp_path / "jobs.db"))
    until(lambda: work.done, engine)
    engine.tick(everything=True)
    assert [record.message for record in caplog.records].count("could not ask what is due") == 1, "said once"


def test_what_fails_rests_and_comes_again(tmp_path: Path, start: Start, caplog: pytest.LogCaptureFixture) -> None:
    work = Work([7], fail=1)
    engine = start(work.jobs(), str(tmp_path / "jobs.db"))
    began = time.monotonic()
    until(lambda: work.done, engine)
    assert time.monotonic() - began >= 2.0, "it rests first"
    assert any("job failed" in record.message for record in caplog.records)


def test_what_has_to_wait_for_somebody_else_has_not_failed(
    tmp_path: Path, start: Start, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "POSTPONED_S", 0.1)
    work = Work([7], fail=4, why=Postponed("busy"))
    engine = start(work.jobs(), str(tmp_path / "jobs.db"))
    until(lambda: work.done, engine)
    assert not any("job failed" in record.message for record in caplog.records)
    assert engine._rest == {}, "no back-off is left of it"


def test_what_is_due_again_and_again_takes_its_share_of_the_time(tmp_path: Path, start: Start) -> None:
    """Three rounds of a fifth of a second rest for two and a half in between."""
    work = Work([7, 7, 7], takes_s=0.2)
    engine = start(work.jobs(share=0.14), str(tmp_path / "jobs.db"))
    began = time.monotonic()
    until(lambda: len(work.done) == 3, engine)
    assert time.monotonic() - began >= 2.4


def test_the_jobs_file_may_be_deleted_at_any_time(tmp_path: Path, start: Start) -> None:
    work = Work([1, 2], takes_s=0.1)
    place = str(tmp_path / "jobs.db")
    engine = start(work.jobs(), place)
    until(lambda: work.done, engine)
    engine = start(Work([]).jobs(), place)
    for file in tmp_path.glob("jobs.db*"):
        file.unlink()
    more = Work([1, 2])
    engine = start(more.jobs(), place)
    until(lambda: not more.left, engine)


def test_the_work_of_the_dead_is_taken_over(place: str, start: Start, tmp_path: Path) -> None:
    """Pins DBOS's private call, which a paid service makes otherwise."""
    mark = tmp_path / "mark"
    died = subprocess.run([sys.executable, "-m", "tests.jobs.dying", place, str(mark)], timeout=60, check=False)
    assert died.returncode == 9 and mark.read_text() == "begun\n"
    work = Work([5])
    engine = start(work.jobs(), place, "live")
    until(lambda: work.done, engine)
    # It may be done twice: a tick asks what is due before the first one ends, and enqueues it after.
    assert set(work.done) == {5}, "another's work is left alone until it is known to be dead"
    engine.recover(["dead"])
    until(lambda: 1 in work.done, engine)


def test_the_same_executor_goes_on_by_itself(tmp_path: Path, start: Start) -> None:
    place = str(tmp_path / "jobs.db")
    command = [sys.executable, "-m", "tests.jobs.dying", place, str(tmp_path / "mark")]
    assert subprocess.run(command, timeout=60, check=False).returncode == 9
    work = Work([])
    engine = start(work.jobs(), place, "dead")
    until(lambda: work.done == [1], engine)


def test_what_ended_is_forgotten(place: str, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    from dbos import DBOS

    work = Work([1])
    engine = start(work.jobs(), place)
    until(lambda: work.done, engine)
    until(lambda: DBOS.list_workflows(status=["SUCCESS"]), engine)
    engine.forget_finished()
    assert DBOS.list_workflows(status=["SUCCESS"]), "a day is not over yet"
    monkeypatch.setattr(engines, "KEEP_FINISHED_MS", -60_000)
    monkeypatch.setattr(engines, "FORGET_EVERY_S", 0.0)
    engine.tick()
    assert DBOS.list_workflows(status=["SUCCESS"]) == []


def test_what_runs_at_the_end_is_given_a_moment(tmp_path: Path, start: Start) -> None:
    begun, may_end, done = threading.Event(), threading.Event(), []

    def run(_context: object, arguments: Arguments) -> None:
        begun.set()
        may_end.wait(10)
        done.append(arguments["n"])

    jobs = {"job": Job("job", "Job", 0.1, lambda _: [{"n": n} for n in range(9) if n not in done], run)}
    engine = start(jobs, str(tmp_path / "jobs.db"))
    engine.tick(everything=True)
    wait_until(begun.is_set)
    assert not engine.settle(0.05), "it still runs"
    may_end.set()
    assert engine.settle(5.0) and 1 <= len(done) <= 2, "what ran has ended, and no more was begun"
