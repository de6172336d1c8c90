"""What was allowed at a provider ends there too when it ends here, unless another connection stands on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from homestretch.flow.people.deletion import take_away
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.secret_store import StoredSecret
from homestretch.flow.sync import connections as flow
from homestretch.net import budget as calls
from homestretch.store.database import Writer
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import athletes, connections
from tests.fakes.google_health import Account, FakeGoogleHealth
from tests.fakes.ridewithgps import FakeRideWithGPS, trip
from tests.fakes.strava import FakeStrava
from tests.sources.connected import TODAY, Connected
from tests.sources.google_health.conftest import APP as GOOGLE
from tests.sources.joined import joined
from tests.sources.ridewithgps.test_sync import APP as RIDE
from tests.sources.ridewithgps.test_sync import KEY
from tests.sources.strava.linked import Linked


@dataclass
class Provider:
    """A fake, how one signs in to it, and whether it still allows anything."""

    fake: Any
    join: Callable[[Context, Scope], Connected]
    allows: Callable[[], bool]

    def asked(self) -> int:
        """Return how often it was asked to revoke."""
        return int(self.fake.counts.of("POST *revoke*"))


@contextmanager
def strava() -> Iterator[Provider]:
    with FakeStrava() as fake:
        yield Provider(fake, lambda context, scope: Linked.at(context, scope, fake), lambda: not fake.revoked)
        assert fake.problems == []


@contextmanager
def ridewithgps() -> Iterator[Provider]:
    with FakeRideWithGPS(trip(1, datetime(2026, 11, 11, 7, tzinfo=UTC))) as fake:
        yield Provider(
            fake, lambda context, scope: joined(context, scope, fake, "ridewithgps", "oauth", RIDE),
            lambda: bool(fake.tokens),
        )  # fmt: skip
        assert fake.problems == []


@contextmanager
def google_health() -> Iterator[Provider]:
    with FakeGoogleHealth(Account(TODAY - timedelta(days=2), TODAY)) as fake:
        yield Provider(
            fake, lambda context, scope: joined(context, scope, fake, "google_health", "oauth", GOOGLE),
            lambda: not fake.grants.revoked,
        )  # fmt: skip
        assert fake.problems == []


@pytest.fixture(params=[strava, ridewithgps, google_health], ids=lambda one: one.__name__)
def provider(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setattr(calls, "FIRST_WAIT_S", 0.0)
    with request.param() as made:
        yield made


def secret_of(connected: Connected) -> Any:
    with connected.context.database.read() as reader:
        return reader.scalar(connections.select().with_only_columns(connections.c.secret))


def another(context: Context) -> Scope:
    """Return another athlete's scope."""

    def add(session: Writer) -> int:
        return int(session.add(athletes.insert(), {"name": "Ben", "created_ms": 1}))

    with context.database.write() as session:
        return Scope(add(session))


def test_a_disconnected_source_may_nothing_more(sqlite_context: Context, scope: Scope, provider: Provider) -> None:
    connected = provider.join(sqlite_context, scope)
    assert provider.allows()
    flow.disconnect(connected.context, scope, connected.id)
    assert not provider.allows() and provider.asked() == 1 and secret_of(connected) is None


@pytest.mark.parametrize("kind", ["503", "400", "lost"])
def test_a_provider_that_does_not_answer_stops_nothing(
    sqlite_context: Context, scope: Scope, provider: Provider, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    connected = provider.join(sqlite_context, scope)
    token = StoredSecret(connected.context, connected.row.id).read()
    fault = provider.fake.fault("*revoke*", kind)
    flow.disconnect(connected.context, scope, connected.id)
    assert secret_of(connected) is None and fault.struck == 1, "tried once, for somebody waits"
    assert "access was not revoked at the provider" in caplog.text
    assert not any(str(value) in caplog.text for name, value in token.items() if "token" in name and value)


def test_one_consent_that_two_connections_stand_on_is_ended_with_the_last(
    sqlite_context: Context, scope: Scope, provider: Provider
) -> None:
    first = provider.join(sqlite_context, scope)
    second = provider.join(first.context, other := another(first.context))
    provider.fake.counts.reset()
    flow.disconnect(first.context, scope, first.id)
    assert provider.allows() and provider.asked() == 0
    flow.disconnect(second.context, other, second.id)
    assert not provider.fake.problems and provider.asked() == 1


def test_an_athlete_who_is_deleted_for_good_allows_nothing_more(
    context: Context, scope: Scope, provider: Provider
) -> None:
    connected = provider.join(context, scope)
    with connected.context.database.write() as session:
        session.run(athletes.update().where(athletes.c.id == scope.athlete_id).values(removed_ms=1))
    take_away(connected.context, scope.athlete_id)
    assert not provider.allows() and provider.asked() == 1


def test_a_sign_in_without_consent_asks_nothing(sqlite_context: Context, scope: Scope) -> None:
    with ridewithgps() as provider:
        connected = joined(sqlite_context, scope, provider.fake, "ridewithgps", "key", KEY)
        flow.disconnect(connected.context, scope, connected.id)
        assert provider.asked() == 0
