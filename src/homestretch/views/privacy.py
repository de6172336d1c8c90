"""What others may be shown of places: nothing within the circles that an athlete keeps private.

Every view that tells a place asks `veil` what of it may be seen; athletes and their editors see everything.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from homestretch.analysis.gaps import Mask
from homestretch.analysis.geo import polyline
from homestretch.analysis.geo.distance import haversine
from homestretch.analysis.geo.privacy import Circle, Shown, cut, outside
from homestretch.analysis.summary import bounding_box
from homestretch.model.channel import Floats
from homestretch.model.recording import Pause, Recording
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.kept import privacy_zones

type Whole = NDArray[np.int64]

#: Tiles are judged on a flat map: what comes so near to touching a circle is hidden too.
SLACK = 1.01


@dataclass(frozen=True, slots=True)
class Veil:
    """The circles that whoever asks must not see into; without any it hides nothing."""

    circles: tuple[Circle, ...] = ()

    def cut(self, latitude: Floats, longitude: Floats, breaks: Mask | None = None) -> Shown:
        """Return which of n places in degrees may be shown, and between which of those no line may be drawn."""
        return cut(latitude, longitude, self.circles, breaks)

    def line(self, text: str | None, precision: int = 5) -> str | None:
        """Return of an encoded line the longest stretch that may be shown; None where nothing may."""
        if text is None or not self.circles:
            return text
        latitude, longitude = polyline.decode(text, precision)
        shown = self.cut(latitude, longitude)
        pieces = np.split(shown.at, np.flatnonzero(shown.breaks) + 1)
        longest = max(pieces, key=lambda at: _length(latitude[at], longitude[at]))
        return polyline.encode(latitude[longest], longitude[longest], precision) if len(longest) else None

    def box(self, box: list[float] | None, track: str | None) -> list[float] | None:
        """Return a box (south, west, north, east) if nothing is hidden, else that of the encoded line shown."""
        if not self.circles or box is None:
            return box
        return list(bounding_box(*polyline.decode(track))) if track else None

    def touches(self, latitude: Floats, longitude: Floats) -> bool:
        """Return whether a line through known places in degrees comes into a circle."""
        if not self.circles:
            return False
        shown = self.cut(latitude, longitude)
        return len(shown.at) < len(latitude) or bool(shown.breaks.any())

    def hidden(self, latitude: Floats, longitude: Floats) -> Mask:
        """Return which samples (n,) must tell nothing of where they were: those inside, and the unknown beside them."""
        known = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
        if not self.circles or len(known) == 0:
            return np.zeros(len(latitude), dtype=bool)
        inside = ~outside(latitude[known], longitude[known], self.circles)
        rows = np.arange(len(latitude))
        before = np.maximum(np.searchsorted(known, rows, "right") - 1, 0)
        after = np.minimum(np.searchsorted(known, rows), len(known) - 1)
        return np.asarray(inside[before] | inside[after])

    def rows(self, recording: Recording) -> Mask:
        """Return which samples of a recording must tell nothing of where they were, shape (n,)."""
        latitude, longitude = recording.values("latitude"), recording.values("longitude")
        if latitude is None or longitude is None:
            return np.zeros(len(recording.time_ms), dtype=bool)
        return self.hidden(latitude, longitude)

    def recording(self, recording: Recording) -> Recording | None:
        """Return what may be shown of a recording, paused over what may not; None where nothing may."""
        latitude, longitude = recording.values("latitude"), recording.values("longitude")
        if not self.circles or latitude is None or longitude is None:
            return recording
        shown = self.cut(latitude, longitude)
        if len(shown.at) == 0:
            return None
        time_ms = recording.time_ms[shown.at]
        parted = np.flatnonzero(shown.breaks)
        pauses = [Pause(int(time_ms[i]), int(time_ms[i + 1])) for i in parted.tolist()]
        return replace(
            recording,
            time_ms=time_ms,
            channels={key: channel.take(shown.at) for key, channel in recording.channels.items()},
            pauses=(*recording.pauses, *pauses),
        )

    def free(self, x: Whole, y: Whole, zoom: int) -> Mask:
        """Return which tiles (or pixels, eight zooms deeper) lie outside every circle as a whole; shapes broadcast."""
        free = np.ones(np.broadcast(x, y).shape, dtype=bool)
        count = float(1 << zoom)
        for circle in self.circles:
            west = x / count * 360.0 - 180.0
            middle = circle.longitude + 360.0 * np.round((west - circle.longitude) / 360.0)
            across = np.clip(middle, west, west + 360.0 / count)
            south, north = (np.degrees(np.arctan(np.sinh(np.pi * (1.0 - 2.0 * row / count)))) for row in (y + 1, y))
            up = np.clip(circle.latitude, south, north)
            free &= haversine(up, across, np.array(circle.latitude), middle) > SLACK * circle.radius_m
        return free


def veil(reader: Reader, scope: Scope) -> Veil:
    """Return what is hidden from whoever asks."""
    if scope.role != "viewer":
        return Veil()
    return Veil(tuple(Circle(row.latitude, row.longitude, row.radius_m) for row in _rows(reader, scope)))


def metres_outside(metres: Floats, inside: Mask) -> Floats:
    """Return cumulative metres (n,) without those gone inside or over the edge."""
    step = np.where(inside[1:] | inside[:-1], np.nan_to_num(np.diff(metres)), 0.0)
    return np.asarray(metres - np.concatenate(([0.0], np.cumsum(step))))


def zone_list(reader: Reader, scope: Scope) -> list[dict[str, Any]]:
    """Return the athlete's private circles, the oldest first; raises Forbidden for those who must not know them."""
    scope.must("privacy: read")
    names = ("name", "latitude", "longitude", "radius_m")
    return [{"id": str(row.id), **{name: getattr(row, name) for name in names}} for row in _rows(reader, scope)]


def _rows(reader: Reader, scope: Scope) -> Any:
    there = privacy_zones.c.removed_ms.is_(None) & (privacy_zones.c.athlete_id == scope.athlete_id)
    return reader.rows(select(privacy_zones).where(there).order_by(privacy_zones.c.id))


def _length(latitude: Floats, longitude: Floats) -> tuple[float, int]:
    step = haversine(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:])
    return float(step.sum()), len(latitude)
