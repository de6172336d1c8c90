"""The tests themselves: they wait for conditions, and the list of those that may take long only shrinks."""

import re

import pytest
from hypothesis import HealthCheck, settings

from tests import run
from tests.house.source import ROOT

TESTS = ROOT / "tests"
#: Where time may pass by itself: the one way to wait, kills at random moments, and fakes that are slow on purpose.
MAY_SLEEP = {"waiting.py", "torture/test_kills.py", "torture/test_syncs.py", "jobs/dying.py", "jobs/test_engine.py",
             "fakes/garmin/faults.py", "fakes/language_model/server.py",
             "flow/runtime/test_secret_store.py", "house/test_tests.py"}  # fmt: skip


def test_nothing_sleeps() -> None:
    sleeping = {
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if re.search(r"\b(?:time\.sleep|wait_for_timeout)\(", path.read_text(encoding="utf-8"))
    }
    assert sleeping <= MAY_SLEEP


def test_no_example_fails_by_time_alone() -> None:
    """A list of checks that a test leaves out stands in place of the usual one."""
    usual = settings()
    assert usual.deadline is None and HealthCheck.too_slow in usual.suppress_health_check
    for path in TESTS.rglob("*.py"):
        for own in re.findall(r"suppress_health_check=([\w\[].*)", path.read_text(encoding="utf-8")):
            assert "too_slow" in own or "list(HealthCheck)" in own, path


def test_the_list_of_slow_tests_only_shrinks() -> None:
    assert len(run.EXCEPTIONS) <= 4, "make the test quicker instead; where one became quicker, lower this number"
    for name in run.EXCEPTIONS:
        file, _, test = name.partition("::")
        assert f"def {test.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8"), name


@pytest.mark.parametrize(
    ("nodeid", "seconds"),
    [("tests/browser/test_story.py::test_x", 20.0), ("tests/torture/test_kills.py::test_x", 60.0),
     ("tests/test_serve.py::test_x", 5.0), ("tests/flow/sync/test_sync.py::test_x[postgres]", 5.0)],
)  # fmt: skip
def test_budgets_go_by_folder(nodeid: str, seconds: float) -> None:
    assert run.budget_of(nodeid) == seconds


def test_what_takes_long_is_named_and_what_hangs_fails_the_run() -> None:
    durations = run.Durations()
    durations.late = {"late": (6.0, 5.0), "hangs": (51.0, 5.0), "on a slow machine": (51.0, 60.0)}
    assert list(durations.over(1.0)) == ["late", "hangs"]
    assert list(durations.over()) == ["hangs"]
