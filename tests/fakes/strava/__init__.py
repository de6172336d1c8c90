"""A fake Strava on loopback, made from its published schema."""

from tests.fakes.strava.account import Account, Activity
from tests.fakes.strava.server import FakeStrava

__all__ = ["Account", "Activity", "FakeStrava"]
