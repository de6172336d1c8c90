"""The activity: a part's sessions, each with its own records, laps and events, as recordings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homestretch.formats.fit import summary
from homestretch.formats.fit.beats import HRV, beats_of
from homestretch.formats.fit.channels import RECORD, channels_of
from homestretch.formats.fit.developer import Described, describe, developer_values
from homestretch.formats.fit.part import TIMESTAMP, Message, Part, Seconds
from homestretch.formats.fit.timeline import ACTIVITY, FILE_ID, Timeline, filled, timeline_of
from homestretch.model.channel import MISSING_32, MISSING_64, Channel, Times
from homestretch.model.recording import BeatIntervals, Recording
from homestretch.model.sport import Sport

#: More sessions than this in one file are an attack, not a device.
_MOST_SESSIONS = 500
_POOL_LENGTH, _PROFILE_NAME = 44, 110
_CONSUMED = {
    FILE_ID, ACTIVITY, RECORD, HRV, 132, 206, 207, summary.SPORT, summary.SESSION, summary.LAP, summary.EVENT,
    summary.DEVICE_INFO, summary.LENGTH, summary.SET, summary.DIVE_SUMMARY,
}  # fmt: skip


@dataclass(slots=True)
class Leg:
    """One session as read, before the part's rows are dealt out: its message (None if lost) and when it began."""

    message: Message | None
    start: int
    name: str | None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """All records of a part: their times (ms, UTC), their channels, and the developer fields that it describes."""

    times: Times
    channels: Mapping[str, Channel]
    described: Described


@dataclass(slots=True)
class Read:
    """All that a part has: recordings, notes, and the records' times and channels before they were cut."""

    recordings: list[Recording]
    notes: list[str]


def read_activity(part: Part, key: str | None, overlay: Callable[[Times], Channel | None]) -> Read:
    """Return the part's recordings; `overlay` gives the strap's heart rate at the given times, if it was worn."""
    table, notes = part.table(RECORD), list[str]()
    seconds = part.seconds(table)
    line, relative = timeline_of(part, seconds)
    legs = _legs(part, seconds, notes)
    if not legs:
        return Read([], notes)
    described = describe(part)
    channels, burst = channels_of(table, described)
    notes += ["relative_time"] * relative + ["too_wide"] * burst
    seconds = filled(seconds, legs[0].start)
    times = line.array(seconds)
    strap = overlay(times)
    if strap is not None:
        channels[strap.key] = strap
    dealt = _Dealt(part, line, legs, Rows(times, channels, described))
    return Read(list(dealt.recordings(key)), notes)


def unread(part: Part) -> Mapping[int, int]:
    """Return how many messages of each kind took no part in the recordings."""
    return {number: count for number, count in part.counts.items() if number not in _CONSUMED}


def _legs(part: Part, seconds: Seconds, notes: list[str]) -> list[Leg]:
    """Return the sessions in order of time; records without any make up one of their own."""
    known = seconds[seconds != MISSING_64]
    first = int(known[0]) if len(known) else None
    names = summary.sport_names(part.messages(summary.SPORT))
    messages = _once(part.messages(summary.SESSION), notes)
    if len(messages) > _MOST_SESSIONS:
        notes.append("too_many_sessions")
    legs = []
    for place, message in enumerate(messages[:_MOST_SESSIONS]):
        start = summary.start_of(message)
        own = names[place] if len(names) == len(messages) else names[0] if len(names) == 1 else None
        legs.append(Leg(message, start if start is not None else first or 0, message.text(_PROFILE_NAME) or own, place))
    if not messages and len(seconds):
        notes.append("no_session")
        legs.append(Leg(None, first or 0, names[0] if names else None))
    if any(not leg.start for leg in legs):
        notes.append("no_time")
    return sorted(legs, key=lambda leg: leg.start)


def _once(sessions: list[Message], notes: list[str]) -> list[Message]:
    """Return the sessions without those that are there twice: of one start, length and sport; the last one counts."""
    known = {(summary.start_of(one), one.get(7), one.get(8), one.get(5)): one for one in sessions}
    notes += ["session_twice"] * (len(known) < len(sessions))
    return list(known.values())


class _Dealt:
    """Deals a part's rows and messages out to its sessions, by when each began."""

    def __init__(self, part: Part, line: Timeline, legs: list[Leg], rows: Rows) -> None:
        self.part, self.line, self.legs, self.rows = part, line, legs, rows
        self.start_ms = line.array(np.array([leg.start for leg in legs], np.int64))
        self.owners = self._owners(rows.times) if len(legs) > 1 else None
        self.dives = part.messages(summary.DIVE_SUMMARY)

    def _owners(self, times: Times) -> NDArray[np.intp]:
        """Return whose each instant is: the last session that had begun by then, shape (n,)."""
        return np.maximum(np.searchsorted(self.start_ms, times, side="right") - 1, 0)

    def _deal[T](self, items: Iterable[T | None], at: Callable[[T], int]) -> list[list[T]]:
        """Return the items of each session by the time (ms) that `at` gives for each."""
        hands: list[list[T]] = [[] for _ in self.legs]
        kept = [item for item in items if item is not None]
        if kept:
            owners = self._owners(np.array([at(item) for item in kept], np.int64))
            for owner, item in zip(owners.tolist(), kept, strict=True):
                hands[owner].append(item)
        return hands

    def recordings(self, key: str | None) -> Iterable[Recording]:
        """Return one recording for each session, numbered in order of time; `key` is the file's."""
        part, line = self.part, self.line
        laps = self._deal((summary.lap_of(m, line) for m in part.messages(summary.LAP)), lambda x: x.start_ms)
        lengths = self._deal((summary.length_of(m, line) for m in part.messages(summary.LENGTH)), lambda x: x.start_ms)
        sets = self._deal(
            (summary.set_of(m, line) for m in part.messages(summary.SET, arrays=True)), lambda x: x.start_ms
        )
        happened = part.messages(summary.EVENT)
        events = self._deal(summary.events_of(happened, line), lambda x: x.at_ms)
        pauses = self._deal(summary.pauses_of(happened, line), lambda x: x.start_ms)
        devices = summary.with_recorder(summary.devices_of(part.messages(summary.DEVICE_INFO)), part.messages(FILE_ID))
        beats = beats_of(part, self.rows.times)
        for place, leg in enumerate(self.legs):
            rows = self._rows(place)
            times = self.rows.times if rows is None else self.rows.times[rows]
            yield Recording(
                session=place,
                part=part.index,
                sport=self._sport(leg),
                start=line.moment(line.ms(leg.start)),
                end_ms=self._end(leg, times),
                time_ms=times,
                channels=self._cut(rows),
                laps=tuple(laps[place]),
                lengths=tuple(lengths[place]),
                sets=tuple(sets[place]),
                pauses=tuple(pauses[place]),
                events=tuple(events[place]),
                devices=devices,
                beats=self._beats(beats, place),
                totals=self._totals(leg),
                name=leg.name,
                pool_length_m=_pool(leg),
                file_key=key,
            )

    def _rows(self, place: int) -> Any:
        """Return which rows belong to the session: a slice where they lie together, None for all."""
        if self.owners is None:
            return None
        rows = np.flatnonzero(self.owners == place)
        if len(rows) and rows[-1] - rows[0] + 1 == len(rows):
            return slice(int(rows[0]), int(rows[-1]) + 1)
        return rows

    def _cut(self, rows: Any) -> Mapping[str, Channel]:
        if rows is None:
            return self.rows.channels
        cut = {key: channel.take(rows) for key, channel in self.rows.channels.items()}
        return {key: channel for key, channel in cut.items() if not _void(channel)}

    def _sport(self, leg: Leg) -> Sport:
        if leg.message is not None:
            return summary.sport_of(leg.message, 5, 6)
        stated = self.part.messages(summary.SPORT)
        return summary.sport_of(stated[0], 0, 1) if stated else Sport()

    def _end(self, leg: Leg, times: Times) -> int:
        """Return when the session ended: by its own time, else at its last record."""
        start_ms = self.line.ms(leg.start)
        said = leg.message.number_of(TIMESTAMP) if leg.message else None
        elapsed = leg.message.number_of(7) if leg.message else None
        if elapsed:
            return start_ms + elapsed
        if said is not None and said > leg.start:
            return self.line.ms(said)
        return max(start_ms, int(times.max())) if len(times) else start_ms

    def _totals(self, leg: Leg) -> Mapping[str, float]:
        if leg.message is None:
            return {}
        totals = summary.totals_of(leg.message) | summary.dive_totals(self.dives, leg.place)
        for what, value in developer_values(self.part.data, leg.message, self.rows.described):
            if isinstance(value, (int, float)):
                totals.setdefault(what.key, value / what.scale - what.offset)
        return totals

    def _beats(self, beats: BeatIntervals | None, place: int) -> BeatIntervals | None:
        if beats is None or len(self.legs) == 1:
            return beats
        mine = self._owners(beats.at_ms) == place
        return BeatIntervals(beats.at_ms[mine], beats.rr_ms[mine]) if mine.any() else None


def _void(channel: Channel) -> bool:
    """Whether nothing was measured; the mark for that is the smallest number of all."""
    raw = channel.raw
    if raw.dtype.kind != "i" or not len(raw):
        return bool(channel.missing().all())
    return int(raw.max()) == (MISSING_32 if raw.dtype.itemsize == 4 else MISSING_64)


def _pool(leg: Leg) -> float | None:
    length = leg.message.number_of(_POOL_LENGTH) if leg.message else None
    return length / 100 if length else None


def file_key(messages: Sequence[Message]) -> str | None:
    """Return the file's own identity (type, maker, product, serial number, time created), or None if it has none."""
    for message in messages:
        if message.get(3) is not None and message.get(4) is not None:
            return ":".join(str(message.get(num)) for num in (0, 1, 2, 3, 4))
    return None
