"""Sinks: where an athlete's days are sent on to; one described file each."""

from homestretch.registry import discover
from homestretch.sinks.base import Sink


def sinks() -> dict[str, Sink]:
    """Return every sink by key."""
    return discover("homestretch.sinks", Sink)
