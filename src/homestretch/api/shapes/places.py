"""Documents about places: segments, routes, tiles, privacy zones."""

from typing import Annotated

from pydantic import BaseModel, Field

from homestretch.api.shapes.base import Shape

type Family = Annotated[str, Field(pattern=r"^[a-z]{1,20}$")]


class SegmentBase(BaseModel):
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


class SegmentEffort(BaseModel):
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


class NewSegment(Shape):
    """A segment along an activity between two moments, in s since its start."""

    name: str = Field(min_length=1, max_length=200)
    activity: str = Field(max_length=40)
    start_s: float = Field(ge=0)
    end_s: float = Field(gt=0)


class SegmentChange(Shape):
    """Another name."""

    name: str = Field(min_length=1, max_length=200)


class RouteItem(BaseModel):
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


class RouteTime(BaseModel):
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


class RouteChange(Shape):
    """Another name; null goes back to none."""

    name: str | None = Field(max_length=200)


class TileSquare(BaseModel):
    """A square of visited tiles: its side in tiles, its least x and y."""

    size: int
    x: int
    y: int


class NewTiles(BaseModel):
    """An activity that was the first in some tiles, and in how many."""

    activity: str
    day: str
    tiles: int


class TileState(BaseModel):
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


class HeatState(BaseModel):
    """What the heat map shows: activities drawn and still to be, years and sport families, west, south, east, north."""

    drawn: int
    waiting: int
    years: list[int]
    families: list[str]
    bbox: list[float] | None


class PrivacyZone(BaseModel):
    """A circle that is hidden from other people."""

    id: str
    name: str
    latitude: float
    longitude: float
    radius_m: float


class NewPrivacyZone(Shape):
    """A circle to keep to oneself."""

    name: str = Field("", max_length=200)
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    radius_m: float = Field(ge=50, le=20_000)


class PrivacyZoneChange(Shape):
    """What is to be another about a private circle."""

    name: str | None = Field(None, max_length=200)
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    radius_m: float | None = Field(None, ge=50, le=20_000)
