"""The fields that a column of a sheet may hold, and the names under which they are found by themselves."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

type Kind = Literal[
    "start", "time", "text", "duration", "distance", "speed", "number", "elevation", "temperature", "link"
]


@dataclass(frozen=True, slots=True)
class SheetField:
    """A field: its name, how its cells are read, and the words in headings of its columns."""

    key: str
    title: str
    kind: Kind
    words: tuple[str, ...]


#: The earlier field takes a column that several could.
FIELDS: tuple[SheetField, ...] = (
    SheetField("start", "Start", "start", (
        "start_time", "start", "start_date", "date", "datetime", "day", "activity_date", "when", "datum", "tag",
        "beginn", "fecha", "data",
    )),
    SheetField("time", "Time of day", "time", ("time_of_day", "start_clock", "clock", "uhrzeit", "hora", "time")),
    SheetField("sport", "Sport", "text", (
        "activity_type", "sport", "type", "sport_type", "activity", "sportart", "discipline",
    )),
    SheetField("name", "Name", "text", ("name", "title", "activity_name", "titel", "notes")),
    SheetField("description", "Description", "text", (
        "description", "comment", "comments", "remarks", "beschreibung", "bemerkung", "notes",
    )),
    SheetField("duration_hms", "Duration as h:mm:ss", "duration", ("duration_hms", "hms")),
    SheetField("duration", "Duration", "duration", (
        "duration", "elapsed_time", "elapsed", "total_time", "time", "dauer", "zeit", "duracion",
    )),
    SheetField("moving", "Moving time", "duration", ("moving_time", "moving", "bewegungszeit")),
    SheetField("distance", "Distance", "distance", (
        "distance", "dist", "miles", "km", "kilometers", "kilometres", "distanz", "strecke", "distancia",
    )),
    SheetField("equipment", "Gear", "text", ("equipment", "gear", "bike", "shoes", "ausrustung", "rad", "schuhe")),
    SheetField("location_name", "Place", "text", ("location_name", "location", "place", "ort")),
    SheetField("city", "City", "text", ("city", "town", "stadt")),
    SheetField("state", "State", "text", ("state", "region", "country")),
    SheetField("with_names", "With", "text", ("with_names", "with", "partners", "mit")),
    SheetField("temperature", "Temperature", "temperature", ("temperature", "temp", "temperatur")),
    SheetField("max_speed", "Maximum speed", "speed", ("max_speed", "maximum_speed", "top_speed")),
    SheetField("avg_speed", "Average speed", "speed", ("avg_speed", "average_speed", "mean_speed", "speed")),
    SheetField("avg_heart_rate", "Average heart rate", "number", (
        "avg_heart_rate", "average_heart_rate", "avg_hr", "average_hr", "heart_rate", "hr", "puls",
    )),
    SheetField("max_heart_rate", "Maximum heart rate", "number", ("max_heart_rate", "max_hr", "maximum_heart_rate")),
    SheetField("avg_cadence", "Average cadence", "number", ("avg_cadence", "average_cadence", "cadence")),
    SheetField("avg_power", "Average power", "number", ("avg_power", "average_power", "avg_watts", "watts", "power")),
    SheetField("calories", "Energy", "number", ("calories", "kcal", "energy", "kalorien")),
    SheetField("total_elevation_gain", "Ascent", "elevation", (
        "total_elevation_gain", "elevation_gain", "ascent", "climb", "elevation", "hohenmeter",
    )),
    SheetField("max_elevation", "Maximum elevation", "elevation", ("max_elevation", "max_altitude")),
    SheetField("id", "Row ID", "text", ("id", "key", "row_id", "uuid")),
    SheetField("strava", "Strava ID", "link", ("strava_id", "strava")),
    SheetField("garmin", "Garmin ID", "link", ("garmin_id", "garmin", "garmin_connect_id")),
    SheetField("ridewithgps", "Ride with GPS ID", "link", ("ridewithgps_id", "ridewithgps", "rwgps_id")),
    SheetField("intervals", "intervals.icu ID", "link", ("intervals_id", "intervals_icu_id", "intervals")),
)  # fmt: skip
BY_KEY: Mapping[str, SheetField] = {one.key: one for one in FIELDS}
_PLAIN = str.maketrans("äöüéáíóúñßç", "aoueaiounsc")
_UNIT = re.compile(r"[\(\[]\s*([^)\]]+?)\s*[\)\]]")
#: Words at the end of a heading that name a unit.
_TAILS = (
    "miles", "mile", "mi", "km", "kilometers", "kilometres", "meters", "metres", "m", "ft", "feet", "mph", "kmh", "kph",
    "mps", "bpm", "kcal", "watts", "w", "rpm", "c", "f", "s", "sec", "seconds", "min", "minutes", "h", "hours", "hrs",
)  # fmt: skip


def plain(heading: str) -> str:
    """Return a heading in plain words: `Total Time (min)` is `total_time`."""
    text = _UNIT.sub(" ", heading.casefold()).translate(_PLAIN)
    return "_".join(re.findall(r"[a-z0-9]+", text))


def unit_in(heading: str) -> str:
    """Return the unit that a heading names, in brackets or at its end, in plain letters, or nothing."""
    found = _UNIT.search(heading)
    if found:
        return "".join(re.findall(r"[a-z]+", found[1].casefold().replace("°", "")))
    words = plain(heading).split("_")
    tail = words[-1] if words else ""
    return tail if tail in _TAILS else ""


def guessed(columns: Sequence[str]) -> dict[str, str]:
    """Return which field each column seems to hold: {field: column}; a column holds one field at most."""
    words = {column: _names(column) for column in columns if column.strip()}
    found: dict[str, str] = {}
    ranked = sorted(
        (name.index(word), number, field.key, column)
        for number, field in enumerate(FIELDS)
        for column, names in words.items()
        for word in names
        if word in (name := list(field.words))
    )
    for _, _, key, column in ranked:
        if key not in found and column not in found.values():
            found[key] = column
    return found


def _names(column: str) -> tuple[str, ...]:
    """Return a heading as it is and without the unit at its end."""
    name = plain(column)
    head, _, tail = name.rpartition("_")
    return (name, head) if head and tail in _TAILS else (name,)
