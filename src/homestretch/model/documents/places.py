"""Documents about places: segments, routes, explorer tiles, the heat map, privacy zones."""

from typing import TypedDict


class SegmentBase(TypedDict):
    """A segment: its line as an encoded polyline, its box west, south, east, north."""

    id: str
    name: str
    family: str
    origin: str
    created: str
    length_m: float
    line: str
    bbox: list[float]


class SegmentItem(SegmentBase):
    """A segment in a list: how often it was done, the best time, the last day."""

    efforts: int
    best_s: float | None
    last_day: str | None


class SegmentEffort(TypedDict):
    """Once along a segment; `start_s` is since the activity's start."""

    activity: str
    name: str
    start: str
    day: str
    start_s: float
    elapsed_s: float
    avg_power_w: float | None
    avg_hr_bpm: float | None
    deviation_m: float
    rank: int


class SegmentWhole(SegmentBase):
    """A segment with its times; `waiting` activities are still to be compared with it."""

    deleted: bool
    efforts: list[SegmentEffort]
    waiting: int


class SegmentTime(TypedDict):
    """An activity's time on a segment among all the times `of` it, and among those of its year."""

    segment: str
    name: str
    start_s: float
    elapsed_s: float
    avg_power_w: float | None
    avg_hr_bpm: float | None
    rank: int | None
    of: int
    best_s: float
    rank_year: int | None


class RouteItem(TypedDict):
    """A course that was followed at least once: how often, how fast, its line, and whether a person `named` it."""

    id: str
    name: str
    named: bool
    family: str
    length_m: float
    ascent_m: float | None
    times: int
    best_s: float | None
    last_day: str
    thumb: str | None


class RouteTime(TypedDict):
    """Once along a route; `direction` is same, reversed, both or other_start, as against its first time."""

    activity: str
    name: str
    day: str
    direction: str
    elapsed_s: float | None
    moving_s: float | None
    distance_m: float | None
    avg_hr_bpm: float | None
    avg_power_w: float | None
    rank: int | None


class RouteWhole(RouteItem):
    """A route with every time on it."""

    track: str | None
    bbox: list[float] | None
    items: list[RouteTime]


class TileSquare(TypedDict):
    """A square of visited tiles: its side in tiles, its least x and y."""

    size: int
    x: int
    y: int


class NewTiles(TypedDict):
    """An activity that was the first in some tiles, and in how many."""

    activity: str
    day: str
    tiles: int


class TileState(TypedDict):
    """Explorer tiles at a zoom: how many, the largest square, and the size of the largest cluster.

    Column by column, each tile's `x` and `y`, which of `days` and `activities` it was first visited with, and its
    cluster: 0 is the largest, -1 none. `newest` are the last activities that were the first somewhere.
    """

    zoom: int
    count: int
    square: TileSquare | None
    cluster: int
    x: list[int]
    y: list[int]
    first: list[int]
    group: list[int]
    days: list[str]
    activities: list[str]
    newest: list[NewTiles]


class HeatState(TypedDict):
    """What the heat map shows: activities drawn and still to be, years and sport families, west, south, east, north."""

    drawn: int
    waiting: int
    years: list[int]
    families: list[str]
    bbox: list[float] | None


class PrivacyZone(TypedDict):
    """A circle that is hidden from other people."""

    id: str
    name: str
    latitude: float
    longitude: float
    radius_m: float
