"""A moment: an instant in UTC together with the clock on the athlete's wall."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal, overload

#: 0001-01-02 and 9999-12-30: within a day of the calendar's ends, so that any zone fits.
FIRST_MS, LAST_MS = -62_135_510_400_000, 253_402_128_000_000
DAY_MS = 86_400_000
_FIRST_ORDINAL = date(1970, 1, 1).toordinal()

type ZoneSource = Literal["file", "place", "home", "none"]


@dataclass(frozen=True, slots=True)
class Moment:
    """`utc_ms` since 1970, the local offset in seconds if known, the IANA zone if known, and where they come from."""

    utc_ms: int
    offset_s: int | None = None
    zone: str | None = None
    zone_source: ZoneSource = "none"

    def utc(self) -> datetime:
        """Return the instant as an aware datetime in UTC."""
        return instant(self.utc_ms)

    def local(self) -> datetime:
        """Return the instant on the local clock (UTC where the offset is unknown)."""
        return self.utc().astimezone(timezone(timedelta(seconds=self.offset_s or 0)))


def instant(utc_ms: int) -> datetime:
    """Return UTC milliseconds as an aware datetime; what no calendar reaches becomes its first or last days."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=min(max(utc_ms, FIRST_MS), LAST_MS))


@overload
def iso(utc_ms: int) -> str: ...
@overload
def iso(utc_ms: None) -> None: ...
@overload
def iso(utc_ms: int | None) -> str | None: ...
def iso(utc_ms: int | None) -> str | None:
    """Return UTC milliseconds as ISO 8601 with a Z, or None."""
    if utc_ms is None:
        return None
    text = instant(utc_ms).isoformat(timespec="milliseconds" if utc_ms % 1000 else "seconds")
    return text.replace("+00:00", "Z")


def local_iso(utc_ms: int, offset_s: int | None) -> str:
    """Return UTC milliseconds on the local clock with its offset (or none where it is unknown)."""
    zone = timezone(timedelta(seconds=offset_s or 0))
    text = instant(utc_ms).astimezone(zone).isoformat(timespec="seconds")
    return text if offset_s is not None else text.removesuffix("+00:00")


def day_of(local_ms: int) -> str:
    """Return the day (ISO 8601) of milliseconds on the local clock."""
    return instant(local_ms).date().isoformat()


@lru_cache(16)
def days_from(first: int, count: int) -> tuple[str, ...]:
    """Return so many days in a row (YYYY-MM-DD) from the `first`-th since 1970 on."""
    begin = date.fromordinal(first + _FIRST_ORDINAL)
    return tuple((begin + timedelta(days=number)).isoformat() for number in range(count))


def day_number(day: str) -> int:
    """Return the number of a day (YYYY-MM-DD) since 1970-01-01. Raises ValueError for anything else."""
    return date.fromisoformat(day).toordinal() - _FIRST_ORDINAL
