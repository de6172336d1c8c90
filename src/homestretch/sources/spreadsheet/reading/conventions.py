"""How the cells of a sheet are written: decimal sign, order of dates, units; by a setting or seen in the cells."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from homestretch.model.documents.sheets import DATE_ORDERS, DateOrder, SheetQuestion
from homestretch.sources.spreadsheet.reading.fields import FIELDS, plain, unit_in
from homestretch.vendors.sport_words import sport_in_words

type Cell = str | int | float | bool | datetime | date | time | timedelta | None

_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|(?:0|\d{4,}),\d{3})(?:\s*\D*)")
_POINT = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})|(?:0|\d{4,})\.\d{3})(?:\s*\D*)")
#: Thousands, or three decimals.
_EITHER = re.compile(r"[-+]?\d{1,3}([.,])\d{3}(?:\s*\D*)")
#: What the sign between cells makes of the others: a decimal comma would end a cell where commas do.
_BESIDE = {",": ".", ";": ","}
DATE = re.compile(r"\s*(\d{1,4})([-/.\s])(\d{1,2})\2(\d{1,4})\.?(?=\D|$)")
_LENGTHS = {
    "mi": 1609.344, "mile": 1609.344, "miles": 1609.344, "km": 1000.0, "kms": 1000.0, "kilometer": 1000.0,
    "kilometers": 1000.0, "kilometres": 1000.0, "kilometre": 1000.0, "m": 1.0, "meters": 1.0, "metres": 1.0,
    "meter": 1.0, "metre": 1.0, "ft": 0.3048, "feet": 0.3048, "foot": 0.3048, "yd": 0.9144, "yards": 0.9144,
}  # fmt: skip
_SPEEDS = {"mph": 0.44704, "kmh": 1 / 3.6, "kph": 1 / 3.6, "ms": 1.0, "mps": 1.0}
SPEEDS = ("max_speed", "avg_speed")
_KM, _MILE = 1000.0, 1609.344
#: The setting that decides what a sheet leaves open.
SAID_BY = {"decimal_sign": "decimal", "date_order": "order", "distance_unit": "distance"}
#: Fields whose cells are numbers.
_NUMBERS = frozenset(
    one.key for one in FIELDS if one.kind in ("duration", "distance", "speed", "number", "elevation", "temperature")
)
#: Headings that no sheets but Tracekit's have together; those are in miles.
_TRACEKIT = {"start": "start_time", "sport": "activity_type", "duration_hms": "duration_hms"}
#: m/s that no one keeps up for LASTING_S, a little above the records (10,000 m on foot, 1500 m in water, the hour on a
#: bicycle, 20 km of race walking).
_FASTEST = {"running": 6.6, "walking": 4.5, "hiking": 4.5, "swimming": 1.85, "cycling": 16.5}
_LASTING_S = 600.0
_DURATIONS = ("duration_hms", "duration", "moving")
_TIMES = {
    "s": 1.0, "sec": 1.0, "secs": 1.0, "seconds": 1.0, "min": 60.0, "mins": 60.0, "minutes": 60.0, "h": 3600.0,
    "hr": 3600.0, "hrs": 3600.0, "hours": 3600.0, "days": 86_400.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conventions:
    """How cells are read. Factors bring them to SI.

    `open` names what the sheet leaves open, whatever the settings say; `unsure` the part that no setting decides.
    """

    decimal: str = "."
    order: DateOrder = "ymd"
    distance: float = 1609.344
    speeds: Mapping[str, float] | None = None
    elevations: Mapping[str, float] | None = None
    fahrenheit: bool = False
    #: Whether 45:12 is minutes and seconds, and not hours and minutes.
    minutes: bool = False
    epoch: datetime = datetime(1899, 12, 30)
    open: tuple[SheetQuestion, ...] = ()
    unsure: tuple[SheetQuestion, ...] = ()


def conventions(
    settings: Mapping[str, Any],
    headings: Mapping[str, str],
    columns: Mapping[str, Sequence[Cell]],
    delimiter: str,
    epoch: datetime,
) -> Conventions:
    """Return how the cells of the fields are read: by the settings, else by headings and whole columns."""
    said = {key: value for key in SAID_BY.values() if (value := str(settings.get(key) or "auto")) != "auto"}
    cells = [cell for key, column in columns.items() if key in _NUMBERS for cell in column]
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    seen_sign, sign_seen = _decimal(texts, delimiter)
    decimal = {"comma": ",", "point": "."}.get(said.get("decimal", "")) or seen_sign
    # Where decimal commas are written, days come before months, and roads are measured in kilometres.
    commas = decimal == "," and ("decimal" in said or any("," in text for text in texts))
    seen_order, order_seen = _order(columns.get("start", ()), commas)
    seen_unit = _unit(headings, columns, _haste(columns, decimal), commas)
    distance = {"km": _KM, "miles": _MILE, "m": 1.0}.get(said.get("distance", "")) or seen_unit or _MILE
    speed = {_MILE: 0.44704, _KM: 1 / 3.6}.get(distance, 1.0)
    decided: dict[SheetQuestion, bool] = {
        "decimal_sign": sign_seen,
        "date_order": order_seen,
        "distance_unit": seen_unit is not None,
    }
    undecided = tuple(what for what, seen in decided.items() if not seen)
    return Conventions(
        decimal=decimal,
        order=next((order for order in DATE_ORDERS if order == said.get("order")), seen_order),
        distance=distance,
        speeds={key: _SPEEDS.get(unit_in(headings[key]), speed) for key in SPEEDS if key in headings},
        elevations=_elevations(settings, headings),
        fahrenheit=_fahrenheit(settings, headings.get("temperature", ""), columns.get("temperature", ()), decimal),
        minutes=_minutes([*columns.get("duration", ()), *columns.get("moving", ()), *columns.get("duration_hms", ())]),
        epoch=epoch,
        open=undecided,
        unsure=tuple(what for what in undecided if SAID_BY[what] not in said),
    )


def _decimal(texts: Sequence[str], delimiter: str) -> tuple[str, bool]:
    """Return the decimal sign of numbers, and whether it is sure: 1,234 alone may be either."""
    commas = sum(bool(_COMMA.fullmatch(text)) for text in texts)
    points = sum(bool(_POINT.fullmatch(text)) for text in texts)
    if commas != points:
        return ("," if commas > points else "."), not (commas and points)
    either = {found[1] for text in texts if (found := _EITHER.fullmatch(text))}
    return ("," if delimiter == ";" else "."), not commas and either <= {_BESIDE.get(delimiter)}


def _order(cells: Iterable[Cell], commas: bool) -> tuple[DateOrder, bool]:
    """Return the order of day, month and year, and whether that is sure."""
    parts = [found for cell in cells if isinstance(cell, str) and (found := DATE.match(cell))]
    parts = [found for found in parts if len(found[1]) < 3]
    if not parts:
        return "ymd", True
    first = sum(int(found[1]) > 12 for found in parts)
    second = sum(int(found[3]) > 12 for found in parts)
    if first != second:
        return ("dmy" if first > second else "mdy"), not (first and second)
    dotted = Counter(found[2] for found in parts).most_common(1)[0][0] == "."
    same = all(found[1] == found[3] for found in parts)
    return ("dmy" if dotted or commas else "mdy"), not first and (dotted or commas or same)


def _unit(
    headings: Mapping[str, str], columns: Mapping[str, Sequence[Cell]], haste: float, commas: bool
) -> float | None:
    """Return the metres of the distances' unit by headings, every cell, decimal commas or speeds, else None.

    `haste` is how fast rows were in metres, as a share of what is possible: what can only be done so is in metres.
    """
    if "distance" not in headings:
        return _MILE
    own = _LENGTHS.get(unit_in(headings["distance"]))
    if own is not None:
        return own
    if all(plain(headings.get(key, "")) == heading for key, heading in _TRACEKIT.items()):
        return _MILE
    beside = {{"mph": _MILE, "kmh": _KM, "kph": _KM}.get(unit_in(headings.get(key, ""))) for key in SPEEDS} - {None}
    if len(beside) == 1:
        return beside.pop()
    filled = [cell for cell in columns["distance"] if cell is not None and str(cell).strip()]
    if all(unit_of(cell) for cell in filled):
        return _KM
    possible = [unit for unit in (_KM, *(() if commas else (_MILE,))) if haste * unit <= 1.0]
    return None if len(possible) > 1 else possible[0] if possible else 1.0


def _haste(columns: Mapping[str, Sequence[Cell]], decimal: str) -> float:
    """Return the median of rows' speeds, were distances in metres, over the impossible; 0 without usable rows.

    Usable rows have a sport and a time in hours, minutes and seconds.
    """
    shares = []
    for at, cell in enumerate(columns.get("distance", ())):
        sports, far = columns.get("sport", ()), number(cell, decimal)
        limit = _FASTEST.get(sport_in_words(str(sports[at])).key) if at < len(sports) else None
        elapsed = max((_timed_s(columns[key][at]) for key in _DURATIONS if key in columns), default=0.0)
        if limit and far and elapsed >= _LASTING_S and unit_of(cell) is None:
            shares.append(far / elapsed / limit)
    return median(shares) if shares else 0.0


def _timed_s(cell: Cell) -> float:
    """Return the seconds of a time in hours, minutes and seconds, 0 for anything else."""
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, time):
        return cell.hour * 3600.0 + cell.minute * 60 + cell.second
    found = re.fullmatch(r"\s*(\d+):(\d\d):(\d\d)\s*", cell) if isinstance(cell, str) else None
    return 0.0 if found is None else int(found[1]) * 3600.0 + int(found[2]) * 60 + int(found[3])


def unit_of(cell: Cell) -> float | None:
    """Return the metres of the unit of length that a cell ends with."""
    found = re.search(r"([a-z]+)\.?\s*$", cell.strip().lower()) if isinstance(cell, str) else None
    return _LENGTHS.get(found[1]) if found else None


def _elevations(settings: Mapping[str, Any], headings: Mapping[str, str]) -> dict[str, float]:
    said = {"m": 1.0, "ft": 0.3048}.get(str(settings.get("elevation")))
    keys = [key for key in ("total_elevation_gain", "max_elevation") if key in headings]
    return {key: said or _LENGTHS.get(unit_in(headings[key]), 1.0) for key in keys}


def _fahrenheit(settings: Mapping[str, Any], heading: str, cells: Iterable[Cell], decimal: str) -> bool:
    """Return whether temperatures are in °F: by the setting, or because no run is that hot in °C."""
    said = {"c": False, "f": True}.get(str(settings.get("temperature")))
    fahrenheit = {"c": False, "celsius": False, "f": True, "fahrenheit": True}.get(unit_in(heading))
    if said is not None or fahrenheit is not None:
        return bool(fahrenheit if said is None else said)
    numbers = [value for cell in cells if (value := number(cell, decimal)) is not None]
    return bool(numbers) and max(numbers) > 50


def _minutes(cells: Iterable[Cell]) -> bool:
    """Return whether two numbers with a colon are minutes and seconds: beside h:mm:ss, or beyond 23 hours."""
    texts = [cell.strip().split(":") for cell in cells if isinstance(cell, str) and ":" in cell]
    pairs = [one for one in texts if len(one) == 2 and one[0].isdigit()]
    return bool(pairs) and (any(len(one) == 3 for one in texts) or any(int(one[0]) >= 24 for one in pairs))


def duration_factor(said: str, heading: str, numbers: Sequence[float], speeds: Sequence[float]) -> float:
    """Return the seconds of one of the numbers in a column of durations.

    `speeds` are m/s as they would be if the numbers were seconds. Fractions of a day are what spreadsheets hold.
    """
    factor = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86_400.0}.get(said)
    factor = factor or _TIMES.get(unit_in(heading))
    if factor is not None or not numbers:
        return factor or 60.0
    if max(numbers) < 2 and any(value % 1 for value in numbers):
        return 86_400.0 if median(numbers) < 0.25 else 3600.0
    if speeds:
        of = median(speeds)
        return min((60.0, 1.0, 3600.0), key=lambda factor: abs(_far(of / factor)))
    return 1.0 if median(numbers) > 600 else 60.0


def _far(speed: float) -> float:
    """Return how far from what is done on foot, on a bike or in water a speed is: 0 within 0.5 to 15 m/s."""
    return 0.0 if 0.5 <= speed <= 15 else (0.5 / max(speed, 1e-9) if speed < 0.5 else speed / 15)


def number(cell: Cell, decimal: str) -> float | None:
    """Return the number in a cell, or None; a unit behind it is passed over, groups of thousands are read."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell)
    if not isinstance(cell, str):
        return None
    text = cell.strip().replace("\u00a0", "").replace("\u202f", "").replace("’", "").replace("'", "")
    if decimal == ",":
        text = text.replace(".", "").replace(",", ".") if _COMMA.fullmatch(text) or "," in text else _ungrouped(text)
    else:
        text = text.replace(",", "")
    found = re.match(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", text, re.IGNORECASE)
    if found is None or re.search(r"\d", text[found.end() :]):
        return None
    value = float(found[0])
    return value if abs(value) < 1e12 else None


def _ungrouped(text: str) -> str:
    """Take the points out of 1.234 where the comma is the decimal sign; 12.4 stays what it can only be."""
    return re.sub(r"\.(?=\d{3}(?:\D|$))", "", text) if re.match(r"[-+]?\d{1,3}(?:\.\d{3})+(?:\D|$)", text) else text
