"""Documents about spreadsheets: what a sheet looks like by some settings."""

from typing import Literal, TypedDict, get_args

DateOrder = Literal["dmy", "mdy", "ymd"]
DATE_ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)
CellNote = Literal["no_date", "no_such_date", "no_such_time", "no_such_number", "not_calculated"]
type SheetQuestion = Literal["decimal_sign", "date_order", "distance_unit"]


class SheetColumn(TypedDict):
    """A field, and the place of its column (from 0), or null where none holds it."""

    key: str
    title: str
    column: int | None


class SheetRow(TypedDict):
    """A row: its number in the sheet, its cells as they stand there, and what they are read as, in SI units.

    `read` has a value for each field that was read, by its name with its unit, such as `distance_m`.
    """

    number: int
    cells: list[str]
    read: dict[str, str | float | bool]


class SheetNote(TypedDict):
    """A cell that can't be read, by its row's number and its column (-1: none)."""

    number: int
    column: int
    field: str
    code: CellNote


class SheetFound(TypedDict):
    """How the cells are written, from the settings or from the sheet.

    `open` names what the sheet leaves open, `unsure` the part that the settings do not decide: no row is imported then.
    """

    decimal: str
    order: DateOrder
    distance_m: float
    delimiter: str
    open: list[SheetQuestion]
    unsure: list[SheetQuestion]


class SheetPreview(TypedDict):
    """A sheet as it would be read: columns, fields, the first rows, and notes; `trouble` says why it can't be read."""

    columns: list[str]
    sheets: list[str]
    sheet: str
    heading: int
    fields: list[SheetColumn]
    rows: list[SheetRow]
    count: int
    activities: int
    notes: list[SheetNote]
    note_count: int
    found: SheetFound
    trouble: str | None
