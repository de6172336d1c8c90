"""A preview of a sheet under some settings, before they are set: for mapping columns to fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from homestretch.model.documents.sheets import SheetColumn, SheetFound, SheetNote, SheetPreview, SheetRow
from homestretch.sources.spreadsheet._rows import Reading, Row
from homestretch.sources.spreadsheet.reading.conventions import Conventions
from homestretch.sources.spreadsheet.reading.fields import FIELDS
from homestretch.sources.spreadsheet.reading.table import Line, NoSheet, Table, table, text_of

#: At most so many rows and so many notes are shown.
ROWS, NOTES = 20, 200


def preview(data: bytes, settings: Mapping[str, Any]) -> SheetPreview:
    """Return columns, the field that each holds, the first rows as read, and notes about cells that can't be.

    `trouble` says why there is nothing where the bytes are no sheet.
    """
    try:
        sheet = table(data, settings)
    except NoSheet as error:
        return _shown(Table((), (), 0), {}, str(error))
    reading = Reading.of(sheet, settings)
    rows = reading.rows()
    notes = _notes(rows, reading.places)
    return {
        **_shown(sheet, reading.places, None),
        "rows": [_row(line, row) for line, row in zip(sheet.lines[:ROWS], rows, strict=False)],
        "count": len(rows),
        "activities": sum(row.day is not None for row in rows),
        "notes": notes[:NOTES],
        "note_count": len(notes),
        "found": _found(reading.how, sheet.delimiter),
    }


def _shown(sheet: Table, places: Mapping[str, int], trouble: str | None) -> SheetPreview:
    """Return the columns of a sheet and the field that each holds, without its rows."""
    fields: list[SheetColumn] = [
        {"key": field.key, "title": field.title, "column": places.get(field.key)} for field in FIELDS
    ]
    return {
        "columns": list(sheet.columns),
        "sheets": list(sheet.sheets),
        "sheet": sheet.sheet,
        "heading": sheet.heading,
        "fields": fields,
        "rows": [],
        "count": 0,
        "activities": 0,
        "notes": [],
        "note_count": 0,
        "found": _found(Conventions(distance=0.0), ""),
        "trouble": trouble,
    }


def _row(line: Line, row: Row) -> SheetRow:
    return {"number": line.number, "cells": [text_of(cell) for cell in line.cells], "read": _read(row.document)}


def _notes(rows: Sequence[Row], places: Mapping[str, int]) -> list[SheetNote]:
    return [
        {"number": row.number, "column": places.get(field, -1), "field": field, "code": code}
        for row in rows
        for field, code in row.notes
    ]


def _found(how: Conventions, delimiter: str) -> SheetFound:
    return {
        "decimal": how.decimal,
        "order": how.order,
        "distance_m": how.distance,
        "delimiter": delimiter,
        "open": list(how.open),
        "unsure": list(how.unsure),
    }


def _read(document: Mapping[str, Any]) -> dict[str, str | float | bool]:
    """Return what a person checks of a row."""
    keys = ("start", "date_only", "sport", "sub_sport", "name", "description", "gear", "elapsed_s", "moving_s")
    found = {key: document[key] for key in (*keys, "distance_m") if key in document}
    return {**found, **document.get("totals", {}), **document.get("links", {})}
