"""When a backup is due, and which ones are kept: in the server's own time, without a zone."""

from collections.abc import Callable, Collection, Hashable
from datetime import datetime, timedelta

from homestretch.store.queries.backups import BackupSettings

#: What failed is tried again after an hour: a disk is often just not mounted yet.
AGAIN_MS = 3_600_000
#: How often a backup is restored to see whether that works.
DRILL_MS = 30 * 86_400_000
_SUNDAY = 6


def local(at_ms: int) -> datetime:
    """Return an instant in the server's own time."""
    return datetime.fromtimestamp(at_ms / 1000)


def last_slot(chosen: BackupSettings, now_ms: int) -> int:
    """Return when the last backup was to be made, UTC ms."""
    now = local(now_ms)
    slot = now.replace(hour=chosen.hour, minute=0, second=0, microsecond=0)
    if slot > now:
        slot -= timedelta(days=1)
    if chosen.every == "week":
        slot -= timedelta(days=(slot.weekday() - _SUNDAY) % 7)
    return int(slot.timestamp() * 1000)


def next_slot(chosen: BackupSettings, now_ms: int) -> int:
    """Return when the next backup is to be made, UTC ms."""
    slot = local(last_slot(chosen, now_ms)) + timedelta(days=7 if chosen.every == "week" else 1)
    return int(slot.timestamp() * 1000)


def to_keep(times: Collection[int], chosen: BackupSettings) -> set[int]:
    """Return the backups to keep, by when each was made (UTC ms): the newest, and the newest of the last days, weeks
    and months that have one.
    """
    by_time = sorted(times, reverse=True)
    kept = set(by_time[:1])
    spans: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (chosen.daily, lambda at: at.date()),
        (chosen.weekly, lambda at: at.isocalendar()[:2]),
        (chosen.monthly, lambda at: (at.year, at.month)),
    )
    for count, span in spans:
        newest: dict[Hashable, int] = {}
        for one in by_time:
            newest.setdefault(span(local(one)), one)
        kept |= set(list(newest.values())[:count])
    return kept
