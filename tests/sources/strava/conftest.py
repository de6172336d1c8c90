"""A fake Strava for each test, in which nothing was asked that does not exist."""

from collections.abc import Iterator

import pytest

from homestretch.net import budget as calls
from tests.fakes.strava import FakeStrava


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that met a fault are made again without a wait."""
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)


@pytest.fixture
def fake(at_once: None) -> Iterator[FakeStrava]:
    """A fake with a small account."""
    with FakeStrava() as made:
        yield made
        assert made.problems == []
