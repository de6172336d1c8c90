"""What held of an athlete when: the word set last for a day wins, and holds until the next day with one."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

#: What was stated: (key, sport family or "", first day (ISO), value or None to take that day's back), in order.
type Stated = Iterable[tuple[str, str, str, float | None]]


@dataclass(slots=True)
class History:
    """What held when: for each (key, family) the days, rising, from which a value holds.

    `shown` is what best efforts showed when, for the keys of which nothing was stated.
    """

    _days: dict[tuple[str, str], tuple[tuple[str, ...], tuple[float, ...]]] = field(default_factory=dict)
    shown: "History | None" = None
    _known: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict, compare=False)

    def __hash__(self) -> int:
        return hash((frozenset(self._days.items()), self.shown))

    @classmethod
    def of(cls, rows: Stated, shown: Stated = ()) -> "History":
        """Return the history from statements, in the order in which they were made, and from the estimates shown."""
        said: dict[tuple[str, str], dict[str, float | None]] = {}
        for key, family, day, value in rows:
            said.setdefault((key, family), {})[day] = value
        found = {}
        for name, by_day in said.items():
            held = sorted((day, value) for day, value in by_day.items() if value is not None)
            if held:
                found[name] = (tuple(day for day, _ in held), tuple(value for _, value in held))
        estimates = tuple(shown)
        return cls(found, cls.of(estimates) if estimates else None)

    def values(self, family: str, day: str) -> Mapping[str, float]:
        """Return what holds by key for a sport family on a day (ISO): what is of the family, else what is of all.

        Before the first day that a value is known of, the first one holds: people state what has long been so.
        """
        known = self._known.get((family, day))
        if known is None:
            general = {key: self._at(key, "", day) for key, of in self._days if of == ""}
            own = {key: self._at(key, family, day) for key, of in self._days if of == family}
            known = self._known[family, day] = general | own
        return known

    def estimates(self, family: str, day: str) -> Mapping[str, float]:
        """Return the same of what best efforts showed."""
        return {} if self.shown is None else self.shown.values(family, day)

    def _at(self, key: str, family: str, day: str) -> float:
        days, values = self._days[key, family]
        return values[max(bisect_right(days, day) - 1, 0)]
