"""What is sent about numbers: thresholds, goals, and what is refused as a record."""

from datetime import date
from typing import Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape
from homestretch.model.documents.goals import GoalKind, GoalPeriodName


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
