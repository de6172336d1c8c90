"""Photos of activities: their limits, what a photo says of when and where it was taken, and when that was."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

#: The longer edges, in px, of the pictures that are shown; VERSION goes up with every change of how they are made.
EDGES = (320, 1024, 2048)
VERSION = 1
#: What a photo may have at most: bytes and pixels; and how many photos an activity has.
MOST_BYTES, MOST_PIXELS, MOST_PHOTOS = 25_000_000, 100_000_000, 50
LONGEST_CAPTION = 500
#: By how much the clock of a camera may be wrong, in s: a date line is a day.
MOST_CLOCK_S = 366 * 86_400
#: A photo belongs to the nearest sample that is so many s away at most.
NEAR_S = 300.0

#: The brands of HEIC, in which newer phones keep photos and which few programs read.
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

#: By what a time goes: satellites; a camera that knew its zone; a camera's local time.
type PhotoClock = Literal["satellites", "zone", "camera"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a photo says of itself: when it was taken, and where (degrees).

    `taken_ms` is UTC; `taken_local` is ISO 8601 without an offset, of a camera that knew no zone.
    """

    clock: PhotoClock | None = None
    taken_ms: int | None = None
    taken_local: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    def at_ms(self, offset_s: int, clock_s: int) -> int | None:
        """Return when it was taken (UTC ms), or None where it does not say.

        `offset_s` is that of local time, `clock_s` what is added to the camera's clock; satellites are right.
        """
        if self.clock == "satellites" or self.taken_local is None:
            added_s = 0 if self.clock == "satellites" else clock_s
            return None if self.taken_ms is None else self.taken_ms + 1000 * added_s
        local = datetime.fromisoformat(self.taken_local).replace(tzinfo=UTC)
        return round(local.timestamp() * 1000) + 1000 * (clock_s - offset_s)


def media_type(head: bytes) -> str | None:
    """Return the media type of a photo that begins so, or None for what is no photo that browsers show."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    return "image/webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def is_heic(head: bytes) -> bool:
    """Return whether a file that begins so is a photo as newer phones keep them, which few programs read."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC
