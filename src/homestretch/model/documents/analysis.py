"""What was computed of an activity: metrics, zones, climbs, intervals, splits, medals."""

from typing import Literal, NotRequired, TypedDict

from homestretch.model.documents.places import RouteItem, SegmentTime


class MetricValue(TypedDict):
    """A number (or a named choice), its unit, why it is missing or to be taken with care, and what version made it."""

    value: float | str | None
    unit: str
    reason: str | None
    version: int


class ThresholdUsed(TypedDict):
    """A threshold as it held for an activity, and whether it is an estimate."""

    value: float
    estimated: bool


class Zones(TypedDict):
    """Seconds by zone: `bounds` are where the zones begin, in W, bpm or m/s, and `below` what is under the first.

    `upper` says that what lies on a bound belongs to the zone below it; `estimated` that the threshold is not set.
    """

    method: str
    unit: str
    bounds: list[float]
    seconds: list[float]
    below: float
    upper: bool
    estimated: bool


class ZoneSplit(TypedDict):
    """Seconds easy, moderate and hard, what they are based on, and the polarisation index if there is one."""

    by: str
    seconds: list[float]
    index: NotRequired[float]
    estimated: bool


class TimeInZones(TypedDict, total=False):
    """Time in zones by kind; a kind that is not available is missing."""

    power: Zones
    heart_rate: Zones
    pace: Zones
    split: ZoneSplit


class Climb(TypedDict):
    """A climb: where on the way in m and when in s since the start, what it gains net, and how hard it is.

    `max_grade_pct` is over 100 m, `score` metres times per cent, `vam_mph` metres up an hour, `fiets` the index of the
    Dutch magazine.
    """

    start_m: float
    end_m: float
    start_s: float
    end_s: float
    gain_m: float
    length_m: float
    grade_pct: float
    max_grade_pct: float
    score: float
    category: str | None
    vam_mph: float | None
    fiets: float


class Interval(TypedDict):
    """A hard part, seconds since the start: W where its `kind` is power, grade adjusted m/s where it is pace.

    `above_threshold` is the work above critical power in J, or the distance beyond what threshold speed makes in m;
    null without a threshold.
    """

    kind: Literal["power", "pace"]
    start_s: float
    end_s: float
    mean: float
    highest: float
    above_threshold: float | None
    distance_m: float | None
    avg_hr_bpm: float | None


class Split(TypedDict):
    """One of equal distances, seconds since the start; the last may be shorter. Speeds are over the time in motion."""

    start_s: float
    elapsed_s: float
    moving_s: float
    distance_m: float
    speed_mps: float | None
    gap_speed_mps: float | None
    avg_hr_bpm: float | None
    avg_power_w: float | None
    ascent_m: float | None
    descent_m: float | None


class Medal(TypedDict):
    """An activity's best effort, with its rank over all time and in its year (None beyond the third)."""

    kind: str
    size: float
    quantity: str
    value: float
    start_s: float
    rank: int | None
    rank_year: int | None
    year: int


class Computed(TypedDict):
    """What is stored of what was computed of an activity; `measuring` says that more is to come."""

    metrics: dict[str, MetricValue]
    thresholds: dict[str, ThresholdUsed]
    measuring: bool
    zones: TimeInZones
    climbs: list[Climb]
    intervals: list[Interval]


class Analysis(Computed):
    """What was computed of an activity besides its figures; `splits` are cut by the reader's unit."""

    splits: list[Split]
    medals: list[Medal]
    segments: list[SegmentTime]
    route: RouteItem | None
