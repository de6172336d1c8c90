"""A fake Ride with GPS: OAuth, keys, trips, gear, uploads by task and signed messages, over loopback."""

from tests.fakes.ridewithgps.server import FakeRideWithGPS
from tests.fakes.ridewithgps.trips import trip

__all__ = ["FakeRideWithGPS", "trip"]
