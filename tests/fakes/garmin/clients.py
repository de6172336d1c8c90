"""Clients of the fake: the real library, pointed at it."""

import json
from typing import Any

from garminconnect import Garmin

from tests.fakes.garmin.pointing import point_at
from tests.fakes.garmin.server import FakeGarmin

STRATEGIES = ("mobile+cffi", "mobile+requests", "widget+cffi", "portal+cffi", "portal+requests")


def client(fake: FakeGarmin, *only: str, **how: Any) -> Garmin:
    """Return a client of the fake that tries only these strategies (none named: all)."""
    made = Garmin(fake.account.email, how.pop("password", fake.account.password), **how)
    point_at(made, fake.url)
    made.client.skip_strategies = set(STRATEGIES) - set(only) if only else set()
    return made


def signed_in(fake: FakeGarmin) -> Garmin:
    """Return a client that came in by a ticket, which is the quickest."""
    made = client(fake)
    made.client._exchange_service_ticket(fake.browser_ticket(), service_url=f"{made.client._sso}/sso/embed")
    made._load_profile_and_settings()
    return made


def tokens(garmin: Garmin) -> dict[str, str]:
    """Return what the client would have kept: `di_token`, `di_refresh_token`, `di_client_id`."""
    found: dict[str, str] = json.loads(garmin.client.dumps())
    return found
