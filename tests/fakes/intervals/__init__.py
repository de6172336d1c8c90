"""A fake intervals.icu: keys and OAuth, activities with their files, stubs of Strava, wellness, gear, limits."""

from tests.fakes.intervals.activities import activity, fit_of, stub
from tests.fakes.intervals.server import FakeIntervals

__all__ = ["FakeIntervals", "activity", "fit_of", "stub"]
