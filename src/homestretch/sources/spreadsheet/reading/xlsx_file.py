"""Workbooks by openpyxl, which is imported on first use: the cells of a sheet as they were last computed."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from homestretch import zips
from homestretch.sources.spreadsheet.reading.conventions import Cell

#: No person keeps a workbook beyond these bounds.
MOST_BYTES, MOST_ROWS, MOST_COLUMNS, MOST_PARTS = 400_000_000, 200_000, 500, 5_000
_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")


class NoWorkbook(ValueError):
    """Why the bytes are no workbook that can be read, in a few words."""


@dataclass(frozen=True, slots=True)
class Book:
    """A sheet of a workbook: rows of cells, the names of all sheets, and the day that serial numbers count from.

    `stale` are cells (row, column, from 0) with a formula that was never computed, or with an error.
    """

    rows: list[list[Cell]]
    sheets: tuple[str, ...]
    sheet: str
    epoch: datetime
    stale: frozenset[tuple[int, int]]


def read(data: bytes, sheet: str = "") -> Book:
    """Return a sheet by its name, else the first that is not empty. Raises NoWorkbook."""
    _must_be_bounded(data)
    values = _opened(data, computed=True)
    try:
        names = tuple(str(name) for name in values.sheetnames if hasattr(values[name], "iter_rows"))
        if sheet and sheet not in names:
            raise NoWorkbook(f"it has no sheet {sheet}; choose one of {', '.join(names)}")
        grids = {name: _rows(values[name]) for name in ([sheet] if sheet else names)[:1]}
        chosen = sheet or (names[0] if names else "")
        if not sheet and not grids.get(chosen):
            chosen = next((name for name in names[1:] if grids.setdefault(name, _rows(values[name]))), chosen)
        rows = grids.get(chosen, [])
        epoch = values.epoch if isinstance(values.epoch, datetime) else datetime(1899, 12, 30)
    finally:
        values.close()
    stale = _stale(data, chosen, rows) if rows and _has_formulas(data) else frozenset()
    errors = {(at, of) for at, row in enumerate(rows) for of, cell in enumerate(row) if cell in _ERRORS}
    for at, of in errors:
        rows[at][of] = None
    return Book(rows, names, chosen, epoch, stale | errors)


def _must_be_bounded(data: bytes) -> None:
    try:
        with zips.opened(io.BytesIO(data), MOST_PARTS) as archive:
            size = sum(one.file_size for one in archive.infolist())
    except zips.TooManyEntries as error:
        raise NoWorkbook("it has too many parts") from error
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise NoWorkbook("it is damaged or not a workbook") from error
    if size > MOST_BYTES:
        raise NoWorkbook("it is too large")


def _opened(data: bytes, *, computed: bool) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=computed, keep_links=False)
    except Exception as error:  # whatever a library says of bytes that are no workbook
        raise NoWorkbook("it is damaged or not a workbook") from error


def _rows(sheet: Any) -> list[list[Cell]]:
    sheet.reset_dimensions()  # what writers say of their size is often wrong
    rows: list[list[Cell]] = []
    empty = 0
    try:
        for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            cells = list(row)
            while cells and cells[-1] in (None, ""):
                cells.pop()
            empty = 0 if cells else empty + 1
            rows.append(cells)
            if len(rows) > MOST_ROWS or empty > 1000:
                break
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise NoWorkbook("the sheet is damaged") from error
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _has_formulas(data: bytes) -> bool:
    with zips.opened(io.BytesIO(data), MOST_PARTS) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) or b":f>" in archive.read(name) for name in names)


def _stale(data: bytes, sheet: str, rows: list[list[Cell]]) -> frozenset[tuple[int, int]]:
    """Return the formulas that have no value yet: the program that wrote them did not compute."""
    book = _opened(data, computed=False)
    try:
        formulas = _rows(book[sheet])
    finally:
        book.close()
    found = set()
    for at, row in enumerate(formulas):
        for of, cell in enumerate(row):
            is_formula = (isinstance(cell, str) and cell.startswith("=")) or type(cell).__name__.endswith("Formula")
            if is_formula and (at >= len(rows) or of >= len(rows[at]) or rows[at][of] is None):
                found.add((at, of))
    return frozenset(found)
