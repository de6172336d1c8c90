"""When a notice may go out: quiet hours and digests, in the account's zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from homestretch.model.moment import instant
from homestretch.model.notices.kinds import Kind
from homestretch.store.queries.notices import Wishes

#: The local hour at which digests go out, weekly ones on Mondays.
DIGEST_HOUR = 7
#: What comes within this time goes out together; then a channel rests, so that a rush is a message or two.
GATHER_MS, REST_MS = 30_000, 15 * 60_000


def due_ms(at_ms: int, kind: Kind, wishes: Wishes, zone: ZoneInfo, sent_ms: int | None = None) -> int:
    """Return when a notice of an instant may go out (UTC ms) on a channel that sent something last at `sent_ms`."""
    if kind.urgent:
        return at_ms
    if wishes.digest != "off" and kind.digestible:
        return after_quiet(_digest(at_ms, wishes.digest == "weekly", zone), wishes, zone)
    gathered = at_ms + GATHER_MS if sent_ms is None else max(at_ms + GATHER_MS, sent_ms + REST_MS)
    return after_quiet(gathered, wishes, zone)


def after_quiet(at_ms: int, wishes: Wishes, zone: ZoneInfo) -> int:
    """Return an instant itself, or the end of the quiet hours that it is in."""
    begin, end = wishes.quiet_from, wishes.quiet_until
    if begin is None or end is None or begin == end:
        return at_ms
    local = instant(at_ms).astimezone(zone)
    minute = local.hour * 60 + local.minute
    is_quiet = begin <= minute < end if begin < end else minute >= begin or minute < end
    if not is_quiet:
        return at_ms
    return _at(local, end // 60, end % 60, 0 if minute < end else 1)


def _digest(at_ms: int, weekly: bool, zone: ZoneInfo) -> int:
    local = instant(at_ms).astimezone(zone)
    days = -local.weekday() % 7 if weekly else 0
    found = _at(local, DIGEST_HOUR, 0, days)
    return found if found > at_ms else _at(local, DIGEST_HOUR, 0, days + (7 if weekly else 1))


def _at(local: datetime, hour: int, minute: int, days: int) -> int:
    """Return a time of the day so many days later; one that clocks skip is as much later as they are put forward."""
    moment = datetime.combine(local.date() + timedelta(days=days), time(hour, minute), local.tzinfo)
    return int(moment.astimezone(UTC).timestamp() * 1000)
