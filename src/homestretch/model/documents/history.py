"""The history of a record, milestones, and what charts of one's own may show."""

from typing import Literal, TypedDict

ChartStep = Literal["activity", "day", "week", "month", "year"]


class RecordStep(TypedDict):
    """A best effort that was better than all before: its value, for how many days it was the best (null: it still is).

    `gain` is by how much it was better than the one before, always more than 0; null for the first. `per_kg` is W/kg
    by the weight of that day, of power where a weight is known.
    """

    day: str
    value: float
    gain: float | None
    held_days: int | None
    per_kg: float | None
    activity: str
    name: str
    start_s: float


class RecordMonth(TypedDict):
    """The best effort of a month (YYYY-MM), and the activity that has it."""

    month: str
    day: str
    value: float
    per_kg: float | None
    activity: str


class RecordHistory(TypedDict):
    """How a record came to be: every best effort that was better than all before, and the best of each month.

    They are of a class, a kind and a size (metres for `distance`, else seconds); `unit` is that of the values.
    """

    name: str
    kind: str
    size: float
    unit: str
    steps: list[RecordStep]
    months: list[RecordMonth]


class Milestone(TypedDict):
    """Something reached for the first time: a `value` in a `unit` (m, s, m_up for ascent, days, or none: a number).

    `sport` is the family of sports (null: all together), `year` the year that it was reached within, if it is of one.
    """

    kind: str
    value: float
    unit: str
    sport: str | None
    year: int | None
    day: str
    activity: str
    name: str


class MilestoneAhead(TypedDict):
    """The next milestone of a kind: its value, and how much is done so far."""

    kind: str
    value: float
    unit: str
    sport: str | None
    year: int | None
    done: float


class Milestones(TypedDict):
    """Milestones that were reached, the newest first, and the ones ahead that are nearest."""

    items: list[Milestone]
    ahead: list[MilestoneAhead]


class ChartValue(TypedDict):
    """What a chart of one's own may show: a figure or a metric, and how it folds over days."""

    key: str
    name: str
    unit: str
    decimals: int
    fold: Literal["sum", "mean", "max", "min", "last"]
    lower_is_better: bool


class ChartDefinition(TypedDict):
    """A chart of one's own: a value over time (`x` null) or over another value, by activity or period.

    `days` is how many days up to today it shows, null for all; `sport` is a sport or a family of sports, null for all.
    """

    y: str
    x: str | None
    by: ChartStep
    sport: str | None
    days: int | None


class SavedChart(TypedDict):
    """A chart that was saved under a name."""

    id: str
    name: str
    definition: ChartDefinition


class SavedCharts(TypedDict):
    """The charts of an athlete, in the order in which they were saved, and the removed ones, the newest first."""

    items: list[SavedChart]
    removed: list[SavedChart]
