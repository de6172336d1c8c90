"""Metrics: an activity's figures beyond its summary, each described, computed by families of leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from math import isfinite
from typing import Literal

from homestretch.analysis.activity.effort import Effort
from homestretch.model.sport import Sport
from homestretch.registry import discover

type Reason = Literal["no_data", "too_short", "no_threshold", "partial"]
type Fold = Literal["sum", "mean", "max", "min", "last"]
type Trust = Literal["measured", "derived", "estimated"]
#: A value of a family: a number (`LowConfidence` where it is to be taken with care), or the reason it is missing.
type Values = dict[str, float | Reason]


class LowConfidence(float):
    """A number to be taken with care: a float that says in `reason` why."""

    __slots__ = ("reason",)
    reason: Reason

    def __new__(cls, value: float, reason: Reason) -> "LowConfidence":
        """Return the number with its reason."""
        made = super().__new__(cls, value)
        made.reason = reason
        return made

    def __reduce__(self) -> tuple[type["LowConfidence"], tuple[float, Reason]]:
        """Travel between processes with the reason."""
        return LowConfidence, (float(self), self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A number about an activity: how it is shown, how it folds over days (a mean by time), where its formula is from.

    `also_known_as` are the names that other services use. A metric whose numbers are codes names them in `choices`.
    """

    key: str
    name: str
    unit: str
    decimals: int
    fold: Fold
    cite: str
    trust: Trust = "derived"
    lower_is_better: bool = False
    also_known_as: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Return what tables call it: 31 bits of its key, the same in every installation."""
        return int.from_bytes(blake2b(self.key.encode(), digest_size=4).digest()) >> 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Metrics that are computed together; `version` goes up with every change of what `measure` returns.

    `sports` are the families of sports it applies to (None: all), `reads` the thresholds that it may ask for.
    """

    key: str
    version: int
    metrics: tuple[Metric, ...]
    measure: Callable[[Effort], Values]
    sports: frozenset[str] | None = None
    reads: tuple[str, ...] = ()
    keys: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", frozenset(metric.key for metric in self.metrics))


@cache
def families() -> Mapping[str, Family]:
    """Return every family by key, in the order of the keys; ValueError if two of them have the same metric."""
    found = discover("homestretch.analysis.metrics", Family)
    homes: dict[str, str] = {}
    for family in found.values():
        for metric in family.metrics:
            if homes.setdefault(metric.key, family.key) != family.key:
                raise ValueError(f"{metric.key} is computed by {homes[metric.key]} and by {family.key}")
    return dict(sorted(found.items()))


@cache
def metrics() -> Mapping[str, Metric]:
    """Return every metric by key, family by family."""
    return {metric.key: metric for family in families().values() for metric in family.metrics}


@cache
def by_number() -> Mapping[int, Metric]:
    """Return every metric by its number. Raises ValueError if two have the same one: then call one otherwise."""
    found: dict[int, Metric] = {}
    for metric in metrics().values():
        if found.setdefault(metric.number, metric) is not metric:
            raise ValueError(f"{metric.key} and {found[metric.number].key} have the same number")
    return found


def applicable(sport: Sport) -> tuple[Family, ...]:
    """Return the families that have metrics for a sport."""
    return tuple(f for f in families().values() if f.sports is None or sport.family in f.sports)


def measure(effort: Effort, family: Family) -> Values:
    """Return a family's values for an effort: a value or a reason for each of its metrics and for nothing else.

    The family sees only the thresholds that it reads (KeyError); ValueError if it returns other metrics than its own.
    """
    values = family.measure(effort.reading(family.reads))
    if values.keys() != family.keys:
        raise ValueError(f"{family.key} does not match its description: {sorted(values.keys() ^ family.keys)}")
    return {key: _number_or_reason(value) for key, value in values.items()}


def _number_or_reason(value: float | Reason) -> float | Reason:
    if isinstance(value, str):
        return value
    if not isfinite(value):
        return "no_data"
    return value if type(value) in {float, LowConfidence} else float(value)
