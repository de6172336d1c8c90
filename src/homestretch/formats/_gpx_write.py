"""Writing GPX 1.1: a track with Garmin's point extension, and power as Strava and others read it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import isnan
from xml.sax.saxutils import escape

import numpy as np

from homestretch.model.channel import Floats
from homestretch.model.recording import Recording

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gpx xmlns="http://www.topografix.com/GPX/1/1" \
xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2" version="1.1" creator="Homestretch">
"""
#: Of Garmin's extension the elements in the order that its schema wants: channel, element, decimals.
_EXTENSION = (
    ("temperature_c", "atemp", 1),
    ("water_temperature_c", "wtemp", 1),
    ("depth_m", "depth", 2),
    ("heart_rate_bpm", "hr", 0),
    ("cadence_rpm", "cad", 0),
    ("speed_mps", "speed", 3),
    ("course_deg", "course", 1),
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def encode(*recordings: Recording) -> bytes:
    """Return GPX 1.1: a track for each recording, a segment between any two pauses, only samples that have a place."""
    began = min(recording.start.utc_ms for recording in recordings)
    pieces = [_HEAD, f" <metadata><time>{_iso(began)}</time></metadata>\n"]
    for recording in recordings:
        pieces += _track(recording)
    return "".join((*pieces, "</gpx>\n")).encode()


def _track(recording: Recording) -> Iterator[str]:
    yield " <trk>\n"
    for element, value in (("name", recording.name), ("desc", recording.description), ("type", recording.sport.key)):
        if value:
            yield f"  <{element}>{escape(_printable(value))}</{element}>\n"
    columns = _Columns(recording)
    for rows in _segments(recording, columns.placed):
        yield "  <trkseg>\n"
        yield from map(columns.point, rows.tolist())
        yield "  </trkseg>\n"
    yield " </trk>\n"


class _Columns:
    """A recording's values as they are written, point by point."""

    def __init__(self, recording: Recording) -> None:
        self.time_ms = recording.time_ms.tolist()
        latitude, longitude = (self._values(recording, key) for key in ("latitude", "longitude"))
        self.placed = ~(np.isnan(latitude) | np.isnan(longitude))
        self.place = list(zip(latitude.tolist(), longitude.tolist(), strict=True))
        self.altitude = self._values(recording, "altitude_m").tolist()
        self.power = self._values(recording, "power_w").tolist()
        self.extension = [
            (element, decimals, self._values(recording, key).tolist())
            for key, element, decimals in _EXTENSION
            if key in recording.channels
        ]

    @staticmethod
    def _values(recording: Recording, key: str) -> Floats:
        values = recording.values(key)
        return np.full(len(recording.time_ms), np.nan) if values is None else values

    def point(self, i: int) -> str:
        """Return one point's element."""
        latitude, longitude = self.place[i]
        height, power = self.altitude[i], self.power[i]
        ele = f"<ele>{_decimal(height, 3)}</ele>" if not isnan(height) else ""
        watts = f"<power>{_decimal(power, 0)}</power>" if not isnan(power) else ""
        others = "".join(
            f"<gpxtpx:{element}>{_decimal(values[i], decimals)}</gpxtpx:{element}>"
            for element, decimals, values in self.extension
            if not isnan(values[i])
        )
        if others:
            others = f"<gpxtpx:TrackPointExtension>{others}</gpxtpx:TrackPointExtension>"
        extensions = f"<extensions>{watts}{others}</extensions>" if watts or others else ""
        at = f'lat="{latitude:.7f}" lon="{longitude:.7f}"'
        return f"   <trkpt {at}>{ele}<time>{_iso(self.time_ms[i])}</time>{extensions}</trkpt>\n"


def _segments(recording: Recording, placed: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the rows between pauses that have a place, in time order."""
    rows = np.flatnonzero(placed)
    times = recording.time_ms[rows]
    cuts = sorted(int(np.searchsorted(times, pause.start_ms, "right")) for pause in recording.pauses)
    for segment in np.split(rows, cuts):
        if len(segment):
            yield segment


def _decimal(value: float, decimals: int) -> str:
    """Return a number with up to so many decimals, and at least those that an integer channel lost none of."""
    written = f"{value:.{max(decimals, 3)}f}"
    return written.rstrip("0").rstrip(".") or "0"


def _iso(utc_ms: int) -> str:
    at = _EPOCH + timedelta(milliseconds=utc_ms)
    return at.strftime("%Y-%m-%dT%H:%M:%S") + (f".{utc_ms % 1000:03}Z" if utc_ms % 1000 else "Z")


def _printable(text: str) -> str:
    """Return a text without the characters that XML has no way to write."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
