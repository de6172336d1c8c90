"""A preview of a sheet under some settings, before they are set: for mapping columns to fields."""

from collections.abc import Mapping
from typing import Any

from homestretch.sources.spreadsheet._rows import Reading
from homestretch.sources.spreadsheet.reading.fields import FIELDS
from homestretch.sources.spreadsheet.reading.table import NoSheet, Table, table, text_of

#: At most so many rows and so many notes are shown.
ROWS, NOTES = 20, 200


def preview(data: bytes, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns, the field that each holds, the first rows as read, and notes about cells that can't be.

    `trouble` says why there is nothing where the bytes are no sheet. Of a row `cells` are texts by column, `read`
    the values by field. A note is (row's number, column, code).
    """
    try:
        sheet = table(data, settings)
    except NoSheet as error:
        return {**_shown(Table((), (), 0), {}), "trouble": str(error)}
    reading = Reading.of(sheet, settings)
    rows = reading.rows()
    shown = [
        {"number": line.number, "cells": [text_of(cell) for cell in line.cells], "read": _read(row.document)}
        for line, row in zip(sheet.lines[:ROWS], rows, strict=False)
    ]
    notes = [
        {"number": row.number, "column": reading.places.get(field, -1), "field": field, "code": code}
        for row in rows
        for field, code in row.notes
    ]
    how = reading.how
    return _shown(sheet, dict(reading.places)) | {
        "rows": shown,
        "count": len(rows),
        "activities": sum(row.day is not None for row in rows),
        "notes": notes[:NOTES],
        "note_count": len(notes),
        "found": {
            "decimal": how.decimal,
            "order": how.order,
            "distance_m": how.distance,
            "delimiter": sheet.delimiter,
            "open": list(how.open),
            "unsure": list(how.unsure),
        },
    }


def _shown(sheet: Table, places: Mapping[str, int]) -> dict[str, Any]:
    fields = [{"key": field.key, "title": field.title, "column": places.get(field.key)} for field in FIELDS]
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
        "trouble": None,
        "found": {"decimal": ".", "order": "ymd", "distance_m": 0.0, "delimiter": "", "open": [], "unsure": []},
    }


def _read(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a person checks of a row."""
    keys = ("start", "date_only", "sport", "sub_sport", "name", "description", "gear", "elapsed_s", "moving_s")
    found = {key: document[key] for key in (*keys, "distance_m") if key in document}
    return {**found, **document.get("totals", {}), **document.get("links", {})}
