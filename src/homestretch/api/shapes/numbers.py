"""What is sent about numbers: thresholds, and what is refused as a record."""

from datetime import date
from typing import Literal

from pydantic import Field

from homestretch.api.shapes.base import Shape


class ThresholdChange(Shape):
    """A threshold from a day on; null takes that day's word back."""

    value: float | None
    valid_from: date
    family: str = Field("", max_length=20)


class RecordChange(Shape):
    """Whether a quantity of an activity is refused as a record, or counts again."""

    quantity: Literal["power", "heart_rate", "speed", "cadence", "climbing", "distance", "duration", "calories"]
    refused: bool
