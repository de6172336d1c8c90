"""Reads Garmin's days leniently: null says nothing, unexpected values become notes, nothing raises."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any

import numpy as np

from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Measurement, Series, Spans, Wellness
from homestretch.model.health.night import Night
from homestretch.model.moment import day_of

#: Grams become kilograms without the dust of floats.
DECIMALS = 6
#: A watch shows times between these years; Garmin writes 1970 for none.
FIRST_YEAR, LAST_YEAR = 1990, 2100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_MS = int(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp()) * 1000
_LAST_MS = int(datetime(LAST_YEAR, 1, 1, tzinfo=UTC).timestamp()) * 1000


class WellnessBuilder:
    """What a payload was found to say."""

    def __init__(self) -> None:
        self._measurements: dict[tuple[str, str, int | None, str], Measurement] = {}
        self._series: dict[tuple[str, str], Series] = {}
        self._spans: dict[tuple[str, str], Spans] = {}
        self._nights: list[Night] = []
        self._notes: dict[str, None] = {}

    def note(self, code: str) -> None:
        """Note something unexpected, once."""
        self._notes[code] = None

    def mapping(self, value: Any, name: str) -> Mapping[str, Any]:
        """Return an object, empty for null; note anything else."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.note(f"unexpected:{name}")
        return {}

    def rows(self, value: Any, name: str) -> Iterator[Mapping[str, Any]]:
        """Yield the objects of a list, of a list under `data`, or the one object that there is."""
        if isinstance(value, dict):
            value = value["data"] if isinstance(value.get("data"), list) else [value]
        for row in self.items(value, name):
            if row is not None:
                yield self.mapping(row, name)

    def items(self, value: Any, name: str) -> Sequence[Any]:
        """Return a list, empty for null; note anything else."""
        if isinstance(value, list):
            return value
        if value is not None:
            self.note(f"unexpected:{name}")
        return ()

    def number(self, value: Any, name: str) -> float | None:
        """Return a finite number, also one in quotes; None for null; note anything else."""
        if value is None:
            return None
        try:
            found = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else np.nan
        except ValueError:
            found = np.nan
        if isfinite(found):
            return float(found)
        self.note(f"unexpected:{name}")
        return None

    def measured(self, kind: str, value: Any, name: str) -> float | None:
        """Return a number if it is a value of the kind: below 0 Garmin says why it has none (-1, -2)."""
        found = self.number(value, name)
        if found is None or found < 0 or (found == 0 and kind in KINDS and KINDS[kind].above_zero):
            return None
        return found

    def time_ms(self, value: Any, name: str) -> int | None:
        """Return UTC ms of ms since 1970 or of a date and time in UTC; None without one."""
        if value is None or value == 0 or (isinstance(value, str) and value.startswith("1970-01-01")):
            return None
        found = _time_of_text(value) if isinstance(value, str) else _time_of_number(value)
        if found is None or not _FIRST_MS <= found < _LAST_MS:
            self.note(f"unexpected:{name}")
            return None
        return found

    def day(self, value: Any, name: str) -> str | None:
        """Return the day (YYYY-MM-DD) that a date, or a local date and time, begins with; ms are of UTC midnight."""
        if value is None or value == 0 or (isinstance(value, str) and value.startswith("1970-01-01")):
            return None
        ms = _time_of_number(value)
        if ms is not None:
            value = day_of(ms) if _FIRST_MS <= ms < _LAST_MS else ""
        try:
            found = date.fromisoformat(value[:10]) if isinstance(value, str) else date.min
        except ValueError:
            found = date.min
        if FIRST_YEAR <= found.year < LAST_YEAR:
            return found.isoformat()
        self.note(f"unexpected:{name}")
        return None

    def device(self, value: object, name: str) -> str:
        """Return the key of the device that a row names by its number; empty without one."""
        number = self.number(value, name)
        return str(int(number)) if number is not None and number > 0 else ""

    def measure(
        self, kind: str, day: str | None, value: float | None, at_ms: int | None = None, device: str = ""
    ) -> None:
        """Add a value, if there is one; without a day it is lost and noted."""
        if value is not None and day is None:
            self.note("no_day")
        elif value is not None and day is not None:
            self._measurements[kind, day, at_ms, device] = Measurement(kind, day, value, at_ms, device)

    def fields(
        self,
        row: Mapping[str, Any],
        day: str | None,
        table: Iterable[tuple[str, str, float]],
        at_ms: int | None = None,
        device: str = "",
    ) -> None:
        """Add the values of a row by a table of (Garmin's name, kind, what it is multiplied by)."""
        for name, kind, scale in table:
            value = self.measured(kind, row.get(name), name)
            self.measure(kind, day, None if value is None else round(value * scale, DECIMALS), at_ms, device)

    def course(self, kind: str, day: str | None, points: Iterable[tuple[int | None, float | None]]) -> None:
        """Add a day's values in order of time; of two values at one instant the later holds."""
        held = {at: np.nan if value is None else value for at, value in points if at is not None}
        if not any(isfinite(value) for value in held.values()):
            return
        if day is None:
            self.note("no_day")
            return
        times = np.array(sorted(held), np.int64)
        self._series[kind, day] = Series(kind, day, times, np.array([held[at] for at in times.tolist()], np.float64))

    def add_spans(
        self, kind: str, day: str | None, spans: Iterable[tuple[int | None, float | None]], wide_ms: int
    ) -> None:
        """Add what a day's spans of one width counted, by their starts; of two with one start the later holds."""
        held = {at: value for at, value in spans if at is not None and value is not None}
        if not held:
            return
        if day is None:
            self.note("no_day")
            return
        starts = np.array(sorted(held), np.int64)
        values = np.array([held[at] for at in starts.tolist()], np.float64)
        self._spans[kind, day] = Spans(kind, day, starts, starts + wide_ms, values)

    def night(self, night: Night) -> None:
        """Add a night."""
        self._nights.append(night)

    def wellness(self) -> Wellness:
        """Return everything that was added."""
        return Wellness(
            measurements=tuple(self._measurements.values()),
            series=tuple(self._series.values()),
            spans=tuple(self._spans.values()),
            nights=tuple(self._nights),
            notes=tuple(self._notes),
        )


def _time_of_number(value: Any) -> int | None:
    plain = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return int(value) if plain else None


def _time_of_text(text: str) -> int | None:
    """Return UTC ms of `2023-07-20T05:29:48.0`, with a space for the T or a zone at its end; None if it is no time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not FIRST_YEAR <= found.year < LAST_YEAR:
        return None
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return round((aware - _EPOCH).total_seconds() * 1000)
