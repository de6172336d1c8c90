"""A first line that says what the columns of the table below it are, as a person chose them before the import.

The line is part of the original, so that it is decoded the same whenever that is done again; the table follows as it
was. Without `month_first` the dates themselves decide.
`#homestretch {"date": 0, "time": null, "month_first": false, "columns": [[1, "weight_kg", 1.0]]}`
"""

import json
from collections.abc import Iterator

from homestretch.formats.measurements_csv.columns import Column, TableMapping
from homestretch.formats.measurements_csv.dates import DayOrder, day_order
from homestretch.formats.measurements_csv.table import Table
from homestretch.model.health.kinds import KINDS

MARK = b"#homestretch "
#: What makes a unit ours lies between these.
LEAST, MOST = 1e-6, 1e6


def split(data: bytes) -> tuple[bytes, bytes]:
    """Return the line that says what the columns are, without its mark and empty for none, and the table."""
    if not data.startswith(MARK):
        return b"", data
    line, _, table = data.removeprefix(MARK).partition(b"\n")
    return line, table


def stated_mapping(line: bytes, table: Table) -> TableMapping | None:
    """Return what a line says of the columns of a table; None where it says nothing that fits."""
    try:
        said: object = json.loads(line)
    except ValueError:
        return None
    if not isinstance(said, dict) or not _is_place(said.get("date"), table):
        return None
    time, month_first = said.get("time"), said.get("month_first")
    return TableMapping(
        date=said["date"],
        time=time if _is_place(time, table) else None,
        order=DayOrder(month_first) if isinstance(month_first, bool) else day_order(table.column(said["date"])),
        columns=tuple({column.kind: column for column in _columns(said.get("columns"), table)}.values()),
    )


def _columns(said: object, table: Table) -> Iterator[Column]:
    for item in said if isinstance(said, list) else ():
        match item:
            case [int(place), str(kind), int(scale) | float(scale)] if (
                _is_place(place, table) and kind in KINDS and LEAST <= scale <= MOST
            ):
                yield Column(place, table.header[place], kind, float(scale))


def _is_place(place: object, table: Table) -> bool:
    return isinstance(place, int) and not isinstance(place, bool) and 0 <= place < len(table.header)
