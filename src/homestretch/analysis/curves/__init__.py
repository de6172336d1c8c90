"""The kinds of mean-max curves, one file each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from homestretch.analysis.activity.series import Even, Series
from homestretch.registry import discover


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A kind of curve: what `series` makes of an effort's samples at 1 Hz, None where it was not measured, by duration.

    `sports` are the families of sports that have it (None: all); `version` goes up with every change of `series`.
    """

    key: str
    name: str
    unit: str
    series: Callable[[Series], Even | None]
    cite: str
    dense: bool = False
    sports: frozenset[str] | None = None
    version: int = 1


@cache
def curves() -> Mapping[str, Curve]:
    """Return every kind of curve by key, in the order of the keys."""
    return dict(sorted(discover("homestretch.analysis.curves", Curve).items()))
