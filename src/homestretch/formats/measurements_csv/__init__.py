"""A table of measurements: a column of dates and columns of values, as people keep them in a spreadsheet."""

from homestretch.formats import Format
from homestretch.formats.measurements_csv.columns import guess
from homestretch.formats.measurements_csv.measurements import measurements
from homestretch.formats.measurements_csv.table import table_of
from homestretch.model.recording import Decoded

KEY = "measurements_csv"


def decode(data: bytes) -> Decoded:
    """Return what a table says by the columns that are surely understood; the others are noted."""
    table = table_of(data)
    wellness = measurements(table, guess(table))
    count = len(wellness.measurements)
    contents = {"measurements": count} if count else {}
    return Decoded(format=KEY, kind="wellness", notes=wellness.notes, contents=contents, wellness=wellness)


def _claims(head: bytes, name: str) -> float:
    """Claim tables of values by day, and no lists of workouts; less surely than exports that are known by name."""
    if not name.endswith((".csv", ".tsv", ".txt")) or b"\0" in head:
        return 0.0
    mapping = guess(table_of(head))
    return 0.6 if mapping.date is not None and mapping.columns and not mapping.workouts else 0.0


FORMAT = Format(
    key=KEY, name="Table of measurements", suffixes=(".csv", ".tsv"), version=1, claims=_claims, decode=decode
)
