"""Sheets made by ourselves, as people keep them."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font

TRACEKIT = (
    "start_time", "activity_type", "location_name", "city", "state", "temperature", "equipment", "duration",
    "duration_hms", "distance", "max_speed", "avg_heart_rate", "max_heart_rate", "calories", "max_elevation",
    "total_elevation_gain", "with_names", "avg_cadence", "strava_id", "garmin_id", "ridewithgps_id", "notes",
)  # fmt: skip
#: Two rides and a run, as Tracekit writes them: dates alone, miles.
ROWS: tuple[tuple[Any, ...], ...] = (
    ("2026-05-03", "Ride", "Lake", "Tampere", "FI", 61, "Old Steel", 5400, "1:30:00", 20.5, 31.2, 141, 172, 800, 190,
     410, "Ann", 82, "9001", "", "77", "Round the lake"),
    ("2026-05-04", "Run", "Park", "Tampere", "FI", 58, "Blue Shoes", 1800, "0:30:00", 3.1, 9, 150, 171, 300, 120, 30,
     "", 84, "", "55", "", "Easy, \"slow\""),
    ("2026-05-04", "Ride", "", "", "", "", "Old Steel", 3600, "1:00:00", 15, "", "", "", "", "", "", "", "", "", "",
     "", "Second of the day"),
)  # fmt: skip


def csv_text(
    rows: Sequence[Sequence[Any]] = ROWS, head: Sequence[str] = TRACEKIT, sign: str = ",", end: str = "\n"
) -> str:
    """Return a text with columns."""
    return "".join(sign.join(_cell(cell, sign) for cell in row) + end for row in (head, *rows))


def _cell(cell: Any, sign: str) -> str:
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if any(one in text for one in (sign, '"', "\n")) else text


def workbook(
    rows: Sequence[Sequence[Any]] = ROWS,
    head: Sequence[str] = TRACEKIT,
    formats: Mapping[str, str] | None = None,
    mac: bool = False,
    title: str = "Training",
) -> bytes:
    """Return a workbook with a second sheet, bold headings, a comment, a width, and formats by column's heading."""
    book = openpyxl.Workbook()
    if mac:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904  # type: ignore[attr-defined]
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.append(list(head))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([_moment(cell) if at == 0 else (None if cell == "" else cell) for at, cell in enumerate(row)])
    for at, name in enumerate(head, 1):
        for line in range(2, len(rows) + 2):
            cell = sheet.cell(line, at)
            if formats and name in formats:
                cell.number_format = formats[name]
    sheet.column_dimensions["A"].width = 23.5
    other = book.create_sheet("Plans & dreams")
    other["B2"] = "=1+1"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _moment(cell: Any) -> Any:
    return datetime.fromisoformat(cell) if isinstance(cell, str) and cell[:4].isdigit() and len(cell) >= 10 else cell


def put(place: Path, data: bytes | str) -> Path:
    """Write a sheet."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data if isinstance(data, bytes) else data.encode())
    return place
