"""Lists as Strava's archive holds them, in several languages: the same columns under other names."""

import csv
import io
from collections.abc import Mapping, Sequence

ENGLISH = (
    "Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description", "Elapsed Time",
    "Distance", "Max Heart Rate", "Relative Effort", "Commute", "Activity Private Note", "Activity Gear", "Filename",
    "Athlete Weight", "Bike Weight", "Elapsed Time", "Moving Time", "Distance", "Max Speed", "Average Speed",
    "Elevation Gain", "Elevation Loss", "Elevation Low", "Elevation High", "Max Grade", "Average Grade",
    "Average Positive Grade", "Average Negative Grade", "Max Cadence", "Average Cadence", "Max Heart Rate",
    "Average Heart Rate", "Max Watts", "Average Watts", "Calories", "Max Temperature", "Average Temperature",
    "Relative Effort", "Total Work", "From Upload", "Commute", "Media",
)  # fmt: skip
GERMAN = (
    "Aktivitäts-ID", "Aktivitätsdatum", "Name der Aktivität", "Aktivitätsart", "Aktivitätsbeschreibung",
    "Verstrichene Zeit", "Distanz", "Max. Herzfrequenz", "Relative Leistung", "Arbeitsweg",
    "Private Notiz zu Aktivität", "Aktivitätsausrüstung", "Dateiname", "Athletengewicht", "Fahrradgewicht",
    "Verstrichene Zeit", "Bewegungszeit", "Distanz", "Höchstgeschwindigkeit", "Durchschnittsgeschwindigkeit",
    "Höhengewinn", "Höhenverlust", "Tiefster Punkt", "Höchster Punkt", "Max. Steigung", "Durchschnittl. Steigung",
    "Anstieg", "Gefälle", "Max. Trittfrequenz", "Durchschnittl. Trittfrequenz", "Max. Herzfrequenz",
    "Durchschnittl. Herzfrequenz", "Max. Watt", "Durchschnittl. Watt", "Kalorien", "Max. Temperatur",
    "Durchschnittl. Temperatur", "Relative Leistung", "Gesamtarbeit", "Aus Upload", "Arbeitsweg", "Medien",
)  # fmt: skip
#: Where what stands, by short names; `shown` are the columns for the eye.
AT = {
    "id": 0, "date": 1, "name": 2, "type": 3, "description": 4, "shown_elapsed": 5, "shown_distance": 6,
    "shown_heart": 7, "gear": 11, "file": 12, "elapsed": 15, "moving": 16, "distance": 17, "max_speed": 18,
    "ascent": 20, "descent": 21, "max_heart": 30, "heart": 31, "max_power": 32, "power": 33, "calories": 34,
    "media": 41,
}  # fmt: skip


def listing(rows: Sequence[Mapping[str, str]], header: Sequence[str] = ENGLISH, without: Sequence[int] = ()) -> bytes:
    """Return a list of these rows; columns may be left out, as older archives have none of them."""
    text = io.StringIO()
    writer = csv.writer(text)
    kept = [at for at in range(len(header)) if at not in without]
    writer.writerow([header[at] for at in kept])
    for row in rows:
        cells = [""] * len(header)
        for name, value in row.items():
            cells[AT[name]] = value
        writer.writerow([cells[at] for at in kept])
    return text.getvalue().encode()


def hike(key: str = "96089609", **more: str) -> dict[str, str]:
    """Return the row of an activity that was typed in."""
    return {
        "id": key, "date": "Nov 17, 2013, 4:00:00 PM", "name": "Summit Sunday", "type": "Hike",
        "description": "Two lines\nand “quotes”, a comma", "shown_elapsed": "38,700", "shown_distance": "22.53",
        "elapsed": "38700.0", "moving": "30000.0", "distance": "22530.80078125", "ascent": "1100.5", "gear": "Boots",
        "heart": "121.5", "calories": "2084.43", "max_speed": "0",
    } | more  # fmt: skip
