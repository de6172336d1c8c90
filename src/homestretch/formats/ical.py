"""iCalendar (RFC 5545): planned sessions as events; the same events are the same bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from homestretch.formats._steps import plain
from homestretch.model.texts import LONGEST_TEXT

#: A line has at most so many bytes; what follows stands on lines that begin with a blank.
LONGEST_LINE = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """An event on a local day; with `start` (HH:MM, in `zone`) it has a time and lasts `minutes`, else the whole day.

    `uid` stays when it is moved; `sequence` grows with each version; `stamp_ms` (UTC) is when that was decided.
    `lines` are the description's; `cancelled` events are still sent for a while, so that calendars remove them.
    """

    uid: str
    day: date
    summary: str
    sequence: int
    stamp_ms: int
    start: str | None = None
    zone: str | None = None
    minutes: int = 0
    categories: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    url: str | None = None
    cancelled: bool = False


def encode_calendar(name: str, events: Sequence[CalendarEvent]) -> bytes:
    """Return a calendar of events, its lines folded and ended as RFC 5545 wants."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Homestretch//plan//EN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        *(line for event in events for line in _lines(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _lines(event: CalendarEvent) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_escaped(event.summary)}"
    yield from _times(event)
    yield f"DTSTAMP:{_utc(datetime.fromtimestamp(event.stamp_ms / 1000, UTC))}"
    yield f"UID:{_escaped(event.uid)}"
    yield f"SEQUENCE:{event.sequence}"
    if event.categories:
        yield "CATEGORIES:" + ",".join(map(_escaped, event.categories))
    if event.lines:
        yield "DESCRIPTION:" + "\\n".join(map(_escaped, event.lines))
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if event.url:
        yield f"URL:{plain(event.url, LONGEST_TEXT) or ''}"
    yield "END:VEVENT"


def _times(event: CalendarEvent) -> Iterator[str]:
    if event.start is None:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
        return
    hour, _, minute = event.start.partition(":")
    local = datetime(event.day.year, event.day.month, event.day.day, int(hour), int(minute or 0))
    begin = local.replace(tzinfo=ZoneInfo(event.zone) if event.zone else UTC).astimezone(UTC)
    yield f"DTSTART:{_utc(begin)}"
    yield f"DTEND:{_utc(begin + timedelta(minutes=max(event.minutes, 1)))}"


def _utc(at: datetime) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    words = plain(text, LONGEST_TEXT) or ""
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 bytes, never inside a letter; all but the first begin with a blank."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE - 1:
            yield piece
            piece, size = " ", 0
        piece, size = piece + letter, size + width
    yield piece
