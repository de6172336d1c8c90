"""A session as questions about health see it: when it ended, what makes it similar to others, and how it went."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session of a local day (YYYY-MM-DD); `end_s` is from its midnight on the local clock, NaN is not measured.

    `gear` and `route` are numbers, None where unknown; `metrics` are values of the activity by the key of the metric.
    """

    day: str
    end_s: float
    length_s: float
    sport: str
    sub_sport: str | None = None
    indoor: bool = False
    gear: int | None = None
    route: int | None = None
    heart_rate_bpm: float = float("nan")
    temperature_c: float = float("nan")
    rpe: float = float("nan")
    metrics: Mapping[str, float] = field(default_factory=dict)
