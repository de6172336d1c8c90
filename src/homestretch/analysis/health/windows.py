"""Rolling windows over days: the days before each day, the last days up to it, and what they hold, NaN for unknown."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from homestretch.model.channel import Floats, Mask

type Counts = NDArray[np.int64]
#: A standard deviation as seen through the median absolute deviation of normal values.
MAD_TO_SD = 1.4826
#: The share of a mean that is no spread of equal values but their rounding.
ROUNDING = 1e-12


def before[T: np.generic](values: NDArray[T], days: int, missing: float = np.nan) -> NDArray[T]:
    """Return (n, days): for each day of values (n,) the `days` days before it, the day itself left out."""
    return last(np.concatenate((np.full(1, missing, values.dtype), values))[: len(values)], days, missing)


def last[T: np.generic](values: NDArray[T], days: int, missing: float = np.nan) -> NDArray[T]:
    """Return (n, days): for each day of values (n,) the last `days` days up to it, the day itself the last of them."""
    padded = np.concatenate((np.full(days - 1, missing, values.dtype), values))
    return sliding_window_view(padded, days) if len(values) else np.empty((0, days), values.dtype)


def masked(rows: Floats, kept: Mask) -> Floats:
    """Return the values of rows that are kept, NaN in place of the others."""
    return np.where(kept, rows, np.nan)


def known(rows: Floats) -> Counts:
    """Return how many values of each row (n, m) are known, (n,)."""
    return np.asarray(np.count_nonzero(~np.isnan(rows), axis=1))


def mean_and_sd(rows: Floats) -> tuple[Floats, Floats]:
    """Return the mean and the sample standard deviation of each row (n, m); NaN of none, and of one for the latter."""
    holds = ~np.isnan(rows)
    count = np.count_nonzero(holds, axis=1)
    mean = ratio(np.sum(rows, axis=1, where=holds), count)
    squares = np.sum((rows - mean[:, None]) ** 2, axis=1, where=holds)
    sd = np.sqrt(ratio(squares, count - 1))
    return mean, np.where(sd <= ROUNDING * np.abs(mean), 0.0, sd)


def mean(rows: Floats) -> Floats:
    """Return the mean of each row (n, m), NaN of none."""
    holds = ~np.isnan(rows)
    return ratio(np.sum(rows, axis=1, where=holds), np.count_nonzero(holds, axis=1))


def median(rows: Floats) -> Floats:
    """Return the median of each row (n, m), NaN of none."""
    ordered = np.sort(rows, axis=1)  # NaN goes last
    count = known(rows)
    middle = np.maximum(np.stack(((count - 1) // 2, count // 2), axis=1), 0)
    return np.asarray(np.take_along_axis(ordered, middle, axis=1).mean(axis=1))


def median_and_sd(rows: Floats) -> tuple[Floats, Floats]:
    """Return the median of each row (n, m) and the standard deviation by 1.4826 times the median absolute deviation."""
    middle = median(rows)
    return middle, MAD_TO_SD * median(np.abs(rows - middle[:, None]))


def ratio(part: Floats, total: Floats | Counts) -> Floats:
    """Return part over total, each (n,); NaN where the total is not above zero."""
    return np.asarray(np.divide(part, total, out=np.full(len(part), np.nan), where=total > 0))
