"""A slow and simple reading of GPX and TCX points with lxml's tree, to hold the decoders against."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from lxml import etree

GPX_NAMES = {
    "ele": "altitude_m", "hr": "heart_rate_bpm", "heartrate": "heart_rate_bpm", "cad": "cadence_rpm",
    "cadence": "cadence_rpm", "power": "power_w", "PowerInWatts": "power_w", "atemp": "temperature_c",
    "temp": "temperature_c", "speed": "speed_mps",
}  # fmt: skip
TCX_NAMES = {
    "LatitudeDegrees": "latitude", "LongitudeDegrees": "longitude", "AltitudeMeters": "altitude_m",
    "DistanceMeters": "distance_m", "Value": "heart_rate_bpm", "Cadence": "cadence_rpm", "RunCadence": "cadence_rpm",
    "Speed": "speed_mps", "Watts": "power_w",
}  # fmt: skip


def _name(element: Any) -> str:
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _ms(text: str) -> int:
    at = datetime.fromisoformat(text.strip())
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def rows(path: Path) -> list[dict[str, float]]:
    """Return every timed point of a file's tracks as a dict of channel values and `time_ms`, in file order."""
    return [row for row in points(path) if row.get("time_ms", -1) >= 0]


def points(path: Path) -> list[dict[str, float]]:
    """Return every point of a file's tracks, with a time or not."""
    gpx = path.suffix == ".gpx"
    names = GPX_NAMES if gpx else TCX_NAMES
    found = []
    for point in etree.parse(path).iter():
        if _name(point) != ("trkpt" if gpx else "Trackpoint"):
            continue
        if not gpx and any(_name(e) == "Course" for e in point.iterancestors()):
            continue
        row: dict[str, float] = {}
        if gpx:
            row |= {"latitude": float(point.get("lat", "")), "longitude": float(point.get("lon", ""))}
        for element in point.iter():
            text = (element.text or "").strip()
            if _name(element) in {"time", "Time"}:
                row["time_ms"] = _ms(text)
            elif _name(element) in names and text and len(element) == 0:
                row.setdefault(names[_name(element)], float(text))
        found.append(row)
    return found
