"""The values of a table as measurements, by a mapping that was guessed, or that a person has corrected."""

from collections.abc import Iterator

from homestretch.formats.measurements_csv.columns import Column, TableMapping, number
from homestretch.formats.measurements_csv.dates import clock_ms, midnight_ms
from homestretch.formats.measurements_csv.table import Table
from homestretch.model.health.kinds import KINDS
from homestretch.model.health.measurement import Measurement, Wellness

_DECIMALS = 6


def measurements(table: Table, mapping: TableMapping) -> Wellness:
    """Return the values of a table by its mapping; of two of one day and kind the later row holds.

    Notes: `day_order_unknown`, `unit_unknown:<column>`, `row_unreadable:<rows without a date>`.
    """
    if mapping.date is None:
        return Wellness(notes=("no_day",))
    dates = [mapping.order.read(text) for text in table.column(mapping.date)]
    times = [clock_ms(text) for text in table.column(mapping.date if mapping.time is None else mapping.time)]
    found: dict[tuple[str, str, int | None], Measurement] = {}
    for column in mapping.columns:
        for one in _values(table, column, dates, times):
            found[one.kind, one.day, one.at_ms] = one
    return Wellness(
        measurements=tuple(found.values()),
        clock="wall" if any(one.at_ms is not None for one in found.values()) else "own",
        notes=tuple(_notes(table, mapping, dates)),
    )


def _values(table: Table, column: Column, dates: list[str | None], times: list[int | None]) -> Iterator[Measurement]:
    """Yield the values of a column; one that is a reading has its time of day, where that is known."""
    kind = KINDS[column.kind]
    if column.scale is None:
        return
    for text, day, time in zip(table.column(column.place), dates, times, strict=True):
        value = number(text, table)
        if value is None or day is None or value < 0 or (value == 0 and kind.above_zero):
            continue
        scale = 3600.0 if kind.unit == "s" and ":" in text else column.scale
        at_ms = midnight_ms(day) + time if time is not None and kind.combine == "spot" else None
        yield Measurement(kind.key, day, round(value * scale, _DECIMALS), at_ms)


def _notes(table: Table, mapping: TableMapping, dates: list[str | None]) -> Iterator[str]:
    unread = sum(day is None for day in dates)
    if mapping.order.month_first is None and unread:
        yield "day_order_unknown"
    elif unread:
        yield f"row_unreadable:{unread}"
    for column in mapping.columns:
        if column.scale is None:
            yield f"unit_unknown:{column.name}"
