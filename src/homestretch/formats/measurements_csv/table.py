"""A table as text: a header, rows of cells, and whether numbers have decimal commas."""

import csv
import io
from dataclasses import dataclass

from homestretch.model.texts import encoding_of

_DELIMITERS = (";", "\t", ",")
_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, stripped; `commas`: a comma is the decimal point."""

    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    commas: bool = False

    def column(self, index: int) -> list[str]:
        """Return the cells of a column, empty where a row is too short."""
        return [row[index] if index < len(row) else "" for row in self.rows]


def table_of(data: bytes) -> Table:
    """Return the table in these bytes, which may be cut off."""
    text = data.decode(encoding_of(data), errors="replace").lstrip("\ufeff")
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [tuple(cell.strip() for cell in row) for row in lines if any(cell.strip() for cell in row)]
    except csv.Error:
        return Table()
    if not rows or len(rows[0]) > _MOST_COLUMNS:
        return Table()
    return Table(rows[0], tuple(rows[1:]), commas=delimiter != ",")
