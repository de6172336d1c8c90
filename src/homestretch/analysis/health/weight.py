"""Weight over days: its trend, how fast it changes, and what that says of the balance of energy."""

from dataclasses import dataclass

import numpy as np

from homestretch.analysis.health.statistics import student_quantile
from homestretch.analysis.health.windows import Counts, known, last, mean, ratio
from homestretch.model.channel import Floats

#: What the trend keeps of itself each day (Hacker's Diet).
KEEPS = 0.9
#: Days over which the rate is fitted, and how many weighings it needs.
RATE_DAYS, RATE_LEAST = 28, 10
#: The probability below the upper end of the interval of 95 %.
UPPER = 0.975
#: The energy of a kilogram of body mass in kcal: a rule of thumb.
KCAL_PER_KG = 7700.0
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True, eq=False)
class Rate:
    """Of the last 28 days up to each day (n,): the change in kg a week, its interval of 95 %, and the weighings.

    `error` is the standard error in kg a week, `residual_sd_kg` what the weighings vary around the line by. NaN where
    there are fewer than 10 weighings.
    """

    kg_per_week: Floats
    error: Floats
    low: Floats
    high: Floats
    residual_sd_kg: Floats
    weighings: Counts


def trend(weight_kg: Floats) -> Floats:
    """Return the trend of each day (n,) that has a weight, NaN on the others; it begins with the first weight.

    Each weighing moves it by 1 - 0.9^days of the way, `days` since the one before (Walker, The Hacker's Diet).
    """
    smooth = np.full(len(weight_kg), np.nan)
    weighed = np.flatnonzero(~np.isnan(weight_kg))
    level, earlier = float("nan"), 0
    for day, weight in zip(weighed.tolist(), weight_kg[weighed].tolist(), strict=True):
        level = weight if np.isnan(level) else level + (1.0 - KEEPS ** (day - earlier)) * (weight - level)
        smooth[day], earlier = level, day
    return smooth


def rate(weight_kg: Floats) -> Rate:
    """Return how fast the weight changes: least squares over the weighings of the last 28 days up to each day (n,)."""
    rows = last(weight_kg, RATE_DAYS)
    count = known(rows)
    day = np.where(np.isnan(rows), np.nan, np.arange(RATE_DAYS, dtype=np.float64))
    x, y = day - mean(day)[:, None], rows - mean(rows)[:, None]
    spread = np.nansum(x * x, axis=1)
    enough = count >= RATE_LEAST
    slope = np.where(enough, ratio(np.nansum(x * y, axis=1), spread), np.nan)
    squares = np.nansum((y - slope[:, None] * x) ** 2, axis=1)
    residual = np.where(enough, np.sqrt(ratio(squares, count - 2)), np.nan)
    error = WEEK_DAYS * ratio(residual, np.sqrt(spread))
    quantile = np.array([student_quantile(UPPER, freedom) for freedom in range(1, RATE_DAYS - 1)])
    reach = error * quantile[np.clip(count - 3, 0, RATE_DAYS - 3)]
    weekly = WEEK_DAYS * slope
    return Rate(weekly, error, weekly - reach, weekly + reach, residual, count)


def balance_kcal(kg_per_week: Floats) -> Floats:
    """Return the energy eaten over that used, in kcal a day, that a change of weight in kg a week stands for."""
    return kg_per_week * (KCAL_PER_KG / WEEK_DAYS)
