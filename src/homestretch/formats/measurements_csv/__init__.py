"""A table of measurements: a column of dates and columns of values, as people keep them in a spreadsheet."""

from homestretch.formats import Format
from homestretch.formats.measurements_csv.columns import TableMapping, guess
from homestretch.formats.measurements_csv.measurements import measurements
from homestretch.formats.measurements_csv.stated import MARK, split, stated_mapping
from homestretch.formats.measurements_csv.table import Table, table_of
from homestretch.model.recording import Decoded

KEY = "measurements_csv"


def decode(data: bytes) -> Decoded:
    """Return what a table says by the columns that were chosen, else by those that are surely understood.

    Columns that are not understood are noted.
    """
    table, mapping = read_table(data)
    wellness = measurements(table, mapping)
    count = len(wellness.measurements)
    contents = {"measurements": count} if count else {}
    return Decoded(format=KEY, kind="wellness", notes=wellness.notes, contents=contents, wellness=wellness)


def read_table(data: bytes) -> tuple[Table, TableMapping]:
    """Return a table, and what its columns are: as a person chose, else as far as they show it."""
    line, rest = split(data)
    table = table_of(rest)
    return table, (stated_mapping(line, table) if line else None) or guess(table)


def _claims(head: bytes, name: str) -> float:
    """Claim tables of values by day, and no lists of workouts; less surely than exports that are known by name."""
    if head.startswith(MARK):
        return 0.99
    if not name.endswith((".csv", ".tsv", ".txt")) or b"\0" in head:
        return 0.0
    mapping = guess(table_of(head))
    return 0.6 if mapping.date is not None and mapping.columns and not mapping.workouts else 0.0


FORMAT = Format(
    key=KEY, name="Table of measurements", suffixes=(".csv", ".tsv"), version=1, claims=_claims, decode=decode
)
