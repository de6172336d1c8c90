"""The gear that a climb asks for: the largest of one's own that still turns at the cadence wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

#: The cadence that is still comfortable, and a 700x25 wheel's way in m.
CADENCE_RPM = 60.0
CIRCUMFERENCE_M = 2.105


@dataclass(frozen=True, slots=True)
class Gear:
    """A gear of a bike in teeth, or with `short` by how many teeth the largest sprocket is too small."""

    chainring: int
    sprocket: int
    short: int = 0


def gear_for(
    speed_mps: float,
    chainrings: Sequence[int],
    cassette: Sequence[int],
    cadence_rpm: float = CADENCE_RPM,
    circumference_m: float = CIRCUMFERENCE_M,
) -> Gear | None:
    """Return the gear to ride a speed in m/s at a cadence; None where the bike's gears are not set."""
    if not chainrings or not cassette:
        return None
    ratio = 60.0 * speed_mps / cadence_rpm / circumference_m
    fitting = [(ring / cog, -ring, cog) for ring in chainrings for cog in cassette if ring / cog <= ratio]
    if fitting:
        _, ring, cog = max(fitting)
        return Gear(-ring, cog)
    ring, cog = min(chainrings), max(cassette)
    return Gear(ring, cog, ceil(ring / ratio - 1e-9) - cog)
