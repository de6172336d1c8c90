"""Days made for tests."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from homestretch.analysis.health.day_metric import DayResult, day_families, measure_days
from homestretch.analysis.health.days import DailyValues, Days, daily_values
from homestretch.model.channel import Floats
from homestretch.model.health.night import Night, Stage, StageName

#: A Monday.
FIRST = date(2026, 6, 1)


def floats(values: Sequence[float | None]) -> Floats:
    """Return values as an array, None as NaN."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def daily(values: Sequence[float | None], origins: Sequence[str] | str = "garmin") -> DailyValues:
    """Return values of days in a row, of one origin or one for each."""
    each = [origins] * len(values) if isinstance(origins, str) else origins
    rows = (
        (FIRST + timedelta(days=index), value, origin)
        for index, (value, origin) in enumerate(zip(values, each, strict=True))
        if value is not None
    )
    return daily_values(rows, FIRST, len(values))


def days_of(kinds: Mapping[str, DailyValues], **more: Any) -> Days:
    """Return days that hold these kinds."""
    return Days(first=FIRST, count=len(next(iter(kinds.values())).values), kinds=kinds, **more)


def derive(days: Days) -> dict[str, DayResult]:
    """Return the results of every family."""
    return {key: one for family in day_families().values() for key, one in measure_days(days, family).items()}


def well(days: int) -> Any:
    """Return which days the athlete was ill: none."""
    return np.zeros(days, dtype=bool)


def night(day: int, start_h: float, end_h: float, *stages: tuple[StageName, float, float], **more: Any) -> Night:
    """Return the night of a day: hours from local midnight (UTC+2); stages in minutes from its start."""
    waking = FIRST + timedelta(days=day)
    midnight_ms = (waking - date(1970, 1, 1)).days * 86_400_000 - 7_200_000
    start_ms = midnight_ms + round(start_h * 3_600_000)
    pieces = tuple(Stage(start_ms + round(a * 60_000), start_ms + round(b * 60_000), name) for name, a, b in stages)
    span = {"day": waking.isoformat(), "start_ms": start_ms, "end_ms": midnight_ms + round(end_h * 3_600_000)}
    defaults: dict[str, Any] = {"offset_s": 7200, "stages": pieces}
    return Night(**(defaults | span | more))
