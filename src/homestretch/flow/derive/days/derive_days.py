"""Derives days: what the reports of all originals and the athlete's own entries make of them."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

import orjson

from homestretch.analysis.zone import offset_at
from homestretch.merge.days import VERSION, DeviceDay, add_night, day_total, device_days
from homestretch.merge.sleeps import join_sleeps, night_of
from homestretch.model.health.day_report import HAND, DayReport, source_order
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Measurement, Wellness
from homestretch.model.moment import DAY_MS, day_number, day_of
from homestretch.store.database import Reader, Writer
from homestretch.store.queries.day_reports import read_reports
from homestretch.store.queries.health_entries import StoredEntry, entries_of, priorities_of
from homestretch.store.queries.measurements import (
    DayTotal,
    DayValue,
    SourceNight,
    home_zone,
    put_fingerprints,
    replace_days,
    revise,
)

#: So many days are derived at once.
PORTION = 100
UNITED = tuple(kind.key for kind in KINDS.values() if kind.combine == "union")


def derive_days(session: Writer, athlete_id: int, days: Iterable[str]) -> None:
    """Derive these days again, and the days beside them, whose nights they may have a part in."""
    touched = sorted({day for given in days for day in _around(given)})
    for portion in batched(touched, PORTION):
        _derive(session, athlete_id, portion)


def derive_again(session: Writer, athlete_id: int, days: Iterable[str]) -> None:
    """Derive these days again and none beside them: what devices say of days is the same as before."""
    for portion in batched(sorted(days), PORTION):
        _derive(session, athlete_id, portion)


@dataclass(frozen=True, slots=True)
class Basis:
    """What decides how reports become days: the code, the athlete's zone and which sources they believe most."""

    zone: str | None
    priorities: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, reader: Reader, athlete_id: int) -> "Basis":
        """Return an athlete's basis today."""
        return cls(home_zone(reader, athlete_id), priorities_of(reader, athlete_id))

    @property
    def mark(self) -> str:
        """What is another one where any day may be derived otherwise."""
        return f"{self.zone} {self._common}"

    def fingerprint(self, day: str) -> str:
        """Return what is another one where this day may be derived otherwise, its reports apart."""
        return f"{self.end_ms(day)} {self._common}"

    def end_ms(self, day: str) -> int:
        """Return when a local day ends, UTC ms; without a zone as in UTC."""
        end = (day_number(day) + 1) * DAY_MS
        return end - 1000 * (offset_at(self.zone, end) or 0) if self.zone else end

    @property
    def _common(self) -> str:
        believed = orjson.dumps(sorted(self.priorities.items()))
        return f"{VERSION} {hashlib.blake2b(believed, digest_size=6).hexdigest()}"


def _around(day: str) -> tuple[str, str, str]:
    number = day_number(day)
    return day_of((number - 1) * DAY_MS), day, day_of((number + 1) * DAY_MS)


@dataclass(slots=True)
class _Derived:
    """What devices say of days, as it is written."""

    values: list[DayValue]
    totals: list[DayTotal]
    nights: list[SourceNight]


def _derive(session: Writer, athlete_id: int, days: Sequence[str]) -> None:
    made = _Derived([], [], [])
    read = sorted({near for day in days for near in _around(day)})
    reports = _all_reports(session, athlete_id, read)
    by_day = {day: device_days(reports[day]) for day in read if day in reports}
    basis = Basis.of(session, athlete_id)
    digests: dict[str, str] = {}
    for day in days:
        starts = len(made.values), len(made.totals), len(made.nights)
        if day in by_day:
            _put_day(made, day, by_day, basis)
        digests[day] = _digest(made, starts)
    replace_days(session, athlete_id, days, made.values, made.totals, made.nights)
    put_fingerprints(session, athlete_id, days, {day: basis.fingerprint(day) for day in days if day in by_day})
    revise(session, athlete_id, digests)


def _put_day(made: _Derived, day: str, by_day: Mapping[str, Sequence[DeviceDay]], basis: Basis) -> None:
    for device in by_day[day]:
        near = _same_device_near(device, by_day)
        night = night_of(day, join_sleeps(sleep for one in near for sleep in one.sleeps))
        if night is not None:
            add_night(device, night, near)
            made.nights.append(SourceNight(device.source, device.device, night))
        made.values.extend(_values(device))
    for kind in UNITED:
        shares = day_total(kind, by_day[day], basis.end_ms(day), source_order(kind, basis.priorities))
        if sum(kind in device.values for device in by_day[day]) > 1:
            parts = tuple((share.source, share.device, share.value) for share in shares)
            made.totals.append(DayTotal(kind, day, sum(share.value for share in shares), parts))


def _same_device_near(device: DeviceDay, by_day: Mapping[str, Sequence[DeviceDay]]) -> list[DeviceDay]:
    near = (one for day in _around(device.day) for one in by_day.get(day, ()))
    return [one for one in near if (one.source, one.device) == (device.source, device.device)]


def _values(device: DeviceDay) -> Iterable[DayValue]:
    of = (device.day, device.source, device.device)
    for kind, value in sorted(device.values.items()):
        yield DayValue(kind, *of, 0, value)
    for kind, readings in sorted(device.readings.items()):
        for at_ms, value in sorted(readings.items()):
            yield DayValue(kind, *of, at_ms, value)


def _all_reports(reader: Reader, athlete_id: int, days: Collection[str]) -> dict[str, list[DayReport]]:
    """Return the originals' reports on days, and as reports what the athlete entered."""
    reports = read_reports(reader, athlete_id, days)
    for day, entries in entries_of(reader, athlete_id, days).items():
        reports.setdefault(day, []).append(hand_report(day, entries))
    return reports


def hand_report(day: str, entries: Sequence[StoredEntry]) -> DayReport:
    """Return what the athlete entered for a day."""
    values = tuple(Measurement(row.kind, day, row.value, row.at_ms) for row in entries)
    return DayReport(
        original=HAND,
        source=HAND,
        device="",
        day=day,
        said_ms=max(row.created_ms for row in entries),
        content=Wellness(measurements=values),
    )


def _digest(made: _Derived, starts: tuple[int, int, int]) -> str:
    """Return the digest of what was added for a day; empty where that is nothing."""
    parts = (made.values[starts[0] :], made.totals[starts[1] :], made.nights[starts[2] :])
    if not any(parts):
        return ""
    said = orjson.dumps(parts, default=tuple)
    return hashlib.blake2b(said, digest_size=12).hexdigest()
