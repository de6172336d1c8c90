"""Training: what metrics and thresholds are, records, today's form, and what is still to be computed."""

from typing import Literal, NotRequired, TypedDict


class MetricInfo(TypedDict):
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


class ThresholdStated(TypedDict):
    """What was stated from a day on, for one family of sports (empty: all)."""

    family: str
    valid_from: str
    value: float


class Suggestion(TypedDict):
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


class ThresholdInfo(TypedDict):
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


class RecordEffort(TypedDict):
    """A best effort in its rank."""

    rank: int
    value: float
    activity: str
    name: str
    day: str
    start_s: float


class RecordList(TypedDict):
    """The best efforts of a kind over a size: metres for `distance`, else seconds."""

    kind: str
    size: float
    quantity: str
    efforts: list[RecordEffort]


class RecordClass(TypedDict):
    """A class in which efforts are ranked, such as `run` or `ride:indoor`."""

    name: str
    activities: int


class RecordRefused(TypedDict):
    """What a person refuses as records: a quantity, such as power or speed, of an activity."""

    activity: str
    name: str
    day: str
    quantity: str


class RecordTotal(TypedDict):
    """The activity with the most of a figure, and the `quantity` that may be refused as a record."""

    key: str
    unit: str
    quantity: str
    value: float
    activity: str
    name: str
    day: str


class RecordDetails(TypedDict):
    """Eddington numbers (so many days of at least so many km or miles), days with activities, the longest streak."""

    eddington_km: int
    eddington_mi: int
    active_days: int
    activities: int
    streak_days: NotRequired[int]
    streak_from: NotRequired[str]
    streak_to: NotRequired[str]


class Records(TypedDict):
    """The records of a class, which classes there are, and what is left out; `quantity` is what an entry is of."""

    classes: list[RecordClass]
    name: str | None
    items: list[RecordList]
    totals: list[RecordTotal]
    details: RecordDetails
    refused: list[RecordRefused]


class LoadState(TypedDict):
    """A day's load, and what the load up to it makes of fitness and form; null where there is not enough to compute."""

    day: str
    fitness: float | None
    fatigue: float | None
    form: float | None
    load: NotRequired[float | None]
    ramp: NotRequired[float | None]
    monotony: NotRequired[float | None]
    strain: NotRequired[float | None]
    acute_chronic: NotRequired[float | None]
    zone: NotRequired[str]


class WorkLeft(TypedDict):
    """How many activities are still to be measured, compared with segments, and placed on routes."""

    measure: int
    segments: int
    routes: int
