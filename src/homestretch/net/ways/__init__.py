"""Ways to send notices to a person: one described file each."""

from homestretch.net.ways.base import Way
from homestretch.registry import discover


def ways() -> dict[str, Way]:
    """Return every way by key."""
    return discover("homestretch.net.ways", Way)
