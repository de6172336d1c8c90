"""A fake Garmin for the flows that talk to one."""

from collections.abc import Iterator

import pytest

from homestretch.net import budget as calls
from tests.fakes.garmin import FakeGarmin
from tests.sources.connected import small


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that met a fault are made again without a wait."""
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)


@pytest.fixture
def fake(at_once: None) -> Iterator[FakeGarmin]:
    """A small account in a fake in which nothing went wrong within."""
    with FakeGarmin(small(3, 2, over_days=2)) as made:
        yield made
        assert made.problems == []
