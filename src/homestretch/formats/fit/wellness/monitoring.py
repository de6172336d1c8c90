"""Monitoring messages: what a watch writes through the day, in order of time."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from homestretch.formats.fit.part import ABSOLUTE, Part, Seconds, full_counts
from homestretch.formats.fit.timeline import FILE_ID
from homestretch.formats.fit.wellness.clock import MONITORING, MONITORING_INFO, LocalClock
from homestretch.formats.fit.wire.columns import recast
from homestretch.model.channel import MISSING_64, Floats, Mask

CYCLES = 3
_ACTIVITY_TYPE, _TYPE_AND_INTENSITY, _HEART_RATE = 5, 24, 27
_INFO_TYPES = 1
_TIME_CREATED, _TIMESTAMP_16 = 4, 26
_LOW = 0xFFFF


def monitoring_seconds(part: Part) -> Seconds:
    """Return when each monitoring message was written, FIT seconds, shape (n,), MISSING_64 where that is unknown.

    Most hold only the low 16 bits of their time and count on from the message before them; the file's own time is
    the first. Messages of other kinds do not set this clock: one is stamped when the watch was read out.
    """
    table, info = part.table(MONITORING), part.table(MONITORING_INFO)
    created = next((m.number_of(_TIME_CREATED) for m in part.messages(FILE_ID)), None)
    opened = np.array([MISSING_64 if created is None else created])
    full = np.concatenate([opened, part.seconds(info), part.seconds(table)])
    low = np.full(len(full), MISSING_64)
    short = table.column(_TIMESTAMP_16)
    if short is not None and short.dtype.kind == "i":
        low[1 + len(info) :] = recast(short, low.dtype)
    places = np.concatenate([[-1], info.offsets, table.offsets])
    order = np.argsort(places, kind="stable")
    order = order[(full[order] != MISSING_64) | (low[order] != MISSING_64)]
    seconds = np.full(len(full), MISSING_64)
    seconds[order] = full_counts(full[order], low[order], _LOW)
    seconds[seconds < ABSOLUTE] = MISSING_64
    return seconds[1 + len(info) :]


class Monitoring:
    """The monitoring messages of a file in order of time: `seconds` (n,), and their fields as columns.

    `opening` is when the file begins, by its first message or by what it says of itself.
    """

    def __init__(self, part: Part, clock: LocalClock) -> None:
        self.part, self.clock = part, clock
        self._columns: dict[int, Floats] = {}
        self.table = part.table(MONITORING)
        seconds = monitoring_seconds(part)
        self._rows = np.flatnonzero(seconds != MISSING_64)
        self._rows = self._rows[np.argsort(seconds[self._rows], kind="stable")]
        self.seconds = seconds[self._rows]
        stated = part.seconds(part.table(MONITORING_INFO))
        self.opening = min([*stated[stated >= ABSOLUTE].tolist(), *self.seconds[:1].tolist()], default=0)
        self.types = self._types()

    def column(self, num: int) -> Floats:
        """Return a field as it is in the file, shape (n,), NaN where it is not there."""
        column = self._columns.get(num)
        if column is None:
            raw = self.table.column(num)
            column = np.full(len(self.table), np.nan) if raw is None else recast(raw, np.dtype(np.float64))
            column = self._columns[num] = column[self._rows]
        return column

    def worth(self, num: int | None) -> dict[float, float]:
        """Return a factor of `monitoring_info` (its field) for each type of activity that has one."""
        for message in self.part.messages(MONITORING_INFO, arrays=True):
            types, factors = message.get(_INFO_TYPES), None if num is None else message.get(num)
            if isinstance(types, tuple) and isinstance(factors, tuple):
                pairs = zip(types, factors, strict=False)
                return {kind: factor for kind, factor in pairs if isinstance(factor, int) and factor}
        return {}

    def _types(self) -> Floats:
        """Return the type of activity of each message, shape (n,): the low 5 bits of field 24 where it has no own."""
        types, packed = self.column(_ACTIVITY_TYPE), self.column(_TYPE_AND_INTENSITY)
        low = np.where(np.isnan(packed), np.nan, np.nan_to_num(packed).astype(np.int64) & 0x1F)
        return np.where(np.isnan(types), low, types)

    @cached_property
    def rows_of_types(self) -> dict[float, Mask]:
        """Which messages are of each type of activity, (n,), by type in order."""
        known = self.types[~np.isnan(self.types)]
        return {float(kind): self.types == kind for kind in np.unique(known)}

    @cached_property
    def opening_types(self) -> Sequence[float]:
        """The types of activity that the file opens with."""
        return [float(kind) for kind in self.types[self.seconds == self.opening]]

    @cached_property
    def worn(self) -> Seconds:
        """Instants at which the device was worn: of its heart rate, else of anything that it wrote."""
        rates = self.column(_HEART_RATE) > 0
        return self.seconds[rates] if rates.any() else self.seconds
