"""The shape of a route, and where it leads: a loop, out and back or one way, and one of eight directions."""

from math import atan2, degrees
from typing import Literal

import numpy as np

from homestretch.analysis.geo.routes import LEASH_M, LOOP_M
from homestretch.analysis.geometry.simplify import local_metres
from homestretch.model.channel import Floats

type Shape = Literal["loop", "out_and_back", "one_way"]
type Towards = Literal["north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west"]

TOWARDS: tuple[Towards, ...] = (
    "north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west",
)  # fmt: skip
POINTS = 129
#: Ends so near, in m or as a share of the length, make a loop.
LOOP_SHARE = 0.05
#: It is out and back where so much of the way out lies so near, in m or as a share of the length, to the way back.
BACK, BACK_SHARE = 0.9, 0.03
#: A route whose middle lies so near to its start, as a share of how far it leads away, leads nowhere in particular.
ROUND = 0.15


def shape_of(latitude: Floats, longitude: Floats) -> tuple[Shape, Towards | None] | None:
    """Return the shape of a line of places (n,) in degrees and where it leads from its start; None for no line.

    A loop leads to its middle, a way out and back to its farthest place, one way to its end.
    """
    x, y = local_metres(latitude, longitude)
    chain = np.concatenate((np.zeros(1), np.cumsum(np.hypot(np.diff(x), np.diff(y))))) if len(x) else np.zeros(0)
    if len(chain) < 2 or chain[-1] <= 0.0:
        return None
    on = np.linspace(0.0, chain[-1], POINTS)
    x, y = np.interp(on, chain, x), np.interp(on, chain, y)
    shape = _shape(x, y, float(chain[-1]))
    away = np.hypot(x, y)
    targets = {"loop": (x.mean(), y.mean()), "one_way": (x[-1], y[-1])}
    east, north = targets.get(shape, (x[away.argmax()], y[away.argmax()]))
    return shape, None if np.hypot(east, north) < ROUND * away.max() else _towards(float(east), float(north))


def _shape(x: Floats, y: Floats, length_m: float) -> Shape:
    """Return the shape of a line through evenly spaced places in m."""
    apart = np.hypot(x - x[::-1], y - y[::-1])
    if apart[0] > max(LOOP_M, LOOP_SHARE * length_m):
        return "one_way"
    near = apart[: POINTS // 2] <= max(LEASH_M, BACK_SHARE * length_m)
    return "out_and_back" if near.mean() >= BACK and np.hypot(x, y).max() > LEASH_M else "loop"


def _towards(east: float, north: float) -> Towards:
    return TOWARDS[round(degrees(atan2(east, north)) / 45.0) % len(TOWARDS)]
