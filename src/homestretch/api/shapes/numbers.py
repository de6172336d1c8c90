"""Documents about numbers: metrics, thresholds, records, and charts."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from homestretch.api.shapes.base import Shape


class MetricValue(BaseModel):
    """A number (or a named choice), its unit, why it is missing or to be taken with care, and what version made it."""

    value: float | str | None
    unit: str
    reason: str | None
    version: int


class MetricInfo(BaseModel):
    """What a metric is; `also_known_as` are its names in other services, `reads` the thresholds its family needs."""

    key: str
    name: str
    also_known_as: list[str]
    unit: str
    decimals: int
    fold: Literal["sum", "mean", "max", "min", "last"]
    trust: Literal["measured", "derived", "estimated"]
    cite: str
    family: str
    version: int
    lower_is_better: bool
    choices: list[str]
    reads: list[str]


class ThresholdUsed(BaseModel):
    """A threshold as it held for an activity, and whether it is an estimate."""

    value: float
    estimated: bool


class ThresholdStated(BaseModel):
    """What was stated from a day on, for one family of sports (empty: all)."""

    family: str
    valid_from: str
    value: float


class Suggestion(BaseModel):
    """What a best effort shows a threshold to be: it stands in where nothing is `stated`, and never replaces that.

    The effort is of `size`: metres where `kind` is distance, else seconds.
    """

    key: str
    family: str
    value: float
    stated: float | None
    activity: str
    name: str
    day: str
    days: int
    kind: Literal["power", "heart_rate", "distance"]
    size: float


class ThresholdInfo(BaseModel):
    """A threshold: what it is, what holds today by family of sports, its history, the newest first.

    `estimated` is what stands in, by family of sports, where nothing was stated.
    """

    key: str
    name: str
    also_known_as: list[str]
    unit: str
    low: float
    high: float
    by_sport: bool
    note: str
    now: dict[str, float]
    estimated: dict[str, float]
    history: list[ThresholdStated]
    suggestions: list[Suggestion]


class ThresholdChange(Shape):
    """A threshold from a day on; null takes that day's word back."""

    value: float | None
    valid_from: date
    family: str = Field("", max_length=20)


class FrameAxis(BaseModel):
    """What lies along x."""

    scale: Literal["date", "log", "linear", "category"]
    unit: str
    label: str
    values: list[float | str]


class FrameLine(BaseModel):
    """One series over the axis."""

    key: str
    label: str
    unit: str
    values: list[float | None]
    style: Literal["line", "area", "bar", "points"]
    axis: Literal["left", "right"]
    decimals: int
    stack: str | None
    colour: str | None
    links: list[str | None] | None


class FrameBand(BaseModel):
    """A stretch of an axis with a meaning."""

    label: str
    low: float | None
    high: float | None
    colour: str
    axis: Literal["left", "right"]


class FrameBody(BaseModel):
    """What a chart shows."""

    key: str
    title: str
    x: FrameAxis
    lines: list[FrameLine]
    bands: list[FrameBand]
    notes: list[str]
    details: dict[str, Any]


class ChartInfo(BaseModel):
    """A chart that there is: what it takes note of, and what some of that may be."""

    key: str
    title: str
    also_known_as: list[str]
    asks: list[str]
    choices: dict[str, list[str]]


class RecordEffort(BaseModel):
    """A best effort in its rank."""

    rank: int
    value: float
    activity: str
    name: str
    day: str
    start_s: float


class RecordList(BaseModel):
    """The best efforts of a kind over a size: metres for `distance`, else seconds."""

    kind: str
    size: float
    quantity: str
    efforts: list[RecordEffort]


class RecordClass(BaseModel):
    """A class in which efforts are ranked, such as `run` or `ride:indoor`."""

    name: str
    activities: int


class RecordRefused(BaseModel):
    """What a person refuses as records: a quantity, such as power or speed, of an activity."""

    activity: str
    name: str
    day: str
    quantity: str


class RecordChange(Shape):
    """Whether a quantity of an activity is refused as a record, or counts again."""

    quantity: Literal["power", "heart_rate", "speed", "cadence", "climbing", "distance", "duration", "calories"]
    refused: bool


class Records(BaseModel):
    """The records of a class, which classes there are, and what is left out; `quantity` is what an entry is of."""

    classes: list[RecordClass]
    name: str | None
    items: list[RecordList]
    totals: list[dict[str, Any]]
    details: dict[str, Any]
    refused: list[RecordRefused]


class Medal(BaseModel):
    """An activity's best effort, with its rank over all time and in its year (None beyond the third)."""

    kind: str
    size: float
    quantity: str
    value: float
    start_s: float
    rank: int | None
    rank_year: int | None
    year: int


class WorkLeft(BaseModel):
    """How many activities are still to be measured, compared with segments, and placed on routes."""

    measure: int
    segments: int
    routes: int


class Analysis(BaseModel):
    """What was computed of an activity besides its numbers."""

    metrics: dict[str, MetricValue]
    thresholds: dict[str, ThresholdUsed]
    measuring: bool
    zones: dict[str, Any]
    climbs: list[dict[str, Any]]
    intervals: list[dict[str, Any]]
    splits: list[dict[str, Any]]
    medals: list[Medal]
    segments: list[dict[str, Any]]
    route: dict[str, Any] | None
