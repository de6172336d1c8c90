"""Rows of a sheet as activities: the cells read by the fields that their columns hold."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from homestretch.model.documents.sheets import CellNote
from homestretch.sources.spreadsheet.reading import cells as _cells
from homestretch.sources.spreadsheet.reading.conventions import (
    Cell,
    Conventions,
    conventions,
    duration_factor,
    number,
)
from homestretch.sources.spreadsheet.reading.fields import BY_KEY
from homestretch.sources.spreadsheet.reading.table import Line, Table, mapping, text_of
from homestretch.vendors.sport_words import sport_in_words

#: The form of the document that a row is kept as.
FORM = 1
_TOTALS = {
    "avg_heart_rate": "avg_heart_rate_bpm", "max_heart_rate": "max_heart_rate_bpm", "avg_cadence": "avg_cadence_rpm",
    "avg_power": "avg_power_w", "calories": "total_calories_kcal",
}  # fmt: skip
_SPEEDS = {"max_speed": "max_speed_mps", "avg_speed": "avg_speed_mps"}
_HEIGHTS = {"total_elevation_gain": "total_ascent_m", "max_elevation": "max_altitude_m"}
_DURATIONS: tuple[str, ...] = ("duration", "duration_hms", "moving")
_PLACES = ("location_name", "city", "state", "with_names")


@dataclass(frozen=True, slots=True)
class Row:
    """A row read: its number in the sheet, a key that it keeps when others move, and the document that it is kept as.

    `notes` are (field, code) of cells that could not be read. A row without a `day` is not an activity. `links` are its
    keys at other sources, None where the column for one is empty.
    """

    number: int
    key: str
    day: str | None
    document: Mapping[str, Any]
    notes: tuple[tuple[str, CellNote], ...] = ()
    links: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """What differs once the row was changed."""
        return hashlib.blake2b(packed(self.document), digest_size=8).hexdigest()


def packed(document: Mapping[str, Any]) -> bytes:
    """Return a document as canonical JSON."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def said_mapping(settings: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the mapping of fields to columns that was set; what is no such JSON says nothing."""
    said = settings.get("columns")
    if isinstance(said, str):
        try:
            said = json.loads(said or "{}")
        except (ValueError, RecursionError):
            said = {}
    if not isinstance(said, dict):
        return {}
    return {str(key): name for key, name in said.items() if key in BY_KEY and (name is None or isinstance(name, str))}


@dataclass(slots=True)
class Reading:
    """A table being read: where each field is, and how its cells are written."""

    table: Table
    places: Mapping[str, int]
    how: Conventions
    factors: Mapping[str, float]
    zone: str | None
    counted: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, table: Table, settings: Mapping[str, Any]) -> "Reading":
        """Look at whole columns to see how their cells are written."""
        places = mapping(table.columns, said_mapping(settings))
        headings = {key: table.columns[at] for key, at in places.items()}
        columns = {key: [line.cells[at] for line in table.lines] for key, at in places.items()}
        how = conventions(settings, headings, columns, table.delimiter, table.epoch)
        said = str(settings.get("duration") or "auto")
        factors: dict[str, float] = {
            key: _factor(said, headings[key], columns[key], columns.get("distance", ()), how)
            for key in _DURATIONS
            if key in places
        }
        zone = settings.get("zone") or settings.get("home_zone")
        return cls(table, places, how, factors, str(zone) if zone else None)

    def rows(self) -> list[Row]:
        """Return every row, in the order of the sheet."""
        return [self._row(line) for line in self.table.lines]

    def _row(self, line: Line) -> Row:
        cells = {key: line.cells[at] for key, at in self.places.items()}
        one = _One(self, line.number, cells)
        document = one.document()
        day = str(document["start"])[:10] if document.get("start") else None
        said = text_of(cells.get("id"))
        stem = said or f"{_hash(day or str(line.number))}-"
        self.counted[stem] += 1
        count = self.counted[stem]
        key = (said if count == 1 else f"{said}~{count}") if said else f"{stem}{count}"
        links = {one: (document.get("links") or {}).get(one) for one in self.places if BY_KEY[one].kind == "link"}
        return Row(line.number, key, day, document, tuple(one.notes), links)


@dataclass(slots=True)
class _One:
    """One row being read."""

    reading: Reading
    number: int
    cells: Mapping[str, Cell]
    notes: list[tuple[str, CellNote]] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """Return the row as it is kept: what was read, in SI units, and the cells as they stand there."""
        reading = self.reading
        start = self._start()
        elapsed = self._amount("duration_hms", self._seconds)
        elapsed = self._amount("duration", self._seconds) if elapsed is None else elapsed
        sport = sport_in_words(self._text("sport"))
        texts = {key: text_of(cell) for key, cell in self.cells.items() if text_of(cell)}
        known = {
            "start": start.isoformat() if start else None,
            "date_only": True if start and not isinstance(start, datetime) else None,
            "zone": reading.zone,
            "sport": sport.key,
            "sub_sport": sport.sub,
            "name": self._text("name"),
            "description": self._text("description"),
            "gear": self._text("equipment"),
            "elapsed_s": elapsed,
            "moving_s": self._amount("moving", self._seconds),
            "distance_m": self._amount("distance", lambda _, cell: _cells.metres(cell, reading.how)),
            "totals": self._totals() or None,
            "places": {key: texts[key] for key in _PLACES if key in texts} or None,
            "links": {key: _id(text) for key, text in texts.items() if BY_KEY[key].kind == "link"} or None,
            "cells": {reading.table.columns[reading.places[key]]: text for key, text in sorted(texts.items())},
        }
        return {"sheet_row": FORM, **{key: value for key, value in known.items() if value is not None}}

    def _start(self) -> datetime | date | None:
        cell, how = self.cells.get("start"), self.reading.how
        start = _cells.when(cell, how)
        if start is None:
            if "start" in self.cells:
                self._note("start", "no_date" if not text_of(cell) else "no_such_date")
            return None
        of = self.cells.get("time")
        if isinstance(start, datetime) or not text_of(of):
            return start
        at = _cells.clock(of)
        if at is None:
            self._note("time", "no_such_time")
            return start
        return datetime.combine(start, at)

    def _totals(self) -> dict[str, float]:
        how = self.reading.how
        found = {name: self._amount(key, lambda _, cell: number(cell, how.decimal)) for key, name in _TOTALS.items()}
        for factors, names in ((how.speeds or {}, _SPEEDS), (how.elevations or {}, _HEIGHTS)):
            for key, name in names.items():
                found[name] = self._scaled(key, factors.get(key, 1.0))
        degrees = self._amount("temperature", lambda _, cell: number(cell, how.decimal), signed=True)
        if degrees is not None:
            found["avg_temperature_c"] = round((degrees - 32) / 1.8, 3) if how.fahrenheit else degrees
        return {name: value for name, value in found.items() if value is not None}

    def _scaled(self, key: str, factor: float) -> float | None:
        value = self._amount(key, lambda _, cell: number(cell, self.reading.how.decimal))
        return None if value is None else value * factor

    def _seconds(self, key: str, cell: Cell) -> float | None:
        return _cells.seconds(cell, self.reading.how, self.reading.factors.get(key, 60.0))

    def _amount(self, key: str, read: Any, *, signed: bool = False) -> float | None:
        """Return what a cell says, to a millionth; a cell that says something else gets a note."""
        cell = self.cells.get(key)
        if not text_of(cell):
            at = self.reading.places.get(key)
            if at is not None and (self.number, at) in self.reading.table.stale:
                self._note(key, "not_calculated")
            return None
        value: float | None = read(key, cell)
        if value is None or (value < 0 and not signed):
            self._note(key, "no_such_number")
            return None
        return round(value, 6)

    def _text(self, key: str) -> str | None:
        return text_of(self.cells.get(key)) or None

    def _note(self, key: str, code: CellNote) -> None:
        self.notes.append((key, code))


def _factor(said: str, heading: str, cells: Sequence[Cell], distances: Sequence[Cell], how: Conventions) -> float:
    numbers, speeds = [], []
    for at, cell in enumerate(cells):
        value = number(cell, how.decimal) if not isinstance(cell, str) or ":" not in cell else None
        if value:
            numbers.append(value)
            far = _cells.metres(distances[at], how) if at < len(distances) else None
            if far:
                speeds.append(far / value)
    return duration_factor(said, heading, numbers, speeds)


def _id(text: str) -> str:
    """Return the id in a cell, which may be a link to the activity."""
    return text.rstrip("/").rsplit("/", 1)[-1].split("?")[0]


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()
