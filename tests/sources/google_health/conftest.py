"""A fake Google Health for each test, in which nothing was asked that does not exist."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from homestretch.flow.runtime.context import Context
from homestretch.net import budget as calls
from homestretch.store.scope import Scope
from tests.fakes.google_health import CLIENT_ID, CLIENT_SECRET, Account, FakeGoogleHealth
from tests.sources.connected import TODAY, Connected
from tests.sources.joined import joined

APP = {
    "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uri": "http://localhost:8080/sources/callback",
}  # fmt: skip

type Join = Callable[..., Connected]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGoogleHealth]:
    """An account of twelve days."""
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    with FakeGoogleHealth(Account(TODAY - timedelta(days=11), TODAY)) as made:
        yield made
        assert made.problems == []


@pytest.fixture
def join(sqlite_context: Context, scope: Scope, fake: FakeGoogleHealth) -> Join:
    """What signs in to the fake, with settings."""

    def made(**settings: object) -> Connected:
        return joined(sqlite_context, scope, fake, "google_health", "oauth", APP, **settings)

    return made
