"""A channel: one measured quantity, a value per sample, kept as the file's own integers."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Mask = NDArray[np.bool_]
type Raw = NDArray[Any]
#: UTC ms.
type Times = NDArray[np.int64]

MISSING_32 = int(np.iinfo(np.int32).min)
MISSING_64 = int(np.iinfo(np.int64).min)


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """One quantity over a recording's samples; `value = raw / scale - offset`, as FIT has it.

    `raw` has shape (n,) and is int32 or int64, whose smallest number means "not measured",
    or float64, where NaN does. `unit` is the unit of the values, not of `raw`.
    """

    key: str
    raw: Raw
    unit: str = ""
    scale: float = 1.0
    offset: float = 0.0

    def __len__(self) -> int:
        """Return the number of samples."""
        return len(self.raw)

    def missing(self) -> NDArray[np.bool_]:
        """Return where nothing was measured, shape (n,)."""
        if self.raw.dtype.kind == "f":
            return np.isnan(self.raw)
        return np.asarray(self.raw == np.iinfo(self.raw.dtype).min)

    def values(self) -> Floats:
        """Return the values in `unit`, shape (n,), NaN where nothing was measured."""
        out = self.raw.astype(np.float64)
        if self.scale != 1.0:
            out /= self.scale
        if self.offset != 0.0:
            out -= self.offset
        if self.raw.dtype.kind != "f":
            out[self.missing()] = np.nan
        return out

    def take(self, where: Any) -> "Channel":
        """Return the channel over the samples that `where` (slice, mask or indices) picks."""
        return Channel(self.key, self.raw[where], self.unit, self.scale, self.offset)


#: Units of the channels that every format shares; other keys carry what their file says.
CHANNEL_UNITS = {
    "latitude": "deg",
    "longitude": "deg",
    "altitude_m": "m",
    "heart_rate_bpm": "bpm",
    "power_w": "W",
    "cadence_rpm": "rpm",
    "speed_mps": "m/s",
    "distance_m": "m",
    "temperature_c": "°C",
}

#: Positions are kept as FIT keeps them: 2^31 semicircles are 180 degrees (about 9 mm).
SEMICIRCLES_PER_DEGREE = 2.0**31 / 180.0
#: Lengths that are not metric, in m (international yard and pound agreement of 1959).
MILE_M, YARD_M, FOOT_M = 1609.344, 0.9144, 0.3048
