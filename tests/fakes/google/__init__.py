"""A fake of the place where Google gives out the cells of a sheet, on loopback."""

from tests.fakes.google.server import FakeGoogle

__all__ = ["FakeGoogle"]
