"""A fake Google Health on loopback, made from the discovery document of its API."""

from tests.fakes.google_health.account import Account
from tests.fakes.google_health.grants import CLIENT_ID, CLIENT_SECRET
from tests.fakes.google_health.server import FakeGoogleHealth

__all__ = ["CLIENT_ID", "CLIENT_SECRET", "Account", "FakeGoogleHealth"]
