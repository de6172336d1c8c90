"""A connection to the fake Strava, signed in to by OAuth, beside whatever else the world has."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Self, cast

import pytest

from homestretch.flow.runtime.context import Context
from homestretch.flow.sync import connections as flow
from homestretch.flow.sync.connections import UnsavedSecret
from homestretch.net.budget import Question, RateLimitedClient
from homestretch.net.secret import Secret
from homestretch.sources.base import RemoteAccount
from homestretch.sources.strava.client import OAUTH, Strava, StravaSignIn
from homestretch.sources.strava.source import SOURCE
from homestretch.store.scope import Scope
from homestretch.store.tables.cached import cached_items
from tests.fakes.strava import FakeStrava
from tests.fakes.strava.server import CLIENT_ID, CLIENT_SECRET
from tests.sources.connected import TODAY, Clock, Connected

ANSWERS = {
    "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirect_uri": "http://127.0.0.1:8080/sources/callback",
}  # fmt: skip


class Linked(Connected):
    """A signed-in connection to Strava and what can be seen of it."""

    @classmethod
    def at(cls, context: Context, scope: Scope, fake: FakeStrava, **settings: Any) -> Self:
        """Sign in to the fake, at noon of TODAY or when the world's clock says."""
        clock = context.clock if isinstance(context.clock, Clock) else Clock.at(TODAY)
        urls = {**context.settings.provider_urls, "strava": fake.url}
        here = replace(context, settings=context.settings.model_copy(update={"provider_urls": urls}), clock=clock)
        name = flow.sign_in(here, scope, "strava", "oauth", ANSWERS)
        with here.database.read() as reader:
            from homestretch.store.queries import connections as stored

            address = address_in(stored.find(reader, scope, name).reason)
        name = flow.answer(here, scope, name, {"redirect": fake.allow(address)})
        flow.change(here, scope, name, settings={"pause_s": 0, **settings})
        fake.counts.reset()
        return cls(here, scope, cast(Any, fake), clock, name, table=cached_items)


def address_in(text: str) -> str:
    """Return the address that a question sends one to."""
    found = re.search(r"https://\S+", text)
    assert found is not None and CLIENT_SECRET not in text
    return found[0]


def calls_of(fake: FakeStrava, **settings: Any) -> RateLimitedClient:
    """Return what makes calls to the fake without a wait."""
    return RateLimitedClient(
        SOURCE.name, replace(SOURCE.limits, pause_s=0.0), pause_s=0.0, base=fake.url, settings=settings
    )


def came_back(fake: FakeStrava) -> tuple[Mapping[str, Any], str]:
    """Return the state of a question, and the address that a browser comes back to."""
    with pytest.raises(Question) as asked:
        StravaSignIn(calls_of(fake)).begin("oauth", ANSWERS)
    return asked.value.state, fake.allow(address_in(asked.value.text))


def signed_in(fake: FakeStrava) -> Secret:
    """Return the secret of somebody who allowed what the fake has ticked."""
    state, back = came_back(fake)
    return StravaSignIn(calls_of(fake)).resume(state, {"redirect": back})


def client_of(fake: FakeStrava, **settings: Any) -> Strava:
    """Return a client of a signed-in account."""
    assert OAUTH.pkce is False
    return Strava(UnsavedSecret(signed_in(fake)), RemoteAccount(""), calls_of(fake, **settings))
