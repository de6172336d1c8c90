"""What an athlete's best efforts show of the thresholds that they have not set, from day to day.

The value of a day comes from the best efforts of the days up to it (`Rule.days` of them); without any, the last
value holds. No best effort depends on a threshold, so what is estimated never changes what it is estimated from.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Literal

import numpy as np

from homestretch.analysis.athlete.critical import eftp_ratio
from homestretch.analysis.athlete.thresholds import believable

#: Goes up with every change of what `estimates` returns.
VERSION = 1
#: Riegel 1981: times over two distances are as the distances to this power.
RIEGEL = 1.06
HOUR_S = 3600.0
#: Riegel's law is asked about efforts of these lengths in s; a sprint or a long day says little of an hour.
FROM_S, TO_S = 600.0, 5400.0


@dataclass(frozen=True, slots=True)
class Best:
    """A best effort: its value (W, bpm, or s over a distance) over `size` (s, or m); its activity's day and start."""

    size: float
    value: float
    day: int
    start_ms: int


type Shown = tuple[float, Best]


@dataclass(frozen=True, slots=True)
class Rule:
    """How the best efforts of some days, the best of each size, show a threshold of a family of sports ("" for all).

    `classes` are those in which the efforts are ranked, none for all: a treadmill gives no speed.
    `step` is what values are rounded to, so that a hair's breadth of a difference measures nothing again.
    """

    key: str
    family: str
    classes: tuple[str, ...]
    kind: Literal["power", "heart_rate", "distance"]
    sizes: tuple[float, ...]
    days: int
    step: float
    show: Callable[[Mapping[float, Best]], Shown | None]

    @property
    def less_is_better(self) -> bool:
        """Whether the values are times over distances."""
        return self.kind == "distance"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value that holds from a day (ISO) on, the start of the activity that shows it, the size of its best effort."""

    key: str
    family: str
    valid_from: str
    value: float
    start_ms: int
    size: float


def _power(best: Mapping[float, Best]) -> Shown | None:
    """Return the highest of the watts over each duration, converted to an hour by the generic curve of eFTP."""
    shown = [(one.value / float(eftp_ratio(np.array(size))), one) for size, one in best.items()]
    return max(shown, key=lambda each: each[0], default=None)


def _heart_rate(best: Mapping[float, Best]) -> Shown | None:
    return max(((one.value, one) for one in best.values()), key=lambda each: each[0], default=None)


def _run(best: Mapping[float, Best]) -> Shown | None:
    """Return the highest speed over an hour that the times over each distance give by Riegel's law."""
    shown = [
        (size / one.value * (one.value / HOUR_S) ** (1.0 - 1.0 / RIEGEL), one)
        for size, one in best.items()
        if FROM_S <= one.value <= TO_S
    ]
    return max(shown, key=lambda each: each[0], default=None)


def _swim(best: Mapping[float, Best]) -> Shown | None:
    """Return the critical swim speed: 200 m by what the best 400 m take longer than the best 200 m."""
    short, long = best.get(200.0), best.get(400.0)
    if short is None or long is None or long.value <= short.value:
        return None
    return 200.0 / (long.value - short.value), long


_RIDES = ("ride", "ride:indoor", "ride:virtual")
_SWIMS = ("swim", "swim:indoor")
_POWER_S = (300.0, 600.0, 1200.0, 1800.0, 3600.0)
_RUN_M = (3218.688, 5000.0, 10_000.0, 15_000.0, 21_097.5)
RULES = (
    Rule("ftp_w", "ride", _RIDES, "power", _POWER_S, 90, 1.0, _power),
    Rule("max_hr_bpm", "", (), "heart_rate", (5.0,), 180, 1.0, _heart_rate),
    Rule("threshold_speed_mps", "run", ("run",), "distance", _RUN_M, 90, 0.01, _run),
    Rule("css_mps", "swim", _SWIMS, "distance", (200.0, 400.0), 90, 0.01, _swim),
)


def estimates(rule: Rule, bests: Iterable[Best]) -> list[Estimate]:
    """Return what the best efforts of a rule's family show, a value for each day on which it becomes another."""
    windows = {size: _Window(rule.less_is_better) for size in rule.sizes}
    coming = deque(sorted(bests, key=lambda one: (one.day, one.start_ms)))
    days = sorted({day for one in coming for day in (one.day, one.day + rule.days)})
    found: list[Estimate] = []
    for day in days:
        while coming and coming[0].day <= day:
            best = coming.popleft()
            windows[best.size].add(best)
        held = {size: one for size, window in windows.items() if (one := window.best(day - rule.days)) is not None}
        shown = rule.show(held)
        if shown is None:
            continue
        value = round(round(shown[0] / rule.step) * rule.step, 6)
        if believable(rule.key, value) and (not found or found[-1].value != value):
            when = date.fromordinal(day).isoformat()
            found.append(Estimate(rule.key, rule.family, when, value, shown[1].start_ms, shown[1].size))
    return found


def all_estimates(bests: Callable[[Rule], Iterable[Best]]) -> list[Estimate]:
    """Return what all rules find, given the best efforts that each of them asks for."""
    return list(chain.from_iterable(estimates(rule, bests(rule)) for rule in RULES))


@dataclass(slots=True)
class _Window:
    """The best efforts of one size that may still be the best of some days to come, the best one first."""

    less_is_better: bool
    _held: deque[Best] = field(default_factory=deque)

    def add(self, best: Best) -> None:
        """Add one that is no older than the others; worse ones, which end sooner, will never be the best."""
        while self._held and self._good(best) > self._good(self._held[-1]):
            self._held.pop()
        self._held.append(best)

    def best(self, after: int) -> Best | None:
        """Return the best one of the days after a day, the earlier of two alike."""
        while self._held and self._held[0].day <= after:
            self._held.popleft()
        return self._held[0] if self._held else None

    def _good(self, best: Best) -> float:
        return -best.value if self.less_is_better else best.value
