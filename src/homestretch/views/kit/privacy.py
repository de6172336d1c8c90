"""What others may be shown of places: nothing within the circles that an athlete keeps private.

Every view that shows a place, or a figure that depends on one, asks `privacy_mask` what may be seen,
and `redacted` for an activity; athletes and their editors see everything. What is shown is computed as if nothing
else had been recorded, so no time, distance or total leads back to where the activity began.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Row, and_, case, or_, select

from homestretch.analysis.activity.summary import bounding_box
from homestretch.analysis.geo.privacy import START_M, Circle, Indices, Shown, cut, outside, start_m, widened
from homestretch.analysis.geometry import polyline
from homestretch.analysis.geometry.distance import haversine
from homestretch.model.channel import CHANNEL_UNITS, Channel, Floats, Mask, Times
from homestretch.model.documents.places import PrivacyZone
from homestretch.model.recording import Pause, Recording
from homestretch.store.database import Reader
from homestretch.store.scope import Scope
from homestretch.store.tables.derived import activities, tracks
from homestretch.store.tables.kept import privacy_zones

type Whole = NDArray[np.int64]

#: Tiles are judged on a flat map: what comes so near to touching a circle is hidden too.
SLACK = 1.01


#: How far apart in m places on a line are, by which it is cut, and at most how many of them lie between two corners.
CLOSE_M, MOST_BETWEEN = 50.0, 40
#: What says nothing of where one is.
BODILY = frozenset({
    "heart_rate_bpm", "power_w", "cadence_rpm", "temperature_c", "core_temperature_c", "skin_temperature_c",
    "respiration_rate_brpm", "left_right_balance", "w_balance_j", "stance_time_ms", "vertical_oscillation_mm",
})  # fmt: skip
#: The channels that are shown at all where something is hidden: others may count from the begin on.
SHOWN = BODILY | CHANNEL_UNITS.keys()


class Stretch(NamedTuple):
    """A part of a line in degrees (k,), and where among the corners of the whole each of its own is: 2.5 is between."""

    latitude: Floats
    longitude: Floats
    at: Floats


class Private(NamedTuple):
    """What is cut for a private place, and the place's secret."""

    circle: Circle
    secret: str


@dataclass(frozen=True, slots=True)
class PrivacyMask:
    """The circles that the viewer must not see into; without any it hides nothing.

    They are those of `places` as wide as they are for any activity; `of` returns those for one.
    """

    circles: tuple[Circle, ...] = ()
    places: tuple[Private, ...] = ()

    def of(self, activity: str) -> "PrivacyMask":
        """Return what is hidden of an activity (by its public id), which begins somewhere outside of what is cut."""
        if not self.places:
            return self
        circles = (place.circle.grown(start_m(place.secret, activity)) for place in self.places)
        return PrivacyMask(tuple(circles), self.places)

    def cut(self, latitude: Floats, longitude: Floats, breaks: Mask | None = None) -> Shown:
        """Return which of n places in degrees may be shown, and between which of those no line may be drawn."""
        return cut(latitude, longitude, self.circles, breaks)

    def line(self, text: str | None, precision: int = 5) -> str | None:
        """Return of an encoded line the longest stretch that may be shown; None where nothing may."""
        if text is None or not self.circles:
            return text
        shown = self.stretch(*polyline.decode(text, precision), precision)
        if shown is None:
            return text
        return polyline.encode(shown.latitude, shown.longitude, precision) if len(shown.at) else None

    def stretch(self, latitude: Floats, longitude: Floats, precision: int) -> Stretch | None:
        """Return of a line (n,) in degrees the longest stretch that may be shown; None where nothing is hidden."""
        if not self.circles:
            return None
        latitude, longitude, at = _close(latitude, longitude)
        # Cut what will be written down: an end that is rounded afterwards may come into the circle.
        latitude, longitude = np.round(latitude, precision), np.round(longitude, precision)
        shown = self.cut(latitude, longitude)
        if len(shown.at) == len(latitude) and not shown.breaks.any():
            return None
        pieces = np.split(shown.at, np.flatnonzero(shown.breaks) + 1)
        longest = max(pieces, key=lambda at: _length(latitude[at], longitude[at]))
        ends = (np.arange(len(longest)) == 0) | (np.arange(len(longest)) == len(longest) - 1)
        kept = longest[ends | (at[longest] % 1.0 == 0.0)]
        return Stretch(latitude[kept], longitude[kept], at[kept])

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
        """Return which samples (n,) must not show where they were: those inside, and the unknown beside them."""
        known = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
        if not self.circles or len(known) == 0:
            return np.zeros(len(latitude), dtype=bool)
        inside = ~outside(latitude[known], longitude[known], self.circles)
        rows = np.arange(len(latitude))
        before = np.maximum(np.searchsorted(known, rows, "right") - 1, 0)
        after = np.minimum(np.searchsorted(known, rows), len(known) - 1)
        return np.asarray(inside[before] | inside[after])

    def recording(self, recording: Recording) -> Recording | None:
        """Return a recording as if only its visible part had been recorded; None without one.

        It is paused over the hidden part, counts none of its metres, and keeps nothing about the whole: no
        laps, lengths, sets, events, and no totals of the device's own.
        One that comes into no circle is returned as it is.
        """
        latitude, longitude = recording.values("latitude"), recording.values("longitude")
        if not self.circles or latitude is None or longitude is None:
            return recording
        inside, known = self.hidden(latitude, longitude), np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
        shown = self.cut(latitude[known], longitude[known])
        if len(shown.at) == len(known) and not shown.breaks.any():
            return recording
        # Before the first place and after the last one it is unknown: it may have been inside. So it is beside a line
        # that must not be drawn.
        inside[: known[0]] = inside[known[-1] + 1 :] = True
        before, after = (known[shown.at[side][shown.breaks]] for side in (slice(None, -1), slice(1, None)))
        deep = np.zeros(len(inside) + 1, dtype=np.int64)
        deep[before + 1] += 1
        deep[after] -= 1
        at = np.flatnonzero(~(inside | (np.cumsum(deep[:-1]) > 0)))
        if len(at) == 0 or len(shown.at) == 0:
            return None
        parted = np.searchsorted(at, after)
        time_ms = recording.time_ms[at]
        holes = tuple(Pause(int(time_ms[i - 1]), int(time_ms[i])) for i in parted.tolist() if i > 0)
        return replace(
            recording,
            start=recording.start if at[0] == 0 else replace(recording.start, utc_ms=int(time_ms[0])),
            end_ms=recording.end_ms if at[-1] == len(inside) - 1 else int(time_ms[-1]),
            time_ms=time_ms,
            channels=_channels(recording, at, parted),
            pauses=tuple(sorted((*_within(recording.pauses, time_ms), *holes), key=lambda one: one.start_ms)),
            laps=(),
            lengths=(),
            sets=(),
            events=(),
            totals={},
            beats=None,
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


def privacy_mask(reader: Reader, scope: Scope) -> PrivacyMask:
    """Return what is hidden from the viewer."""
    if scope.may("privacy: read"):
        return PrivacyMask()
    circles = ((Circle(row.latitude, row.longitude, row.radius_m), row.secret) for row in _rows(reader, scope))
    places = tuple(Private(widened(circle, secret), secret) for circle, secret in circles)
    return PrivacyMask(tuple(place.circle.grown(START_M) for place in places), places)


def untouched(hidden: PrivacyMask) -> list[ColumnElement[bool]]:
    """Return the conditions for activities that came near no hidden circle; none where nothing is hidden.

    Where an activity went is known once it was measured; one with a track that was not may have been anywhere.
    """
    if not hidden.circles:
        return []
    near = or_(*(_meets(*circle.box()) for circle in hidden.circles))
    of_way = select(tracks.c.activity_id)
    trackless = activities.c.thumb.is_(None) & activities.c.id.not_in(of_way)
    return [or_(activities.c.id.in_(of_way.where(~near)), trackless)]


def unless_near(hidden: PrivacyMask, column: Any) -> Any:
    """Return a column of activities that is null where it would reveal a hidden circle."""
    return case((and_(*untouched(hidden)), column), else_=None) if hidden.circles else column


def near_ids(reader: Reader, hidden: PrivacyMask, rows: Sequence[Row[Any]]) -> set[int]:
    """Return which of some activities, or legs of theirs, may have come near a hidden circle."""
    if not hidden.circles or not rows:
        return set()
    table, ids = activities.c, [row.id for row in rows]
    family = or_(table.id.in_(ids), table.parent_id.in_(ids))
    found = reader.rows(select(table.id, table.parent_id).where(family, ~and_(*untouched(hidden))))
    return {one for row in found for one in (row.id, row.parent_id)} & set(ids)


def _meets(south: float, west: float, north: float, east: float) -> ColumnElement[bool]:
    """Return the condition for ways whose box meets another; a box over the date line meets all at its height."""
    across = or_(tracks.c.west > tracks.c.east, and_(tracks.c.west <= east, tracks.c.east >= west))
    return and_(tracks.c.south <= north, tracks.c.north >= south, across)


def zone_list(reader: Reader, scope: Scope) -> list[PrivacyZone]:
    """Return the athlete's private circles, the oldest first; raises Forbidden for those who must not know them."""
    scope.must("privacy: read")
    return [_zone(row) for row in _rows(reader, scope)]


def _zone(row: Row[Any]) -> PrivacyZone:
    return {
        "id": str(row.id),
        "name": row.name,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "radius_m": row.radius_m,
    }


def _channels(recording: Recording, at: Indices, parted: Indices) -> dict[str, Channel]:
    """Return the channels at what is shown, the distance without the metres of what is left out."""
    channels = {key: channel.take(at) for key, channel in recording.channels.items() if key in SHOWN}
    counted = recording.values("distance_m")
    if counted is not None:
        channels["distance_m"] = Channel("distance_m", _metres(counted, at, parted), "m")
    return channels


def _metres(counted: Floats, at: Indices, parted: Indices) -> Floats:
    """Return cumulative metres (k,) of the samples at `at` of n, from 0 on; none over a step that is parted."""
    known = np.flatnonzero(np.isfinite(counted))
    if len(known) == 0:
        return counted[at]
    whole = np.interp(np.arange(len(counted)), known, counted[known])
    step = np.diff(whole[at])
    step[parted[parted > 0] - 1] = 0.0
    step[np.diff(at) > 1] = 0.0
    shown = np.concatenate(([0.0], np.cumsum(step)))
    return np.where(np.isfinite(counted[at]), shown, np.nan)


def _within(pauses: Sequence[Pause], time_ms: Times) -> list[Pause]:
    """Return the pauses between what is shown."""
    return [p for p in pauses if int(time_ms[0]) <= p.start_ms and p.end_ms <= int(time_ms[-1])]


def _rows(reader: Reader, scope: Scope) -> Any:
    there = privacy_zones.c.removed_ms.is_(None) & (privacy_zones.c.athlete_id == scope.athlete_id)
    return reader.rows(select(privacy_zones).where(there).order_by(privacy_zones.c.id))


def _close(latitude: Floats, longitude: Floats) -> tuple[Floats, Floats, Floats]:
    """Return a line with places every CLOSE_M or so on it, in degrees, and where among its corners each is (k,)."""
    if len(latitude) < 2:
        return latitude, longitude, np.arange(len(latitude), dtype=np.float64)
    step = haversine(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:])
    count = np.clip(np.ceil(step / CLOSE_M), 1, MOST_BETWEEN).astype(np.int64)
    first = np.concatenate(([0], np.cumsum(count)))
    at = np.interp(np.arange(first[-1] + 1), first, np.arange(len(latitude)))
    across = np.cumsum(np.concatenate((longitude[:1], (np.diff(longitude) + 180.0) % 360.0 - 180.0)))
    between = np.interp(at, np.arange(len(latitude)), latitude)
    return between, (np.interp(at, np.arange(len(latitude)), across) + 180.0) % 360.0 - 180.0, at


def _length(latitude: Floats, longitude: Floats) -> tuple[float, int]:
    step = haversine(latitude[:-1], longitude[:-1], latitude[1:], longitude[1:])
    return float(step.sum()), len(latitude)
