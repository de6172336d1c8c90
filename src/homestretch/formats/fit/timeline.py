"""The timeline: from FIT's seconds to UTC, where the file's clock was ever set."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from homestretch.formats.fit.part import ABSOLUTE, EPOCH_S, Message, Part, Seconds
from homestretch.model.channel import MISSING_64, Times
from homestretch.model.moment import Moment

FILE_ID, ACTIVITY = 0, 34
_TIME_CREATED, _TIMESTAMP, _LOCAL_TIMESTAMP = 4, 253, 5
_QUARTER, _SLACK_S, _MOST_OFFSET_S = 900, 300, 15 * 3600


@dataclass(frozen=True, slots=True)
class Timeline:
    """Turns FIT seconds into UTC; `shift` is added to those that only count from when the device was switched on."""

    shift: int = 0
    offset_s: int | None = None

    def ms(self, second: int) -> int:
        """Return an instant in milliseconds since 1970."""
        return (second + EPOCH_S + (self.shift if second < ABSOLUTE else 0)) * 1000

    def array(self, seconds: Seconds) -> Times:
        """Return instants in milliseconds since 1970, shape (n,)."""
        if self.shift:
            seconds = np.where(seconds < ABSOLUTE, seconds + self.shift, seconds)
        return (seconds + EPOCH_S) * 1000

    def moment(self, utc_ms: int) -> Moment:
        """Return the instant with the file's own offset, if it has one."""
        return Moment(utc_ms, self.offset_s, zone_source="none" if self.offset_s is None else "file")


def timeline_of(part: Part, seconds: Seconds) -> tuple[Timeline, bool]:
    """Return the part's timeline, given its records' timestamps, and whether these are relative."""
    offset = _local_offset(part.messages(ACTIVITY))
    known = seconds[seconds != MISSING_64]
    if not len(known) or int(known.max()) >= ABSOLUTE:
        return Timeline(0, offset), False
    created = next((m.number_of(_TIME_CREATED) for m in part.messages(FILE_ID)), None) or 0
    shift = created - int(known.min()) if created >= ABSOLUTE else 0
    return Timeline(shift, offset), True


def filled(seconds: Seconds, otherwise: int) -> Seconds:
    """Return the timestamps with gaps filled from the one before (the first: from the one after)."""
    known = seconds != MISSING_64
    if known.all():
        return seconds
    if not known.any():
        return np.full(len(seconds), otherwise)
    last = np.maximum.accumulate(np.where(known, np.arange(len(seconds)), -1))
    return seconds[np.where(last < 0, int(np.argmax(known)), last)]


def rounded_leads(utc: Seconds, local: Seconds) -> Seconds:
    """Return when, and by how much the wall clock was ahead of UTC, shape (n, 2), in s, without what is no offset.

    Offsets are whole quarters of an hour; what two clocks differ beyond that is up to 5 minutes.
    """
    leads = local - utc
    rounded = np.rint(leads / _QUARTER).astype(np.int64) * _QUARTER
    sound = (np.abs(rounded) <= _MOST_OFFSET_S) & (np.abs(leads - rounded) <= _SLACK_S)
    return np.stack([utc, rounded], axis=1)[sound]


def _local_offset(messages: Iterable[Message]) -> int | None:
    """Return the wall clock's lead over UTC in seconds, to a quarter of an hour, if the file has a sound one."""
    for message in messages:
        utc, local = message.number_of(_TIMESTAMP), message.number_of(_LOCAL_TIMESTAMP)
        if utc is None or local is None or min(utc, local) < ABSOLUTE:
            continue
        for _, lead in rounded_leads(np.array([utc]), np.array([local])).tolist():
            return int(lead)
    return None
