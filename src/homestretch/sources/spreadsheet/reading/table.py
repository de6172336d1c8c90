"""A sheet as a table: which of its rows is the heading, what its columns are called, and its rows below."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from homestretch.sources.spreadsheet.reading import csv_file, xlsx_file
from homestretch.sources.spreadsheet.reading.conventions import Cell
from homestretch.sources.spreadsheet.reading.fields import FIELDS, guessed, plain

NoSheet = xlsx_file.NoWorkbook
#: The heading is looked for among so many rows.
_TOP = 25
_EPOCH = datetime(1899, 12, 30)
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN = frozenset(word for field in FIELDS for word in field.words)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet: its number there (from 1) and its cells, as many as there are columns."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: headings (each once), rows that are not empty, and what the file is like.

    `heading` is the number of the heading's row, 0 without one; `stale` are (row's number, column) of formulas
    without a value.
    """

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    heading: int
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    epoch: datetime = _EPOCH
    delimiter: str = ""
    stale: frozenset[tuple[int, int]] = frozenset()


def is_workbook(data: bytes) -> bool:
    """Return whether the bytes are a workbook and no text."""
    return data[:2] == b"PK"


def table(data: bytes, settings: Mapping[str, Any]) -> Table:
    """Return a sheet as a table, by the settings `sheet` and `header`. Raises NoSheet with the reason."""
    if data.startswith(_OLD):
        raise NoSheet("it is an .xls file from before 2007; save it as .xlsx")
    if is_workbook(data):
        book = xlsx_file.read(data, str(settings.get("sheet") or ""))
        return _table(book.rows, settings, Table((), (), 0, book.sheets, book.sheet, book.epoch, "", book.stale))
    if data.lstrip()[:1] == b"<" or (b"\0" in data[:4096].replace(b"\xff\xfe", b"") and data[:2] not in _WIDE):
        raise NoSheet("it is not a workbook or a CSV file")
    text = csv_file.read(data)
    rows: list[list[Cell]] = [[csv_file.unmarked(span.value) for span in record] for record in text.records]
    return _table(rows, settings, Table((), (), 0, delimiter=text.delimiter))


_WIDE = (b"\xff\xfe", b"\xfe\xff")


def _table(rows: list[list[Cell]], settings: Mapping[str, Any], about: Table) -> Table:
    said = settings.get("header")
    at = _heading(rows) if said is None else int(said) - 1
    width = max((len(row) for row in rows), default=0)
    headings = rows[at] if 0 <= at < len(rows) else []
    columns = _columns([text_of(cell) for cell in headings] + [""] * (width - len(headings)))
    lines = [
        Line(number, (*row, *[None] * (width - len(row))))
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(text_of(cell) for cell in row)
    ]
    stale = frozenset((row + 1, column) for row, column in about.stale)
    return Table(columns, tuple(lines), at + 1, about.sheets, about.sheet, about.epoch, about.delimiter, stale)


def _heading(rows: list[list[Cell]]) -> int:
    """Return the place of the row, among the first, with the most known words, else of the first that is not empty."""
    scores = [len(guessed([text_of(cell) for cell in row])) for row in rows[:_TOP]]
    if scores and max(scores) >= 2:
        return scores.index(max(scores))
    return next((at for at, row in enumerate(rows[:_TOP]) if any(text_of(cell) for cell in row)), 0)


def _columns(headings: list[str]) -> tuple[str, ...]:
    """Return headings, each once: one without words is called by its letter, a second of the same gets a number."""
    seen: Counter[str] = Counter()
    found = []
    for at, heading in enumerate(headings):
        name = " ".join(heading.split()) or f"Column {letter(at)}"
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


def letter(at: int) -> str:
    """Return what a spreadsheet calls a column: 0 is A, 26 is AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


def text_of(cell: Cell) -> str:
    """Return a cell as a person reads it: 12.0 is 12, a date is ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        whole = int(cell.total_seconds())
        return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
    return str(cell).strip()


def mapping(columns: tuple[str, ...], said: Mapping[str, str | None]) -> dict[str, int]:
    """Return the place of each field's column: by the settings (None: nowhere), else by the headings."""
    places = {column: at for at, column in enumerate(columns)}
    loose = {plain(column): at for column, at in reversed(places.items())}
    found: dict[str, int] = {}
    for field in FIELDS:
        if (name := said.get(field.key)) is not None:
            at = places.get(name, loose.get(plain(name)))
            if at is not None:
                found[field.key] = at
    taken = set(found.values())
    for key, name in guessed(columns).items():
        if key not in said and places[name] not in taken:
            found[key] = places[name]
    return found
