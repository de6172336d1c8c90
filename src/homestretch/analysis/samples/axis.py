"""The time axis: when each sample of a settled recording was, in seconds since the first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homestretch.model.channel import Floats, Times

type Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """Seconds `t` (n,) since `start_ms`, strictly rising."""

    start_ms: int
    t: Floats

    def __len__(self) -> int:
        """Return the number of samples."""
        return len(self.t)

    def seconds(self, at_ms: int) -> float:
        """Return an instant in seconds on the axis."""
        return (at_ms - self.start_ms) / 1000.0


def axis_of(time_ms: Times) -> Axis:
    """Return the axis of strictly rising sample times (n,), in ms UTC."""
    if len(time_ms) == 0:
        return Axis(0, np.zeros(0))
    return Axis(int(time_ms[0]), (time_ms - time_ms[0]) / 1000.0)
