"""Metrics of a day: figures derived from measurements of many days, each described, computed by families of leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from homestretch.analysis.health.days import DayInput, Days
from homestretch.model.channel import Floats, Mask
from homestretch.model.health.kinds import KINDS, Group
from homestretch.registry import discover

type DayReason = Literal["no_data", "too_few"]
type DayTrust = Literal["derived", "estimated"]
type DayResults = dict[str, "DayResult"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a value needs: so many known values `of` a kind or another input in the last `days` days."""

    of: str
    least: int = 1
    days: int = 1


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a day has no value: what it needs, and the number that is known."""

    requirement: Requirement
    has: int

    @property
    def reason(self) -> DayReason:
        """Return `no_data` where there is nothing, `too_few` where there is something."""
        return "too_few" if self.has else "no_data"


@dataclass(frozen=True, slots=True, eq=False)
class DayResult:
    """A metric's values (n,) of days in a row; a day without one (NaN) names the requirement that is not met.

    `unmet` (n,) is its index in `requirements`, -1 where there is a value; `has` (n,) the number that is known of what
    it needs.
    """

    values: Floats
    requirements: tuple[Requirement, ...]
    unmet: NDArray[np.int64]
    has: NDArray[np.int64]

    def missing(self, day: int) -> Missing | None:
        """Return why a day has no value; None where it has one."""
        number = int(self.unmet[day])
        return None if number < 0 else Missing(self.requirements[number], int(self.has[day]))


type Check = tuple[Requirement, NDArray[np.int64] | Mask]


def day_result(values: Floats, *checks: Check) -> DayResult:
    """Return values (n,) where every requirement is met, each with the number that is known on each day (n,).

    A day that meets every requirement and has no value (NaN) fails the last one. A value without requirements is known
    on every day.
    """
    unmet, has = np.full(len(values), -1), np.zeros(len(values), dtype=np.int64)
    for number, (requirement, count) in enumerate(checks):
        fails = (unmet < 0) & (count < requirement.least)
        unmet[fails], has[fails] = number, count[fails]
    unmet[(unmet < 0) & ~np.isfinite(values)] = len(checks) - 1
    return DayResult(np.where(unmet < 0, values, np.nan), tuple(one for one, _ in checks), unmet, has)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMetric:
    """A figure of a day: how it is shown, where its formula is from, and which direction is better, if any.

    `unit` is that of a kind of measurement, or "clock_s": seconds after local midnight. `also_known_as` are the names
    that other services use. A metric whose values are codes names them in `choices`, from 0 up.
    """

    key: str
    name: str
    unit: str
    group: Group
    decimals: int
    cite: str
    trust: DayTrust = "derived"
    lower_is_better: bool | None = None
    also_known_as: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFamily:
    """Metrics that are computed together; `version` goes up with every change of what `measure` returns.

    `reads` are the kinds of measurements that it sees, `inputs` what it reads beside them.
    """

    key: str
    version: int
    metrics: tuple[DayMetric, ...]
    measure: Callable[[Days], DayResults]
    reads: tuple[str, ...] = ()
    inputs: tuple[DayInput, ...] = ()
    keys: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", frozenset(metric.key for metric in self.metrics))


@cache
def day_families() -> Mapping[str, DayFamily]:
    """Return every family by key; ValueError if a metric has the key of another one or of a kind of measurement."""
    families = discover("homestretch.analysis.health.derived", DayFamily)
    homes = dict.fromkeys(KINDS, "a kind of measurement")
    for family in families.values():
        for metric in family.metrics:
            if homes.setdefault(metric.key, family.key) != family.key:
                raise ValueError(f"{metric.key} is computed by {family.key} and is also of {homes[metric.key]}")
    return dict(sorted(families.items()))


@cache
def day_metrics() -> Mapping[str, DayMetric]:
    """Return every metric of a day by key, family by family."""
    return {metric.key: metric for family in day_families().values() for metric in family.metrics}


def measure_days(days: Days, family: DayFamily) -> DayResults:
    """Return a family's results: one for each of its metrics and for nothing else.

    The family sees only the kinds (KeyError) and inputs that it reads. Raises ValueError if it returns other metrics.
    """
    results = family.measure(days.reading(family.reads, family.inputs))
    if results.keys() != family.keys:
        raise ValueError(f"{family.key} does not match its description: {sorted(results.keys() ^ family.keys)}")
    return results
