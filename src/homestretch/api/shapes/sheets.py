"""Documents about spreadsheets: what a sheet looks like by some settings."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from homestretch.api.shapes.base import Shape


class SheetPreviewRequest(Shape):
    """Settings to try, over those that are set; null takes one back."""

    settings: dict[str, str | float | bool | None] = Field(default_factory=dict)


class SheetColumn(BaseModel):
    """A field, and the place of its column (from 0), or null where none holds it."""

    key: str
    title: str
    column: int | None


class SheetRow(BaseModel):
    """A row: its number in the sheet, its cells as they stand there, and what they are read as, in SI units."""

    number: int
    cells: list[str]
    read: dict[str, Any]


class SheetNote(BaseModel):
    """A cell that can't be read, by its row's number and its column (-1: none)."""

    number: int
    column: int
    field: str
    code: Literal["no_date", "no_such_date", "no_such_time", "no_such_number", "not_reckoned"]


type SheetQuestion = Literal["decimal_sign", "date_order", "distance_unit"]


class SheetFound(BaseModel):
    """How the cells are written, from the settings or from the sheet.

    `open` names what the sheet leaves open, `unsure` the part that the settings do not decide: no row is imported then.
    """

    decimal: str
    order: Literal["dmy", "mdy", "ymd"]
    distance_m: float
    delimiter: str
    open: list[SheetQuestion]
    unsure: list[SheetQuestion]


class SheetPreview(BaseModel):
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
