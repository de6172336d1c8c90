"""Taking over what other systems hold: each is a leaf in `kinds`, and all comes in by the ordinary ways."""

from homestretch.flow.takeover.reading.items import System
from homestretch.registry import discover


def systems() -> dict[str, System]:
    """Return every system whose data can be taken over, by key."""
    return discover("homestretch.flow.takeover.kinds", System)
