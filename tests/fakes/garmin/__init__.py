"""A fake Garmin Connect: the sign-in, the tokens and the API that the client library asks, over loopback."""

from tests.fakes.garmin.account import Account
from tests.fakes.garmin.pointing import point_at
from tests.fakes.garmin.server import FakeGarmin

__all__ = ["Account", "FakeGarmin", "point_at"]
