"""Days in a row and what is known of each: the one input of the metrics of a day and of insights."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.health.nights import Nights, no_nights
from homestretch.model.channel import Floats, Mask
from homestretch.model.health.notes import NOTE_KINDS

#: Numbers of the origins of values, -1 for none.
type Origins = NDArray[np.int64]

#: What is known of a day beside kinds of measurements.
type DayInput = Literal["nights", "stages", "excluded", "free_days", "own_need", "training"]

#: Days from one Monday to the next, and the weekdays on which most people may sleep as long as they like.
WEEK = 7
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True, eq=False)
class DailyValues:
    """Values of one kind, (n,) of days in a row, NaN for unknown; a day that is not over yet is unknown.

    `origins` (n,) numbers where each value is from: two values have the same number where source, device and
    statistic are the same, so that one baseline may hold both; -1 where there is no value.
    """

    values: Floats
    origins: Origins

    def within(self, low: float, high: float) -> "DailyValues":
        """Return the same, without values outside the bounds."""
        return replace(self, values=np.where((self.values >= low) & (self.values <= high), self.values, np.nan))


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """Training load, fitness and form, each (n,) of days in a row, NaN for unknown."""

    load: Floats
    fitness: Floats
    form: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Days:
    """What is known of `count` days in a row from `first` on; each array is (count,).

    `kinds` holds daily values by the key of their kind, `markers` the days with a note (ill, alcohol, …),
    `free` the days of waking without an alarm, `own_need_s` the athlete's own setting of sleep need, NaN where not
    set. `reads` are the kinds that may be read (None: all).

    `sessions` are figures of the day's key session by name, NaN on days without one: decoupling_pct,
    steady_heart_rate_bpm (at the same pace or power) and rpe of easy ones, no race, with temperature_c and `similar`, a
    number that sessions of one route and gear share; hours_before_sleep at the end; achieved_pct of what was planned.
    """

    first: date
    count: int
    kinds: Mapping[str, DailyValues] = field(default_factory=dict)
    nights: Nights | None = None
    markers: Mapping[str, Mask] = field(default_factory=dict)
    free: Mask | None = None
    own_need_s: Floats | None = None
    training: Training | None = None
    sessions: Mapping[str, Floats] = field(default_factory=dict)
    reads: frozenset[str] | None = None

    def kind(self, key: str) -> DailyValues:
        """Return the values of a kind, unknown on every day where there are none; KeyError for one that is hidden."""
        if self.reads is not None and key not in self.reads:
            raise KeyError(key)
        return self.kinds.get(key) or DailyValues(self.unknown(), np.full(self.count, -1))

    def reading(self, keys: Iterable[str], inputs: Collection[DayInput]) -> "Days":
        """Return the same with these kinds and inputs only; the other kinds are hidden, the other inputs unknown."""
        nights = self.nights if "nights" in inputs else None
        return Days(
            first=self.first,
            count=self.count,
            kinds=self.kinds,
            reads=frozenset(keys),
            nights=nights if nights is None or "stages" in inputs else nights.without_stages(),
            markers=self.markers if "excluded" in inputs else {},
            free=self.free if "free_days" in inputs else None,
            own_need_s=self.own_need_s if "own_need" in inputs else None,
            training=self.training if "training" in inputs else None,
        )

    def unknown(self) -> Floats:
        """Return a new array of NaN, (count,)."""
        return np.full(self.count, np.nan)

    def marked(self, key: str) -> Mask:
        """Return which days have a note."""
        return self.markers.get(key, np.zeros(self.count, dtype=bool))

    def session(self, key: str) -> Floats:
        """Return a figure of the day's key session, NaN on days without one."""
        return self.sessions.get(key, self.unknown())

    @property
    def excluded(self) -> Mask:
        """Which days no baseline takes in: those with a note that says so (ill)."""
        kinds = (kind.key for kind in NOTE_KINDS.values() if kind.excludes)
        return np.any([self.marked(key) for key in kinds], axis=0)

    @property
    def weekdays(self) -> NDArray[np.int64]:
        """The weekday of each day, 0 for Monday."""
        return (self.first.weekday() + np.arange(self.count)) % WEEK

    @property
    def free_days(self) -> Mask:
        """The days of waking without an alarm: as set, else Saturdays and Sundays."""
        return np.isin(self.weekdays, (SATURDAY, SUNDAY)) if self.free is None else self.free

    @property
    def every_night(self) -> Nights:
        """The nights, unknown where none was given."""
        return no_nights(self.count) if self.nights is None else self.nights

    @property
    def trained(self) -> Training:
        """The training, unknown where none was given."""
        return self.training or Training(self.unknown(), self.unknown(), self.unknown())

    @property
    def set_need_s(self) -> Floats:
        """The athlete's own setting of sleep need in s, NaN where not set."""
        return self.unknown() if self.own_need_s is None else self.own_need_s


def daily_values(rows: Iterable[tuple[date, float, str]], first: date, count: int) -> DailyValues:
    """Return rows of day, value and origin (any text that names source, device and statistic) as daily values.

    Rows outside the days are left out; of two rows of one day the later holds.
    """
    values, origins = np.full(count, np.nan), np.full(count, -1)
    numbers: dict[str, int] = {}
    for day, value, origin in rows:
        index = (day - first).days
        if 0 <= index < count:
            values[index] = value
            origins[index] = numbers.setdefault(origin, len(numbers))
    return DailyValues(values, origins)


def first_known(*daily: DailyValues) -> DailyValues:
    """Return the first known value of each day, of kinds in order of preference; no origin is shared by two kinds."""
    values, origins = daily[0].values.copy(), daily[0].origins * len(daily)
    for number, other in enumerate(daily[1:], 1):
        gap = np.isnan(values) & ~np.isnan(other.values)
        values[gap] = other.values[gap]
        origins[gap] = other.origins[gap] * len(daily) + number
    return DailyValues(values, np.where(np.isnan(values), -1, origins))
