"""A moment: an instant in UTC together with the clock on the athlete's wall."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

type ZoneSource = Literal["file", "place", "home", "none"]


@dataclass(frozen=True, slots=True)
class Moment:
    """`utc_ms` since 1970, the local offset in seconds if known, the IANA zone if known, and who said so."""

    utc_ms: int
    offset_s: int | None = None
    zone: str | None = None
    zone_source: ZoneSource = "none"

    def utc(self) -> datetime:
        """Return the instant as an aware datetime in UTC."""
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=self.utc_ms)

    def local(self) -> datetime:
        """Return the instant on the local clock (UTC where the offset is unknown)."""
        return self.utc().astimezone(timezone(timedelta(seconds=self.offset_s or 0)))
