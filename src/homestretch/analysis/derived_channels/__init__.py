"""Channels that are computed when somebody looks, one file each: no device measured them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from homestretch.analysis.activity.series import Series
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.model.channel import Floats
from homestretch.registry import discover


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedChannel:
    """A derived channel: `needs` are the recorded channels that it requires, `values` computes it on the axis (n,)."""

    key: str
    unit: str
    needs: tuple[str, ...]
    values: Callable[[Series, Profile], Floats | None]
    cite: str
    reads: tuple[str, ...] = ()
    sports: frozenset[str] | None = None


@cache
def derived_channels() -> Mapping[str, DerivedChannel]:
    """Return every computed channel by key, in the order of the keys."""
    return dict(sorted(discover("homestretch.analysis.derived_channels", DerivedChannel).items()))
