"""How a whole run of the tests goes: the longest first, no test without bounds, none skipped for want of a tool.

A plugin of pytest, loaded by `tests/conftest.py`.
"""

import gc
import os
import time
import tracemalloc  # noqa: F401 - pytest loads it to say what was left open, and fails where more comes up meanwhile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

#: Folders of tests in the order in which they begin: what takes long is not to be what all wait for at the end.
FIRST = ("torture", "browser", "sources", "api", "demo", "cli")
#: Seconds that a test may take with what it stands on, on a quiet machine of two cores.
BUDGET_S = {"torture": 60.0, "browser": 20.0}
USUAL_S = 5.0
#: What takes longer is named. The run fails where it takes so many times as long, which only what hangs does: a busy
#: machine and a database beside the test have made five times as long of tests that were as quick as ever.
FAILS_AT = 10.0
#: Tests that take longer, by the start of their name, and how long. The list may only shrink (tests/house).
EXCEPTIONS: dict[str, float] = {
    "tests/api/test_contract.py::test_nothing_breaks": 10.0,
    "tests/cli/test_sources.py::test_the_daemon_from_start_to_stop": 10.0,
    "tests/jobs/test_engine.py::test_the_jobs_file_may_be_deleted_at_any_time": 10.0,
    "tests/sources/test_secrets.py::test_no_secret_is_seen_anywhere": 45.0,
}
#: Reasons for which a test may be skipped in CI: the real files are not part of the repository, and the job of packages
#: alone has Helm, which is 244 MB.
MAY_BE_MISSING = ("the real file", "the runs of", "the recorded answers", "only root", "root may", "not one recording",
                  "the SDK gave up", "points of plans", "Helm comes with")  # fmt: skip
#: A million additions take so long on the machine that the budgets are meant for.
USUAL_ADDITIONS_S = 0.05

CI = os.environ.get("CI") == "true"

# How long one example takes says how busy the machine is. The budgets above bound a test with all its examples.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the folders that take longest first."""
    ranks = {name: rank for rank, name in enumerate(FIRST)}
    items.sort(key=lambda item: ranks.get(folder_of(item.nodeid), len(FIRST)))


def pytest_collection_finish() -> None:
    """Let Python's collector pass over what collecting left: it stays, and to look at it takes a tenth of the run."""
    gc.collect()
    gc.freeze()


def folder_of(nodeid: str) -> str:
    """Return the folder of `tests` that a test lies in."""
    parts = nodeid.split("/")
    return parts[1] if len(parts) > 2 else ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, let a test fail that was skipped because something is missing that CI installs."""
    report = yield
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if not any(known in reason for known in MAY_BE_MISSING):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI, where nothing is to be missing: {reason}"
    return report


class Durations:
    """Adds up what each test took, and fails the run where one took far more than its budget on this machine."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.late: dict[str, tuple[float, float]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add a phase of a test; what a module's first test sets up for all of them is the module's."""
        if report.when == "call":
            self.seconds[report.nodeid] = report.duration
            limit = budget_of(report.nodeid)
            if report.duration > limit:
                slowness = dict(report.user_properties).get("slowness", 1.0)
                self.late[report.nodeid] = (report.duration, limit * float(str(slowness)))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how long each folder took, and which tests took too long."""
        folders: dict[str, float] = {}
        for nodeid, seconds in self.seconds.items():
            folders[folder_of(nodeid)] = folders.get(folder_of(nodeid), 0.0) + seconds
        terminalreporter.section("seconds by folder")
        for name, seconds in sorted(folders.items(), key=lambda pair: -pair[1]):
            terminalreporter.write_line(f"{seconds:8.1f}  {name or 'tests'}")
        for nodeid, (seconds, limit) in self.over(1.0).items():
            terminalreporter.write_line(
                f"over its budget: {nodeid} took {seconds:.1f} s, may take {limit:.1f}", red=True
            )

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run where a test took far too long."""
        if self.over() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def over(self, times: float = FAILS_AT) -> dict[str, tuple[float, float]]:
        """Return the tests that took so many times as long as they may on a machine as slow as this one is."""
        return {nodeid: late for nodeid, late in self.late.items() if late[0] > times * late[1]}


def budget_of(nodeid: str) -> float:
    """Return the seconds that a test may take on a quiet machine."""
    known = (seconds for name, seconds in EXCEPTIONS.items() if nodeid.startswith(name))
    return next(known, BUDGET_S.get(folder_of(nodeid), USUAL_S))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Note how much slower than on a quiet machine a test that took long was."""
    began, before = time.monotonic(), _scheduled()
    try:
        return (yield)
    finally:
        if time.monotonic() - began > USUAL_S:
            ran, waited = (after - earlier for after, earlier in zip(_scheduled(), before, strict=True))
            item.user_properties.append(("slowness", (1.0 + waited / max(ran, 0.01)) * _slow_processor()))


def _scheduled() -> tuple[float, float]:
    """Return how long this thread has run, and how long it could have but others did; Linux tells, in nanoseconds."""
    try:
        ran, waited, _ = Path("/proc/thread-self/schedstat").read_text().split()
    except OSError:
        return 1.0, 0.0
    return int(ran) / 1e9, int(waited) / 1e9


def _slow_processor() -> float:
    """Return how many times slower a processor of this machine is than one that the budgets are meant for."""
    began = time.thread_time()
    total = 0
    for number in range(1_000_000):
        total += number
    return max(1.0, (time.thread_time() - began) / USUAL_ADDITIONS_S)


def pytest_configure(config: pytest.Config) -> None:
    """Measure in the process that hears of all tests."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Durations())
