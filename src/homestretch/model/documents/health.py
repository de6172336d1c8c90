"""Documents about health, in SI units; null is unknown. A device is its serial number or another short key."""

from typing import Literal, TypedDict


class SourceValue(TypedDict):
    """A value, and which source and device say it; `device` is null where the source names none."""

    source: str
    device: str | None
    value: float


class HealthMeasure(TypedDict):
    """A measure of a day: its value, who says it, what was used for it, and what others say.

    Of a total that several devices counted, `used` has the part of each, the sum of which is the value.
    """

    value: float
    unit: str
    source: str
    device: str | None
    used: list[SourceValue]
    alternatives: list[SourceValue]


class HealthDeviceItem(TypedDict):
    """A device that measures days and nights; `name` is null where no source names it."""

    source: str
    device: str
    name: str | None
    synced: str | None
    battery_pct: float | None


class HealthDevices(TypedDict):
    """The devices that measured days and nights, in order of their keys."""

    items: list[HealthDeviceItem]


class NightStages(TypedDict):
    """How long each stage of sleep lasted; null where the source has no stages."""

    deep_s: float | None
    light_s: float | None
    rem_s: float | None
    awake_s: float | None


class HealthNight(TypedDict):
    """A night, of the day of waking; `start` and `end` are on the local clock where it is known."""

    day: str
    start: str
    end: str
    asleep_s: float
    stages: NightStages
    naps_s: float | None
    score: float | None
    source: str
    device: str | None


class SleepStage(TypedDict):
    """A stretch of one stage, ms UTC."""

    start_ms: int
    end_ms: int
    stage: Literal["deep", "light", "rem", "awake", "unmeasured"]


class HealthCourse(TypedDict):
    """What a device measured through a day or night: instants in ms UTC, and a value at each, null for none."""

    key: str
    name: str
    unit: str
    source: str
    device: str | None
    time_ms: list[int]
    values: list[float | None]


class NightDetail(HealthNight):
    """A night with its stages in order, what was measured through it, what follows, and what other devices say."""

    start_ms: int
    end_ms: int
    offset_s: int | None
    hypnogram: list[SleepStage]
    courses: list[HealthCourse]
    window_s: float | None
    latency_s: float | None
    awake_after_onset_s: float | None
    awakenings: float | None
    efficiency_pct: float | None
    need_s: float | None
    debt_s: float | None
    others: list[HealthNight]


class HealthNote(TypedDict):
    """A note of the days from `day` to `until`."""

    id: str
    kind: str
    name: str
    day: str
    until: str
    level: int | None
    text: str | None


class HealthDay(TypedDict):
    """A day: what was measured, by the key of the measure, and its night. `partial`: it is not over for its devices."""

    day: str
    partial: bool
    measures: dict[str, HealthMeasure]
    night: HealthNight | None
    notes: list[HealthNote]


class DayActivity(TypedDict):
    """An activity of a day, as a block on its clock."""

    id: str
    name: str
    sport: str
    start_ms: int
    end_ms: int


class DayCourses(TypedDict):
    """What was measured through a day, UTC ms; `start_ms` and `end_ms` are the bounds of the local day."""

    day: str
    start_ms: int
    end_ms: int
    offset_s: int | None
    courses: list[HealthCourse]
    activities: list[DayActivity]


class TrendDay(TypedDict):
    """A value of a day, and which source and device say it."""

    day: str
    value: float
    source: str
    device: str | None


class TrendBand(TypedDict):
    """What was usual before a day."""

    day: str
    mean: float
    low: float
    high: float


class HealthTrend(TypedDict):
    """A measure over days; days without a value are absent, and so are days whose baseline is not known."""

    key: str
    name: str
    unit: str
    days: list[TrendDay]
    baseline: list[TrendBand]


class MissingReason(TypedDict):
    """Why there is no value: it needs `least` values of `of` in `days` days, and `has` are known."""

    of: str
    least: int
    days: int
    has: int


class HealthKind(TypedDict):
    """A measure that can be asked for, and from when to when there is one; `derived` are computed by Homestretch.

    A `private` one is sent nowhere unless the athlete names it.
    """

    key: str
    name: str
    unit: str
    group: str
    fold: str
    lower_is_better: bool | None
    derived: bool
    private: bool
    choices: list[str]
    also_known_as: list[str]
    first: str | None
    last: str | None


class HealthKinds(TypedDict):
    """The measures that the athlete has, in the order of the catalogue."""

    items: list[HealthKind]


class HealthCard(TypedDict):
    """A measure on the overview: its value, what is usual, the last 14 days, and the last day that has a value.

    `position` is where the value lies in the band: -1 at its lower end, 1 at its upper end.
    """

    key: str
    name: str
    unit: str
    group: str
    lower_is_better: bool | None
    value: float | None
    day: str
    partial: bool
    low: float | None
    high: float | None
    position: float | None
    spark: list[float | None]
    last_day: str | None


class ReadinessPart(TypedDict):
    """What one part adds to readiness, in points; null where it is missing."""

    key: str
    name: str
    points: float | None


class HealthSignal(TypedDict):
    """A signal of the night that is off: by how much it differs from what is usual, and in standard deviations."""

    key: str
    name: str
    unit: str
    change: float
    z: float


class HealthOverview(TypedDict):
    """How the athlete is on a day: the cards, the night, readiness with its parts, what is off, and notes.

    `causes` are what may explain an unusual night: kinds of notes, and "hard_day".
    """

    day: str
    synced: str | None
    cards: list[HealthCard]
    night: HealthNight | None
    readiness: float | None
    readiness_parts: list[ReadinessPart]
    unusual: Literal["none", "watch", "strong"] | None
    signals: list[HealthSignal]
    causes: list[str]
    notes: list[HealthNote]


class HealthEntry(TypedDict):
    """A measurement that was entered by hand; `at` is null where it is the day's own value."""

    id: str
    kind: str
    unit: str
    day: str
    at: str | None
    value: float


class HealthEntries(TypedDict):
    """Measurements that were entered by hand, the newest first."""

    items: list[HealthEntry]


class HealthNotes(TypedDict):
    """Notes, the newest first."""

    items: list[HealthNote]


class Weighing(TypedDict):
    """A weighing or another source's weight of a day; `id` is set where it was entered by hand."""

    id: str | None
    day: str
    at: str | None
    value: float
    source: str
    device: str | None


class WeightTrend(TypedDict):
    """Weighings, the newest first, the trend by day, and the rate of the last 28 days with its interval of 95 %."""

    items: list[Weighing]
    trend: list[TrendDay]
    rate_kg_per_week: float | None
    rate_low: float | None
    rate_high: float | None
    missing: MissingReason | None


class Made(TypedDict):
    """The id of what was made."""

    id: str


class Received(TypedDict):
    """Which app a message came from."""

    app: str
