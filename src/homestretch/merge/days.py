"""Folds the reports on a day: what each device says, with what follows from its readings and series."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from homestretch.merge.sleeps import asleep_s
from homestretch.merge.totals import DeviceTotal, Share, united
from homestretch.model.channel import Floats
from homestretch.model.health.day_report import DEFAULT_ORDER, VENDORS, DayReport, rank
from homestretch.model.health.kinds import KINDS, KindFold
from homestretch.model.health.measurement import Series, Spans
from homestretch.model.health.night import Night

#: Goes up with every change of what a day's reports, or its sleeps and totals, are made into.
VERSION = 1
#: A device that shows no sign of life for so long before the end of the day has not said all of it yet.
SILENT_MS = 6 * 3_600_000
#: What a night says of the kinds of measurements.
NIGHT_KINDS: Mapping[str, str] = {
    "sleep_score": "score", "hrv_night_ms": "hrv_ms", "sleep_heart_rate_bpm": "avg_heart_rate_bpm",
    "spo2_sleep_avg_pct": "avg_spo2_pct", "respiration_sleep_avg_brpm": "avg_respiration_brpm",
    "skin_temperature_change_c": "skin_temperature_change_c",
}  # fmt: skip

#: What is averaged over a night of what a device measured through it, and how many values that needs (ours).
SLEEP_SERIES: Mapping[str, str] = {
    "sleep_heart_rate_bpm": "heart_rate_bpm", "respiration_sleep_avg_brpm": "respiration_brpm",
    "spo2_sleep_avg_pct": "spo2_pct",
}  # fmt: skip
SLEEP_LEAST = 12


@dataclass(slots=True, eq=False)
class DeviceDay:
    """What one device says of a day: values by kind, readings by kind as (UTC ms, value), series, spans and sleeps."""

    source: str
    device: str
    day: str
    said_ms: int = 0
    values: dict[str, float] = field(default_factory=dict)
    readings: dict[str, dict[int, float]] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    spans: dict[str, Spans] = field(default_factory=dict)
    sleeps: list[Night] = field(default_factory=list)

    @property
    def last_ms(self) -> int:
        """The last sign of life of the device, UTC ms; 0 where there is only a list of values."""
        ends = [int(series.time_ms[-1]) for series in self.series.values() if len(series.time_ms)]
        ends += [int(spans.end_ms[-1]) for spans in self.spans.values() if len(spans.end_ms)]
        return max(ends, default=0)


def device_days(reports: Iterable[DayReport]) -> list[DeviceDay]:
    """Return what each device says of a day, of all reports on that day; whatever their order, the same."""
    by_device: dict[tuple[str, str], list[DayReport]] = {}
    for report in reports:
        by_device.setdefault((report.source, report.device), []).append(report)
    return [_device_day(sorted(of, key=lambda report: report.order)) for _, of in sorted(by_device.items())]


def _device_day(reports: Sequence[DayReport]) -> DeviceDay:
    """Return what one device says, the last report having the word; what it leaves out stays from one before."""
    day = DeviceDay(reports[0].source, reports[0].device, reports[0].day)
    for report in reports:
        day.said_ms = max(day.said_ms, report.said_ms)
        for item in report.content.measurements:
            if item.at_ms is None:
                day.values[item.kind] = item.value
            elif not (report.superseded and KINDS[item.kind].combine == "spot"):
                day.readings.setdefault(item.kind, {})[item.at_ms] = item.value
    parts = [report.content for report in reports]
    day.series = {kind: _joined_series(of) for kind, of in _by_kind(s for part in parts for s in part.series).items()}
    day.spans = {kind: _joined_spans(of) for kind, of in _by_kind(s for part in parts for s in part.spans).items()}
    day.sleeps = _sleeps(reports)
    _complete(day)
    return day


def _by_kind[Item: (Series, Spans)](items: Iterable[Item]) -> dict[str, list[Item]]:
    by_kind: dict[str, list[Item]] = {}
    for item in items:
        by_kind.setdefault(item.kind, []).append(item)
    return by_kind


def _joined_series(parts: Sequence[Series]) -> Series:
    """Return the values of several reports by instant; of two at one instant the last, if it measured anything."""
    times = np.concatenate([part.time_ms for part in parts])
    values = np.concatenate([part.values for part in parts])
    measured = ~np.isnan(values)
    times, values = _last_of_each(times[measured], values[measured])
    return Series(parts[0].kind, parts[0].day, times, values, parts[0].device)


def _joined_spans(parts: Sequence[Spans]) -> Spans:
    """Return the spans of several reports; of two that begin together the last, and none that overlaps one before."""
    starts = np.concatenate([part.start_ms for part in parts])
    both = np.stack((np.concatenate([part.end_ms for part in parts]), np.concatenate([part.values for part in parts])))
    starts, both = _last_of_each(starts, both.T)
    ends, values = both[:, 0].astype(np.int64), both[:, 1]
    if len(parts) > 1:
        reach = np.concatenate(([np.iinfo(np.int64).min], np.maximum.accumulate(ends)[:-1]))
        free = ends > reach
        starts, ends, values = starts[free], ends[free], values[free]
        begun = np.maximum(starts, reach[free])
        values = values * (ends - begun) / np.maximum(ends - starts, 1)
        starts = begun
    return Spans(parts[0].kind, parts[0].day, starts, ends, values, parts[0].device)


def _last_of_each(times: Floats | np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return rising times without repeats; where one is there several times, its last value."""
    order = np.argsort(times, kind="stable")
    times, values = times[order], values[order]
    last = np.concatenate((times[1:] != times[:-1], [True]))[: len(times)]
    return times[last], values[last]


def _sleeps(reports: Sequence[DayReport]) -> list[Night]:
    """Return the sleeps, of two that begin together the later report's; superseded ones only where no others are."""
    for superseded in (False, True):
        sleeps = {
            night.start_ms: night
            for report in reports
            if report.superseded == superseded
            for night in report.content.nights
        }
        if sleeps:
            return [sleeps[start] for start in sorted(sleeps)]
    return []


def _complete(day: DeviceDay) -> None:
    """Add the values that follow from readings, series, spans, and from others."""
    for kind in KINDS.values():
        if kind.key in day.values or kind.combine == "spot":
            continue
        value = _value(day, kind.key, kind.of, kind.day_fold)
        if value is not None:
            day.values[kind.key] = value
    if "calories_kcal" not in day.values and {"calories_active_kcal", "calories_resting_kcal"} <= day.values.keys():
        day.values["calories_kcal"] = day.values["calories_active_kcal"] + day.values["calories_resting_kcal"]
    elif "calories_resting_kcal" not in day.values and {"calories_kcal", "calories_active_kcal"} <= day.values.keys():
        resting = day.values["calories_kcal"] - day.values["calories_active_kcal"]
        day.values |= {"calories_resting_kcal": resting} if resting > 0.0 else {}


def _value(day: DeviceDay, key: str, of: str, how: KindFold) -> float | None:
    """Return a kind's value of the day by its readings, its spans, or a series."""
    if key in day.readings:
        return folded(np.array([value for _, value in sorted(day.readings[key].items())]), how)
    if key in day.spans:
        return float(day.spans[key].values.sum())
    series = day.series.get(of or key)
    return None if series is None else folded(series.values, how)


def folded(values: Floats, how: KindFold) -> float | None:
    """Return several values (n,) of a day or of days as one; None of none."""
    if not len(values):
        return None
    if how in ("first", "last"):
        return float(values[0 if how == "first" else -1])
    if how in ("max", "min"):
        return float(values.max() if how == "max" else values.min())
    return float(values.sum() if how == "sum" else values.mean())


def add_night(day: DeviceDay, night: Night, near: Iterable[DeviceDay] = ()) -> None:
    """Add what a night says of kinds that the device gives no value of its own for.

    Where neither does, they are the means of what was measured from falling asleep to waking, on the days `near`.
    """
    day.values.setdefault("sleep_s", asleep_s(night))
    for kind, name in NIGHT_KINDS.items():
        value: float | None = getattr(night, name)
        if value is not None:
            day.values.setdefault(kind, value)
    for kind, of in SLEEP_SERIES.items():
        measured = [] if kind in day.values else [one.series[of] for one in near if of in one.series]
        mean = _mean_within(measured, night.start_ms, night.end_ms)
        if mean is not None:
            day.values[kind] = mean


def _mean_within(parts: Sequence[Series], start_ms: int, end_ms: int) -> float | None:
    """Return the mean of what was measured in a stretch of time; None with too little for a night."""
    within = [part.values[(part.time_ms >= start_ms) & (part.time_ms <= end_ms)] for part in parts]
    values = np.concatenate(within) if within else np.zeros(0)
    values = values[~np.isnan(values)]
    return float(values.mean()) if len(values) >= SLEEP_LEAST else None


def day_total(
    kind: str, days: Sequence[DeviceDay], end_ms: int, order: Sequence[str] = DEFAULT_ORDER
) -> tuple[Share, ...]:
    """Return how much each device gives to a day's total, the most believed first; `end_ms` is the end of the day.

    Of the sources of one vendor only one counts.
    """
    having = [day for day in days if kind in day.values]
    vendors: dict[str, list[DeviceDay]] = {}
    for day in sorted(having, key=lambda day: (rank(day.source, day.device, order), -day.values[kind], day.device)):
        vendors.setdefault(VENDORS.get(day.source, day.source), []).append(day)
    chosen = [day for of in vendors.values() for day in _one_source(kind, of, end_ms)]
    return tuple(
        united(
            [_device_total(day, kind) for day in sorted(chosen, key=lambda day: rank(day.source, day.device, order)[0])]
        )
    )


def _one_source(kind: str, days: Sequence[DeviceDay], end_ms: int) -> list[DeviceDay]:
    """Return the devices of the most believed source of a vendor, unless it fell silent and another counted more."""
    by_source: dict[str, list[DeviceDay]] = {}
    for day in days:
        by_source.setdefault(day.source, []).append(day)
    first, *others = by_source.values()
    if all(0 < day.last_ms < end_ms - SILENT_MS for day in first):
        largest = max(day.values[kind] for day in first)
        for of in others:
            if max(day.values[kind] for day in of) > largest:
                return of
    return first


def _device_total(day: DeviceDay, kind: str) -> DeviceTotal:
    heart = day.series.get("heart_rate_bpm")
    worn_ms = None if heart is None else heart.time_ms
    return DeviceTotal(day.source, day.device, day.values.get(kind), day.spans.get(kind), worn_ms)
