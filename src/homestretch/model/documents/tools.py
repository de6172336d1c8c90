"""What a language model or its client is given: rows with a reference, a unit, a source, and why a value is missing.

There are no coordinates, names of places or devices in them. Names and notes are the athlete's words: data, never
instructions.
"""

from typing import Literal, NotRequired, TypedDict

from homestretch.model.documents.training import MetricInfo

#: Why a value is null: nothing was measured, the terms of its source forbid it, no threshold is set, or it is hidden.
Missing = str


class Hidden(TypedDict):
    """What was left out: how many activities, and why."""

    activities: int
    why: str


class ToolValue(TypedDict):
    """A value with its unit, and who says it; null has a `why`."""

    value: float | str | None
    unit: str
    source: NotRequired[str]
    why: NotRequired[Missing]


class ToolActivity(TypedDict):
    """An activity as lists show it; `source` is that of its main recording. `name` is null where it is withheld."""

    ref: str
    id: str
    day: str
    start_local: str
    name: str | None
    sport: str
    sub_sport: str | None
    indoor: bool
    source: str | None
    values: dict[str, ToolValue]


class ToolActivities(TypedDict):
    """A page of activities, the newest first; `next` is the cursor of the following page."""

    items: list[ToolActivity]
    next: str | None
    total: int
    hidden: Hidden


class ToolInterval(TypedDict):
    """A detected hard part, or a lap: seconds since the start."""

    ref: str
    kind: Literal["power", "pace", "lap"]
    start_s: float
    elapsed_s: float
    values: dict[str, ToolValue]


class ToolIntervals(TypedDict):
    """The hard parts and laps of an activity."""

    ref: str
    id: str
    source: str | None
    intervals: list[ToolInterval]
    laps: list[ToolInterval]
    next: str | None
    why: NotRequired[Missing]


class ToolZones(TypedDict):
    """Seconds by zone from below the first bound on; `estimated` where the threshold is not set."""

    ref: str
    kind: str
    unit: str
    bounds: list[float]
    seconds: list[float]
    estimated: bool


class ToolActivityDetail(ToolActivity):
    """An activity with everything that was computed."""

    description: str | None
    rpe: float | None
    feel: int | None
    metrics: dict[str, ToolValue]
    thresholds: dict[str, ToolValue]
    zones: list[ToolZones]
    legs: list[str]
    truncated: list[str]


class ToolDifference(TypedDict):
    """A figure or metric of two activities, and the second less the first; null where one is missing."""

    ref: str
    key: str
    unit: str
    one: float | str | None
    other: float | str | None
    change: float | None
    why: NotRequired[Missing]


class ToolComparison(TypedDict):
    """Two activities side by side."""

    one: ToolActivity
    other: ToolActivity
    items: list[ToolDifference]
    truncated: list[str]


class ToolCurvePoint(TypedDict):
    """The best that was held for so many seconds, and the activity that it comes from."""

    ref: str
    seconds: int
    value: float
    activity: str | None


class ToolCurve(TypedDict):
    """A curve of best efforts of the last days. `partial`: activities were left out."""

    ref: str
    kind: str
    sport: str
    since: str
    until: str
    unit: str
    source: str
    items: list[ToolCurvePoint]
    critical_power: ToolValue | None
    w_prime: ToolValue | None
    partial: bool
    hidden: Hidden


class ToolLoadDay(TypedDict):
    """A day's training load, and fitness, fatigue and form on it."""

    ref: str
    day: str
    load: float
    fitness: float | None
    fatigue: float | None
    form: float | None
    why: NotRequired[Missing]


class ToolLoad(TypedDict):
    """Load by day. `partial`: activities were left out, and sums and averages are too low."""

    items: list[ToolLoadDay]
    next: str | None
    total: int
    unit: str
    source: str
    partial: bool
    hidden: Hidden


class ToolHealthValue(TypedDict):
    """A measure of a day, with what was usual before it; a day without a value is null."""

    ref: str
    kind: str
    day: str
    value: float | None
    unit: str
    source: str | None
    usual_low: float | None
    usual_high: float | None
    why: NotRequired[Missing]


class ToolHealthKind(TypedDict):
    """A measure that can be asked for."""

    kind: str
    name: str
    unit: str
    first: str | None
    last: str | None


class ToolHealth(TypedDict):
    """Measures by day, and the names of those that there are, by kind; only the first page has kinds and notes."""

    items: list[ToolHealthValue]
    next: str | None
    total: int
    kinds: dict[str, str]
    notes: list["ToolHealthNote"]


class ToolHealthNote(TypedDict):
    """A note of days, such as ill or injured."""

    ref: str
    kind: str
    day: str
    until: str
    level: int | None
    text: str | None


class ToolReadiness(TypedDict):
    """How ready the athlete is on a day: the score, its parts, what of the night is off, and the last night."""

    ref: str
    day: str
    readiness: ToolValue
    parts: list[ToolHealthValue]
    unusual: Literal["none", "watch", "strong"] | None
    signals: list[ToolHealthValue]
    night: dict[str, ToolValue]
    causes: list[str]
    notes: list[ToolHealthNote]


class ToolRecord(TypedDict):
    """A best effort: of a kind, over metres where the kind is distance, else seconds."""

    ref: str
    kind: str
    size: float
    value: float
    unit: str
    source: str
    activity: str
    day: str


class ToolRecords(TypedDict):
    """The best effort of each kind and size in a sport."""

    sport: str | None
    classes: list[str]
    items: list[ToolRecord]
    next: str | None
    total: int
    hidden: Hidden


class ToolWeek(TypedDict):
    """What was done in a week from Monday: sums by sport, in s and m, and load."""

    ref: str
    monday: str
    values: dict[str, ToolValue]
    by_sport: dict[str, dict[str, ToolValue]]
    activities: list[ToolActivity]
    partial: bool
    hidden: Hidden
    truncated: list[str]


class ToolToday(TypedDict):
    """Today at a glance: form, the week so far, the last activities, and readiness where the caller may see health."""

    ref: str
    day: str
    athlete: str
    form: dict[str, ToolValue]
    form_zone: str | None
    week: ToolWeek
    latest: list[ToolActivity]
    readiness: ToolReadiness | None
    why_no_readiness: str | None
    truncated: list[str]


class ToolTemplate(TypedDict):
    """A template of a session, at its shortest: per cent of the threshold; `repeats` or `minutes` may be chosen."""

    ref: str
    id: str
    sport: str
    purpose: str
    name: str
    hard: bool
    minutes: int
    load: float
    load_basis: str
    repeats: list[int] | None
    free_minutes: list[int] | None
    steps: str


class ToolTemplates(TypedDict):
    """Templates of sessions."""

    items: list[ToolTemplate]
    next: str | None
    total: int


class ToolMetric(MetricInfo):
    """What a metric is."""

    ref: str
