"""An effort: what formulas are given of one activity, of its samples and of who did it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from homestretch.analysis.activity.series import Series
from homestretch.analysis.activity.summary import Summary
from homestretch.analysis.athlete.thresholds import Profile
from homestretch.analysis.samples.samples import Samples
from homestretch.model.recording import Length
from homestretch.model.sport import Sport


@dataclass(frozen=True, slots=True, eq=False)
class Effort:
    """An activity as its sport reads it, which people may have corrected, and the athlete on that day.

    `rpe` is how hard it felt, 0 to 10, and `feel` how the athlete felt, 1 to 5. `series` holds what is made of the
    samples, shared by all families.
    """

    samples: Samples
    summary: Summary
    sport: Sport
    profile: Profile
    rpe: float | None = None
    feel: int | None = None
    series: Series = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "series", Series(self.samples, self.sport))

    def reading(self, keys: Iterable[str]) -> "Effort":
        """Return the same effort with a profile that knows nothing but these thresholds; the series are shared."""
        narrowed = object.__new__(Effort)
        whole = (self.samples, self.summary, self.sport, self.profile.only(keys), self.rpe, self.feel, self.series)
        for name, value in zip(self.__slots__, whole, strict=True):
            object.__setattr__(narrowed, name, value)
        return narrowed

    def stated(self, *keys: str) -> float | None:
        """Return the first of the device's own totals with one of these keys that is above zero, or None."""
        totals = self.samples.recording.totals
        return next((float(totals[key]) for key in keys if 0.0 < totals.get(key, 0.0) < float("inf")), None)

    @property
    def lengths(self) -> tuple[Length, ...]:
        """The pool's lengths that were swum."""
        return tuple(one for one in self.samples.recording.lengths if one.active and one.elapsed_s > 0.0)

    @property
    def pool_m(self) -> float | None:
        """How long the pool is, in m."""
        stated = self.samples.recording.pool_length_m
        return stated if stated is not None and stated > 0.0 else self.stated("pool_length_m")
