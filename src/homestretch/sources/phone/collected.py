"""What a message of a phone says, collected by day: the local day of an instant, values, spans and series."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Measurement, Series, Spans, Wellness
from homestretch.model.health.night import Night

FIRST_YEAR, LAST_YEAR = 2000, 2100


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return a zone; UTC for a name that this system does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class At:
    """An instant with the day and the offset of the local clock."""

    ms: int
    day: str
    offset_s: int


@dataclass(slots=True)
class Collected:
    """Values by kind, spans and series by kind and day, nights and notes; the zone is that of the days."""

    zone: str
    measurements: dict[tuple[str, str, int | None], Measurement] = field(default_factory=dict)
    spans: dict[tuple[str, str], dict[int, tuple[int, float]]] = field(default_factory=dict)
    series: dict[tuple[str, str], dict[int, float]] = field(default_factory=dict)
    nights: list[Night] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)

    def at(self, value: object, name: str, *, own_clock: bool = False) -> At | None:
        """Return the instant of ISO 8601 text with an offset; its day is by the zone, or by its `own_clock`."""
        moment = _moment(value) if isinstance(value, str) else None
        if moment is None or moment.tzinfo is None or not FIRST_YEAR <= moment.year < LAST_YEAR:
            self.notes[f"unexpected:{name}"] = None
            return None
        local = moment if own_clock else moment.astimezone(zone_named(self.zone))
        offset = local.utcoffset()
        offset_s = int(offset.total_seconds()) if offset else 0
        return At(round(moment.timestamp() * 1000), local.date().isoformat(), offset_s)

    def number(self, value: object, name: str) -> float | None:
        """Return a finite number; anything else but null leaves a note."""
        if isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value):
            return float(value)
        if value is not None:
            self.notes[f"unexpected:{name}"] = None
        return None

    def value(self, kind: str, day: str, value: float | None, at_ms: int | None = None) -> None:
        """Add a value of a day, or of an instant."""
        if value is not None and value >= (1e-9 if KINDS[kind].above_zero else -1e9):
            self.measurements[kind, day, at_ms] = Measurement(kind, day, value, at_ms)

    def span(self, kind: str, start: At, end: At, value: float | None) -> None:
        """Add what was counted over a span, to the day in which it begins."""
        if value is not None and value >= 0.0 and end.ms > start.ms:
            self.spans.setdefault((kind, start.day), {})[start.ms] = (end.ms, value)

    def sample(self, kind: str, at: At, value: float | None) -> None:
        """Add a sample of a series."""
        if value is not None and (value > 0.0 or not KINDS[kind].above_zero):
            self.series.setdefault((kind, at.day), {})[at.ms] = value

    def wellness(self, said_ms: int | None = None) -> Wellness:
        """Return everything that was collected."""
        return Wellness(
            measurements=tuple(self.measurements.values()),
            spans=tuple(_spans(kind, day, rows) for (kind, day), rows in self.spans.items()),
            series=tuple(_series(kind, day, rows) for (kind, day), rows in self.series.items()),
            nights=tuple(self.nights),
            notes=tuple(self.notes),
            said_ms=said_ms,
        )


def _moment(text: str) -> datetime | None:
    """Return a date and time; Health Auto Export writes a space before the offset."""
    try:
        return datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return None


def _spans(kind: str, day: str, rows: dict[int, tuple[int, float]]) -> Spans:
    starts = np.array(sorted(rows), np.int64)
    ends = np.array([rows[start][0] for start in starts.tolist()], np.int64)
    return Spans(kind, day, starts, ends, np.array([rows[start][1] for start in starts.tolist()], np.float64))


def _series(kind: str, day: str, rows: dict[int, float]) -> Series:
    times = np.array(sorted(rows), np.int64)
    return Series(kind, day, times, np.array([rows[at] for at in times.tolist()], np.float64))
