"""What the columns of a table are: guessed from their names and values, to be shown before it is imported."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from statistics import median
from typing import NamedTuple

from homestretch.formats.measurements_csv.dates import DayOrder, clock_ms, day_order
from homestretch.formats.measurements_csv.table import Table
from homestretch.model.health.kinds import KINDS

_POUND_KG, _STONE_KG, _INCH_CM = 0.45359237, 6.35029318, 2.54
_MASS = {"kg": 1.0, "kgs": 1.0, "kilo": 1.0, "lb": _POUND_KG, "lbs": _POUND_KG, "pounds": _POUND_KG, "st": _STONE_KG}
_TIME = {"h": 3600.0, "hr": 3600.0, "hrs": 3600.0, "hours": 3600.0, "std": 3600.0, "min": 60.0, "minutes": 60.0,
         "mins": 60.0, "s": 1.0, "sec": 1.0}  # fmt: skip
#: Units by what they measure: what makes each ours.
_UNITS: Mapping[str, Mapping[str, float]] = {
    "kg": _MASS,
    "s": _TIME,
    "m": {"m": 1.0, "km": 1000.0, "mi": 1609.344, "miles": 1609.344},
    "cm": {"cm": 1.0, "in": _INCH_CM, "inch": _INCH_CM, "inches": _INCH_CM, "m": 100.0},
    "mmol/l": {"mmol": 1.0, "mg": 1 / 18.016},
    "ml": {"ml": 1.0, "l": 1000.0, "cl": 10.0},
    "kcal": {"kcal": 1.0, "cal": 1.0, "kj": 1 / 4.184},
    "°C": {"c": 1.0},
}
#: Those of them that a person is offered, by what each is called.
_SHOWN_UNITS: Mapping[str, Mapping[str, float]] = {
    "kg": {"lb": _POUND_KG, "st": _STONE_KG},
    "s": {"h": 3600.0, "min": 60.0},
    "m": {"km": 1000.0, "mi": 1609.344},
    "cm": {"in": _INCH_CM, "m": 100.0},
    "mmol/l": {"mg/dl": 1 / 18.016},
    "ml": {"l": 1000.0},
    "kcal": {"kJ": 1 / 4.184},
}
_DATES = {"date", "day", "datum", "tag", "fecha", "data", "jour", "dato", "datetime", "measured"}
_TIMES = {"time", "uhrzeit", "zeit", "heure", "hora", "ora", "tijd"}
#: Words of lists of workouts, which are no tables of days.
_WORKOUTS = {
    "sport", "activity", "pace", "workout", "exercise", "route", "sportart", "activite", "distance", "duration",
    "strecke", "dauer", "distanz", "speed",
}  # fmt: skip
#: Names of columns: plain words in lower case, the longest that fits wins.
_NAMES: Mapping[str, str] = {
    "weight": "weight_kg", "body weight": "weight_kg", "bodyweight": "weight_kg", "gewicht": "weight_kg",
    "poids": "weight_kg", "peso": "weight_kg", "vikt": "weight_kg",
    "body fat": "body_fat_pct", "bodyfat": "body_fat_pct", "fat": "body_fat_pct", "körperfett": "body_fat_pct",
    "muscle mass": "muscle_mass_kg", "muskelmasse": "muscle_mass_kg", "bone mass": "bone_mass_kg",
    "body water": "body_water_pct", "water percentage": "body_water_pct", "lean mass": "lean_mass_kg", "bmi": "bmi",
    "waist": "waist_cm", "taille": "waist_cm", "bauchumfang": "waist_cm",
    "resting hr": "resting_heart_rate_bpm", "resting heart rate": "resting_heart_rate_bpm",
    "rhr": "resting_heart_rate_bpm", "resting pulse": "resting_heart_rate_bpm", "ruhepuls": "resting_heart_rate_bpm",
    "hrv": "hrv_night_ms", "rmssd": "hrv_night_ms", "sdnn": "hrv_sdnn_ms",
    "steps": "steps", "schritte": "steps", "pas": "steps", "pasos": "steps",
    "sleep": "sleep_s", "asleep": "sleep_s", "sleep duration": "sleep_s", "schlaf": "sleep_s", "sommeil": "sleep_s",
    "sleep score": "sleep_score", "systolic": "blood_pressure_systolic_mmhg",
    "systolisch": "blood_pressure_systolic_mmhg", "sys": "blood_pressure_systolic_mmhg",
    "diastolic": "blood_pressure_diastolic_mmhg", "diastolisch": "blood_pressure_diastolic_mmhg",
    "dia": "blood_pressure_diastolic_mmhg", "glucose": "blood_glucose_mmol_l", "blutzucker": "blood_glucose_mmol_l",
    "spo2": "spo2_avg_pct", "vo2max": "vo2max", "vo2 max": "vo2max", "lactate": "lactate_mmol_l",
    "body temperature": "body_temperature_c", "respiration": "respiration_sleep_avg_brpm",
    "floors": "floors_up", "stress": "stress_avg",
}  # fmt: skip
#: Weights without a unit: below the first number they are kg, above the second pounds; between, either.
_SURELY_KG, _SURELY_POUNDS = 90.0, 180.0
#: `12,345` is a number of thousands.
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_WORD = re.compile(r"[^\W\d_]+\d?", re.UNICODE)


class Column(NamedTuple):
    """A column that is understood: where it is, its name, its kind, and what makes its values ours.

    `scale` is None where neither its name nor its values show the unit.
    """

    place: int
    name: str
    kind: str
    scale: float | None


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What the columns of a table are: `date` and `time` by their places, those of values, and how dates are read.

    `workouts`: its columns are those of a list of workouts.
    """

    date: int | None
    time: int | None
    order: DayOrder
    columns: tuple[Column, ...]
    workouts: bool = False


def guess(table: Table) -> TableMapping:
    """Return what the columns of a table are, as far as their names and values show it."""
    words = [_words(name) for name in table.header]
    date = next((index for index, row in enumerate(words) if _DATES & set(row)), None)
    time = next((index for index, row in enumerate(words) if index != date and row and row[0] in _TIMES), None)
    columns = [
        Column(index, table.header[index], kind, _scale(kind, rest, table, index))
        for index, row in enumerate(words)
        if index not in (date, time) and (named := _kind(table.header[index], row)) is not None
        for kind, rest in [named]
    ]
    return TableMapping(
        date=date,
        time=time,
        order=day_order(table.column(date)) if date is not None else DayOrder(None),
        columns=tuple({column.kind: column for column in reversed(columns)}.values())[::-1],
        workouts=any(_WORKOUTS & set(row) and _kind(" ".join(row), row) is None for row in words),
    )


def _words(name: str) -> list[str]:
    return _WORD.findall(name.lower().replace("₂", "2"))


def _kind(name: str, words: list[str]) -> tuple[str, list[str]] | None:
    """Return the kind that a column's name says, and the words that are left for its unit."""
    if name in KINDS:
        return name, [KINDS[name].unit.lower()]
    plain = f" {' '.join(words)} "
    known = max((one for one in _NAMES if f" {one} " in plain), key=len, default=None)
    return None if known is None else (_NAMES[known], plain.replace(f" {known} ", " ").split())


def _scale(kind: str, words: Sequence[str], table: Table, index: int) -> float | None:
    """Return what makes values of a kind ours: by the unit in the column's name, else by the values themselves."""
    units = _UNITS.get(KINDS[kind].unit)
    if units is None or KINDS[kind].unit.lower() in words:
        return 1.0
    stated = next((units[word] for word in words if word in units), None)
    if stated is not None:
        return stated
    values = [value for text in table.column(index) if (value := number(text, table)) is not None]
    return _by_size(kind, median(values)) if values else None


def units_of(kind: str) -> Mapping[str, float]:
    """Return the units that values of a kind may be in, each with what makes them ours, ours first."""
    unit = KINDS[kind].unit
    shown = {name: scale for name, scale in _SHOWN_UNITS.get(unit, {}).items() if name != unit}
    return {unit: 1.0, **shown}


def _by_size(kind: str, middle: float) -> float | None:
    """Return the scale that the middle one of the values shows, or None where it may be either."""
    if kind == "weight_kg":
        return 1.0 if middle < _SURELY_KG else _POUND_KG if middle > _SURELY_POUNDS else None
    if kind == "sleep_s":
        return 3600.0 if middle < 24 else 60.0 if middle < 1440 else 1.0
    if kind == "blood_glucose_mmol_l":
        return 1.0 if middle < 30 else 1 / 18.016 if middle > 40 else None
    if kind == "waist_cm":
        return 1.0 if middle > 55 else _INCH_CM if middle < 45 else None
    if kind == "body_temperature_c":
        return 1.0 if 30 < middle < 45 else None
    return None


def number(text: str, table: Table) -> float | None:
    """Return the number in a cell, of a length of time (`7:30`) hours; None for anything else."""
    hours = clock_ms(text) if ":" in text else None
    if hours is not None:
        return hours / 3_600_000
    plain = text.replace("\u00a0", "").replace(" ", "").removesuffix("%")
    if "," in plain and (table.commas or "." not in plain) and not _THOUSANDS.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        value = float(plain.replace(",", ""))
    except ValueError:
        return None
    return value if isfinite(value) else None
