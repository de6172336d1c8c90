"""What is sent about numbers: thresholds, goals, charts of one's own, and what is refused as a record."""

from datetime import date
from typing import Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.model.documents.goals import GoalKind, GoalPeriodName
from homestretch.model.documents.history import ChartStep


class ThresholdChange(Shape):
    """A threshold from a day on; null takes that day's word back."""

    value: float | None
    valid_from: date
    family: str = Field("", max_length=20)


class RecordChange(Shape):
    """Whether a quantity of an activity is refused as a record, or counts again."""

    quantity: Literal["power", "heart_rate", "speed", "cadence", "climbing", "distance", "duration", "calories"]
    refused: bool


class NewGoal(Shape):
    """So much (m, s, m of ascent, load or activities) in each period from that of a day on; without one, of today."""

    period: GoalPeriodName
    kind: GoalKind
    sport: str | None = Field(None, max_length=40)
    target: float = Field(gt=0)
    since: date | None = None


class GoalChange(Shape):
    """Another target from the current period on."""

    target: float = Field(gt=0)


class CustomChart(Shape):
    """A chart of one's own: a value over time (`x` null) or over another, of the last `days` (null: all)."""

    y: str = Field(max_length=60)
    x: str | None = Field(None, max_length=60)
    by: ChartStep = "week"
    sport: str | None = Field(None, max_length=40)
    days: int | None = Field(None, ge=1, le=36_600)


class NewChart(Shape):
    """A chart to save under a name."""

    name: str = Field(min_length=1, max_length=100)
    definition: CustomChart


class ChartChange(Shape):
    """Another name, or something else to show."""

    name: str | None = Field(None, min_length=1, max_length=100)
    definition: CustomChart | None = None
