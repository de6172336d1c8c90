"""Segments: a stretch of a track made ready to be looked for, and which activities may have gone along it."""

from dataclasses import dataclass

import numpy as np

from homestretch.analysis.geometry.distance import EARTH_RADIUS_M, haversine
from homestretch.analysis.geometry.tiles import SEARCH_ZOOM, Cells, dilated, tile, track_cells
from homestretch.analysis.geometry.tiles import cell as cell_of
from homestretch.model.channel import Floats

#: Goes up with every change of what matches; what was matched by an older one is to be matched again.
#: Decimals of a degree that a segment's line keeps (a decimetre), and how far it may be straightened, in m.
PRECISION = 6
VERSION = 1
#: A segment's line has a point every so many metres.
SPACING_M = 10.0
#: The direction at either end is that of so many metres, at most a quarter of the segment.
HEADING_M = 30.0
#: A segment whose ends lie closer than this and head alike is a loop, and has one gate.
LOOP_M = 10.0
_ALIKE = 0.5
#: What share of a segment's cells a candidate must have been in or next to.
SHARE = 0.7

METRES_PER_DEGREE = EARTH_RADIUS_M * np.pi / 180.0


@dataclass(frozen=True, slots=True)
class Gate:
    """A line across the track: its middle in degrees, and the unit vector east and north that leads through it."""

    latitude: float
    longitude: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A stretch of a track: k points every 10 m in degrees, longitudes unwrapped, and as x, y metres about its middle.

    `box` is south, west, north, east (east may be over 180); `cells` are those of zoom 17 it touches,
    `start_cells` and `end_cells` the cells of its ends and the eight around each.
    """

    latitude: Floats
    longitude: Floats
    x: Floats
    y: Floats
    middle: tuple[float, float]
    length_m: float
    start: Gate
    end: Gate
    box: tuple[float, float, float, float]
    cells: Cells
    start_cells: Cells
    end_cells: Cells

    @property
    def east_m(self) -> float:
        """How many metres east a degree is, about the segment's middle."""
        return float(METRES_PER_DEGREE * np.cos(np.radians(self.middle[0])))


def prepare(latitude: Floats, longitude: Floats) -> Segment:
    """Return the segment along a line (n,) in degrees; ValueError unless it leads from one known place to another."""
    lon = np.unwrap(longitude, period=360.0)
    chain = np.concatenate(([0.0], np.cumsum(haversine(latitude[:-1], lon[:-1], latitude[1:], lon[1:]))))
    length = float(chain[-1])
    if not length > 0.0 or not np.isfinite(length):
        raise ValueError("it needs two different GPS points")
    on = np.linspace(0.0, length, max(int(np.ceil(length / SPACING_M)), 2) + 1)
    lat, lon = np.interp(on, chain, latitude), np.interp(on, chain, lon)
    middle = (float(lat.min() + lat.max()) / 2.0, float(lon.min() + lon.max()) / 2.0)
    x = (lon - middle[1]) * (METRES_PER_DEGREE * np.cos(np.radians(middle[0])))
    y = (lat - middle[0]) * METRES_PER_DEGREE
    heading = min(HEADING_M, length / 4.0)
    ahead = [np.array([np.interp(d, on, v) for v in (x, y)]) for d in (0.0, heading, length - heading, length)]
    first, last = _unit(ahead[1] - ahead[0]), _unit(ahead[3] - ahead[2])
    start, end = _gate(lat[0], lon[0], first), _gate(lat[-1], lon[-1], last)
    if np.hypot(*(ahead[3] - ahead[0])) <= LOOP_M and first @ last >= _ALIKE:
        start = end = _gate(lat[0], lon[0], _unit(first + last))
    own = cell_of(*tile(lat[[0, -1]], lon[[0, -1]], SEARCH_ZOOM))
    return Segment(
        latitude=lat,
        longitude=lon,
        x=x,
        y=y,
        middle=middle,
        length_m=length,
        start=start,
        end=end,
        box=(float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max())),
        cells=track_cells(lat, lon, None, SEARCH_ZOOM),
        start_cells=dilated(own[:1]),
        end_cells=dilated(own[1:]),
    )


def _unit(vector: Floats) -> Floats:
    size = float(np.hypot(*vector))
    return np.asarray(vector / size) if size > 0.0 else np.array([0.0, 1.0])


def _gate(latitude: float, longitude: float, heading: Floats) -> Gate:
    return Gate(float(latitude), float(longitude), float(heading[0]), float(heading[1]))


def may_match(segment_cells: Cells, start_cells: Cells, end_cells: Cells, activity_cells: Cells) -> bool:
    """Return whether an activity's cells, sorted, make it a candidate: at both ends, and at 70 % of the cells between.

    `start_cells` and `end_cells` are the ends' own and those around them; a cell between counts
    where the activity was in it or in one of the eight around it.
    """
    if not _any_in(start_cells, activity_cells) or not _any_in(end_cells, activity_cells):
        return False
    near = np.isin(segment_cells, dilated(activity_cells), assume_unique=True)
    return bool(np.count_nonzero(near) >= SHARE * len(segment_cells))


def _any_in(some: Cells, activity_cells: Cells) -> bool:
    at = np.searchsorted(activity_cells, some)
    inside = at < len(activity_cells)
    return bool((activity_cells[at[inside]] == some[inside]).any())
