"""The CSV tables of the export: values of days, readings and series, by the name of the file and its columns."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

from homestretch.formats._points import iso_ms, series, spans
from homestretch.formats.fitbit_export.sleeps import STAGES, staged
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Clock, HealthDevice, Measurement, Wellness
from homestretch.model.health.night import Night, Stage
from homestretch.model.moment import day_of

type Row = Mapping[str, str]

#: What other services wrote to the phone came back from there; it is imported from them.
_ROUND_TRIP = " health connect"
_SOURCES = ("data source", "data_source")
_DECIMALS = 6
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class _Found:
    """What a table was found to say: values, and points by kind and device."""

    measurements: list[Measurement] = field(default_factory=list)
    points: dict[tuple[str, str], list[tuple[int, float]]] = field(default_factory=dict)
    nights: list[Night] = field(default_factory=list)
    devices: dict[str, HealthDevice] = field(default_factory=dict)
    stated: bool = False
    unread: int = 0


@dataclass(frozen=True, slots=True)
class _Table:
    """A kind of table: how its files are called, its column of time, and its columns as (header, kind, scale).

    `use` is what its values are: the days' own, readings, means of minutes, or counts.
    """

    name: str
    use: str
    columns: tuple[tuple[str, str, float], ...]
    time: str = "timestamp"

    @property
    def named(self) -> re.Pattern[str]:
        """What finds the names of its files."""
        return re.compile(rf"(?:^|/){self.name}[^/]*\.csv(?:/|$)")


_DAY, _SPOT, _SERIES, _COUNTS = "day", "spot", "series", "counts"
_TABLES = (
    _Table(r"steps_\d", _COUNTS, (("steps", "steps", 1.0),)),
    _Table(r"distance_\d", _COUNTS, (("distance", "distance_m", 1.0),)),
    _Table(r"floors_\d", _COUNTS, (("floors", "floors_up", 1.0),)),
    _Table(r"active_zone_minutes_\d", _COUNTS, (("total minutes", "active_zone_s", 60.0),)),
    _Table(r"active zone minutes - ", _COUNTS, (("total_minutes", "active_zone_s", 60.0),), "date_time"),
    _Table(r"heart_rate_\d", _SERIES, (("beats per minute", "heart_rate_bpm", 1.0),)),
    _Table(r"oxygen_saturation_\d", _SERIES, (("oxygen saturation percentage", "spo2_pct", 1.0),)),
    _Table(r"minute spo2 - ", _SERIES, (("value", "spo2_pct", 1.0),)),
    _Table(
        r"heart_rate_variability_\d",
        _SERIES,
        (("root mean square of successive differences milliseconds", "hrv_ms", 1.0),),
    ),
    _Table(r"heart rate variability details - ", _SERIES, (("rmssd", "hrv_ms", 1.0),)),
    _Table(r"daily_resting_heart_rate", _DAY, (("beats per minute", "resting_heart_rate_bpm", 1.0),)),
    _Table(
        r"daily_heart_rate_variability",
        _DAY,
        (
            ("average heart rate variability milliseconds", "hrv_night_ms", 1.0),
            ("deep sleep root mean square of successive differences milliseconds", "hrv_deep_ms", 1.0),
        ),
    ),
    _Table(r"daily heart rate variability summary - ", _DAY, (("rmssd", "hrv_night_ms", 1.0),)),
    _Table(
        r"daily_oxygen_saturation",
        _DAY,
        (
            ("average percentage", "spo2_avg_pct", 1.0),
            ("lower bound percentage", "spo2_low_pct", 1.0),
            ("upper bound percentage", "spo2_high_pct", 1.0),
        ),
    ),
    _Table(
        r"daily spo2 - ",
        _DAY,
        (
            ("average_value", "spo2_avg_pct", 1.0),
            ("lower_bound", "spo2_low_pct", 1.0),
            ("upper_bound", "spo2_high_pct", 1.0),
        ),
    ),
    _Table(r"daily_respiratory_rate", _DAY, (("breaths per minute", "respiration_sleep_avg_brpm", 1.0),)),
    _Table(
        r"daily respiratory rate summary - ", _DAY, (("daily_respiratory_rate", "respiration_sleep_avg_brpm", 1.0),)
    ),
    _Table(r"computed temperature - ", _DAY, (("nightly_temperature", "skin_temperature_c", 1.0),), "sleep_end"),
    _Table(r"sleep_score", _DAY, (("overall_score", "sleep_score", 1.0),)),
    _Table(r"weight", _SPOT, (("weight grams", "weight_kg", 0.001),)),
    _Table(r"body_fat", _SPOT, (("body fat percentage", "body_fat_pct", 1.0), ("fat percentage", "body_fat_pct", 1.0))),
)
_STAGE_TABLE = ("sleep_id", "sleep_stage_type", "sleep_stage_start", "sleep_stage_end")
_CHANGE_TABLE = ("baseline_relative_sample_sum", "temperature_samples")


def claims(head: bytes, name: str) -> bool:
    """Return whether a file is such a table, by its name and its header."""
    header = header_of(head)
    return _table_of(header, [name]) is not None or set(_STAGE_TABLE) <= set(header)


def read(data: bytes, names: Sequence[str]) -> Wellness | None:
    """Return what a table says; None for another kind of file."""
    header = header_of(data)
    found = _Found()
    rows = rows_of(data)
    if set(_STAGE_TABLE) <= set(header):
        found.nights = list(_nights(rows, found))
        return _wellness(found, None)
    table = _table_of(header, names)
    if table is None:
        return None
    for row in rows:
        _add(found, table, row)
    return _wellness(found, table)


def header_of(head: bytes) -> list[str]:
    """Return the columns of a table, in lower case."""
    line = head.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode(errors="replace")
    return [cell.strip().strip('"').lower() for cell in line.split(",")]


def rows_of(data: bytes) -> Iterator[Row]:
    """Yield the rows of a table by its header in lower case; those from other services are left out.

    Where the table can't be read any further, the last row is empty.
    """
    header, body = header_of(data), data.partition(b"\n")[2]
    lines = csv.reader(io.StringIO(body.decode(errors="replace"), newline=""))
    try:
        for cells in lines:
            padded = [*cells, *[""] * (len(header) - len(cells))]
            row = {name: cell.strip() for name, cell in zip(header, padded, strict=False)}
            if cells and not _source(row).lower().endswith(_ROUND_TRIP):
                yield row
    except csv.Error:
        yield {}


def _source(row: Row) -> str:
    return next((row[name] for name in _SOURCES if row.get(name)), "")


def _device(found: _Found, row: Row) -> str:
    """Return the key of the device or app that wrote a row, empty where it names none."""
    source = _source(row)
    key = _SLUG.sub("_", source.lower()).strip("_")
    if key:
        found.devices.setdefault(key, HealthDevice(key, source))
    return key


def _table_of(header: Sequence[str], names: Sequence[str]) -> _Table | None:
    for table in _TABLES:
        columns = any(column in header for column, _, _ in table.columns)
        if table.time in header and columns and any(table.named.search(name) for name in names):
            return table
    return None


def _add(found: _Found, table: _Table, row: Row) -> None:
    at = iso_ms(row.get(table.time))
    if at is None:
        found.unread += 1
        return
    day, device = (row[table.time][:10] if table.use == _DAY else day_of(at[0])), _device(found, row)
    found.stated = found.stated or (at[1] and table.use != _DAY)
    for column, kind, scale in table.columns:
        value = _number(row.get(column))
        if value is None or value < 0 or (value == 0 and KINDS[kind].above_zero):
            continue
        value = round(value * scale, _DECIMALS)
        if table.use in (_DAY, _SPOT):
            found.measurements.append(Measurement(kind, day, value, at[0] if table.use == _SPOT else None, device))
        else:
            found.points.setdefault((kind, device), []).append((at[0], value))
    _add_change(found, row, day, device)


def _add_change(found: _Found, row: Row, day: str, device: str) -> None:
    """Add how far a night's skin temperature was from the usual: the mean over its samples."""
    total, count = (_number(row.get(column)) for column in _CHANGE_TABLE)
    if total is not None and count:
        found.measurements.append(Measurement("skin_temperature_change_c", day, round(total / count, 3), None, device))


def _number(text: str | None) -> float | None:
    """Return a number; None for nothing, text and `NaN`, which stands where there is no usual value yet."""
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if isfinite(number) else None


def _nights(rows: Iterable[Row], found: _Found) -> Iterator[Night]:
    """Yield the sleeps that stages belong to, each of its local day of waking."""
    sleeps: dict[str, list[tuple[Stage, Row]]] = {}
    for row in rows:
        start, end = iso_ms(row.get("sleep_stage_start")), iso_ms(row.get("sleep_stage_end"))
        stage = STAGES.get(row.get("sleep_stage_type", "").lower())
        if start is None or end is None or stage is None or end[0] <= start[0]:
            found.unread += 1
        else:
            sleeps.setdefault(row["sleep_id"], []).append((Stage(start[0], end[0], stage), row))
    for parts in sleeps.values():
        parts.sort(key=lambda part: part[0].start_ms)
        stages, last = [stage for stage, _ in parts], parts[-1][1]
        offset = offset_s(last.get("end_utc_offset", ""))
        day = day_of(stages[-1].end_ms + 1000 * (offset or 0))
        night = Night(
            day=day, start_ms=stages[0].start_ms, end_ms=stages[-1].end_ms, offset_s=offset, device=_device(found, last)
        )
        yield staged(night, stages)


def offset_s(text: str) -> int | None:
    """Return seconds of `+02:00`, or None."""
    parts = re.fullmatch(r"([+-])(\d\d):?(\d\d)(?::\d\d)?", text)
    return None if parts is None else (1 if parts[1] == "+" else -1) * (int(parts[2]) * 3600 + int(parts[3]) * 60)


def _wellness(found: _Found, table: _Table | None) -> Wellness:
    use = None if table is None else table.use
    points = [(kind, values, device) for (kind, device), values in found.points.items()]
    on_the_wall: Clock = "wall" if points or any(one.at_ms for one in found.measurements) else "own"
    return Wellness(
        measurements=tuple(found.measurements),
        series=tuple(part for each in points for part in series(*each)) if use == _SERIES else (),
        spans=tuple(part for each in points for part in spans(*each)) if use == _COUNTS else (),
        nights=tuple(found.nights),
        devices=tuple(found.devices.values()),
        clock="utc" if found.stated else on_the_wall,
        notes=(f"row_unreadable:{found.unread}",) if found.unread else (),
    )
